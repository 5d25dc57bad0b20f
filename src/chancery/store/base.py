"""What every shelf of a ledger can do; memory, SQLite and PostgreSQL are held to it by one suite of tests."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from hashlib import sha256
from secrets import token_bytes
from typing import TYPE_CHECKING, Self, TypeAlias

from msgspec import Struct

from chancery.acts import data_of
from chancery.log.leaves import PUBLIC, SALT_LENGTH, commitment, header_of, written
from chancery.log.tree import Frontier
from chancery.store.obeying import obey
from chancery.text import Refused, act_toml
from chancery.text.loaded import unreadable
from chancery.values import Fault, canonical, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from chancery.acts import Act
    from chancery.store.documents import Document
    from chancery.text.layout import Sheet
    from chancery.values import Instant, Phrase

REGISTRAR = "registrar"
"""Who recorded an entry that does not say by whom."""

SEALED_ID = "sealed-"
"""How the public id of an entry begins whose own id only its audience may read."""


class Draft(Struct, frozen=True, gc=False):
    """An entry as it is to be kept: its leaf, and apart from it its name, its audience and its salted body."""

    name: str | None
    audience: str
    leaf: bytes
    salt: bytes
    body: bytes
    recorded: str


Span: TypeAlias = tuple[int, int, int]
"""A tier of kept roots, a place in it, and the place after the last."""


class Row(Struct, frozen=True, gc=False):
    """An entry as it is kept. ``sealed`` and ``gone`` are the places of the entries that sealed or shredded it."""

    seq: int
    leaf: bytes
    name: str | None
    audience: str
    salt: bytes | None
    body: bytes | None
    sealed: int | None = None
    gone: int | None = None


class Kept(Struct, frozen=True):
    """What an append came to: the place of the first entry and how many; not ``fresh`` where it had come before."""

    first: int
    count: int
    fresh: bool = True


class Store(ABC):
    """A ledger on a shelf: entries with their leaves in one order, their bodies apart, and the edge of the tree."""

    by: str = REGISTRAR
    """Who records what does not say so itself."""
    audience: str = PUBLIC
    """For whom entries are recorded."""

    @property
    @abstractmethod
    def place(self) -> str:
        """The address, as a reader would know it."""

    @property
    @abstractmethod
    def origin(self) -> str:
        """The name of the log, by which its checkpoints are known."""

    @abstractmethod
    def held(self) -> AbstractContextManager[None]:
        """Keep every other writer away; what is kept meanwhile is durable when the hold ends. Raises Refused."""

    @abstractmethod
    def keep(self, drafts: Sequence[Draft], request: str | None = None, payload: bytes | None = None) -> Kept:
        """Keep entries, all or none, and put them in the tree; a request id that came before counts once.

        The payload is what the request asked for, as a digest; without one it is made from the entries.

        It returns when they are durable, or at the end of the hold that it stands in. Raises Refused, OutcomeUnknown.
        """

    @abstractmethod
    def frontier(self) -> Frontier:
        """The edge of the tree as it is now."""

    @property
    @abstractmethod
    def latest(self) -> str:
        """The moment of the last entry, as the head keeps it; empty where there is none."""

    @abstractmethod
    def check(self) -> None:
        """See that what holds and guards the entries is as this version made it. Raises Fault."""

    @abstractmethod
    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Entries in order, from a place up to another."""

    @abstractmethod
    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The leaves in order, from a place up to another."""

    @abstractmethod
    def asked(self, request: str, payload: bytes) -> Kept | None:
        """What a request came to that came before. Raises Refused where it asked for something else."""

    @abstractmethod
    def requests(self) -> list[tuple[int, int, str, bytes]]:
        """Every request with an id: its first entry, how many there were, its id and its payload; in their order."""

    @abstractmethod
    def bodies(self, audiences: Sequence[str] | None, start: int = 0) -> list[bytes]:
        """The bodies in order that are public or meant for one of the audiences; None stands for every audience."""

    @abstractmethod
    def place_of(self, name: str) -> int | None:
        """The place of the entry with an id, or of the source with a ref."""

    @abstractmethod
    def seal(self, seq: int, audience: str, by: int) -> None:
        """Keep a body for an audience from now on, as the entry in the place ``by`` says. Raises Refused."""

    @abstractmethod
    def shred(self, seq: int, by: int) -> None:
        """Destroy a body and its salt for ever, as the entry in the place ``by`` says. Raises Refused."""

    @abstractmethod
    def lay(self, sheets: Sequence[Sheet]) -> None:
        """Keep the layout of the text that the entries were read from, in the place of what was kept before."""

    @abstractmethod
    def sheets(self) -> list[Sheet]:
        """The layout, file by file in their order."""

    @abstractmethod
    def note(self, size: int, note: bytes) -> None:
        """Keep a signed checkpoint of a size, after those before it."""

    @abstractmethod
    def checkpoints(self) -> list[tuple[int, bytes]]:
        """Every checkpoint that was kept with its size, the last one last."""

    @abstractmethod
    def stamp(self, size: int, data: bytes) -> None:
        """Keep a time stamp of the checkpoint of a size, after those before it."""

    @abstractmethod
    def stamps(self) -> list[tuple[int, bytes]]:
        """Every time stamp that was kept with the size of its checkpoint, the last one last."""

    @abstractmethod
    def plant(self, tier: int, roots: Sequence[bytes]) -> None:
        """Keep the roots of whole subtrees of 32^tier leaves, after those before them."""

    @abstractmethod
    def planted(self) -> dict[int, int]:
        """How many roots of each tier are kept."""

    @abstractmethod
    def roots(self, spans: Sequence[Span]) -> list[list[bytes]]:
        """The roots of several spans as they were kept, all asked for at once. Nobody has verified them."""

    @abstractmethod
    def file(self, document: Document) -> None:
        """Keep a source's file; one that is kept already is left as it is."""

    @abstractmethod
    def document(self, digest: str) -> Document | None:
        """A source's file by its digest, verified on reading. Raises Fault where it is not what was filed."""

    @abstractmethod
    def digests(self) -> list[str]:
        """The digests of the files that are kept, in the order in which they came."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def __enter__(self) -> Self:
        """Use the shelf for a while."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def form(self, act: Act) -> str:
        """An entry as it would be written out."""
        return act_toml(act)

    def append(self, act: Act) -> None:
        """Keep one more entry, as the desk stamped it. Raises Refused, Fault, OutcomeUnknown."""
        self.record([act])

    def record(self, acts: Sequence[Act], request: str | None = None, payload: bytes | None = None) -> Kept:
        """Keep entries as the desk stamped them, and do what they say of others.

        Raises Refused, Fault, OutcomeUnknown.
        """
        drafts = [self._drafted(act) for act in acts]
        with self.held():
            kept = self.keep(drafts, request, payload)
            for act in acts:
                obey(self, act)
        return kept

    def _drafted(self, act: Act) -> Draft:
        if act.recorded is None:
            raise ValueError("the desk stamps an entry before it is kept")
        by, body = act.by_officer or self.by, canonical(data_of(act))
        return drafted(body, name=act.id, kind=act.kind, recorded=act.recorded, by=by, audience=self.audience)


