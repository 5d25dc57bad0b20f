"""A record as a folder of TOML files, or as one of them: read whole, with every fault at its file, line and field."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
import rtoml

from chancery.acts import MOST_FAULTS, Undecodable, act_of, data_of, faults_in
from chancery.ledger import Record, problems_of
from chancery.register import Head, Source
from chancery.text.files import LARGEST_TOML, LONGEST, Found, Refused, bounded_bytes, decoded, refuse_bomb, size_of
from chancery.text.loaded import MOST_PROBLEMS, Loaded, gathered, unreadable
from chancery.text.places import Places
from chancery.text.rules import SHORTHAND, acts_of
from chancery.values import Place, Problem, Weight, canonical, composed, decode_hook, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from chancery.acts import Act
    from chancery.text.loaded import Progress
    from chancery.values import Phrase

TABLES = {"record": False, "source": True, "act": True, **SHORTHAND}
"""The tables of a record, and whether there may be many of each."""

FAULT = re.compile(r"^(?P<why>.*?)(?: at line (?P<line>\d+)(?: column \d+)?)?$", re.DOTALL)

Misplaced = tuple[Problem, str, int]
"""A problem, the table in which it was found, and the place of that table among those of its name."""


def read_toml(path: Path, progress: Progress | None = None) -> Loaded:
    """Read a record's folder, or a single TOML file as a record by itself."""
    reading = TomlReading(path)
    if progress is None:
        for _ in reading.files():
            pass
    else:
        for done in reading.files():
            progress(done, reading.size)
    return reading.loaded()


def placed(path: Path, problems: Sequence[Problem]) -> list[Problem]:
    """Problems with entries of a record in TOML, each at the file, the line and the field of its entry."""
    reading = TomlReading(path)
    for _ in reading.files():
        pass
    return list(reading.place_all(problems))


