"""The command as a whole: its exit codes, a reader that goes away, a terminal that is watched."""

import subprocess
import sys
from pathlib import Path

import pytest

from chancery.cli.main import main
from chancery.cli.options import load, watching
from chancery.cli.problems import print_problems
from chancery.languages import Reader
from chancery.values import Problem, Weight, phrase
from tests.unit.cli.doors import BOARD, typed

pytestmark = pytest.mark.slow  # each takes more than a second

COMMAND = [sys.executable, "-c", "from chancery.cli.main import main; main()"]


@pytest.mark.parametrize(
    "words",
    [
        ["kinds", "--format", "json"],
        ["kinds", "--format", "md"],
        ["show", "timeline", BOARD],
        ["show", "timeline", BOARD, "--format", "json"],
        ["diff", BOARD, "--from", "2026-01-01", "--to", "2026-03-01"],
        ["add", BOARD],
    ],
)
def test_a_reader_that_goes_away_is_told_nothing(words: list[str]) -> None:
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 1)


def test_the_exit_codes_are_three(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[act]\n", "utf-8")
    assert typed("check", BOARD).exit_code == 0
    assert typed("check", str(tmp_path)).exit_code == 1
    assert typed("check").exit_code == 2
    assert typed("chek").exit_code == 2


def test_what_is_said_is_utf_8_wherever_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["chancery", "kinds", "vote.cast", "--lang", "ar"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "vote.cast" in capsys.readouterr().out
    ran = subprocess.run(
        [*COMMAND, "kinds", "vote.cast", "--lang", "ar"],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert "vote.cast" in ran.stdout.decode("utf-8")


def test_long_reading_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("chancery.cli.options.SHOWN_FROM", 10)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert load(Path(BOARD)).record is not None
    assert "Reading board-of-peace" in capsys.readouterr().err


def test_short_reading_shows_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert load(Path(BOARD)).record is not None
    assert capsys.readouterr().err == ""


def test_long_work_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with watching(phrase("Writing {name}", name="x"), Reader()) as progress:
        progress(1, 2)
    assert "Writing x" in capsys.readouterr().err


def test_nobody_who_does_not_watch_is_shown_anything(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(phrase("Writing {name}", name="x"), Reader()) as progress:
        progress(1, 2)
    assert capsys.readouterr().err == ""


def test_a_problem_without_a_place_is_told_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([Problem("more", Weight.BAR, phrase("and {n:number} problems more", n=5))], Reader(), "text")
    assert capsys.readouterr().out == "bar: and 5 problems more\n"
