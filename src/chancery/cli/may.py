"""`chancery may`: whether a party may vote on something or do it, on a day, by typed rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal, cast

import click

from chancery.acts import KINDS
from chancery.cli.options import (
    FAULTS,
    as_named,
    checked_lang,
    clock_options,
    lang_option,
    reading_of,
    record_argument,
    ref_argument,
    ref_option,
    sound_ledger,
)
from chancery.cli.tables import click_echo, clocks, print_table, rows_json
from chancery.languages import Reader
from chancery.rules.chambers import Chamber
from chancery.rules.rights import May, powers_in
from chancery.rules.rights import may as may_
from chancery.values import Ref, family, phrase, suggest
from chancery.views.cells import refs_in
from chancery.views.rights import rights_data, rights_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.cli.options import Where
    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.values import Phrase

WORDS = ("amend", "attend", "dissolve", "invite", "observe", "remove", "table")
"""What may be asked as well, though no typed rule but a decision of that name settles it."""


@click.command()
@record_argument
@ref_argument("party")
@click.argument("kind")
@clock_options
@ref_option("body", "The body. Default: the record's main body.")
@lang_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def may(  # noqa: PLR0913  # one parameter for each option
    record: Where,
    party: Ref,
    kind: str,
    on: str | None,
    known: str | None,
    recorded: str | None,
    *,
    strict: bool,
    body: Ref | None,
    lang: str,
    form: Literal["text", "json"],
) -> None:
    """Say whether PARTY may do KIND in a body of RECORD: yes, no or silent, with the article and what it rests on.

    KIND is `vote`, `approve`, `veto`, `break_tie` or `object`, each perhaps on one kind of matter (`vote:ordinary`),
    the name of a decision that the rules know, or a kind of act. Where no typed rule settles it the charter is silent,
    which allows nothing. The exit code is 0 for each of the three answers.
    """
    reading = reading_of(on, known, recorded, strict=strict)
    ledger = sound_ledger(record, Reader(checked_lang(lang)))
    register = ledger.as_of(reading)
    reader = Reader(lang, register)
    _known_party(ledger, party, reader)
    found = _answered(register, party, kind, _body(register, body, reader))
    view = rights_view(found, register)
    if form == "json":
        about = {"record": as_named(record), **reading.clocks(), **rights_data(found)}
        click_echo(rows_json(view, about))
    else:
        print_table(view, reader, clocks(reading))


def _answered(register: Register, party: Ref, kind: str, body: Ref) -> May:
    chamber = Chamber(register, body)
    power, _, matter = kind.partition(":")
    known = (*powers_in(chamber.rulebook.on(register.reading.on)), *WORDS, *KINDS)
    if power not in known:
        raise click.BadParameter(_unknown_kind(power, known), param_hint="'KIND'")
    return may_(chamber, party, power, matter or None, register.reading.on)


def _unknown_kind(kind: str, known: Iterable[str]) -> str:
    near = suggest(kind, known)
    if near is not None:
        return Reader().say(phrase("nothing is called {kind}; did you mean {near}?", kind=kind, near=near))
    some = ", ".join(list(known)[:9])
    return Reader().say(phrase("nothing is called {kind}; expected one such as: {some}", kind=kind, some=some))


def _body(register: Register, body: Ref | None, reader: Reader) -> Ref:
    """The body that is asked about; a record that names none, and no option either, ends the command."""
    bodies = register.head.bodies
    if body is None and not bodies:
        click.echo(reader.say(phrase("The record names no body; say which with {option}.", option="--body")), err=True)
        sys.exit(FAULTS)
    return body if body is not None else bodies[0]


def _known_party(ledger: Ledger, party: Ref, reader: Reader) -> None:
    """A party that nothing on record names ends the command, but for a State, whose code is known to be one."""
    if family(party) == "state":
        return
    known = {ref for act in ledger.record.acts for ref in refs_in(act)}
    if party not in known:
        click.echo(reader.say(_stranger(party, cast("set[str]", known))), err=True)
        sys.exit(FAULTS)


def _stranger(party: Ref, known: set[str]) -> Phrase:
    near = suggest(party, known)
    if near is None:
        return phrase("Nothing on record names {party}.", party=party)
    return phrase("Nothing on record names {party}; did you mean {near}?", party=party, near=near)
