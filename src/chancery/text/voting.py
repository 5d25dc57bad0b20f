"""What the cells of a table of votes may say, and how they are read."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, get_args

from chancery.rules.bounds import AMOUNT_PATTERN, exactly
from chancery.rules.rulings import Outcome
from chancery.rules.votes import Answer, Manner
from chancery.text.cells import Wrong
from chancery.values import Date, Fault, Instant, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chancery.rules.votes import Choice
    from chancery.values import Ref

CHOICES: dict[str, Choice] = {
    "yes": "yes",
    "y": "yes",
    "yea": "yes",
    "aye": "yes",
    "for": "yes",
    "in_favour": "yes",
    "in_favor": "yes",
    "no": "no",
    "n": "no",
    "nay": "no",
    "against": "no",
    "abstain": "abstain",
    "abstained": "abstain",
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
MANNERS = {**{each: each for each in get_args(Manner)}, **dict.fromkeys(("consensus", "acclamation"), "without_vote")}
OUTCOMES = {each: each for each in get_args(Outcome)}

NUMBERS = ("yes", "no", "abstain", "absent")
NAMED = ("for_by", "against_by", "abstained_by")
COUNTS = ("present", "opening", "call")
INSTANTS = ("opened", "deadline", "extended")
CONCERNED = ("vetoed_by", "concerned")
BY_BALLOT = ("weight", "proxy_for", "at")
"""Columns that tell more of one ballot."""

CODES: dict[str, Mapping[str, str | None]] = {
    "chair": CHAIR,
    "approval": ANSWERS,
    "manner": MANNERS,
}
SHARED = ("date", "matter", *COUNTS, *INSTANTS, *CONCERNED, *CODES, "outcome")
"""The columns that tell of a vote as a whole, in each of its rows alike."""

BALLOT = ("vote", "party", "choice", *BY_BALLOT, *SHARED)
"""The columns of ballots."""

DISTRICT = ("vote", "party", "yes", "no", "abstain", *SHARED)
"""The columns of districts, each with a row of its own."""

TALLY = ("vote", *NUMBERS, *NAMED, *SHARED)
"""The columns of tallies."""

FORMS = ((BALLOT, 3), (DISTRICT, 4), (TALLY, 3))
"""The forms of a table, and how many of the columns of each must be there: the first."""

TOLD = ("no", "for_by", "against_by", "manner", "chair")
"""Columns by each of which a row without a party is a tally, though the numbers of its votes are not all told."""

COLUMNS = tuple(dict.fromkeys(column for form, _ in FORMS for column in form))
"""The columns of any."""

SHORT = 3
"""Letters of a code that is too short to be meant by another word, unless it is the one that all are read as."""

LONGEST_NAME = 1_000
"""Letters of a name."""

SHOWN = 80
"""Letters of a cell that are shown of one that is wrong."""

_AMOUNT = re.compile(AMOUNT_PATTERN, re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,15}(?:\.0)?", re.ASCII)
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00:00(?:\.0+)?(?:Z|\+00:00)?", re.ASCII)
_SPACED = re.compile(r"(?<=^[0-9]{4}-[0-9]{2}-[0-9]{2}) (?=[0-9])", re.ASCII)
_FORMULA = re.compile(r"[=@]|[+-](?![0-9. ])")


def name(text: str) -> str:
    """A name, which no spreadsheet takes as a formula. Raises Wrong."""
    if len(text) > LONGEST_NAME:
        raise Wrong("too-long", phrase("is longer than {n:number} letters", n=LONGEST_NAME))
    if text[0] in "=@+-" and _FORMULA.match(text):
        raise Wrong("formula", phrase("begins with {sign}, as a formula does; take it out", sign=text[0]))
    return text


def party_of(resolve: Callable[[str], Ref]) -> Callable[[str], Ref]:
    """What reads a column of parties. It raises Wrong."""
    return lambda text: resolve(name(text))


def parties_of(resolve: Callable[[str], Ref]) -> Callable[[str], tuple[Ref, ...]]:
    """What reads a column of lists of parties. It raises Wrong."""
    return lambda text: tuple(resolve(name(each.strip())) for each in text.split(";") if each.strip())


def shared(resolve: Callable[[str], Ref]) -> dict[str, Callable[[str], object]]:
    """What reads each column that tells of a vote as a whole."""
    return {
        "date": day,
        "matter": matter,
        **dict.fromkeys(COUNTS, number),
        **dict.fromkeys(INSTANTS, instant),
        **dict.fromkeys(CONCERNED, parties_of(resolve)),
        **{column: code_of(column) for column in CODES},
        "outcome": outcome,
    }


def matter(text: str) -> str:
    """The name of a kind of matter: those of rules are of small letters. Raises Wrong."""
    return name(text).lower()


def outcome(text: str) -> str | None:
    """An outcome as a source has it: in any other words it is left alone, as nothing is decided by it."""
    return OUTCOMES.get(_code(text))


def code_of(column: str) -> Callable[[str], str | None]:
    """What reads a column of codes. It raises Wrong."""
    known: Mapping[str, str | None] = CHOICES if column == "choice" else CODES[column]

    def read(text: str) -> str | None:
        said = _code(text)
        if said in known:
            return known[said]
        fault = phrase("expected one of: {choices}; found {found}", choices=_listed(known), found=_clipped(text))
        near = suggest(said, [each for each in known if each in known.values() or len(each) > SHORT])
        if near is not None:
            fault = phrase("{fault}; did you mean {near}?", fault=fault, near=near)
        raise Wrong(f"unknown-{column}", fault)

    return read


def _code(text: str) -> str:
    return "_".join(text.lower().replace("-", " ").split())


def _listed(known: Mapping[str, str | None]) -> str:
    return ", ".join(dict.fromkeys(each for each in known.values() if each is not None))


def _clipped(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}\N{HORIZONTAL ELLIPSIS}"


def number(text: str) -> int:
    """A number of votes. Raises Wrong."""
    if not _WHOLE.fullmatch(text):
        said = phrase("expected a whole number of votes, found {found}", found=_clipped(text))
        raise Wrong("not-a-number", said)
    return int(text.partition(".")[0])


def weight(text: str) -> Fraction:
    """A weight. Raises Wrong."""
    if not _AMOUNT.fullmatch(text):
        said = phrase("expected a weight of nought or more, such as 3, 0.5 or 1/3, found {found}", found=_clipped(text))
        raise Wrong("not-a-weight", said)
    return exactly(text)


def day(text: str) -> int:
    """The last day that a date may be, as a proleptic ordinal. Raises Wrong."""
    found = _MIDNIGHT.fullmatch(text)
    try:
        return Date.of(found[1] if found else text).latest
    except Fault as fault:
        raise Wrong("not-a-date", fault.phrase) from fault


def instant(text: str) -> int:
    """A moment, in seconds since 0001-01-01 UTC. Raises Wrong."""
    try:
        return Instant.of(_SPACED.sub("T", text, 1)).seconds
    except Fault as fault:
        raise Wrong("not-an-instant", fault.phrase) from fault


NO_VOTE = Wrong("no-vote", phrase("is empty; every row names its vote"))
NO_PARTY = Wrong("no-party", phrase("is empty; every ballot is somebody's"))
NO_DISTRICT = Wrong("no-party", phrase("is empty; every row is some district's"))
NO_NUMBER = Wrong("no-number", phrase("is empty; every row has the votes of a district"))
NO_CHOICE = Wrong("no-choice", phrase("is empty; expected one of: {choices}", choices=_listed(CHOICES)))
