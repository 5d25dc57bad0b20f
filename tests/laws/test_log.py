"""Law 4, its second half: any changed byte changes the root; a proof verifies its own leaf only."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.ledger import Record
from chancery.log.bodies import Opened, read_body
from chancery.log.leaves import commitment, header_of, opens, read, written
from chancery.log.tree import Tree, leaf_hash
from chancery.values import Instant, canonical
from tests.laws.records import records
from tests.logs import is_included

pytestmark = pytest.mark.slow  # each takes more than a second

NOON = Instant.of("2026-01-22T12:00:00Z")


def logged(record: Record) -> tuple[list[bytes], list[Opened]]:
    """The leaves of a record's entries, and what opens them."""
    opened = [Opened(sha256(act.id.encode()).digest(), canonical(act)) for act in record.acts]
    leaves = [
        written(header_of(commitment(each.salt, each.body), name=str(at), kind=act.kind, recorded=NOON, by="office:x"))
        for at, (act, each) in enumerate(zip(record.acts, opened, strict=True))
    ]
    return leaves, opened


def root(leaves: list[bytes]) -> bytes:
    return Tree(map(leaf_hash, leaves)).root()


@given(records(most=5), st.data())
@settings(max_examples=40)
def test_any_changed_byte_of_an_entry_changes_the_root(record: Record, data: st.DataObject) -> None:
    leaves, opened = logged(record)
    at = data.draw(st.integers(0, len(leaves) - 1))
    body = bytearray(opened[at].body)
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    header = read(leaves[at])
    assert opens(header, opened[at].salt, opened[at].body)
    assert not opens(header, opened[at].salt, bytes(body))
    other = leaves[at].replace(header.body.encode(), commitment(opened[at].salt, bytes(body)).encode())
    assert root([*leaves[:at], other, *leaves[at + 1 :]]) != root(leaves)


@given(records(most=5), st.data())
@settings(max_examples=40)
def test_any_changed_byte_of_a_leaf_changes_the_root(record: Record, data: st.DataObject) -> None:
    leaves, _ = logged(record)
    at = data.draw(st.integers(0, len(leaves) - 1))
    leaf = bytearray(leaves[at])
    leaf[data.draw(st.integers(0, len(leaf) - 1))] ^= data.draw(st.integers(1, 255))
    assert root([*leaves[:at], bytes(leaf), *leaves[at + 1 :]]) != root(leaves)


@given(records(most=5))
@settings(max_examples=40)
def test_a_proof_verifies_its_own_leaf_only(record: Record) -> None:
    leaves, _ = logged(record)
    tree = Tree(map(leaf_hash, leaves))
    for index in range(len(leaves)):
        held = [
            other
            for other in range(len(leaves))
            if is_included(leaf_hash(leaves[other]), index, len(leaves), tree.inclusion(index), tree.root())
        ]
        assert held == [index]


@given(records(most=5))
@settings(max_examples=40)
def test_the_body_of_every_kind_of_entry_is_read_as_it_was_written(record: Record) -> None:
    for opened in logged(record)[1]:
        assert canonical(read_body(opened.body)) == opened.body
