"""`chancery verify`: what stands in a log, and that nothing in it was changed; offline, step by step."""

from __future__ import annotations

import sys
from typing import Literal

import click

from chancery.cli.options import FAULTS, checked_lang, lang_option
from chancery.languages import Reader
from chancery.values import Fault


@click.command()
@click.argument("path")
@click.option(
    "--against", metavar="OTHER", help="Compare with another copy, or with a receipt or checkpoint kept of it."
)
@click.option("--trust", "trust_file", metavar="FILE", help="Whose signatures count: your own trust file (TOML).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def verify(path: str, against: str | None, trust_file: str | None, form: Literal["text", "json"], lang: str) -> None:
    """Verify PATH offline: a receipt, a checkpoint, the folder of a whole log with its tiles, or a database.

    Each step has passed, failed, or was left out, with what was expected and found. Exit code 1 where one failed.
    Without --trust nobody's signature counts: what is verified is that entries, tree and checkpoint fit each other.
    """
    from chancery.cli.verdicts import print_steps, verified  # noqa: PLC0415  # cryptography is slow to import

    reader = Reader(checked_lang(lang))
    try:
        steps = verified(path, against, trust_file, reader)
    except Fault as fault:
        click.echo(reader.say(fault.phrase), err=True)
        sys.exit(FAULTS)
    print_steps(path, steps, reader, form)
    if not steps.hold:
        sys.exit(FAULTS)
