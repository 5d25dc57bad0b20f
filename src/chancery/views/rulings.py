"""Rulings on votes, drawn up: the outcome, what was had and needed, who stopped it, and why in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.asides import counted, left_out
from chancery.rules.bounds import written
from chancery.rules.explaining import explained
from chancery.rules.voting import AllOf, Threshold
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, View
from chancery.views.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.rules.measuring import Number, Tested
    from chancery.rules.rulings import VoteRuling


COLUMNS: tuple[Column, ...] = (
    Column("vote", phrase("Vote"), about="the vote's own name"),
    Column("rule", phrase("Rule"), about="the rule that governs it; null where the charter is silent"),
    Column("outcome", phrase("Outcome"), "code", about="`adopted`, `rejected`, `no_quorum`, `vetoed`, "
           "`awaiting_approval`, `tie` or `undecided`"),
    Column("yes", phrase("Yes"), "number", about="votes for"),
    Column("no", phrase("No"), "number", about="votes against"),
    Column("abstain", phrase("Abstaining"), "number", about="abstentions"),
    Column("present", phrase("Present"), "number", about="how many were there, as told, or who took part", aside=True),
    Column("have", phrase("Had"), about="what each test counted"),
    Column("need", phrase("Votes needed"), about="what each test needed"),
    Column("blocked_by", phrase("Stopped by"), "refs", about="who vetoed it"),
    Column("because", phrase("Because"), "phrase", about="the ruling in words"),
    Column("article", phrase("Article"), shown=False, about="the article of the rule"),
    Column("version", phrase("Version"), shown=False, about="the version of the text"),
    Column("evidence", phrase("Evidence"), "code", shown=False, about="`text`, `reported` or `unverified`"),
    Column("tests", phrase("Tests"), "record", shown=False, about="each test: what it asks, `have`, `need`, `base`, "
           "`passed`, `missing` more votes, `spare` votes against that it could bear"),
    Column("counted", phrase("Counted"), "record", shown=False, about="who is counted on which side, by name"),
    Column("left_out", phrase("Not counted"), "record", shown=False, about="who is not counted, and why"),
    Column("unknown", phrase("Not known"), "record", shown=False, about="what is not known or not verified"),
    Column("contradictions", phrase("Contradictions"), "record", shown=False, about="what cannot all be so"),
)  # fmt: skip


def rulings_view(rulings: Iterable[VoteRuling], title: Phrase) -> View:
    """Rulings as a table."""
    return View(name="rulings", title=title, columns=COLUMNS, rows=tuple(map(ruling_row, rulings)))


COMPARED: tuple[Column, ...] = (
    Column("vote", phrase("Vote"), about="the vote's own name"),
    Column("rule", phrase("Rule"), about="the rule that governs it"),
    Column("outcome", phrase("Outcome"), "code", about="what it comes to"),
    Column("then_rule", phrase("Rule then"), aside=True, about="the rule as supposed"),
    Column("then_outcome", phrase("Outcome then"), "code", about="what it would have come to"),
    Column("changes", phrase("Changes"), "flag", about="true where the outcome would have been another"),
    Column("have", phrase("Had"), aside=True, about="what each test counted"),
    Column("need", phrase("Votes needed"), aside=True, about="what each test needed"),
    Column("then_have", phrase("Had then"), about="what each test would have counted"),
    Column("then_need", phrase("Needed then"), about="what each test would have needed"),
    Column("then_blocked_by", phrase("Stopped by then"), "refs", about="who would have vetoed it"),
    Column("then_because", phrase("Because"), "phrase", about="the ruling as supposed, in words"),
)
"""The columns of rulings beside what they would have been."""


def compared_view(pairs: Iterable[tuple[VoteRuling, VoteRuling]], title: Phrase) -> View:
    """Rulings beside what they would have been."""
    rows = tuple(_compared(ruling, other) for ruling, other in pairs)
    changed = sum(row.cells["changes"] is True for row in rows)
    said = phrase("{changed:number} of {n:number} outcomes would have been another.", changed=changed, n=len(rows))
    return View(name="whatif", title=title, columns=COMPARED, rows=rows, notes=(said,))


def _compared(ruling: VoteRuling, other: VoteRuling) -> Row:
    cells, then = ruling_cell(ruling), ruling_cell(other)
    named = ("rule", "outcome", "have", "need", "blocked_by", "because")
    changes = True if other.outcome not in (ruling.outcome, "undecided") else None
    own = {name: cells[name] for name in ("vote", "rule", "outcome", "have", "need")}
    return Row({**own, **{f"then_{name}": then[name] for name in named}, "changes": changes})


def ruling_row(ruling: VoteRuling) -> Row:
    """One ruling as a row; it cites the entries of the provisions that it rests on."""
    return Row(ruling_cell(ruling), entries=tuple(dict.fromkeys(each.entry for each in ruling.under)))


def ruling_cell(ruling: VoteRuling) -> Cell:
    """One ruling as a cell of a view."""
    count, rule = ruling.count, ruling.rule
    leaves = tuple(_leaves(ruling.tests))
    told = ruling.vote.ballots is not None or ruling.vote.yes is not None
    return {
        "vote": ruling.vote.id,
        "rule": ruling.name or None,
        "outcome": ruling.outcome,
        "yes": _shown(count.yes) if told else None,
        "no": _shown(count.no) if told else None,
        "abstain": _shown(count.abstain) if told else None,
        "present": _shown(count.present) if told else None,
        "have": _each(test.have for test in leaves),
        "need": _each(test.need for test in leaves),
        "blocked_by": ruling.blocked_by,
        "because": paragraph(explained(ruling)),
        "article": None if rule is None else rule.article,
        "version": None if rule is None else rule.version,
        "evidence": None if rule is None else rule.evidence,
        "tests": [_test(test) for test in ruling.tests],
        "counted": counted(ruling),
        "left_out": [{"party": each.party, "why": each.why} for each in left_out(ruling)],
        "unknown": ruling.unknown,
        "contradictions": ruling.contradictions,
    }


def paragraph(sentences: Iterable[Phrase]) -> Phrase:
    """Sentences, one after the other."""
    found = list(sentences)
    said = found[0]
    for each in found[1:]:
        said = phrase("{first} {then}", first=said, then=each)
    return said


def _leaves(tests: Sequence[Tested]) -> Iterator[Tested]:
    for test in tests:
        if isinstance(test.requirement, Threshold):
            yield test
        else:
            yield from _leaves(test.parts)


def _shown(number: Number) -> int | str:
    return number if isinstance(number, int) else written(number)


def _each(numbers: Iterable[Number | None]) -> str | None:
    """The numbers of each test, in their order; one that is not known is a question mark."""
    return "; ".join("?" if number is None else written(number) for number in numbers) or None


def _test(test: Tested) -> Cell:
    cell: Cell = {"passed": test.passed, "asks": test.requirement}
    if isinstance(test.requirement, Threshold):
        numbers = {name: getattr(test, name) for name in ("have", "need", "base", "missing", "spare")}
        return {**cell, **{name: None if value is None else _shown(value) for name, value in numbers.items()}}
    return {**cell, "all": isinstance(test.requirement, AllOf), "parts": [_test(part) for part in test.parts]}
