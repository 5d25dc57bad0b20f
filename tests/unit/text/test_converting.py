"""From one form to another: files that sort in the ledger's order, and the first thing that would be lost."""

from pathlib import Path

import msgspec
import pytest

from chancery.ledger import Record
from chancery.text import read_record
from chancery.text.converting import MOST_ACTS, Parts, difference, is_folder, parts_for, strangers
from tests.made import act, record

BODY = act("party.described", party="body:b", id="body")


def texts(parts: Parts) -> dict[str, str]:
    return {name: b"".join(data).decode() for name, data in parts.items()}


def many(count: int) -> Record:
    return record(*(act("party.described", party=f"body:b{number}", id=f"e{number}") for number in range(count)))


def test_a_folder_has_files_of_bounded_size_in_the_ledgers_order(tmp_path: Path) -> None:
    made = many(2 * MOST_ACTS + 1)
    parts = texts(parts_for(Path("in.jsonl"), made, tmp_path))
    assert sorted(parts) == ["acts-0001.toml", "acts-0002.toml", "acts-0003.toml", "record.toml", "sources.toml"]
    assert parts["acts-0003.toml"].startswith('[[act]]\nid = "e2000"\n')
    for name, text in parts.items():
        (tmp_path / name).write_text(text, "utf-8")
    again = read_record(tmp_path)
    assert again.record is not None
    assert difference(made, again.record) is None


def test_a_record_of_one_file_without_a_head_gets_one_and_keeps_its_last_comment(tmp_path: Path) -> None:
    file = tmp_path / "in.toml"
    file.write_text("# alone\n", "utf-8")
    assert texts(parts_for(file, record(), tmp_path / "out")) == {
        "record.toml": "[record]\n",
        "acts-0001.toml": "# alone\n",
    }


@pytest.mark.parametrize(
    ("name", "folder"), [("a.jsonl", False), ("a.ndjson", False), ("a.toml", False), ("a", True), ("a.json", True)]
)
def test_the_ending_of_a_name_says_what_is_written(tmp_path: Path, name: str, folder: bool) -> None:  # noqa: FBT001
    assert is_folder(tmp_path / name) is folder


def test_the_files_that_would_be_left_standing_are_named(tmp_path: Path) -> None:
    (tmp_path / "old.toml").touch()
    (tmp_path / "record.toml").touch()
    (tmp_path / "README").touch()
    assert strangers(tmp_path, {"record.toml": ()}) == ["old.toml"]
    assert strangers(tmp_path / "nowhere", {}) == []


def test_progress_is_told_as_lines_and_as_files(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = many(MOST_ACTS)
    texts(parts_for(Path("in"), made, Path("out.jsonl"), lambda done, of: seen.append((done, of))))
    assert seen == [(0, 1000), (1000, 1000)]
    for name in ("record", "other"):
        (tmp_path / f"{name}.toml").write_text("[record]\n" if name == "record" else "", "utf-8")
    parts_for(tmp_path, record(), Path("out"), lambda done, of: seen.append((done, of)))
    assert seen[2:] == [(1, 2), (2, 2)]


def test_the_first_difference_is_named() -> None:
    one, two = act("party.described", party="body:c", id="one"), act("party.described", party="body:d", id="two")
    whole = record(BODY, one, two)
    assert difference(whole, record(BODY, one, two)) is None
    assert str(difference(whole, record(BODY, two, one))) == (
        "the ledger would change: where one stands, two would stand"
    )
    assert str(difference(whole, record(BODY, one))) == "the ledger would change: where two stands, - would stand"
    headed = msgspec.structs.replace(whole, head=record(licence="CC0-1.0").head)
    assert str(difference(whole, headed)) == "the ledger would change: where record stands, record would stand"
    poor = msgspec.structs.replace(whole, sources={})
    assert "where body stands, source:instrument would stand" in str(difference(poor, whole))


def test_a_record_becomes_one_file_of_toml(tmp_path: Path) -> None:
    parts = texts(parts_for(Path("in.jsonl"), many(2), tmp_path / "out.toml"))
    assert list(parts) == [""]
    assert parts[""].count("[[act]]") == 2
    (tmp_path / "record.toml").write_text("# kept\n[record]\n", "utf-8")
    (tmp_path / "more.toml").write_text("# kept too\n", "utf-8")
    assert texts(parts_for(tmp_path, record(), Path("out.toml"))) == {"": "# kept\n[record]\n\n# kept too\n"}
    assert texts(parts_for(tmp_path, record(), Path("out"))) == {
        "record.toml": "# kept\n[record]\n",
        "more.toml": "# kept too\n",
    }
