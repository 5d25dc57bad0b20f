"""Write docs/reference/rules.md from tests/rules.md: tables of fields from the classes, outputs from commands run."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from msgspec import Struct

from chancery.acts import fields_of
from chancery.acts.charter import CaseSet
from chancery.cli.kinds import needed
from chancery.cli.main import chancery
from chancery.languages import Reader
from chancery.register import Source
from chancery.rules import voting
from chancery.rules.provisions import Seats
from chancery.text.rules import RulesHead
from chancery.text.voting import BALLOT, DISTRICT, TALLY

TEMPLATE = Path(__file__).with_name("rules.md")

STRUCTS: dict[str, type[Struct]] = {
    **{name: each for name, each in vars(voting).items() if isinstance(each, type) and issubclass(each, Struct)},
    "RulesHead": RulesHead,
    "Source": Source,
    "CaseSet": CaseSet,
    "Seats": Seats,
}
UNSAID = frozenset({"id", "kind"})
"""Fields that a rules file need not give: its tables are named for it."""

BLOCK = re.compile(r"^```(?P<head>[^\n]*)\n(?P<text>.*?)^```\n", re.MULTILINE | re.DOTALL)
FIELDS = re.compile(r"\{\{fields (?P<name>\w+)\}\}")

COLUMNS = {
    "vote": "the vote's own name: any text",
    "party": "whose ballot it is; of a proxy's ballot, who casts it; a district",
    "choice": "`yes`, `no`, `abstain`, `absent`, `recused` or `not_voting` (present, taking no part)",
    "yes": "votes for",
    "no": "votes against",
    "abstain": "abstentions; left empty where not told",
    "absent": "members away",
    "weight": "how many votes the ballot carries: `3`, `0.5`, `1/3`",
    "proxy_for": "the principal, where a proxy casts the ballot",
    "at": "when the ballot arrived, with its time zone, where a vote by letter is timed",
    "for_by": "who voted for, with `;` between them: all, or those who matter",
    "against_by": "who voted against",
    "abstained_by": "who abstained",
    "date": "the day, `2024-03-01`; left out: the last rules on record",
    "matter": "the kind of matter; empty: the ordinary kind",
    "present": "how many were there",
    "opening": "how many were there when the meeting was opened, for a quorum that is taken then",
    "call": "`2` where the meeting is called again",
    "opened": "when a silence procedure or a vote by letter was opened",
    "deadline": "when it closes",
    "extended": "the later deadline, where it was extended",
    "vetoed_by": "who vetoed, where that is told apart from the votes",
    "concerned": "the parties concerned, for tests with `but_concerned`",
    "chair": "the casting vote, or whether who decides alone so decided: `yes`, `no`, or empty",
    "approval": "`given`, `refused` or `pending`; empty: not told",
    "manner": "`vote`, `without_vote`, `silence`, `written` or `chair`; empty: a vote",
    "outcome": "the outcome that a source records, to be compared; never followed",
}
"""What each column of a table of votes is."""


def page() -> str:
    """The page: the template with its tables filled in and its commands run."""
    text = FIELDS.sub(lambda found: table(STRUCTS[found["name"]]), TEMPLATE.read_text("utf-8"))
    text = text.replace("{{columns}}", columns())
    with tempfile.TemporaryDirectory() as folder:
        return BLOCK.sub(lambda found: block(found["head"], found["text"], Path(folder)), text)


def table(struct: type[Struct]) -> str:
    """The fields of a class."""
    reader = Reader()
    lines = ["| field | expected | needed | what it is |", "| --- | --- | --- | --- |"]
    for field in fields_of(struct):
        if not field.shared and field.name not in UNSAID and (struct, field.name) != (CaseSet, "body"):
            words = (reader.say(each).replace("|", "\\|") for each in (field.expects, needed(field), field.about))
            lines.append(f"| `{field.name}` | {' | '.join(words)} |")
    return "\n".join(lines)


def columns() -> str:
    """The columns of a table of votes, and in which forms each is read."""
    forms = {"ballots": BALLOT, "tallies": TALLY, "districts": DISTRICT}
    named = [column for form in forms.values() for column in form]
    lines = ["| column | in | what it is |", "| --- | --- | --- |"]
    for column in dict.fromkeys((*COLUMNS, *named)):
        where = [name for name, form in forms.items() if column in form]
        said = "all" if len(where) == len(forms) else ", ".join(where)
        lines.append(f"| `{column}` | {said} | {COLUMNS[column]} |")
    return "\n".join(lines)


def block(head: str, text: str, folder: Path) -> str:
    """A block of the page: a file that is kept, one that is added to, or commands that are run beside them."""
    language, _, rest = head.partition(" ")
    kind, _, name = rest.partition("=")
    if kind in ("title", "append"):
        with (folder / name).open("w" if kind == "title" else "a", encoding="utf-8") as file:
            file.write(text if kind == "title" else f"\n{text}")
        said = f"`{name}`:" if kind == "title" else f"Added to `{name}`:"
        return f"{said}\n\n```{language}\n{text}```\n"
    if language == "run":
        return f"```text\n{''.join(told(line, folder) for line in text.splitlines())}```\n"
    return f"```{language}\n{text}```\n"


def told(line: str, folder: Path) -> str:
    """A command as it is typed, and what it says."""
    words = line.split()
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(chancery, words[1:], catch_exceptions=False)
    finally:
        os.chdir(before)
    lines = (each.rstrip() for each in result.output.splitlines())
    return f"$ {line}\n" + "".join(f"{each}\n" for each in lines if each)


def idioms() -> Iterator[str]:
    """The provisions that the template gives as idioms."""
    for found in BLOCK.finditer(TEMPLATE.read_text("utf-8")):
        if found["head"] == "toml idiom":
            yield found["text"]
