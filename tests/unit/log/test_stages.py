"""How far an entry has come: only what a reader trusts counts."""

from chancery.log.notes import Signature
from chancery.log.stages import Stage, Stages
from chancery.log.trust import read_trust
from tests.logs import LOG_KEY, TRUST, WITNESS_A, WITNESS_B, Log, items

PLAIN = Log(items(9), signers=(LOG_KEY,))
ONE = Log(items(9), signers=(LOG_KEY, WITNESS_A))
BOTH = Log(items(9), signers=(LOG_KEY, WITNESS_A, WITNESS_B))
READER = read_trust(TRUST.encode())


def test_an_entry_is_under_the_first_checkpoint_that_covers_it() -> None:
    stages = Stages([PLAIN.head(7), PLAIN.head(3)])
    assert [stages.of(seq).checkpoint for seq in range(9)] == [3, 3, 3, 7, 7, 7, 7, None, None]
    assert [stages.of(seq).name for seq in (2, 6, 7)] == ["signed", "signed", "recorded"]
    assert Stages([]).of(0) == Stage()


def test_a_cosignature_of_a_later_checkpoint_stands_for_the_entries_before() -> None:
    stages = Stages([ONE.head(3), BOTH.head(5), ONE.head(5), PLAIN.head(7)], READER)
    assert [(stages.of(seq).cosigned, stages.of(seq).name) for seq in (0, 4, 6, 7)] == [
        (2, "witnessed"),
        (2, "witnessed"),
        (0, "signed"),
        (0, "recorded"),
    ]
    assert Stages([ONE.head(3)], READER).of(0) == Stage(3, 1, 2, 2)


def test_what_is_not_sound_or_of_another_log_counts_for_nothing() -> None:
    sound = WITNESS_A.verifier
    forged = PLAIN.head(3).signed(Signature(sound.name, sound.id, bytes(72)))
    other = Log(items(9), signers=(WITNESS_A, WITNESS_B), origin="else.example/log").head(3)
    assert [Stages([each], READER).of(0).cosigned for each in (forged, other)] == [0, 0]
    assert Stages([forged]).of(0) == Stage(3, 1)


def test_nobody_witnesses_where_nobody_is_asked_for() -> None:
    nobody = read_trust(TRUST.replace("organisations = 2", "organisations = 0").encode())
    assert Stages([BOTH.head(3)], nobody).of(0).name == "signed"
