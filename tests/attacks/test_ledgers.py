"""Attacks on a ledger in a database and on what is exported of it: each is refused or found out in words of its own.

The attacker may write to the file, knows the program, and puts back the triggers that stood in the way.
"""

import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chancery.cli.main import chancery
from chancery.values import Instant
from tests.samples import base
from tests.unit.cli.ledgers import ISSUED, Typing, line, verified

PDF = b"%PDF-1.4\n%%EOF\n"
SOURCE = f"""
[[source]]
ref = "source:pdf"
standing = "press"
published = "2026-01-20"
digest = "{sha256(PDF).hexdigest()}"
"""


@pytest.fixture
def typing(tmp_path: Path) -> Typing:
    """Commands about a ledger in a file with a document, an entry that was shredded, and a checkpoint."""
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "record.toml").write_text(base(), "utf-8")
    (folder / "pdf.toml").write_text(SOURCE, "utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.pdf").write_bytes(PDF)
    made = Typing(f"sqlite:///{tmp_path}/ledger.db", tmp_path, tmp_path / "ledger.db.signed")
    made.told("load", folder, "--documents", tmp_path / "files")
    made.told("ledger", "append", "--request", "r1", piped=line(ISSUED, {**ISSUED, "id": "secret"}))
    made.told("ledger", "shred", made.place("secret"), "--reason", "Ordered.")
    made.told("ledger", "checkpoint")
    return made


@pytest.fixture
def copy(typing: Typing) -> Path:
    """An export of it."""
    typing.told("ledger", "export", typing.room / "out")
    assert verified(typing.room / "out").exit_code == 0
    return typing.room / "out"


def attacked(typing: Typing, *statements: str) -> Result:
    """What `verify` says after statements to which no trigger objected, and every trigger stands again."""
    with sqlite3.connect(typing.address.path) as connection:
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(sql).fetchall()
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, text in triggers:
            connection.execute(text)
    return verified(typing.url)


def test_putting_the_triggers_back_is_no_attack_by_itself(typing: Typing) -> None:
    assert attacked(typing).exit_code == 0


IN_THE_FILE = {
    "bring back what was shredded": (
        "UPDATE chancery_body SET body = '{}', salt = zeroblob(32), name = 'secret' WHERE gone IS NOT NULL",
        "was shredded, and its body is here again",
    ),
    "shred without an act": (
        "UPDATE chancery_body SET body = NULL, salt = NULL, name = NULL, gone = seq + 1 WHERE name = 'new'",
        "which does not say entry.shredded of it",
    ),
    "shred by a later act about another": (
        """UPDATE chancery_body SET body = NULL, salt = NULL, name = NULL,
        gone = (SELECT max(seq) FROM chancery_body) WHERE name = 'new'""",
        "which does not say entry.shredded of it",
    ),
    "seal without an act": (
        "UPDATE chancery_body SET audience = 'board', sealed = (SELECT max(seq) FROM chancery_body) WHERE name = 'new'",
        "which does not say entry.sealed of it",
    ),
    "shred by an act that is not there": (
        "UPDATE chancery_body SET body = NULL, salt = NULL, name = NULL, gone = 9999 WHERE name = 'new'",
        "which does not say entry.shredded of it",
    ),
    "swap a source's file": ("UPDATE chancery_document SET data = '%PDF-1.4 forged'", "was changed: its bytes have"),
    "file a time stamp of no checkpoint": (
        "INSERT INTO chancery_stamp VALUES (0, 99, x'00')",
        "the time stamp 0 is of 99 entries, and no checkpoint is",
    ),
    "file what is no time stamp": (
        "INSERT INTO chancery_stamp SELECT 0, size, x'00' FROM chancery_checkpoint LIMIT 1",
        "the time stamp 0: this is no time stamp",
    ),
    "spoil the layout": ("UPDATE chancery_stretch SET keys = '['", "cannot be read: Input data was truncated"),
    "give a document another type": (
        "UPDATE chancery_document SET type = 'text/html'",
        "is kept as text/html; its bytes show application/pdf",
    ),
    "set the clock of the head back": (
        "UPDATE chancery_head SET latest = '2020-01-01T00:00:00Z'",
        "the last entry at 2020-01-01T00:00:00Z, and the rows end at",
    ),
    "leave out a trigger": (
        "CREATE TRIGGER chancery_more AFTER INSERT ON chancery_entry BEGIN SELECT 1; END",
        "others",
    ),
}


@pytest.mark.parametrize("attack", IN_THE_FILE)
def test_who_can_write_to_the_database_is_found_out(typing: Typing, attack: str) -> None:
    statement, said = IN_THE_FILE[attack]
    ran = attacked(typing, statement)
    assert ran.exit_code == 1
    assert said in " ".join(ran.stdout.split())


