"""The signer: it signs what is stored, once for each size, forwards only."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.log.cosignatures import signers
from chancery.log.memory import Remembered
from chancery.log.signer import Signer, plain_root
from chancery.log.tree import leaf_hash
from chancery.values import Fault
from tests.logs import LOG_KEY, ORIGIN, QUANTUM_KEY, TIME, InMind, Item, Log, items
from tests.unit.log import plainly


class Desk:
    """A signer, and what it reads, remembers and tells the time by."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.memory = InMind()
        self.now = TIME
        self.signer = Signer(ORIGIN, [LOG_KEY, QUANTUM_KEY], self.memory, lambda: self.now)

    def stored(self) -> Iterable[bytes]:
        return iter(item.leaf for item in self.log.items)

    def sign(self, size: int, root: bytes | None = None) -> dict[str, int]:
        signed = self.signer.sign(size, root or self.log.tree.root(size), self.stored)
        found = signers(signed, [LOG_KEY.verifier, QUANTUM_KEY.verifier])
        assert signed.checkpoint.size == size
        return {key.id.hex(): time for key, time in found.items()}


def test_it_signs_by_each_key_and_remembers() -> None:
    desk = Desk(Log(items(9)))
    assert desk.sign(0) == {LOG_KEY.verifier.id.hex(): 0, QUANTUM_KEY.verifier.id.hex(): TIME}
    assert desk.memory.heads[ORIGIN] == Remembered(0, desk.log.tree.root(0), TIME)
    desk.sign(5)
    desk.now += 60
    desk.sign(9)
    assert desk.memory.heads[ORIGIN] == Remembered(9, desk.log.tree.root(), TIME + 60)


def test_it_signs_the_same_again_where_an_answer_was_lost() -> None:
    desk = Desk(Log(items(9)))
    first = desk.sign(9)
    held = dict(desk.memory.heads)
    assert (desk.sign(9), dict(desk.memory.heads)) == (first, held)
    assert len(first) == 2


def refused(desk: Desk, size: int, root: bytes | None = None) -> str:
    held = dict(desk.memory.heads)
    with pytest.raises(Fault) as caught:
        desk.sign(size, root)
    assert desk.memory.heads == held
    return str(caught.value)


def test_it_signs_no_second_root_for_one_size() -> None:
    desk = Desk(Log(items(9)))
    desk.sign(9)
    desk.log = Log([*items(8), Item.of("another", 8)])
    assert "at 9 entries another root was signed already" in refused(desk, 9)


def test_it_signs_no_smaller_log() -> None:
    desk = Desk(Log(items(9)))
    desk.sign(9)
    assert refused(desk, 8) == "a log of 8 entries is not signed: one of 9 was already"


def test_it_signs_no_other_past() -> None:
    desk = Desk(Log(items(5)))
    desk.sign(5)
    desk.log = Log([Item.of("rewritten"), *items(9)[1:]])
    assert "the first 5 entries are not those that were signed" in refused(desk, 9)


def test_it_signs_by_no_clock_that_went_back() -> None:
    desk = Desk(Log(items(5)))
    desk.sign(5)
    desk.now -= 1
    assert refused(desk, 5) == (
        "the clock says 2026-01-27T07:46:39Z, but a checkpoint was signed at 2026-01-27T07:46:40Z already; "
        "set the clock right"
    )


def test_it_signs_no_root_that_the_stored_entries_do_not_lead_to() -> None:
    assert "the stored entries lead to" in refused(Desk(Log(items(5))), 5, bytes(32))


@pytest.mark.parametrize("at", [0, 100, 800])
def test_one_bit_of_a_stored_entry_is_enough(at: int) -> None:
    desk = Desk(Log(items(5)))
    root = desk.log.tree.root()
    leaf = bytearray(desk.log.items[at % 5].leaf)
    leaf[at % len(leaf)] ^= 1
    desk.log.items[at % 5] = Item(bytes(leaf), None)
    assert refused(desk, 5, root)


def test_it_signs_no_entries_that_are_not_there_or_cannot_be_read() -> None:
    desk = Desk(Log(items(5)))
    assert refused(desk, 6, bytes(32)) == "5 of 6 entries are stored"
    desk.log = Log([*items(4), Item(b"?", None)])
    assert refused(desk, 5).startswith("entry 4: this is no header of an entry")


def test_of_two_signers_on_one_memory_one_signs() -> None:
    desk = Desk(Log(items(5)))
    other = Remembered(5, bytes(32), TIME)
    desk.memory.before_swap = lambda: desk.memory.heads.update({ORIGIN: other})
    with pytest.raises(Fault, match="another checkpoint of this log was signed meanwhile"):
        desk.sign(5)
    assert desk.memory.heads == {ORIGIN: other}


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_its_own_way_to_the_root_is_the_definition(entries: list[bytes]) -> None:
    assert plain_root([leaf_hash(entry) for entry in entries]) == plainly.mth(entries)
