"""Deciding: what a vote comes to under the rules in force on its day, and why."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from chancery.rules.counting import Setting, completed
from chancery.rules.explaining import OUTCOMES
from chancery.rules.holders import unnamed, vetoed
from chancery.rules.hours import in_writing, is_over
from chancery.rules.measuring import Tested, certain, measured
from chancery.rules.oddities import is_counted, odd
from chancery.rules.quorums import present
from chancery.rules.rulings import VoteRuling
from chancery.rules.silences import unopposed
from chancery.rules.ties import broken, is_tie
from chancery.rules.votes import count_of
from chancery.rules.voting import Approval, CastingVote, Decision, Franchise
from chancery.values import FUTURE, Instant, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from chancery.rules.rulebook import Procedure, Provided, Rulebook, Rules
    from chancery.rules.rulings import Outcome, Present
    from chancery.rules.votes import Count, Vote
    from chancery.values import Phrase


def decide(vote: Vote, rulebook: Rulebook, *, rule: str | None = None, today: int | None = None) -> VoteRuling:
    """Rule on a vote under the rules in force on its day, or on the last day on record where it gives none.

    ``rule`` names a decision to be tried in the place of the one that its matter has; ``today`` is the day on which it
    is asked whether a time limit has passed.
    """
    rules = rulebook.on(FUTURE if vote.day is None else vote.day)
    procedures, notes = governing(vote, rules, rule)
    if len(procedures) != 1:
        return VoteRuling(vote, "undecided", count_of(vote), reasons=tuple(notes))
    ruling = _ruled(vote, procedures[0], notes, today)
    if not procedures[0].decision.others:
        return ruling
    return _if_agreed(ruling, [_ruled(vote, each, notes, today) for each in rules.readings(procedures[0])])


def _if_agreed(ruling: VoteRuling, others: Sequence[VoteRuling]) -> VoteRuling:
    """A ruling under a rule of which accounts differ: it stands where it comes to the same by all of them."""
    other = next((each for each in others if each.outcome != ruling.outcome), None)
    if other is None or ruling.rule is None:
        return ruling
    said = phrase(
        "Accounts of {article} differ: by one the vote comes to {outcome}, by another to {other}.",
        article=ruling.rule.article,
        outcome=OUTCOMES[ruling.outcome],
        other=OUTCOMES[other.outcome],
    )
    return replace(ruling, outcome="undecided", unknown=(*ruling.unknown, said))


def governing(vote: Vote, rules: Rules, rule: str | None = None) -> tuple[tuple[Procedure, ...], list[Phrase]]:
    """The rule that governs a vote; none, or several of equal reach, with what is to be said of that."""
    chosen = rules.named(rule) if rule is not None else rules.governing(vote.matter).procedures
    if not chosen:
        what = rule or vote.matter
        if what is None:
            return (), [
                phrase("The charter is silent: no rule in force says how a vote that names no matter is decided.")
            ]
        return (), [phrase("The charter is silent: no rule in force says how {matter} is decided.", matter=what)]
    if len(chosen) > 1:
        articles = ", ".join(each.decision.article for each in chosen)
        return chosen, [
            phrase("Several rules of equal reach are in force: {articles}; none is taken.", articles=articles)
        ]
    if rule is None and vote.matter and not rules.governing(vote.matter).exact:
        return chosen, [phrase("No rule names the matter {matter}; the general rule governs it.", matter=vote.matter)]
    return chosen, []


def is_sure(procedure: Procedure, counted: Counted) -> bool | NDArray[np.bool_]:
    """Whether votes by ballots are adopted for certain: every test is met, and nothing else could stop them.

    It is true or false of all, or a column that says it of each, as the numbers that are counted are columns.
    """
    if _decision(procedure).by is not None or procedure.decision.others or _may_be_stopped(procedure):
        return False
    count = counted(recused_present=_stay(procedure))
    return reduce(and_, [certain(each, count, procedure.setting) for each in procedure.requires] or [True])


def _may_be_stopped(procedure: Procedure) -> bool:
    """Whether a vote that meets every test may come to something else than adoption."""
    return bool(procedure.quorums or procedure.vetoes) or procedure.approval is not None


class Counted(Protocol):
    """What counts votes."""

    def __call__(self, *, recused_present: bool) -> Count:
        """What they add up to."""


def _decision(procedure: Procedure) -> Decision:
    assert isinstance(procedure.decision.rule, Decision)  # noqa: S101  # a procedure is that of a decision
    return procedure.decision.rule


def _stay(procedure: Procedure) -> bool:
    """Whether who is recused counts as present."""
    franchise = procedure.franchise.rule if procedure.franchise is not None else None
    return isinstance(franchise, Franchise) and franchise.recused == "present"


def _count(vote: Vote, procedure: Procedure) -> Count:
    """What a vote adds up to under the rules that govern it."""
    count = count_of(vote, recused_present=_stay(procedure), apart=procedure.apart)
    return completed(count, procedure.setting)


def _ruled(vote: Vote, procedure: Procedure, notes: list[Phrase], today: int | None) -> VoteRuling:
    decision = _decision(procedure)
    setting = procedure.setting
    count = _count(vote, procedure)
    if vote.concerned:
        setting = replace(setting, concerned=frozenset(vote.concerned))
    ruling = VoteRuling(
        vote,
        "undecided",
        count,
        procedure.decision,
        reasons=tuple(notes),
        unknown=_unverified(procedure),
        contradictions=odd(vote, procedure, setting),
        under=(procedure.decision,),
        setting=setting,
    )
    if decision.by is not None:
        return _alone(ruling, decision, procedure, setting, today)
    if vote.manner == "without_vote":
        return _without_vote(ruling, decision, procedure, today)
    if vote.manner == "silence" or (procedure.silence is not None and not is_counted(vote)):
        ruling, kept = unopposed(ruling, procedure, setting, today)
        return ruling if kept is None else _approved(ruling, procedure, today) if kept else _outcome(ruling, "rejected")
    if not is_counted(vote):
        return replace(ruling, reasons=(*ruling.reasons, phrase("No votes are told, so nothing can be counted.")))
    if vote.manner == "written" or (
        vote.manner is None and procedure.written is not None and vote.deadline is not None
    ):
        return _written(ruling, decision, procedure, setting, today)
    return _voted(ruling, decision, procedure, setting, today)


def _written(
    ruling: VoteRuling, decision: Decision, procedure: Procedure, setting: Setting, today: int | None
) -> VoteRuling:
    """A vote by correspondence: only what came in time is counted, once the time is over."""
    if procedure.written is None:
        silent = phrase("The rules are silent on whether it may be voted on in writing.")
        return replace(ruling, unknown=(*ruling.unknown, silent))
    timed = in_writing(ruling.vote, procedure, setting)
    ruling = replace(
        ruling,
        count=_count(timed.vote, procedure) if timed.late else ruling.count,
        late=tuple(ballot.party for ballot in timed.late),
        under=(*ruling.under, procedure.written),
        reasons=(*ruling.reasons, *timed.reasons),
        unknown=(*ruling.unknown, *timed.unknown),
        contradictions=(*ruling.contradictions, *timed.contradictions),
    )
    if timed.deadline is not None and not is_over(replace(ruling.vote, extended=timed.deadline), today):
        runs = phrase("It is still open, until {deadline}.", deadline=Instant(timed.deadline))
        return replace(ruling, reasons=(*ruling.reasons, runs))
    return _voted(ruling, decision, procedure, setting, today)


def _unverified(procedure: Procedure) -> tuple[Phrase, ...]:
    """That the rule was read in a report of the text only, or is told differently elsewhere."""
    decision = procedure.decision
    found: list[Phrase] = []
    if decision.evidence != "text":
        found.append(phrase("{article} was read in a report, not in the text itself.", article=decision.article))
    if decision.contested:
        found.append(phrase("Sources differ on what {article} says.", article=decision.article))
    return tuple(found)


def _alone(
    ruling: VoteRuling, decision: Decision, procedure: Procedure, setting: Setting, today: int | None
) -> VoteRuling:
    """A decision that somebody takes alone, and that others may stop."""
    assert decision.by is not None  # noqa: S101  # its caller has looked
    chair = ruling.vote.chair
    if chair is None and ruling.vote.manner != "chair":
        said = phrase("Whether {by:name} so decided is not told.", by=decision.by)
        return replace(ruling, unknown=(*ruling.unknown, said))
    if chair == "no":
        return _outcome(ruling, "rejected", phrase("{by:name}, who decides alone, did not so decide.", by=decision.by))
    taken = replace(ruling, reasons=(*ruling.reasons, phrase("{by:name} decides alone.", by=decision.by)))
    return _unless_vetoed(taken, procedure, setting, today)


def _without_vote(ruling: VoteRuling, decision: Decision, procedure: Procedure, today: int | None) -> VoteRuling:
    if not decision.without_vote:
        silent = phrase("Adopted without a vote, as it is told; the rules are silent on whether that may be.")
        return replace(ruling, unknown=(*ruling.unknown, silent))
    said = replace(ruling, reasons=(*ruling.reasons, phrase("Nobody asked for a vote.")))
    return _approved(said, procedure, today)


def _voted(
    ruling: VoteRuling, decision: Decision, procedure: Procedure, setting: Setting, today: int | None
) -> VoteRuling:
    quorum = tuple(present(each, ruling.count, setting, ruling.vote) for each in procedure.quorums)
    tests = tuple(measured(each, ruling.count, setting) for each in procedure.requires)
    ruling = replace(ruling, tests=tests, quorum=quorum, under=(*ruling.under, *procedure.quorums))
    if any(each.reached is False for each in quorum):
        return _no_quorum(ruling, quorum)
    if any(each.reached is None for each in quorum):
        ruling = replace(ruling, unknown=(*ruling.unknown, phrase("Whether a quorum was there is not known.")))
    ruling, passed = _after_tie(ruling, decision, procedure, setting)
    if passed is None:
        return ruling
    if not passed:
        return _outcome(ruling, "rejected")
    if any(each.reached is None for each in quorum):
        return ruling
    return _unless_vetoed(ruling, procedure, setting, today)


def _no_quorum(ruling: VoteRuling, quorum: Sequence[Present]) -> VoteRuling:
    failed = next(each for each in quorum if each.reached is False)
    becomes = {
        "no_decision": phrase("No decision could be taken."),
        "adjourned": phrase("The meeting is adjourned."),
        "second_call": phrase("It may be called again, with a lower bar."),
    }
    return _outcome(ruling, "no_quorum", becomes[failed.provided.rule.failing])  # type: ignore[attr-defined]  # a quorum


def _passed(tests: Sequence[Tested]) -> bool | None:
    answers = {each.passed for each in tests}
    return False if False in answers else None if None in answers else True


def _after_tie(
    ruling: VoteRuling, decision: Decision, procedure: Procedure, setting: Setting
) -> tuple[VoteRuling, bool | None]:
    """Whether the tests are met, the chair's casting vote counted where there is a tie; None where that stays open."""
    passed = _passed(ruling.tests)
    casting = procedure.casting
    tied = is_tie(ruling.count, procedure, setting)
    if passed is False and tied and casting is not None:
        tests = _broken(ruling, casting, procedure, setting)
        if _passed(tests) is not False:
            return _casting(ruling, decision, casting, tests)
    if ruling.vote.chair is not None and not tied and casting is not None:
        said = phrase("A casting vote is told, though the votes were not equal; it is not counted.")
        ruling = replace(ruling, contradictions=(*ruling.contradictions, said))
    if passed is False and tied and decision.tie == "adopted":
        return replace(
            ruling,
            reasons=(*ruling.reasons, phrase("The votes are equal, and a tie carries.")),
        ), True
    return (_left_open(ruling) if passed is None else _in_senses(ruling)), passed


