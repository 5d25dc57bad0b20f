"""Copies of a whole log: every entry, tile and body is verified; where two copies part is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.comparing import Parting, compare, compare_head, compare_heads, parting
from chancery.log.copies import Copy, verify_copy
from chancery.log.steps import Outcome, Steps
from chancery.log.tiles import contents
from chancery.log.trust import read_trust
from chancery.values import Fault, phrase
from tests.logs import TRUST, Held, Item, Log, items
from tests.unit.log.test_receipts import failures, outcomes

POLICY = read_trust(TRUST.encode())


def copy_of(log: Log) -> Copy:
    _, copy = verify_copy(Held(log.files()), POLICY)
    assert copy is not None
    return copy


@pytest.mark.parametrize("count", [0, 1, 3, 256, 300])
def test_a_sound_copy_passes_every_step(count: int) -> None:
    steps, copy = verify_copy(Held(Log(items(count)).files()), POLICY)
    assert copy is not None
    assert copy.whole
    assert [code for code, outcome in outcomes(steps).items() if outcome != "passed"] == ["time-stamp"]


def test_an_earlier_checkpoint_is_signed_by_the_log_too() -> None:
    log = Log(items(4))
    earlier = log.head(2)
    unsigned = SignedCheckpoint.made(earlier.checkpoint, *earlier.note.signatures[2:])
    assert verify_copy(Held({**log.files(), "checkpoints/0": earlier.data}), POLICY)[0].hold
    steps, _ = verify_copy(Held({**log.files(), "checkpoints/0": unsigned.data}), POLICY)
    assert failures(steps) == {"checkpoints": "'checkpoints/0': no signature by any key of this log"}
    assert verify_copy(Held({**log.files(), "checkpoints/0": unsigned.data}), None)[0].hold


def test_a_copy_without_bodies_is_verified_without_them() -> None:
    files = {name: data for name, data in Log(items(3)).files().items() if not name.startswith("bodies/")}
    assert outcomes(verify_copy(Held(files), POLICY)[0])["bodies"] == "left out"


def test_withheld_bodies_are_counted() -> None:
    steps, _ = verify_copy(Held(Log([Item.of("a"), Item.of("b", shown=False)]).files()), POLICY)
    assert [str(step.found[0]) for step in steps.all if step.code == "bodies"] == ["1 shown, 1 withheld"]


def test_tiles_of_earlier_sizes_may_lie_there_where_they_say_the_same() -> None:
    log = Log(items(300))
    earlier = contents(299, log.tree.node, log.leaves, log.bodies)
    steps, _ = verify_copy(Held({**dict(earlier), **log.files()}), POLICY)
    assert steps.hold


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    verify_copy(Held(Log(items(300)).files()), POLICY, lambda done, of: told.append((done, of)))
    assert told == [(256, 300), (300, 300)]


def spoilt(name: str, data: bytes | None, count: int = 3) -> dict[str, str]:
    """What fails where a file is another, or is gone."""
    files = {**Log(items(count)).files(), name: data}
    return failures(verify_copy(Held({each: held for each, held in files.items() if held is not None}), POLICY)[0])


SOUND = Log(items(3)).files()


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("checkpoint", None, "checkpoint", "there is no file checkpoint"),
        ("tile/entries/000.p/3", None, "entries", "tile/entries/000.p/3: there is no file"),
        ("tile/entries/000.p/3", b"\0", "entries", "the bundle ends within its entry 0"),
        ("tile/entries/000.p/3", b"\0\0" * 3, "entries", "entry 0: this is no header of an entry"),
        ("tile/entries/000.p/3", b"\0\0" * 3, "root", "the entries lead to"),
        ("tile/entries/000.p/3", None, "root", "0 of 3 entries"),
        ("tile/0/000.p/3", None, "tiles", "there is no file tile/0/000.p/3"),
        ("tile/0/000.p/3", b"x", "tiles", "tile/0/000.p/3: 1 bytes; 96 are expected"),
        ("tile/0/000.p/3", SOUND["tile/0/000.p/3"][:64] + bytes(32), "tiles", "tile/0/000.p/3: the hash 2 is another"),
        ("bodies/000.p/3", b"null\n", "bodies", "bodies/000.p/3: 1 lines of bodies; 3 are expected"),
        ("bodies/000.p/3", b"null\nnull\nnull \n", "bodies", "entry 2: this is no body with its salt"),
        ("tile/entries/000.p/2", b"x", "rest", "says otherwise than the later tile"),
        ("tile/entries/000.p/1", b"", "rest", "says otherwise than the later tile"),
        ("tile/entries/000.p/4", b"x", "rest", "lies beyond the checkpoint's size"),
        ("tile/5/000", b"x", "rest", "lies beyond the checkpoint's size"),
        ("bodies/../000", b"x", "rest", "is not the path of a tile"),
        ("tile/0/\x1b[31m", b"x", "rest", r"'tile/0/\x1b[31m'"),
    ],
)
def test_what_was_changed_fails_its_own_step(name: str, data: bytes | None, code: str, said: str) -> None:
    assert said in spoilt(name, data)[code]


def test_a_body_file_that_is_gone_fails_where_others_are_there() -> None:
    assert "there is no file bodies/001.p/44" in spoilt("bodies/001.p/44", None, 300)["bodies"]


def test_an_earlier_tile_whose_later_one_is_gone_is_found() -> None:
    files = {**SOUND, "tile/0/000.p/2": SOUND["tile/0/000.p/3"][:64]}
    del files["tile/0/000.p/3"]
    assert "there is no file" in failures(verify_copy(Held(files), POLICY)[0])["rest"]


def test_the_body_of_another_entry_fails() -> None:
    one, two, three = items(3)
    swapped = Log([Item(one.leaf, two.opened), Item(two.leaf, one.opened), three]).files()
    found = failures(verify_copy(Held(swapped), POLICY)[0])
    assert found["bodies"] == "entry 0: the salt and the body are not those that the header commits to"


def test_an_entry_recorded_before_the_one_above_it_fails() -> None:
    found = failures(verify_copy(Held(Log([Item.of("a", 60), Item.of("b", 0)]).files()), POLICY)[0])
    assert found == {"order": "entry 1: recorded 2026-01-22T12:00:00Z, after one of 2026-01-22T12:01:00Z"}


def test_files_that_cannot_be_read_fail_the_first_step() -> None:
    class Broken(Held):
        def read(self, name: str, /) -> bytes | None:
            raise Fault(phrase("{name} cannot be read", name=name))

    assert failures(verify_copy(Broken({}), POLICY)[0]) == {"files": "checkpoint cannot be read"}


def compared(this: Log, other: Log) -> Steps:
    steps = Steps()
    compare(steps, copy_of(this), copy_of(other))
    return steps


@pytest.mark.parametrize(
    ("this", "other", "said"),
    [
        (3, 3, "both have the same 3 entries"),
        (5, 3, "this copy goes on from the other by 2 entries"),
        (3, 5, "the other copy goes on from this one by 2 entries"),
        (0, 5, "the other copy goes on from this one by 5 entries"),
    ],
)
def test_a_copy_that_goes_on_from_another_is_the_same_log(this: int, other: int, said: str) -> None:
    steps = compared(Log(items(this)), Log(items(other)))
    assert steps.hold
    assert str(steps.all[-1].found[0]) == said


def test_where_two_copies_part_is_said() -> None:
    there = items(10)
    here = [
        *there[:2],
        Item.of("entry-2", 2, changed="x"),
        there[4],
        there[3],
        *there[6:9],
        Item.of("new", 9),
        there[9],
    ]
    steps = compared(Log(here), Log(there))
    assert [str(each) for each in steps.all[-1].found] == [
        "the first entry that differs is 2",
        "changed: entry 2, entry-2",
        "removed: entry 5 of the other, entry-5",
        "inserted: entry 8, new",
        "reordered: entry 3, entry-4, was entry 4",
    ]


@pytest.mark.slow
@given(st.lists(st.sampled_from("abcdefgh"), max_size=8), st.lists(st.sampled_from("abcdefgh"), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_parting_accounts_for_every_entry(ours: list[str], theirs: list[str]) -> None:
    one, two = (copy_of(Log([Item.of(name) for name in names])) for names in (ours, theirs))
    if ours[: len(theirs)] == theirs[: len(ours)]:
        return
    found = parting(one, two)
    assert ours[found.first] != theirs[found.first]
    assert ours[: found.first] == theirs[: found.first]
    left = [name for at, name in enumerate(ours) if at not in {*found.inserted, *(a for a, _ in found.reordered)}]
    right = [name for at, name in enumerate(theirs) if at not in {*found.removed, *(b for _, b in found.reordered)}]
    assert left == right
    assert found.changed == ()


def test_a_copy_whose_entries_cannot_be_read_is_compared_all_the_same() -> None:
    one, two = Log([Item(b"?", None)]), Log(items(1))
    assert parting(copy_of(one), copy_of(two)) == Parting(0, (0,), (0,), (), ())
    assert copy_of(one).named(0) == "?"


def test_copies_of_different_logs_are_not_one_log() -> None:
    steps = compared(Log(items(3)), Log(items(3), origin="else.example"))
    assert failures(steps) == {"same-log": "else.example"}


def broken() -> Copy:
    files = Log(items(3)).files()
    del files["tile/entries/000.p/3"]
    _, copy = verify_copy(Held(files), POLICY)
    assert copy is not None
    return copy


def test_a_copy_without_all_its_entries_cannot_be_compared() -> None:
    steps = Steps()
    compare(steps, broken(), copy_of(Log(items(3))))
    compare_head(steps, broken(), Log(items(3)).head())
    assert [step.outcome for step in steps.all if step.code == "consistent"] == [Outcome.LEFT_OUT] * 2


@pytest.mark.parametrize(
    ("head", "said", "holds"),
    [
        (Log(items(5)).head(), "both have the same 5 entries", True),
        (Log(items(5)).head(3), "this copy goes on from the other by 2 entries", True),
        (Log(items(9)).head(), "4 entries are missing at its end", False),
        (Log(items(5)[::-1]).head(3), "at 3 entries this copy has the root", False),
    ],
)
def test_a_copy_is_held_to_a_checkpoint_that_somebody_kept(head: SignedCheckpoint, said: str, *, holds: bool) -> None:
    steps = Steps()
    compare_head(steps, copy_of(Log(items(5))), head)
    assert steps.hold is holds
    assert said in str(steps.all[-1].found[0])


@pytest.mark.parametrize(
    ("head", "said", "outcome"),
    [
        (Log(items(5)).head(), "both have the same 5 entries", Outcome.PASSED),
        (Log(items(5)).head(3), "checkpoints of different sizes", Outcome.LEFT_OUT),
        (Log(items(5)[::-1]).head(), "at 5 entries this copy has the root", Outcome.FAILED),
    ],
)
def test_two_checkpoints_of_one_size_show_a_split_view(head: SignedCheckpoint, said: str, outcome: Outcome) -> None:
    steps = Steps()
    compare_heads(steps, Log(items(5)).head(), head)
    assert steps.all[-1].outcome is outcome
    assert said in str(steps.all[-1].found[0])
