"""Verifying a receipt: every step by which a stranger makes sure, offline, that an entry stands in a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.log.bodies import read_body
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.heads import check_head, shown
from chancery.log.leaves import PUBLIC, opens, read
from chancery.log.receipts import Receipt
from chancery.log.stamps import check_stamp
from chancery.log.steps import Steps
from chancery.log.tree import inclusion_root, leaf_hash
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from chancery.log.bodies import Opened
    from chancery.log.leaves import Header
    from chancery.log.trust import Trust
    from chancery.values import Phrase


def verify_receipt(data: bytes, trust: Trust | None = None, stamp: bytes | None = None) -> Steps:
    """Verify a receipt's file; beside it may lie a time stamp of its checkpoint."""
    steps = Steps()
    name = phrase("The receipt can be read")
    try:
        receipt = Receipt.of(data)
    except Fault as fault:
        steps.failed("receipt", name, phrase("a receipt in the form of C2SP tlog-proof"), fault.phrase)
        return steps
    size = receipt.signed.checkpoint.size
    steps.passed("receipt", name, phrase("entry {index} of a log of {size}", index=receipt.index, size=size))
    check_head(steps, receipt.signed, trust)
    check_stamp(steps, receipt.signed, stamp, trust)
    steps.judged("inclusion", phrase("The entry stands in the log"), _root_expected(receipt), lambda: _stands(receipt))
    _check_entry(steps, receipt)
    return steps


def verify_checkpoint(data: bytes, trust: Trust | None = None, stamp: bytes | None = None) -> Steps:
    """Verify a checkpoint's file by itself."""
    steps = Steps()
    signed = checkpoint_step(steps, data)
    if signed is not None:
        check_head(steps, signed, trust)
        check_stamp(steps, signed, stamp, trust)
    return steps


def checkpoint_step(steps: Steps, data: bytes | None) -> SignedCheckpoint | None:
    """Take the step of reading a checkpoint's file; None where it cannot be read, or is not there."""
    name = phrase("The checkpoint can be read")
    expected = phrase("a signed note in the form of C2SP tlog-checkpoint")
    if data is None:
        steps.failed("checkpoint", name, expected, phrase("there is no file {name}", name="checkpoint"))
        return None
    try:
        signed = SignedCheckpoint.of(data)
    except Fault as fault:
        steps.failed("checkpoint", name, expected, fault.phrase)
        return None
    said = phrase("{size} entries, root {root}", size=signed.checkpoint.size, root=shown(signed.checkpoint.root))
    steps.passed("checkpoint", name, said)
    return signed


def opening_fault(header: Header, opened: Opened) -> Phrase | None:
    """What is wrong with a body that is shown for a header, or None where it is the one."""
    if not opens(header, opened.salt, opened.body):
        return phrase("the salt and the body are not those that the header commits to")
    try:
        body = read_body(opened.body)
    except Fault as fault:
        return fault.phrase
    return _named_fault(header, body) if header.audience == PUBLIC else None


def _named_fault(header: Header, body: object) -> Phrase | None:
    """What a public header says otherwise than its body: the header of a sealed one may well say less."""
    found = (body.get("kind"), name_of(body)) if isinstance(body, dict) else (None, None)
    if found[0] == header.kind and found[1] == header.id:
        return None
    said = quoted(" ".join(str(each) for each in found))
    return phrase("the header says {header}, the body {body}", header=f"{header.kind} {header.id}", body=said)


def name_of(body: dict[object, object]) -> object:
    """What names a body: an entry its id, a source its ref, the head of the record its kind alone."""
    return body["id"] if "id" in body else body.get("ref", body.get("kind"))


def _root_expected(receipt: Receipt) -> Phrase:
    return phrase("the checkpoint's root: {root}", root=shown(receipt.signed.checkpoint.root))


def _stands(receipt: Receipt) -> Phrase:
    checkpoint = receipt.signed.checkpoint
    root = inclusion_root(leaf_hash(receipt.leaf), receipt.index, checkpoint.size, receipt.proof)
    if root != checkpoint.root:
        raise Fault(phrase("the proof leads to {root}", root=shown(root)))
    return phrase("{n} hashes lead to the checkpoint's root", n=len(receipt.proof))


def _check_entry(steps: Steps, receipt: Receipt) -> None:
    name = phrase("The entry's header can be read")
    try:
        header = read(receipt.leaf)
    except Fault as fault:
        steps.failed("header", name, phrase("a header in its canonical form"), fault.phrase)
        return
    steps.passed("header", name, said_of(header))
    code, name = "body", phrase("The body is the one that was recorded")
    if receipt.opened is None:
        steps.left_out(code, name, phrase("the body is not shown"))
    elif (fault_found := opening_fault(header, receipt.opened)) is not None:
        steps.failed(code, name, phrase("the body that the header commits to"), fault_found)
    else:
        steps.passed(code, name, phrase("{n:number} bytes, as recorded", n=len(receipt.opened.body)))


def said_of(header: Header) -> Phrase:
    """What an entry's header says, in one line."""
    return phrase(
        "{kind} {id}, recorded {recorded} by {by}, for: {audience}",
        kind=header.kind,
        id=header.id,
        recorded=header.instant.text,
        by=header.by,
        audience=header.audience,
    )
