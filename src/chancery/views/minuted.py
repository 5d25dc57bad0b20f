"""Business as minutes tell it: the motion, the votes by name, the ruling and why, the decision, what was declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.rules.explaining import explained
from chancery.rules.telling import numbers_of
from chancery.rules.votes import Vote
from chancery.values import Phrase, phrase
from chancery.views.base import entries_of, label
from chancery.views.cells import named, run, spoken
from chancery.views.paper import Said, Section, said_of
from chancery.views.rulings import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.register import Account, Fact
    from chancery.rules.business import Business
    from chancery.rules.chambers import Chamber, Ruled
    from chancery.values import Ref

DECIDED = ("decision.adopted", "decision.rejected", "decision.approved", "approval.refused", "decision.vetoed")


def minuted(business: Business, chamber: Chamber) -> Section:
    """A piece of business: how it was put, each vote with its ruling, what was decided and declared."""
    rulings = chamber.rulings(business)
    return Section(
        phrase("{motion:name}", motion=business.name),
        (*_tabled(business), *_objections(business)),
        (
            *(_ruled(each, several=len(rulings) > 1) for each in rulings),
            *_section(phrase("Decision"), _decided(business)),
            *_section(phrase("Declarations and explanations"), _declared(business)),
        ),
    )


def _section(heading: Phrase, said: Iterator[Said]) -> tuple[Section, ...]:
    found = tuple(said)
    return (Section(heading, found),) if found else ()


def _facts(business: Business, *kinds: str) -> list[Fact[Account]]:
    """Facts of some kinds, those too that are denied: minutes tell what was said, and mark it."""
    return [fact for fact in business.facts if fact.act.kind in kinds]


def _tabled(business: Business) -> Iterator[Said]:
    for fact in _facts(business, "motion.tabled"):
        said = run(
            named(phrase("Put by"), fact.stated("by")) or phrase("Put"),
            named(phrase("item"), fact.stated("item")),
            named(phrase("version"), fact.stated("version")),
            named(phrase("matter:"), fact.stated("matter")),
            named(phrase("concerns"), fact.stated("concerned")),
        )
        yield said_of(fact, said, "words")
    for fact in _facts(business, "silence.opened", "silence.extended", "vote.opened", "vote.extended"):
        until = named(phrase("until"), fact.stated("deadline"))
        yield said_of(fact, run(label(fact.act.kind), until, named(phrase("by"), fact.stated("by"))), "words")


def _objections(business: Business) -> Iterator[Said]:
    for fact in _facts(business, "silence.broken"):
        at = spoken(fact.stated("at")) or phrase("{day:date}", day=fact.act.effective)
        yield said_of(fact, run(named(phrase("Objection of"), fact.stated("by")), at), "words")


def _ruled(ruled: Ruled, *, several: bool) -> Section:
    """One vote: who voted how, what tallies are told, and what it comes to."""
    votes = (*_by_name(ruled.told.facts), *_tallies(ruled.told.facts))
    rests = tuple(dict.fromkeys(each.entry for each in ruled.ruling.under))
    because = Said(phrase("By the rules: {because}", because=paragraph(explained(ruled.ruling))), rests)
    return Section(_heading(ruled, voted=bool(votes), several=several), (*votes, because))


def _heading(ruled: Ruled, *, voted: bool, several: bool) -> Phrase:
    vote = ruled.told.vote
    if vote.manner == "silence":
        return phrase("Silence procedure")
    if not voted:
        return phrase("Without a vote")
    return phrase("Vote, call {number:number}", number=vote.call) if several else phrase("Vote")


def _by_name(facts: Sequence[Fact[Account]]) -> Iterator[Said]:
    """Who voted how, choice by choice; then the casting vote."""
    votes = [fact for fact in facts if fact.act.kind == "vote.cast"]
    own = [fact for fact in votes if not getattr(fact.act, "casting", False)]
    for choice, side in SIDES.items():
        those = [fact for fact in own if getattr(fact.act, "choice", None) == choice]
        if those:
            who = run(*(_voter(fact) for fact in those))
            yield Said(phrase("{choice}: {who}", choice=side, who=who), entries_of(those))
    for fact in votes:
        if getattr(fact.act, "casting", False):
            chosen = label(str(getattr(fact.act, "choice", "")))
            yield said_of(fact, phrase("Casting vote of {party:name}: {choice}", party=_party(fact), choice=chosen))


SIDES = {
    "yes": phrase("In favour"),
    "no": phrase("Against"),
    "abstain": phrase("Abstaining"),
    "absent": phrase("Absent"),
    "recused": phrase("Recused"),
    "not_voting": phrase("Present, not voting"),
}


def _party(fact: Fact[Account]) -> Ref:
    return cast("Ref", getattr(fact.act, "party", ""))


def _voter(fact: Fact[Account]) -> Phrase:
    party, principal = _party(fact), cast("Ref | None", getattr(fact.act, "proxy_for", None))
    who = phrase("{party:name}", party=party)
    if principal is not None:
        who = phrase("{party:name} for {principal:name}", party=party, principal=principal)
    if fact.agreement != "agreed":
        who = phrase("{said} ({agreement})", said=who, agreement=label(fact.agreement))
    return who


def _tallies(facts: Sequence[Fact[Account]]) -> Iterator[Said]:
    """Each account of a tally by itself: what one source tells is not another's."""
    for fact in facts:
        if fact.act.kind == "vote.counted":
            for account in fact.accounts:
                yield Said(phrase("Tally: {numbers}", numbers=_numbers(account)), (account.id,))


def _numbers(account: Account) -> Phrase:
    yes, no, abstain = (getattr(account, side, None) for side in ("yes", "no", "abstain"))
    told = Vote(id="", yes=yes, no=no, abstain=abstain)
    called = phrase("called unanimous") if getattr(account, "unanimous", None) else None
    return run(numbers_of(told), called)


def _decided(business: Business) -> Iterator[Said]:
    for fact in _facts(business, *DECIDED):
        manner = fact.stated("manner")
        decision = cast("Ref", getattr(fact.act, "decision", ""))
        said = run(
            phrase("{decision:name}: {kind}", decision=decision, kind=label(fact.act.kind)),
            label(str(manner)) if manner is not None else None,
            named(phrase("by"), fact.stated("by")),
            spoken(fact.stated("symbol")),
            phrase("{day:date}", day=fact.act.effective),
        )
        yield said_of(fact, said, "words", "reason")
    for fact in _facts(business, "silence.concluded"):
        outcome = phrase("Announced: {outcome}", outcome=label(str(getattr(fact.act, "outcome", ""))))
        yield said_of(fact, run(outcome, named(phrase("by"), fact.stated("by"))))


def _declared(business: Business) -> Iterator[Said]:
    """Dissent, reservations and declarations, then the explanations of votes."""
    for fact in _facts(business, "declaration.made"):
        yield declared(fact)
    for fact in _facts(business, "vote.cast"):
        if fact.stated("explanation") is not None:
            yield said_of(fact, phrase("Explanation of vote: {party:name}", party=_party(fact)), "explanation")


def declared(fact: Fact[Account]) -> Said:
    """A declaration: of which nature, whose, and its words."""
    nature = str(getattr(fact.act, "nature", "declaration"))
    return said_of(fact, phrase("{nature}: {party:name}", nature=NATURES[nature], party=_party(fact)), "words")


NATURES = {
    "declaration": phrase("Declaration"),
    "explanation": phrase("Explanation"),
    "reservation": phrase("Reservation"),
    "dissent": phrase("Dissent"),
}
