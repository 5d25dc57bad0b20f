"""Versions: what each version of an instrument has for an article, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.acts import KINDS
from chancery.acts.charter import InstrumentAct, ProvisionSet
from chancery.rules.base import Rule
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, view
from chancery.views.cells import Cell, caveats, cells_of, mark, within, words_of
from chancery.views.charter import place_of
from chancery.views.rulebook import asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

INSTRUMENTS: tuple[type[Account], ...] = tuple(kind for kind in KINDS.values() if issubclass(kind, InstrumentAct))


def brief_versions(cell: object) -> Iterator[Phrase]:
    """Each version: its name, and what it says; that nothing of it is on record is said too."""
    for each in cells_of(cell):
        name = said_version(each["version"])
        if not each["entries"]:
            yield phrase("{version}: nothing on record", version=name)
            continue
        rule = each["rule"]
        said = phrase("{words}", words=each["words"])  # type: ignore[arg-type]  # words of a text
        told = phrase("{words} [{rule}]", words=said, rule=asked(rule)) if isinstance(rule, Rule) else said
        yield mark(each, phrase("{version}: {said}", version=name, said=told))


def said_version(version: object) -> Phrase:
    """The name of a version; of a text that is not said to be one, that."""
    return phrase("of a version that is not told") if version is None else phrase("{version}", version=str(version))


@view(
    "versions",
    "Versions of the charter compared",
    Column("instrument", phrase("Instrument"), "ref", about="the treaty, charter or resolution"),
    Column("article", phrase("Article"), about="the article or paragraph"),
    Column("matter", phrase("Matter"), about="what it is about"),
    Column(
        "differs", phrase("Differs in"), "texts", about="`words`, `rule`: in which versions differ; none: in neither"
    ),
    Column(
        "versions",
        phrase("Versions"),
        "record",
        brief=brief_versions,
        about="every version on record, the oldest first: `version`, `words`, `rule`, `evidence`",
    ),
)
def version_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Each article that a named version has, with what the other versions have for it."""
    found = within(scope, register.of(ProvisionSet))
    versions = _versions(register)
    shown: list[Fact[Account]] = []
    articles: dict[tuple[object, ...], list[Fact[Account]]] = {}
    for fact in sorted(found, key=place_of):
        act = cast("ProvisionSet", fact.act)
        articles.setdefault((act.instrument, act.article, act.matter), []).append(fact)
    for (instrument, article, matter), facts in articles.items():
        named = versions.get(instrument, ())  # type: ignore[call-overload]  # the ref of an instrument
        if len(named) > 1 and any(getattr(fact.act, "version", None) is not None for fact in facts):
            shown.extend(facts)
            yield _row(facts, named, instrument=instrument, article=article, matter=matter)
    yield from caveats(register, scope, shown, (ProvisionSet,))
    if shown:
        yield phrase("Words are those of this record: where they differ, the text itself may say the same.")


def _versions(register: Register) -> Mapping[Ref, Sequence[str]]:
    """The versions of each instrument that acts on it or its provisions name, the oldest first."""
    found: dict[Ref, dict[str, None]] = {}
    for fact in register.of_any((*INSTRUMENTS, ProvisionSet)):
        version = getattr(fact.act, "version", None)
        if version is not None:
            found.setdefault(fact.act.instrument, {})[version] = None  # type: ignore[attr-defined]  # both kinds have one
    return {instrument: [*names] for instrument, names in found.items()}


def _row(facts: Sequence[Fact[Account]], named: Sequence[str], **cells: object) -> Row:
    by_version = {getattr(fact.act, "version", None): fact for fact in facts}
    shown = [*named, *([None] if None in by_version else [])]
    versions = [_version(each, by_version.get(each)) for each in shown]
    return Row({**cells, "differs": _differs(versions), "versions": versions}, agreement_of(facts), entries_of(facts))


def _version(version: str | None, fact: Fact[Account] | None) -> Cell:
    """What a version has: its words, rule and evidence; all null where nothing of it is on record."""
    return {
        "version": version,
        "words": words_of(fact) if fact is not None else None,
        "rule": fact.stated("rule") if fact is not None else None,
        "evidence": getattr(fact.act, "evidence", None) if fact is not None else None,
        "agreement": fact.agreement if fact is not None else "agreed",
        "entries": fact.entries if fact is not None else (),
    }


def _differs(versions: Sequence[Cell]) -> tuple[str, ...]:
    """In what the versions that are on record differ, where two state it."""
    told = [each for each in versions if each["entries"]]
    return tuple(
        field for field in ("words", "rule") if len({repr(each[field]) for each in told if each[field] is not None}) > 1
    )
