"""A ledger in memory: for tests, and for what need not outlast the process."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from threading import RLock
from typing import TYPE_CHECKING

import msgspec

from chancery.acts import act_of
from chancery.acts.registrar import EntrySealed, EntryShredded
from chancery.log.leaves import PUBLIC
from chancery.log.tree import Frontier, leaf_hash
from chancery.store.base import Kept, Row, Store, clock_behind, moments, other_payload, payload_of, refused, taken
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.acts import Act
    from chancery.store.base import Draft, Span
    from chancery.store.documents import Document
    from chancery.text.layout import Sheet


class Memory(Store):
    """A shelf that forgets when the process ends."""

    place = "memory"

    def __init__(self, origin: str = "memory") -> None:
        """Begin with nothing."""
        self._origin = origin
        self._lock = RLock()
        self._depth = 0
        self._forget()

    def _forget(self) -> None:
        self._rows: list[Row] = []
        self._names: dict[str, int] = {}
        self._requests: dict[str, tuple[bytes, Kept]] = {}
        self._frontier = Frontier()
        self._latest = ""
        self._checkpoints: list[tuple[int, bytes]] = []
        self._stamps: list[tuple[int, bytes]] = []
        self._roots: dict[int, list[bytes]] = {}
        self._documents: dict[str, Document] = {}
        self._sheets: list[Sheet] = []

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other thread away; on a fault everything is as it was."""
        with self._lock:
            before = None if self._depth else self._copied()
            self._depth += 1
            try:
                yield
            except BaseException:
                if before is not None:
                    self.__dict__.update(before)
                raise
            finally:
                self._depth -= 1 if before is None else self._depth

    def _copied(self) -> dict[str, object]:
        kept = ("_rows", "_names", "_requests", "_sheets", "_latest", "_checkpoints", "_stamps", "_roots", "_documents")
        edge = Frontier(self._frontier.size, self._frontier.peaks)
        return {**{name: copy(getattr(self, name)) for name in kept}, "_frontier": edge}

    def keep(self, drafts: Sequence[Draft], request: str | None = None, payload: bytes | None = None) -> Kept:
        """Keep entries, all or none."""
        with self.held():
            payload = payload or payload_of(drafts)
            if request is not None and (kept_before := self.asked(request, payload)) is not None:
                return kept_before
            earliest, newest = moments(drafts)
            if earliest < self._latest:
                raise clock_behind(self.place, self._latest)
            first = len(self._rows)
            for draft in drafts:
                self._keep(draft)
            self._latest = newest
            kept = Kept(first, len(drafts))
            if request is not None:
                self._requests[request] = payload, kept
            return kept

    def _keep(self, draft: Draft) -> None:
        seq = len(self._rows)
        if draft.name is not None and self._names.setdefault(draft.name, seq) != seq:
            raise taken(self.place)
        self._rows.append(Row(seq, draft.leaf, draft.name, draft.audience, draft.salt, draft.body))
        self._frontier.append(leaf_hash(draft.leaf))

    def asked(self, request: str, payload: bytes) -> Kept | None:
        """What a request came to that came before."""
        before, kept = self._requests.get(request, (payload, None))
        if before != payload:
            raise other_payload(self.place, request)
        return None if kept is None else msgspec.structs.replace(kept, fresh=False)

    def requests(self) -> list[tuple[int, int, str, bytes]]:
        """Every request with an id."""
        return [(kept.first, kept.count, name, payload) for name, (payload, kept) in self._requests.items()]

    def frontier(self) -> Frontier:
        """The edge of the tree."""
        return Frontier(self._frontier.size, self._frontier.peaks)

    @property
    def latest(self) -> str:
        """The moment of the last entry."""
        return self._latest

    def check(self) -> None:
        """Nothing guards what is in memory."""

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Entries in order."""
        return iter(self._rows[start:stop])

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The leaves in order."""
        return (row.leaf for row in self._rows[start:stop])

    def bodies(self, audiences: Sequence[str] | None, start: int = 0) -> list[bytes]:
        """The bodies that some audiences may read."""
        may = None if audiences is None else {PUBLIC, *audiences}
        found = self._rows[start:]
        return [row.body for row in found if row.body is not None and (may is None or row.audience in may)]

    def place_of(self, name: str) -> int | None:
        """The place of an entry or a source."""
        return self._names.get(name)

    def seal(self, seq: int, audience: str, by: int) -> None:
        """Keep a body for an audience."""
        act = self._act(seq, by)
        if not isinstance(act, EntrySealed) or act.audience != audience:
            raise unsaid(self.place)
        self._rows[seq] = msgspec.structs.replace(self._rows[seq], audience=audience, sealed=by)

    def shred(self, seq: int, by: int) -> None:
        """Destroy a body."""
        if not isinstance(self._act(seq, by), EntryShredded):
            raise unsaid(self.place)
        self._names.pop(self._rows[seq].name or "")
        self._rows[seq] = msgspec.structs.replace(self._rows[seq], name=None, salt=None, body=None, gone=by)

    def _act(self, seq: int, by: int) -> Act | None:
        """The act that seals or shreds, where it names the entry that it is about."""
        row, said = self._rows[seq], self._rows[by].body if by > seq else None
        act = act_of(msgspec.json.decode(said)) if said is not None else None
        return act if row.gone is None and getattr(act, "entry", None) == row.name else None

    def lay(self, sheets: Sequence[Sheet]) -> None:
        """Keep the layout."""
        self._sheets = list(sheets)

    def sheets(self) -> list[Sheet]:
        """The layout."""
        return list(self._sheets)

    def note(self, size: int, note: bytes) -> None:
        """Keep a checkpoint."""
        self._checkpoints.append((size, note))

    def checkpoints(self) -> list[tuple[int, bytes]]:
        """Every checkpoint."""
        return list(self._checkpoints)

    def stamp(self, size: int, data: bytes) -> None:
        """Keep a time stamp."""
        self._stamps.append((size, data))

    def stamps(self) -> list[tuple[int, bytes]]:
        """Every time stamp."""
        return list(self._stamps)

    def plant(self, tier: int, roots: Sequence[bytes]) -> None:
        """Keep the roots of subtrees."""
        self._roots[tier] = [*self._roots.get(tier, ()), *roots]

    def planted(self) -> dict[int, int]:
        """How many roots of each tier are kept."""
        return {tier: len(roots) for tier, roots in self._roots.items()}

    def roots(self, spans: Sequence[Span]) -> list[list[bytes]]:
        """The roots of subtrees."""
        return [self._roots.get(tier, [])[start:stop] for tier, start, stop in spans]

    def file(self, document: Document) -> None:
        """Keep a source's file."""
        self._documents.setdefault(document.digest, document)

    def document(self, digest: str) -> Document | None:
        """A source's file."""
        found = self._documents.get(digest)
        return None if found is None else found.verified()

    def digests(self) -> list[str]:
        """The digests of the files."""
        return list(self._documents)

    def close(self) -> None:
        """Keep everything: whoever holds the shelf may go on."""


def unsaid(place: str) -> Exception:
    """The refusal to seal or shred what no entry says is to be."""
    fault = phrase("no entry says that this body is to be sealed or shredded; record that first")
    return refused(place, "unsaid", fault)
