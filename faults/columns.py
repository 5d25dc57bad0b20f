"""The values of a database of PostgreSQL, as whoever owns it could change them: bit by bit, past every trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = ("head", "entry", "body", "checkpoint", "stamp", "root", "document", "request", "stretch")
BESIDE = ("chancery_request", "chancery_stretch", "chancery_head.one", "chancery_checkpoint.place",
          "chancery_stamp.place", "chancery_document.place")  # fmt: skip
"""What no hash covers: the memory of requests, the layout, and numbers that only tell an order."""
INTEGER_BITS = 31


class Row:
    """A row of a table, told by where it lies, which is elsewhere after each change."""

    def __init__(self, place: str) -> None:
        """Take the row that lies in a place."""
        self.place = place


class Value:
    """A value in a row of a table."""

    def __init__(self, table: str, column: str, row: Row, value: object) -> None:
        """Take what stands in a column of a row."""
        self.table = table
        self.column = column
        self.row = row
        self.value = value

    @property
    def bits(self) -> int:
        """How many bits it has."""
        if isinstance(self.value, int):
            return INTEGER_BITS
        return 8 * len(self._bytes)

    @property
    def _bytes(self) -> bytes:
        if isinstance(self.value, str):
            return self.value.encode()
        return self.value if isinstance(self.value, bytes) else b""

    def flipped(self, bit: int) -> object:
        """The value with a bit flipped; None where that is no value of its type."""
        if isinstance(self.value, int):
            return self.value ^ 1 << bit
        data = bytearray(self._bytes)
        data[bit // 8] ^= 1 << bit % 8
        try:
            return data.decode() if isinstance(self.value, str) else bytes(data)
        except UnicodeDecodeError:
            return None


def looked(sees: Callable[[], bool]) -> bool | str:
    """Whether a change is seen; an error without a sentence is told as it is, and counts as lost."""
    try:
        return sees()
    except Exception as error:  # noqa: BLE001  # whatever it is, no user should be shown it
        return repr(error)


def columns_flipped(
    url: str, sees: Callable[[], bool], told: Callable[[], object], bits: range
) -> tuple[int, int, int, list[str]]:
    """Flip bits of all values in their order: detected or refused, without effect, beside the ledger, not seen.

    A bit of a time stamp is without effect where the same is told of it.
    """
    detected, idle, beside, unseen, before = 0, 0, 0, [], 0
    sound = told()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for value in [each for table in TABLES for each in _values(connection, f"chancery_{table}")]:
            for number in _within(bits, before, before + value.bits):
                taken = _put(connection, value, value.flipped(number - before))
                seen = not taken or looked(sees)
                if seen is True:
                    detected += 1
                elif seen:
                    unseen.append(f"{value.table}.{value.column}, bit {number - before} of {value.value!r}: {seen}")
                elif value.table == "chancery_stamp" and value.column == "data" and told() == sound:
                    idle += 1
                elif value.table in BESIDE or f"{value.table}.{value.column}" in BESIDE:
                    beside += 1
                else:
                    unseen.append(f"{value.table}.{value.column}, bit {number - before} of {value.value!r} is not seen")
                if taken and not _put(connection, value, value.value):
                    raise RuntimeError(f"{value.table}.{value.column} cannot be put back")
            before += value.bits
    return detected, idle, beside, unseen


def _within(bits: range, start: int, stop: int) -> range:
    """The numbers of a range from a start to a stop."""
    first = max(bits.start, bits.start + -((bits.start - start) // bits.step) * bits.step)
    return range(first, stop, bits.step)


def _values(connection: psycopg.Connection, table: str) -> Iterator[Value]:
    cursor = connection.execute(SQL("SELECT ctid::text, * FROM {} ORDER BY 2").format(Identifier(table)))
    names = [each.name for each in cursor.description or ()][1:]
    for place, *values in cursor.fetchall():
        row = Row(str(place))
        for name, value in zip(names, values, strict=True):
            if value is not None and name != "id":
                yield Value(table, name, row, value)


def _put(connection: psycopg.Connection, value: Value, data: object) -> bool:
    """Put a value in its row; False where PostgreSQL refuses it."""
    if data is None:
        return False
    sql = SQL("UPDATE {} SET {} = %s WHERE ctid = %s::tid RETURNING ctid::text")
    named = sql.format(Identifier(value.table), Identifier(value.column))
    try:
        found = connection.execute(named, (data, value.row.place)).fetchone()
    except psycopg.Error:
        return False
    if found is None:
        raise RuntimeError(f"{value.table}: the row {value.row.place} is gone")
    value.row.place = str(found[0])
    return True
