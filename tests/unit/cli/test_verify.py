"""`chancery verify`: receipts, checkpoints and folders of logs, alone and against one another."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chancery.cli import folders
from chancery.cli.main import chancery
from chancery.log.texts import base64_of
from tests.logs import TRUST, Item, Log, items, laid

LOG = Log(items(7))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid(tmp_path / "log", LOG.files())


@pytest.fixture
def trust(tmp_path: Path) -> str:
    path = tmp_path / "trust.toml"
    path.write_text(TRUST, "utf-8")
    return str(path)


def run(*words: object) -> Result:
    ran = CliRunner().invoke(chancery, ["verify", *map(str, words)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    return ran


def kept(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_folder_is_verified_step_by_step(folder: Path, trust: str) -> None:
    ran = run(folder, "--trust", trust)
    assert ran.exit_code == 0
    assert "  1  passed    The checkpoint can be read\n" in ran.output
    assert "Verified: 11 steps passed, 1 left out." in ran.output


def test_a_receipt_is_verified(tmp_path: Path, trust: str) -> None:
    ran = run(kept(tmp_path, "receipt-4.tlog-proof", LOG.receipt(4).data), "--trust", trust)
    assert ran.exit_code == 0
    assert "invitation.issued entry-4, recorded 2026-01-22T12:00:04Z by office:registrar, for: public" in ran.output
    assert "Verified: 8 steps passed, 1 left out." in ran.output


def test_a_checkpoint_is_verified(tmp_path: Path, trust: str) -> None:
    ran = run(kept(tmp_path, "kept", LOG.head().data), "--trust", trust)
    assert ran.exit_code == 0
    assert "Verified: 5 steps passed, 1 left out." in ran.output


def test_without_a_trust_file_it_is_said_that_nobodys_signature_counts(folder: Path) -> None:
    ran = run(folder)
    assert ran.exit_code == 0
    assert "Whole in itself: 7 steps passed. Who signed it was not checked." in ran.output


def test_what_failed_is_said_with_what_was_expected_and_found(folder: Path, trust: str) -> None:
    (folder / "tile/0/000.p/7").write_bytes(bytes(7 * 32))
    ran = run(folder, "--trust", trust)
    assert ran.exit_code == 1
    assert "failed    The tiles hold the same tree as the entries" in ran.output
    assert "expected: the hashes of the entries" in ran.output
    assert "found: tile/0/000.p/7: the hash 0 is another" in ran.output
    assert "NOT VERIFIED: 1 step failed." in ran.output


def test_the_steps_are_told_as_json(folder: Path, trust: str) -> None:
    (folder / "checkpoint").unlink()
    ran = run(folder, "--trust", trust, "--format", "json")
    assert ran.exit_code == 1
    assert json.loads(ran.stdout) == {
        "path": str(folder),
        "verified": False,
        "steps": [
            {
                "number": 1,
                "step": "checkpoint",
                "name": "The checkpoint can be read",
                "outcome": "failed",
                "expected": "a signed note in the form of C2SP tlog-checkpoint",
                "found": ["there is no file checkpoint"],
            }
        ],
    }


OTHER = Log([*LOG.items[:3], Item.of("else", 3), *LOG.items[4:]])


def other(tmp_path: Path) -> Path:
    return laid(tmp_path / "other", OTHER.files())


def test_two_folders_are_compared(folder: Path, tmp_path: Path, trust: str) -> None:
    ran = run(folder, "--trust", trust, "--against", other(tmp_path))
    assert ran.exit_code == 1
    assert "found: the first entry that differs is 3" in ran.output
    assert "found: removed: entry 3 of the other, else" in ran.output
    assert "found: inserted: entry 3, entry-3" in ran.output


@pytest.mark.parametrize("data", [LOG.receipt(2, 5).data, LOG.head(5).data])
def test_a_folder_is_held_to_what_somebody_kept_of_it(folder: Path, tmp_path: Path, data: bytes) -> None:
    held = kept(tmp_path, "kept", data)
    said = {"this copy goes on from the other by 2 entries": (folder, held)}
    said["the other copy goes on from this one by 2 entries"] = (held, folder)
    for sentence, (this, against) in said.items():
        ran = run(this, "--against", against)
        assert ran.exit_code == 0
        assert sentence in ran.output


@pytest.mark.parametrize("data", [LOG.receipt(2, 5).data, LOG.head(5).data])
def test_a_folder_that_parts_from_what_somebody_kept_of_it_fails(tmp_path: Path, data: bytes) -> None:
    held, folder = kept(tmp_path, "kept", data), other(tmp_path)
    ours, theirs = base64_of(LOG.tree.root(5)), base64_of(OTHER.tree.root(5))
    for this, against, one, two in ((folder, held, theirs, ours), (held, folder, ours, theirs)):
        ran = run(this, "--against", against)
        assert ran.exit_code == 1
        assert f"at 5 entries this copy has the root {one}, the other {two}" in ran.output


def test_two_receipts_of_one_size_are_compared(tmp_path: Path) -> None:
    one = kept(tmp_path, "one", LOG.receipt(2).data)
    two = kept(tmp_path, "two", LOG.receipt(3).data)
    assert "both have the same 7 entries" in run(one, "--against", two).output


def test_a_copy_that_cannot_be_read_is_not_compared(folder: Path, tmp_path: Path) -> None:
    nothing = kept(tmp_path, "nothing", b"")
    ran = run(folder, "--against", nothing)
    assert ran.exit_code == 1
    assert f"{nothing}: a note is a text, an empty line, and signatures" in ran.output
    ran = run(nothing, "--against", folder)
    assert ran.exit_code == 1
    assert "Both are of one log" not in ran.output


@pytest.mark.parametrize("words", [["nowhere"], [".", "--against", "nowhere"], [".", "--trust", "nowhere"]])
def test_what_is_not_there_is_named(words: list[str]) -> None:
    ran = run(*words)
    assert ran.exit_code == 1
    assert "nowhere" in ran.output


def test_a_trust_file_that_is_none_is_named(folder: Path, tmp_path: Path) -> None:
    file = kept(tmp_path, "trust", b"?")
    ran = run(folder, "--trust", file)
    assert ran.exit_code == 1
    assert f"{file}: this is no trust file" in ran.output


@pytest.mark.parametrize("name", ["checkpoint", "tile", "tile/0", "bodies/000.p/7"])
def test_a_link_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    ran = run(folder)
    assert ran.exit_code == 1
    assert "is a link; a copy of a log holds its files itself" in ran.output


def test_what_only_looks_like_a_file_is_refused(folder: Path) -> None:
    (folder / "checkpoint").unlink()
    os.mkfifo(folder / "checkpoint")
    assert "'checkpoint' is not a file" in run(folder).output
    assert "is not a file" in run("/dev/zero").output


def test_a_file_without_an_end_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LARGEST_FILE", 10)
    assert "'checkpoint' has more than 64 MiB" in run(folder).output


def test_a_file_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert "'checkpoint' cannot be read: Permission denied" in run(folder).output


def test_names_that_are_no_text_are_told_all_the_same(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/tile/\xff", "wb"):  # noqa: PTH123 -- a name that pathlib would not make
        pass
    (folder / "tile" / "loop").symlink_to(folder)
    ran = run(folder, "--format", "json")
    assert ran.exit_code == 1
    assert "is not the path of a tile" in ran.stdout
    assert "tile/loop" in ran.stdout
