"""A record as a folder of TOML files, or as one of them: read whole, with every fault at its file, line and field."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import rtoml

from chancery.acts import Undecodable, act_of, faults_in
from chancery.ledger import Record, problems_of
from chancery.register import Head, Source
from chancery.text.files import LARGEST_TOML, Refused, bounded_bytes, decoded, refuse_depth, toml_files
from chancery.text.loaded import Loaded, unreadable
from chancery.text.places import line_of
from chancery.values import Place, Problem, Weight, decode_hook, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chancery.acts import Act
    from chancery.text.loaded import Progress

TABLES = frozenset({"record", "source", "act"})


def read_toml(path: Path, progress: Progress | None = None) -> Loaded:
    """Read a record's folder, or a single TOML file as a record by itself."""
    reading = TomlReading(path)
    try:
        files = list(toml_files(path)) if path.is_dir() else [path]
    except Refused as refused:
        return Loaded(None, (refused.problem,))
    sizes = [file.stat().st_size for file in files]
    for number, file in enumerate(files, 1):
        reading.read(file)
        if progress is not None:
            progress(sum(sizes[:number]), sum(sizes))
    return reading.loaded()


class TomlReading:
    """One pass over a record's files: collects the head, sources, acts and problems."""

    def __init__(self, path: Path) -> None:
        """Begin with nothing read."""
        self._root = path if path.is_dir() else path.parent
        self._heads: list[Head] = []
        self._sources: dict[str, Source] = {}
        self._acts: list[Act] = []
        self._origin: dict[str, tuple[str, str, int]] = {}
        self._problems: list[Problem] = []

    def read(self, file: Path) -> None:
        """Read one file."""
        name = file.relative_to(self._root).as_posix()
        try:
            text = decoded(bounded_bytes(file, name, LARGEST_TOML), name)
            refuse_depth(text, name)
            data = parsed(text, name)
        except Refused as refused:
            self._problems.append(refused.problem)
            return
        found = [
            *self._unknown_tables(data),
            *self._head(data),
            *self._take_sources(data),
            *self._take_acts(data, name),
        ]
        self._problems.extend(_placed(problem, table, index, name, text) for problem, table, index in found)

    def _unknown_tables(self, data: Mapping[str, object]) -> list[tuple[Problem, str, int]]:
        fault = "{table} is no table of a record; expected [record], [[source]] or [[act]]"
        return [
            (_bar("unknown-table", phrase(fault, table=table), table), table, 0)
            for table in data
            if table not in TABLES
        ]

    def _head(self, data: Mapping[str, object]) -> list[tuple[Problem, str, int]]:
        head = data.get("record")
        if head is None:
            return []
        if not isinstance(head, dict):
            return [(_bar("malformed", phrase("expected one table [record]")), "record", 0)]
        if self._heads:
            return [(_bar("second-head", phrase("a record has one [record] table; this is another")), "record", 0)]
        try:
            self._heads.append(msgspec.convert(head, Head, dec_hook=decode_hook))
        except (msgspec.ValidationError, ValueError):
            return [(problem, "record", 0) for problem in faults_in(head, Head)]
        return []

    def _take_sources(self, data: Mapping[str, object]) -> list[tuple[Problem, str, int]]:
        found: list[tuple[Problem, str, int]] = []
        for index, table in enumerate(_rows(data, "source")):
            try:
                source = msgspec.convert(table, Source, dec_hook=decode_hook)
            except (msgspec.ValidationError, ValueError):
                found.extend((problem, "source", index) for problem in faults_in(table, Source))
                continue
            if source.ref in self._sources:
                fault = phrase("the source {ref} stands in the record already", ref=source.ref)
                found.append((_bar("duplicate-source", fault, "ref"), "source", index))
            self._sources[source.ref] = source
        return found

    def _take_acts(self, data: Mapping[str, object], name: str) -> list[tuple[Problem, str, int]]:
        found: list[tuple[Problem, str, int]] = []
        for index, table in enumerate(_rows(data, "act")):
            try:
                act = act_of(table)
            except Undecodable as fault:
                found.extend((problem, "act", index) for problem in fault.problems)
                continue
            self._acts.append(act)
            self._origin.setdefault(act.id, (name, "act", index))
        return found

    def loaded(self) -> Loaded:
        """The record if nothing bars it, and every problem in it."""
        record = Record(self._heads[0] if self._heads else Head(), self._sources, self._acts)
        known = frozenset(problem.entry for problem in self._problems)
        across = [problem for problem in problems_of(record) if problem.entry not in known]
        problems = (*self._problems, *self._place_all(across))
        barred = any(problem.weight is Weight.BAR for problem in problems)
        return Loaded(None if barred else record, problems)

    def _place_all(self, problems: list[Problem]) -> list[Problem]:
        texts: dict[str, str] = {}
        placed = []
        for problem in problems:
            name, table, index = self._origin[problem.entry or ""]
            text = texts.get(name)
            if text is None:
                text = texts[name] = (self._root / name).read_text("utf-8")
            placed.append(_placed(problem, table, index, name, text))
        return placed


def parsed(text: str, name: str) -> dict[str, object]:
    """The tables of a TOML text. Raises Refused, naming the line."""
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError as fault:
        line, why = _syntax_fault(text, str(fault))
        raise Refused(unreadable(name, phrase("is not TOML: {why}", why=why), line, code="not-toml")) from fault


def _syntax_fault(text: str, why: str) -> tuple[int | None, str]:
    """The line of a fault of syntax, and what is wrong: the standard library's words, which are the plainer."""
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        why = str(fault)
    found = re.search(r"line (\d+)", why)
    return (int(found[1]) if found else None), why.splitlines()[0]


def _rows(data: Mapping[str, object], table: str) -> list[dict[str, object]]:
    rows = data.get(table, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _bar(code: str, fault: object, field: str | None = None) -> Problem:
    return Problem(code=code, weight=Weight.BAR, phrase=fault, place=Place(field=field))  # type: ignore[arg-type]


def _placed(problem: Problem, table: str, index: int, name: str, text: str) -> Problem:
    field = problem.place.field if problem.place else None
    place = Place(file=name, line=line_of(text, table, index, field), field=field)
    return msgspec.structs.replace(problem, place=place)
