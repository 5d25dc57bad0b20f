"""Directions: text that runs the other way is isolated, so that it does not pull its neighbours out of order.

Unicode Bidirectional Algorithm (UAX #9): what stands between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE takes its
direction from its own first letter, and counts as one neutral sign for the text around it.
"""

from __future__ import annotations

from unicodedata import bidirectional

FSI = "\u2068"
PDI = "\u2069"

AT_HOME = frozenset({"R", "AL", "NSM", "WS", "EN", "AN", "CS"})
"""The classes of signs (UAX #9, table 4) that keep their place in text from right to left: letters, plain digits."""


def isolated(text: str) -> str:
    """A text that keeps its own direction wherever it is put. Nothing stays nothing."""
    return f"{FSI}{text}{PDI}" if text else text


def at_home(text: str) -> bool:
    """Whether a text keeps its order within text that runs from right to left."""
    return all(bidirectional(sign) in AT_HOME for sign in text)
