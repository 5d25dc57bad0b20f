"""Documents: the type is what the bytes show, the size has an end, and what is read is what was filed."""

import pytest

from chancery.store import documents
from chancery.store.base import Store
from chancery.store.documents import Document
from chancery.values import Fault
from tests.unit.conftest import Another


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\n\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"WARC/1.1\r\n", "application/warc"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (b"\n <!DOCTYPE html>", "text/html"),
        (b"<HTML>", "text/html"),
        (b'<?xml version="1.0"?>', "application/xml"),
        ("Wörter".encode(), "text/plain"),
    ],
)
def test_the_type_is_what_the_bytes_show(data: bytes, found: str) -> None:
    assert Document.of(data).type == found


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00", b"\xff\xfe", b"a\0b"])
def test_what_shows_no_type_is_not_kept(data: bytes) -> None:
    with pytest.raises(Fault, match="no type"):
        Document.of(data)


def test_a_document_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 3)
    assert Document.of(b"abc").data == b"abc"
    with pytest.raises(Fault, match="4 bytes"):
        Document.of(b"abcd")


def test_a_document_is_kept_once_by_its_digest(another: Another) -> None:
    one, other = Document.of(b"One."), Document.of(b"%PDF-1.7")
    for each in (one, other, one):
        another().file(each)
    assert another().digests() == [one.digest, other.digest]
    assert another().document(other.digest) == other
    assert another().document("0" * 64) is None


def test_a_document_that_was_changed_is_not_given_out(store: Store) -> None:
    made = Document.of(b"One.")
    changed = Document(made.digest, made.type, b"Two.")
    store.file(changed)
    with pytest.raises(Fault, match="was changed"):
        store.document(made.digest)


def test_a_document_of_another_type_is_not_given_out(store: Store) -> None:
    made = Document.of(b"One.")
    store.file(Document(made.digest, "text/html", made.data))
    with pytest.raises(Fault, match="is kept as text/html; its bytes show text/plain"):
        store.document(made.digest)


def test_time_stamps_stand_one_below_the_other(another: Another) -> None:
    assert another().stamps() == []
    for size, data in ((1, b"one"), (1, b"another"), (2, b"two")):
        another().stamp(size, data)
    assert another().stamps() == [(1, b"one"), (1, b"another"), (2, b"two")]


def test_checkpoints_stand_one_below_the_other(another: Another) -> None:
    assert another().checkpoints() == []
    for size, note in ((1, b"one"), (1, b"one, witnessed"), (2, b"two")):
        another().note(size, note)
    assert another().checkpoints() == [(1, b"one"), (1, b"one, witnessed"), (2, b"two")]
