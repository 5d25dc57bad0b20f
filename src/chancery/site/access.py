"""The one way by which a page gets at a register: the public record, folded for the reading of an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chancery.languages import Reader
from chancery.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from chancery.register import Reading, Register
    from chancery.site.addresses import Address
    from chancery.text import Loaded
    from chancery.values import Problem

MOST_READERS = 512
"""Readers that are kept, at the most: one for each language and reading."""


class Opened(NamedTuple):
    """A record as it was opened: its ledger, why it is refused if it is, a mark that changes when the record does."""

    ledger: Ledger | None
    problems: tuple[Problem, ...]
    mark: str


class Log(NamedTuple):
    """The log in which a record is kept: an entry's receipt, the last checkpoint's size and root, what it covers."""

    receipt: Callable[[str], bytes | None]
    checkpoint: Callable[[], tuple[int, str] | None]
    covers: Callable[[str], bool]


class Library:
    """Holds one public record open, and opens it again when it has changed."""

    def __init__(
        self, load: Callable[[], Loaded], mark: Callable[[], str], today: Callable[[], str], log: Log | None = None
    ) -> None:
        """``load`` reads the public record, ``mark`` tells cheaply whether it has changed, ``today`` is the clock.

        ``log`` proves entries, where the record is kept in one.
        """
        self.log = log
        self._load = load
        self._mark = mark
        self.today = today
        self._opened = self._open(mark())
        self._readers: dict[tuple[str, Reading], Reader] = {}

    @property
    def opened(self) -> Opened:
        """The record as it stands now. One that has become faulty is shown as it stood before, with its problems."""
        mark = self._mark()
        if mark != self._opened.mark:
            fresh = self._open(mark)
            ledger = fresh.ledger if fresh.ledger is not None else self._opened.ledger
            self._opened = Opened(ledger, fresh.problems, mark)
            self._readers.clear()
        return self._opened

    def _open(self, mark: str) -> Opened:
        loaded = self._load()
        return Opened(None if loaded.record is None else Ledger(loaded.record), loaded.bars, mark)

    @property
    def ledger(self) -> Ledger:
        """The ledger as it stands now. Raises LookupError where no sound record was ever opened."""
        ledger = self.opened.ledger
        if ledger is None:
            raise LookupError("the record cannot be read")
        return ledger

    def reading(self, address: Address) -> Reading:
        """The reading that an address asks for."""
        return address.reading(self.today())

    def register(self, address: Address) -> Register:
        """The register of an address's reading. Raises LookupError where no sound record was ever opened."""
        return self.ledger.as_of(self.reading(address))

    def reader(self, address: Address) -> Reader:
        """Who speaks an address's language with the names of its reading."""
        key = (address.lang, self.reading(address))
        found = self._readers.get(key)
        if found is None:
            if len(self._readers) >= MOST_READERS:
                self._readers.pop(next(iter(self._readers)))
            found = self._readers[key] = Reader(address.lang, self.register(address))
        return found
