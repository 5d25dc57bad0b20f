"""Cells that several views share: an account, the accounts of a fact, a fact in a list; and what they say on paper."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from chancery.acts import shape_of
from chancery.values import Date, Phrase, Tongues, is_ref, phrase
from chancery.views.base import Column, Scope, label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from chancery.acts import Act
    from chancery.register import Account, Fact, Register
    from chancery.values import Ref, Value

Cell = dict[str, object]

ENTRIES_NAMED = 8
"""Entries that a note names; the rest are counted."""

ALIKE_SHOWN = 2
"""Accounts that agree with the preferred one and are named on paper; the rest are counted."""


def account_cell(account: Account, register: Register, side: str = "preferred") -> Cell:
    """One account: who said it, for whom, where it is written, how that source is judged, when it was said."""
    source = register.sources.get(account.cites[0].source) if account.cites else None
    return {
        "entry": account.id,
        "side": side,
        "effective": account.effective,
        "speaker": account.speaker,
        "speaker_as": account.speaker_as,
        "on_behalf_of": account.on_behalf_of,
        "channel": account.channel,
        "source": source.ref if source is not None else None,
        "standing": source.standing if source is not None else None,
        "outlet": source.outlet if source is not None else None,
        "agency": source.agency if source is not None else None,
        "said": source.published if source is not None else None,
        "article": account.cites[0].article if account.cites else None,
        "note": account.note,
    }


def accounts_cell(fact: Fact[Account], register: Register) -> list[Cell]:
    """Every account of a fact, the preferred one first, then each with its side, then every denial."""
    return [
        account_cell(fact.act, register),
        *(account_cell(other, register, "agrees" if fact.agrees(other) else "differs") for other in fact.others),
        *(account_cell(denial, register, "denies") for denial in fact.denials),
    ]


def speaker_of(cell: Cell) -> Phrase | None:
    """Who said it and for whom; None where the source names nobody."""
    who = cast("str | None", cell["speaker"] or cell["speaker_as"])
    party = cast("str | None", cell["on_behalf_of"])
    if who is None:
        return None if party is None else phrase("somebody for {party:name}", party=party)
    if party is None or party == who:
        return phrase("{who:name}", who=who)
    return phrase("{who:name} for {party:name}", who=who, party=party)


def source_of(cell: Cell) -> Phrase:
    """The source of an account, how it is judged, when it was said."""
    if cell["source"] is None:
        return phrase("no source")
    source, standing = str(cell["source"]), label(str(cell["standing"]))
    return phrase("{source:name} ({standing}, {day})", source=source, standing=standing, day=when_said(cell))


def when_said(cell: Cell) -> Phrase:
    """When an account was said, as far as its source shows it."""
    said = cell["said"]
    return phrase("said {day:date}", day=said) if isinstance(said, Date) else phrase("undated")


def said_by(cell: Cell) -> Phrase:
    """Who said it, and where it is written."""
    who = speaker_of(cell)
    return source_of(cell) if who is None else phrase("{who}, in {source}", who=who, source=source_of(cell))


def brief_serial(cell: object) -> Iterator[Phrase]:
    """A number in a series, whose digits are not grouped."""
    yield phrase("{number}", number=str(cell))


def brief_accounts(cell: object) -> Iterator[Phrase]:
    """Each account on paper: the preferred one, those that differ or deny, and how many more agree."""
    accounts = cells_of(cell)
    alike = 0
    for account in accounts:
        side = account["side"]
        alike += side == "agrees"
        if side == "denies":
            yield phrase("denied: {account}", account=said_by(account))
        elif side == "differs":
            yield phrase("differs: {account}", account=said_by(account))
        elif side == "preferred" or alike <= ALIKE_SHOWN:
            yield said_by(account)
    if alike > ALIKE_SHOWN:
        yield phrase("{n:number} more alike", n=alike - ALIKE_SHOWN)


def brief_codes(cell: object) -> Iterator[Phrase]:
    """Each of several words of a closed list, or names of fields."""
    for code in cell if isinstance(cell, tuple) else ():
        yield label(code)


def cells_of(cell: object) -> list[Cell]:
    """A cell that is a list of tables; none where it is empty."""
    return cast("list[Cell]", cell) if isinstance(cell, list) else []


def fact_cell(fact: Fact[Account], **more: object) -> Cell:
    """A fact in a list: its kind, its day, whether its accounts agree, its entries, and what the list adds."""
    return {
        "kind": fact.act.kind,
        "effective": fact.act.effective,
        **more,
        "agreement": fact.agreement,
        "entries": fact.entries,
    }


def mark(cell: Cell, said: Phrase) -> Phrase:
    """What is said of a fact in a list, marked where its accounts differ or somebody denies it."""
    agreement = str(cell["agreement"])
    return said if agreement == "agreed" else phrase("{said} ({agreement})", said=said, agreement=label(agreement))


def run(*pieces: Phrase | None) -> Phrase:
    """Phrases in a row, with commas; what is None is left out."""
    said = [piece for piece in pieces if piece is not None]
    row = said[0] if said else phrase("")
    for piece in said[1:]:
        row = phrase("{first}, {then}", first=row, then=piece)
    return row


def spoken(value: object) -> Phrase | None:
    """A value of a field on paper: refs by name, codes as said, the rest as it is; None where nothing is stated."""
    if value in (None, (), ""):
        return None
    if isinstance(value, tuple):
        return run(*(spoken(each) for each in value))
    if isinstance(value, bool):
        return phrase("yes") if value else phrase("no")
    if isinstance(value, str):
        return phrase("{ref:name}", ref=value) if is_ref(value) else phrase("{text}", text=value)
    return phrase("{value}", value=cast("Value", value))


def named(msgid_phrase: Phrase, value: object) -> Phrase | None:
    """A heading before a value, where the value is stated."""
    said = spoken(value)
    return None if said is None else phrase("{heading} {value}", heading=msgid_phrase, value=said)


def refs_in(act: Account) -> frozenset[Ref]:
    """Every ref that an act names, its speaker's too, its sources' not."""
    fields = shape_of(cast("type[Act]", type(act))).refs
    return frozenset(cast("Ref", ref) for field in fields for ref in field.refs(cast("Act", act)))


def concerns(scope: Scope, fact: Fact[Account]) -> bool:
    """Whether a fact names the body and the party to which a view is narrowed."""
    if scope.body is None and scope.party is None:
        return True
    refs = refs_in(fact.act)
    return all(wanted is None or wanted in refs for wanted in (scope.body, scope.party))


def within(scope: Scope, facts: Iterable[Fact[Account]]) -> list[Fact[Account]]:
    """The facts that name the body and the party to which a view is narrowed."""
    return [fact for fact in facts if concerns(scope, fact)]


def concerning(register: Register, scope: Scope) -> list[Fact[Account]]:
    """Every fact in force that names the body and the party to which a view is narrowed, oldest first."""
    ref = scope.party or scope.body
    return register.facts() if ref is None else within(scope, _naming(register).get(ref, ()))


@lru_cache(maxsize=4)
def _naming(register: Register) -> dict[Ref, list[Fact[Account]]]:
    """The facts in force of each ref that they name: filed once for the views of a register."""
    return _filed(register.facts())


@lru_cache(maxsize=4)
def _undecided(register: Register) -> dict[Ref, list[Fact[Account]]]:
    """The same of facts of which it is open whether they are in force."""
    return _filed(register.undecided)


def _filed(facts: list[Fact[Account]]) -> dict[Ref, list[Fact[Account]]]:
    found: defaultdict[Ref, list[Fact[Account]]] = defaultdict(list)
    for fact in facts:
        for ref in refs_in(fact.act):
            found[ref].append(fact)
    return found


def caveats(
    register: Register, scope: Scope, facts: Sequence[Fact[Account]], kinds: Collection[type[Account]]
) -> Iterator[Phrase]:
    """What a view of some facts does not say: which it takes as known, which it only shows, which may be missing."""
    assumed = [fact for fact in facts if fact.assumed]
    if assumed:
        yield phrase(
            "Taken as known from the earliest day possible, since no date is visible on the source: {entries}",
            entries=_listed(assumed),
        )
    shown = [fact for fact in facts if not fact.carried]
    if shown:
        yield phrase("Shown, and not relied on: {entries}", entries=_listed(shown))
    ref = scope.party or scope.body
    perhaps = register.undecided if ref is None else _undecided(register).get(ref, ())
    undecided = [fact for fact in perhaps if type(fact.act) in kinds and concerns(scope, fact)]
    if undecided:
        yield phrase(
            "Not shown, since it is open whether it was by this day or later: {entries}", entries=_listed(undecided)
        )


def _listed(facts: Sequence[Fact[Account]]) -> Phrase:
    ids = ", ".join(fact.act.id for fact in facts[:ENTRIES_NAMED])
    if len(facts) <= ENTRIES_NAMED:
        return phrase("{entries}", entries=ids)
    return phrase("{entries} and {n:number} more", entries=ids, n=len(facts) - ENTRIES_NAMED)


def words_of(fact: Fact[Account]) -> Tongues | None:
    """What a fact says in words: its words, its reason or its terms, else the note on its preferred account."""
    for field in ("words", "reason", "terms", "explanation", "purpose"):
        found = fact.stated(field)
        if isinstance(found, Tongues):
            return found
    return fact.act.note


ACCOUNTS = Column("accounts", phrase("Said by"), "record", brief=brief_accounts, about="every account, with its `side`")
"""Who said it: every account of the row's fact."""

EFFECTIVE = Column("effective", phrase("Day"), "date", about="when it took effect, by the preferred account")
"""When it took effect, by the preferred account."""
