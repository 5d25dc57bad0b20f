"""What is done while a fault strikes: commands as a user types them, and writers that note what was acknowledged."""

from __future__ import annotations

import io
import os
import resource
import sys
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import TYPE_CHECKING

import msgspec

from chancery.acts import act_of
from chancery.cli.disk import flushed
from chancery.cli.main import chancery
from chancery.cli.signing import Means, sign
from chancery.cli.verdicts import verified
from chancery.desk import OutcomeUnknown
from chancery.languages import Reader
from chancery.log.memory import Remembered
from chancery.log.steps import Outcome
from chancery.log.tree import Tree, leaf_hash
from chancery.store.memories import FileMemory
from chancery.store.opening import opened
from chancery.store.urls import address_of
from chancery.text import Refused, Shelf, act_toml
from chancery.values import Fault, Instant
from faults.ledgers import NOW, ORIGIN, draft, issued, url_of

if TYPE_CHECKING:
    from chancery.store.tables import Tables

PAUSE = 0.003
"""Seconds from an answer to its note: whoever is killed in between asks again for what was kept."""
ACKS = "acks"
"""The file in which a writer notes what was acknowledged."""


def types(*words: str) -> None:
    """Type a command; what follows a word `<` is piped in."""
    if "<" in words:
        at = words.index("<")
        words, piped = words[:at], words[at + 1]
        sys.stdin = io.TextIOWrapper(io.BytesIO(piped.encode()))
    chancery.main(args=list(words), prog_name="chancery")


def types_within(most: int, *words: str) -> None:
    """Type a command while no file may grow beyond a size."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    types(*words)


def writes_in_place(most: int, path: Path) -> None:
    """Append to a record where it stands, as no shelf does, while no file may grow beyond a size."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    with path.open("ab", buffering=0) as file:
        file.write(("\n" + act_toml(act_of(issued("added")))).encode())


def types_at(away: int, *words: str) -> None:
    """Type a command by a clock that is so many seconds away from the right one."""
    import chancery.cli.add  # noqa: PLC0415

    now = chancery.cli.add.now
    for module in list(sys.modules.values()):
        if getattr(module, "now", None) is now:
            module.now = lambda: Instant(now().seconds + away)  # type: ignore[attr-defined]
    types(*words)


