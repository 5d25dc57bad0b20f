"""What every typed rule is: one table of a closed set, told apart by its type."""

from __future__ import annotations

from msgspec import Struct


class Rule(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"):
    """One typed rule."""
