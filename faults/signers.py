"""Signers: two of them, or a cloned machine, on one store; and one that is killed under those who ask it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING

from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.keys import SignerKey, Sort
from chancery.log.tree import Tree, leaf_hash
from chancery.log.witness import Request, Witness
from chancery.store.memories import FileMemory
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from faults.children import Child
from faults.deeds import asks, serves_signer
from faults.held import Control, Held, Suite
from faults.kills import ended, writers
from faults.ledgers import ORIGIN, begun, draft, faults_of, memory, room
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.store.urls import Address

CHANCE = 20260122
COSIGNS = SignerKey.of_seed("witness.example", Sort.COSIGNATURE, b"w" * 32)
LOG_KEY = SignerKey.of_seed(ORIGIN, Sort.ED25519, b"k" * 32)
WIDEST = 0.4
"""Seconds at most from one kill to the next."""
PATIENCE = 30.0
SHELVES = ("SQLite", "PostgreSQL")


class Machine:
    """A signer in a folder of its own: `chancery signer serve`, with the log's key and its own memory."""

    def __init__(self, folder: Path, address: Address) -> None:
        """Lay the key in the folder."""
        folder.mkdir()
        self.folder = folder
        self.socket = folder / "socket"
        self._address = address
        (folder / "key").write_text(f"{LOG_KEY.text}\n", "utf-8")
        (folder / "key").chmod(0o600)

    @property
    def remembered(self) -> int:
        """The size that it remembers to have signed."""
        known = FileMemory(self.folder / "memory").load(ORIGIN)
        return 0 if known is None else known.size

    def begin(self, broken: str = "") -> Child:
        """Begin it, and wait until it listens."""
        words = (
            "signer", "serve", "--key", str(self.folder / "key"), "--memory", str(self.folder / "memory"),
            "--database", self._address.shown, "--socket", str(self.socket),
        )  # fmt: skip
        first = () if (self.folder / "memory").exists() else ("--begin",)
        self.socket.unlink(missing_ok=True)
        child = Child(serves_signer, (broken, *words, *first), self.folder)
        child.release()
        until = monotonic() + PATIENCE
        while not self.socket.is_socket():
            if monotonic() > until:
                raise TimeoutError("the signer does not listen")
            sleep(0.005)
        return child

    def asking(self, seconds: float) -> Child:
        """Somebody who asks it again and again, and keeps what it signs in its folder."""
        scratch = self.folder / "asks"
        scratch.mkdir(exist_ok=True)
        child = Child(asks, (self._address.shown, self.socket, self.folder, seconds), scratch)
        child.release()
        return child

    def notes(self) -> list[SignedCheckpoint]:
        """What it signed."""
        return [SignedCheckpoint.of(path.read_bytes()) for path in sorted(self.folder.glob("*.checkpoint"))]


@contextmanager
def ledgers(shelf: str, count: int = 1) -> Iterator[tuple[Path, list[Address]]]:
    """A folder, and so many empty ledgers."""
    with room() as name:
        folder = Path(name)
        if shelf == "SQLite":
            folders = [folder / f"ledger{number}" for number in range(count)]
            for each in folders:
                each.mkdir()
            yield folder, [begun(each) for each in folders]
            return
        with Cluster(memory()) as cluster:
            addresses = [address_of(cluster.url(cluster.database())) for _ in range(count)]
            for address in addresses:
                begin(address, ORIGIN)
            yield folder, addresses


def two_signers(shelf: str, seconds: float, *, one_store: bool = True) -> tuple[int, list[str], int]:
    """Two machines with one key and a memory each sign while others write; gives checkpoints, and sizes of two roots.

    On one store that must never be; where each has a store of its own, it is what a witness finds out.
    """
    with ledgers(shelf, 1 if one_store else 2) as (folder, found):
        first, second = found[0], found[-1]
        (folder / "two").mkdir()
        children = writers(first.shown, folder, seconds, count=2)
        children += [] if one_store else writers(second.shown, folder / "two", seconds, count=2)
        machines = [Machine(folder / f"machine{number}", each) for number, each in enumerate((first, second))]
        serving = [machine.begin() for machine in machines]
        wrong = ended([*children, *(machine.asking(seconds) for machine in machines)])
        if not one_store:
            _levelled(first, second)
            wrong += ended([machine.asking(1.0) for machine in machines])
        for child in serving:
            child.kill()
        wrong += ended(serving)
        notes = [note for machine in machines for note in machine.notes()]
        if one_store:
            wrong += faults_of(first, ())
        return len(notes), [*wrong, *_two_roots(notes)], _refused_by_witness(notes, first)


