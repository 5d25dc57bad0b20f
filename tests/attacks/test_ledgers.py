"""Attacks on a ledger in a database and on what is exported of it: each is refused or found out in words of its own.

The attacker may write to the database, knows the program, makes the head fit, and puts back whatever stood in the way.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chancery.cli.main import chancery
from chancery.log.leaves import read
from chancery.log.tree import Frontier, leaf_hash
from chancery.store.base import Row, drafted
from chancery.store.opening import opened
from chancery.store.postgres import Postgres
from chancery.store.tables import Tables
from chancery.store.urls import Address
from chancery.text import Refused
from chancery.values import Instant
from tests.postgres import Cluster
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
def typing(tmp_path: Path, database: Address) -> Typing:
    """Commands about a ledger in each engine."""
    return begun(tmp_path, database)


def begun(tmp_path: Path, database: Address) -> Typing:
    """A ledger with a document, an entry that was shredded, and a checkpoint."""
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "record.toml").write_text(base(), "utf-8")
    (folder / "pdf.toml").write_text(SOURCE, "utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.pdf").write_bytes(PDF)
    joined = "&" if "?" in database.shown else "?"
    made = Typing(f"{database.shown}{joined}signed={tmp_path}/signed", tmp_path, tmp_path / "signed")
    made.told("ledger", "init", "--key", made.key)
    made.told("load", folder, "--documents", tmp_path / "files")
    made.told("ledger", "append", "--request", "r1", piped=line(ISSUED, {**ISSUED, "id": "secret"}))
    made.told("ledger", "shred", made.place("secret"), "--reason", "Ordered.")
    made.told("ledger", "checkpoint", "--key", made.key)
    return made


@pytest.fixture
def copy(typing: Typing) -> Path:
    """An export of it."""
    typing.told("ledger", "export", typing.room / "out", "--key", typing.key)
    assert verified(typing.room / "out").exit_code == 0
    return typing.room / "out"


def attacked(typing: Typing, *attacks: str | Callable[[Tables], None]) -> Result:
    """What `verify` says after attacks to which no trigger objected, and every trigger stands again."""
    with opened(typing.address) as store, unguarded(store):
        for attack in attacks:
            if isinstance(attack, str):
                store._run(attack)
            else:
                attack(store)
    return verified(typing.url)


CHECKS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'chancery_body'::regclass AND contype = 'c'
"""


@contextmanager
def unguarded(store: Tables) -> Iterator[None]:
    """A database whose triggers do not object for a while."""
    if isinstance(store, Postgres):
        store._run("SET session_replication_role = replica")
        ((name, text),) = store._run(CHECKS).fetchall()
        store._run(f"ALTER TABLE chancery_body DROP CONSTRAINT {name}")
        yield
        try:
            store._run(f"ALTER TABLE chancery_body ADD CONSTRAINT {name} {text}")
        except Refused:  # by what stands there now
            store._run(f"ALTER TABLE chancery_body ADD CONSTRAINT {name} {text} NOT VALID")
        return
    triggers = store._run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    store._run("PRAGMA ignore_check_constraints = ON")
    for name, _ in triggers:
        store._run(f"DROP TRIGGER {name}")
    yield
    for _, text in triggers:
        store._run(text)


def test_putting_the_triggers_back_is_no_attack_by_itself(typing: Typing) -> None:
    assert attacked(typing).exit_code == 0


def rewritten(change: Callable[[list[Row]], list[Row]]) -> Callable[[Tables], None]:
    """Write the whole history anew, with a head that fits it."""

    def attack(store: Tables) -> None:
        rows, edge = change(list(store.rows())), Frontier()
        store._run("DELETE FROM chancery_body")
        store._run("DELETE FROM chancery_entry")
        for seq, row in enumerate(rows):
            store._run("INSERT INTO chancery_entry VALUES (?, ?)", (seq, row.leaf))
            sql = "INSERT INTO chancery_body (seq, name, audience, salt, body, gone) VALUES (?, ?, ?, ?, ?, ?)"
            store._run(sql, (seq, row.name, row.audience, row.salt, row.body, row.gone))
            edge.append(leaf_hash(row.leaf))
        head = (edge.size, b"".join(edge.peaks), read(rows[-1].leaf).instant.utc)
        store._run("UPDATE chancery_head SET size = ?, peaks = ?, latest = ?", head)

    return attack


