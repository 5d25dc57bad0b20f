"""A log made for tests: entries, keys, witnesses, a trust file, an export and receipts, from a few plain functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from chancery.log.bodies import Opened
from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import sign
from chancery.log.keys import SignerKey, Sort
from chancery.log.leaves import commitment, header_of, written
from chancery.log.memory import Remembered
from chancery.log.receipts import Receipt
from chancery.log.tiles import contents
from chancery.log.tree import Tree, inclusion_root, leaf_hash
from chancery.values import Fault, Instant, canonical

ORIGIN = "board.example/log"
TIME = 1_769_500_000
START = Instant.of("2026-01-22T12:00:00Z").seconds

LOG_KEY = SignerKey.of_seed(ORIGIN, Sort.ED25519, b"l" * 32)
QUANTUM_KEY = SignerKey.of_seed(ORIGIN, Sort.ML_DSA_44, b"m" * 32)
STRANGER = SignerKey.of_seed(ORIGIN, Sort.ED25519, b"s" * 32)
WITNESS_A = SignerKey.of_seed("a.example/witness", Sort.COSIGNATURE, b"a" * 32)
WITNESS_B = SignerKey.of_seed("b.example/witness", Sort.ML_DSA_44, b"b" * 32)
SIGNERS = (LOG_KEY, QUANTUM_KEY, WITNESS_A, WITNESS_B)

TRUST = f"""
[log]
origin = "{ORIGIN}"

[[log.keys]]
key = "{LOG_KEY.verifier.text}"

[[log.keys]]
key = "{QUANTUM_KEY.verifier.text}"

[quorum]
organisations = 2

[[witnesses]]
organisation = "State A"
keys = ["{WITNESS_A.verifier.text}"]

[[witnesses]]
organisation = "Institute B"
keys = ["{WITNESS_B.verifier.text}"]
"""


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that a leaf's hash stands at an index of the tree with a size and a root."""
    try:
        return inclusion_root(leaf, index, size, proof) == root
    except Fault:
        return False


def body_of(name: str, **more: object) -> bytes:
    """An act's canonical bytes, as far as the log looks at them."""
    return canonical({"id": name, "kind": "invitation.issued", **more})


def salt_of(name: str) -> bytes:
    return sha256(name.encode()).digest()


@dataclass(frozen=True)
class Item:
    """An entry as a test makes it: what is hashed, and what is shown of it."""

    leaf: bytes
    opened: Opened | None

    @classmethod
    def of(cls, name: str, at: int = 0, *, audience: str = "public", shown: bool = True, **more: object) -> "Item":
        """An entry by its name, recorded so many seconds after the first."""
        opened = Opened(salt_of(name), body_of(name, **more))
        header = header_of(
            commitment(opened.salt, opened.body),
            name=name,
            kind="invitation.issued",
            recorded=Instant(START + at),
            by="office:registrar",
            audience=audience,
        )
        return cls(written(header), opened if shown else None)


def items(count: int) -> list[Item]:
    return [Item.of(f"entry-{at}", at) for at in range(count)]


@dataclass
class Log:
    """A log over items, signed by keys."""

    items: list[Item]
    signers: tuple[SignerKey, ...] = SIGNERS
    origin: str = ORIGIN
    tree: Tree = field(init=False)
    heads: dict[tuple[int, int], SignedCheckpoint] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = Tree(leaf_hash(item.leaf) for item in self.items)

    def head(self, size: int | None = None, time: int = TIME) -> SignedCheckpoint:
        """The signed checkpoint, now or at an earlier size."""
        at = len(self.items) if size is None else size
        if (at, time) not in self.heads:  # ML-DSA-44 signs otherwise each time
            checkpoint = Checkpoint(self.origin, at, self.tree.root(at))
            signatures = (sign(checkpoint, key, time) for key in self.signers)
            self.heads[at, time] = SignedCheckpoint.made(checkpoint, *signatures)
        return self.heads[at, time]

    def leaves(self, start: int, stop: int) -> list[bytes]:
        return [item.leaf for item in self.items[start:stop]]

    def bodies(self, start: int, stop: int) -> list[Opened | None]:
        return [item.opened for item in self.items[start:stop]]

    def files(self) -> dict[str, bytes]:
        """The export."""
        tiles = contents(len(self.items), self.tree.node, self.leaves, self.bodies)
        return {"checkpoint": self.head().data, **dict(tiles)}

    def receipt(self, index: int, size: int | None = None) -> Receipt:
        """The receipt of an entry, now or at an earlier size."""
        item = self.items[index]
        return Receipt(item.leaf, index, tuple(self.tree.inclusion(index, size)), self.head(size), item.opened)


class InMind:
    """A memory in memory; a test may let somebody else change it just before a swap."""

    def __init__(self) -> None:
        self.heads: dict[str, Remembered] = {}
        self.before_swap: Callable[[], None] = lambda: None

    def load(self, origin: str, /) -> Remembered | None:
        return self.heads.get(origin)

    def swap(self, origin: str, before: Remembered | None, after: Remembered, /) -> bool:
        self.before_swap()
        if self.heads.get(origin) != before:
            return False
        self.heads[origin] = after
        return True


class Held:
    """Files in memory, as a copy of a log."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def read(self, name: str, /) -> bytes | None:
        return self.files.get(name)

    def names(self) -> Iterable[str]:
        return self.files


def laid(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Files, laid into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
