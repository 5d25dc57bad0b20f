"""A database wherever a record is: loaded, shown, added to, dumped."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chancery.cli.main import chancery
from chancery.desk import OutcomeUnknown
from chancery.store.sqlite import Sqlite
from chancery.store.urls import address_of
from chancery.text import read_record
from tests.samples import base

ISSUED = ("--party", "state:be", "--body", "body:x", "--effective", "2026-01-16", "--cites", "source:x")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    (made / "record.toml").write_text("# Kept.\n" + base(), "utf-8")
    return made


@pytest.fixture
def url(folder: Path) -> str:
    address = f"sqlite:///{folder.parent}/ledger.db"
    assert typed("load", folder, "--database", address).exit_code == 0
    return address


def typed(*words: object) -> Result:
    return CliRunner().invoke(chancery, list(map(str, words)))


def test_a_record_is_loaded_once_and_what_is_new_after(folder: Path, url: str) -> None:
    count = len(read_record(folder).record.acts) + 2  # type: ignore[union-attr]  # it is sound
    again = typed("load", folder, "--database", url)
    assert again.stdout == f"0 recorded, {count} in {url}. 0 recorded entries do not stand in the text.\n"
    typed("add", folder, "invitation.issued", *ISSUED)
    assert typed("load", folder, "--database", url).stdout.startswith(f"1 recorded, {count + 1} in")


def test_a_record_that_is_barred_is_not_loaded(folder: Path) -> None:
    (folder / "more.toml").write_text("[[act]]\n", "utf-8")
    ran = typed("load", folder, "--database", f"sqlite:///{folder.parent}/none.db")
    assert ran.exit_code == 1
    assert "more.toml:1" in ran.stderr
    assert not (folder.parent / "none.db").exists()


def test_a_changed_entry_is_refused_with_the_correction_to_record(folder: Path, url: str) -> None:
    text = (folder / "record.toml").read_text("utf-8")
    (folder / "record.toml").write_text(text.replace("2026-01-10", "2026-01-11"), "utf-8")
    ran = typed("load", folder, "--database", url)
    assert ran.exit_code == 1
    assert "record.toml:13: effective: bar: [earlier] is changed in effective" in ran.stderr
    assert 'replaces = "earlier"' in ran.stderr
    assert 'effective = "2026-01-11"' in ran.stderr


def test_a_database_is_shown_as_its_record_is(folder: Path, url: str) -> None:
    typed("add", folder, "invitation.issued", *ISSUED)
    typed("load", folder, "--database", url)
    for asked in (["show", "standing"], ["show", "bodies"], ["check"]):
        of_text, of_database = typed(*asked, folder), typed(*asked, url)
        assert of_database.exit_code == 0, of_database.output
        assert of_database.stdout == of_text.stdout
    shown = json.loads(typed("show", "standing", url, "--format", "json").stdout)
    assert shown["record"] == url
    assert typed("why", url, "state:be").stdout == typed("why", folder, "state:be").stdout
    days = ("--from", "2026-01-01", "--to", "2026-02-01")
    assert typed("diff", url, *days).stdout == typed("diff", folder, *days).stdout


def test_an_entry_is_added_to_a_database_through_the_desk(url: str) -> None:
    ran = typed("add", url, "invitation.issued", *ISSUED)
    said = f"Recorded as invitation-issued-be-2026-01-16 in {url}; its size is "
    assert ran.stdout == f"{said}{len(typed('ledger', 'log', '--database', url).stdout.splitlines())} now.\n"
    assert "invitation-issued-be-2026-01-16" in typed("why", url, "state:be", "--format", "json").stdout
    barred = typed("add", url, "invitation.issued", *ISSUED, "--replaces", "never")
    assert barred.exit_code == 1
    assert "no entry has the id never" in barred.stderr


def test_a_dry_run_writes_nothing(url: str) -> None:
    assert typed("add", url, "invitation.issued", *ISSUED, "--dry-run").stdout.startswith("[[act]]\n")
    assert "Nothing on record" in typed("why", url, "state:be").stderr


def test_a_database_has_no_files_to_add_to(url: str) -> None:
    ran = typed("add", url, "invitation.issued", *ISSUED, "--file", "more.toml")
    assert ran.exit_code == 1
    assert "a database has no files" in ran.stderr


def test_a_database_is_dumped_byte_for_byte(folder: Path, url: str, tmp_path: Path) -> None:
    typed("add", url, "invitation.issued", *ISSUED)
    ran = typed("dump", "--database", url, tmp_path / "out")
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "out" / "record.toml").read_bytes() == (folder / "record.toml").read_bytes()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["additions.toml", "record.toml"]
    assert "is there already" in typed("dump", "--database", url, tmp_path / "out").stderr
    (tmp_path / "out" / "strange.toml").write_text("", "utf-8")
    assert "strange.toml" in typed("dump", "--database", url, tmp_path / "out", "--force").stderr


def test_entries_in_another_order_than_they_were_recorded_are_dumped(folder: Path, url: str, tmp_path: Path) -> None:
    early = '[[act]]\nid = "early"\nkind = "statement.made"\ncites = [{ source = "source:x" }]\n\n'
    text = (folder / "record.toml").read_text("utf-8")
    (folder / "record.toml").write_text(text.replace("[[act]]\n", early + "[[act]]\n", 1), "utf-8")
    assert typed("load", folder, "--database", url).exit_code == 0
    assert typed("dump", "--database", url, tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "record.toml").read_bytes() == (folder / "record.toml").read_bytes()


def test_a_layout_that_says_otherwise_than_the_ledger_is_not_dumped(url: str, tmp_path: Path) -> None:
    with Sqlite(address_of(url)) as store:
        store._run("UPDATE chancery_stretch SET text = replace(text, '2026-01-10', '2026-01-11')")
    ran = typed("dump", "--database", url, tmp_path / "out")
    assert ran.exit_code == 1
    assert "earlier" in ran.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["all.jsonl", "one.toml", "folder"])
def test_a_database_is_converted_to_any_form(folder: Path, url: str, tmp_path: Path, name: str) -> None:
    ran = typed("convert", url, tmp_path / name)
    assert ran.exit_code == 0, ran.output
    again, text = read_record(tmp_path / name), read_record(folder)
    assert again.record is not None
    assert text.record is not None
    assert list(again.record.acts) == list(text.record.acts)


@pytest.mark.parametrize("asked", [["show", "standing"], ["check"], ["convert"]])
def test_a_database_that_is_not_there_is_told(asked: list[str], tmp_path: Path) -> None:
    more = [str(tmp_path / "out")] if asked == ["convert"] else []
    ran = typed(*asked, f"sqlite:///{tmp_path}/none.db", *more)
    assert ran.exit_code == 1
    assert "is not there" in ran.output


@pytest.mark.parametrize("words", [["show", "standing", "sqlite://x.db"], ["dump", "out", "--database", "folder"]])
def test_a_malformed_address_is_wrong_usage(words: list[str]) -> None:
    ran = typed(*words)
    assert ran.exit_code == 2
    assert "sqlite:///" in ran.stderr


def test_an_outcome_that_is_not_known_is_not_acknowledged(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: Sqlite) -> None:
        raise OutcomeUnknown("the line broke")

    monkeypatch.setattr(Sqlite, "_commit", unknown)
    ran = typed("add", url, "invitation.issued", *ISSUED)
    assert ran.exit_code == 1
    assert "Recorded" not in ran.stdout
    assert "It was received, and nobody can tell whether it was recorded: the line broke." in ran.stderr
    assert "استُلم" in typed("add", url, "invitation.issued", *ISSUED, "--lang", "ar").stderr


def alone(code: str, record: str) -> subprocess.CompletedProcess[bytes]:
    """Run code in a process of its own; unobserved, since what observes a test imports much itself."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return subprocess.run([sys.executable, "-c", code, "check", record], capture_output=True, check=False, env=env)


@pytest.mark.slow
@pytest.mark.parametrize("module", ["django", "sqlite3", "psycopg", "cryptography"])
def test_a_command_that_reads_text_imports_no_database(folder: Path, module: str) -> None:
    code = "import sys; from chancery.cli.main import chancery; chancery(sys.argv[1:], standalone_mode=False)"
    code += f"; sys.exit({module!r} in sys.modules)"
    ran = alone(code, str(folder))
    assert ran.returncode == 0, ran.stderr


@pytest.mark.slow
def test_a_command_that_reads_a_database_imports_no_django(url: str) -> None:
    code = "import sys; from chancery.cli.main import chancery; chancery(sys.argv[1:], standalone_mode=False)"
    code += "; sys.exit('django' in sys.modules)"
    ran = alone(code, url)
    assert ran.returncode == 0, ran.stderr
