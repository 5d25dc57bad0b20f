"""`chancery rules`: the rules of a body on a day in words, and the test cases that they must meet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from chancery.cli.decide import form_option, rules_argument, shown
from chancery.cli.options import FAULTS, as_named, checked_lang, lang_option, reading_of, ref_option, today
from chancery.cli.problems import print_problems
from chancery.cli.rulings import at_their_lines, cases_of, governed
from chancery.languages import Reader
from chancery.rules.trials import tried, untried
from chancery.values import Date, Weight, phrase
from chancery.views.rulebook import cases_view, rulebook_view

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.cli.tables import Form
    from chancery.values import Ref

body_option = ref_option("body", "The body whose rules are meant, where RULES has several.")


@click.group()
def rules() -> None:
    """Show the rules of a body on a day, or run their test cases."""


@rules.command()
@rules_argument
@click.option("--on", metavar="D", help="The day that is asked about. Default: today.")
@body_option
@lang_option
@form_option
def show(rules: Where, *, on: str | None, body: Ref | None, lang: str, form: Form) -> None:
    """Show the rules in RULES in force on a day: each in words, with its article, and what they are silent on."""
    reader = Reader(checked_lang(lang))
    day = reading_of(on, None, None, strict=False).on
    found = governed(rules, reader, body)
    title = phrase("Rules of {body:name} on {day:date}", body=found.rulebook.body, day=Date.ordinal(day))
    view = rulebook_view(found.rulebook.on(day), title)
    shown(view, Reader(lang, found.register), form, (as_named(rules),))


@rules.command()
@rules_argument
@body_option
@lang_option
@form_option
def check(rules: Where, *, body: Ref | None, lang: str, form: Form) -> None:
    """Check RULES: that they can be met and do not overlap, and that every test case comes out as it must.

    Exit code 1 where a case does not, or where a rule that is yet to enter into force has no case that is adopted.
    """
    reader = Reader(checked_lang(lang))
    found = governed(rules, reader, body)
    trials = tried(cases_of(found), found.rulebook)
    title = phrase("Test cases of {body:name}", body=found.rulebook.body)
    spoken = Reader(lang, found.register)
    shown(cases_view(trials, title), spoken, form, (as_named(rules),))
    problems = at_their_lines(list(untried(trials, found.rulebook, Date.of(today()).latest)), rules)
    print_problems(problems, spoken, "text", err=True)
    if any(problem.weight is Weight.BAR for problem in problems) or not all(trial.passed for trial in trials):
        sys.exit(FAULTS)