def other(row: Row, body: bytes, *, name: str | None = None, moment: str | None = None) -> Row:
    """An entry with another body, as if it had been recorded so."""
    header = read(row.leaf)
    recorded = header.instant if moment is None else Instant.of(moment)
    made = drafted(body, name=name or header.id, kind=header.kind, recorded=recorded, by=header.by)
    return Row(row.seq, made.leaf, made.name, made.audience, made.salt, made.body)


def edited(rows: list[Row]) -> list[Row]:
    return [*rows[:2], other(rows[2], (rows[2].body or b"").replace(b"2026", b"2025")), *rows[3:]]


def inserted(rows: list[Row]) -> list[Row]:
    return [*rows[:3], other(rows[2], rows[2].body or b"", name="invented"), *rows[3:]]


def backdated(rows: list[Row]) -> list[Row]:
    return [other(rows[0], rows[0].body or b"", moment="2020-01-01T00:00:00Z"), *rows[1:]]


LEAD = "entries the rows lead to"
HISTORIES: dict[str, tuple[Callable[[list[Row]], list[Row]], str]] = {
    "edit": (edited, LEAD),
    "delete": (lambda rows: [*rows[:2], *rows[3:]], "the checkpoint 0 is of"),
    "insert": (inserted, LEAD),
    "reorder": (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], LEAD),
    "truncate": (lambda rows: rows[:-1], "the checkpoint 0 is of"),
    "backdate": (backdated, LEAD),
}
"""Histories in the place of the one of which a checkpoint was signed."""


def another_trigger(store: Tables) -> None:
    if isinstance(store, Postgres):
        store._run("ALTER TABLE chancery_body DISABLE TRIGGER chancery_body_kept")
    else:
        store._run("CREATE TRIGGER chancery_more AFTER INSERT ON chancery_entry BEGIN SELECT 1; END")


