"""`chancery check`: every fault and problem of a record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from chancery.cli.options import FAULTS, checked_lang, lang_option, load, record_argument
from chancery.cli.problems import print_problems
from chancery.cli.tables import console
from chancery.languages import Reader
from chancery.ledger import Ledger
from chancery.text import Loaded
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from chancery.cli.options import Where


@click.command()
@record_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def check(record: Where, form: Literal["text", "json"], lang: str) -> None:
    """Check RECORD: report every fault and problem at its file, line and field.

    Exit code 1 where anything bars the record; breaches and notices are shown and bar nothing.
    """
    reader = Reader(checked_lang(lang))
    loaded = load(record, checked=True)
    problems = loaded.problems
    if loaded.record is not None:
        ledger = Ledger(loaded.record)
        problems = (*problems, *ledger.breaches())
    print_problems(problems, reader, form)
    if form == "text":
        console().print(reader.say(_summary(loaded, len(problems))))
    if loaded.record is None:
        sys.exit(FAULTS)


def _summary(loaded: Loaded, problems: int) -> Phrase:
    if loaded.record is None:
        return phrase("Not loaded: {n:number} to mend first.", n=len(loaded.bars))
    return phrase(
        "{entries} {sources}; nothing bars them. {problems}",
        entries=phrase("{n:number} entries", n=len(loaded.record.acts)),
        sources=phrase("from {n:number} sources", n=len(loaded.record.sources)),
        problems=phrase("{n:number} to look at.", n=problems),
    )
