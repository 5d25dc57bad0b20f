"""The account: one source's telling of one act, with the fields that every kind of act shares."""

# Annotations are read here and now, not kept as text: every kind inherits these fields, and msgspec would read the text
# again for each.

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from chancery.values import UNKNOWN, Citation, Date, Instant, Ref, Tongues, ref_pattern

SPEAKERS = ("person", "state", "org", "group", "body", "office")
"""Families of refs that can speak, act and be spoken of."""


def ref_to(*families: str, about: str = "") -> Meta:
    """Metadata of a field that holds a ref of one of the families; no families means any."""
    return Meta(
        description=about or None,
        extra={"families": families},
        extra_json_schema={"pattern": ref_pattern(*families)},
    )


EntryId = Annotated[str, Meta(min_length=1, description="the entry's permanent name, unique in the record")]
Speaker = Annotated[Ref, ref_to(*SPEAKERS, about="who said it")]
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Account(
    Struct,
    frozen=True,
    kw_only=True,
    gc=False,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
):
    """What one source tells of one act: when it took effect, who said so, where it is written.

    ``effective`` is the first of the three clocks; ``said`` is the cited source's date; ``recorded`` is ours.
    """

    kind: ClassVar[str] = ""

    id: EntryId
    effective: Annotated[Date, Meta(description="the day it took effect, as this source has it")] = UNKNOWN
    cites: Annotated[tuple[Citation, ...], Meta(description="the source, and where in it")] = ()
    speaker: Speaker | None = None
    speaker_as: Annotated[str, Meta(description="how the source calls a speaker whom it does not name")] | None = None
    on_behalf_of: Annotated[Ref, ref_to(*SPEAKERS, about="for whom the speaker spoke")] | None = None
    channel: Annotated[str, Meta(description="how it was sent or said: diplomatic, letter, X ...")] | None = None
    weekday: Annotated[Weekday, Meta(description="the day of the week that the source names")] | None = None
    note: Annotated[Tongues, Meta(description="what the source tells, in the record's own words")] | None = None
    recorded: Annotated[Instant, Meta(description="when the ledger took it")] | None = None
    by_officer: Annotated[Ref, ref_to("person", "office", about="who entered it")] | None = None
    replaces: Annotated[str, Meta(description="the entry that this one corrects")] | None = None
    same_as: Annotated[str, Meta(description="an entry that tells of the same act")] | None = None
    distinct: Annotated[bool, Meta(description="true: another act, though what identifies it is equal")] = False