def _in_senses(ruling: VoteRuling) -> VoteRuling:
    """Say in which sense words were taken, where that decides."""
    found = tuple(dict.fromkeys(each.note for each in _leaves(ruling.tests) if each.note is not None))
    return replace(ruling, unknown=(*ruling.unknown, *found)) if found else ruling


def _leaves(tests: Sequence[Tested]) -> Iterator[Tested]:
    for each in tests:
        yield from _leaves(each.parts) if each.parts else (each,)


def _left_open(ruling: VoteRuling) -> VoteRuling:
    """Say what the tests leave open."""
    found = tuple(each for each in _unknowns(ruling.tests) if each not in ruling.unknown)
    return replace(ruling, unknown=(*ruling.unknown, *found))


def _unknowns(tests: Sequence[Tested]) -> list[Phrase]:
    found: list[Phrase] = []
    for each in tests:
        if each.unknown is not None:
            found.append(each.unknown)
        found.extend(_unknowns(each.parts))
    return found


def _broken(ruling: VoteRuling, casting: Provided, procedure: Procedure, setting: Setting) -> tuple[Tested, ...]:
    """The tests with the chair's yes; who has voted with the others is there already."""
    also_votes = isinstance(casting.rule, CastingVote) and casting.rule.also_votes
    return broken(ruling.count, procedure, setting, added=0 if also_votes else 1)


