"""Verdicts on a log: what a path names, every step that it has to pass, and the steps on paper."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload
from urllib.parse import quote

import msgspec
from rich.text import Text

from chancery.cli.folders import Folder, read_file
from chancery.cli.options import watching
from chancery.cli.tables import Cell, click_echo, console
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.comparing import compare, compare_head, compare_heads
from chancery.log.copies import STAMP_SUFFIX, Copy, Files, verify_copy
from chancery.log.receipts import FIRST_LINE, Receipt
from chancery.log.steps import Outcome, Steps
from chancery.log.trust import read_trust
from chancery.log.verifying import verify_checkpoint, verify_receipt
from chancery.store.checking import check_stored
from chancery.store.publishing import Ledger
from chancery.store.urls import address_of, is_address
from chancery.text import Refused
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from chancery.cli.problems import Format
    from chancery.languages import Reader
    from chancery.log.steps import Step
    from chancery.log.trust import Trust
    from chancery.store.urls import Address
    from chancery.values import Phrase

T = TypeVar("T", bound="Files | bytes | Ledger")

SQLITE = b"SQLite format 3\0"
"""How a file of SQLite begins."""

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "bold red", Outcome.LEFT_OUT: "dim"}
WORDS = {Outcome.PASSED: phrase("passed"), Outcome.FAILED: phrase("failed"), Outcome.LEFT_OUT: phrase("left out")}


def subject(path: str) -> Files | bytes | Ledger:
    """What a path names: the files of a whole log, or the bytes of one file. Raises Fault where there is nothing.

    Whatever else may hold a log (a database) is opened here, as the files that an export of it has.
    """
    if is_address(path):
        return _ledger(address_of(path))
    place = Path(path)
    if place.is_dir():
        return Folder(place)
    if not os.path.lexists(path):
        raise Fault(phrase("{name} is not there; a receipt, a checkpoint or a log's folder is expected", name=path))
    data = read_file(place, path)
    return _ledger(address_of(f"sqlite:///{quote(path)}")) if data.startswith(SQLITE) else data


def _ledger(address: Address) -> Ledger:
    """A ledger in a database. Raises Fault."""
    from chancery.store.opening import opened  # noqa: PLC0415  # a copy in files needs no database

    try:
        store = opened(address)
        try:
            return Ledger(store)
        except (Fault, Refused):
            store.close()
            raise
    except Refused as refused:
        raise refused_here(address.shown, refused) from None


def refused_here(path: str, refused: Refused) -> Fault:
    """What a database refuses, as a fault."""
    return Fault(phrase("{path} {fault}", path=path, fault=refused.problem.phrase))


def verified(path: str, against: str | None, trust_file: str | None, reader: Reader) -> Steps:
    """The steps of what a path names, compared with another where one is named. Raises Fault."""
    trust = trusted(trust_file)
    with ExitStack() as opened:
        found = _kept(opened, subject(path))
        other = None if against is None else _kept(opened, subject(against))
        try:
            steps, this = _steps(found, path, trust, reader)
            if against is not None and other is not None and this is not None:
                _compared(steps, this, _read(other, against, reader))
        except Refused as refused:  # a database that can no longer be read
            raise refused_here(path, refused) from None
    return steps


def _kept(opened: ExitStack, found: T) -> T:
    """A subject, to be let go of in the end."""
    if isinstance(found, Ledger):
        opened.callback(found.close)
    return found


def _steps(
    found: Files | bytes | Ledger, path: str, trust: Trust | None, reader: Reader
) -> tuple[Steps, Copy | SignedCheckpoint | None]:
    """The steps of one subject, and what of it can be compared."""
    if not isinstance(found, bytes):
        with watching(phrase("Verifying {name}", name=path), reader) as watch:
            steps, copy = verify_copy(found, trust, watch) if _has_checkpoint(found) else (_unsigned(), None)
            if isinstance(found, Ledger):
                check_stored(steps, found.store, trust if copy is None else copy.trust, watch)
            return steps, copy
    stamp = _beside(path)
    if found.startswith(FIRST_LINE.encode()):
        return verify_receipt(found, trust, stamp), _head(found)
    return verify_checkpoint(found, trust, stamp), _head(found)


def _has_checkpoint(found: Files | Ledger) -> bool:
    return not isinstance(found, Ledger) or found.signed is not None


def _unsigned() -> Steps:
    """The steps of a ledger of which no checkpoint was signed."""
    steps, why = Steps(), phrase("none was signed yet; `chancery ledger checkpoint` signs one")
    steps.left_out("checkpoint", phrase("The checkpoint can be read"), why)
    steps.left_out("log-signature", phrase("The log signed the checkpoint"), why)
    return steps


def _read(other: Files | bytes | Ledger, path: str, reader: Reader) -> Copy | SignedCheckpoint:
    """What a copy is compared with. Raises Fault where it cannot be read."""
    steps, found = _steps(other, path, None, reader)
    if found is None:
        failed = next(step for step in steps.all if step.outcome is Outcome.FAILED)
        raise Fault(phrase("{path}: {fault}", path=path, fault=failed.found[0]))
    return found


def _head(data: bytes) -> SignedCheckpoint | None:
    try:
        return Receipt.of(data).signed if data.startswith(FIRST_LINE.encode()) else SignedCheckpoint.of(data)
    except Fault:
        return None


def _compared(steps: Steps, this: Copy | SignedCheckpoint, other: Copy | SignedCheckpoint) -> None:
    if isinstance(this, Copy):
        if isinstance(other, Copy):
            compare(steps, this, other)
        else:
            compare_head(steps, this, other)
    elif isinstance(other, Copy):
        compare_head(steps, other, this, turned=True)
    else:
        compare_heads(steps, this, other)


@overload
def trusted(path: str) -> Trust: ...
@overload
def trusted(path: None) -> None: ...
@overload
def trusted(path: str | None) -> Trust | None: ...
def trusted(path: str | None) -> Trust | None:
    """A reader's own trust file, where one is named. Raises Fault."""
    if path is None:
        return None
    try:
        return read_trust(read_file(Path(path), path))
    except Fault as fault:
        raise Fault(phrase("{path}: {fault}", path=path, fault=fault.phrase)) from None


