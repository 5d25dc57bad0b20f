"""`chancery ledger`, `backup`, `restore`: on a file and on a server, by what a user types."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.log.rotation import Rotation, check_rotation
from chancery.store.opening import opened
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address
from chancery.values import Instant
from tests.postgres import Cluster
from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, trust_file, verified


def test_init_begins_a_ledger_once_and_prints_its_public_keys(tmp_path: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path / "new.db.signed")
    first, *keys = typing.told("ledger", "init", "--origin", "board.example/log").splitlines()
    assert first == f"board.example/log: 0 entries in {typing.url}."
    assert len(keys) == 2
    assert all(key.startswith("board.example/log+") for key in keys)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.db", "new.db.key", "new.db.signed"]
    assert typing.told("ledger", "init", "--origin", "other/log").splitlines() == [first]


def test_a_name_that_no_log_may_have_is_refused(tmp_path: Path) -> None:
    ran = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path).ledger("init", "--origin", "with space")
    assert ran.exit_code == 1
    assert not (tmp_path / "new.db").exists()


def test_a_file_has_no_roles(tmp_path: Path) -> None:
    ran = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path).ledger("init", "--role", "clerk")
    assert ran.exit_code == 1
    assert "no role clerk" in ran.stderr


def test_a_role_of_a_server_appends_and_reads(postgres: Address, cluster: Cluster, folder: Path) -> None:
    owner = Typing(postgres.shown, folder, folder)
    role = postgres.target.rpartition("/")[2].partition("?")[0] + "_clerk"
    cluster.run(f"CREATE ROLE {role} LOGIN")
    owner.told("ledger", "init", "--role", role)
    clerk = Typing(postgres.shown.replace("postgres@", f"{role}@"), folder, folder)
    clerk.told("load", folder)
    assert clerk.ledger("append", piped=line(ISSUED)).exit_code == 0


def test_entries_are_appended_all_or_none(typing: Typing) -> None:
    size = len(typing.log())
    told = typing.told("ledger", "append", piped=line(ISSUED, {**ISSUED, "id": "newer"}) + "\n")
    assert told == f"Recorded: 2 entries, from {size}; the ledger's size was {size + 2} then.\n"
    ran = typing.ledger("append", piped=line({**ISSUED, "id": "newest"}, ISSUED))
    assert ran.exit_code == 1
    assert "[new]" in ran.stderr
    assert len(typing.log()) == size + 2


def test_a_request_that_is_sent_again_counts_once(typing: Typing) -> None:
    size = len(typing.log())
    told = [typing.told("ledger", "append", "--request", "r1", piped=line(ISSUED)) for _ in range(2)]
    said = f"Recorded: 1 entry, at {size}; the ledger's size was {size + 1} then."
    assert told == [f"{said}\n", f"{said} The request came before, and counts once.\n"]
    other = typing.ledger("append", "--request", "r1", piped=line({**ISSUED, "id": "other"}))
    assert other.exit_code == 1
    assert "asked for something else" in other.stderr
    assert len(typing.log()) == size + 1


@pytest.mark.parametrize(
    ("piped", "said"),
    [
        ("", "there is no entry"),
        ("{\n", "-:1: "),
        (line(ISSUED) + "[]\n", "-:2: "),
        (line({"kind": "x"}), "is no kind of act"),
    ],
)
def test_what_is_no_entry_is_refused_at_its_line(typing: Typing, piped: str, said: str) -> None:
    size = len(typing.log())
    ran = typing.ledger("append", piped=piped)
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert len(typing.log()) == size


def test_the_log_shows_a_stretch_in_lines(typing: Typing) -> None:
    lines = typing.told("ledger", "log", "--from", 1, "--to", 3).splitlines()
    assert [each.split()[0] for each in lines] == ["1", "2"]
    assert lines[0].split()[2:] == ["source", "source:x", "recorded"]
    assert typing.told("ledger", "log", "--from", 1_000, "--to", 2_000) == ""


def test_an_export_is_verified_by_a_stranger(typing: Typing) -> None:
    keys = typing.key.read_text("utf-8")
    assert "PRIVATE" in keys
    out = typing.room / "out"
    assert typing.signing("export", out).exit_code == 0
    ran = verified(out)
    assert ran.exit_code == 0, ran.output
    assert "0 withheld" in ran.stdout
    assert "secret" not in "".join(path.name for path in out.rglob("*"))
    assert all(
        keys.split("+", 4)[4][:20] not in path.read_text("utf-8", "replace")
        for path in out.rglob("*")
        if path.is_file()
    )


def test_an_export_is_signed_by_the_keys_that_init_printed(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    trust = trust_file(tmp_path, typing.told("ledger", "init", "--origin", "test/log"))
    typing.told("load", folder)
    typing.told("ledger", "export", tmp_path / "out")
    for path in (tmp_path / "out", typing.url, tmp_path / "new.db"):
        ran = verified(path, "--trust", trust)
        assert ran.exit_code == 0, ran.output


def test_after_a_change_of_key_an_export_is_verified_from_the_old_key_alone(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    trust = trust_file(tmp_path, typing.told("ledger", "init", "--origin", "test/log"))
    typing.told("load", folder)
    for change in range(2):
        printed = typing.told("ledger", "rotate-key").split()
        size = len(typing.log())
        typing.told("ledger", "export", tmp_path / "out")
        for path in (tmp_path / "out", typing.url):
            ran = verified(path, "--trust", trust)
            assert ran.exit_code == 0, ran.output
            assert all(f"{key} ({size})" in ran.stdout for key in printed)
            assert ran.stdout.count("signed by the old key and the new") == 1, change
    typing.told("ledger", "prove", 1, "--out", tmp_path / "receipt")
    ran = verified(tmp_path / "receipt", "--trust", trust)
    assert ran.exit_code == 1
    assert "here the trust file has to name the new one too" in " ".join(ran.stdout.split())
    named = trust_file(tmp_path, "\n".join(printed), size)
    assert verified(tmp_path / "receipt", "--trust", named).exit_code == 0


def test_a_change_of_key_that_is_not_shown_is_not_followed(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    trust = trust_file(tmp_path, typing.told("ledger", "init", "--origin", "test/log"))
    typing.told("load", folder)
    typing.told("ledger", "rotate-key")
    typing.told("ledger", "shred", len(typing.log()) - 1, "--reason", "Why not.")
    typing.told("ledger", "shred", len(typing.log()) - 3, "--reason", "Why not.")
    typing.told("ledger", "export", tmp_path / "out")
    ran = verified(tmp_path / "out", "--trust", trust, "--format", "json")
    assert ran.exit_code == 1
    assert [each["step"] for each in json.loads(ran.stdout)["steps"] if each["outcome"] == "failed"] == [
        "log-signature",
        "checkpoints",
    ]
    assert verified(tmp_path / "out").exit_code == 0


def test_an_export_is_brought_up_to_date_and_no_other_folder_written_over(typing: Typing) -> None:
    out = typing.room / "out"
    typing.signing("export", out)
    typing.told("ledger", "append", piped=line(SECRET))
    typing.signing("export", out)
    assert b"Nobody may read this" in b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    typing.told("ledger", "shred", typing.place("secret-name"), "--reason", "Ordered by the court.")
    typing.signing("export", out)
    ran = verified(out)
    assert ran.exit_code == 0, ran.output
    assert "1 withheld" in ran.stdout
    assert b"Nobody may read this" not in b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    (typing.room / "taken").mkdir()
    (typing.room / "taken" / "file").touch()
    for taken in (typing.room / "taken", typing.key):
        ran = typing.signing("export", taken)
        assert ran.exit_code == 1
        assert "no export of a ledger" in ran.stderr


def test_an_export_of_another_log_is_not_written_over(typing: Typing, tmp_path: Path, folder: Path) -> None:
    typing.signing("export", typing.room / "out")
    for origin, said in (("other/log", "does not go on from"), ("test/log", "another ledger of the same name")):
        other = Typing(f"sqlite:///{tmp_path}/{origin.replace('/', '-')}.db", tmp_path, tmp_path)
        other.told("ledger", "init", "--origin", origin)
        other.told("load", folder)
        other.told("ledger", "append", piped=line(ISSUED))
        ran = other.ledger("export", typing.room / "out")
        assert ran.exit_code == 1
        assert said in ran.stderr


def test_a_receipt_proves_an_entry(typing: Typing) -> None:
    path = typing.room / "receipt.tlog-proof"
    assert typing.signing("prove", 1, "--out", path).exit_code == 0
    ran = verified(path)
    assert ran.exit_code == 0, ran.output
    assert "source:x" in ran.stdout
    ran = typing.signing("prove", 1_000, "--out", path)
    assert ran.exit_code == 1
    assert "there is no entry 1,000" in ran.stderr


def test_a_receipt_is_called_by_its_entry(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(typing.room)
    assert typing.signing("prove", 0).stdout.startswith("receipt-0.tlog-proof: entry 0 of ")
    assert (typing.room / "receipt-0.tlog-proof").is_file()


def test_without_a_key_the_last_checkpoint_is_taken(typing: Typing) -> None:
    ran = typing.ledger("export", typing.room / "out", "--key", typing.room / "none")
    assert ran.exit_code == 1
    assert "no key to sign with" in ran.stderr
    typing.signing("checkpoint")
    typing.told("ledger", "append", piped=line(ISSUED))
    assert typing.ledger("export", typing.room / "out", "--key", typing.room / "none").exit_code == 0
    assert len(typing.log()) == 1 + int((typing.room / "out" / "checkpoint").read_text("utf-8").splitlines()[1])


def test_what_is_sealed_is_read_by_its_audience(typing: Typing) -> None:
    typing.told("ledger", "append", piped=line(ISSUED))
    seq = typing.place("new")
    told = typing.told("ledger", "seal", seq, "--audience", "board", "--reason", "Not yet public.")
    assert told.startswith("Recorded as entry-sealed-new-")
    public = CliRunner().invoke(chancery, ["why", typing.url, "state:be"])
    board = CliRunner().invoke(chancery, ["why", f"{typing.url}&audience=board", "state:be"])
    assert public.exit_code == 1
    assert "new" in board.stdout
    row = typing.log()[seq]
    assert (row["audience"], row["sealed"]) == ("board", seq + 1)
    assert f"for board  sealed by {seq + 1}" in typing.told("ledger", "log", "--from", seq)


def test_what_is_recorded_for_an_audience_has_a_name_that_tells_nothing(typing: Typing) -> None:
    typing.told("ledger", "append", "--audience", "board", piped=line(SECRET))
    out = typing.room / "out"
    typing.signing("export", out)
    public = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"secret-name" not in public
    assert verified(out).exit_code == 0
    board = Typing(f"{typing.url}&audience=board", typing.room, typing.memory)
    board.key = typing.key
    board.signing("export", typing.room / "board")
    assert b"secret-name" in b"".join(
        path.read_bytes() for path in (typing.room / "board").rglob("*") if path.is_file()
    )


def test_what_is_shredded_is_gone_and_comes_back_by_no_door(typing: Typing, folder: Path) -> None:
    (folder / "more.toml").write_text(
        '[[act]]\nid = "new"\nkind = "statement.made"\ncites = [{ source = "source:x" }]\n', "utf-8"
    )
    typing.told("load", folder)
    seq = typing.place("new")
    typing.told("ledger", "shred", seq, "--reason", "Ordered by the court.")
    assert typing.log()[seq]["shredded"] == seq + 1
    again = typing("load", folder)
    assert again.exit_code == 1
    assert "more.toml:2: id: bar: [new] was shredded" in again.stderr
    assert "was shredded" in typing.ledger("append", piped=line(ISSUED)).stderr
    twice = typing.ledger("shred", seq, "--reason", "Again.")
    assert twice.exit_code == 1
    assert "was shredded already" in twice.stderr
    assert typing.ledger("seal", 0, "--audience", "board", "--reason", "Why.").exit_code == 1
    assert typing.ledger("shred", 1_000, "--reason", "Why.").exit_code == 1
    assert typing.ledger("seal", 2, "--audience", "NOT SO", "--reason", "Why.").exit_code == 1


def test_a_database_is_verified_row_by_row(typing: Typing) -> None:
    ran = verified(typing.url)
    assert ran.exit_code == 0, ran.output
    assert "none was signed yet" in ran.stdout
    assert "Who signed it was not checked" in ran.stdout
    typing.signing("checkpoint")
    typing.told("ledger", "append", piped=line(ISSUED))
    ran = verified(typing.url)
    assert ran.exit_code == 0, ran.output
    assert "1 checkpoint; 1 entry was recorded since the last" in ran.stdout


CHANGED = [
    (
        "UPDATE chancery_body SET body = replace(CAST(body AS TEXT), 'statement', 'statemens') WHERE name = 'earlier'",
        "rows",
    ),
    ("UPDATE chancery_body SET name = 'other' WHERE name = 'earlier'", "rows"),
    ("UPDATE chancery_body SET audience = 'board' WHERE name = 'earlier'", "rows"),
    ("UPDATE chancery_body SET salt = NULL, body = NULL, name = NULL, gone = 3 WHERE name = 'earlier'", "rows"),
    ("UPDATE chancery_body SET sealed = 3 WHERE name = 'earlier'", "rows"),
    ("UPDATE chancery_head SET latest = '2020-01-01T00:00:00Z'", "head"),
    ("SELECT 1", "guards"),
    ("DELETE FROM chancery_body WHERE name = 'earlier'", "rows"),
    ("UPDATE chancery_entry SET leaf = replace(CAST(leaf AS TEXT), 'registrar', 'registraR') WHERE seq = 2", "head"),
    ("UPDATE chancery_entry SET leaf = 'x' WHERE seq = 2", "rows"),
    ("DELETE FROM chancery_entry WHERE seq = 2", "rows"),
    ("UPDATE chancery_head SET size = size - 1", None),
    ("UPDATE chancery_head SET peaks = CAST(peaks || x'00' AS BLOB)", None),
    ("UPDATE chancery_checkpoint SET size = 1", "checkpoints"),
    ("UPDATE chancery_checkpoint SET note = 'x'", None),
    ("UPDATE chancery_head SET origin = 'other'", "checkpoints"),
    ("INSERT INTO chancery_document VALUES (0, 'd', 'text/plain', 'x')", "documents"),
]


@pytest.mark.parametrize(("statement", "step"), CHANGED)
def test_whoever_takes_the_triggers_away_is_found_out(
    sqlite: Address, folder: Path, tmp_path: Path, statement: str, step: str | None
) -> None:
    typing = Typing(sqlite.shown, tmp_path, tmp_path)
    typing.told("load", folder)
    typing.told("ledger", "init")
    typing.told("ledger", "checkpoint")
    with Sqlite(sqlite) as store:
        for (name,) in store._run("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            store._run(f"DROP TRIGGER {name}")
        store._run("PRAGMA ignore_check_constraints = ON")
        store._run(statement)
    ran = verified(sqlite.shown, "--format", "json")
    assert ran.exit_code == 1, ran.output
    if step is not None:
        failed = [each["step"] for each in json.loads(ran.stdout)["steps"] if each["outcome"] == "failed"]
        assert step in failed


def test_time_that_went_back_is_found_out(
    sqlite: Address, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing = Typing(sqlite.shown, tmp_path, tmp_path)
    typing.told("load", folder)
    with Sqlite(sqlite) as store:
        store._run("DROP TRIGGER chancery_head_update")
        store._run("UPDATE chancery_head SET latest = ''")
    monkeypatch.setattr("chancery.store.appending.Desk", lambda record, _, shelf: Desk(record, shelf))

    class Desk:
        def __init__(self, _: object, shelf: object) -> None:
            self.shelf = shelf

        def record(self, act: object) -> object:
            import msgspec  # noqa: PLC0415

            stamped = msgspec.structs.replace(act, recorded=Instant.of("2020-01-01T00:00:00Z"))  # type: ignore[type-var]
            self.shelf.append(stamped)  # type: ignore[attr-defined]
            return type("Examined", (), {"problems": ()})

    typing.told("ledger", "append", piped=line(ISSUED))
    ran = verified(typing.url)
    assert ran.exit_code == 1
    assert "recorded 2020-01-01T00:00:00Z, after one of" in ran.stdout


def test_keys_give_way_to_others_by_an_act_that_both_sign(typing: Typing) -> None:
    typing.signing("checkpoint")
    before = typing.key.read_text("utf-8")
    ran = typing.signing("rotate-key")
    assert ran.exit_code == 0, ran.output
    assert typing.key.read_text("utf-8") != before
    assert typing.key.with_name("log.key.old").read_text("utf-8") == before
    with opened(typing.address) as store:
        bodies = [json.loads(body) for body in store.bodies(None)[-2:]]
        size = store.frontier().size
    fields = ("origin", "size", "old", "new", "by_old", "by_new")
    for body, printed in zip(bodies, ran.stdout.split(), strict=True):
        _, new = check_rotation(Rotation(**{name: body[name] for name in fields}))
        assert (new.text, body["size"]) == (printed, size)
    assert typing.signing("checkpoint").exit_code == 0
    assert verified(typing.url).exit_code == 0
    none = typing.ledger("rotate-key", "--key", typing.room / "none")
    assert none.exit_code == 1


def test_nothing_is_signed_that_nothing_remembers(postgres: Address, tmp_path: Path) -> None:
    typing = Typing(postgres.shown, tmp_path, tmp_path)
    assert "+" not in typing.told("ledger", "init", "--key", typing.key)
    typing.key.write_text("", "utf-8")
    ran = typing.signing("checkpoint")
    assert ran.exit_code == 1
    assert "?signed=FILE" in ran.stderr


def test_the_files_of_sources_are_kept_by_their_digests_and_exported(typing: Typing, folder: Path) -> None:
    files = typing.room / "files"
    (files / "in").mkdir(parents=True)
    (files / "in" / "page.html").write_bytes(b"<html>The page</html>")
    (files / "other.txt").write_bytes(b"Of no source.")
    digest = sha256(b"<html>The page</html>").hexdigest()
    pages = "".join(
        f'[[source]]\nref = "source:{name}"\nstanding = "press"\ndigest = "{each}"\n'
        for name, each in (("page", digest), ("lost", "0" * 64))
    )
    (folder / "pages.toml").write_text(pages, "utf-8")
    for count in ("1 document", "0 documents"):
        told = typing.told("load", folder, "--documents", files).splitlines()[1]
        assert told == f"{count} filed. 1 file is of no source. 1 source has a digest and no file."
    typing.signing("export", typing.room / "out")
    assert (typing.room / "out" / "documents" / digest).read_bytes() == b"<html>The page</html>"
    assert verified(typing.url).stdout.count("1 document") == 1


def test_a_file_of_no_type_that_is_kept_is_named(typing: Typing, folder: Path) -> None:
    files = typing.room / "files"
    files.mkdir()
    (files / "tool.exe").write_bytes(b"MZ\x90\x00")
    ran = typing("load", folder, "--documents", files)
    assert ran.exit_code == 1
    assert "tool.exe: is of no type that is kept" in ran.stderr
