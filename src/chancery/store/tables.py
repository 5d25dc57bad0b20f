"""The tables of a ledger in plain SQL: what SQLite and PostgreSQL say alike."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import msgspec

from chancery.log.leaves import PUBLIC
from chancery.log.tree import HASH_LENGTH, Frontier
from chancery.store.base import Kept, Row, Store, other_payload, refused
from chancery.store.documents import Document
from chancery.store.schema import APP, GUARDS, VERSIONS
from chancery.text.layout import Sheet, Stretch
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.store.base import Span
    from chancery.store.urls import Address
    from chancery.text import Refused

ROWS = """
SELECT e.seq, e.leaf, b.name, b.audience, b.salt, b.body, b.sealed, b.gone
  FROM chancery_entry e LEFT JOIN chancery_body b ON b.seq = e.seq AND b.seq >= ? AND b.seq < ?
  WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq
"""
"""Both tables are bounded: PostgreSQL would read all of the other one for a few rows of the first."""
Blob: TypeAlias = Any
"""Bytes, or what stands in their place in a file that was damaged; :func:`raw` takes either."""
T = TypeVar("T")
ROOTS = "SELECT CAST(? AS integer), place, hash FROM chancery_root WHERE tier = ? AND place >= ? AND place < ?"
AT_ONCE = 4_096
"""Rows that are fetched at once."""


class Line(NamedTuple):
    """The columns of ROWS."""

    seq: int
    leaf: Blob
    name: str | None
    audience: str | None
    salt: Blob
    body: Blob
    sealed: int | None
    gone: int | None


class Tables(Store):
    """A ledger in a database. Placeholders are written ``?``, as SQLite has them."""

    def __init__(self, address: Address) -> None:
        """Keep the address; the engine connects."""
        self._address = address
        self._depth = 0

    @abstractmethod
    def _run(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401  # a cursor of either driver
        """Run a statement and give its cursor. Raises Refused for what the database refuses."""

    def _each(self, line: type[T], sql: str, values: Sequence[object] = ()) -> Iterator[T]:
        """The rows that a statement finds, each column of the type that it has in a sound database. Raises Refused."""
        cursor = self._run(sql, values)
        rows = cursor.fetchall()
        try:
            sound: Iterable[T] = msgspec.convert(rows, list[line])  # type: ignore[valid-type]
        except msgspec.ValidationError:
            sound = (self._sound(line, row, [name for name, *_ in cursor.description]) for row in rows)
        yield from sound

    def _sound(self, line: type[T], row: Sequence[object], columns: Sequence[str]) -> T:
        """A row of which each column is of its type. Raises Refused, naming the one that is not."""
        try:
            return msgspec.convert(row, line)
        except msgspec.ValidationError as error:
            at = int(str(error).rpartition("$[")[2].rstrip("]`"))
            fault = phrase(
                "is damaged: {column} is {value}, in the row of {first}",
                column=columns[at],
                value=quoted(str(row[at])),
                first=quoted(str(row[0])),
            )
            raise refused(self.place, "damaged", fault) from error

    def _found(self, line: type[T], sql: str, values: Sequence[object] = ()) -> list[T]:
        """Those rows at once. Raises Refused."""
        return list(self._each(line, sql, values))

    def _in_head(self, line: type[T], sql: str) -> T:
        """What stands in the head of the ledger. Raises Refused."""
        found = self._found(line, sql)
        if len(found) != 1:
            raise refused(self.place, "damaged", phrase("has no head, or several; a ledger has one"))
        return found[0]

    @abstractmethod
    def _run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row."""

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction and lock the head, so that no other writer can."""

    @abstractmethod
    def _commit(self) -> None:
        """Make what was written durable. Raises Refused, OutcomeUnknown."""

    @abstractmethod
    def _rollback(self) -> None:
        """Forget what was written."""

    @property
    def place(self) -> str:
        """The address without its password."""
        return self._address.shown

    @property
    def origin(self) -> str:
        """The name of the log."""
        (found,) = self._in_head(tuple[str], "SELECT origin FROM chancery_head")
        return found

    @contextmanager
    def held(self) -> Iterator[None]:
        """Lock the head for a while: one transaction."""
        if self._depth:
            yield
            return
        self._begin()
        self._depth = 1
        try:
            yield
        except BaseException:
            self._rollback()
            raise
        else:
            self._commit()
        finally:
            self._depth = 0

    def frontier(self) -> Frontier:
        """The edge of the tree, from the head."""
        size, peaks = self._in_head(tuple[int, Blob], "SELECT size, peaks FROM chancery_head")
        return Frontier(size, peaks_in(raw(peaks)))

    @property
    def latest(self) -> str:
        """The moment of the last entry, from the head."""
        (found,) = self._in_head(tuple[str], "SELECT latest FROM chancery_head")
        return found

    def check(self) -> None:
        """Compare the tables and whatever guards them with what the migrations made."""
        found = sha256("\n".join(self._guards()).encode()).hexdigest()
        if found != GUARDS[self._address.engine]:
            raise Fault(phrase("the tables, or what guards them, are others than those that this version makes"))

    @abstractmethod
    def _guards(self) -> list[str]:
        """What makes and guards the tables, in the order of their names."""

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Entries in order, a stretch of them at a time."""
        end = self.frontier().size if stop is None else stop
        while start < end:
            upto = min(end, start + AT_ONCE)
            yield from map(_row, self._each(Line, ROWS, (start, upto, start, upto)))
            start = upto

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The leaves in order, a stretch of them at a time."""
        end = self.frontier().size if stop is None else stop
        sql = "SELECT leaf FROM chancery_entry WHERE seq >= ? AND seq < ? ORDER BY seq"
        while start < end:
            upto = min(end, start + AT_ONCE)
            yield from (raw(leaf) for (leaf,) in self._run(sql, (start, upto)).fetchall())
            start = upto

    def asked(self, request: str, payload: bytes) -> Kept | None:
        """What a request came to that came before."""
        sql = "SELECT first, count, payload FROM chancery_request WHERE request = ?"
        for first, count, before in self._found(tuple[int, int, Blob], sql, (request,)):
            if before != payload:
                raise other_payload(self.place, request)
            return Kept(first, count, fresh=False)
        return None

    def requests(self) -> list[tuple[int, int, str, bytes]]:
        """Every request with an id."""
        sql = "SELECT first, count, request, payload FROM chancery_request ORDER BY first"
        return self._found(tuple[int, int, str, bytes], sql)

    def bodies(self, audiences: Sequence[str] | None, start: int = 0) -> list[bytes]:
        """The bodies that some audiences may read, at once."""
        sql, values = "SELECT body FROM chancery_body WHERE seq >= ? AND body IS NOT NULL", [start, *_may(audiences)]
        if audiences is not None:
            sql += f" AND audience IN ({', '.join('?' for _ in values[1:])})"
        return [raw(body) for (body,) in self._run(f"{sql} ORDER BY seq", values).fetchall()]

    def place_of(self, name: str) -> int | None:
        """The place of an entry or a source."""
        found = self._found(tuple[int], "SELECT seq FROM chancery_body WHERE name = ?", (name,))
        return found[0][0] if found else None

    def seal(self, seq: int, audience: str, by: int) -> None:
        """Keep a body for an audience; a trigger asks what the entry says."""
        self._run("UPDATE chancery_body SET audience = ?, sealed = ? WHERE seq = ?", (audience, by, seq))

    def shred(self, seq: int, by: int) -> None:
        """Destroy a body; a trigger asks what the entry says."""
        sql = "UPDATE chancery_body SET name = NULL, salt = NULL, body = NULL, gone = ? WHERE seq = ?"
        self._run(sql, (by, seq))

    def lay(self, sheets: Sequence[Sheet]) -> None:
        """Keep the layout."""
        rows = [
            (sheet.name, place, msgspec.json.encode(stretch.keys).decode(), stretch.text)
            for sheet in sheets
            for place, stretch in enumerate(sheet.stretches)
        ]
        with self.held():
            self._run("DELETE FROM chancery_stretch")
            self._run_many("INSERT INTO chancery_stretch (file, place, keys, text) VALUES (?, ?, ?, ?)", rows)

    def sheets(self) -> list[Sheet]:
        """The layout. Raises Fault."""
        found: dict[str, list[Stretch]] = {}
        sql = "SELECT file, keys, text FROM chancery_stretch ORDER BY id"
        for file, keys, text in self._found(tuple[str, str, str], sql):
            found.setdefault(file, []).append(Stretch(text, _keys(file, keys)))
        return [Sheet(file, tuple(stretches)) for file, stretches in found.items()]

    def note(self, size: int, note: bytes) -> None:
        """Keep a checkpoint."""
        sql = "INSERT INTO chancery_checkpoint SELECT coalesce(max(place) + 1, 0), ?, ? FROM chancery_checkpoint"
        with self.held():
            self._run(sql, (size, note))

    def checkpoints(self) -> list[tuple[int, bytes]]:
        """Every checkpoint."""
        found = self._found(tuple[int, Blob], "SELECT size, note FROM chancery_checkpoint ORDER BY place")
        return [(size, raw(note)) for size, note in found]

    def stamp(self, size: int, data: bytes) -> None:
        """Keep a time stamp."""
        sql = "INSERT INTO chancery_stamp SELECT coalesce(max(place) + 1, 0), ?, ? FROM chancery_stamp"
        with self.held():
            self._run(sql, (size, data))

    def stamps(self) -> list[tuple[int, bytes]]:
        """Every time stamp."""
        found = self._found(tuple[int, Blob], "SELECT size, data FROM chancery_stamp ORDER BY place")
        return [(size, raw(data)) for size, data in found]

    def plant(self, tier: int, roots: Sequence[bytes]) -> None:
        """Keep the roots of subtrees."""
        with self.held():
            first = self.planted().get(tier, 0)
            rows = [(tier, first + at, root) for at, root in enumerate(roots)]
            self._run_many("INSERT INTO chancery_root (tier, place, hash) VALUES (?, ?, ?)", rows)

    def planted(self) -> dict[int, int]:
        """How many roots of each tier are kept."""
        sql = "SELECT tier, count(*) FROM chancery_root GROUP BY tier ORDER BY tier"
        return dict(self._found(tuple[int, int], sql))

    def roots(self, spans: Sequence[Span]) -> list[list[bytes]]:
        """The roots of subtrees, by one statement."""
        values = [(number, *span) for number, span in enumerate(spans)]
        if not values:
            return []
        found = self._found(tuple[int, int, Blob], " UNION ALL ".join([ROOTS] * len(spans)), [*chain(*values)])
        roots: list[list[bytes]] = [[] for _ in spans]
        for number, _, root in sorted(found, key=itemgetter(0, 1)):
            roots[number].append(raw(root))
        return roots

    def file(self, document: Document) -> None:
        """Keep a source's file."""
        sql = "INSERT INTO chancery_document SELECT coalesce(max(place) + 1, 0), ?, ?, ? FROM chancery_document"
        with self.held():
            if document.digest not in self.digests():
                self._run(sql, (document.digest, document.type, document.data))

    def document(self, digest: str) -> Document | None:
        """A source's file."""
        sql = "SELECT digest, type, data FROM chancery_document WHERE digest = ?"
        found = self._found(tuple[str, str, Blob], sql, (digest,))
        return Document(found[0][0], found[0][1], raw(found[0][2])).verified() if found else None

    def digests(self) -> list[str]:
        """The digests of the files."""
        found = self._found(tuple[str], "SELECT digest FROM chancery_document ORDER BY place")
        return [digest for (digest,) in found]

    @abstractmethod
    def _has(self, table: str) -> bool:
        """Whether the database has a table."""

    def is_begun(self) -> bool:
        """Whether a ledger was begun here, by whatever version."""
        return self._has("chancery_head") and self._run("SELECT 1 FROM chancery_head").fetchone() is not None

    def check_not_newer(self) -> None:
        """Refuse tables that a later version made. Raises Refused."""
        if set(self._versions()) - set(VERSIONS):
            raise _other_version(self.place, self._versions())

    @abstractmethod
    def grant(self, role: str) -> None:
        """Let a role of the server append and read, and change nothing. Raises Refused where there are no roles."""

    def begin(self, origin: str) -> None:
        """Give a ledger that begins its head and its name; one that has them keeps them."""
        with self.held():
            if self._run("SELECT 1 FROM chancery_head").fetchone() is None:
                self._run(
                    "INSERT INTO chancery_head (one, origin, size, latest, peaks) VALUES (1, ?, 0, '', ?)",
                    (origin, b""),
                )

    def _versions(self) -> tuple[str, ...]:
        """The migrations by which the tables were made."""
        if not self._has("django_migrations"):
            return ()
        sql = "SELECT name FROM django_migrations WHERE app = ? ORDER BY name"
        return tuple(name for (name,) in self._found(tuple[str], sql, (APP,)))

    def _check_version(self) -> None:
        """Refuse tables that are older or newer than this version knows. Raises Refused."""
        found = self._versions() if self.is_begun() else ()
        if found != VERSIONS:
            raise _other_version(self.place, found)


