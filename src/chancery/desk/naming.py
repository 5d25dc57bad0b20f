"""Naming: a name for an entry whose writer gives none, made from what it tells."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from chancery.values import name

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

SUBJECTS = ("party", "person", "subject", "by", "body", "instrument", "meeting", "motion", "decision", "plan", "entry")
"""Fields that say whom or what an act is about, the likeliest first."""

DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
UNFIT = re.compile(r"[^a-z0-9]+")


def name_of(kind: str, data: Mapping[str, object], taken: Container[str]) -> str:
    """A name made from a kind, a party and a day, with a number where it is taken."""
    day = DAY.search(str(data.get("effective", "")))
    parts = [kind, _subject(data), day[0] if day else ""]
    made = "-".join(UNFIT.sub("-", part.lower()).strip("-") for part in parts if part)
    return next(each for number in count(1) if (each := made if number == 1 else f"{made}-{number}") not in taken)


def _subject(data: Mapping[str, object]) -> str:
    for field in SUBJECTS:
        value = data.get(field)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str):
            return name(first) or first
    return ""
