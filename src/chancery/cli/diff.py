"""`chancery diff`: what changed between two days, grouped by what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from chancery.cli.options import (
    as_named,
    checked_lang,
    lang_option,
    reading_of,
    record_argument,
    ref_option,
    sound_ledger,
    today,
)
from chancery.cli.tables import click_echo, print_table
from chancery.languages import Reader
from chancery.register import Reading
from chancery.values import Phrase, phrase
from chancery.views import Scope
from chancery.views.changes import changes
from chancery.views.faces import markdown_of, moment_of, row_data

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.values import Ref
    from chancery.views import View

Clock = Literal["on", "known", "recorded"]

SPANS: dict[Clock, Callable[..., Phrase]] = {
    "on": lambda **days: phrase("from {start} to {end}", **days),
    "known": lambda **days: phrase("from what was known on {start} to what was known on {end}", **days),
    "recorded": lambda **days: phrase("from what was recorded on {start} to what was recorded on {end}", **days),
}
"""What a comparison says of its span, by the clock that runs."""


@click.command()
@record_argument
@click.option("--from", "start", metavar="D", required=True, help="The earlier day.")
@click.option("--to", "end", metavar="D", required=True, help="The later day.")
@click.option(
    "--clock", type=click.Choice(["on", "known", "recorded"]), default="on", show_default=True, help="Which clock runs."
)
@click.option("--on", metavar="D", help="The day that is asked about, where another clock runs. Default: today.")
@ref_option("body", "Only this body.")
@ref_option("party", "Only this party.")
@lang_option
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
def diff(  # noqa: PLR0913  # one parameter for each option
    record: Where,
    start: str,
    end: str,
    clock: Clock,
    on: str | None,
    *,
    body: Ref | None,
    party: Ref | None,
    lang: str,
    form: Literal["table", "json", "md"],
) -> None:
    """Show what changed in RECORD between two days: in the world, in what was known, or in the record itself."""
    first, second = (_reading(clock, day, on) for day in (start, end))
    ledger = sound_ledger(record, Reader(checked_lang(lang)))
    before, after = ledger.as_of(first), ledger.as_of(second)
    found = changes(before, after, Scope(body, party))
    if form == "json":
        click_echo(_json(found, record, {"clock": clock, "from": first.clocks(), "to": second.clocks()}))
        return
    reader = Reader(lang, after)
    said = SPANS[clock](start=moment_of(start), end=moment_of(end))
    for view in found:
        if form == "md":
            click_echo(markdown_of(view, reader))
        else:
            print_table(view, reader, said)
    if not found:
        click_echo(reader.say(phrase("Nothing changed {span}.", span=said)))


def _reading(clock: Clock, day: str, on: str | None) -> Reading:
    asked = day if clock == "on" else on or today()
    known, recorded = (day if clock == other else None for other in ("known", "recorded"))
    return reading_of(asked, known, recorded, strict=False)


def _json(found: list[View], record: Where, clocks: dict[str, object]) -> str:
    rows = [row_data(row) for view in found for row in view.rows]
    document = {"view": "changes", "record": as_named(record), **clocks, "rows": rows}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
