"""Keys: text forms that others published, and refusal of every other form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.log.keys import SignerKey, Sort, VerifierKey
from chancery.values import Fault

# Of the tests of golang.org/x/mod/sumdb/note and of transparency-dev/formats.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"  # noqa: S105 -- published
PUBLISHED = [
    PETER,
    "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
    "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
]


@pytest.mark.parametrize("text", PUBLISHED)
def test_a_published_key_is_read_and_written_as_it_stands(text: str) -> None:
    key = VerifierKey.of(text)
    assert key.text == text
    assert key.id.hex() == text.split("+")[1]


def test_a_published_secret_makes_its_published_key() -> None:
    secret = SignerKey.of(PETER_SECRET)
    assert secret.text == PETER_SECRET
    assert secret.verifier.text == PETER


@pytest.mark.parametrize("sort", list(Sort))
def test_a_key_is_read_as_it_was_written_and_verifies_its_own_signatures_only(sort: Sort) -> None:
    one, other = (SignerKey.of_seed("board.example/log", sort, bytes([each]) * 32) for each in (1, 2))
    assert SignerKey.of(one.text) == one
    assert VerifierKey.of(one.verifier.text) == one.verifier
    signature = one.sign(b"words")
    assert one.verifier.verifies(signature, b"words")
    assert not one.verifier.verifies(signature, b"other words")
    assert not one.verifier.verifies(signature[:-1], b"words")
    assert not other.verifier.verifies(signature, b"words")


def test_the_same_secret_signs_under_another_id_in_another_sort() -> None:
    ids = {SignerKey.of_seed("w.example", sort, bytes(32)).verifier.id for sort in Sort}
    assert len(ids) == len(Sort)


def test_a_secret_is_not_shown() -> None:
    secret = SignerKey.of(PETER_SECRET)
    assert repr(secret) == str(secret) == "SignerKey('PeterNeumann', <Sort.ED25519: 1>, ...)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' is not a key; a key is written name.id.key"),
        ("PeterNeumann+c74f20a3", "is not a key; a key is written"),
        (PETER.replace("c74f20a3", "c74f20a4"), "the key's id is c74f20a3"),
        (PETER.replace("c74f20a3", "C74F20A3"), "the key's id is c74f20a3"),
        (PETER[1:], "the key's id is"),
        (PETER[:-4], "the key has not the length of its type"),
        (PETER + "=", "is not in base64"),
        ("PeterNeumann+c74f20a3+AR", "some last bits are not zero|is not in base64"),
        ("PeterNeumann+c74f20a3+", "a key of the type 0; the types known here are 1, 4 and 6"),
        ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "a key of the type 101"),
        (PETER.replace("Peter", "Peter "), "cannot name a key"),
        (PETER.replace("Peter", "Peter\N{NO-BREAK SPACE}"), "cannot name a key"),
        (PETER.replace("Peter", "Peter\0"), "cannot name a key"),
        (PETER.replace("Peter", "\N{RIGHT-TO-LEFT OVERRIDE}Peter"), "cannot name a key"),
        (PETER.replace("Peter", "P" * 256), "it has more than 255 bytes"),
        (PETER.removeprefix("PeterNeumann"), "cannot name a key"),
    ],
)
def test_what_is_no_key_is_refused(text: str, said: str) -> None:
    with pytest.raises(Fault, match=said):
        VerifierKey.of(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PETER, "a secret key is written PRIVATE.KEY.name.id.key"),
        ("PRIVATE+KEY+PeterNeumann", "is not a key"),
        (PETER_SECRET + "=", "a secret key is written PRIVATE.KEY.name.id.key"),
        (PETER_SECRET[:-4], "a key's seed has 32 bytes; this one has 29"),
        (PETER_SECRET.replace("c74f20a3", "c74f20a4"), "the key's id is c74f20a3"),
    ],
)
def test_what_is_no_secret_is_refused_without_showing_it(text: str, said: str) -> None:
    with pytest.raises(Fault, match=said) as caught:
        SignerKey.of(text)
    assert "AYEKFALVFGyNhPJEM" not in str(caught.value)


def test_a_seed_of_another_length_makes_no_key() -> None:
    with pytest.raises(Fault, match="a key's seed has 32 bytes; this one has 31"):
        SignerKey.of_seed("w.example", Sort.ED25519, bytes(31))


@given(st.integers(0, len(PETER) - 1), st.characters())
def test_no_mangled_key_is_the_same_key(at: int, letter: str) -> None:
    text = PETER[:at] + letter + PETER[at + 1 :]
    try:
        assert (VerifierKey.of(text) == VerifierKey.of(PETER)) is (text == PETER)
    except Fault:
        assert text != PETER


@given(st.text(max_size=80))
def test_whatever_is_read_the_reader_answers_with_a_fault(text: str) -> None:
    for read in (VerifierKey.of, SignerKey.of):
        with pytest.raises(Fault):
            read(text)
