"""`chancery backup`, `restore`, `ledger catch-up`: an older copy says that it is one."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from chancery.store.opening import opened
from chancery.store.urls import Address
from tests.postgres import ACCOUNT, Cluster, programs
from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, verified


def test_an_older_copy_refuses_to_be_written_to_and_says_by_how_much(typing_in_file: Typing) -> None:
    typing, path = typing_in_file, typing_in_file.address.path
    typing.signing("checkpoint")
    shutil.copy(path, path.with_suffix(".old"))
    typing.told("ledger", "append", piped=line(ISSUED, {**ISSUED, "id": "newer"}))
    typing.signing("export", typing.room / "out")
    shutil.copy(path.with_suffix(".old"), path)
    for ran in (
        typing.ledger("append", piped=line(ISSUED)),
        typing("load", typing.room / "record"),
        typing.signing("checkpoint"),
    ):
        assert ran.exit_code == 1
        assert "is 2 entries behind" in ran.stderr
    assert typing.told("ledger", "catch-up", typing.room / "out").startswith("2 entries taken; ")
    assert typing.ledger("append", piped=line({**ISSUED, "id": "newest"})).exit_code == 0
    assert verified(typing.url).exit_code == 0


def test_another_ledger_under_the_same_name_refuses_to_be_written_to(typing_in_file: Typing) -> None:
    typing, path = typing_in_file, typing_in_file.address.path
    shutil.copy(path, path.with_suffix(".old"))
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.signing("checkpoint")
    shutil.copy(path.with_suffix(".old"), path)
    memory = typing.memory.rename(typing.memory.with_suffix(".aside"))
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "other"}))
    memory.rename(typing.memory)
    ran = typing.ledger("append", piped=line(SECRET))
    assert ran.exit_code == 1
    assert "is another ledger" in ran.stderr
    typing.signing("export", typing.room / "out")


def test_of_entries_that_are_not_those_of_the_checkpoint_nothing_is_proved_or_exported(typing_in_file: Typing) -> None:
    typing = typing_in_file
    typing.signing("checkpoint")
    typing.memory.unlink()
    with sqlite3.connect(typing.address.path) as database:
        database.execute("DROP TRIGGER chancery_entry_update")
        database.execute(
            "UPDATE chancery_entry SET leaf = (SELECT leaf FROM chancery_entry WHERE seq = 1) WHERE seq = 2"
        )
    database.close()
    for ran, ends in (
        (typing.ledger("prove", 0, "--out", typing.room / "receipt"), "nothing is proved"),
        (typing.ledger("export", typing.room / "out"), "nothing is exported"),
    ):
        assert ran.exit_code == 1
        assert f"the entries are not those of the checkpoint; {ends}" in ran.stderr
    assert not (typing.room / "receipt").exists()
    assert not (typing.room / "out" / "checkpoint").exists()


def test_what_does_not_go_on_from_a_ledger_is_not_taken(typing: Typing, tmp_path: Path, folder: Path) -> None:
    other = Typing(f"sqlite:///{tmp_path}/other.db", tmp_path, tmp_path)
    other.told("ledger", "init", "--origin", "test/log")
    other.told("load", folder)
    other.told("ledger", "export", tmp_path / "out")
    ran = typing.ledger("catch-up", tmp_path / "out")
    assert ran.exit_code == 1
    assert "does not go on from this ledger" in ran.stderr
    (tmp_path / "out" / "checkpoint").write_text("x", "utf-8")
    assert "does not verify" in typing.ledger("catch-up", tmp_path / "out").stderr


def test_what_is_withheld_is_not_caught_up_with(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    typing.told("load", folder)
    shutil.copy(tmp_path / "new.db", tmp_path / "old.db")
    typing.told("ledger", "append", "--audience", "board", piped=line(SECRET))
    typing.told("ledger", "export", tmp_path / "out")
    old = Typing(f"sqlite:///{tmp_path}/old.db", tmp_path, tmp_path)
    assert "is withheld" in old.ledger("catch-up", tmp_path / "out").stderr
    Typing(f"{typing.url}?audience=board", tmp_path, tmp_path).told("ledger", "export", tmp_path / "board")
    assert old.told("ledger", "catch-up", tmp_path / "board").startswith("1 entry taken")
    assert old.told("ledger", "catch-up", tmp_path / "board").startswith("0 entries taken")
    with opened(old.address) as store:
        assert store.place_of("secret-name") is not None


def test_what_was_shredded_elsewhere_is_caught_up_with_and_shredded_here(typing: Typing, tmp_path: Path) -> None:
    old = Typing(f"sqlite:///{tmp_path}/old.db", tmp_path, tmp_path)
    old.told("ledger", "init", "--origin", "test/log")
    typing.told("ledger", "append", piped=line(ISSUED))
    seq, before = typing.place("new"), len(typing.log())
    typing.told("ledger", "shred", seq, "--reason", "Ordered by a court.")
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "newer"}))
    typing.signing("export", tmp_path / "out")
    assert old.told("ledger", "catch-up", tmp_path / "out").startswith(f"{before + 2} entries taken")
    with opened(typing.address) as store, opened(old.address) as copy:
        assert copy.frontier().root() == store.frontier().root()
        assert list(copy.rows()) == list(store.rows())
        assert [row.gone for row in copy.rows(seq, seq + 1)] == [before]
    assert verified(old.url).exit_code == 0
    assert old.ledger("append", piped=line({**ISSUED, "id": "newest"})).exit_code == 0


def test_a_backup_is_restored_and_verified(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    typing.told("load", folder)
    size = len(typing.log())
    told = typing.told("backup", tmp_path / "kept.db")
    assert told == f"{size} entries backed up to {(tmp_path / 'kept.db').as_posix()}, and verified.\n"
    assert "is there already" in typing("backup", tmp_path / "kept.db").stderr
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.told("ledger", "export", tmp_path / "out")
    again = Typing(f"sqlite:///{tmp_path}/again.db", tmp_path, tmp_path)
    ran = again("restore", tmp_path / "kept.db", "--known", tmp_path / "out")
    assert ran.exit_code == 0, ran.output
    assert ran.stdout == f"{size} entries restored to {again.url}.\n"
    assert "It is 1 entry behind" in ran.stderr
    assert "is there already" in again("restore", tmp_path / "kept.db").stderr
    refused = again.ledger("append", piped=line(SECRET))
    assert refused.exit_code == 1
    assert "behind" in refused.stderr
    again.told("ledger", "catch-up", tmp_path / "out")
    again.told("ledger", "append", piped=line(SECRET))


def test_what_a_machine_remembers_is_not_forgotten_for_an_older_checkpoint(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    typing.told("load", folder)
    typing.told("ledger", "export", tmp_path / "older")
    typing.told("backup", tmp_path / "kept.db")
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.told("ledger", "export", tmp_path / "newer")
    typing.address.path.unlink()
    ran = typing("restore", tmp_path / "kept.db", "--known", tmp_path / "older")
    assert ran.exit_code == 0, ran.output
    assert "It is 1 entry behind" in ran.stderr
    assert "behind" in typing.ledger("append", piped=line(SECRET)).stderr


def test_whoever_restores_without_a_witness_is_told(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    typing.told("load", folder)
    typing.told("ledger", "prove", 0, "--out", tmp_path / "receipt")
    typing.told("backup", tmp_path / "kept.db")
    other = Typing(f"sqlite:///{tmp_path}/other.db", tmp_path, tmp_path)
    assert "whether it is behind is not known" in other("restore", tmp_path / "kept.db").stderr
    third = Typing(f"sqlite:///{tmp_path}/third.db", tmp_path, tmp_path)
    assert third("restore", tmp_path / "kept.db", "--known", tmp_path / "receipt").stderr == ""


def test_a_checkpoint_of_another_log_says_nothing_of_this_one(tmp_path: Path, folder: Path) -> None:
    one, other, again = (
        Typing(f"sqlite:///{tmp_path}/{name}.db", tmp_path, tmp_path) for name in ("one", "other", "again")
    )
    for each in (one, other):
        each.told("load", folder)
    one.told("backup", tmp_path / "kept.db")
    other.told("ledger", "export", tmp_path / "out")
    ran = again("restore", tmp_path / "kept.db", "--known", tmp_path / "out")
    assert ran.exit_code == 1
    assert "the checkpoint is of" in ran.stderr
    assert not (tmp_path / "again.db").exists()
    (tmp_path / "out" / "checkpoint").unlink()
    assert "holds no checkpoint" in again("restore", tmp_path / "kept.db", "--known", tmp_path / "out").stderr


def test_a_backup_that_was_changed_is_not_restored(tmp_path: Path, folder: Path) -> None:
    typing = Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path)
    typing.told("load", folder)
    typing.told("backup", tmp_path / "kept.db")
    data = (tmp_path / "kept.db").read_bytes()
    (tmp_path / "kept.db").write_bytes(data.replace(b'"Samples"', b'"SamplEs"'))
    again = Typing(f"sqlite:///{tmp_path}/again.db", tmp_path, tmp_path)
    ran = again("restore", tmp_path / "kept.db")
    assert ran.exit_code == 1
    assert "does not verify" in ran.stderr
    assert not (tmp_path / "again.db").exists()


@pytest.mark.slow
def test_a_server_is_backed_up_whole(postgres: Address, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typing = Typing(postgres.shown, folder, folder)
    typing.told("load", folder)
    ran = typing("backup", folder.parent / "base")
    assert ran.exit_code == 0, ran.output
    assert (folder.parent / "base" / "backup_manifest").is_file()
    assert "docs/guide" in typing("restore", folder.parent / "base").stderr
    monkeypatch.setattr("chancery.store.backups.VERIFY_BACKUP", "pg_none")
    assert "needs pg_none" in typing("backup", folder.parent / "more").stderr
    monkeypatch.setattr("chancery.store.backups.VERIFY_BACKUP", "pg_verifybackup")
    monkeypatch.setattr("chancery.store.backups.BASE_BACKUP", "pg_verifybackup")
    assert "failed" in typing("backup", folder.parent / "more").stderr
    assert os.path.isdir(programs())  # noqa: PTH112


@pytest.fixture
def archiving() -> Iterator[Cluster]:
    """A server that puts its own log into an archive, as the guide says."""
    copies = "archive_command = 'test ! -f ../archive/%f && cp %p ../archive/%f'"
    with Cluster(None, "archive_mode = on", copies, "restore_command = 'cp ../archive/%f %p'") as made:
        (made.folder / "archive").mkdir()
        owned(made.folder / "archive")
        yield made


def owned(folder: Path) -> None:
    """Give a folder to the account that runs the server, where that is another."""
    for path in (folder, *folder.rglob("*")) if os.geteuid() == 0 else ():
        shutil.chown(path, ACCOUNT)


def archived(server: Cluster) -> None:
    """Have the server finish the file of its log that it writes to, and wait until it lies in the archive."""
    ((file,),) = server.run("SELECT pg_walfile_name(pg_switch_wal())")
    while str(server.run("SELECT last_archived_wal FROM pg_stat_archiver")[0][0]) < str(file):
        pass


def test_a_server_goes_back_to_a_moment_and_its_ledger_knows_that_it_is_older(
    archiving: Cluster, tmp_path: Path, folder: Path
) -> None:
    typing = Typing(f"{archiving.url()}&signed={tmp_path}/signed", tmp_path, tmp_path / "signed")
    typing.told("ledger", "init", "--key", typing.key)
    typing.told("load", folder)
    typing.told("backup", tmp_path / "base")
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "before"}))
    ((moment,),) = archiving.run("SELECT clock_timestamp()::text")
    size = len(typing.log())
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "after"}))
    typing.signing("checkpoint")
    archived(archiving)
    archiving.stop()
    shutil.rmtree(archiving.data)
    shutil.copytree(tmp_path / "base", archiving.data)
    archiving.set(f"recovery_target_time = '{moment}'", "recovery_target_action = 'promote'")
    Path(archiving.data, "recovery.signal").touch()
    owned(Path(archiving.data))
    archiving.start()
    while archiving.run("SELECT pg_is_in_recovery()")[0][0]:
        pass
    names = [entry["id"] for entry in typing.log()]
    assert (len(names), names[-1]) == (size, "before")
    assert verified(typing.url).exit_code == 0
    assert "is 1 entry behind" in typing.ledger("append", piped=line({**ISSUED, "id": "otherwise"})).stderr
