"""The formats of exchange, each declared once: the commands, the reference and the tests read this list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.exchange.base import Format
from chancery.exchange.popolo import write_popolo
from chancery.exchange.popolo_in import read_popolo

if TYPE_CHECKING:
    from collections.abc import Mapping

POPOLO = Format(
    name="popolo",
    title="Popolo JSON",
    standard="https://www.popoloproject.com/specs/",
    media="application/json",
    carries=frozenset(
        (
            "names",
            "people",
            "members",
            "precision",
            "bounds",
            "contested",
            "speakers",
            "channels",
            "sources",
            "places",
            "clocks",
        )
    ),
    remarks=(
        "A membership that somebody denies is left out: Popolo has no place for a denial.",
        "Where accounts differ, the preferred one is given, and `label` names the fields in which they differ.",
        "A date with bounds or a mark of doubt stands in a field of ours, `start_date_edtf` or `end_date_edtf`.",
        "A State is an organization of classification `state`; as a member it stands in `member`.",
        "Invitations and replies to them are no memberships, and are left out.",
        "Imported, a date that a membership does not have lies within its legislative period.",
        "Imported, what has no field of ours is kept as an attribute, and given back as it stood.",
    ),
    write=write_popolo,
    read=read_popolo,
)

FORMATS: Mapping[str, Format] = {each.name: each for each in (POPOLO,)}
"""Every format by its name."""