def raw(value: object) -> bytes:
    """Bytes as they are stored. SQLite keeps whatever it is given; what never was bytes is found out by its hash."""
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else repr(value).encode()


def _row(row: Line) -> Row:
    """A row as it is stored; of one without a body nothing but the leaf is there."""
    seq, leaf, name, audience, salt, body, sealed, gone = row
    salt, body = (None if each is None else raw(each) for each in (salt, body))
    return Row(seq, raw(leaf), name, audience or "", salt, body, sealed, gone)


def _keys(file: str, keys: str) -> tuple[str, ...]:
    """The entries of a stretch of layout. Raises Fault."""
    try:
        return msgspec.json.decode(keys, type=tuple[str, ...])
    except msgspec.MsgspecError as error:
        raise Fault(phrase("the layout of {file} cannot be read: {why}", file=file, why=str(error))) from error


def peaks_in(data: bytes) -> list[bytes]:
    """The peaks of a tree as the head keeps them, one after another."""
    return [bytes(data[at : at + HASH_LENGTH]) for at in range(0, len(data), HASH_LENGTH)]


def _may(audiences: Sequence[str] | None) -> tuple[str, ...]:
    return () if audiences is None else (PUBLIC, *audiences)


def _other_version(place: str, found: tuple[str, ...]) -> Refused:
    if not found:
        return refused(
            place, "no-ledger", phrase("holds no ledger yet; `chancery ledger init` or `chancery load` makes one")
        )
    if set(found) - set(VERSIONS):
        fault = phrase("was written by a later version of Chancery ({version}); use that one", version=found[-1])
        return refused(place, "newer-tables", fault)
    fault = phrase(
        "has the tables of an earlier version ({version}); `chancery ledger init` upgrades it in place",
        version=found[-1],
    )
    return refused(place, "older-tables", fault)
