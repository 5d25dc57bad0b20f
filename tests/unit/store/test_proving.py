"""A proof is made from a few rows, and holds whatever stands in the roots that were kept."""

from collections.abc import Iterator, Sequence

import pytest

from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import sign
from chancery.log.keys import SignerKey, Sort
from chancery.log.steps import Outcome, Steps
from chancery.log.tree import inclusion_root, leaf_hash
from chancery.store.base import Span, Store
from chancery.store.checking import check_stored
from chancery.store.memory import Memory
from chancery.store.proving import KeptTree, plant_roots
from chancery.store.publishing import receipt_of, tree_of
from chancery.values import Fault
from tests.conftest import ORIGIN
from tests.unit.store.test_shelves import drafts

KEY = SignerKey.of_seed(ORIGIN, Sort.ED25519, bytes(32))


def signed(store: Store, size: int | None = None) -> SignedCheckpoint:
    tree = tree_of(store, size)
    checkpoint = Checkpoint(ORIGIN, len(tree), tree.root())
    return SignedCheckpoint.made(checkpoint, sign(checkpoint, KEY, 0))


def proved(store: Store, seq: int, under: SignedCheckpoint) -> bool:
    receipt = receipt_of(store, seq, under, ())
    checkpoint = under.checkpoint
    return inclusion_root(leaf_hash(receipt.leaf), seq, checkpoint.size, receipt.proof) == checkpoint.root


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles of four, so that a small log has several tiers."""
    monkeypatch.setattr("chancery.store.proving.WIDTH", 4)
    monkeypatch.setattr("chancery.store.proving.BITS", 2)


class Counting(Memory):
    """Counts the rows that are read."""

    read = 0

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        for leaf in super().leaves(start, stop):
            self.read += 1
            yield leaf

    def roots(self, spans: Sequence[Span]) -> list[list[bytes]]:
        found = super().roots(spans)
        self.read += sum(map(len, found))
        return found


@pytest.mark.usefixtures("narrow")
def test_every_entry_of_every_size_is_proved_from_what_is_kept_and_what_is_not() -> None:
    store = Memory(ORIGIN)
    for size in range(1, 70):
        store.keep(drafts(size))
        under = signed(store)
        assert all(proved(store, seq, under) for seq in range(size))
        if size % 7 == 0:
            plant_roots(store, size)
            tree = tree_of(store)
            counts = {1: size // 4, 2: size // 16, 3: size // 64}
            assert store.planted() == {tier: count for tier, count in counts.items() if count}
            assert [tree.node(2, place) for place in range(size // 4)] == store.roots([(1, 0, size)])[0]
            assert [tree.node(4, place) for place in range(size // 16)] == store.roots([(2, 0, size)])[0]
    assert all(proved(store, seq, signed(store, 33)) for seq in range(33))


def test_roots_stand_one_after_the_other(store: Store) -> None:
    assert (store.planted(), store.roots([(1, 0, 9)])) == ({}, [[]])
    store.plant(1, [b"a" * 32, b"b" * 32])
    store.plant(2, [b"c" * 32])
    store.plant(1, [b"d" * 32])
    assert store.roots([(1, 1, 9), (2, 0, 9), (3, 0, 1)]) == [[b"b" * 32, b"d" * 32], [b"c" * 32], []]
    assert store.planted() == {1: 3, 2: 1}
    assert store.roots([]) == []


def test_a_whole_tile_is_kept_on_every_shelf(store: Store) -> None:
    store.keep(drafts(*range(80)))
    under = signed(store, 70)
    plant_roots(store, 50)
    plant_roots(store, 70)
    assert store.roots([(1, 0, 9)])[0] == [tree_of(store).node(5, 0), tree_of(store).node(5, 1)]
    assert all(proved(store, seq, under) for seq in (0, 31, 32, 63, 64, 69))


def test_a_proof_reads_a_few_rows_of_many() -> None:
    store = Counting(ORIGIN)
    store.keep(drafts(*range(5_000)))
    plant_roots(store, 5_000)
    under, kept = signed(store), KeptTree(store, 5_000)
    store.read = 0
    assert proved(store, 3_000, under)
    assert store.read <= 64 * 3
    assert kept.node(12, 0) == tree_of(store).node(12, 0)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("planted", [b"x" * 32, b"", b"x" * 31])
def test_a_root_that_was_forged_is_not_believed_and_is_named(planted: bytes) -> None:
    store = Memory(ORIGIN)
    store.keep(drafts(*range(21)))
    store.plant(1, [planted] * 2)
    assert all(proved(store, seq, signed(store)) for seq in range(21))
    steps = Steps()
    check_stored(steps, store)
    (step,) = [step for step in steps.all if step.code == "roots"]
    assert (step.outcome, str(step.found[0])) == (Outcome.FAILED, "the root of the 4 entries from 0 is another")


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(("tier", "count"), [(1, 2), (2, 1), (0, 1), (-1, 1), (99, 1)])
def test_roots_that_there_cannot_be_are_named(tier: int, count: int) -> None:
    store = Memory(ORIGIN)
    store.keep(drafts(*range(5)))
    store.plant(tier, [tree_of(store).node(2, 0)] * count)
    steps = Steps()
    check_stored(steps, store)
    (step,) = [step for step in steps.all if step.code == "roots"]
    assert (step.outcome, str(step.found[0])) == (
        Outcome.FAILED,
        f"the tier {tier} holds roots that cannot be there ({count})",
    )


def test_where_the_entries_are_not_those_of_the_checkpoint_nothing_is_proved() -> None:
    whole, short = Memory(ORIGIN), Memory(ORIGIN)
    whole.keep(drafts(*range(9)))
    short.keep(drafts(*range(3)))
    for store in (short, Memory(ORIGIN)):
        with pytest.raises(Fault, match=r"nothing is proved|there is no entry"):
            receipt_of(store, 1, signed(whole), ())
