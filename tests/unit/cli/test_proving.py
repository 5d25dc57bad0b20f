"""Proving on pages that are served: what `chancery serve` hands to the server, asked as a browser asks it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chancery.cli import looking
from chancery.cli.main import chancery
from chancery.site import server
from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, verified
from tests.unit.site.asking import Answer, asking

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Serve = Callable[..., Callable[..., Answer]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Type the command; what it would run is asked instead."""

    def typed(*words: object) -> Callable[..., Answer]:
        run: list[Callable[[], WSGIApplication]] = []
        monkeypatch.setattr(server, "run", lambda make, *_rest: run.append(make))
        done = CliRunner().invoke(chancery, ["serve", *map(str, words)])
        assert done.exit_code == 0, done.output
        assert " is served at http://127.0.0.1:8000/ " in done.output
        return asking(run[0]())

    return typed


def test_a_folder_is_served_without_receipts(serve: Serve, folder: Path) -> None:
    ask = serve(folder)
    assert "gives no receipts" in ask("/en/now/entry/earlier/").text
    assert ask("/receipt/earlier.tlog-proof").status == 404


def test_a_database_is_served_with_receipts_of_what_a_checkpoint_covers(
    serve: Serve, typing_in_file: Typing, tmp_path: Path
) -> None:
    typing = typing_in_file
    typing.told("load", tmp_path / "record")
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.told("ledger", "append", "--audience", "board", piped=line(SECRET))
    before = serve(typing.url)("/en/now/entry/new/").text
    assert "No checkpoint covers this entry yet" in before
    typing.signing("checkpoint")
    ask = serve(f"{typing.url}&audience=board")
    page = ask("/en/now/entry/new/").text
    assert 'href="/receipt/new.tlog-proof"' in page
    receipt = tmp_path / "new.tlog-proof"
    receipt.write_bytes(ask("/receipt/new.tlog-proof").body)
    assert verified(receipt).exit_code == 0
    assert ask("/receipt/new").status == 404
    assert ask("/receipt/none.tlog-proof").status == 404
    assert ask("/en/now/entry/secret-name/").status == 404
    assert b"Nobody may read this" not in ask("/receipt/secret-name.tlog-proof").body


def test_what_is_saved_is_shown_where_it_is_watched(
    serve: Serve, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "LOOKS_APART", -1.0)
    watched, still = serve(folder, "--watch"), serve(folder)
    assert "Samples" in watched("/en/now/").text
    path = folder / "record.toml"
    path.write_text(path.read_text("utf-8").replace('title = "Samples"', 'title = "Otherwise"'), "utf-8")
    assert "Otherwise" in watched("/en/now/").text
    assert "Samples" in still("/en/now/").text


def test_a_database_that_is_watched_is_served_too(serve: Serve, typing_in_file: Typing, tmp_path: Path) -> None:
    typing_in_file.told("load", tmp_path / "record")
    assert serve(typing_in_file.url, "--watch")("/en/now/").status == 200


def test_a_faulty_record_is_not_served(folder: Path) -> None:
    (folder / "record.toml").write_text("[record", "utf-8")
    assert CliRunner().invoke(chancery, ["serve", str(folder)]).exit_code == 1
