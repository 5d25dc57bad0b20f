"""Scrutiny: what is wrong with a vote before it is counted. Nothing is decided on bad data."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from chancery.rules.bounds import written
from chancery.rules.voting import Decision, Franchise, thresholds
from chancery.values import FUTURE, Date, Phrase, Place, Problem, Weight, is_ref, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.rules.counting import Number
    from chancery.rules.rulebook import Procedure, Rulebook, Rules
    from chancery.rules.votes import Ballot, Vote
    from chancery.values import Ref


class Scrutiny:
    """Looks through votes under the rules of a body; keeps what it has worked out from one vote to the next."""

    def __init__(self, rulebook: Rulebook, rule: str | None = None, names: Iterable[str] = ()) -> None:
        """Look under a rulebook, or under one of its rules by name; ``names`` are what parties are called."""
        self.book = rulebook
        self._rule = rule
        self._ever = rulebook.parties()
        self._names = tuple(names)

    def faults(self, vote: Vote) -> Iterator[Problem]:
        """Every fault of a vote."""
        rules = self.book.on(FUTURE if vote.day is None else vote.day)
        found = rules.named(self._rule) if self._rule is not None else rules.governing(vote.matter).procedures
        procedure = found[0] if len(found) == 1 else None
        yield from self._unseated(vote, rules, procedure)
        if vote.ballots is not None:
            yield from _ballots(vote.ballots, procedure)
        yield from _sums(vote, rules, procedure)
        if procedure is not None:
            yield from _weightless(vote, procedure)
            yield from _overweight(vote.ballots or (), procedure)

    def _unseated(self, vote: Vote, rules: Rules, procedure: Procedure | None) -> Iterator[Problem]:
        """Parties that nobody knows, that had no seat that day, or that had one without a vote."""
        known = {
            *rules.roll.statuses,
            *(each for group in rules.roll.groups.values() for each in group),
            *rules.offices,
        }
        unknown: set[Ref] = set()
        cast = _casting(vote)
        for party, place in _parties(vote):
            if party in known:
                if procedure is not None and party in cast and party in rules.roll.statuses:
                    yield from _voteless(party, place, rules, procedure)
            elif rules.roll.others == 0:
                yield self._stranger(vote, party, place, known)
            elif rules.roll.others is not None:
                unknown.add(party)
                if not is_ref(party):
                    yield self._stranger(vote, party, place, known)
        others = rules.roll.others
        if others is not None and len(unknown) > others > 0:
            said = phrase(
                "{n:number} parties have no seat that is known, and there are {others:number} such seats: {names}",
                n=len(unknown),
                others=others,
                names=tuple(sorted(unknown)),
            )
            yield _problem(vote.place, "vote", "no-seat", said)

    def _stranger(self, vote: Vote, party: Ref, place: Place, known: Iterable[Ref]) -> Problem:
        if party in self._ever:
            when = (
                phrase("on the day of the vote")
                if vote.day is None
                else phrase("{day:date}", day=Date.ordinal(vote.day))
            )
            return _problem(place, None, "no-seat", phrase("{party} had no seat on {when}", party=party, when=when))
        near = suggest(party, [*known, *self._ever, *self._names])
        if near is None:
            return _problem(
                place, None, "unknown-party", phrase("{party} is no party that the rules know", party=party)
            )
        said = phrase("{party} is no party that the rules know; did you mean {near}?", party=party, near=near)
        return _problem(place, None, "unknown-party", said)


def _voteless(party: Ref, place: Place, rules: Rules, procedure: Procedure) -> Iterator[Problem]:
    status = rules.roll.statuses[party]
    franchise = procedure.franchise.rule if procedure.franchise is not None else Franchise()
    assert isinstance(franchise, Franchise)  # noqa: S101  # chosen by its type
    if status not in franchise.statuses:
        said = phrase("{party} sits as {status} and has no vote", party=party, status=Phrase(status))
        yield _problem(place, None, "no-vote-of-its-own", said)
    elif party not in procedure.voters:
        said = phrase(
            "{party} is not of the group {group}, which alone votes", party=party, group=franchise.group or ""
        )
        yield _problem(place, None, "no-vote-of-its-own", said)


def _casting(vote: Vote) -> frozenset[Ref]:
    """Everybody who takes part in a vote with a voice, or holds the voice of another."""
    by_name = [ballot.party for ballot in vote.ballots or () if ballot.choice != "absent"]
    holders = [ballot.proxy for ballot in vote.ballots or () if ballot.proxy is not None]
    return frozenset((*by_name, *holders, *vote.for_by, *vote.against_by, *vote.abstained_by))


def _parties(vote: Vote) -> Iterator[tuple[Ref, Place]]:
    """Everybody whom a vote names, and where; the absent and the recused too."""
    for ballot in vote.ballots or ():
        yield ballot.party, ballot.place
        if ballot.proxy is not None:
            yield ballot.proxy, ballot.place
    for column in ("for_by", "against_by", "abstained_by", "vetoed_by", "concerned"):
        for party in getattr(vote, column):
            yield party, vote.places.get(party) or Place(file=vote.place.file, line=vote.place.line, field=column)


def _ballots(ballots: Sequence[Ballot], procedure: Procedure | None) -> Iterator[Problem]:
    """Two ballots for one party, proxies beyond the rules, votes split where none may be."""
    rule = procedure.franchise.rule if procedure is not None and procedure.franchise is not None else Franchise()
    assert isinstance(rule, Franchise)  # noqa: S101  # chosen by its type
    first: dict[Ref, Ballot] = {}
    for ballot in ballots:
        before = first.setdefault(ballot.party, ballot)
        split = rule.split and before.weight is not None and ballot.weight is not None
        if before is not ballot and not (split and before.proxy == ballot.proxy):
            yield _problem(ballot.place, "party", "two-ballots", _twice(before, ballot))
    yield from _proxies(ballots, rule)
    yield from _half_weighed(ballots)


def _half_weighed(ballots: Sequence[Ballot]) -> Iterator[Problem]:
    """Ballots without a weight in a vote in which others have one."""
    if any(ballot.weight is not None for ballot in ballots):
        for ballot in ballots:
            if ballot.weight is None and ballot.choice in ("yes", "no", "abstain"):
                said = phrase(
                    "has no weight, and other ballots of this vote have one; write 1 where it carries one vote"
                )
                yield _problem(ballot.place, "weight", "no-weight", said)


def _twice(before: Ballot, ballot: Ballot) -> Phrase:
    line = before.place.line or 0
    if before.proxy is not None or ballot.proxy is not None:
        return phrase(
            "{party} votes here and at line {line:number}, once by proxy: who has given a proxy does not vote as well",
            party=ballot.party,
            line=line,
        )
    return phrase("{party} has a ballot in this vote already, at line {line:number}", party=ballot.party, line=line)


def _proxies(ballots: Sequence[Ballot], rule: Franchise) -> Iterator[Problem]:
    held = Counter(ballot.proxy for ballot in ballots if ballot.proxy is not None)
    for ballot in ballots:
        if ballot.proxy == ballot.party:
            said = phrase("{party} cannot be its own proxy; leave proxy_for empty", party=ballot.party)
            yield _problem(ballot.place, "proxy_for", "own-proxy", said)
        if ballot.proxy is not None and (held[ballot.proxy] > rule.proxies):
            said = phrase(
                "{party} votes for {n:number} others; the rules allow {most:number}",
                party=ballot.proxy,
                n=held[ballot.proxy],
                most=rule.proxies,
            )
            yield _problem(ballot.place, "proxy_for", "too-many-proxies", said)
            held[ballot.proxy] = 0


def _sums(vote: Vote, rules: Rules, procedure: Procedure | None) -> Iterator[Problem]:
    """Votes that do not add up: to those present, to those who can be there, to those named."""
    if vote.ballots is not None:
        return
    told = (vote.yes, vote.no, vote.abstain)
    cast = sum(side or 0 for side in told)
    if vote.present is not None and cast != vote.present:
        yield from _unlike_present(vote, vote.present, cast, procedure)
    size = _size(procedure)
    there = max(cast, vote.present or 0) + (vote.absent or 0)
    if size is not None and there > size:
        yield _problem(vote.place, "yes", "does-not-add-up", _too_many(there, size, procedure))
    for column, side in (("for_by", vote.yes), ("against_by", vote.no), ("abstained_by", vote.abstain)):
        yield from _named(vote, column, side)
    sides = Counter(
        party for column in ("for_by", "against_by", "abstained_by") for party in set(getattr(vote, column))
    )
    for party in sorted(party for party, times in sides.items() if times > 1):
        said = phrase("{party} is named on two sides of this vote", party=party)
        yield _problem(vote.place, "against_by", "two-ballots", said)
    yield from _parts(vote, rules, procedure)


def _unlike_present(vote: Vote, present: int, cast: int, procedure: Procedure | None) -> Iterator[Problem]:
    """More votes than were present, or fewer where all who are present take part and all sides are told."""
    decision = procedure.decision.rule if procedure is not None else None
    idle = isinstance(decision, Decision) and decision.present_without_voting
    if cast < present and (idle or None in (vote.yes, vote.no, vote.abstain)):
        return
    said = phrase(
        "{yes:number} + {no:number} + {abstain:number} votes are {cast:number}, and {present:number} were present",
        yes=vote.yes or 0,
        no=vote.no or 0,
        abstain=vote.abstain or 0,
        cast=cast,
        present=present,
    )
    if cast < present:
        said = phrase(
            "{said}; where members may be there and not vote, the rule needs present_without_voting", said=said
        )
    yield _problem(vote.place, "present", "does-not-add-up", said)


def _too_many(there: int, size: int, procedure: Procedure | None) -> Phrase:
    """More members than there are; where votes are weighed, that may be meant."""
    said = phrase("{cast:number} votes or members are told, and there are {size:number}", cast=there, size=size)
    tables = [] if procedure is None else [each.weight for each in thresholds(procedure.requires) if each.weight]
    if not tables:
        return said
    return phrase("{said}; what votes weigh stands in columns such as {column}", said=said, column=f"{tables[0]}.yes")


def _parts(vote: Vote, rules: Rules, procedure: Procedure | None) -> Iterator[Problem]:
    """Sums of groups or weights that nobody knows, or that are more than there is."""
    known = [*rules.roll.groups, *rules.roll.weights]
    for name, part in vote.parts.items():
        told, whole = part.yes + part.no + part.abstain, None if procedure is None else _whole(name, procedure)
        if whole is not None and told > whole:
            said = phrase(
                "{told} are told of {name}, and there are {whole}", told=written(told), name=name, whole=written(whole)
            )
            yield _problem(vote.place, f"{name}.yes", "does-not-add-up", said)
        if name not in known:
            said = phrase("no group or table of weights called {name} is in force then", name=name)
            near = suggest(name, known)
            if near is not None:
                said = phrase("{said}; did you mean {near}?", said=said, near=near)
            yield _problem(vote.place, f"{name}.yes", "unknown-group", said)


def _whole(name: str, procedure: Procedure) -> Number | None:
    """All that a group has, in votes or as its tests weigh them, or all that a table of weights adds up to."""
    roll = procedure.roll
    group = roll.groups.get(name)
    if group is None:
        return roll.totals.get(name)
    tables = [
        roll.weights.get(each.weight, {})
        for each in thresholds(procedure.requires)
        if each.group == name and each.weight
    ]
    if not tables:
        return len(group)
    return max(sum((table.get(party, Fraction(0)) for party in group), Fraction(0)) for table in tables)


def _named(vote: Vote, column: str, number: int | None) -> Iterator[Problem]:
    parties: tuple[Ref, ...] = getattr(vote, column)
    twice = [party for party, times in Counter(parties).items() if times > 1]
    if twice:
        yield _problem(vote.place, column, "two-ballots", phrase("names {party} twice", party=twice[0]))
    if number is not None and len(parties) > number:
        said = phrase("names {n:number} parties for {number:number} votes", n=len(parties), number=number)
        yield _problem(vote.place, column, "does-not-add-up", said)


def _size(procedure: Procedure | None) -> int | None:
    """How many can vote at the most; None where that is not known, or where a group votes beside others."""
    if procedure is None or any(each.group is not None for each in thresholds(procedure.requires)):
        return None
    roll = procedure.roll
    return roll.seats if roll.others is None else len(procedure.voters) + roll.others


def _weightless(vote: Vote, procedure: Procedure) -> Iterator[Problem]:
    """Parties without a weight where votes are weighed, neither in the table nor with the ballot."""
    roll = procedure.roll
    weighed = {(each.weight, each.group) for each in thresholds(procedure.requires) if each.weight is not None}
    for name, group in sorted(weighed, key=str):
        if vote.parts.keys() & {name, group}:
            continue
        table = roll.weights.get(name, {})
        among = procedure.voters if group is None else roll.groups.get(group, frozenset())
        anybody = group is None and not roll.whole
        for party, place in _weighed(vote):
            if party not in table and (anybody or party in among):
                said = phrase("{party} has no weight in the table {name}", party=party, name=name)
                yield _problem(place, None, "no-weight", said)


def _overweight(ballots: Sequence[Ballot], procedure: Procedure) -> Iterator[Problem]:
    """Ballots that carry more than their party has in the table by which votes are weighed."""
    tables = {each.weight for each in thresholds(procedure.requires) if each.weight is not None}
    carried: dict[Ref, Fraction] = {}
    for ballot in ballots:
        if ballot.weight is None:
            continue
        carried[ballot.party] = carried.get(ballot.party, Fraction(0)) + ballot.weight
        for table in sorted(tables):
            most = procedure.roll.weights.get(table, {}).get(ballot.party)
            if most is not None and carried[ballot.party] > most:
                said = phrase(
                    "{party} has {most} in the table {table}, and its ballots carry {carried}; leave the weight out",
                    party=ballot.party,
                    most=written(most),
                    table=table,
                    carried=written(carried[ballot.party]),
                )
                yield _problem(ballot.place, "weight", "too-much-weight", said)


def _weighed(vote: Vote) -> Iterator[tuple[Ref, Place]]:
    """Whoever takes a side in a vote without saying how many votes that is, and where."""
    own = {ballot.party for ballot in vote.ballots or () if ballot.weight is not None}
    sides = {*vote.for_by, *vote.against_by, *vote.abstained_by, *(ballot.party for ballot in vote.ballots or ())}
    for party, place in _parties(vote):
        if party in sides and party not in own:
            yield party, place


def _problem(place: Place, column: str | None, code: str, said: Phrase) -> Problem:
    where = place if column is None else Place(file=place.file, line=place.line, field=column)
    return Problem(code=code, weight=Weight.BAR, phrase=said, place=where)
