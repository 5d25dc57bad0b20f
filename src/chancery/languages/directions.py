"""Directions: text that runs the other way is isolated, so that it does not pull its neighbours out of order.

Unicode Bidirectional Algorithm (UAX #9): what stands between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE takes its
direction from its own first letter, and counts as one neutral sign for the text around it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import bidirectional

FSI = "\u2068"
PDI = "\u2069"

AT_HOME = frozenset({"R", "AL", "NSM", "WS", "EN", "AN", "CS"})
"""The classes of signs (UAX #9, table 4) that keep their place in text from right to left: letters, plain digits."""

_LATIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_OPENING, _CLOSING = "(", "),.:;!"


def isolated(text: str) -> str:
    """A text that keeps its own direction wherever it is put; marks that a fold cut apart are closed."""
    unclosed = text.count(FSI) - text.count(PDI)
    return f"{FSI * (1 + max(0, -unclosed))}{text}{PDI * (1 + max(0, unclosed))}" if text.strip() else text


def at_home(text: str) -> bool:
    """Whether a text keeps its order within text that runs from right to left."""
    return all(bidirectional(sign) in AT_HOME for sign in text)


@lru_cache(maxsize=4096)
def with_latin_isolated(text: str) -> str:
    """A text that runs from right to left, with each code and Latin word in it isolated, without brackets around."""
    return _LATIN.sub(lambda found: _isolated_core(found[0]), text)


def _isolated_core(run: str) -> str:
    core = run.lstrip(_OPENING).rstrip(_CLOSING)
    if at_home(core):
        return run
    before, after = run.split(core, 1)
    return f"{before}{isolated(core)}{after}"