def drafted(  # noqa: PLR0913  # the fields of a header
    body: bytes,
    *,
    name: str,
    kind: str,
    recorded: Instant,
    by: str,
    audience: str = PUBLIC,
    salted: Callable[[int], bytes] = token_bytes,
) -> Draft:
    """An entry as it is to be kept, under a fresh salt. Raises Fault where its header cannot be."""
    salt = salted(SALT_LENGTH)
    commits = commitment(salt, body)
    public = name if audience == PUBLIC else SEALED_ID + commits[:32]
    header = header_of(commits, name=public, kind=kind, recorded=recorded, by=by, audience=audience)
    return Draft(name, audience, written(header), salt, body, recorded.utc)


def moments(drafts: Sequence[Draft]) -> tuple[str, str]:
    """The first and the last moment at which some entries are recorded; they are in order."""
    found = [draft.recorded for draft in drafts]
    if found != sorted(found):
        raise ValueError("entries are kept in the order in which they are recorded")
    return found[0], found[-1]


def payload_of(drafts: Sequence[Draft]) -> bytes:
    """What a request asked to keep, as a digest: the same asked again under fresh salts gives the same."""
    parts = [part for each in drafts for part in ((each.name or "").encode(), each.audience.encode(), each.body)]
    lengths = b"".join(len(part).to_bytes(8) for part in parts)
    return sha256(lengths + b"".join(parts)).digest()


@contextmanager
def refusals_as_faults() -> Iterator[None]:
    """Have what a database refuses told as a fault, where one step of several asks. Raises Fault."""
    try:
        yield
    except Refused as refused:
        raise Fault(refused.problem.phrase) from None


def refused(place: str, code: str, fault: Phrase) -> Refused:
    """A refusal of a shelf."""
    return Refused(unreadable(place, fault, code=code))


def taken(place: str) -> Refused:
    """The refusal of a name that another entry has."""
    return refused(place, "duplicate-id", phrase("an entry with this id is kept already; ids are unique in a ledger"))


def clock_behind(place: str, latest: str) -> Refused:
    """The refusal of an entry that would be recorded before one that is kept already."""
    fault = phrase("an entry was recorded at {latest} already, which is later; set the clock right", latest=latest)
    return refused(place, "clock-behind", fault)


def other_payload(place: str, request: str) -> Refused:
    """The refusal of a request id that came before with something else."""
    fault = phrase(
        "the request {request} came before and asked for something else; give it an id of its own", request=request
    )
    return refused(place, "request-reused", fault)
