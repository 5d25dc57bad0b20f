"""The command line as a test types it."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from chancery.cli.main import chancery

ROOT = Path(__file__).resolve().parents[3]
TEACHING = str(ROOT / "records" / "teaching")
BOARD = str(ROOT / "records" / "board-of-peace")


def typed(*words: str) -> Result:
    """What a command says, and how it exits."""
    return CliRunner().invoke(chancery, words, catch_exceptions=False)


def told(*words: str) -> str:
    """What a command says, when it succeeds."""
    result = typed(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def document(*words: str) -> Any:  # noqa: ANN401 -- JSON of any shape
    """The JSON that a command writes."""
    return json.loads(told(*words, "--format", "json"))