def noted(path: Path, word: str) -> None:
    """Note a word in a file beside the ledger, in one write."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{word}\n".encode())
    os.close(handle)


def spoiled(store: Tables, broken: str) -> None:
    """Break a shelf on purpose: what is broken, in a word; nothing where that is empty."""
    if broken == "no fsync":
        store._run("PRAGMA synchronous=OFF")
    elif broken == "synchronous FULL":
        store._run("PRAGMA synchronous=FULL")
    elif broken == "acknowledged before commit":
        commit, begin = store._commit, store._begin

        def late() -> None:
            if store._late:  # type: ignore[attr-defined]
                commit()
            begin()
            store._late = True  # type: ignore[attr-defined]

        store._late = False  # type: ignore[attr-defined]
        store._begin, store._commit = late, lambda: None  # type: ignore[method-assign]
    elif broken == "synchronous_commit off":
        store._run("SET synchronous_commit = off")


def kept(store: Tables, name: str, broken: str) -> None:
    """Keep an entry under a request of its own; without a unique key neither name nor request is held to be one."""
    if broken == "no unique key":
        store.keep([msgspec.structs.replace(draft(name), name=None)])
    else:
        store.keep([draft(name)], name)


def appends(folder: Path, count: int, broken: str = "") -> None:
    """Append entries to a ledger, one after another, and note each that is acknowledged; end with 1 where refused."""
    try:
        with opened(address_of(url_of(folder))) as store:
            spoiled(store, broken)
            for number in range(count):
                kept(store, f"e{number}", broken)
                noted(folder / ACKS, f"e{number}")
    except (Refused, OutcomeUnknown, OSError) as fault:  # its notes may fail too
        sys.stderr.write(f"{fault}\n")
        sys.exit(1)


def writes(url: str, acks: Path, writer: int, seconds: float, broken: str = "") -> None:
    """Append to a ledger for a while, whatever happens to it; what is not acknowledged is asked again, by its id.

    Each entry that is acknowledged is noted with the moment. Whoever was killed goes on where it was.
    """
    number = len(acks.read_text("utf-8").splitlines()) if acks.exists() else 0
    until, store = monotonic() + seconds, None
    while monotonic() < until:
        name = f"w{writer}-{number}"
        try:
            if store is None:
                store = opened(address_of(url))
                spoiled(store, broken)
            kept(store, name, broken)
        except (Refused, OutcomeUnknown):
            store = store.close() if store is not None else None
            sleep(0.05)
        else:
            sleep(PAUSE)
            noted(acks, f"{name} {monotonic()}")
            number += 1


def reads(url: str, notes: Path, seconds: float, broken: str = "") -> None:
    """Read a ledger for a while; note each reading, and every hole, every step back and every wrong root in it."""
    until, seen = monotonic() + seconds, 0
    with opened(address_of(url)) as store:
        while monotonic() < until:
            edge = store.frontier()
            leaves = list(store.leaves(0, edge.size))
            if broken == "a hole":
                leaves = [*leaves[:1], *leaves[2:]]
            tree = Tree(map(leaf_hash, leaves))
            if len(leaves) != edge.size or edge.size < seen or tree.root() != edge.root():
                noted(notes, f"hole: {len(leaves)} of {edge.size}, after {seen}")
            seen = edge.size
            noted(notes, "read")


def verifies(url: str, notes: Path, seconds: float) -> None:
    """Verify a ledger again and again; note each time, and whatever is said to be wrong while others write."""
    until = monotonic() + seconds
    while monotonic() < until:
        steps = verified(url, None, None, Reader())
        for step in steps.all:
            if step.outcome is Outcome.FAILED:
                noted(notes, f"hole: verify says {step.code}: {step.found}")
        noted(notes, "read")


def appends_text(folder: Path, count: int, broken: str = "") -> None:
    """Append entries to a record in text, and note each that is acknowledged."""
    shelf = Shelf(folder / "record", (lambda _: None) if broken else flushed)
    for number in range(count):
        with shelf.held():
            shelf.append(msgspec.structs.replace(act_of(issued(f"e{number}")), recorded=NOW))
        noted(folder / ACKS, f"e{number}")


def swaps(folder: Path, count: int, broken: str = "") -> None:
    """Remember checkpoints as a signer does, and note each that it could sign then."""
    memory, before = FileMemory(folder / "signed"), None
    if broken:
        FileMemory._settle = lambda _, file: file.execute("PRAGMA synchronous = OFF")  # type: ignore[method-assign, assignment]
    for number in range(1, count + 1):
        after = Remembered(number, bytes([number]) * 32, number)
        if memory.swap(ORIGIN, before, after):
            noted(folder / ACKS, str(number))
        before = after


def serves_signer(broken: str, *words: str) -> None:
    """Sign for whoever asks; a build that is broken answers first, and remembers a little later."""
    if broken:
        swap = FileMemory.swap

        def late(self: FileMemory, *said: object) -> bool:
            Timer(0.3, swap, (self, *said)).start()
            return True

        FileMemory.swap = late  # type: ignore[method-assign]
    types(*words)


def asks(url: str, socket: Path, folder: Path, seconds: float) -> None:
    """Have a signer sign a ledger again and again, and keep what it signed; what it refuses is asked again."""
    until, address = monotonic() + seconds, address_of(url)
    with opened(address) as store:
        while monotonic() < until:
            try:
                signed = sign(store, Means(address, signer=socket))
            except (Fault, Refused):
                sleep(0.01)
            else:
                path = folder / f"{signed.checkpoint.size:09}.checkpoint"
                path.with_suffix(".new").write_bytes(signed.data)
                path.with_suffix(".new").replace(path)
