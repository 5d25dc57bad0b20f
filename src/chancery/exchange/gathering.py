"""Gathering: what a register holds of parties, of who belongs to what, and of where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct

from chancery.acts.appointments import AppointmentEnded, AppointmentMade
from chancery.acts.charter import ProvisionSet
from chancery.acts.memberships import MembershipBegun, MembershipRemoved, MembershipWithdrawn
from chancery.acts.parties import AttributeStated, Name, OfficeHeld, OfficeLeft, PartyDescribed, gives_names
from chancery.languages.names import NameBook
from chancery.register import Account, Fact, Register
from chancery.rules.charter import the_rule
from chancery.rules.provisions import Admission
from chancery.rules.standing import standing
from chancery.rules.terms import end_of
from chancery.values import Date, Ref, family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BELONGS = frozenset({"member", "signatory", "observer", "suspended"})
"""Standings by which a party belongs to a body in some way; who was only invited, or declined, does not."""


class Tie(Struct, frozen=True):
    """Who belongs to what: a member, a body, a post, a role, for whom, since when, until when, on which facts."""

    member: Ref
    body: Ref | None
    role: str | None
    start: Date
    facts: tuple[Fact[Account], ...]
    post: Ref | None = None
    behalf: Ref | None = None
    end: Date | None = None
    standing: str | None = None

    @property
    def fact(self) -> Fact[Account]:
        """The fact on which it rests first."""
        return self.facts[0]

    @property
    def name(self) -> str:
        """Its permanent name in what is written: the entry that began it."""
        return self.fact.act.id


class Party(Struct, frozen=True):
    """Something that has a ref: its names, the facts that describe it, what else sources state of it."""

    ref: Ref
    names: tuple[Name, ...]
    description: object
    facts: tuple[Fact[PartyDescribed], ...]


def every(register: Register, kind: type[Account]) -> list[Fact[Account]]:
    """Every fact of a kind that is in force or may be, oldest first."""
    undecided = (fact for fact in register.undecided if type(fact.act) is kind)
    return sorted((*register.of(kind), *undecided), key=lambda fact: fact.order)


def told(register: Register, kind: type[Account]) -> list[Fact[Account]]:
    """Facts of a kind that need not have taken effect by the day, such as descriptions."""
    found = {fact.act.id: fact for fact in (*register.ahead(kind), *every(register, kind))}
    return sorted(found.values(), key=lambda fact: fact.order)


def sound(facts: list[Fact[Account]]) -> list[Fact[Account]]:
    """The facts that nobody denies, and of which some account is relied on."""
    return [fact for fact in facts if fact.agreement != "denied" and fact.carried]


def parties(register: Register) -> dict[Ref, Party]:
    """Everything that the record describes, in the ledger's order."""
    book = NameBook(register)
    facts: dict[Ref, list[Fact[PartyDescribed]]] = {}
    for fact in told(register, PartyDescribed):
        for ref in dict.fromkeys(account.party for account in fact.accounts if gives_names(account)):
            facts.setdefault(ref, []).append(cast("Fact[PartyDescribed]", fact))
    return {
        ref: Party(ref, book.names(ref), found[0].stated("description"), tuple(found)) for ref, found in facts.items()
    }


def ties(register: Register) -> Iterator[Tie]:
    """Who belongs to what, ended or not, as far as nobody denies it: posts, memberships, offices, standing."""
    begun = set()
    for tie in _begun(register):
        begun.add((tie.member, tie.body))
        yield tie
    yield from (tie for tie in _standings(register) if (tie.member, tie.body) not in begun)


def _begun(register: Register) -> Iterator[Tie]:
    for fact in sound(every(register, AppointmentMade)):
        made = cast("AppointmentMade", fact.act)
        post, title, behalf = made.office, fact.stated("title"), fact.stated("represents")
        ends = _ended(register, fact, (AppointmentEnded,), _leaves)
        yield Tie(
            made.person, made.body, _text(title), made.effective, (fact, *ends), post, _ref(behalf), _end(fact, ends)
        )
    for fact in sound(every(register, MembershipBegun)):
        seat = cast("MembershipBegun", fact.act)
        ends = _ended(register, fact, (MembershipWithdrawn, MembershipRemoved), _same("party", "body"))
        yield Tie(
            seat.party, seat.body, "member", seat.effective, (fact, *ends), end=_end(fact, ends), standing="member"
        )
    for fact in sound(every(register, OfficeHeld)):
        office = cast("OfficeHeld", fact.act)
        ends = _ended(register, fact, (OfficeLeft,), _same("person", "office"))
        title, body = _text(fact.stated("title")), _ref(fact.stated("of"))
        yield Tie(office.person, body, title, office.effective, (fact, *ends), office.office, end=_end(fact, ends))


