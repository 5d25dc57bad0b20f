"""Counts by named rule, beside the numbers that sources gave."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from chancery.acts.invitations import InvitationIssued, InvitationReceived
from chancery.acts.statements import CountReported
from chancery.rules.counts import RULES, Counted, Stepped, count, inviting, stepped
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

F = TypeVar("F")


def brief_reported(cell: object) -> Iterator[Phrase]:
    """Each number that a source gave: how many, who said so, when."""
    for given in cell if isinstance(cell, list) else ():
        who = given["speaker"] or given["source"] or ""
        number = _precisely(given["precision"], given["number"])
        yield phrase("{number} ({who:name}, {day:date})", number=number, who=who, day=given["day"])


def _precisely(precision: str, number: int) -> Phrase | int:
    """A number as exactly as its source gave it."""
    match precision:
        case "about":
            return phrase("about {number:number}", number=number)
        case "more_than":
            return phrase("more than {number:number}", number=number)
        case "nearly":
            return phrase("nearly {number:number}", number=number)
        case "at_least":
            return phrase("at least {number:number}", number=number)
        case _:
            return number


@view(
    "counts",
    "Counts by named rule",
    Column("rule", phrase("Rule"), "code", about="name of the rule of counting, such as `invited`, `signed`, `listed`"),
    Column("body", phrase("Body"), "ref", about="the body whose parties are counted"),
    Column("count", phrase("Count"), "number", about="how many the rule counts"),
    Column("parties", phrase("Whom it counts"), "refs", about="whom it counts"),
    Column("besides", phrase("Inviting, not counted"), "refs", about="who invites: named, not counted", aside=True),
    Column(
        "denied", phrase("Denied, not counted"), "refs", about="whose fact is denied: named, not counted", aside=True
    ),
    Column("words", phrase("How it counts"), "phrase", shown=False, about="what the rule counts, in words"),
    Column(
        "reported",
        phrase("Numbers that sources gave"),
        "record",
        brief=brief_reported,
        about="numbers that sources gave: `number`, `precision`, `source`, `speaker`, `day`, `parties`, `only_here` "
        "(named there, not counted here), `not_here` (counted here, not named there), `entry`",
    ),
)
def count_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Each rule's count with whom it counts, and every number that a source gave for the same thing."""
    reported = _grouped([*register.of(CountReported), *register.ahead(CountReported)], attrgetter("act.body", "act.of"))
    invitations = _grouped([*register.of(InvitationIssued), *register.of(InvitationReceived)], attrgetter("act.body"))
    for body, stacks in _by_body(register).items():
        if not scope.takes(body=body):
            continue
        hosts = inviting(invitations[body])
        for rule in RULES:
            counted = count(rule, stacks, hosts)
            given = reported[body, rule.name]
            if counted.facts or given:
                yield _row(body, counted, given)


def _grouped(facts: Iterable[F], key: Callable[[F], object]) -> defaultdict[object, list[F]]:
    found: defaultdict[object, list[F]] = defaultdict(list)
    for fact in facts:
        found[key(fact)].append(fact)
    return found


def _by_body(register: Register) -> dict[Ref, dict[Ref, list[Stepped]]]:
    bodies: dict[Ref, dict[Ref, list[Stepped]]] = {}
    for party, body, stack in register.stacks():
        bodies.setdefault(body, {})[party] = stepped(stack)
    return bodies


def _row(body: Ref, counted: Counted, given: list[Fact[CountReported]]) -> Row:
    cells = {
        "rule": counted.rule.name,
        "body": body,
        "count": len(counted.parties),
        "parties": counted.parties,
        "besides": counted.besides,
        "denied": counted.denied,
        "words": counted.rule.words,
        "reported": [_reported(fact, counted.parties) for fact in given],
    }
    facts: list[Fact[Account]] = [*counted.facts, *given]
    numbers = {len(counted.parties), *(fact.act.number for fact in given)}
    agreement = agreement_of(facts)
    return Row(cells, "contested" if agreement == "agreed" and len(numbers) > 1 else agreement, entries_of(facts))


def _reported(fact: Fact[CountReported], counted: tuple[Ref, ...]) -> dict[str, object]:
    act = fact.act
    named = frozenset(act.parties)
    return {
        "number": act.number,
        "precision": act.precision,
        "source": act.cites[0].source if act.cites else None,
        "speaker": act.speaker or act.speaker_as,
        "day": act.effective,
        "parties": act.parties,
        "only_here": tuple(sorted(named - frozenset(counted))) if named else (),
        "not_here": tuple(sorted(frozenset(counted) - named)) if named else (),
        "entry": act.id,
    }
