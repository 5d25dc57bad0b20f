"""Rows of a table of votes, cell by cell: ballots and tallies."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, get_args

import msgspec

from chancery.rules.bounds import AMOUNT_PATTERN, exactly
from chancery.rules.rulings import Outcome
from chancery.rules.votes import Answer, Ballot, Manner, Vote
from chancery.values import Date, DateFault, Fault, Instant, Place, Problem, Weight, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chancery.rules.votes import Choice
    from chancery.values import Phrase, Ref

CHOICES: dict[str, Choice] = {
    "yes": "yes",
    "y": "yes",
    "yea": "yes",
    "aye": "yes",
    "for": "yes",
    "no": "no",
    "n": "no",
    "nay": "no",
    "against": "no",
    "abstain": "abstain",
    "abstention": "abstain",
    "absent": "absent",
    "recused": "recused",
    "not_voting": "not_voting",
}
"""How a choice may be written, in any case."""

CHAIR: dict[str, str | None] = {
    **{said: choice for said, choice in CHOICES.items() if choice in ("yes", "no")},
    **dict.fromkeys(("did_not_vote", "not_voting", "absent", "none")),
}
"""How a casting vote may be written; None where the chair did not use it."""

ANSWERS = {**{each: each for each in get_args(Answer)}, "yes": "given", "no": "refused"}
MANNERS = {each: each for each in get_args(Manner)}
OUTCOMES = {each: each for each in get_args(Outcome)}

NUMBERS = ("yes", "no", "abstain", "present", "absent")
LISTS = ("for_by", "against_by", "abstained_by", "vetoed_by", "concerned")
CODES: dict[str, Mapping[str, str | None]] = {
    "chair": CHAIR,
    "approval": ANSWERS,
    "manner": MANNERS,
    "outcome": OUTCOMES,
}

_AMOUNT = re.compile(AMOUNT_PATTERN, re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,15}(?:\.0)?", re.ASCII)


class Rows:
    """Reads the cells of rows; what is wrong is kept with its place."""

    def __init__(self, file: str, resolve: Callable[[str], Ref], problems: list[Problem]) -> None:
        """Read rows of a file; ``resolve`` tells which party a text names."""
        self._file = file
        self._problems = problems
        self._resolve = resolve
        self._line = 0
        self._row: Mapping[str, object] = {}

    def _at(self, line: int, row: Mapping[str, object]) -> str:
        """Turn to a row; gives the name of its vote, empty where it has none."""
        self._line, self._row = line, row
        name = self._text("vote")
        if name is None:
            self._wrong("vote", "no-vote", phrase("is empty; every row names its vote"))
        return name or ""

    def _text(self, column: str) -> str | None:
        value = self._row.get(column)
        if value is None:
            return None
        text = (value if isinstance(value, str) else str(value)).strip()
        return text or None

    def _wrong(self, column: str, code: str, fault: Phrase) -> None:
        place = Place(file=self._file, line=self._line, field=column)
        self._problems.append(Problem(code=code, weight=Weight.BAR, phrase=fault, place=place))

    def _code(self, column: str, known: Mapping[str, str | None]) -> str | None:
        text = self._text(column)
        if text is None:
            return None
        said = text.lower().replace(" ", "_")
        if said not in known:
            choices = ", ".join(dict.fromkeys(each for each in known.values() if each is not None))
            near = suggest(text.lower(), known)
            fault = phrase("expected one of: {choices}; found {found}", choices=choices, found=text)
            if near is not None:
                fault = phrase("{fault}; did you mean {near}?", fault=fault, near=near)
            self._wrong(column, f"unknown-{column}", fault)
        return known.get(said)

    def _number(self, column: str) -> int | None:
        text = self._text(column)
        if text is None:
            return None
        if not _WHOLE.fullmatch(text):
            self._wrong(column, "not-a-number", phrase("expected a whole number of votes, found {found}", found=text))
            return None
        return int(text.partition(".")[0])

    def _weight(self) -> Fraction | None:
        text = self._text("weight")
        if text is None:
            return None
        if not _AMOUNT.fullmatch(text):
            said = phrase("expected a weight of nought or more, such as 3, 0.5 or 1/3, found {found}", found=text)
            self._wrong("weight", "not-a-weight", said)
            return None
        return exactly(text)

    def _day(self) -> int | None:
        value = self._row.get("date")
        text = value.isoformat()[:10] if hasattr(value, "isoformat") else self._text("date")
        if text is None:
            return None
        try:
            day = Date.of(text)
        except DateFault as fault:
            self._wrong("date", "not-a-date", fault.phrase)
            return None
        return day.latest

    def _instant(self, column: str) -> int | None:
        text = self._text(column)
        if text is None:
            return None
        try:
            return Instant.of(text).seconds
        except Fault as fault:
            self._wrong(column, "not-an-instant", fault.phrase)
            return None

    def _parties(self, column: str) -> tuple[Ref, ...]:
        text = self._text(column)
        return () if text is None else tuple(self._resolve(each.strip()) for each in text.split(";") if each.strip())


class Ballots(Rows):
    """One row a ballot: the rows of one vote make one vote, wherever they stand."""

    def __init__(self, file: str, resolve: Callable[[str], Ref], problems: list[Problem]) -> None:
        """Begin with no vote."""
        super().__init__(file, resolve, problems)
        self._found: dict[str, list[Ballot]] = {}
        self._heads: dict[str, tuple[int | None, str | None, int]] = {}

    def take(self, line: int, row: Mapping[str, object]) -> None:
        """Take a row."""
        name = self._at(line, row)
        party, choice = self._text("party"), self._code("choice", CHOICES)
        if party is None:
            self._wrong("party", "no-party", phrase("is empty; every ballot is somebody's"))
        elif self._text("choice") is None:
            choices = ", ".join(dict.fromkeys(CHOICES.values()))
            self._wrong("choice", "no-choice", phrase("is empty; expected one of: {choices}", choices=choices))
        elif choice is not None and name:
            self._found.setdefault(name, []).append(self._ballot(party, choice))
        self._same(name)

    def _ballot(self, party: str, choice: str) -> Ballot:
        """A ballot: whose vote it is, which where it is cast by proxy is the principal's."""
        principal = self._text("proxy_for")
        who = self._resolve(principal or party)
        return Ballot(
            party=who,
            choice=choice,  # type: ignore[arg-type]  # one of the choices
            proxy=self._resolve(party) if principal is not None else None,
            weight=self._weight(),
            at=self._instant("at"),
            place=Place(file=self._file, line=self._line, field="party"),
        )

    def _same(self, name: str) -> None:
        """Hold the rows of one vote to one day and one matter."""
        head = (self._day(), self._text("matter"), self._line)
        first = self._heads.setdefault(name, head)
        for column, mine, theirs in (("date", head[0], first[0]), ("matter", head[1], first[1])):
            if mine != theirs:
                said = phrase("is not what line {line:number} has for the same vote", line=first[2])
                self._wrong(column, "vote-differs", said)

    def votes(self) -> Iterable[Vote]:
        """Every vote, in the order of first rows."""
        for name, ballots in self._found.items():
            day, matter, line = self._heads[name]
            place = Place(file=self._file, line=line, field="vote")
            yield Vote(id=name, day=day, matter=matter, ballots=tuple(ballots), place=place)


