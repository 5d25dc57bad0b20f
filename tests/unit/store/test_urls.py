"""Addresses of databases: read strictly, shown without their password."""

from pathlib import Path

import pytest

from chancery.store.urls import address_of, is_address
from chancery.values import Fault


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///demo.db", "demo.db"),
        ("sqlite:///a/b.db", "a/b.db"),
        ("sqlite:////abs/demo.db", "/abs/demo.db"),
        ("sqlite:///a%20b%3F.db", "a b?.db"),
        ("sqlite:///demo.db?audience=board", "demo.db"),
    ],
)
def test_a_file_is_named_from_here_or_from_the_root(text: str, path: str) -> None:
    address = address_of(text)
    assert (address.engine, address.path, address.shown) == ("sqlite", Path(path), text)


def test_audiences_and_the_journal_are_asked_for() -> None:
    address = address_of("sqlite:///demo.db?audience=board&audience=staff&journal=wal")
    assert (address.audiences, address.journal) == (("board", "staff"), "wal")
    assert address_of("sqlite:///demo.db").audiences == ()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_server_is_named_as_its_own_library_does(scheme: str) -> None:
    address = address_of(f"{scheme}://clerk:s3cret@host:5433/name?sslmode=require&audience=board")
    assert address.engine == "postgresql"
    assert address.target == "postgresql://clerk:s3cret@host:5433/name?sslmode=require"
    assert address.audiences == ("board",)
    assert address.shown == f"{scheme}://clerk@host:5433/name?sslmode=require&audience=board"
    assert "s3cret" not in repr(address.shown)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mysql://host/name", "expected sqlite:///FILE"),
        ("demo.db", "expected sqlite:///FILE"),
        ("sqlite://demo.db", "names no file"),
        ("sqlite:///", "sqlite:/// names no file"),
        ("sqlite:///demo.db?mode=memory", "mode is no option"),
        ("sqlite:///demo.db#part", "# is no option"),
        ("sqlite:///demo.db?journal=off", "journal=off"),
        ("sqlite:///demo%00.db", "NUL"),
        ("sqlite:///demo.db?audience", "no address"),
        ("postgresql://[host/name", "no address"),
    ],
)
def test_anything_else_is_refused_with_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(Fault) as fault:
        address_of(text)
    assert said in str(fault.value.phrase)


def test_an_address_is_told_from_a_path() -> None:
    assert is_address("sqlite:///x.db")
    assert is_address("postgresql:///x")
    assert not is_address("records/board-of-peace")
    assert not is_address("http://example/x")
    assert not is_address("sqlite:x")