class TomlReading:
    """One pass over a record's files: collects the head, sources, acts and problems."""

    def __init__(self, path: Path) -> None:
        """Find the files; nothing is read yet."""
        self._root = path if path.is_dir() else path.parent
        self._heads: list[Head] = []
        self._sources: dict[str, Source] = {}
        self._acts: list[Act] = []
        self._origin: dict[str, list[tuple[str, str, int]]] = {}
        self._problems: list[Problem] = []
        self._unread: set[str] = set()
        found = Found(path) if path.is_dir() else None
        self._files = found.files if found is not None else [path]
        if found is not None:
            self._take_problems(found.problems)
        self._sizes = [self._size(file) for file in self._files]
        self.size = sum(self._sizes)

    def _name(self, file: Path) -> str:
        return file.relative_to(self._root).as_posix()

    def _size(self, file: Path) -> int:
        try:
            return size_of(file, self._name(file))
        except Refused:
            return 0  # told when the file is read

    def _take_problems(self, problems: list[Problem]) -> None:
        """Keep problems with whole files; what such a file holds is not known, so nothing is said to be missing."""
        self._problems.extend(problems)
        if problems:
            self._unread.add("")

    def files(self) -> Iterator[int]:
        """Read file after file; yields how many bytes are done."""
        done = 0
        for file, size in zip(self._files, self._sizes, strict=True):
            if len(self._problems) < MOST_PROBLEMS:
                self._read(file)
            done += size
            yield done

    def _read(self, file: Path) -> None:
        name = self._name(file)
        try:
            text = decoded(bounded_bytes(file, name, LARGEST_TOML), name)
            refuse_bomb(text, name)
            data = composed(parsed(text, name))
        except Refused as refused:
            self._take_problems([refused.problem])
            return
        found = [
            *_misshapen(data),
            *self._head(data),
            *self._take_sources(data),
            *self._take_acts(data, name),
            *self._take_shorthand(data, name),
        ]
        places = Places(text)
        self._problems.extend(_placed(problem, table, index, name, places) for problem, table, index in found)

    def _head(self, data: Mapping[str, object]) -> list[Misplaced]:
        head = data.get("record")
        if not isinstance(head, dict):
            return []
        if self._heads:
            return [(_bar("second-head", phrase("a record has one [record] table; this is another")), "record", 0)]
        try:
            self._heads.append(msgspec.convert(head, Head, dec_hook=decode_hook))
        except (msgspec.ValidationError, ValueError):
            return [(problem, "record", 0) for problem in islice(faults_in(head, Head), MOST_FAULTS)]
        return []

    def _take_sources(self, data: Mapping[str, object]) -> list[Misplaced]:
        found: list[Misplaced] = []
        for index, table in _rows(data, "source", found):
            try:
                source = msgspec.convert(table, Source, dec_hook=decode_hook)
            except (msgspec.ValidationError, ValueError):
                self._unread.add(str(table.get("ref")))
                found.extend((problem, "source", index) for problem in islice(faults_in(table, Source), MOST_FAULTS))
                continue
            if source.ref in self._sources:
                fault = phrase("the source {ref} stands in the record already", ref=source.ref)
                found.append((_bar("duplicate-source", fault, "ref"), "source", index))
            self._sources[source.ref] = source
        return found

    def _take_acts(self, data: Mapping[str, object], name: str) -> list[Misplaced]:
        found: list[Misplaced] = []
        for index, table in _rows(data, "act", found):
            found.extend(self._take_act(table, name, "act", index))
        return found

    def _take_act(self, table: Mapping[str, object], name: str, of: str, index: int) -> list[Misplaced]:
        try:
            act = act_of(table)
        except Undecodable as fault:
            self._unread.update(str(value) for value in table.values() if isinstance(value, str))
            return [(problem, of, index) for problem in fault.problems]
        self._acts.append(act)
        self._origin.setdefault(act.id, []).append((name, of, index))
        if len(msgspec.json.encode(table)) > LONGEST // 4 and (fault_here := too_long(act)) is not None:
            return [(fault_here, of, index)]
        return []

    def _take_shorthand(self, data: Mapping[str, object], name: str) -> list[Misplaced]:
        """Take the tables of a rules file: each stands for an act of a kind, with what its [rules] table gives."""
        found: list[Misplaced] = []
        for table, index, act in acts_of(data, name, found):
            found.extend(self._take_act(act, name, table, index) if len(found) <= MOST_PROBLEMS else ())
        return found

    def loaded(self) -> Loaded:
        """The record if nothing bars it, and every problem in it."""
        record = Record(self._heads[0] if self._heads else Head(), self._sources, self._acts)
        across = gathered(problems_of(record), self._problems, self._unread)
        return Loaded.of(record, (*self._problems, *self.place_all(across)))

    def place_all(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems with entries, each at its place."""
        places: dict[str, Places] = {}
        for problem in problems:
            origin = self._origin[problem.entry or ""]
            name, table, index = origin[-1 if problem.code == "duplicate-id" else 0]
            here = places.get(name)
            if here is None:
                here = places[name] = Places((self._root / name).read_text("utf-8"))
            yield _placed(problem, table, index, name, here)


def parsed(text: str, name: str) -> dict[str, object]:
    """The tables of a TOML text. Raises Refused, naming the line."""
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError as fault:
        raise Refused(_syntax_fault(str(fault), name)) from fault


def _syntax_fault(said: str, name: str) -> Problem:
    found = FAULT.match(said)
    line = int(found["line"]) if found and found["line"] else None
    why = found["why"] if found else said
    if "recurs" in why:
        return unreadable(name, phrase("nests too deep"), line, code="too-deep")
    code = "duplicate-key" if "duplicate key" in why else "not-toml"
    return unreadable(name, phrase("is not TOML: {why}", why=why), line, code=code)


def too_long(act: Act) -> Problem | None:
    """Whether an entry is longer than an entry may be."""
    length = len(canonical(data_of(act)))
    if length <= LONGEST:
        return None
    fault = phrase("is {n:number} bytes long; an entry has at most {largest:number}", n=length, largest=LONGEST)
    return act.problem("too-large", Weight.BAR, fault)


def _misshapen(data: Mapping[str, object]) -> Iterator[Misplaced]:
    """Tables that no record has, and those that are not written as one table or as many."""
    for table, value in islice(data.items(), MOST_PROBLEMS):
        many = TABLES.get(table)
        if many is None:
            fault = phrase(
                "{table} is no table of a record; expected one of: {tables}",
                table=table,
                tables=", ".join(TABLES),
            )
            yield _bar("unknown-table", fault), table, 0
        elif many and not (isinstance(value, list) and all(isinstance(row, dict) for row in value)):
            yield _bar("malformed", phrase("expected tables headed [[{table}]]", table=table)), table, 0
        elif not many and not isinstance(value, dict):
            yield _bar("malformed", phrase("expected one table [{table}]", table=table)), table, 0


def _rows(data: Mapping[str, object], table: str, found: list[Misplaced]) -> Iterator[tuple[int, dict[str, object]]]:
    """The tables of a name with their places, as long as not too many problems are found in them."""
    rows = data.get(table)
    if isinstance(rows, list):
        yield from (
            (index, row) for index, row in enumerate(rows) if isinstance(row, dict) and len(found) <= MOST_PROBLEMS
        )


def _bar(code: str, fault: Phrase, field: str | None = None) -> Problem:
    return Problem(code=code, weight=Weight.BAR, phrase=fault, place=Place(field=field))


def _placed(problem: Problem, table: str, index: int, name: str, places: Places) -> Problem:
    field = problem.place.field if problem.place else None
    return msgspec.structs.replace(problem, place=Place(file=name, line=places.line(table, index, field), field=field))
