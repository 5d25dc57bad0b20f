"""Single rulings, each with its explanation in words; and a long table of ballots as CSV."""

from __future__ import annotations

import csv
import gc
import sys
from pathlib import Path

from bench.measured.roll_calls import ASSEMBLY
from bench.stopwatch import Stopwatch
from chancery.acts.charter import ProvisionSet
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.rules.bulk import faults_of
from chancery.rules.charter import provided_of
from chancery.rules.deciding import decide
from chancery.rules.explaining import explained
from chancery.rules.rulebook import Rulebook
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.votes import Ballot, Vote
from chancery.text import read_record
from chancery.text.votes import read_votes
from chancery.values import FUTURE, Ref

AGAIN = 5_000
PERMANENT = ("cn", "fr", "gb", "ru", "us")
ELECTED = ("br", "de", "gh", "in", "jp", "ke", "mt", "mx", "no", "za")
DAY = 738_000


def main(council: str, table: str) -> None:
    """Measure rulings on a tally, on a veto told in a tally, and on fifteen ballots; then a table of CSV."""
    gc.disable()  # as `chancery` does
    rules = _rules(council)
    ballots = tuple(Ballot(Ref(f"state:{each}"), "no" if each == "us" else "yes") for each in (*PERMANENT, *ELECTED))
    votes = {
        "a tally": (Vote(id="1", yes=71, no=80, abstain=20), ASSEMBLY),
        "a veto, in a tally": (Vote(id="2", day=DAY, yes=14, no=1, abstain=0, against_by=(Ref("state:us"),)), rules),
        "a veto, in 15 ballots": (Vote(id="3", day=DAY, ballots=ballots), rules),
    }
    watch = Stopwatch()
    for name, (vote, book) in votes.items():
        _explained(vote, book)
        watch.restart()
        for _ in range(AGAIN):
            _explained(vote, book)
        watch.lap(name, AGAIN)
    watch.report(_table(Path(table), watch))


def _explained(vote: Vote, book: Rulebook) -> str:
    return " ".join(map(str, explained(decide(vote, book))))


def _rules(path: str) -> Rulebook:
    record = read_record(Path(path)).record
    if record is None:
        raise ValueError("the rules have faults")
    facts = Ledger(record).as_of(Reading(on=FUTURE)).of(ProvisionSet)
    return Rulebook(Ref("body:un-security-council"), provided_of(facts))


def _table(path: Path, watch: Stopwatch) -> int:
    watch.restart()
    with path.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    watch.lap("csv, rows alone")
    read = read_votes(path, Ref)
    faults = [*read.problems, *faults_of(read.votes, Scrutiny(ASSEMBLY))]
    watch.lap("csv, read and looked through")
    if faults:
        raise ValueError("the table made up for measuring has faults")
    return rows


if __name__ == "__main__":
    main(*sys.argv[1:])
