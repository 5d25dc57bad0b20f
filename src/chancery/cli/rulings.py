"""What the commands on decisions share: the rulebook of a rules file or record, its votes, its test cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec import Struct

from chancery.acts.charter import CaseSet, ProvisionSet
from chancery.cli.options import FAULTS, reading, sound_ledger
from chancery.cli.problems import print_problems
from chancery.languages import Reader
from chancery.languages.parties import PartyBook
from chancery.register import Reading, Register
from chancery.rules.bulk import faults_of
from chancery.rules.charter import provided_of
from chancery.rules.rulebook import Rulebook
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.soundness import book_faults
from chancery.rules.voting import Decision
from chancery.text import LINES, placed
from chancery.text.loaded import first_of
from chancery.text.votes import read_votes
from chancery.values import FUTURE, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chancery.cli.options import Where
    from chancery.ledger import Ledger
    from chancery.rules.votes import Vote
    from chancery.values import Problem, Ref


class Governed(Struct, frozen=True):
    """The rules of one body, read from a rules file or a record, and the register that holds them."""

    ledger: Ledger
    register: Register
    rulebook: Rulebook
    parties: PartyBook


def governed(rules: Where, reader: Reader, body: Ref | None = None) -> Governed:
    """The rules of a body in a rules file or a record; its main body where none is named. Faults end the command."""
    ledger = sound_ledger(rules, reader)
    register = ledger.as_of(Reading(on=FUTURE))
    provided = tuple(provided_of(register.of(ProvisionSet)))
    deciding = tuple(dict.fromkeys(each.body for each in provided if isinstance(each.rule, Decision)))
    chosen = body if body is not None else _main(deciding, register)
    if chosen not in deciding:
        refuse_usage(_no_rules(chosen, deciding, reader))
    rulebook = Rulebook(chosen, provided)
    if faults := book_faults(rulebook):
        refused(at_their_lines(faults, rules), reader)
    return Governed(ledger, register, rulebook, PartyBook(register))


def at_their_lines(problems: Sequence[Problem], rules: Where) -> Sequence[Problem]:
    """Problems with provisions, each at its line where the rules are text; a ledger's entries have none."""
    if not problems or not isinstance(rules, Path) or rules.suffix in LINES:
        return problems
    return placed(rules, problems)


def _main(deciding: Iterable[Ref], register: Register) -> Ref | None:
    """The body that is meant where none is named: the record's first that has rules, or the only one."""
    found = tuple(deciding)
    return next((each for each in register.head.bodies if each in found), found[0] if found else None)


def _no_rules(body: Ref | None, deciding: tuple[Ref, ...], reader: Reader) -> str:
    if body is None:
        return reader.say(phrase("No provision here says how anything is decided: the charter is silent."))
    return reader.say(
        phrase(
            "No provision here says how {body} decides; rules are on record for: {bodies:names}",
            body=body,
            bodies=deciding,
        )
    )


def votes_of(
    path: Path, found: Governed, reader: Reader, rule: str | None, columns: Mapping[str, str]
) -> Sequence[Vote]:
    """The votes of a table, looked through; every fault is shown at once, and then nothing is decided."""
    with reading(path, reader) as progress:
        read = read_votes(path, found.parties.resolve, columns, progress)
    names = found.parties.names_of(found.rulebook.parties())
    faults = (*read.problems, *faults_of(read.votes, Scrutiny(found.rulebook, rule, names)))
    if faults:
        refused(first_of(faults, read.more), reader)
    return read.votes


def checked_rule(rule: str | None, found: Governed) -> str | None:
    """The name of a rule; one that no provision has is wrong usage."""
    names = {each.rule.name for each in found.rulebook.provided if isinstance(each.rule, Decision)}
    if rule is None or rule in names:
        return rule
    near = suggest(rule, names)
    said = phrase("no rule is called {rule}; there are: {names}", rule=rule, names=", ".join(sorted(names)))
    if near is not None:
        said = phrase("no rule is called {rule}; did you mean {near}?", rule=rule, near=near)
    raise click.BadParameter(Reader().say(said), param_hint="'--rule'")


def refused(problems: Iterable[Problem], reader: Reader) -> NoReturn:
    """Show what is wrong, and end with 1."""
    print_problems(problems, reader, "text", err=True)
    sys.exit(FAULTS)


def refuse_usage(said: str) -> NoReturn:
    """Say that what was asked for is not there, and end with 1."""
    click.echo(said, err=True)
    sys.exit(FAULTS)


def cases_of(found: Governed) -> list[CaseSet]:
    """The test cases that are held for a body."""
    return [fact.act for fact in found.register.of(CaseSet) if fact.act.body == found.rulebook.body]
