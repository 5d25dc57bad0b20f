"""Parties: who they are, what they are called, what office they hold, how they stand to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeGuard

from msgspec import Meta, Struct

from chancery.acts.base import Act
from chancery.acts.fields import Any_, By, Office, Party, Person, Reason, Until, Words
from chancery.values import Date, Ref, Tongues, Weight, span_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account
    from chancery.values import Problem


class Name(Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One name or spelling of a party, in one language, as one source writes it."""

    text: Annotated[str, Meta(min_length=1)]
    lang: Annotated[str, Meta(description="BCP 47 tag")] = "en"
    use: Annotated[
        Literal["display", "own", "spelling", "short", "former", "translation"],
        Meta(description="display: shown by default; own: its own name for itself; translation: made by the record"),
    ] = "display"
    since: Date | None = None
    until: Date | None = None
    note: Annotated[str, Meta(description="what the source says of the name, such as: birth name")] | None = None


class NamingAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts that name a party share."""

    party: Any_
    names: tuple[Name, ...]

    def faults(self) -> Iterator[Problem]:
        """A name cannot fall out of use before it came into use."""
        yield from super().faults()
        for name in self.names:
            if name.since is not None and (fault := span_fault(name.since, name.until)):
                yield self.problem("span", Weight.BAR, fault, "names")


class PartyDescribed(NamingAct, frozen=True, kw_only=True, gc=False, tag="party.described"):
    """A party, body or thing is described: what it is and what sources call it."""

    identity: ClassVar[tuple[str, ...]] = ("party",)
    gathers: ClassVar[tuple[str, ...]] = ("names",)

    names: tuple[Name, ...] = ()
    description: Words | None = None


class PartyRenamed(NamingAct, frozen=True, kw_only=True, gc=False, tag="party.renamed"):
    """A party, body or thing takes another name."""

    identity: ClassVar[tuple[str, ...]] = ("party", "effective")


def gives_names(account: Account) -> TypeGuard[PartyDescribed | PartyRenamed]:
    """Whether an account names its party; ``same_as`` may join one of another kind, which does not."""
    return isinstance(account, (PartyDescribed, PartyRenamed))


class AttributeStated(Act, frozen=True, kw_only=True, gc=False, tag="attribute.stated"):
    """A source states something of a party, a thing or an entry for which no other kind has a field."""

    identity: ClassVar[tuple[str, ...]] = ("about", "of_entry", "vocabulary", "attribute")
    names_entries: ClassVar[tuple[str, ...]] = ("of_entry",)

    about: Any_ | None = None
    of_entry: Annotated[str, Meta(description="the entry that it belongs to, where it is said of no party")] | None = (
        None
    )
    vocabulary: Annotated[str, Meta(description="whose word the attribute is: popolo, ftm, csv ...")]
    attribute: Annotated[str, Meta(description="what it is called there")]
    value: Annotated[str, Meta(description="what it is, as text")] | None = None
    data: Annotated[str, Meta(description="what it is, as JSON, where it is more than a text")] | None = None


class OfficeHeld(Act, frozen=True, kw_only=True, gc=False, tag="office.held"):
    """A person holds an office of a State, body or organisation."""

    identity: ClassVar[tuple[str, ...]] = ("person", "office")

    person: Person
    office: Office
    of: Annotated[Ref, Meta(description="whose office it is")] | None = None
    title: Annotated[str, Meta(description="the title that this source uses")] | None = None
    until: Until | None = None


class OfficeLeft(Act, frozen=True, kw_only=True, gc=False, tag="office.left"):
    """A person leaves an office."""

    identity: ClassVar[tuple[str, ...]] = ("person", "office")

    person: Person
    office: Office
    reason: Reason | None = None


class RelationStated(Act, frozen=True, kw_only=True, gc=False, tag="relation.stated"):
    """Somebody states how two parties stand to each other."""

    identity: ClassVar[tuple[str, ...]] = ("party", "relation", "other")

    party: Party
    relation: Literal[
        "contacts", "relative_of", "adviser_to", "envoy_of", "part_of", "succeeds", "represents", "supports", "opposes"
    ]
    other: Party
    words: Words | None = None


class DesignationMade(Act, frozen=True, kw_only=True, gc=False, tag="designation.made"):
    """An authority designates a party, for instance as a terrorist organisation."""

    identity: ClassVar[tuple[str, ...]] = ("party", "designation", "by")

    party: Party
    designation: Annotated[str, Meta(description="as what")]
    by: By | None = None
    by_others: Annotated[Tongues, Meta(description="authorities that the source leaves unnamed")] | None = None


class DesignationLifted(Act, frozen=True, kw_only=True, gc=False, tag="designation.lifted"):
    """An authority lifts a designation."""

    identity: ClassVar[tuple[str, ...]] = ("party", "designation", "by")

    party: Party
    designation: Annotated[str, Meta(description="as what")]
    by: By | None = None
