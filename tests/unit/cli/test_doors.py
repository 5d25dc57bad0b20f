"""Every door takes what the others take, refuses what the others refuse, and shows each kind that is defined."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
import rtoml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from chancery.acts import KINDS, Act, Stacked, act_of
from chancery.acts.fields import Body, Party, Words
from chancery.cli.kinds import vocabulary_page
from chancery.cli.main import chancery
from chancery.languages import Reader
from chancery.text import Loaded, read_record
from tests.samples import base, options, sample, toml_table

Data = dict[str, Any]  # what a file may hold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "record.toml").write_text(base(), "utf-8")
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(chancery, list(words))


def as_toml(folder: Path, data: Data) -> Loaded:
    (folder / "acts.toml").write_text(toml_table(data), "utf-8")
    loaded = read_record(folder)
    (folder / "acts.toml").unlink()
    return loaded


def as_lines(folder: Path, data: Data) -> Loaded:
    typed("convert", str(folder), str(folder.parent / "all.jsonl"), "--force")
    file = folder.parent / "all.jsonl"
    with file.open("ab") as stream:
        stream.write(msgspec.json.encode(data) + b"\n")
    return read_record(file)


def added(folder: Path, data: Data) -> Result:
    return typed("add", str(folder), data["kind"], *options(data), "--dry-run")


def last(loaded: Loaded) -> Act:
    assert loaded.record is not None, loaded.problems
    return next(act for act in loaded.record.acts if act.id == "sample")


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_every_door_reads_the_same_act(folder: Path, kind: type[Act]) -> None:
    data = sample(kind)
    act = act_of(data)
    shown = added(folder, data)
    assert shown.exit_code == 0, shown.output
    written = act_of(rtoml.loads(shown.stdout)["act"][0])
    assert written.recorded is not None
    assert msgspec.structs.replace(written, recorded=None) == act
    assert last(as_toml(folder, data)) == act
    assert last(as_lines(folder, data)) == act


REFUSED: dict[str, tuple[Data, set[str]]] = {
    "a day that is none": ({"effective": "2026-02-30"}, {"effective"}),
    "a word of no list": ({"extent": "in_part"}, {"extent"}),
    "a ref that is none": ({"party": "Russia"}, {"party"}),
    "a ref of a strange family": ({"body": "state:ru"}, {"body"}),
    "a ref that is described nowhere": ({"body": "body:y"}, {"body"}),
    "a code of no State": ({"party": "state:uk"}, {"party"}),
    "no source": ({"cites": []}, {"cites"}),
    "a source that is not there": ({"cites": [{"source": "source:y"}]}, {"cites"}),
    "a field within that is none": ({"cites": [{"source": "source:x", "artcle": "3"}]}, {"cites[0].artcle"}),
    "an entry that is not there": ({"replaces": "never"}, {"replaces"}),
    "an entry that replaces itself": ({"replaces": "sample"}, {"replaces"}),
    "an id that is taken": ({"id": "earlier"}, {"id"}),
    "a language that is none": ({"note": {"x": "words"}}, {"note"}),
    "a day of no week": ({"weekday": "Xday"}, {"weekday"}),
    "more than one thing": ({"effective": "soon", "extent": "in_part"}, {"effective", "extent"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_one_door_refuses_every_door_refuses(folder: Path, case: str) -> None:
    change, fields = REFUSED[case]
    least = {"party", "body", "id", "kind", "effective", "cites"}
    data = {name: value for name, value in sample(KINDS["invitation.accepted"]).items() if name in least} | change
    before = {file: file.read_bytes() for file in folder.iterdir()}
    shown = added(folder, data)
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    assert shown.exit_code == 1
    for field in fields:
        assert f"--{field}: bar: " in shown.stderr
    for loaded in (as_toml(folder, data), as_lines(folder, data)):
        assert loaded.record is None
        assert {problem.place.field for problem in loaded.bars if problem.place} == fields


def test_a_field_that_no_kind_has_is_refused_at_every_door(folder: Path) -> None:
    data = {**sample(KINDS["invitation.lapsed"]), "partyy": "state:ru"}
    assert added(folder, data).exit_code == 2
    assert "--party" in added(folder, data).stderr
    for loaded in (as_toml(folder, data), as_lines(folder, data)):
        assert "did you mean party?" in str(loaded.bars[0].phrase)


@pytest.fixture
def visa() -> Iterator[type[Act]]:
    class VisaGranted(Stacked, frozen=True, kw_only=True, gc=False, tag="visa.granted"):
        """A member's representative is granted entry to the seat of the body."""

        identity: ClassVar[tuple[str, ...]] = ("party", "body")

        party: Party
        body: Body
        words: Words | None = None

    yield VisaGranted
    del KINDS["visa.granted"]


def test_a_kind_that_is_defined_is_found_at_every_door(visa: type[Act], folder: Path) -> None:
    data = sample(visa)
    assert last(as_toml(folder, data)).kind == "visa.granted"
    assert last(as_lines(folder, data)).kind == "visa.granted"
    assert 'kind = "visa.granted"' in added(folder, data).stdout
    assert "--party REF" in typed("add", str(folder), "visa.granted", "--help").output
    assert "visa.granted" in typed("add", str(folder)).output
    assert "A member's representative is granted entry" in typed("kinds").output
    assert "body:…, org:…, office:…" in typed("kinds", "visa.granted").output
    assert "| `party`\\* |" in typed("kinds", "visa.granted", "--format", "md").output
    assert "### visa.granted" in vocabulary_page(Reader())


def test_a_kind_that_is_defined_stands_in_the_schema(visa: type[Act]) -> None:
    data = sample(visa)
    one = json.loads(typed("kinds", "visa.granted", "--format", "json").output)
    whole = json.loads(typed("kinds", "--format", "json").output)
    assert one["required"] == ["kind", "id", "party", "body"]
    assert Draft202012Validator(one).is_valid(data)
    assert Draft202012Validator(whole).is_valid({"act": [data]})
    assert not Draft202012Validator(whole).is_valid({"act": [{**data, "party": 5}]})


def test_a_kind_that_is_taken_away_is_found_at_no_door(folder: Path) -> None:
    data = {**sample(KINDS["membership.removed"]), "kind": "visa.granted"}
    assert "visa.granted" not in typed("kinds").output
    assert typed("kinds", "visa.granted").exit_code == 2
    assert added(folder, data).exit_code == 2
    for loaded in (as_toml(folder, data), as_lines(folder, data)):
        assert [problem.code for problem in loaded.bars] == ["unknown-kind"]


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_the_schema_takes_what_the_doors_take(kind: type[Act], schema: Draft202012Validator) -> None:
    assert list(schema.iter_errors({"act": [sample(kind)]})) == []


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    found = json.loads(typed("kinds", "--format", "json").output)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)
