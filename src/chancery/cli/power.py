"""`chancery power`: what share of the decisions under a rule each member's vote settles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from chancery.cli.decide import form_option, rules_argument
from chancery.cli.options import as_named, checked_lang, lang_option, reading_of, ref_option
from chancery.cli.rulings import checked_rule, governed, refuse_usage
from chancery.cli.tables import click_echo, print_table
from chancery.cli.whatif import weights_of
from chancery.languages import Reader
from chancery.rules.deciding import governing
from chancery.rules.playing import game_of
from chancery.rules.power import INDICES, assessed
from chancery.rules.supposing import joined
from chancery.rules.votes import Vote
from chancery.rules.voting import Decision
from chancery.values import Date, Fault, phrase
from chancery.views.faces import csv_of, markdown_of, rows_json
from chancery.views.power import changed_view, power_view, totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chancery.cli.options import Where
    from chancery.cli.tables import Form
    from chancery.rules.power import Powers
    from chancery.rules.rulebook import Rulebook
    from chancery.values import Phrase, Ref
    from chancery.views import View

BOTH = ("banzhaf", "shapley-shubik")


@click.command()
@rules_argument
@click.option("--rule", metavar="NAME", help="Which kind of decision. Default: the ordinary one.")
@click.option("--on", metavar="D", help="The day that is asked about. Default: today.")
@click.option("--index", "indices", type=click.Choice(list(INDICES)), multiple=True, help="By which index. Repeat it.")
@click.option("--join", "joining", multiple=True, metavar="PARTY", help="As if PARTY were a member. Repeat it.")
@click.option("--weight", "weights", multiple=True, metavar="TABLE:PARTY=N", help="What a newcomer weighs. Repeat it.")
@ref_option("body", "The body whose rules are meant, where RULES has several.")
@lang_option
@form_option
def power(  # noqa: PLR0913  # one parameter for each option
    rules: Where,
    *,
    rule: str | None,
    on: str | None,
    indices: tuple[str, ...],
    joining: tuple[str, ...],
    weights: tuple[str, ...],
    body: Ref | None,
    lang: str,
    form: Form,
) -> None:
    """Show how much power each member has under a rule in RULES: how often its vote decides, exactly.

    Without --index both the Banzhaf and the Shapley-Shubik index are shown. With --join they are shown before and
    after. Nothing is sampled or rounded on the way; what is too large to count is refused.
    """
    reader = Reader(checked_lang(lang))
    day = reading_of(on, None, None, strict=False).on
    found = governed(rules, reader, body)
    named, resolve = checked_rule(rule, found), found.parties.resolve
    spoken = Reader(lang, found.register)
    ask = _Asked(day, named, indices or BOTH, spoken)
    name, now = ask.powers(found.rulebook)
    about: dict[str, object] = {"rules": as_named(rules), "rule": name, "on": str(Date.ordinal(day))}
    about["totals"] = totals(now)
    title = phrase("Power in {body:name}: {rule}", body=found.rulebook.body, rule=name)
    view = power_view(now, title)
    if joining:
        _, then = ask.powers(joined(found.rulebook, tuple(map(resolve, joining)), weights_of(weights, resolve)))
        view, about["then"] = changed_view(now, then, title), totals(then)
    _print(view, spoken, form, about, day)


class _Asked(Struct, frozen=True):
    """What is asked of a rulebook: the power under which rule, on which day, by which indices."""

    day: int
    rule: str | None
    indices: tuple[str, ...]
    reader: Reader

    def powers(self, book: Rulebook) -> tuple[str, Powers]:
        """The name of the rule, and the power of each under it; where that cannot be told, say why and exit with 1."""
        procedures, notes = governing(Vote(id=""), book.on(self.day), self.rule)
        if len(procedures) != 1:
            refuse_usage("\n".join(map(self.reader.say, (*notes, self._named(book)))))
        decision = procedures[0].decision.rule
        assert isinstance(decision, Decision)  # noqa: S101  # a procedure is that of a decision
        try:
            return decision.name, assessed(game_of(procedures[0]), self.indices)
        except Fault as fault:
            refuse_usage(self.reader.say(fault.phrase))

    def _named(self, book: Rulebook) -> Phrase:
        found = sorted({each.rule.name for each in book.on(self.day).decisions if isinstance(each.rule, Decision)})
        return phrase("Name one with --rule; in force that day: {names}.", names=", ".join(found) or "-")


def _print(view: View, reader: Reader, form: Form, about: Mapping[str, object], day: int) -> None:
    if form == "json":
        click_echo(rows_json(view, about))
    elif form == "csv":
        click_echo(csv_of(view))
    elif form == "md":
        click_echo(markdown_of(view, reader))
    else:
        print_table(view, reader, phrase("{day:date}", day=Date.ordinal(day)))
