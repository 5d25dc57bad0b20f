"""Every command that writes, and how the folder that it writes to is looked at afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.cli.verdicts import verified
from chancery.languages import Reader
from chancery.log.steps import Outcome
from chancery.store.opening import opened
from chancery.store.urls import address_of
from chancery.text import read_record
from faults.deeds import ACKS, appends, types
from faults.ledgers import (
    FAULTED,
    RECORD,
    SERVER,
    TEMPLATE,
    copied,
    faults_of,
    fresh,
    issued,
    lines,
    server_of,
    settled,
    typed,
    url_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MORE = """
[[act]]
id = "more"
kind = "invitation.issued"
party = "state:be"
body = "body:x"
cites = [{ source = "source:x" }]
"""
PDF = b"%PDF-1.4\n%%EOF\n"


class Deed(Struct, frozen=True):
    """A command on a folder. ``at_once``: all of it is there or nothing; ``again``: doing it again changes nothing."""

    name: str
    typed: tuple[str, ...]
    looks: Callable[[Path], object]
    at_once: bool = True
    again: bool = False
    broken: str = ""
    without: tuple[str, ...] = ()
    """Files of the template that are not there before."""
    does: Callable[..., None] = types

    def words(self, case: Path) -> tuple[str, ...]:
        """What is typed: @ stands for the folder, @database for its ledger."""
        signs, key = KEYED
        keyed = ("--key", key) if server_of(case) and signs & set(self.typed[:2]) else ()
        found = (*self.typed, *keyed) if keyed else self.typed
        return tuple(url_of(case) if word == DATABASE else word.replace("@", str(case)) for word in found)

    def given(self, case: Path) -> tuple[object, ...]:
        """What is given to whatever does it."""
        return self.words(case) if self.does is types else (case, 2, self.broken)

    def prepared(self, template: Path, case: Path) -> None:
        """Lay a fresh copy of the template."""
        fresh(template, case)
        for name in self.without:
            for path in case.glob(name):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def state(self, case: Path) -> object:
        """What is there, as far as this deed changes it."""
        try:
            return self.looks(case)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is no state that anybody wants
            return repr(error)

    def faults(self, case: Path) -> Iterator[str]:
        """What is wrong with the ledger of the folder."""
        acks, there = case / ACKS, server_of(case) is not None or (case / "ledger.db").exists()
        words = acks.read_text("utf-8").split() if acks.exists() else []
        if there and (self.at_once or words):
            yield from faults_of(address_of(url_of(case)), ("body", *words))


DATABASE = "@database"
KEYED = ({"checkpoint", "export", "prove", "rotate-key"}, "@/ledger.db.key")
"""What signs, and by which keys: beside a file they are found, for a server they are named."""


def ledger(case: Path) -> object:
    """What a ledger holds, but for what is drawn by lot: salts, and the moments of entries."""
    settled(case)
    with opened(address_of(url_of(case))) as store:
        rows = [(row.seq, row.name, row.audience, row.body is None, row.sealed, row.gone) for row in store.rows()]
        requests = store._run("SELECT first, count, request FROM chancery_request").fetchall()  # no door
        sizes = [size for size, _ in store.checkpoints()]
        return rows, requests, sizes, store.digests(), [sheet.name for sheet in store.sheets()]


def entries(case: Path) -> object:
    """The entries of a record in text."""
    read = read_record(case / "record")
    return [act.id for act in read.record.acts] if read.record is not None else read.problems


def verdict(name: str) -> Callable[[Path], object]:
    """Whether a copy or a receipt verifies, where it is there."""

    def looks(case: Path) -> object:
        path = case / name
        if not path.exists() or (path.is_dir() and not (path / "checkpoint").exists()):
            return "not there"
        steps = verified(str(path), None, None, Reader())
        return [str(step.code) for step in steps.all if step.outcome is Outcome.FAILED]

    return looks


def keys(case: Path) -> object:
    """How many keys a ledger signs by, and by how many acts they were changed."""
    rows = ledger(case)[0]  # type: ignore[index]  # the first part of a ledger
    rotations = [row[1] for row in rows if str(row[1]).startswith("key-rotated")]
    return len((case / "ledger.db.key").read_text("utf-8").split()), rotations


def begun_with_keys(case: Path) -> object:
    """A ledger, and whether it can sign."""
    return ledger(case), (case / "ledger.db.key").exists(), (case / "ledger.db.signed").exists()


DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "append",
            ("ledger", "append", "--request", "r1", "--database", DATABASE, "<", lines(issued("new"))),
            ledger,
            again=True,
        ),
        Deed("load more", ("load", "@/record-more", "--database", DATABASE), ledger, again=True),
        Deed(
            "load with documents",
            ("load", "@/record-pdf", "--documents", "@/documents", "--database", DATABASE),
            ledger,
            at_once=False,
            again=True,
        ),
        Deed(
            "seal", ("ledger", "seal", "4", "--audience", "board", "--reason", "Why.", "--database", DATABASE), ledger
        ),
        Deed("shred", ("ledger", "shred", "4", "--reason", "Why.", "--database", DATABASE), ledger),
        Deed("checkpoint", ("ledger", "checkpoint", "--database", DATABASE), ledger),
        Deed(
            "export", ("ledger", "export", "@/out", "--database", DATABASE), verdict("out"), at_once=False, again=True
        ),
        Deed(
            "prove",
            ("ledger", "prove", "2", "--out", "@/receipt", "--database", DATABASE),
            verdict("receipt"),
            again=True,
        ),
        Deed(
            "begin and load",
            ("load", "@/record", "--database", DATABASE),
            begun_with_keys,
            at_once=False,
            again=True,
            without=("ledger.db*",),
        ),
        Deed("rotate-key", ("ledger", "rotate-key", "--database", DATABASE), keys, at_once=False),
        Deed("backup", ("backup", "@/copy.db", "--database", DATABASE), verdict("copy.db"), without=("copy.db",)),
        Deed(
            "restore",
            ("restore", "@/copy.db", "--database", DATABASE),
            lambda case: (case / "ledger.db").exists() and ledger(case),
            without=("ledger.db",),
        ),
        Deed(
            "catch-up",
            ("ledger", "catch-up", "@/later", "--database", DATABASE),
            ledger,
            again=True,
            without=("ledger.db.signed",),
        ),
        Deed(
            "add to text",
            (
                "add",
                "@/record",
                "invitation.issued",
                "--id",
                "added",
                "--party",
                "state:be",
                "--body",
                "body:x",
                "--cites",
                "source:x",
            ),
            entries,
        ),
        Deed(
            "dump",
            ("dump", "@/dumped", "--force", "--database", DATABASE),
            lambda case: (case / "dumped").exists() and sorted(path.name for path in (case / "dumped").iterdir()),
            at_once=False,
            again=True,
        ),
    )
}


ON_A_SERVER = (
    "append", "load more", "load with documents", "seal", "shred", "checkpoint", "export", "prove", "rotate-key",
    "catch-up", "dump",
)  # fmt: skip
"""The deeds whose ledger may be on a server."""


def writer(broken: str = "") -> Deed:
    """Two appends by a process that notes what was acknowledged, on a build that may be broken."""
    return Deed("two appends", (), ledger, at_once=False, again=True, broken=broken, does=appends)


def template(folder: Path, server: str | None = None) -> Path:
    """A folder with a ledger, its keys, a checkpoint, a backup, a later export, and records in text.

    With a server the ledger is a database of it.
    """
    for name, text in (("record", RECORD), ("record-more", RECORD + MORE)):
        (folder / name).mkdir(parents=True)
        (folder / name / "record.toml").write_text(text, "utf-8")
    if server is not None:
        (folder / SERVER).write_text(server, "utf-8")
        copied(server, "template0", FAULTED)
    database, keyed = url_of(folder), ("--key", folder / "ledger.db.key")
    typed("ledger", "init", "--origin", "faults.example/log", *keyed, "--database", database)
    typed("load", folder / "record", "--database", database)
    _with_documents(folder)
    typed("ledger", "append", "--database", database, piped=lines(issued("one"), issued("two")))
    if server is not None:
        copied(server, FAULTED, TEMPLATE)
    else:
        typed("backup", folder / "copy.db", "--database", database)
    typed("ledger", "append", "--database", database, piped=lines(issued("later")))
    typed("ledger", "export", folder / "later", *keyed, "--database", database)
    if server is None:
        shutil.copy(folder / "copy.db", folder / "ledger.db")
    (folder / "ledger.db.signed").unlink()
    typed("ledger", "init", "--database", database, "--key", folder / "spare.key")
    return folder


def _with_documents(folder: Path) -> None:
    """A record whose source has a digest, and the file."""
    from hashlib import sha256  # noqa: PLC0415

    digest = sha256(PDF).hexdigest()
    more = f'\n[[source]]\nref = "source:pdf"\nstanding = "press"\npublished = "2026-01-20"\ndigest = "{digest}"\n'
    (folder / "record-pdf").mkdir()
    (folder / "record-pdf" / "record.toml").write_text(RECORD + more, "utf-8")
    (folder / "documents").mkdir()
    (folder / "documents" / "one.pdf").write_bytes(PDF)
