"""The workshop: the files that are measured, made once a run, and the word on what is being done."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bench.directives import directives
from bench.records import jsonl
from chancery.text import act_toml, head_toml, read_record, source_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chancery.ledger import Record

ENTRIES_A_FILE = 5_000
"""Entries of one TOML file; some megabytes at the most."""


SIDES = ("yes", "yes", "no", "yes", "abstain", "no", "yes")
"""How those who are made up vote, by turns."""


class Workshop:
    """Makes files in a folder, each once; says what it does."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        """Work in a folder."""
        self._folder = folder
        self.say = say
        self.lines = cache(self._lines)
        self.toml = cache(self._toml)
        self.directives = cache(self._directives)
        self.ballots = cache(self._ballots)

    def _lines(self, count: int) -> str:
        """The path of a record of so many entries as JSON Lines."""
        self.say(f"Making up {count:,} entries")
        path = self._folder / f"{count}.jsonl"
        with path.open("wb") as file:
            file.writelines(jsonl(count))
        return str(path)

    def _toml(self, count: int) -> str:
        """The path of the same record as a folder of TOML."""
        source = self._folder / f"{count}.jsonl"
        self.lines(count)
        self.say(f"Writing {count:,} entries as TOML")
        record = read_record(source).record
        if record is None:
            raise ValueError("the record made up for measuring has faults")
        folder = self._folder / str(count)
        folder.mkdir()
        _write(record, folder)
        return str(folder)

    def _ballots(self, count: int) -> str:
        """The path of a table of so many ballots as CSV, 150 of one vote."""
        self.say(f"Making up {count:,} ballots")
        path = self._folder / f"{count}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("vote,party,choice\n")
            file.writelines(f"{each // 150},org:member-{each % 150},{SIDES[each % 7]}\n" for each in range(count))
        return str(path)

    def _directives(self, count: int) -> str:
        """The path of a ledger of beancount with so many directives."""
        path = self._folder / f"{count}.beancount"
        path.write_text("\n\n".join(directives(count)), encoding="utf-8")
        return str(path)


def _write(record: Record, folder: Path) -> None:
    (folder / "record.toml").write_text(head_toml(record.head), encoding="utf-8")
    (folder / "sources.toml").write_text("\n".join(map(source_toml, record.sources.values())), encoding="utf-8")
    for start in range(0, len(record.acts), ENTRIES_A_FILE):
        acts = record.acts[start : start + ENTRIES_A_FILE]
        (folder / f"acts-{start:09}.toml").write_text("\n".join(map(act_toml, acts)), encoding="utf-8")
