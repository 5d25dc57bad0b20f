"""Why: every account behind a standing, a seat, a body or a dispute, fact by fact, the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.acts.charter import ProvisionSet
from chancery.rules.charter import the_rule
from chancery.rules.provisions import Admission
from chancery.rules.standing import Ruling, standing
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, View, label
from chancery.views.cells import Cell, account_cell, refs_in, run, source_of, speaker_of, spoken
from chancery.views.disputes import identified
from chancery.views.standing import ruling_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.acts import Act
    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

DETAILS = ("extent", "capacity", "stance", "assessment", "state", "choice", "outcome")
"""Fields of closed lists that say of which sort an act is."""


def brief_source(cell: object) -> Iterator[Phrase]:
    """The source of an account, its standing and its day."""
    yield source_of(cast("Cell", cell))


COLUMNS: tuple[Column, ...] = (
    Column("effective", phrase("Day"), "date", about="when it took effect, as this account has it"),
    Column("what", phrase("What"), "phrase", about="kind of act, and of which sort it is"),
    Column("about", phrase("About"), "refs", aside=True, about="what identifies the act"),
    Column("note", phrase("In words"), "words", about="what the source tells, in the record's own words"),
    Column("who", phrase("Who says so"), "phrase", about="the speaker, and for whom"),
    Column("source", phrase("Source"), "record", brief=brief_source, about="the account's source"),
    Column("channel", phrase("Through"), aside=True, about="how it was said or sent"),
    Column("side", phrase("Side"), "code", about="preferred, agrees, differs, denies, corrected or withdrawn"),
    Column("differs", phrase("It has"), "phrase", aside=True, about="what it says where accounts differ"),
    Column("entry", phrase("Entry"), aside=True, about="the entry's id"),
)


def why_refs(register: Register, refs: Sequence[Ref], acts: Sequence[Act]) -> View:
    """Every account that names all of some refs; of a party and a body, the ruling on the standing first."""
    wanted = frozenset(refs)
    facts = [fact for fact in register.facts() if wanted <= refs_in(fact.act)]
    past = [row for act, row in _corrected(register, acts) if wanted <= refs_in(act)]
    return _view(register, facts, past, list(_ruled(register, refs)))


def why_entry(register: Register, entry: str, acts: Sequence[Act]) -> View:
    """Every account of the act that an entry tells of."""
    facts = [fact for fact in register.facts() if entry in fact.entries]
    corrects = next((act.replaces for act in acts if act.id == entry), None)
    past = [row for act, row in _corrected(register, acts) if act.id in (entry, corrects) or act.replaces == entry]
    return _view(register, facts, past, [])


def _view(register: Register, facts: Sequence[Fact[Account]], past: list[Row], said: list[Phrase]) -> View:
    denials = {denial.id for fact in facts for denial in fact.denials}
    rows = [row for fact in facts if fact.act.id not in denials for row in _rows(register, fact)]
    rows.extend(past)
    return View(name="why", title=phrase("Why"), columns=COLUMNS, rows=tuple(rows), lead=tuple(said))


def _ruled(register: Register, refs: Sequence[Ref]) -> Iterator[Phrase]:
    """What the register rules on the standing of a party with a body, with the provision or the charter's silence."""
    for party, body, stack in register.stacks():
        if stack and {party, body} == set(refs):
            admission = the_rule(register.of(ProvisionSet), Admission, body)
            yield from _ruling_words(party, body, standing(stack, register.reading.on, admission))


def _ruling_words(party: Ref, body: Ref, ruling: Ruling) -> Iterator[Phrase]:
    said = label(ruling.standing) if ruling.standing is not None else phrase("no standing")
    yield phrase("{party:name} with {body:name}: {standing}.", party=party, body=body, standing=said)
    yield phrase("Because: {reason}.", reason=ruling.reason)
    provision = ruling_cell(ruling)["provision"]
    if isinstance(provision, dict):
        yield phrase(
            "Under {instrument:name}, {article} (evidence: {evidence}, entry {entry}).",
            instrument=provision["instrument"],
            article=provision["article"],
            evidence=label(str(provision["evidence"])),
            entry=provision["entry"],
        )
    else:
        yield phrase("No provision of the charter on record settles it: there the charter is silent.")


def _rows(register: Register, fact: Fact[Account]) -> Iterator[Row]:
    for account in fact.accounts:
        side = "preferred" if account is fact.act else _side(account, fact)
        yield _row(register, account, fact, side)
    for denial in fact.denials:
        yield _row(register, denial, fact, "denies")


def _side(account: Account, fact: Fact[Account]) -> str:
    same = all(getattr(account, name, None) == getattr(fact.act, name, None) for name in fact.differing)
    return "agrees" if same else "differs"


def _corrected(register: Register, acts: Sequence[Act]) -> Iterator[tuple[Act, Row]]:
    """Accounts that were corrected or withdrawn: they stay readable and count no more."""
    live = {entry for fact in register.facts() for entry in fact.entries}
    replaced = {act.replaces for act in acts if act.replaces is not None and act.id in live}
    withdrawn = {getattr(act, "entry", None) for act in acts if act.kind == "entry.withdrawn"}
    for act in acts:
        if act.id not in live and act.id in replaced | withdrawn:
            side = "corrected" if act.id in replaced else "withdrawn"
            yield act, _row(register, act, None, side)


def _row(register: Register, account: Account, fact: Fact[Account] | None, side: str) -> Row:
    cell = account_cell(account, register, side)
    differing = fact.differing if fact is not None and side != "denies" else ()
    cells = {
        "effective": account.effective,
        "what": _what(account),
        "kind": account.kind,
        "about": identified(account),
        "side": side if side != "preferred" or (fact is not None and len(fact.accounts) > 1) else None,
        "differs": run(*(spoken(getattr(account, name, None)) for name in differing)) if differing else None,
        "who": speaker_of(cell),
        "channel": account.channel,
        "source": cell,
        "note": account.note or getattr(account, "words", None) or getattr(account, "reason", None),
        "entry": account.id,
    }
    agreement = fact.agreement if fact is not None and side != "denies" else "agreed"
    return Row(cells, agreement, (account.id,))


def _what(account: Account) -> Phrase:
    """The kind of an act, and of which sort it is where that is stated."""
    detail = next((found for name in DETAILS if isinstance(found := getattr(account, name, None), str)), None)
    kind = label(account.kind)
    return kind if detail is None else phrase("{kind}, {detail}", kind=kind, detail=label(detail))
