"""Checkpoints and their signatures: published ones verify, every other form is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import message, sign, signed_at, signers
from chancery.log.keys import SignerKey, Sort, VerifierKey
from chancery.log.notes import Note, Signature
from chancery.log.tree import EMPTY_ROOT
from chancery.values import Fault

# Checkpoints of public logs, with the cosignatures of public witnesses; keys as their operators publish them.
VECTORS = Path(__file__).parent / "vectors"
LOG = VerifierKey.of("arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f")
WITNESS = VerifierKey.of("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")
OTHER_WITNESS = VerifierKey.of("witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv")
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
SOFA = Checkpoint.of(TEXT)


def published(name: str) -> SignedCheckpoint:
    return SignedCheckpoint.of((VECTORS / name).read_bytes())


def test_a_published_checkpoint_verifies_by_its_log_and_its_witnesses() -> None:
    signed = published("ed25519.checkpoint")
    assert (signed.checkpoint.origin, signed.checkpoint.size) == (LOG.name, 1_432_088_532)
    assert signed.data == (VECTORS / "ed25519.checkpoint").read_bytes()
    assert signers(signed, [LOG, WITNESS, OTHER_WITNESS]) == {LOG: 0, WITNESS: 1779573024, OTHER_WITNESS: 1779573024}


def test_a_published_cosignature_by_ml_dsa_44_verifies() -> None:
    key = VerifierKey.of((VECTORS / "ml-dsa-44.vkey").read_text("utf-8").strip())
    assert key.sort is Sort.ML_DSA_44
    assert signers(published("ml-dsa-44.checkpoint"), [key]) == {key: 1785704691}


def test_signatures_by_keys_that_are_not_asked_about_are_passed_over() -> None:
    assert signers(published("ed25519.checkpoint"), []) == {}


@pytest.mark.parametrize("key", [LOG, WITNESS])
def test_a_signature_of_another_checkpoint_is_refused(key: VerifierKey) -> None:
    found = published("ed25519.checkpoint")
    replayed = SignedCheckpoint.made(SOFA, *found.note.signatures)
    with pytest.raises(Fault, match=f"the signature by {key.name} is not of this checkpoint"):
        signers(replayed, [key])


@pytest.mark.parametrize("sort", list(Sort))
def test_a_key_of_each_sort_signs_and_verifies(sort: Sort) -> None:
    secret = SignerKey.of_seed("w.example/1", sort, bytes(range(32)))
    signed = SignedCheckpoint.made(SOFA).signed(sign(SOFA, secret, 1_769_000_000))
    read_again = SignedCheckpoint.of(signed.data)
    assert read_again == signed
    assert signers(read_again, [secret.verifier]) == {secret.verifier: 0 if sort is Sort.ED25519 else 1_769_000_000}


@pytest.mark.parametrize("sort", list(Sort))
def test_any_bit_of_a_signature_counts(sort: Sort) -> None:
    secret = SignerKey.of_seed("w.example/1", sort, bytes(32))
    sound = sign(SOFA, secret, 7)
    for at in (0, 7, 8, len(sound.data) // 2, len(sound.data) - 1):
        data = bytearray(sound.data)
        data[at] ^= 1
        with pytest.raises(Fault, match=r"is not of this checkpoint|tells a time that cannot be"):
            signed_at(SOFA, Signature(sound.name, sound.key_id, bytes(data)), secret.verifier)


def test_a_signature_of_another_length_or_time_is_refused() -> None:
    secret = SignerKey.of_seed("w.example/1", Sort.COSIGNATURE, bytes(32))
    with pytest.raises(Fault, match="has not the length of its type"):
        signed_at(SOFA, Signature(secret.name, secret.verifier.id, b"short"), secret.verifier)
    with pytest.raises(Fault, match="tells a time that cannot be"):
        signed_at(SOFA, Signature(secret.name, secret.verifier.id, b"\xff" * 72), secret.verifier)


def test_the_messages_are_those_of_the_specification() -> None:
    assert message(SOFA, "w", Sort.ED25519, 5) == TEXT.encode()
    assert message(SOFA, "w", Sort.COSIGNATURE, 1679315147) == b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    assert message(SOFA, "w", Sort.ML_DSA_44, 5) == (
        b"subtree/v1\n\0\x01w" + (5).to_bytes(8, "big") + b"\x1bexample.com/behind-the-sofa"
        + bytes(8) + (20852163).to_bytes(8, "big") + SOFA.root
    )  # fmt: skip
    with pytest.raises(Fault, match="a name of 256 bytes"):
        message(Checkpoint("x" * 256, 0, EMPTY_ROOT), "w", Sort.ML_DSA_44, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "at least three lines"),
        (TEXT[:-1], "at least three lines"),
        ("origin\n0\n", "at least three lines"),
        (TEXT.replace("example.com/behind-the-sofa", ""), "none is empty"),
        (TEXT + "\n", "none is empty"),
        (TEXT.replace("20852163", "020852163"), "'020852163' is not a whole number"),
        (TEXT.replace("20852163", "-1"), "'-1' is not a whole number"),
        (TEXT.replace("20852163", "1e3"), "'1e3' is not a whole number"),
        (TEXT.replace("20852163", "٣"), "is not a whole number"),
        (TEXT.replace("20852163", "9223372036854775808"), "is not a whole number below 2.63"),
        (TEXT.replace("20852163", "9" * 5000), "is not a whole number below 2.63"),
        (TEXT.replace("CsUY", ""), "a checkpoint's root has 32 bytes; this one has 29"),
        (TEXT.replace("q2I=", "q2J="), "some last bits are not zero"),
        (TEXT.replace("20852163", "0"), "a checkpoint of no entries has another root"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str, said: str) -> None:
    with pytest.raises(Fault, match=said):
        Checkpoint.of(text)


def test_a_checkpoint_may_have_lines_of_its_own() -> None:
    found = Checkpoint.of(TEXT + "Timestamp: 5\n")
    assert found.extensions == ("Timestamp: 5",)
    assert found.text == TEXT + "Timestamp: 5\n"


def test_a_checkpoint_of_no_entries_has_the_empty_root() -> None:
    empty = Checkpoint("board.example/log", 0, EMPTY_ROOT)
    assert Checkpoint.of(empty.text) == empty


@pytest.mark.slow
@given(st.text(max_size=120))
def test_whatever_is_read_the_reader_answers(text: str) -> None:
    try:
        assert Checkpoint.of(text).text == text
    except Fault:
        return


@given(st.binary(max_size=120))
def test_whatever_follows_a_checkpoint_the_reader_answers(data: bytes) -> None:
    try:
        assert SignedCheckpoint.of(Note(TEXT, ()).data + data).checkpoint.origin
    except Fault:
        return
