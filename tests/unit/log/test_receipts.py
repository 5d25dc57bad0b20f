"""Receipts: C2SP tlog-proof, read strictly, verified step by step."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.log.bodies import Opened
from chancery.log.leaves import commitment, read
from chancery.log.receipts import Receipt
from chancery.log.steps import MOST_FINDINGS, Outcome, Steps
from chancery.log.texts import base64_of
from chancery.log.trust import read_trust
from chancery.log.verifying import verify_checkpoint, verify_receipt
from chancery.values import Fault, phrase
from tests.logs import LOG_KEY, SIGNERS, STRANGER, TRUST, WITNESS_A, WITNESS_B, Item, Log, items

POLICY = read_trust(TRUST.encode())
LOG = Log(items(11))
RECEIPT = LOG.receipt(4)


def outcomes(steps: Steps) -> dict[str, str]:
    return {step.code: step.outcome.value for step in steps.all}


def failures(steps: Steps) -> dict[str, str]:
    return {step.code: str(step.found[0]) for step in steps.all if step.outcome is Outcome.FAILED}


def test_a_receipt_is_a_tlog_proof_with_the_entry_in_its_extra_line() -> None:
    lines = RECEIPT.data.decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 4"
    assert lines[3:7] == [base64_of(each) for each in LOG.tree.inclusion(4)]
    assert lines[7:9] == ["", "board.example/log"]
    assert RECEIPT.data.endswith(LOG.head().data)


@pytest.mark.parametrize("receipt", [RECEIPT, LOG.receipt(0, 1), msgspec.structs.replace(RECEIPT, opened=None)])
def test_a_receipt_is_read_as_it_was_written(receipt: Receipt) -> None:
    assert Receipt.of(receipt.data) == receipt


def test_a_sound_receipt_passes_every_step() -> None:
    assert outcomes(verify_receipt(RECEIPT.data, POLICY)) == {
        "receipt": "passed",
        "origin": "passed",
        "log-signature": "passed",
        "witnesses": "passed",
        "strangers": "passed",
        "time-stamp": "left out",
        "inclusion": "passed",
        "header": "passed",
        "body": "passed",
    }


def test_without_a_trust_file_no_signature_counts() -> None:
    found = outcomes(verify_receipt(RECEIPT.data))
    assert [code for code, outcome in found.items() if outcome == "left out"] == [
        "origin",
        "log-signature",
        "witnesses",
        "strangers",
        "time-stamp",
    ]


def test_a_receipt_without_its_body_still_proves_its_entry() -> None:
    found = outcomes(verify_receipt(msgspec.structs.replace(RECEIPT, opened=None).data, POLICY))
    assert (found["inclusion"], found["body"]) == ("passed", "left out")


def test_a_sealed_header_may_say_less_than_its_body() -> None:
    sealed = Item.of("entry-1", audience="delegates")
    other = Item(sealed.leaf.replace(b'"entry-1"', b'"sealed-9"'), sealed.opened)
    assert verify_receipt(Log([other]).receipt(0).data, POLICY).hold


def forged(receipt: Receipt, **change: object) -> bytes:
    return msgspec.structs.replace(receipt, **change).data


SMALL = Log(items(11), signers=(LOG_KEY, WITNESS_A))
PUBLIC_LIE = Item(items(1)[0].leaf.replace(b'"entry-0"', b'"entry-9"'), items(1)[0].opened)


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (forged(RECEIPT, index=5), "inclusion", "the proof leads to"),
        (forged(RECEIPT, index=11), "inclusion", "a tree of 11 leaves has no leaf 11"),
        (forged(RECEIPT, proof=RECEIPT.proof[:-1]), "inclusion", "fewer hashes (3)"),
        (forged(RECEIPT, proof=(*RECEIPT.proof, bytes(32))), "inclusion", "more hashes (5)"),
        (forged(RECEIPT, proof=(b"short",)), "inclusion", "a hash of this tree has 32 bytes"),
        (forged(RECEIPT, leaf=LOG.items[5].leaf), "inclusion", "the proof leads to"),
        (forged(RECEIPT, opened=LOG.items[5].opened), "body", "are not those that the header commits to"),
        (forged(RECEIPT, leaf=b'{"x":1}'), "header", "this is no header of an entry"),
        (Log([PUBLIC_LIE]).receipt(0).data, "body", "the header says invitation.issued entry-9, the body"),
        (Log(items(11), origin="else.example").receipt(4).data, "origin", "else.example"),
        (Log(items(11), signers=(WITNESS_A, WITNESS_B)).receipt(4).data, "log-signature", "no signature by any key"),
        (Log(items(11), signers=(STRANGER, WITNESS_A, WITNESS_B)).receipt(4).data, "log-signature", "no signature by"),
        (SMALL.receipt(4).data, "witnesses", "cosigned by 1: State A (2026-01-27T07:46:40Z)"),
    ],
)
def test_what_was_changed_fails_its_own_step(data: bytes, code: str, said: str) -> None:
    assert said in failures(verify_receipt(data, POLICY))[code]


def test_a_body_that_is_not_canonical_json_is_found_out_even_where_it_is_committed_to() -> None:
    for body, said in (
        (b'{"id":1, "kind":2}', "canonical form"),
        (b"[]", "the body 'None None'"),
        (b'{"kind":"x"}', "the body 'x x'"),
    ):
        item = Item.of("entry-0")
        assert item.opened is not None
        opened = Opened(item.opened.salt, body)
        leaf = item.leaf.replace(read(item.leaf).body.encode(), commitment(opened.salt, body).encode())
        assert said in failures(verify_receipt(Log([Item(leaf, opened)]).receipt(0).data, POLICY))["body"]


def test_a_key_out_of_its_sizes_does_not_count() -> None:
    key = f'key = "{LOG_KEY.verifier.text}"'
    late = read_trust(TRUST.replace(key, f"{key}\nfrom = 12").encode())
    old = Log(items(11), signers=(LOG_KEY, WITNESS_A, WITNESS_B)).receipt(4).data
    assert "a key that does not count at this size" in failures(verify_receipt(old, late))["log-signature"]


def test_a_replayed_cosignature_fails_the_witnesses() -> None:
    later = LOG.head().note.signatures[2]
    earlier = Log(items(11), signers=(LOG_KEY, WITNESS_B)).head(6).signed(later)
    found = failures(verify_checkpoint(earlier.data, POLICY))
    assert found == {"witnesses": "the signature by a.example/witness is not of this checkpoint"}


def test_a_cosignature_far_in_the_future_is_shown_and_breaks_nothing() -> None:
    steps = verify_checkpoint(LOG.head(time=2**63 - 1).data, POLICY)
    assert steps.hold
    assert "9999-12-31T23:59:59Z" in str(steps.all[3].found[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"c2sp.org/tlog-proof@v1", b"c2sp.org/tlog-proof@v2", "a receipt begins with the line"),
        (b"extra ", b"extra", "stands where a receipt has its line extra"),
        (b"index 4", b"index 04", "is not a whole number"),
        (b"index 4", b"index " + b"9" * 30, "is not a whole number"),
        (b"index 4\n", b"", "stands where a receipt has its line index"),
        (b"extra ", b"extra ===", "is not in base64"),
        (b"index 4\n", b"index 4\n" + b"AAAA\n" * 65, "more hashes than any tree asks for"),
        (b"extra ", "extra é".encode(), "a receipt's proof is in ASCII"),
        (b"\n\n", b"\n", "'board.example/log' is not in base64"),
        (b"board.example/log\n11", b"board.example/log\nx", "is not a whole number"),
    ],
)
def test_what_is_no_receipt_fails_the_first_step(old: bytes, new: bytes, said: str) -> None:
    assert old in RECEIPT.data
    with pytest.raises(Fault, match=said):
        Receipt.of(RECEIPT.data.replace(old, new, 1))
    assert list(outcomes(verify_receipt(RECEIPT.data.replace(old, new, 1), POLICY)).items()) == [("receipt", "failed")]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (b"", "cannot be read"),
        (b"{}", "cannot be read"),
        (b'{"leaf":1,"more":2}', "cannot be read"),
        (b'{"leaf":' + b"[" * 50_000, "cannot be read"),
        (b'{"body":1,"leaf":1,"salt":"x"}', "cannot be read"),
        (b'{"leaf":1 }', "is not written as it should be"),
        (b'{"leaf":1,"salt":"00"}', "is not written as it should be"),
        (b'{"leaf":1,"leaf":1}', "is not written as it should be"),
    ],
)
def test_an_extra_line_in_another_form_is_refused(extra: bytes, said: str) -> None:
    lines = RECEIPT.data.split(b"\n")
    lines[1] = b"extra " + base64_of(extra).encode()
    with pytest.raises(Fault, match=said):
        Receipt.of(b"\n".join(lines))


def test_a_checkpoint_that_is_none_fails_its_first_step() -> None:
    assert failures(verify_checkpoint(b"", POLICY)) == {
        "checkpoint": "a note is a text, an empty line, and signatures, each with its line's end"
    }


def test_a_step_shows_so_many_findings_and_says_how_many_more_there_are() -> None:
    steps = Steps()
    steps.failed("x", phrase("X"), phrase("none"), *(phrase("{n}", n=n) for n in range(MOST_FINDINGS + 5)))
    assert len(steps.all[0].found) == MOST_FINDINGS + 1
    assert str(steps.all[0].found[-1]) == "and 5 more"


@given(st.binary(max_size=200))
def test_whatever_is_read_the_reader_answers(data: bytes) -> None:
    for text in (data, b"c2sp.org/tlog-proof@v1\n" + data, RECEIPT.data[:500] + data):
        with pytest.raises(Fault):
            Receipt.of(text)


def test_signatures_by_strangers_are_passed_over_and_shown() -> None:
    steps = verify_receipt(Log(items(11), signers=(*SIGNERS, STRANGER)).receipt(4).data, POLICY)
    assert steps.hold
    assert outcomes(steps)["strangers"] == "left out"


@pytest.mark.slow
@given(st.integers(0, len(RECEIPT.data) - 1), st.integers(0, 7))
@settings(max_examples=200, deadline=None)
def test_any_bit_changed_is_seen(at: int, bit: int) -> None:
    data = bytearray(RECEIPT.data)
    data[at] ^= 1 << bit
    steps = verify_receipt(bytes(data), POLICY)
    assert not steps.hold or outcomes(steps)["strangers"] == "left out"
