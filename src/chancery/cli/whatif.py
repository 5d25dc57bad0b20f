"""`chancery whatif`: what votes would have come to with other votes, with other members, or by another rule."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chancery.cli.decide import columns_option, form_option, rules_argument, shown, votes_argument
from chancery.cli.options import as_named, checked_lang, lang_option, ref_option, today
from chancery.cli.rulings import checked_rule, governed, votes_of
from chancery.languages import Reader
from chancery.rules.bounds import AMOUNT_PATTERN
from chancery.rules.deciding import decide
from chancery.rules.rulings import VoteRuling
from chancery.rules.supposing import joined, supposed
from chancery.rules.votes import count_of
from chancery.text.voting import CHOICES
from chancery.values import Date, Fault, Ref, phrase
from chancery.views.rulings import compared_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chancery.cli.options import Where
    from chancery.cli.tables import Form
    from chancery.rules.rulebook import Rulebook
    from chancery.rules.votes import Choice, Vote

_AMOUNT = re.compile(AMOUNT_PATTERN, re.ASCII)


def _choices(pairs: Sequence[str], resolve: Callable[[str], Ref]) -> dict[Ref, Choice]:
    """Who would have voted how: PARTY=CHOICE, several times. A malformed one is wrong usage."""
    found: dict[Ref, Choice] = {}
    for pair in pairs:
        party, sign, choice = pair.rpartition("=")
        if not sign or not party or choice.lower() not in CHOICES:
            said = (
                f"{pair}: expected PARTY=CHOICE, where CHOICE is one of: {', '.join(dict.fromkeys(CHOICES.values()))}"
            )
            raise click.BadParameter(said, param_hint="'--set'")
        found[resolve(party)] = CHOICES[choice.lower()]
    return found


def weights_of(given: Sequence[str], resolve: Callable[[str], Ref]) -> dict[str, dict[Ref, str]]:
    """What newcomers weigh: TABLE:PARTY=WEIGHT, several times. A malformed one is wrong usage."""
    found: dict[str, dict[Ref, str]] = {}
    for each in given:
        table, colon, rest = each.partition(":")
        party, sign, weight = rest.rpartition("=")
        if not (colon and sign and party and _AMOUNT.fullmatch(weight)):
            raise click.BadParameter(f"{each}: expected TABLE:PARTY=WEIGHT", param_hint="'--weight'")
        found.setdefault(table, {})[resolve(party)] = weight
    return found


@click.command()
@rules_argument
@votes_argument
@click.option("--set", "choices", multiple=True, metavar="PARTY=CHOICE", help="As if PARTY had voted so. Repeat it.")
@click.option("--join", "joining", multiple=True, metavar="PARTY", help="As if PARTY were a member. Repeat it.")
@click.option("--weight", "weights", multiple=True, metavar="TABLE:PARTY=N", help="What a newcomer weighs. Repeat it.")
@click.option("--rule", metavar="NAME", help="As if this rule decided, whatever the matter.")
@ref_option("body", "The body whose rules are meant, where RULES has several.")
@click.option(
    "--columns", default="", metavar="NAME=COLUMN,...", help="How VOTES calls its columns: vote=rcid,choice=v."
)
@lang_option
@form_option
def whatif(  # noqa: PLR0913  # one parameter for each option
    rules: Where,
    votes: Path,
    *,
    choices: tuple[str, ...],
    joining: tuple[str, ...],
    weights: tuple[str, ...],
    rule: str | None,
    body: Ref | None,
    columns: str,
    lang: str,
    form: Form,
) -> None:
    """Show what each vote of VOTES comes to under RULES, and what it would have come to otherwise.

    A party that a tally does not name cannot be set to another choice. Nothing is recorded or changed.
    """
    if not (choices or joining or rule):
        raise click.UsageError("give at least one of --set, --join and --rule: otherwise nothing is supposed")
    reader = Reader(checked_lang(lang))
    found = governed(rules, reader, body)
    named = checked_rule(rule, found)
    table = votes_of(votes, found, reader, None, columns_option(columns))
    resolve = found.parties.resolve
    otherwise = joined(found.rulebook, tuple(map(resolve, joining)), weights_of(weights, resolve))
    day = Date.of(today()).latest
    changes = _choices(choices, resolve)
    pairs = [
        (decide(vote, found.rulebook, today=day), _otherwise(vote, changes, otherwise, named, day)) for vote in table
    ]
    view = compared_view(
        pairs, phrase("Decisions of {body:name}, as they are and as supposed", body=found.rulebook.body)
    )
    shown(view, Reader(lang, found.register), form, (as_named(rules), votes.as_posix()))


def _otherwise(vote: Vote, changes: dict[Ref, Choice], book: Rulebook, rule: str | None, day: int) -> VoteRuling:
    """What a vote would have come to; undecided where it is not told how somebody voted who is to vote otherwise."""
    try:
        return decide(supposed(vote, changes), book, rule=rule, today=day)
    except Fault as fault:
        return VoteRuling(vote, "undecided", count_of(vote), reasons=(fault.phrase,))
