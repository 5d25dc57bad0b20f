"""Old kinds and unknown ones: what earlier versions wrote is read for ever, what later ones wrote kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from chancery.acts.base import Act
from chancery.values import UNKNOWN, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chancery.values import Problem

    Upgrader: TypeAlias = Callable[[Mapping[str, object]], Mapping[str, object]]
    """From the data of an old kind to that of the kind which says the same today. Pure: it reads nothing else."""

UPGRADERS: dict[str, Upgrader] = {}
"""For each kind that is no longer written, how it is read. None has been given up so far; none may leave this list."""


def upgraded(data: Mapping[str, object]) -> Mapping[str, object]:
    """The data of an act as a kind of today has it; what is of today already is given back as it is."""
    seen: set[object] = set()
    while isinstance(kind := data.get("kind"), str) and kind in UPGRADERS and kind not in seen:
        seen.add(kind)
        data = UPGRADERS[kind](data)
    return data


class Unknown(Act, frozen=True, kw_only=True, gc=False):
    """An entry of a kind, or in a form, that this version does not know. It is shown as such, and carries nothing."""

    told: bytes
    """The entry, letter for letter."""

    @property
    def said_kind(self) -> str:
        """The kind that it names."""
        return str(self.data().get("kind", ""))

    def data(self) -> dict[str, object]:
        """The entry as data."""
        try:
            return msgspec.json.decode(self.told, type=dict[str, object])
        except (msgspec.DecodeError, ValueError, RecursionError):
            return {}

    def faults(self) -> Iterator[Problem]:
        """That it is not read."""
        fault = phrase(
            "is of a kind or form that this version does not know ({kind}); kept as it is", kind=self.said_kind
        )
        yield self.problem("unknown-kind", Weight.NOTICE, fault, "kind")


def unknown(told: bytes) -> Unknown:
    """An entry that is not known, kept as it is; of its fields only the id is looked at."""
    bare = Unknown(id="?", told=told, effective=UNKNOWN)
    return msgspec.structs.replace(bare, id=str(bare.data().get("id", "?")))
