"""Verdicts on a log: what a path names, every step that it has to pass, and the steps on paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from chancery.cli.folders import Folder, read_file
from chancery.cli.options import watching
from chancery.cli.tables import Cell, click_echo, console
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.comparing import compare, compare_head, compare_heads
from chancery.log.copies import Copy, Files, verify_copy
from chancery.log.receipts import FIRST_LINE, Receipt
from chancery.log.steps import Outcome
from chancery.log.trust import read_trust
from chancery.log.verifying import verify_checkpoint, verify_receipt
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from chancery.cli.problems import Format
    from chancery.languages import Reader
    from chancery.log.steps import Step, Steps
    from chancery.log.trust import Trust
    from chancery.values import Phrase

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "bold red", Outcome.LEFT_OUT: "dim"}
WORDS = {Outcome.PASSED: phrase("passed"), Outcome.FAILED: phrase("failed"), Outcome.LEFT_OUT: phrase("left out")}


def subject(path: str) -> Files | bytes:
    """What a path names: the files of a whole log, or the bytes of one file. Raises Fault where there is nothing.

    Whatever else may hold a log (a database) is opened here, as the files that an export of it has.
    """
    place = Path(path)
    if place.is_dir():
        return Folder(place)
    if not os.path.lexists(path):
        raise Fault(phrase("{name} is not there; a receipt, a checkpoint or a log's folder is expected", name=path))
    return read_file(place, path)


def verified(path: str, against: str | None, trust_file: str | None, reader: Reader) -> Steps:
    """The steps of what a path names, compared with another where one is named. Raises Fault."""
    trust, found = _trust(trust_file), subject(path)
    other = None if against is None else subject(against)
    steps, this = _steps(found, path, trust, reader)
    if against is not None and other is not None and this is not None:
        _compared(steps, this, _read(other, against, reader))
    return steps


def _steps(
    found: Files | bytes, path: str, trust: Trust | None, reader: Reader
) -> tuple[Steps, Copy | SignedCheckpoint | None]:
    """The steps of one subject, and what of it can be compared."""
    if not isinstance(found, bytes):
        with watching(phrase("Verifying {name}", name=path), reader) as watch:
            return verify_copy(found, trust, watch)
    stamp = _beside(path)
    if found.startswith(FIRST_LINE.encode()):
        return verify_receipt(found, trust, stamp), _head(found)
    return verify_checkpoint(found, trust, stamp), _head(found)


def _read(other: Files | bytes, path: str, reader: Reader) -> Copy | SignedCheckpoint:
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


def _trust(path: str | None) -> Trust | None:
    if path is None:
        return None
    try:
        return read_trust(read_file(Path(path), path))
    except Fault as fault:
        raise Fault(phrase("{path}: {fault}", path=path, fault=fault.phrase)) from None


def _beside(path: str) -> bytes | None:
    """The time stamp that lies beside a file: its name with .tsr after it."""
    stamp = f"{path}.tsr"
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
