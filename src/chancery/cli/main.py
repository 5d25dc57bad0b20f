"""The command line: `chancery ...`. Doors only carry acts in and views out."""

from __future__ import annotations

import gc
import sys
from errno import EPIPE

import click

from chancery import __version__
from chancery.cli.add import add
from chancery.cli.backup import backup, restore
from chancery.cli.check import check
from chancery.cli.convert import convert
from chancery.cli.decide import decide
from chancery.cli.diff import diff
from chancery.cli.dump import dump
from chancery.cli.export import export
from chancery.cli.importing import importing
from chancery.cli.kinds import kinds
from chancery.cli.ledger import ledger
from chancery.cli.load import load_command
from chancery.cli.may import may
from chancery.cli.minutes import minutes
from chancery.cli.new import new
from chancery.cli.power import power
from chancery.cli.publish import publish
from chancery.cli.rules import rules
from chancery.cli.serve import serve
from chancery.cli.show import show
from chancery.cli.signer import signer
from chancery.cli.verify import verify
from chancery.cli.whatif import whatif
from chancery.cli.why import why
from chancery.cli.witness import witness
from chancery.languages import Reader
from chancery.values import phrase


class Doors(click.Group):
    """The commands. What the machine refuses them is told in a sentence, whichever of them it was."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was typed; exit code 1 where the disk fails it."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == EPIPE:
                raise
            why = phrase("{why}; what was acknowledged before is kept", why=error.strerror or str(error))
            said = why if error.filename is None else phrase("{file}: {fault}", file=str(error.filename), fault=why)
            raise click.ClickException(Reader().say(said)) from error


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="chancery")
def chancery() -> None:
    """The open system of record for an international board: sourced acts in, the register of any day out."""


COMMANDS = (
    new,
    check,
    show,
    serve,
    publish,
    why,
    diff,
    add,
    minutes,
    may,
    decide,
    rules,
    power,
    whatif,
    kinds,
    convert,
    load_command,
    dump,
    export,
    importing,
    ledger,
    backup,
    restore,
    verify,
    witness,
    signer,
)

for command in COMMANDS:
    chancery.add_command(command)


def main() -> None:
    """Run the command line. Exit code 1 for faults in the input, 2 for wrong usage.

    Python's cyclic garbage collector is off: entries and facts form no cycles, a command ends when it has answered, and
    the collector would walk through a large record again and again while it is read.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chancery(prog_name="chancery")
