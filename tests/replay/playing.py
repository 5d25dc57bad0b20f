"""Play a table of votes through the door that users use: the rules file, the reader of tables, the engine."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from chancery.cli.rulings import governed, votes_of
from chancery.languages import Reader
from chancery.rules.deciding import decide
from chancery.rules.rulings import VoteRuling

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "records" / "rules"
DATA = ROOT.parent / "shared" / "data"

Reason = Callable[[VoteRuling], str]
"""Why a ruling is not what is on record, from what the data and their description say."""


class Check(Struct, frozen=True):
    """Something else that is on record of votes and that the engine works out by itself."""

    what: str
    found: Callable[[VoteRuling], object]
    recorded: Mapping[str, object]


class Play(Struct, frozen=True, kw_only=True):
    """Votes of a body, and what they came to on record; the engine is never shown the latter.

    ``columns`` is what `chancery decide --columns` takes. ``untold`` are decisions of which no tally is told.
    """

    body: str
    rules: str
    votes: Path
    recorded: Mapping[str, str]
    columns: Mapping[str, str] = {}
    untold: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    reason: Reason = lambda _: "not explained"


class Miss(Struct, frozen=True):
    """A decision that does not come out as it is on record."""

    vote: str
    recorded: str
    outcome: str
    reason: str


class Played(Struct, frozen=True):
    """How a play came out: every ruling, and the decisions that are not as they are on record."""

    play: Play
    rulings: tuple[VoteRuling, ...]
    missed: tuple[Miss, ...]
    seconds: float

    def checked(self, check: Check) -> int:
        """In how many votes a check finds what is on record."""
        by_vote = {ruling.vote.id: ruling for ruling in self.rulings}
        return sum(check.found(by_vote[vote]) == value for vote, value in check.recorded.items())

    @property
    def compared(self) -> int:
        """How many decisions have an outcome on record."""
        return len(self.play.recorded)

    @property
    def agreed(self) -> int:
        """How many came out as they are on record."""
        return self.compared - len(self.missed)


def played(play: Play) -> Played:
    """Decide the votes of a play, and compare."""
    began = perf_counter()
    found = governed(RULES / play.rules, Reader())
    votes = votes_of(play.votes, found, Reader(), None, play.columns)
    rulings = tuple(decide(vote, found.rulebook) for vote in votes)
    seconds = perf_counter() - began
    by_vote = {ruling.vote.id: ruling for ruling in rulings}
    missed = tuple(
        Miss(vote, outcome, by_vote[vote].outcome, play.reason(by_vote[vote]))
        for vote, outcome in play.recorded.items()
        if by_vote[vote].outcome != outcome
    )
    return Played(play, rulings, missed, seconds)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of the data, plain or compressed."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write rows as a table of votes, as a user would hand it in."""
    written = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(written[0]))
        writer.writeheader()
        writer.writerows(written)
    return path
