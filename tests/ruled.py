"""Small rules files and tables of votes, written in a test as a user writes them, and what they come to."""

import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from chancery.acts.charter import ProvisionSet
from chancery.languages.parties import PartyBook
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.rules.charter import provided_of
from chancery.rules.deciding import decide
from chancery.rules.explaining import explained
from chancery.rules.rulebook import Rulebook
from chancery.rules.rulings import VoteRuling
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.soundness import book_faults
from chancery.text import read_record
from chancery.text.votes import VotesRead, read_votes
from chancery.values import FUTURE, Date, Problem, Ref

BODY = Ref("body:b")

HEAD = """\
[rules]
body = "body:b"
title = "The body"
instrument_title = "Its rules"
instrument = "instrument:i"
source = "source:s"

[[source]]
ref = "source:s"
standing = "instrument"
title = "Rules of procedure"
"""


def provision(rule: str, article: str = "art. 1", **fields: str) -> str:
    """A provision with a typed rule, written as an inline table without its braces."""
    more = "".join(f'{name} = "{value}"\n' for name, value in fields.items())
    return f'\n[[provision]]\narticle = "{article}"\nwords = "As it says."\n{more}rule = {{ {rule} }}\n'


def rules(*provisions: str) -> str:
    """A rules file: each provision as `provision` writes it, or the rule alone; every organisation is described."""
    written = "".join(each if each.startswith("\n") else provision(each) for each in provisions)
    parties = sorted(set(re.findall(r"(?:org|office):[a-z]+", written)))
    named = "".join(f'\n[[party]]\nref = "{ref}"\nnames = ["{ref.title()}"]\n' for ref in parties)
    return HEAD + written + named


def members(*names: str, **more: str) -> str:
    """A list of members, by the names after `org:`."""
    listed = ", ".join(f'"org:{name}"' for name in names)
    return f'type = "members", parties = [{listed}]' + "".join(f", {key} = {value}" for key, value in more.items())


def decision(*requires: str, name: str = "ordinary", **more: str) -> str:
    """A decision; the ordinary one where it has no other name."""
    tests = ", ".join(f"{{ {each} }}" for each in requires)
    given = {"ordinary": "true", **more} if name == "ordinary" else more
    written = "".join(f", {key} = {value}" for key, value in given.items())
    return f'type = "decision", name = "{name}", requires = [{tests}]{written}'


MAJORITY = 'type = "threshold", more_than = "1/2", of = "cast"'
ABC = members("a", "b", "c")


def loaded(text: str) -> tuple[Rulebook | None, PartyBook | None, list[Problem]]:
    """A rules file as it is read: the rulebook where nothing bars it, and every problem."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.toml"
        path.write_text(text, "utf-8")
        read = read_record(path)
    if read.record is None:
        return None, None, list(read.problems)
    register = Ledger(read.record).as_of(Reading(on=FUTURE))
    book = Rulebook(BODY, provided_of(register.of(ProvisionSet)))
    return book, PartyBook(register), [*read.problems, *book_faults(book)]


@lru_cache(maxsize=256)
def sound(text: str) -> tuple[Rulebook, PartyBook]:
    """The rulebook of a rules file without a fault."""
    book, parties, problems = loaded(text)
    assert book is not None
    assert parties is not None
    assert [str(each.phrase) for each in problems if each.weight.value != "notice"] == []
    return book, parties


def book_of(*provisions: str) -> Rulebook:
    return sound(rules(*provisions))[0]


def faults(*provisions: str) -> dict[str, str]:
    """What is wrong with rules: what is said, by code."""
    return {each.code: str(each.phrase) for each in loaded(rules(*provisions))[2] if each.weight.value != "notice"}


def table(csv: str, parties: PartyBook, suffix: str = ".csv") -> VotesRead:
    """A table of votes, one row a line, or several with bars between them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"votes{suffix}"
        path.write_text("\n".join(each.strip() for each in csv.replace("|", "\n").strip().splitlines()) + "\n", "utf-8")
        return read_votes(path, parties.resolve)


def wrong(text: str, csv: str, rule: str | None = None) -> list[tuple[int | None, str | None, str, str]]:
    """What is wrong with votes: line, column, code, what is said."""
    book, parties = sound(text)
    read = table(csv, parties)
    scrutiny = Scrutiny(book, rule)
    found = [*read.problems, *(fault for vote in read.votes for fault in scrutiny.faults(vote))]
    places = [(each.place.line, each.place.field) if each.place else (None, None) for each in found]
    return [(*place, each.code, str(each.phrase)) for place, each in zip(places, found, strict=True)]


def ruled(text: str, csv: str, rule: str | None = None, today: str | None = None) -> VoteRuling:
    """What the one vote of a table without a fault comes to."""
    assert wrong(text, csv, rule) == []
    book, parties = sound(text)
    (vote,) = table(csv, parties).votes
    return decide(vote, book, rule=rule, today=None if today is None else Date.of(today).latest)


def outcome(text: str, csv: str, rule: str | None = None, today: str | None = None) -> str:
    return ruled(text, csv, rule, today).outcome


def tally(text: str, yes: int, no: int, abstain: int = 0, **more: object) -> VoteRuling:
    """What a tally comes to: more columns by their names."""
    columns = {"yes": yes, "no": no, "abstain": abstain, **more}
    cells = ",".join("" if value is None else str(value) for value in columns.values())
    return ruled(text, f"vote,{','.join(columns)}|v,{cells}")


def said(ruling: VoteRuling) -> str:
    """A ruling in English."""
    return " ".join(map(str, explained(ruling)))
