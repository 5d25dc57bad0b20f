"""Languages at the door: what `--lang` does on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chancery.cli.main import chancery
from chancery.languages.directions import FSI, PDI

NOTE = "messages are whole only in: en, ar"


@pytest.fixture(scope="module")
def council(root: Path) -> str:
    """A small whole record."""
    return str(root / "records" / "un-security-council")


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """A record with two faults."""
    (tmp_path / "record.toml").write_text(
        '[record]\ntitle = "T"\n\n[[act]]\nid = "a"\nkind = "body.established"\nbody = "body:x"\neffective = "never"\n',
        encoding="utf-8",
    )
    return str(tmp_path)


def typed(*words: str) -> Result:
    return CliRunner().invoke(chancery, words)


def test_a_language_without_a_catalogue_gives_names_and_dates_and_says_so_once(council: str) -> None:
    found = typed("show", "standing", council, "--on", "2026-01-28", "--lang", "fr")
    assert found.exit_code == 0
    assert "Royaume-Uni" in found.stdout
    assert "28 janv. 2026" in found.stdout
    assert found.stderr.count(NOTE) == 1


@pytest.mark.parametrize("lang", ["en", "en-GB", "ar", "ar-PS"])
def test_a_language_that_is_spoken_in_full_needs_no_word(council: str, lang: str) -> None:
    assert typed("show", "standing", council, "--lang", lang).stderr == ""


@pytest.mark.parametrize(
    ("lang", "why"), [("tlh", "nothing is known of the language tlh"), ("x_y", "not a language tag")]
)
def test_a_language_that_nobody_knows_is_wrong_usage(council: str, lang: str, why: str) -> None:
    found = typed("check", council, "--lang", lang)
    assert found.exit_code == 2
    assert why in " ".join(found.stderr.split())


def test_faults_are_told_in_arabic_each_kept_apart_from_its_path(faulty: str) -> None:
    found = typed("check", faulty, "--lang", "ar")
    assert found.exit_code == 1
    assert f"مانع: [a] {FSI}المتوقع: تاريخ" in found.stdout
    assert found.stdout.count(FSI) == found.stdout.count(PDI)


def test_data_bears_no_marks_in_any_language(faulty: str, council: str) -> None:
    told = typed("check", faulty, "--lang", "ar", "--format", "json").stdout
    assert FSI not in told
    assert json.loads(told)[0]["message"].startswith("المتوقع: تاريخ")
    shown = [typed("show", "standing", council, "--lang", lang, "--format", "json").stdout for lang in ("en", "ar")]
    assert shown[0] == shown[1]


def test_markdown_bears_them(council: str) -> None:
    assert f"| {FSI}عضو{PDI} |" in typed("show", "standing", council, "--lang", "ar", "--format", "md").stdout


def test_the_vocabulary_is_told_in_arabic() -> None:
    assert "يقبل الطرف" in typed("kinds", "invitation.accepted", "--lang", "ar").stdout