def _beside(path: str) -> bytes | None:
    """The time stamp that lies beside a file: its name with .tsr after it."""
    stamp = f"{path}{STAMP_SUFFIX}"
    return read_file(Path(stamp), stamp) if os.path.lexists(stamp) else None


def print_steps(path: str, steps: Steps, reader: Reader, form: Format) -> None:
    """Print the steps, as text for people or as JSON."""
    if form == "json":
        click_echo(_json(path, steps, reader))
    else:
        _print(steps, reader)


def _json(path: str, steps: Steps, reader: Reader) -> str:
    plain = reader.plain
    told = [
        {
            "number": number,
            "step": step.code,
            "name": plain.say(step.name),
            "outcome": step.outcome,
            "expected": None if step.expected is None else plain.say(step.expected),
            "found": [plain.say(each) for each in step.found],
        }
        for number, step in enumerate(steps.all, 1)
    ]
    shown = path.encode("utf-8", "backslashreplace").decode()
    data = msgspec.json.encode({"path": shown, "verified": steps.hold, "steps": told})
    return msgspec.json.format(data, indent=2).decode()


def _print(steps: Steps, reader: Reader) -> None:
    paper = console()
    for number, step in enumerate(steps.all, 1):
        line = Text(f"{number:>3}  ")
        line.append(f"{reader.say(WORDS[step.outcome]):<9} ", style=COLOURS[step.outcome])
        line.append(reader.isolated(reader.say(step.name)))
        paper.print(line)
        for told in _told(step):
            paper.print(Text(" " * 15), Cell(reader.say(told), reader), sep="", end="")
    paper.print(Cell(reader.say(_summary(steps)), reader))


def _told(step: Step) -> list[Phrase]:
    """What a step says under its name: what was found; for a failed one what was expected, too."""
    if step.expected is None:
        return list(step.found)
    return [
        phrase("expected: {what}", what=step.expected),
        *(phrase("found: {what}", what=each) for each in step.found),
    ]


def _summary(steps: Steps) -> Phrase:
    count = {outcome: sum(1 for step in steps.all if step.outcome is outcome) for outcome in Outcome}
    if not steps.hold:
        return phrase("NOT VERIFIED: {n:number} steps failed.", n=count[Outcome.FAILED])
    if any(step.code == "log-signature" and step.outcome is Outcome.LEFT_OUT for step in steps.all):
        return phrase(
            "Whole in itself: {n:number} steps passed. Who signed it was not checked.", n=count[Outcome.PASSED]
        )
    return phrase(
        "Verified: {n:number} steps passed, {m} left out.", n=count[Outcome.PASSED], m=count[Outcome.LEFT_OUT]
    )
