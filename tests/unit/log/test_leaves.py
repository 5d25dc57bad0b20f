"""Leaves: one form to the byte, and a commitment that only its own salt and body open."""

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from chancery.log.leaves import LONGEST_ENTRY, Header, commitment, header_of, opens, read, written
from chancery.values import Fault, Instant

SALT = bytes(range(32))
BODY = b'{"id":"2026-01-16-ru"}'
NOON = Instant.of("2026-01-22T12:00:00Z")
LEAF = written(
    header_of(commitment(SALT, BODY), name="2026-01-16-ru", kind="invitation.issued", recorded=NOON, by="office:clerk")
)


def changed(old: bytes, new: bytes) -> bytes:
    assert LEAF.count(old) == 1
    return LEAF.replace(old, new)


def test_a_leaf_is_the_canonical_form_of_its_header() -> None:
    assert rfc8785.dumps(msgspec.json.decode(LEAF)) == LEAF
    assert LEAF == (
        b'{"audience":"public","body":"72887899e030f8deb838493ae4685ea65107e4c69a250d45c7d4a8fee9a03296",'
        b'"by":"office:clerk","id":"2026-01-16-ru","kind":"invitation.issued","recorded":"2026-01-22T12:00:00Z",'
        b'"version":1}'
    )


def test_a_leaf_is_read_as_it_was_written() -> None:
    header = read(LEAF)
    assert written(header) == LEAF
    assert (header.id, header.kind, header.by, header.audience) == (
        "2026-01-16-ru",
        "invitation.issued",
        "office:clerk",
        "public",
    )
    assert header.instant == NOON


def test_only_its_own_salt_and_body_open_a_leaf() -> None:
    header = read(LEAF)
    assert opens(header, SALT, BODY)
    assert not opens(header, SALT, BODY + b" ")
    assert not opens(header, SALT[:-1], SALT[-1:] + BODY)
    assert not opens(header, bytes(32), BODY)


@pytest.mark.parametrize(
    ("leaf", "said"),
    [
        (b"", "this is no header of an entry"),
        (b"null", "this is no header of an entry"),
        (b"[]", "this is no header of an entry"),
        (b"\xff\xfe", "this is no header of an entry"),
        (b"[" * 60_000, "this is no header of an entry"),
        (b'{"a":' * 12_000, "this is no header of an entry"),
        (b" " * 65_536, "65536 bytes; an entry has at most 65,535"),
        (LEAF + b" ", "not in its canonical form"),
        (LEAF + b"\0", "this is no header of an entry"),
        (changed(b"2026-01-16-ru", b"2026-01-16-r\xff"), "this is no header of an entry"),
        (changed(b"2026-01-16-ru", b"2026-01-16-r\\u0075"), "not in its canonical form"),
        (changed(b"2026-01-16-ru", b"2026-01-16\\u0000ru"), "id: a name has printable characters only"),
        (changed(b"2026-01-16-ru", b"2026-01-16-r\\ud800"), "this is no header of an entry"),
        (changed(b"2026-01-16-ru", "e\u0301".encode()), "id: a name has printable characters only, in Unicode NFC"),
        (changed(b"2026-01-16-ru", "a\u202eb".encode()), "id: a name has printable characters only"),
        (changed(b'"2026-01-16-ru"', b'""'), "this is no header of an entry"),
        (changed(b'"version":1', b'"version":2'), "a header of version 2; this reader knows version 1"),
        (changed(b'"version":1', b'"version":1.0'), "this is no header of an entry|canonical"),
        (changed(b'"version":1', b'"version":1e400'), "this is no header of an entry"),
        (changed(b'"version":1', b'"version":1' + b"0" * 5000), "this is no header of an entry"),
        (changed(b'"version":1', b'"version":true'), "this is no header of an entry"),
        (changed(b'"version":1', b'"version":1,"extra":2'), "this is no header of an entry"),
        (changed(b'"version":1', b'"version":1,"version":1'), "not in its canonical form"),
        (changed(b'{"audience":"public",', b"{"), "this is no header of an entry"),
        (changed(b'"public"', b'"Public"'), "audience: the name of an audience"),
        (changed(b'"public"', b'""'), "audience: the name of an audience"),
        (changed(b"a03296", b"A03296"), "body: a commitment is written in 64"),
        (changed(b"a03296", b""), "body: a commitment is written in 64"),
        (changed(b"T12:00:00Z", b"T12:00:00.5Z"), "recorded: a moment in UTC and in whole seconds"),
        (changed(b"T12:00:00Z", b"T12:00:00+01:00"), "recorded: a moment in UTC and in whole seconds"),
        (changed(b"T12:00:00Z", b"T12:00:00"), "recorded: a moment in UTC and in whole seconds"),
        (changed(b"T12:00:00Z", b"T12:00:00+00:00"), "not in its canonical form"),
        (changed(b"-01-22T", b"-02-30T"), "this is no header of an entry"),
    ],
)
def test_a_leaf_in_any_other_form_is_refused(leaf: bytes, said: str) -> None:
    with pytest.raises(Fault, match=said):
        read(leaf)


def test_what_cannot_be_a_leaf_is_not_written() -> None:
    with pytest.raises(Fault, match="a salt has 32 bytes; this one has 31"):
        commitment(SALT[1:], BODY)
    with pytest.raises(Fault, match="65536 bytes; an entry has at most 65,535"):
        commitment(SALT, bytes(LONGEST_ENTRY + 1))
    for name in ("", "x" * 501):
        with pytest.raises(Fault, match="this is no header of an entry: Expected `str` of length"):
            header_of("0" * 64, name=name, kind="k", recorded=NOON, by="o")
    with pytest.raises(Fault, match="audience: the name"):
        header_of("0" * 64, name="x", kind="k", recorded=NOON, by="o", audience="Everybody else")


def test_an_instant_with_a_place_is_written_by_utc() -> None:
    zurich = Instant.of("2026-01-22T13:00:00+01:00[Europe/Zurich]")
    header = header_of("0" * 64, name="x", kind="k", recorded=zurich, by="o")
    assert b"2026-01-22T12:00:00Z" in written(header)


@given(st.integers(0, len(LEAF) - 1), st.integers(0, 7))
def test_any_bit_changed_is_another_header_or_none(at: int, bit: int) -> None:
    other = bytearray(LEAF)
    other[at] ^= 1 << bit
    try:
        header = read(bytes(other))
    except Fault:
        return
    assert written(header) == bytes(other)
    assert header != read(LEAF)


@given(st.binary(max_size=300))
def test_whatever_is_read_the_reader_answers_with_a_fault(leaf: bytes) -> None:
    with pytest.raises(Fault):
        read(leaf)


def test_a_header_of_the_longest_names_still_fits() -> None:
    name = "\N{GRINNING FACE}" * 500
    header = Header(audience="public", body="0" * 64, by=name, id=name, kind=name, recorded=read(LEAF).recorded)
    assert read(written(header)) == header