def _standings(register: Register) -> Iterator[Tie]:
    """Parties whose standing with a body is that of a member, a signatory or an observer."""
    provisions, on = register.of(ProvisionSet), register.reading.on
    for party, body, stack in register.stacks():
        ruling = standing(stack, on, the_rule(provisions, Admission, body)) if stack else None
        fact = ruling.fact if ruling is not None else None
        if ruling is None or fact is None or ruling.standing not in BELONGS or fact.agreement == "denied":
            continue
        since = ruling.since or fact.act.effective
        yield Tie(party, body, ruling.standing, since, (fact,), standing=ruling.standing)


def _ended(
    register: Register, fact: Fact[Account], kinds: Sequence[type[Account]], same: Callable[[Account, Account], bool]
) -> tuple[Fact[Account], ...]:
    """The facts that ended what a fact began, as far as nobody denies them."""
    found = (each for kind in kinds for each in sound(list(register.of(kind))))
    return tuple(each for each in found if each.order > fact.order and same(fact.act, each.act))


def _same(*fields: str) -> Callable[[Account, Account], bool]:
    return lambda one, other: all(getattr(one, name, None) == getattr(other, name, None) for name in fields)


def _leaves(made: Account, ended: Account) -> bool:
    office = getattr(ended, "office", None)
    return _same("person", "body")(made, ended) and office in (None, getattr(made, "office", None))


def _end(fact: Fact[Account], ends: Sequence[Fact[Account]]) -> Date | None:
    """When it ended, by the act that ended it, else by the end that its account states."""
    return ends[0].act.effective if ends else end_of(fact)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _ref(value: object) -> Ref | None:
    return cast("Ref", value) if isinstance(value, str) else None


class Attributes:
    """What sources state of things beyond what kinds have fields for, in one vocabulary, as it was found."""

    def __init__(self, register: Register, vocabulary: str) -> None:
        """Gather them, by what they are about."""
        self._found: dict[str, dict[str, AttributeStated]] = {}
        self.in_order: list[AttributeStated] = []
        for fact in sound(told(register, AttributeStated)):
            act = cast("AttributeStated", fact.act)
            if act.vocabulary == vocabulary:
                self.in_order.append(act)
                self._found.setdefault(str(act.about or act.of_entry), {})[act.attribute] = act

    def of(self, thing: str) -> dict[str, AttributeStated]:
        """The attributes of a ref or an entry."""
        return self._found.get(thing, {})


class Written(Struct, frozen=True):
    """Where an account is written, how it stands to the fact, and by whom it was said."""

    entry: str
    side: str
    source: Ref
    title: str
    url: str | None
    digest: str | None
    standing: str
    said: Date | None
    place: str | None
    speaker: str | None
    channel: str | None

    @property
    def uri(self) -> str:
        """The address of the source; where it has none, its ref, which is a URI too (RFC 3986)."""
        return self.url or self.source

    @property
    def words(self) -> str:
        """It all in one line, for formats that take a note."""
        day = f"said {self.said}" if self.said is not None else "undated"
        who = f", by {self.speaker}" if self.speaker else ""
        how = f", through {self.channel}" if self.channel else ""
        where = f", {self.place}" if self.place else ""
        return f"{self.title}{where} ({self.standing}, {day}{who}{how}): {self.side}; entry {self.entry}"


def written(facts: Sequence[Fact[Account]], register: Register) -> Iterator[Written]:
    """Every place where the accounts of some facts are written, the preferred account first."""
    for fact in facts:
        for account in fact.accounts:
            side = "preferred" if account is fact.act else "agrees" if fact.agrees(account) else "differs"
            yield from _cited(account, side, register)
        for denial in fact.denials:
            yield from _cited(denial, "denies", register)


def _cited(account: Account, side: str, register: Register) -> Iterator[Written]:
    for cite in account.cites:
        source = register.sources[cite.source]
        place = cite.article or (f"page {cite.page}" if cite.page else None)
        speaker = account.speaker or account.speaker_as
        title = source.title or source.outlet or source.publisher or source.agency or source.ref
        yield Written(
            account.id,
            side,
            source.ref,
            title,
            source.url,
            source.digest,
            source.standing,
            source.published,
            place,
            speaker,
            account.channel,
        )


def doubt(facts: Sequence[Fact[Account]]) -> str | None:
    """What is contested in some facts, in words; None where all accounts agree."""
    fields = dict.fromkeys(field for fact in facts for field in fact.differing)
    return f"contested: accounts differ in {', '.join(fields)}" if fields else None


def is_person(ref: str) -> bool:
    """Whether a ref names a person."""
    return family(ref) == "person"
