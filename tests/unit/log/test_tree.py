"""The tree: published vectors, and the plain definition of RFC 6962."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.log.tree import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistency_proof,
    consistency_roots,
    inclusion_proof,
    inclusion_root,
    is_consistent,
    leaf_hash,
    node_hash,
)
from chancery.values import Fault
from tests.logs import is_included
from tests.unit.log import plainly

# The vectors of Certificate Transparency's reference implementation, published again by transparency-dev/merkle.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
B = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
CD = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
E = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
EF = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
G = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
GH = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
EFGH = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSIONS = [
    (0, 1, []),
    (0, 8, [B, CD, EFGH]),
    (5, 8, [E, GH, ROOTS[3]]),
    (2, 3, [ROOTS[1]]),
    (1, 5, [A, CD, E]),
]
CONSISTENCIES = [
    (1, 1, []),
    (1, 8, [B, CD, EFGH]),
    (6, 8, [EF, GH, ROOTS[3]]),
    (2, 5, [CD, E]),
    (6, 7, [EF, G, ROOTS[3]]),
]
OTHER = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")

Inclusion = tuple[int, int, list[str]]
Consistency = tuple[int, int, list[str]]


def hashes(entries: list[bytes]) -> list[bytes]:
    return [leaf_hash(entry) for entry in entries]


def root(size: int) -> bytes:
    return bytes.fromhex(ROOTS[size - 1]) if 0 < size <= len(ROOTS) else EMPTY_ROOT


def proof_of(texts: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


def test_the_hashes_are_those_published() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == A
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_the_roots_are_those_published_one_leaf_at_a_time() -> None:
    frontier, tree = Frontier(), Tree()
    assert frontier.root() == tree.root() == EMPTY_ROOT
    for leaf, expected in zip(hashes(LEAVES), ROOTS, strict=True):
        frontier.append(leaf)
        tree.append(leaf)
        assert frontier.root().hex() == tree.root().hex() == expected
    assert [tree.root(size).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("index", "size", "published"), INCLUSIONS)
def test_the_proofs_of_inclusion_are_those_published(index: int, size: int, published: list[str]) -> None:
    tree = Tree(hashes(LEAVES))
    assert [each.hex() for each in tree.inclusion(index, size)] == published
    assert is_included(leaf_hash(LEAVES[index]), index, size, proof_of(published), root(size))


@pytest.mark.parametrize(("first", "second", "published"), CONSISTENCIES)
def test_the_proofs_of_consistency_are_those_published(first: int, second: int, published: list[str]) -> None:
    tree = Tree(hashes(LEAVES))
    assert [each.hex() for each in tree.consistency(first, second)] == published
    assert is_consistent(first, second, root(first), root(second), proof_of(published))


Claim = tuple[str, bytes, int, int, list[bytes], bytes]


def spoilt_inclusions(index: int, size: int, proof: list[bytes]) -> Iterator[Claim]:
    """What the published negative vectors do to a sound proof."""
    leaf, top = leaf_hash(LEAVES[index]), root(size)
    for at in (index - 1, index + 1, index ^ 2):
        yield f"index {at}", leaf, at, size, proof, top
    for other in (size * 2, size // 2):
        yield f"size {other}", leaf, index, other, proof, top
    yield "another leaf", b"WrongLeaf", index, size, proof, top
    yield "another leaf of the right length", OTHER, index, size, proof, top
    yield "the empty root", leaf, index, size, proof, EMPTY_ROOT
    yield "another root", leaf, index, size, proof, OTHER
    for name, worse in spoilt(proof, top):
        yield name, leaf, index, size, worse, top


def spoilt(proof: list[bytes], top: bytes) -> Iterator[tuple[str, list[bytes]]]:
    yield "garbage after", [*proof, b""]
    yield "the root after", [*proof, top]
    yield "garbage before", [b"", *proof]
    yield "the root before", [top, *proof]
    for at, part in enumerate(proof):
        yield f"a bit of {at}", [*proof[:at], bytes([part[0] ^ 8, *part[1:]]), *proof[at + 1 :]]
    if proof:
        yield "one removed", proof[:-1]
        yield "one inserted", [proof[0], OTHER, *proof[1:]]
        yield "the first twice", [proof[0], *proof]


@pytest.mark.parametrize(("index", "size", "published"), INCLUSIONS)
def test_a_spoilt_proof_of_inclusion_is_refused(index: int, size: int, published: list[str]) -> None:
    taken = [name for name, *claim in spoilt_inclusions(index, size, proof_of(published)) if is_included(*claim)]  # type: ignore[arg-type]
    assert taken == []


def spoilt_consistencies(first: int, second: int, proof: list[bytes]) -> Iterator[tuple[object, ...]]:
    old, new = root(first), root(second)
    for other in (first - 1, first + 1, first ^ 2):
        yield f"first {other}", other, second, old, new, proof
    for other in (second * 2, second // 2):
        yield f"second {other}", first, other, old, new, proof
    yield "another old root", first, second, b"WrongRoot", new, proof
    yield "another new root", first, second, old, b"WrongRoot", proof
    yield "roots swapped", first, second, new, old, proof
    yield "an empty proof", first, second, old, new, []
    for name, worse in [*spoilt(proof, old), *spoilt(proof, new)]:
        yield name, first, second, old, new, worse


@pytest.mark.parametrize(("first", "second", "published"), CONSISTENCIES[1:])
def test_a_spoilt_proof_of_consistency_is_refused(first: int, second: int, published: list[str]) -> None:
    claims = spoilt_consistencies(first, second, proof_of(published))
    assert [claim[0] for claim in claims if is_consistent(*claim[1:])] == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "old", "new", "proof", "holds"),
    [
        (0, 0, EMPTY_ROOT, EMPTY_ROOT, [], True),
        (0, 1, EMPTY_ROOT, OTHER, [], True),
        (1, 1, OTHER, OTHER, [], True),
        (0, 0, EMPTY_ROOT, OTHER, [], False),
        (1, 1, EMPTY_ROOT, OTHER, [], False),
        (0, 1, OTHER, OTHER, [], False),
        (0, 1, EMPTY_ROOT, b"short", [], False),
        (0, 0, EMPTY_ROOT, EMPTY_ROOT, [EMPTY_ROOT], False),
        (0, 1, EMPTY_ROOT, OTHER, [EMPTY_ROOT], False),
        (1, 1, OTHER, OTHER, [EMPTY_ROOT], False),
        (1, 0, OTHER, EMPTY_ROOT, [], False),
        (2, 1, OTHER, OTHER, [], False),
        (1, 2, OTHER, OTHER, [], False),
        (3, 5, OTHER, OTHER, [], False),
        (-1, 2, OTHER, OTHER, [], False),
    ],
)
def test_the_edges_of_consistency(
    first: int, second: int, old: bytes, new: bytes, proof: list[bytes], *, holds: bool
) -> None:
    assert is_consistent(first, second, old, new, proof) is holds


def test_a_proof_of_nothing_is_refused_with_a_reason() -> None:
    tree = Tree(hashes(LEAVES))
    with pytest.raises(Fault, match="a tree of 8 leaves has no leaf 8"):
        inclusion_proof(8, 8, tree.node)
    with pytest.raises(Fault, match="a tree of 9 leaves is no beginning of one of 8"):
        consistency_proof(9, 8, tree.node)
    with pytest.raises(Fault, match="has more hashes"):
        inclusion_root(OTHER, 0, 1, [OTHER])
    with pytest.raises(Fault, match="has fewer hashes"):
        inclusion_root(OTHER, 0, 2, [])
    with pytest.raises(Fault, match="has 32 bytes"):
        inclusion_root(b"short", 0, 1, [])
    with pytest.raises(Fault, match="has fewer hashes"):
        consistency_roots(1, 2, OTHER, [])
    with pytest.raises(Fault, match="is no beginning"):
        consistency_roots(0, 2, OTHER, [])
    with pytest.raises(Fault, match="has more hashes"):
        consistency_roots(1, 2, OTHER, [OTHER, OTHER])


@pytest.mark.parametrize(
    ("size", "peaks"), [(1, []), (0, [OTHER]), (2, [OTHER, OTHER]), (1, [b"short"]), (-1, [OTHER])]
)
def test_a_frontier_whose_peaks_do_not_fit_is_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(Fault, match="has other peaks than these"):
        Frontier(size, peaks)


def test_a_frontier_goes_on_from_where_it_was_kept() -> None:
    whole, half = Frontier(), Frontier()
    whole.extend(hashes(LEAVES))
    half.extend(hashes(LEAVES[:5]))
    again = Frontier(half.size, half.peaks)
    again.extend(hashes(LEAVES[5:]))
    assert (again.size, again.root()) == (8, whole.root())
    assert half.root() == root(5)


@pytest.mark.parametrize("second", range(1, 21))
def test_every_proof_of_every_small_tree_verifies(second: int) -> None:
    found = [bytes([at]) for at in range(second)]
    tree = Tree(hashes(found))
    for first in range(1, second + 1):
        assert is_included(leaf_hash(found[first - 1]), first - 1, second, tree.inclusion(first - 1), tree.root())
        assert is_consistent(first, second, tree.root(first), tree.root(), tree.consistency(first))


entries = st.lists(st.binary(max_size=8), max_size=70)


@given(entries)
def test_the_root_is_that_of_the_plain_definition(found: list[bytes]) -> None:
    frontier = Frontier()
    frontier.extend(hashes(found))
    assert frontier.root() == Tree(hashes(found)).root() == plainly.mth(found)


@given(entries.filter(bool), st.data())
def test_inclusion_is_that_of_the_plain_definition(found: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(found)))
    index = data.draw(st.integers(0, size - 1))
    proof = Tree(hashes(found)).inclusion(index, size)
    assert proof == plainly.path(index, found[:size])
    assert is_included(leaf_hash(found[index]), index, size, proof, plainly.mth(found[:size]))


@given(entries.filter(bool), st.data())
def test_consistency_is_that_of_the_plain_definition(found: list[bytes], data: st.DataObject) -> None:
    second = data.draw(st.integers(1, len(found)))
    first = data.draw(st.integers(1, second))
    proof = Tree(hashes(found)).consistency(first, second)
    assert proof == plainly.proof(first, found[:second])
    assert is_consistent(first, second, plainly.mth(found[:first]), plainly.mth(found[:second]), proof)


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40, unique=True), st.data())
def test_a_proof_verifies_its_own_leaf_only(found: list[bytes], data: st.DataObject) -> None:
    tree = Tree(hashes(found))
    one = data.draw(st.integers(0, len(found) - 1))
    other = data.draw(st.integers(0, len(found) - 1))
    held = is_included(leaf_hash(found[other]), one, len(found), tree.inclusion(one), tree.root())
    assert held is (one == other)


@given(st.integers(-2, 70), st.integers(-2, 70), st.lists(st.binary(max_size=33), max_size=8))
def test_whatever_is_claimed_the_verifier_answers(first: int, second: int, proof: list[bytes]) -> None:
    assert is_included(OTHER, first, second, proof, EMPTY_ROOT) is False
    is_consistent(first, second, OTHER, EMPTY_ROOT, proof)
