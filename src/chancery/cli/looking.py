"""Looking: what may change while it is served is looked up again after a while, not at every request."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

LOOKS_APART = 0.5
"""Seconds between two looks."""

T = TypeVar("T")


def seldom(look: Callable[[], T]) -> Callable[[], T]:
    """A look of which the answer is given again until the next is due."""
    found, due = look(), time.monotonic() + LOOKS_APART

    def looked() -> T:
        nonlocal found, due
        if time.monotonic() > due:
            found, due = look(), time.monotonic() + LOOKS_APART
        return found

    return looked
