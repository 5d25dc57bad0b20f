"""The shelf: where a record is kept. Text, a file, memory and databases are held to this one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from chancery.values import phrase

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from chancery.acts import Act
    from chancery.values import Phrase


class OutcomeUnknown(Exception):
    """It cannot be told whether an entry was kept: nothing is acknowledged; look, or ask again with its request id."""

    def __init__(self, why: Phrase | str) -> None:
        """Say why."""
        self.phrase = phrase(
            "It was received, and nobody can tell whether it was recorded: {why}. Look whether it is there before you "
            "send it again; under a request id it counts once",
            why=why,
        )
        super().__init__(str(self.phrase))


class Shelf(Protocol):
    """Where a record is kept; an entry is kept whole or not at all, and what stands there is never changed."""

    @property
    def place(self) -> str:
        """Where entries go, as a reader would look for it: the path of a file, the address of a database."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """Keep every other writer away while the record is read and written. Raises Refused.

        What is appended meanwhile has been kept for good once the hold has ended without a fault.
        """
        ...

    def form(self, act: Act, /) -> str:
        """An entry as it would be written out."""
        ...

    def append(self, act: Act, /) -> None:
        """Keep one more entry. Raises Refused where it cannot be kept, OutcomeUnknown where nobody can tell."""
        ...
