"""Steps of a verification: numbered, each passed, failed or left out, with what was expected and what was found."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.values import Fault, Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_FINDINGS = 20
"""Findings that one step shows at most; it says how many there are."""


class Outcome(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    LEFT_OUT = "left out"
    """Not asked for, or nothing to check it by."""


class Step(Struct, frozen=True):
    """One thing that was checked."""

    code: str
    name: Phrase
    outcome: Outcome
    found: tuple[Phrase, ...]
    expected: Phrase | None = None


class Steps:
    """Gathers the steps of one verification, in order."""

    def __init__(self) -> None:
        """Begin without steps."""
        self.all: list[Step] = []

    @property
    def hold(self) -> bool:
        """Whether no step failed."""
        return all(step.outcome is not Outcome.FAILED for step in self.all)

    def passed(self, code: str, name: Phrase, found: Phrase) -> None:
        """Note that a step passed."""
        self.all.append(Step(code, name, Outcome.PASSED, (found,)))

    def failed(self, code: str, name: Phrase, expected: Phrase, *found: Phrase) -> None:
        """Note that a step failed."""
        more = len(found) - MOST_FINDINGS
        told = found if more <= 0 else (*found[:MOST_FINDINGS], phrase("and {n:number} more", n=more))
        self.all.append(Step(code, name, Outcome.FAILED, told, expected))

    def left_out(self, code: str, name: Phrase, why: Phrase) -> None:
        """Note that a step was left out."""
        self.all.append(Step(code, name, Outcome.LEFT_OUT, (why,)))

    def judged(self, code: str, name: Phrase, expected: Phrase, judge: Callable[[], Phrase]) -> None:
        """Take a step: it passes with what the judge says, and fails with the fault that it raises."""
        try:
            found = judge()
        except Fault as fault:
            self.failed(code, name, expected, fault.phrase)
        else:
            self.passed(code, name, found)
