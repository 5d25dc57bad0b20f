"""The shelf of a record in text: where an entry is appended, and how a file is replaced whole or not at all."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

import rtoml

from chancery.acts import act_of, data_of
from chancery.text.files import ADDITIONS, LARGEST_TOML, Refused
from chancery.text.loaded import unreadable
from chancery.text.writing import act_toml, source_toml
from chancery.values import canonical, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from chancery.acts import Act
    from chancery.register import Source
    from chancery.values import Problem

    Flush = Callable[[Path], None]
    """Makes sure that what was written to a file or folder is on the disk."""

LINES = frozenset({".jsonl", ".ndjson"})
"""Endings of the names of files of JSON Lines."""

BLOCK = 2**20


class Shelf:
    """Where a record is appended to: a file of its folder, its one TOML file, or its file of JSON Lines.

    Nothing that stands there is changed by a byte. The new file is written beside the old one, flushed and then put in
    its place, so that whoever reads finds the one or the other.
    """

    def __init__(self, record: Path, flush: Flush, file: str | None = None) -> None:
        """Choose the file: by its name in the record's folder, otherwise additions.toml. Raises Refused."""
        self._flush = flush
        self._lock = record / ".writing" if record.is_dir() else record.with_name(f".{record.name}.writing")
        self.lines = record.suffix in LINES and not record.is_dir()
        self.path = _chosen(record, file) if record.is_dir() else record
        if not record.is_dir() and file is not None:
            fault = phrase("a record that is one file is appended to itself; leave out the file's name")
            raise Refused(unreadable(file, fault, code="not-a-file"))

    @property
    def place(self) -> str:
        """The path of the file to which entries go."""
        return self.path.as_posix()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other writer of this command away while the record is read and written. Raises Refused."""
        lock = self._lock
        try:
            lock.touch(exist_ok=False)
        except FileExistsError:
            fault = phrase("somebody else is writing, or was cut off; if nobody is, take away {file}", file=lock.name)
            raise Refused(unreadable(lock.parent.as_posix(), fault, code="being-written")) from None
        except OSError as error:
            raise Refused(_unwritable(lock.parent.as_posix(), error)) from error
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)

    def form(self, act: Act) -> str:
        """An entry as it would be appended."""
        return canonical(data_of(act)).decode() + "\n" if self.lines else act_toml(act)

    def append(self, act: Act) -> None:
        """Append an entry. Raises Refused where the file cannot take it, or somebody else is writing."""
        with replaced(self.path, self._flush) as fresh:
            last = _copied(self.path, fresh)
            if last not in (b"", b"\n"):
                fresh.write(b"\n")
            if last and not self.lines:
                fresh.write(b"\n")
            fresh.write(self.form(act).encode())
            fresh.flush()
            self._verify(act)

    def extend(self, sources: Iterable[Source], acts: Iterable[Act]) -> None:
        """Append sources, then entries. Raises Refused where the file cannot take them."""
        if self.lines:
            added = [canonical({**data_of(source), "kind": "source"}).decode() + "\n" for source in sources]
        else:
            added = ["\n" + source_toml(source) for source in sources]
        added += [self.form(act) if self.lines else "\n" + act_toml(act) for act in acts]
        data = "".join(added).encode()
        held = self.path.stat().st_size if self.path.exists() else 0
        if not self.lines and held + len(data) > LARGEST_TOML:
            fault = phrase("would be longer than a TOML file may be; write a new record in JSON Lines instead")
            raise Refused(unreadable(self.path.name, fault, code="too-large"))
        with replaced(self.path, self._flush) as fresh:
            if _copied(self.path, fresh) not in (b"", b"\n"):
                fresh.write(b"\n")
            fresh.write(data)

    def _verify(self, act: Act) -> None:
        """Read a TOML file again before it is put in its place: the entry must be its last."""
        if self.lines:
            return
        try:
            data = rtoml.loads(beside(self.path).read_text("utf-8"))
            taken = act_of(data["act"][-1]) == act
        except rtoml.TomlParsingError:
            taken = False
        if not taken:
            fault = phrase("cannot be appended to: its entries are not written as tables headed [[act]]")
            raise Refused(unreadable(self.path.name, fault, code="not-appendable"))


def _chosen(folder: Path, file: str | None) -> Path:
    """A TOML file inside the folder, there or not. Raises Refused."""
    path = folder / (file or ADDITIONS)
    inside = path.resolve().is_relative_to(folder.resolve()) and not path.is_symlink()
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts) if inside else True
    if not inside or hidden or path.suffix != ".toml":
        fault = phrase("is no file of the record; give a path inside its folder that ends in .toml")
        raise Refused(unreadable(str(file), fault, code="link"))
    if not path.parent.is_dir():
        raise Refused(unreadable(str(file), phrase("lies in a folder that is not there"), code="no-record"))
    return path


def _copied(path: Path, fresh: BinaryIO) -> bytes:
    """Copy a file as it stands; gives its last byte, or nothing where it is empty or not there."""
    last = b""
    if path.exists():
        with path.open("rb") as old:
            while block := old.read(BLOCK):
                fresh.write(block)
                last = block[-1:]
    return last


def beside(path: Path) -> Path:
    """Where a file is written before it is put in its place: hidden, in the same folder."""
    return path.with_name(f".{path.name}.new")


@contextmanager
def replaced(path: Path, flush: Flush) -> Iterator[BinaryIO]:
    """Write a file beside the one that it replaces, whole or not at all. Raises Refused."""
    new = beside(path)
    try:
        new.unlink(missing_ok=True)  # what a writer that was cut off has left
        fresh = new.open("xb")
    except OSError as error:
        raise Refused(_unwritable(path.name, error)) from error
    try:
        with fresh:
            yield fresh
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        flush(new)
        new.replace(path)
        flush(path.parent)
    finally:
        new.unlink(missing_ok=True)


def _unwritable(name: str, error: OSError) -> Problem:
    return unreadable(name, phrase("cannot be written: {why}", why=error.strerror or "?"), code="unwritable")


def write_whole(path: Path, parts: Iterable[bytes], flush: Flush) -> None:
    """Write a file, whole or not at all. Raises Refused."""
    with replaced(path, flush) as fresh:
        fresh.writelines(parts)