def _casting(
    ruling: VoteRuling, decision: Decision, casting: Provided, tests: tuple[Tested, ...]
) -> tuple[VoteRuling, bool | None]:
    """What the casting vote makes of a tie that it can break."""
    rule = casting.rule
    assert isinstance(rule, CastingVote)  # noqa: S101  # chosen by its type
    ruling = replace(ruling, under=(*ruling.under, casting))
    if ruling.vote.chair == "yes":
        said = phrase("The votes are equal; {by:name} votes for it.", by=rule.by)
        passed = _passed(tests)
        ruling = replace(ruling, tests=tests, reasons=(*ruling.reasons, said))
        return (_left_open(ruling) if passed is None else _in_senses(ruling)), passed
    if ruling.vote.chair == "no":
        said = phrase("The votes are equal; {by:name} votes against it.", by=rule.by)
        return replace(ruling, reasons=(*ruling.reasons, said)), False
    if decision.tie is not None:
        said = phrase("The votes are equal, and {by:name} did not vote to break the tie.", by=rule.by)
        return replace(ruling, reasons=(*ruling.reasons, said)), decision.tie == "adopted"
    said = phrase("The votes are equal; {by:name} may break the tie, and no vote of that kind is told.", by=rule.by)
    return _outcome(ruling, "tie", said), None


