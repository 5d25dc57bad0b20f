"""Enrolling: the roll of a body on a day, from what the record holds of its members and from what its rules list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.charter import InForce, the_rule
from chancery.rules.provisions import Admission
from chancery.rules.rolls import Roll
from chancery.rules.sitting import appointed, by_day, seated
from chancery.rules.standing import GONE, Ruling, standing
from chancery.rules.voting import Members
from chancery.values import Verdict

if TYPE_CHECKING:
    from chancery.register import Account, Fact, Register
    from chancery.rules.rulebook import Rules
    from chancery.values import Ref


class Enrolled(Struct, frozen=True):
    """The roll of a body on a day, the standing of each party behind it, and whose membership is open on that day."""

    roll: Roll
    standings: dict[Ref, Ruling]
    doubtful: frozenset[Ref] = frozenset()


def enrolled(register: Register, body: Ref, listed: Rules, day: int) -> Enrolled:
    """Who sits in a body on a day, at the latest that of the reading.

    The standing of a party comes before a list in the rules: who withdrew has left the list too. A body that has no
    members by standing or by list consists of those who are named to it without a post.
    """
    admission = admission_on(register, body, day)
    standings = {party: standing(stack, day, admission) for party, stack in _stacks(register, body, day)}
    statuses = {party: status for party, ruling in standings.items() if (status := status_of(ruling, admission))}
    roll = listed.roll
    gone = {party for party, ruling in standings.items() if ruling.standing in GONE}
    by_list = {party: status for party, status in roll.statuses.items() if party not in gone}
    found = {**by_list, **statuses} or _named(register, body, day)
    doubtful = _doubtful(register, body, day, admission, standings) | _unsettled(standings, admission)
    groups = _groups(register, body, roll, found, day)
    others = None if doubtful else _others(listed, set(found) - set(by_list), known=bool(found))
    return Enrolled(replace(roll, statuses=found, groups=groups, others=others), standings, doubtful)


def admission_on(register: Register, body: Ref, day: int) -> InForce | None:
    """The rule on admission that governs a body on a day."""
    return the_rule(by_day(register, day, "provision.set"), Admission, body)


def status_of(ruling: Ruling, admission: InForce | None) -> str | None:
    """In which status a party sits by its standing; None where it does not sit."""
    if ruling.standing in ("member", "observer", "suspended"):
        return ruling.standing
    rule = admission.rule if admission is not None else None
    step = getattr(ruling.fact.act, "step", None) if ruling.fact is not None else None
    return "provisional" if isinstance(rule, Admission) and step in rule.provisional_by else None


def _stacks(register: Register, body: Ref, day: int) -> list[tuple[Ref, list[Fact[Account]]]]:
    return [
        (party, [fact for fact in stack if fact.day <= day]) for party, of, stack in register.stacks() if of == body
    ]


def _named(register: Register, body: Ref, day: int) -> dict[Ref, str]:
    """Those who are named to a body itself, not to a post on it."""
    posts = (each.fact.act for each in appointed(register, day) if each.holds is Verdict.YES)
    return {act.person: "member" for act in posts if act.body == body and act.office is None}  # type: ignore[attr-defined]


def _groups(register: Register, body: Ref, roll: Roll, sitting: dict[Ref, str], day: int) -> dict[str, frozenset[Ref]]:
    """The groups that the rules list, and those of one sort of seat: permanent, elected."""
    found = {name: set(parties) & set(sitting) for name, parties in roll.groups.items()}
    for each in seated(register, day):
        act = each.fact.act
        if act.body == body and act.party in sitting:  # type: ignore[attr-defined]
            found.setdefault(act.seat, set()).add(act.party)  # type: ignore[attr-defined]
    return {name: frozenset(parties) for name, parties in found.items()}


def _others(listed: Rules, unlisted: set[Ref], *, known: bool) -> int | None:
    """Seats whose holders are not named: fewer by each whom the record names beside the list; None where not known."""
    rules = [each.rule for each in listed.provided if isinstance(each.rule, Members)]
    if any(rule.open for rule in rules) or not (rules or known):
        return None
    return max(0, sum(rule.others for rule in rules) - len(unlisted))


def is_unsettled(ruling: Ruling, admission: InForce | None) -> bool:
    """Whether a party stands where it does by a step of which no text says whether it makes a member."""
    rule = admission.rule if admission is not None else None
    step = getattr(ruling.fact.act, "step", None) if ruling.fact is not None else None
    return isinstance(rule, Admission) and step in rule.unsettled_by and ruling.standing != "member"


def _unsettled(standings: dict[Ref, Ruling], admission: InForce | None) -> frozenset[Ref]:
    return frozenset(party for party, ruling in standings.items() if is_unsettled(ruling, admission))


def _doubtful(
    register: Register, body: Ref, day: int, admission: InForce | None, standings: dict[Ref, Ruling]
) -> frozenset[Ref]:
    """The parties whose seat would be another if acts of an open date had taken effect by the day."""
    open_: dict[Ref, list[Fact[Account]]] = {}
    later = (fact for party, of, stack in register.stacks() if of == body for fact in stack if fact.day > day)
    for fact in (*later, *register.undecided):
        party = getattr(fact.act, "party", None)
        if party is not None and getattr(fact.act, "body", None) == body and fact.act.effective.earliest <= day:
            open_.setdefault(party, []).append(fact)
    found = set()
    for party, facts in open_.items():
        stack = [fact for fact in register.stack(party, body) if fact.day <= day]
        then = standing([*stack, *facts], day, admission)
        now = standings.get(party, Ruling(None, then.reason))
        if status_of(then, admission) != status_of(now, admission):
            found.add(party)
    return frozenset(found)
