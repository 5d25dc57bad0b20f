"""`chancery show`: one view of a record, on any day, as known and recorded at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chancery.cli.options import (
    as_named,
    checked_lang,
    clock_options,
    lang_option,
    reading_of,
    record_argument,
    ref_option,
    sound_ledger,
)
from chancery.cli.tables import Form, printed
from chancery.languages import Reader
from chancery.views import VIEWS, Scope

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.values import Ref


@click.command()
@click.argument("view", type=click.Choice(list(VIEWS)))
@record_argument
@clock_options
@ref_option("body", "Only this body.")
@ref_option("party", "Only this party.")
@lang_option
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "md"]), default="table", show_default=True)
def show(  # noqa: PLR0913  # one parameter for each option
    view: str,
    record: Where,
    on: str | None,
    known: str | None,
    recorded: str | None,
    *,
    strict: bool,
    body: Ref | None,
    party: Ref | None,
    lang: str,
    form: Form,
) -> None:
    """Show VIEW of RECORD on a day (--on), as known (--known) and recorded (--recorded) by a day or an instant."""
    reading = reading_of(on, known, recorded, strict=strict)
    ledger = sound_ledger(record, Reader(checked_lang(lang)))
    register = ledger.as_of(reading)
    drawn = VIEWS[view](register, Scope(body, party))
    printed(drawn, Reader(lang, register), form, reading, as_named(record))