IN_THE_DATABASE: dict[str, tuple[str | Callable[[Tables], None], str]] = {
    "bring back what was shredded": (
        "UPDATE chancery_body SET body = '{}', salt = '', name = 'secret' WHERE gone IS NOT NULL",
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
        "INSERT INTO chancery_stamp VALUES (0, 99, '0')",
        "the time stamp 0 is of 99 entries, and no checkpoint is",
    ),
    "file what is no time stamp": (
        "INSERT INTO chancery_stamp SELECT 0, size, '0' FROM chancery_checkpoint LIMIT 1",
        "the time stamp 0: this is no time stamp",
    ),
    "have a request count for entries that are not there": (
        "UPDATE chancery_request SET first = 9999",
        "the request 'r1' is of none",
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
    "put in another trigger": (another_trigger, "others"),
}


ON_THE_SERVER = {
    "append otherwise": "ALTER FUNCTION chancery_append SECURITY INVOKER",
    "refuse nothing": """CREATE OR REPLACE FUNCTION chancery_refuse() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN RETURN NEW; END'""",
    "take two entries of one name": "ALTER TABLE chancery_body DROP CONSTRAINT chancery_one_name",
    "throw entries away": "CREATE RULE away AS ON INSERT TO chancery_entry DO INSTEAD NOTHING",
    "do something besides": """CREATE TRIGGER besides BEFORE INSERT ON chancery_body
        FOR EACH ROW EXECUTE FUNCTION chancery_refuse()""",
}


@pytest.mark.parametrize("attack", ON_THE_SERVER)
def test_who_changes_what_guards_the_tables_on_a_server_is_found_out(
    tmp_path: Path, postgres: Address, attack: str
) -> None:
    ran = attacked(begun(tmp_path, postgres), ON_THE_SERVER[attack])
    assert ran.exit_code == 1
    assert "are others than those that this version makes" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("attack", HISTORIES)
def test_another_history_does_not_lead_to_the_checkpoint(typing: Typing, attack: str) -> None:
    change, said = HISTORIES[attack]
    ran = attacked(typing, rewritten(change))
    assert ran.exit_code == 1
    assert said in " ".join(ran.stdout.split())


@pytest.mark.parametrize("attack", IN_THE_DATABASE)
def test_who_can_write_to_the_database_is_found_out(typing: Typing, attack: str) -> None:
    statement, said = IN_THE_DATABASE[attack]
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
    path.write_bytes(path.read_bytes().replace(b"\n\n", b"\nmore\n\n").replace(b"test/", b"t3st/", 1))


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
    "put in a checkpoint of another log": (earlier, "entries of t3st/log"),
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


def test_a_second_head_is_told_in_words(sqlite: Address, tmp_path: Path) -> None:
    second = "INSERT INTO chancery_head SELECT 2, origin, size, latest, peaks FROM chancery_head"
    ran = attacked(begun(tmp_path, sqlite), second)
    assert ran.exit_code == 1
    assert "has no head, or several" in " ".join(ran.output.split())


OF_NO_TYPE = {
    "the size of the head": "UPDATE chancery_head SET size = 'many'",
    "its name": "UPDATE chancery_head SET origin = x'00'",
    "its last moment": "UPDATE chancery_head SET latest = x'00'",
    "the name of an entry": "UPDATE chancery_body SET name = x'ff' WHERE name = 'new'",
    "whom an entry is for": "UPDATE chancery_body SET audience = x'00' WHERE name = 'new'",
    "by what an entry was shredded": "UPDATE chancery_body SET gone = 'x' WHERE name = 'new'",
    "what was asked": "UPDATE chancery_request SET payload = 'x'",
    "the size of a time stamp": "INSERT INTO chancery_stamp VALUES (0, 'x', x'00')",
    "the type of a document": "UPDATE chancery_document SET type = x'00'",
    "a tier of roots": "INSERT INTO chancery_root VALUES ('x', 0, x'00')",
    "words of the layout": "UPDATE chancery_stretch SET text = x'00'",
    "the entries of a stretch": "UPDATE chancery_stretch SET keys = x'00'",
    "a version": "UPDATE django_migrations SET name = x'00' WHERE app = 'chancery'",
    "by what an entry was sealed": "UPDATE chancery_body SET sealed = 'x' WHERE name = 'new'",
    "the size of a checkpoint": "UPDATE chancery_checkpoint SET size = 'x'",
    "a file of the layout": "UPDATE chancery_stretch SET file = x'00' WHERE id = 1",
    "the digest of a document": "UPDATE chancery_document SET digest = x'00'",
}
"""SQLite keeps a value of any type in any column."""


@pytest.mark.parametrize("attack", OF_NO_TYPE)
def test_a_value_of_another_type_is_told_in_words(sqlite: Address, tmp_path: Path, attack: str) -> None:
    typing = begun(tmp_path, sqlite)
    ran = attacked(typing, OF_NO_TYPE[attack])
    assert ran.exit_code == 1
    assert isinstance(ran.exception, SystemExit)
    assert "is damaged: " in " ".join(ran.output.split())
    for words in (["show", "standing", typing.url], ["dump", f"{tmp_path}/out", "--database", typing.url]):
        assert isinstance(CliRunner().invoke(chancery, words).exception, SystemExit | None)


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


def old_copy(typing: Typing, request: pytest.FixtureRequest) -> Typing:
    """A copy of the database as it is now, beside the same memory of what was signed."""
    signed = f"signed={typing.room}/signed"
    if typing.address.engine == "sqlite":
        shutil.copy(typing.address.path, typing.room / "old.db")
        return Typing(f"sqlite:///{typing.room}/old.db?{signed}", typing.room, typing.memory)
    cluster: Cluster = request.getfixturevalue("cluster")
    name = typing.url.partition("@/")[2].partition("?")[0]
    return Typing(f"{cluster.url(cluster.database(name))}&{signed}", typing.room, typing.memory)


def test_an_old_copy_brought_back_is_not_written_to(typing: Typing, request: pytest.FixtureRequest) -> None:
    old = old_copy(typing, request)
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "later"}, {**ISSUED, "id": "last"}))
    typing.told("ledger", "checkpoint", "--key", typing.key)
    before = old.log()
    ran = old.ledger("append", piped=line({**ISSUED, "id": "otherwise"}))
    assert ran.exit_code == 1
    assert "is 2 entries behind" in ran.stderr
    assert old.log() == before


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
