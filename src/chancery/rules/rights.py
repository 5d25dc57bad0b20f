"""Rights: what a party may do in a body on a day, as far as typed rules settle it; where none does, they are silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.rules.enrolling import admission_on, is_unsettled
from chancery.rules.standing import Ruling
from chancery.rules.voting import Approval, CastingVote, Decision, Franchise, Members, Silence, Veto
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.rules.base import Rule
    from chancery.rules.chambers import Chamber
    from chancery.rules.charter import InForce
    from chancery.rules.rulebook import Procedure, Provided, Rules
    from chancery.values import Ref

Answer = Literal["yes", "no", "silent"]

POWERS = ("vote", "approve", "veto", "break_tie", "object")
"""What typed rules settle, besides the decisions that somebody takes alone."""

ACTS = {
    "vote.cast": "vote",
    "decision.approved": "approve",
    "approval.refused": "approve",
    "decision.vetoed": "veto",
    "silence.broken": "object",
}
"""Kinds of act by the power that they use."""


DECISIONS = {
    "remove": "removal",
    "membership.removed": "removal",
    "invite": "invitation",
    "invitation.issued": "invitation",
    "amend": "amendment",
    "instrument.amended": "amendment",
    "dissolve": "dissolution",
    "body.dissolved": "dissolution",
}
"""What a decision is usually called by which something is done."""


class May(Struct, frozen=True):
    """Whether a party may do something in a body on a day: the answer, why, and the provisions that it rests on.

    ``standing`` is that of the party; ``admission`` the rule on admission in force; ``open`` says what is not settled.
    """

    party: Ref
    body: Ref
    power: str
    matter: str | None
    day: int
    answer: Answer
    standing: Ruling
    admission: InForce | None = None
    because: tuple[Phrase, ...] = ()
    rests: tuple[Provided, ...] = ()
    open: tuple[Phrase, ...] = ()


class Settled(Struct, frozen=True):
    """An answer with its reasons, before it is put beside the standing of the party."""

    answer: Answer
    because: tuple[Phrase, ...] = ()
    rests: tuple[Provided, ...] = ()
    open: tuple[Phrase, ...] = ()


def may(chamber: Chamber, party: Ref, power: str, matter: str | None, day: int) -> May:
    """Whether a party may use a power in a body on a day, perhaps on one kind of matter only."""
    rules = chamber.rulebook.on(day)
    found = _Asked(chamber, party, matter, day, rules).answer(ACTS.get(power, power))
    rests = _once(found.rests)
    admission = admission_on(chamber.register, chamber.body, day)
    return May(
        party,
        chamber.body,
        power,
        matter,
        day,
        found.answer,
        _standing(chamber, party, day),
        admission,
        found.because,
        rests,
        (*found.open, *_unread(rests)),
    )


def _unread(rests: Iterable[Provided]) -> Iterator[Phrase]:
    """Which articles were read in a report of the text only."""
    for article in dict.fromkeys(each.article for each in rests if each.evidence != "text"):
        yield phrase("{article} was read in a report, not in the text itself.", article=article)


def powers_in(rules: Rules) -> tuple[str, ...]:
    """What can be asked of a body: the powers, the acts that use them, and the names of what somebody decides."""
    names = (name for each in rules.decisions if isinstance(each.rule, Decision) for name in _names(each.rule))
    return tuple(dict.fromkeys((*POWERS, *ACTS, *names)))


def _names(decision: Decision) -> tuple[str, ...]:
    return (decision.name, *decision.matters)


def _once(provided: Iterable[Provided]) -> tuple[Provided, ...]:
    return tuple({each.entry: each for each in provided}.values())


def _standing(chamber: Chamber, party: Ref, day: int) -> Ruling:
    nothing = phrase("the record holds nothing between the two by this day")
    return chamber.enrolled(day).standings.get(party) or Ruling(None, nothing)


class _Asked:
    """A party in a body on a day, and the rules that it is asked under."""

    def __init__(self, chamber: Chamber, party: Ref, matter: str | None, day: int, rules: Rules) -> None:
        self._chamber, self._party, self._matter = chamber, party, matter
        self._day, self._rules = day, rules

    def answer(self, power: str) -> Settled:
        """What the rules say of a power."""
        if power == "vote":
            return self._vote()
        if power == "approve":
            return self._by_name(Approval, phrase("No rule in force asks for an approval."))
        if power == "break_tie":
            return self._by_name(CastingVote, phrase("No rule in force says who breaks a tie."))
        if power == "veto":
            return self._veto()
        if power == "object":
            return self._object()
        return self._decide(power)

    def _is(self, office: Ref) -> bool:
        return self._chamber.acts_as(self._party, office, self._day)

    def _on(self, rule: type[Rule]) -> list[Provided]:
        """The provisions of a type in force, of one kind of matter where one is asked about."""
        found = [each for each in self._rules.provided if isinstance(each.rule, rule)]
        if self._matter is None:
            return found
        names = {getattr(each.decision.rule, "name", "") for each in self._procedures()}
        return [each for each in found if not getattr(each.rule, "on", ()) or names & set(getattr(each.rule, "on", ()))]

    def _procedures(self) -> Sequence[Procedure]:
        if self._matter is None:
            return [self._rules.procedure(each) for each in self._rules.decisions]
        return self._rules.named(self._matter) or self._rules.governing(self._matter).procedures

    # --- Votes --------------------------------------------------------------------------------------------------------

    def _vote(self) -> Settled:
        """Whether it votes: on every kind of decision that is voted on, or on one."""
        voted = [each for each in self._procedures() if getattr(each.decision.rule, "by", None) is None]
        alone = [each.decision for each in self._procedures() if getattr(each.decision.rule, "by", None) is not None]
        if not voted and alone and self._matter is not None:
            return Settled("no", tuple(map(_alone, alone)), tuple(alone))
        if not voted:
            return Settled("silent", (phrase("No rule in force says how this is voted on: the charter is silent."),))
        found = [self._votes_on(each) for each in voted]
        answers = {each.answer for each in found}
        if len(answers) == 1:
            return _together(found, found[0].answer)
        differing = [
            phrase("On {name}: {answer}.", name=_name(each), answer=ANSWERS[settled.answer])
            for each, settled in zip(voted, found, strict=True)
        ]
        answer: Answer = "yes" if "yes" in answers else "silent"
        return _together([Settled(answer, tuple(differing)), *found], answer)

    def _votes_on(self, procedure: Procedure) -> Settled:
        """Whether it votes on one kind of decision, by its seat on the day."""
        decision = procedure.decision
        rests = (decision, *((procedure.franchise,) if procedure.franchise is not None else ()))
        status = procedure.roll.statuses.get(self._party)
        if self._is_open(procedure):
            return Settled("silent", (self._unsettled(),), rests)
        if self._party in procedure.voters:
            return Settled("yes", (self._counted(procedure),), rests, tuple(self._needs()))
        chair = tuple(self._as_chair(procedure))
        if status is not None:
            said = phrase(
                "It sits as {status}; {article} counts the votes of {who}.", status=STATUSES[status], **_who(procedure)
            )
            return Settled("no", (said, *chair), rests)
        return Settled("no", (self._outside(procedure), *chair), rests, tuple(self._needs()))

    def _outside(self, procedure: Procedure) -> Phrase:
        """That it is no member on the day, by which article where one says who is."""
        admission = admission_on(self._chamber.register, self._chamber.body, self._day)
        who = _who(procedure)
        if admission is None:
            return phrase(
                "On what is on record it is no member on this day; {article} counts the votes of {who}.", **who
            )
        return phrase(
            "On what is on record it is no member on this day ({admission}); {article} counts the votes of {who}.",
            admission=admission.provision.article,
            **who,
        )

    def _is_open(self, procedure: Procedure) -> bool:
        """Whether its seat is open: an act of an open date, a step of unsettled effect, a list that names not all."""
        enrolled = self._chamber.enrolled(self._day)
        if self._party in enrolled.doubtful:
            return True
        listed = any(isinstance(each.rule, Members) for each in self._rules.provided)
        known = self._party in procedure.roll.statuses or enrolled.standings.get(self._party) is not None
        return listed and not known and procedure.roll.others != 0

    def _unsettled(self) -> Phrase:
        ruling = self._chamber.enrolled(self._day).standings.get(self._party)
        admission = admission_on(self._chamber.register, self._chamber.body, self._day)
        if (
            ruling is not None
            and ruling.standing is not None
            and admission is not None
            and is_unsettled(ruling, admission)
        ):
            return phrase(
                "By {article} it is no member on what is on record; whether what it did is enough, no text that was "
                "read settles: {reason}.",
                article=admission.provision.article,
                reason=ruling.reason,
            )
        if ruling is not None:
            return phrase("Whether it had a seat on this day is open: the day of an act is not certain.")
        return phrase(
            "The rules name members, and say that there are more: whether it is one of them is not on record."
        )

    def _counted(self, procedure: Procedure) -> Phrase:
        status = procedure.roll.statuses[self._party]
        return phrase(
            "It sits as {status}; {article} counts the votes of {who}.", status=STATUSES[status], **_who(procedure)
        )

    def _needs(self) -> Iterator[Phrase]:
        """That no provision on who votes is typed, where none is: the count alone says it."""
        if not self._on(Franchise):
            yield phrase("No typed rule says in so many words who votes; it follows from whose votes are counted.")

    def _as_chair(self, procedure: Procedure) -> Iterator[Phrase]:
        casting = procedure.casting
        if casting is not None and isinstance(casting.rule, CastingVote) and self._is(casting.rule.by):
            yield phrase(
                "As {office:name} it has the casting vote on a tie ({article}), and no other vote by that.",
                office=casting.rule.by,
                article=casting.article,
            )

    # --- Other powers -------------------------------------------------------------------------------------------------

    def _by_name(self, rule: type[Approval | CastingVote], silent: Phrase) -> Settled:
        """A power that a rule gives to somebody by name or office."""
        found = self._on(rule)
        if not found:
            return Settled("silent", (silent,))
        mine = [each for each in found if self._is(each.rule.by)]  # type: ignore[attr-defined]  # both have it
        said = tuple(
            phrase("{article} gives it to {by:name}.", article=each.article, by=each.rule.by)  # type: ignore[attr-defined]
            for each in mine or found
        )
        return Settled("yes" if mine else "no", tuple(dict.fromkeys(said)), tuple(mine or found))

    def _veto(self) -> Settled:
        found = self._on(Veto)
        if not found:
            return Settled("silent", (phrase("No rule in force gives a veto to anybody."),))
        settled = [self._vetoes(each, each.rule) for each in found if isinstance(each.rule, Veto)]
        best = next((each for wanted in ("yes", "silent") for each in settled if each.answer == wanted), None)
        return best if best is not None else _together(settled, "no")

    def _vetoes(self, provided: Provided, rule: Veto) -> Settled:
        article = provided.article
        if rule.at_least is not None or rule.more_than is not None:
            votes = self._vote()
            said = phrase("{article} gives it to members together, and to none alone.", article=article)
            return Settled(votes.answer, (said, *votes.because), (provided, *votes.rests), votes.open)
        group = self._rules.roll.groups.get(rule.group or "", frozenset())
        holders = (*rule.by, *sorted(group))
        said = phrase("{article} gives it to {holders:names}.", article=article, holders=holders)
        held = any(self._is(each) for each in holders)
        return Settled("yes" if held else "no", (said,), (provided,))

    def _object(self) -> Settled:
        """Whether it may break silence."""
        found = self._on(Silence)
        if not found:
            return Settled("silent", (phrase("No rule in force knows a silence procedure."),))
        votes = self._vote()
        said = tuple(phrase("{article}: who votes may object.", article=each.article) for each in found)
        return Settled(votes.answer, (*said, *votes.because), (*found, *votes.rests), votes.open)

    def _decide(self, name: str) -> Settled:
        """A kind of decision by its name: taken alone by somebody, or voted on."""
        names = {name, DECISIONS.get(name, name)}
        found = [
            each
            for each in self._rules.decisions
            if isinstance(each.rule, Decision) and names.intersection(_names(each.rule))
        ]
        alone = [each for each in found if getattr(each.rule, "by", None) is not None]
        if alone:
            mine = [each for each in alone if self._is(each.rule.by)]  # type: ignore[attr-defined]  # looked at above
            return Settled("yes" if mine else "no", tuple(map(_alone, mine or alone)), tuple(mine or alone))
        if found:
            self._matter = str(getattr(found[0].rule, "name", name))
            voted = tuple(phrase("{article}: it is voted on.", article=each.article) for each in found)
            votes = self._vote()
            return Settled(votes.answer, (*voted, *votes.because), (*found, *votes.rests), votes.open)
        return Settled("silent", (phrase("No typed rule in force says who may do that: the charter is silent."),))


def _alone(provided: Provided) -> Phrase:
    by: Ref = provided.rule.by  # type: ignore[attr-defined]  # a decision that somebody takes alone
    return phrase("{article}: {by:name} decides alone.", article=provided.article, by=by)


def _who(procedure: Procedure) -> dict[str, Phrase | str]:
    """Whose votes a rule counts, and the article that says so."""
    provided = procedure.franchise
    rule = provided.rule if provided is not None else Franchise()
    statuses = rule.statuses if isinstance(rule, Franchise) else ("member",)
    who: Phrase = WHO[statuses[0]] if statuses else phrase("nobody")
    for each in statuses[1:]:
        who = phrase("{first}, {then}", first=who, then=WHO[each])
    if isinstance(rule, Franchise) and rule.group is not None:
        who = phrase("{who} among {group}", who=who, group=rule.group.replace("_", " "))
    return {"article": (provided or procedure.decision).article, "who": who}


def _name(procedure: Procedure) -> str:
    return str(getattr(procedure.decision.rule, "name", ""))


def _together(found: Sequence[Settled], answer: Answer) -> Settled:
    """Several answers as one, each reason once."""
    return Settled(
        answer,
        tuple(dict.fromkeys(each for one in found for each in one.because)),
        _once(each for one in found for each in one.rests),
        tuple(dict.fromkeys(each for one in found for each in one.open)),
    )


ANSWERS: dict[Answer, Phrase] = {
    "yes": phrase("Yes"),
    "no": phrase("No"),
    "silent": phrase("The charter is silent"),
}

STATUSES = {
    "member": phrase("a member"),
    "provisional": phrase("a provisional member"),
    "observer": phrase("an observer"),
    "suspended": phrase("a suspended member"),
}

WHO = {
    "member": phrase("members"),
    "provisional": phrase("provisional members"),
    "observer": phrase("observers"),
    "suspended": phrase("suspended members"),
}