class Tallies(Rows):
    """One row a tally."""

    def __init__(self, file: str, resolve: Callable[[str], Ref], problems: list[Problem]) -> None:
        """Begin with no vote."""
        super().__init__(file, resolve, problems)
        self._found: dict[str, Vote] = {}

    def take(self, line: int, row: Mapping[str, object]) -> None:
        """Take a row."""
        name = self._at(line, row)
        if name in self._found:
            first = self._found[name].place.line or 0
            self._wrong("vote", "vote-twice", phrase("this vote has a row already, at line {line:number}", line=first))
            return
        fields: dict[str, object] = {column: self._number(column) for column in NUMBERS}
        fields.update({column: self._parties(column) for column in LISTS})
        fields.update({column: self._code(column, known) for column, known in CODES.items()})
        fields["recorded"] = fields.pop("outcome")
        vote = Vote(
            id=name,
            day=self._day(),
            matter=self._text("matter"),
            call=self._number("call") or 1,
            opened=self._instant("opened"),
            deadline=self._instant("deadline"),
            place=Place(file=self._file, line=line, field="vote"),
        )
        self._found[name] = msgspec.structs.replace(vote, **fields)

    def votes(self) -> Iterable[Vote]:
        """Every vote, in the order of the rows."""
        return self._found.values()
