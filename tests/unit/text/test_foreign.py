"""Files of other formats: read whole or refused; and what is made of them added to a record that is there."""

import gzip
from pathlib import Path

import pytest

from chancery.register import Source
from chancery.text import Refused, Shelf, foreign_bytes, read_record
from chancery.text.converting import parts_for
from chancery.values import Ref
from tests.made import act, record

MORE = Source(ref=Ref("source:more"), standing="press")
NEW = act("party.described", party="body:new", id="new", cites=[{"source": "source:more"}])


def unflushed(_path: Path) -> None:
    """Leave it to the machine."""


def test_a_file_is_given_as_it_is_or_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(b"{}"))
    assert foreign_bytes(tmp_path / "a.json") == foreign_bytes(tmp_path / "a.json.gz") == b"{}"


@pytest.mark.parametrize("data", [b"plain", gzip.compress(b"{}", mtime=0)[:-9]], ids=["plain", "cut off"])
def test_what_is_not_packed_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    with pytest.raises(Refused, match="gzip"):
        foreign_bytes(tmp_path / "a.gz")


def test_what_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.text.files.LARGEST_FILE", 1_000)
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"0" * 100_000))
    with pytest.raises(Refused, match="longer than"):
        foreign_bytes(tmp_path / "a.gz")


@pytest.mark.parametrize("name", ["rec", "rec.toml", "rec.jsonl"])
def test_a_record_grows_and_keeps_what_stands(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    for part, data in parts_for(None, record(act("party.described", party="body:b", id="b")), target).items():
        path = target / part if part else target
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(data).rstrip(b"\n"))
    Shelf(target, unflushed).extend([MORE], [NEW])
    Shelf(target, unflushed).extend([], [act("party.described", party="body:newer", id="newer")])
    grown = read_record(target).record
    assert grown is not None
    assert [each.id for each in grown.acts] == ["b", "new", "newer"]
    assert "source:more" in grown.sources


def test_a_file_does_not_grow_beyond_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.text.shelf.LARGEST_TOML", 10)
    path = tmp_path / "rec.toml"
    with pytest.raises(Refused, match="JSON Lines"):
        Shelf(path, unflushed).extend([MORE], [NEW])
    assert not path.exists()
