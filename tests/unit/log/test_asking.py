"""Asking a witness: our own, and one that answers whatever it likes."""

from collections.abc import Callable

import pytest

from chancery.log.asking import cosignatures
from chancery.log.cosignatures import sign, signers
from chancery.log.keys import SignerKey
from chancery.log.witness import Answer, Request, Witness
from chancery.values import Fault
from tests.logs import LOG_KEY, ORIGIN, STRANGER, TIME, WITNESS_A, WITNESS_B, InMind, Item, Log, items

LOG = Log(items(30), signers=(LOG_KEY,))
FORK = Log([*items(5), Item.of("fork", 5), *items(30)[6:]], signers=(LOG_KEY,))
KEYS = (WITNESS_A.verifier, WITNESS_B.verifier)


def asked(send: Callable[[bytes], Answer], size: int = 30, old: int = 0, log: Log = LOG) -> list[str]:
    head = log.head(size)
    found = cosignatures(head, old, lambda known: log.tree.consistency(known, size), send, KEYS)
    assert set(signers(head.signed(*found), KEYS)) == {key for key in KEYS for each in found if each.is_by(key)}
    return [each.name for each in found]


def witness() -> Witness:
    return Witness([WITNESS_A, WITNESS_B], {ORIGIN: [LOG_KEY.verifier]}, InMind(), lambda: TIME)


def test_it_asks_from_the_size_that_the_witness_knows() -> None:
    door, seen = witness(), list[int]()

    def send(data: bytes) -> Answer:
        seen.append(Request.of(data).old)
        return door.add_checkpoint(data)

    both = [WITNESS_A.name, WITNESS_B.name]
    assert asked(send, 9) == both
    assert asked(send, 20) == both
    assert asked(send, 30, old=20) == both
    assert asked(send, 30, old=30) == both
    assert seen == [0, 0, 9, 20, 30]


def refused(send: Callable[[bytes], Answer], size: int = 30, old: int = 0, log: Log = LOG) -> str:
    with pytest.raises(Fault) as caught:
        asked(send, size, old, log)
    return str(caught.value)


def test_a_witness_that_knows_more_or_another_history_is_told_of() -> None:
    door = witness()
    asked(door.add_checkpoint, 20)
    assert "knows 20 entries already, and the checkpoint is of 9" in refused(door.add_checkpoint, 9)
    assert "knows another history of this log, of 20 entries" in refused(door.add_checkpoint, 20, 20, FORK)
    assert "refused (422): 'the proof does not show" in refused(door.add_checkpoint, 30, 20, FORK)


def line(key: SignerKey = WITNESS_A, size: int = 30) -> bytes:
    return sign(LOG.head(size).checkpoint, key, TIME).line.encode()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (409, b"", "is not a whole number"),
        (409, b"-1\n", "is not a whole number"),
        (409, b"7\xff\n", "is not a whole number"),
        (409, b"31\n", "knows 31 entries already"),
        (200, b"", "is not a signature"),
        (200, b"\xff\n", "is not a signature"),
        (200, line(STRANGER), "without a cosignature by any key"),
        (200, line(size=29), "the signature by a.example/witness is not of this checkpoint"),
        (200, line() * 101, "101 signatures"),
        (500, b"\x1b[2J" + b"x" * 5000, r"refused (500): '\x1b[2Jxxx"),
        (301, b"", "refused (301): ''"),
    ],
)
def test_what_is_no_cosignature_is_refused(status: int, body: bytes, said: str) -> None:
    told = refused(lambda _: Answer(status, body))
    assert said in told
    assert len(told) < 400
    assert told.isprintable()


def test_a_witness_that_never_comes_to_rest_is_left() -> None:
    sizes = iter((5, 6, 7, 8, 9))
    assert "goes on to another size each time" in refused(lambda _: Answer(409, f"{next(sizes)}\n".encode()))
    assert next(sizes) == 8


def test_signatures_by_others_are_passed_over() -> None:
    assert asked(lambda _: Answer(200, line(STRANGER) + line() + line(LOG_KEY))) == [WITNESS_A.name]