def _unless_vetoed(ruling: VoteRuling, procedure: Procedure, setting: Setting, today: int | None) -> VoteRuling:
    vetoes = tuple(each for veto in procedure.vetoes if (each := vetoed(veto, ruling, setting, today)) is not None)
    ruling = replace(ruling, vetoes=vetoes, under=(*ruling.under, *procedure.vetoes))
    if any(each.sure for each in vetoes):
        return _outcome(ruling, "vetoed")
    if vetoes:
        return replace(ruling, unknown=(*ruling.unknown, *(each.why for each in vetoes if each.why is not None)))
    hidden = unnamed(procedure.vetoes, ruling, setting)
    return _approved(replace(ruling, unknown=(*ruling.unknown, *hidden)), procedure, today)


def _approved(ruling: VoteRuling, procedure: Procedure, today: int | None) -> VoteRuling:
    provided = procedure.approval
    if provided is None:
        return _outcome(ruling, "adopted")
    rule = provided.rule
    assert isinstance(rule, Approval)  # noqa: S101  # chosen by its type
    ruling = replace(ruling, under=(*ruling.under, provided))
    answer = ruling.vote.approval
    if answer == "given":
        return _outcome(ruling, "adopted", phrase("{by:name} approved it.", by=rule.by))
    if answer == "refused":
        return _outcome(ruling, "rejected", phrase("{by:name} refused to approve it.", by=rule.by))
    return _unanswered(ruling, rule, today)


def _unanswered(ruling: VoteRuling, rule: Approval, today: int | None) -> VoteRuling:
    """An approval that is not told: it may still be given, unless its time has passed and silence means something."""
    day = ruling.vote.day
    late = rule.within_days is not None and day is not None and today is not None and today > day + rule.within_days
    if late and rule.silence == "approved":
        return _outcome(
            ruling, "adopted", phrase("{by:name} was silent past the limit, which approves it.", by=rule.by)
        )
    if late and rule.silence == "refused":
        return _outcome(
            ruling, "rejected", phrase("{by:name} was silent past the limit, which refuses it.", by=rule.by)
        )
    if late:
        silent = phrase(
            "The time in which {by:name} may approve has passed; what that means, the rules do not say.", by=rule.by
        )
        return _outcome(replace(ruling, unknown=(*ruling.unknown, silent)), "awaiting_approval")
    waits = phrase("It waits for the approval of {by:name}.", by=rule.by)
    if rule.within_days is not None:
        waits = phrase(
            "It waits for the approval of {by:name}, due within {n:number} days.", by=rule.by, n=rule.within_days
        )
        return _outcome(ruling, "awaiting_approval", waits)
    silent = phrase("Until when it may be approved, and what silence means, the rules do not say.")
    return _outcome(replace(ruling, unknown=(*ruling.unknown, silent)), "awaiting_approval", waits)


def _outcome(ruling: VoteRuling, outcome: Outcome, *reasons: Phrase) -> VoteRuling:
    ruling = replace(ruling, outcome=outcome, reasons=(*ruling.reasons, *reasons))
    recorded = ruling.vote.recorded
    if recorded is None or recorded == outcome:
        return ruling
    said = phrase(
        "A source has it as {recorded}; by the rules it comes to {outcome}.",
        recorded=OUTCOMES[recorded],
        outcome=OUTCOMES[outcome],
    )
    return replace(ruling, contradictions=(*ruling.contradictions, said))
