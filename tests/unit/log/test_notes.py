"""Notes: the published note to the byte, and refusal of every other form."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chancery.log.keys import SignerKey, VerifierKey
from chancery.log.notes import Note, Signature, read_note, read_signatures
from chancery.values import Fault
from tests.unit.log.test_keys import PETER, PETER_SECRET

# Of golang.org/x/mod/sumdb/note, and of the specification, C2SP signed-note.
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
NOTE = f"{TEXT}\n{LINE}".encode()
POEM = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore \
NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
""".encode()


def test_the_published_note_is_made_again_to_the_byte() -> None:
    secret = SignerKey.of(PETER_SECRET)
    signature = Signature(secret.name, secret.verifier.id, secret.sign(TEXT.encode()))
    assert Note(TEXT, (signature,)).data == NOTE


def test_the_published_note_is_read_and_its_signature_verifies() -> None:
    note, key = read_note(NOTE), VerifierKey.of(PETER)
    (signature,) = note.by(key)
    assert (note.text, note.data) == (TEXT, NOTE)
    assert key.verifies(signature.data, note.text.encode())


def test_a_text_may_have_empty_lines() -> None:
    note = read_note(POEM)
    assert note.data == POEM
    assert note.text.endswith("sole:\n\ned è subito sera.\n")


def test_a_signature_is_not_repeated() -> None:
    note = read_note(NOTE)
    assert note.signed(*note.signatures) == note
    assert len(note.signed(Signature("other", b"abcd", b"x")).signatures) == 2


def test_a_signature_of_the_same_name_or_id_alone_is_by_another_key() -> None:
    key = VerifierKey.of(PETER)
    others = Note(TEXT, (Signature("Peter", key.id, b"x"), Signature(key.name, b"abcd", b"x")))
    assert list(others.by(key)) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a note is a text, an empty line, and signatures"),
        (TEXT.encode(), "a note is a text, an empty line, and signatures"),
        (NOTE[:-1], "each with its line's end"),
        (NOTE + b"\n", "each with its line's end"),
        (NOTE + b"x\n", "'x' is not a signature"),
        (NOTE.replace("—".encode(), b"-"), "is not a signature; it is written: dash"),
        (NOTE.replace(b"Neumann ", b"Neumann"), "is not a signature; it is written: dash"),
        (NOTE.replace(b"Neumann", b"+Neumann"), "cannot name a key"),
        (NOTE.replace(b"x08go/", b"x08go!"), "is not in base64"),
        (NOTE.replace(b"nAM=", b"nAN="), "some last bits are not zero"),
        ((TEXT + "\n— Peter x08goA==\n").encode(), "is not a signature: it is too short"),
        (NOTE.replace(b"\n", b"\r\n"), "no control characters"),
        (NOTE.replace(b"If", b"\0f"), "no control characters"),
        (NOTE.replace(b"If", b"\xff"), "a note is in UTF-8; the byte 0 is not"),
        (NOTE.replace(b"If", b"\xed\xa0\x80"), "a note is in UTF-8; the byte 0 is not"),
        (b"x" * 1_000_001, "1000001 bytes; a note has at most 1,000,000"),
        (NOTE + LINE.encode() * 100, "101 signatures; a note has at most 100"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Fault, match=said):
        read_note(data)


def test_the_lines_that_a_witness_answers_with_are_read() -> None:
    assert read_signatures(LINE + LINE) == read_note(NOTE).signatures * 2


@given(st.binary(max_size=200))
@example(b"\n\n\n")
@example("\n\n— \n".encode())
def test_whatever_is_read_the_reader_answers(data: bytes) -> None:
    try:
        assert read_note(data).data == data
    except Fault:
        return


@given(st.integers(0, len(NOTE) - 1), st.integers(0, 7))
def test_any_bit_changed_is_another_note_or_none(at: int, bit: int) -> None:
    changed = bytearray(NOTE)
    changed[at] ^= 1 << bit
    try:
        note = read_note(bytes(changed))
    except Fault:
        return
    assert note.data == bytes(changed)
    key = VerifierKey.of(PETER)
    assert not any(key.verifies(each.data, note.text.encode()) for each in note.by(key))
