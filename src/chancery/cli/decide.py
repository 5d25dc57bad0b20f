"""`chancery decide`: what each vote of a table comes to under the rules of a body, and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from msgspec.structs import replace

from chancery.cli.options import RecordType, as_named, checked_lang, lang_option, ref_option, today
from chancery.cli.rulings import checked_rule, governed, votes_of
from chancery.cli.tables import Form, click_echo, print_table
from chancery.languages import Reader
from chancery.rules.bulk import outcomes_of
from chancery.rules.deciding import decide as decided
from chancery.rules.explaining import OUTCOMES
from chancery.rules.rulings import Outcome
from chancery.text.voting import COLUMNS
from chancery.values import Date, phrase
from chancery.views.faces import csv_of, markdown_of, rows_json
from chancery.views.rulings import rulings_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.cli.options import Where
    from chancery.values import Phrase, Ref
    from chancery.views import View

rules_argument = click.argument("rules", type=RecordType())
votes_argument = click.argument("votes", type=click.Path(path_type=Path))
rule_option = click.option("--rule", metavar="NAME", help="Decide every vote by this rule, whatever its matter.")
form_option = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "md"]), default="table", show_default=True
)


def columns_option(text: str) -> dict[str, str]:
    """The columns that a table calls otherwise. A malformed pair is wrong usage."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair]
    if any(not (own and sign and theirs) for own, sign, theirs in pairs):
        raise click.BadParameter("expected NAME=COLUMN, several with commas", param_hint="'--columns'")
    unknown = next((own.strip() for own, _, _ in pairs if own.strip() not in COLUMNS), None)
    if unknown is not None:
        said = phrase("no column is called {name}; expected one of: {names}", name=unknown, names=", ".join(COLUMNS))
        raise click.BadParameter(str(said), param_hint="'--columns'")
    return {own.strip(): theirs.strip() for own, _, theirs in pairs}


@click.command()
@rules_argument
@votes_argument
@rule_option
@ref_option("body", "The body whose rules are meant, where RULES has several.")
@click.option(
    "--columns", default="", metavar="NAME=COLUMN,...", help="How VOTES calls its columns: vote=rcid,choice=v."
)
@click.option(
    "--only", type=click.Choice(get_args(Outcome)), multiple=True, help="Show only votes that come to this. Repeat it."
)
@lang_option
@form_option
def decide(  # noqa: PLR0913  # one parameter for each option
    rules: Where,
    votes: Path,
    *,
    rule: str | None,
    body: Ref | None,
    columns: str,
    only: Sequence[Outcome],
    lang: str,
    form: Form,
) -> None:
    """Decide each vote of VOTES under RULES, a rules file or a record: the outcome, what was needed, and why.

    VOTES is CSV, JSON Lines or Parquet: one row a ballot (vote, party, choice), or one row a tally (vote, yes, no,
    abstain). docs/reference/rules.md has every column. Nothing is decided on bad data: every fault is shown at once.
    """
    reader, called = Reader(checked_lang(lang)), columns_option(columns)
    found = governed(rules, reader, body)
    named = checked_rule(rule, found)
    day = Date.of(today()).latest
    table = votes_of(votes, found, reader, named, called)
    found_out = outcomes_of(table, found.rulebook, rule=named, today=day)
    rulings = [
        found_out.rulings.get(place) or decided(table[place], found.rulebook, rule=named, today=day)
        for place, outcome in enumerate(found_out.outcomes)
        if not only or outcome in only
    ]
    view = rulings_view(rulings, phrase("Decisions of {body:name}", body=found.rulebook.body))
    if only:
        view = replace(view, notes=(*view.notes, *_left_out(found_out.outcomes, only)))
    shown(view, Reader(lang, found.register), form, (as_named(rules), votes.as_posix()))


def _left_out(outcomes: Sequence[Outcome], only: Sequence[Outcome]) -> Iterator[Phrase]:
    """How many votes are not shown, by what they come to."""
    for outcome, times in Counter(outcomes).items():
        if outcome not in only:
            yield phrase("Not shown: {outcome} ({times:number}).", outcome=OUTCOMES[outcome], times=times)


def shown(view: View, reader: Reader, form: Form, files: Sequence[str]) -> None:
    """Print a view of rulings in a form."""
    if form == "json":
        click_echo(rows_json(view, {"rules": files[0], "votes": files[-1]}))
    elif form == "csv":
        click_echo(csv_of(view))
    elif form == "md":
        click_echo(markdown_of(view, reader))
    else:
        print_table(view, reader, phrase("{file}", file=files[-1]))
