"""`chancery why`: every account behind a standing, a seat, a body, a dispute or an entry."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from chancery.cli.options import (
    FAULTS,
    as_named,
    checked_lang,
    clock_options,
    lang_option,
    reading_of,
    record_argument,
    sound_ledger,
)
from chancery.cli.tables import click_echo, print_table
from chancery.languages import Reader
from chancery.values import is_ref, phrase, ref_fault, suggest
from chancery.views.faces import clocks, json_of, markdown_of
from chancery.views.why import why_entry, why_refs

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.values import Phrase, Ref
    from chancery.views import View


@click.command()
@record_argument
@click.argument("refs", nargs=-1, required=True, metavar="REF [REF]")
@clock_options
@lang_option
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
def why(  # noqa: PLR0913  # one parameter for each option
    record: Where,
    refs: tuple[str, ...],
    on: str | None,
    known: str | None,
    recorded: str | None,
    *,
    strict: bool,
    lang: str,
    form: Literal["table", "json", "md"],
) -> None:
    """Show every account in RECORD behind REF: a party's standing (with its body), a seat, a body, or one entry's act.

    Two refs ask for what names both, such as `state:be body:board-of-peace`. The id of an entry asks for its act.
    """
    reading = reading_of(on, known, recorded, strict=strict)
    ledger = sound_ledger(record, Reader(checked_lang(lang)))
    register = ledger.as_of(reading)
    reader = Reader(lang, register)
    found = _found(ledger, register, refs)
    if not found.rows:
        click.echo(reader.say(_nothing(ledger, refs)), err=True)
        sys.exit(FAULTS)
    if form == "json":
        click_echo(json_of(found, reading, as_named(record)))
    elif form == "md":
        click_echo(markdown_of(found, reader))
    else:
        print_table(found, reader, clocks(reading))


def _found(ledger: Ledger, register: Register, refs: tuple[str, ...]) -> View:
    """What stands behind an entry, where one id is given, or behind refs. A malformed ref is wrong usage."""
    acts = ledger.record.acts
    if len(refs) == 1 and any(act.id == refs[0] for act in acts):
        return why_entry(register, refs[0], acts)
    for ref in refs:
        if not is_ref(ref):
            raise click.BadParameter(_unknown(ledger, ref), param_hint="'REF'")
    asked: list[Ref] = [ref for ref in refs if is_ref(ref)]  # type: ignore[misc]  # each one checked
    return why_refs(register, asked, acts)


def _unknown(ledger: Ledger, ref: str) -> str:
    near = suggest(ref, [act.id for act in ledger.record.acts])
    fault = ref_fault(ref) or phrase("{ref} is no ref", ref=ref)
    if near is None:
        return Reader().say(phrase("{fault}; nor is it the id of an entry", fault=fault))
    return Reader().say(phrase("{fault}; nor is it the id of an entry: did you mean {near}?", fault=fault, near=near))


def _nothing(ledger: Ledger, refs: tuple[str, ...]) -> Phrase:
    """That nothing is on record, and the nearest ref that the record has."""
    known = {str(getattr(act, "party", "")) for act in ledger.record.acts}
    near = next((found for ref in refs if ref not in known and (found := suggest(ref, known))), None)
    if near is None:
        return phrase("Nothing on record names {refs} in this reading.", refs=" and ".join(refs))
    said = " and ".join(refs)
    return phrase("Nothing on record names {refs} in this reading; did you mean {near}?", refs=said, near=near)
