"""`chancery minutes`: the minutes of a meeting, written from what the record knows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from chancery.cli.options import (
    FAULTS,
    checked_lang,
    clock_options,
    lang_option,
    reading_of,
    record_argument,
    ref_argument,
    ref_option,
    sound_ledger,
)
from chancery.cli.papers import PaperForm, printed
from chancery.cli.tables import click_echo
from chancery.languages import Reader
from chancery.values import phrase, suggest
from chancery.views.minutes import STAGES, Stage, bodies_of, minutes_of

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.register import Register
    from chancery.values import Phrase, Ref


@click.command()
@record_argument
@ref_argument("meeting")
@clock_options
@ref_option("body", "Whose meeting it is, where several bodies met there.")
@click.option("--stage", type=click.Choice(STAGES), help="The stage to show. Default: the one on record.")
@lang_option
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True)
def minutes(  # noqa: PLR0913  # one parameter for each option
    record: Where,
    meeting: Ref,
    on: str | None,
    known: str | None,
    recorded: str | None,
    *,
    strict: bool,
    body: Ref | None,
    stage: Stage | None,
    lang: str,
    form: PaperForm,
) -> None:
    """Write the minutes of MEETING from what RECORD knows: who was there, what was put, voted, ruled and decided.

    Each statement cites its entries, and what is not on record is said to be missing. The stage is that of the last
    minutes.drafted, circulated, corrected or approved on record.
    """
    reading = reading_of(on, known, recorded, strict=strict)
    register = sound_ledger(record, Reader(checked_lang(lang))).as_of(reading)
    reader = Reader(lang, register)
    found = [each for each in bodies_of(register, meeting) if body in (None, each)]
    if not found:
        click.echo(reader.say(_nothing(register, meeting)), err=True)
        sys.exit(FAULTS)
    click_echo(printed(minutes_of(register, meeting, found[0], stage), reader, form))


def _nothing(register: Register, meeting: Ref) -> Phrase:
    """That no such meeting is on record, and which one may be meant."""
    facts = register.called("meeting.held", "meeting.convened", "attendance.recorded")
    near = suggest(meeting, {str(getattr(fact.act, "meeting", "")) for fact in facts})
    if near is None:
        return phrase("No meeting {meeting} is on record in this reading.", meeting=meeting)
    return phrase("No meeting {meeting} is on record in this reading; did you mean {near}?", meeting=meeting, near=near)