def _levelled(*addresses: Address) -> None:
    """Append to ledgers until they are of one size."""
    with ExitStack() as stack:
        stores = [stack.enter_context(opened(each)) for each in addresses]
        most = max(store.frontier().size for store in stores)
        for store in stores:
            for number in range(most - store.frontier().size):
                store.keep([draft(f"more-{number}")])


def _two_roots(notes: list[SignedCheckpoint]) -> list[str]:
    roots: dict[int, set[bytes]] = {}
    for note in notes:
        roots.setdefault(note.checkpoint.size, set()).add(note.checkpoint.root)
    return [f"two roots were signed at {size}" for size, found in roots.items() if len(found) > 1]


def _refused_by_witness(notes: list[SignedCheckpoint], address: Address) -> int:
    """How many checkpoints a witness refuses that is shown them in the order of their sizes."""
    with room() as name:
        known = FileMemory(Path(name) / "state", begin=True)
        witness = Witness([COSIGNS], {ORIGIN: [LOG_KEY.verifier]}, known, lambda: 1)
        with opened(address) as store:
            tree = Tree(leaf_hash(leaf) for leaf in store.leaves())
        refused = 0
        for note in sorted(notes, key=lambda each: each.checkpoint.size):
            before = known.load(ORIGIN)
            size = 0 if before is None else before.size
            proof = tuple(tree.consistency(size, min(note.checkpoint.size, len(tree))))
            refused += witness.add_checkpoint(Request(size, proof, note).data).status != 200  # noqa: PLR2004
        return refused


def killed_signer(shelf: str, kills: int, broken: str = "") -> tuple[list[str], int]:
    """Kill a signer under those who ask; gives what it forgot or signed otherwise, and how many checkpoints it made."""
    chance = Random(CHANCE)  # noqa: S311  # chance that can be had again
    with ledgers(shelf) as (folder, (address,)):
        children, machine, wrong = (
            writers(address.shown, folder, 24 * 3600, count=2),
            Machine(folder / "one", address),
            [],
        )
        serving = machine.begin(broken)
        asking = machine.asking(24 * 3600)
        for number in range(kills):
            before, until = len(machine.notes()), monotonic() + PATIENCE
            while len(machine.notes()) == before and monotonic() < until:
                sleep(0.01)
            sleep(chance.uniform(0, WIDEST))
            serving.kill()
            wrong += ended([serving])
            signed = max(note.checkpoint.size for note in machine.notes())
            if machine.remembered < signed:
                wrong.append(f"kill {number}: it signed {signed} entries, and remembers {machine.remembered}")
            serving = machine.begin(broken)
        for child in (*children, asking, serving):
            child.kill()
        wrong += ended([*children, asking, serving])
        return [*wrong, *_two_roots(machine.notes()), *faults_of(address, ())], len(machine.notes())


BROKEN = "signed before it remembers"


def run(*, long: int) -> Iterator[Held]:
    """Let two machines sign, and kill a signer."""
    for shelf in SHELVES if long else ("PostgreSQL",):
        signed, wrong, _ = two_signers(shelf, 30 if long else 1)
        _, caught, refused = two_signers(shelf, 4 if long else 1, one_store=False)
        yield Held(
            "two signers, or a cloned machine, on one store", shelf, signed, "checkpoints", tuple(wrong),
            Control("a store each", len(caught)), f"Of the control's, a witness refused {refused}.",
        )  # fmt: skip
    for shelf in SHELVES if long else ("SQLite",):
        kills = 20 if long else 2
        wrong, count = killed_signer(shelf, kills)
        caught, _ = killed_signer(shelf, 3 if long else 1, BROKEN)
        yield Held(
            "kill -9 of the signer", shelf, kills, "kills", tuple(wrong), Control(BROKEN, len(caught)),
            f"{count:,} checkpoints signed.",
        )  # fmt: skip


NOTES = """
Two machines, each with the same key, a memory of its own and `chancery signer serve`, are asked for checkpoints of
one store while others write: no size may have two roots. Where each has a store of its own, as after a split, they do
sign two, which is what witnesses are for. A signer that is killed while it is asked has to remember, when it comes
back, whatever it had given out.
"""

SUITE = Suite("Signers", " ".join(NOTES.split()), run)
