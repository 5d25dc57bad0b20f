"""Who stands where with a body: the standing of each party, ruled from its stack of facts."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from chancery.acts.charter import ProvisionSet
from chancery.rules.charter import InForce, the_rule
from chancery.rules.provisions import Admission
from chancery.rules.standing import STANDINGS, Ruling, standing
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, label, view
from chancery.views.cells import caveats, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register, Stack
    from chancery.values import Ref


def brief_stack(cell: object) -> Iterator[Phrase]:
    """The steps of a stack, each with its day."""
    for step in cell if isinstance(cell, list) else ():
        said = phrase("{step} {day:date}", step=label(step["step"] or step["kind"]), day=step["effective"])
        yield mark(step, said)


def brief_ruling(cell: object) -> Iterator[Phrase]:
    """The reason of a ruling, and its article where one governs."""
    if isinstance(cell, dict):
        yield cell["reason"]
        if cell["provision"] is not None:
            yield phrase("{article}", article=cell["provision"]["article"])


@view(
    "standing",
    "Standing of parties",
    Column("party", phrase("Party"), "ref", about="the party"),
    Column("body", phrase("Body"), "ref", about="the body"),
    Column(
        "standing",
        phrase("Standing"),
        "code",
        about=", ".join(f"`{each}`" for each in STANDINGS) + "; null where nothing on record gives one",
    ),
    Column("since", phrase("Since"), "date", about="the date of the fact that decided it"),
    Column(
        "ruling",
        phrase("Because"),
        "record",
        shown=False,
        brief=brief_ruling,
        about="`reason`, `provision` (as in duties; null where none governs), `charter` (that it is silent), `entries`",
    ),
    Column(
        "stack",
        phrase("Steps"),
        "record",
        brief=brief_stack,
        about="every fact between the two, oldest first: facts with `step`, `differing`, `carried`, `assumed`",
    ),
)
def standing_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """The standing of each party with each body, strongest first; each standing's reason once, below."""
    rows = []
    reasons: dict[Phrase, Ruling] = {}
    facts: list[Fact[Account]] = []
    admission = cache(partial(the_rule, register.of(ProvisionSet), Admission))
    for party, body, stack in register.stacks():
        if scope.takes(body=body, party=party) and stack:
            ruling = standing(stack, register.reading.on, admission(body))
            rows.append((_rank(ruling), body, party, _row(party, body, stack, ruling)))
            facts.extend(stack)
            reasons.setdefault(ruling.reason, ruling)
    for *_, each in sorted(rows, key=lambda found: (_body_order(register, found[1]), *found[:3])):
        yield each
    for ruling in sorted(reasons.values(), key=_rank):
        yield _reason(ruling)
    yield from caveats(register, scope, facts, {type(fact.act) for fact in register.undecided if _is_stacked(fact)})


def _is_stacked(fact: Fact[Account]) -> bool:
    return getattr(fact.act, "step", None) is not None


def _reason(ruling: Ruling) -> Phrase:
    """What a standing means, and the article that it rests on or that the charter is silent."""
    said = label(ruling.standing) if ruling.standing is not None else phrase("no standing")
    if ruling.provision is None:
        return phrase("{standing}: {reason}.", standing=said, reason=ruling.reason)
    article = ruling.provision.provision.article
    return phrase("{standing}: {reason} ({article}).", standing=said, reason=ruling.reason, article=article)


def _rank(ruling: Ruling) -> int:
    return STANDINGS.index(ruling.standing) if ruling.standing is not None else len(STANDINGS)


def _body_order(register: Register, body: Ref) -> int:
    bodies = register.head.bodies
    return bodies.index(body) if body in bodies else len(bodies)


def _row(party: Ref, body: Ref, stack: Stack, ruling: Ruling) -> Row:
    cells = {
        "party": party,
        "body": body,
        "standing": ruling.standing,
        "since": ruling.since,
        "stack": [stack_cell(fact) for fact in stack],
        "ruling": ruling_cell(ruling),
    }
    return Row(cells, agreement_of(stack), entries_of(stack))


def stack_cell(fact: Fact[Account]) -> dict[str, object]:
    """One fact of a stack: its kind, its step, its day, whether its accounts agree, where they differ, its entries."""
    return {
        "kind": fact.act.kind,
        "step": getattr(fact.act, "step", None),
        "effective": fact.act.effective,
        "agreement": fact.agreement,
        "differing": fact.differing,
        "carried": fact.carried,
        "assumed": fact.assumed,
        "entries": fact.entries,
    }


def ruling_cell(ruling: Ruling) -> dict[str, object]:
    """A ruling: its reason, and the provision that it rests on or that the charter is silent."""
    return {
        "reason": ruling.reason,
        "provision": provision_cell(ruling.provision),
        "charter": phrase("see the provision") if ruling.provision is not None else phrase("the charter is silent"),
        "entries": ruling.fact.entries if ruling.fact is not None else (),
    }


def provision_cell(found: InForce | None) -> dict[str, object] | None:
    """A provision as a ruling cites it: instrument, version, article, witness, evidence mark, entry."""
    if found is None:
        return None
    provision = found.provision
    return {
        "instrument": provision.instrument,
        "version": provision.version,
        "article": provision.article,
        "evidence": provision.evidence,
        "witnesses": tuple(cite.source for account in found.fact.accounts for cite in account.cites),
        "entry": provision.id,
    }
