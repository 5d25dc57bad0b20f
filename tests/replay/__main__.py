"""`make replay`: decide what real bodies decided, and print how far it agrees with what is on record."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.replay.czech_chamber import czech_chamber
from tests.replay.general_assembly import general_assembly
from tests.replay.playing import DATA, Play, Played, played
from tests.replay.security_council import security_council
from tests.replay.swiss_votes import swiss_votes
from tests.replay.us_senate import us_senate

BODIES: tuple[Callable[[Path], Play | list[Play]], ...] = (
    security_council,
    general_assembly,
    swiss_votes,
    czech_chamber,
    us_senate,
)
HEAD = ("Body", "Votes", "Compared", "As recorded", "Otherwise", "Seconds")


def main() -> int:
    """Play every body; exit code 1 where the data is not there."""
    if not DATA.is_dir():
        sys.stderr.write(f"There is no {DATA}: the votes to be replayed lie beside this repository.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        found = [played(play) for play in plays(Path(folder))]
    sys.stdout.write("".join(report(found)))
    return 0


def plays(folder: Path) -> Iterator[Play]:
    """Everything that is played, its tables of votes written into a folder."""
    for body in BODIES:
        made = body(folder)
        yield from made if isinstance(made, list) else [made]


def report(found: list[Played]) -> Iterator[str]:
    """The agreement in a table, then what else was compared, then each exception with its reason."""
    rows = [HEAD, *map(_row, found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        numbers = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join((row[0].ljust(widths[0]), *numbers)) + "\n"
    for each in found:
        yield from _besides(each)
        yield from _exceptions(each)


def _row(each: Played) -> tuple[str, ...]:
    numbers = (len(each.rulings), each.compared, each.agreed, len(each.missed))
    return (each.play.body, *(f"{number:,}" for number in numbers), f"{each.seconds:.2f}")


def _besides(each: Played) -> Iterator[str]:
    for check in each.play.checks:
        yield f"\n{each.play.body}: {check.what} in {each.checked(check):,} of {len(check.recorded):,}\n"


def _exceptions(each: Played) -> Iterator[str]:
    if each.missed:
        yield f"\n{each.play.body}: {len(each.missed)} not as recorded\n"
    for miss in each.missed:
        yield f"  {miss.vote}: recorded {miss.recorded}, by the rules {miss.outcome}: {miss.reason}\n"
    if each.play.untold:
        yield f"\n{each.play.body}: {len(each.play.untold)} decisions without a tally, which nobody can decide\n"
        yield from (f"  {name}\n" for name in each.play.untold)


if __name__ == "__main__":
    sys.exit(main())