def swapped(copy: Path) -> None:
    next((copy / "documents").iterdir()).write_bytes(PDF + b"forged")


def stranger(copy: Path) -> None:
    (copy / "documents" / "letter.pdf").write_bytes(PDF)


def linked(copy: Path) -> None:
    (copy / "documents" / ("0" * 64)).symlink_to("/etc/hostname")


def earlier(copy: Path) -> None:
    path = copy / "checkpoints" / "0"
    path.write_bytes(path.read_bytes().replace(b"\n\n", b"\nmore\n\n").replace(b"chancery-", b"chancerx-", 1))


def half(copy: Path) -> None:
    path = copy / "checkpoints" / "0"
    path.write_bytes(path.read_bytes()[:30])


def other_root(copy: Path) -> None:
    path = copy / "checkpoints" / "0"
    origin, size, _, rest = path.read_bytes().split(b"\n", 3)
    path.write_bytes(b"\n".join((origin, size, b"A" * 43 + b"=", rest)))


ON_THE_COPY: dict[str, tuple[Callable[[Path], None], str]] = {
    "swap a source's file": (swapped, "its bytes have the digest"),
    "file a document under a name": (stranger, "its bytes have the digest"),
    "point a document elsewhere": (linked, "is a link; a copy of a log holds its files itself"),
    "put in a checkpoint of another log": (earlier, "entries of chancerx-"),
    "leave half a checkpoint": (half, "a note is a text, an empty line, and signatures"),
    "put in a checkpoint with another root": (other_root, "the entries lead to"),
}


@pytest.mark.parametrize("attack", ON_THE_COPY)
def test_who_can_write_to_an_export_is_found_out(copy: Path, attack: str) -> None:
    does, said = ON_THE_COPY[attack]
    does(copy)
    ran = verified(copy)
    assert ran.exit_code == 1
    assert said in " ".join(ran.stdout.split())


@pytest.mark.parametrize("name", ["../escaped.toml", "/tmp/escaped.toml", "a/../../escaped.toml", ".hidden.toml", ""])  # noqa: S108
def test_a_layout_names_no_file_outside_the_folder_that_is_written(typing: Typing, name: str) -> None:
    attacked(typing, f"UPDATE chancery_stretch SET file = '{name}' WHERE file = 'pdf.toml'")  # noqa: S608  # an attack
    before = sorted(path.name for path in typing.room.iterdir())
    ran = typing("dump", typing.room / "dumped")
    assert ran.exit_code == 1
    assert "which is no file" in ran.stderr
    assert sorted(path.name for path in typing.room.iterdir()) == before


APPENDED: dict[str, tuple[dict[str, object], str]] = {
    "letters that look alike": ({**ISSUED, "id": "x", "body": "body:\u0445"}, "U+0445 (CYRILLIC SMALL LETTER HA)"),
    "the id of an entry that was shredded": ({**ISSUED, "id": "secret"}, "its id is not given again"),
    "the id of an entry that is there": ({**ISSUED, "id": "new"}, "the id new is given to an earlier entry too"),
    "a kind that is none": ({**ISSUED, "id": "x", "kind": "entry.deleted"}, "entry.deleted is no kind of act"),
}


@pytest.mark.parametrize("attack", APPENDED)
def test_what_is_appended_is_refused_in_words_of_its_own(typing: Typing, attack: str) -> None:
    entry, said = APPENDED[attack]
    before = typing.log()
    ran = typing.ledger("append", piped=line(entry))
    assert ran.exit_code == 1
    assert said in " ".join(ran.stderr.split())
    assert typing.log() == before


def test_a_request_id_does_not_count_for_something_else(typing: Typing) -> None:
    before = typing.log()
    ran = typing.ledger("append", "--request", "r1", piped=line({**ISSUED, "id": "other"}))
    assert ran.exit_code == 1
    assert "came before and asked for something else" in ran.stderr
    assert typing.log() == before


def test_nothing_is_backdated_by_a_clock_that_goes_back(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    before = typing.log()
    monkeypatch.setattr("chancery.cli.ledger.now", lambda: Instant.of("2026-01-01T00:00:00Z"))
    ran = typing.ledger("append", piped=line({**ISSUED, "id": "backdated"}))
    assert ran.exit_code == 1
    assert "set the clock right" in ran.stderr
    assert typing.log() == before


@pytest.mark.parametrize("url", ["sqlite:///../../../nowhere/l.db", "sqlite:////proc/self/mem"])
def test_an_address_of_no_ledger_is_refused(url: str) -> None:
    ran = CliRunner().invoke(chancery, ["verify", url])
    assert ran.exit_code == 1
    assert isinstance(ran.exception, SystemExit)
