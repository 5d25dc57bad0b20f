"""docs/reference/rules.md: what it shows runs, what it gives as idioms can be used, what it quotes is what is said."""

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from tests.rules_page import COLUMNS, TEMPLATE, idioms, page

PREAMBLE = """\
[rules]
body = "body:x"
instrument = "instrument:x"
source = "source:x"

[[source]]
ref = "source:x"
standing = "instrument"

[[party]]
ref = "office:auditor"
[[party]]
ref = "office:chair"
[[party]]
ref = "office:minister"
[[party]]
ref = "org:yew"
[[party]]
ref = "org:zelkova"

[[provision]]
article = "0"
words = "Members."
rule = { type = "members", group = "donors", parties = ["state:be", "state:fr", "state:nl", "state:ch"], others = 8 }
[[provision]]
article = "0"
words = "Regions."
rule = { type = "members", group = "regions", parties = ["state:be", "state:fr"] }
[[provision]]
article = "0"
words = "Weights."
rule = { type = "weights", name = "population", values = { "state:be" = 11, "state:fr" = 68 }, total = 100 }
"""
QUOTED = re.compile(r"^\| `(?P<said>[^`]+)`(?:, `(?P<more>[^`]+)`)? \|", re.MULTILINE)


def sentences(root: Path) -> set[str]:
    """Every text in the code, with three dots in the place of each slot."""
    found: set[str] = set()
    for path in (root / "src" / "chancery").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.sub(r"\{[^{}]*\}", "...", node.value))
    return found


def test_what_the_page_shows_was_done_without_a_fault() -> None:
    shown = page()
    assert "{{" not in shown
    assert shown.count("\n$ chancery") == 5
    assert " bar: " not in shown.partition("## The file: its tables")[0]


def test_the_idioms_can_be_used_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("\n".join((PREAMBLE, *idioms())), "utf-8")
    result = CliRunner().invoke(chancery, ["rules", "show", str(tmp_path / "rules.toml")], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_every_column_is_explained() -> None:
    shown = page()
    assert all(f"| `{column}` |" in shown for column in COLUMNS)


@pytest.mark.slow
def test_a_fault_is_quoted_as_it_is_said(root: Path) -> None:
    said = sentences(root)
    faults = TEMPLATE.read_text("utf-8").partition("## What a fault means")[2]
    quoted = [each for found in QUOTED.finditer(faults) for each in (found["said"], found["more"]) if each is not None]
    assert len(quoted) > 25
    assert [each for each in quoted if not any(each in text for text in said)] == []
