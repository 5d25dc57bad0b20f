"""A record is read whole or not at all: every fault at once, each at its place."""

import json
from functools import lru_cache
from pathlib import Path

import pytest

from chancery.text import Loaded, read_lines, read_record, read_toml, record_in, table_in
from chancery.text import lines as lines_module
from chancery.text.loaded import MOST_PROBLEMS
from chancery.values import Weight

HEAD = '[record]\ntitle = "A record"\n'
SOURCE = '[[source]]\nref = "source:x"\nstanding = "press"\n'


def act(name: str, party: str = "body:b", more: str = "") -> str:
    table = f'[[act]]\nid = "{name}"\nkind = "party.described"\nparty = "{party}"\n'
    return f'{table}cites = [{{ source = "source:x" }}]\n{more}'


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        path = tmp_path / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def told(loaded: Loaded) -> list[str]:
    return [f"{problem.place}: {problem.code}" for problem in loaded.problems]


def ids(loaded: Loaded) -> list[str]:
    assert loaded.record is not None, loaded.problems
    return [each.id for each in loaded.record.acts]


def test_files_are_read_in_the_order_that_is_said(tmp_path: Path) -> None:
    made = folder(
        tmp_path,
        record=HEAD + act("head"),
        additions=act("last"),
        a__z=act("second"),
        b=act("third"),
        a__a=act("first"),
    )
    (made / "b.toml").write_text(SOURCE + act("third"), "utf-8")
    assert ids(read_record(made)) == ["head", "first", "second", "third", "last"]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    made = folder(
        tmp_path,
        record=HEAD + 'titel = "x"\n',
        sources=SOURCE + "\n" + SOURCE.replace("press", "prss").replace(":x", ":y"),
        acts=act("a", "body:b", 'weekday = "Xday"\n') + act("b", "Body") + act("b") + act("c", more='replaces = "d"\n'),
    )
    assert sorted(told(read_toml(made))) == [
        "acts.toml:10: party: unknown-ref",
        "acts.toml:13: id: duplicate-id",
        "acts.toml:22: replaces: unknown-entry",
        "acts.toml:6: weekday: malformed-field",
        "record.toml:3: titel: unknown-field",
        "sources.toml:7: standing: malformed-field",
    ]


def test_a_breach_does_not_bar(tmp_path: Path) -> None:
    more = 'effective = "2026-01-20"\nweekday = "Monday"\n'
    loaded = read_record(folder(tmp_path, record=HEAD + SOURCE + act("a", more=more)))
    assert ids(loaded) == ["a"]
    assert [problem.weight for problem in loaded.problems] == [Weight.BREACH]
    assert loaded.bars == ()


def test_what_an_unread_file_may_hold_is_not_said_to_be_missing(tmp_path: Path) -> None:
    link = '[[act]]\nid = "l"\nkind = "body.established"\nbody = "body:c"\ncites = [{ source = "source:y" }]\n'
    made = folder(tmp_path, record=HEAD + SOURCE + link, broken="[[act]\n")
    assert told(read_toml(made)) == ["broken.toml:1: not-toml"]


def test_what_an_unread_table_names_is_not_said_to_be_missing(tmp_path: Path) -> None:
    link = '[[act]]\nid = "l"\nkind = "body.established"\nbody = "{}"\ncites = [{{ source = "{}" }}]\n'
    text = SOURCE + '[[source]]\nref = "source:y"\n' + act("a", "body:c", 'channl = "letter"\n')
    made = folder(tmp_path, record=HEAD + text + link.format("body:c", "source:y"))
    assert told(read_toml(made)) == ["record.toml:6: standing: missing-field", "record.toml:13: channl: unknown-field"]
    made = folder(tmp_path, record=HEAD + text + link.format("body:d", "source:y"))
    assert "record.toml:17: body: unknown-ref" in told(read_toml(made))


def test_of_very_many_problems_the_first_are_told(tmp_path: Path) -> None:
    many = "".join(act(f"a{number}", "nobody") for number in range(MOST_PROBLEMS + 5))
    loaded = read_toml(folder(tmp_path, record=HEAD + SOURCE + many))
    assert len(loaded.problems) == MOST_PROBLEMS + 1
    assert str(loaded.problems[-1].phrase) == "and 5 problems more"
    assert loaded.problems[-1].weight is Weight.BAR


def test_of_very_many_breaches_the_rest_is_no_bar(tmp_path: Path) -> None:
    more = 'effective = "2026-01-20"\nweekday = "Monday"\n'
    many = "".join(act(f"a{number}", more=more) for number in range(MOST_PROBLEMS + 5))
    loaded = read_toml(folder(tmp_path, record=HEAD + SOURCE + many))
    assert loaded.record is not None
    assert loaded.problems[-1].weight is Weight.BREACH


def test_no_file_is_opened_after_too_many_problems(tmp_path: Path) -> None:
    made = folder(tmp_path, record=HEAD + "[[source]]\n" * MOST_PROBLEMS, zzz="[[act]\n")
    assert not any("zzz" in each for each in told(read_toml(made)))


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    made = folder(tmp_path, record=HEAD, sources=SOURCE)
    seen: list[tuple[int, int]] = []
    read_record(made, lambda done, of: seen.append((done, of)))
    size = len(HEAD) + len(SOURCE)
    assert seen == [(len(HEAD), size), (size, size)]


def test_a_head_is_needed_in_a_folder_and_not_in_one_file(tmp_path: Path) -> None:
    made = folder(tmp_path, acts=SOURCE + act("a"))
    assert told(read_record(made)) == ["record.toml: no-record"]
    assert ids(read_record(made / "acts.toml")) == ["a"]


def test_a_source_may_be_as_long_as_its_file(tmp_path: Path) -> None:
    note = f'note = "{"x" * 70_000}"\n'
    assert read_record(folder(tmp_path, record=HEAD + SOURCE + note)).problems == ()


def test_an_entry_may_be_as_long_as_an_entry_may_be(tmp_path: Path) -> None:
    made = folder(tmp_path, record=HEAD + SOURCE + act("a", more=f'description = "{"x" * 60_000}"\n'))
    assert ids(read_record(made)) == ["a"]


def lines(tmp_path: Path, *each: object, end: str = "\n") -> Path:
    file = tmp_path / "record.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in each) + end, "utf-8")
    return file


L_HEAD = {"kind": "record", "title": "T"}
L_SOURCE = {"kind": "source", "ref": "source:x", "standing": "press"}


def line(name: str, party: object = "body:b", **more: object) -> dict[str, object]:
    return {"kind": "party.described", "id": name, "party": party, "cites": [{"source": "source:x"}], **more}


def test_lines_are_read_in_their_order_however_they_are_laid_out(tmp_path: Path) -> None:
    loose = json.dumps(line("b"), indent=None, separators=(" , ", " : "))
    assert ids(read_record(lines(tmp_path, L_HEAD, L_SOURCE, "", line("a"), "   ", loose, line("c"), end=""))) == [
        "a",
        "b",
        "c",
    ]


@pytest.mark.parametrize("compact", [True, False])
def test_lines_with_their_keys_in_any_order_are_read_at_once(tmp_path: Path, compact: bool) -> None:  # noqa: FBT001
    separators = (",", ":") if compact else (", ", ": ")
    found = [json.dumps(each, separators=separators) for each in (L_HEAD, L_SOURCE, line("a"))]
    assert ids(read_lines(lines(tmp_path, *found))) == ["a"]


def test_an_empty_file_of_lines_holds_nothing(tmp_path: Path) -> None:
    assert ids(read_lines(lines(tmp_path, end=""))) == []


def test_every_fault_of_every_line_is_told_at_once(tmp_path: Path) -> None:
    file = lines(
        tmp_path,
        {**L_HEAD, "titel": "x"},
        {**L_SOURCE, "standing": "prss"},
        L_SOURCE,
        line("a", weekday="Xday"),
        line("b", party=5),
        line("c"),
        line("c"),
        line("d", replaces="e"),
        line("f", party="Body"),
    )
    assert sorted(told(read_lines(file))) == [
        "record.jsonl:1: titel: unknown-field",
        "record.jsonl:2: standing: malformed-field",
        "record.jsonl:4: weekday: malformed-field",
        "record.jsonl:5: party: malformed-field",
        "record.jsonl:7: id: duplicate-id",
        "record.jsonl:8: replaces: unknown-entry",
        "record.jsonl:9: party: unknown-ref",
    ]


def test_the_line_of_an_entry_is_found_beside_lines_that_are_none(tmp_path: Path) -> None:
    file = lines(tmp_path, L_HEAD, L_SOURCE, "{", line("a", party="Body"))
    assert told(read_lines(file)) == ["record.jsonl:3: not-json", "record.jsonl:4: party: unknown-ref"]


def test_lines_stop_after_too_many_problems(tmp_path: Path) -> None:
    loaded = read_lines(lines(tmp_path, *["{}"] * (MOST_PROBLEMS + 50)))
    assert len(loaded.problems) == MOST_PROBLEMS


def test_long_files_are_read_in_chunks_and_faults_keep_their_lines(tmp_path: Path) -> None:
    note = "x" * 30_000
    many = [line(f"a{number}", note=note) for number in range(80)]
    file = lines(tmp_path, L_HEAD, L_SOURCE, *many, line("z", weekday="Xday"))
    seen: list[tuple[int, int]] = []
    loaded = read_lines(file, lambda done, of: seen.append((done, of)))
    assert told(loaded) == ["record.jsonl:83: weekday: malformed-field"]
    assert len(seen) == 3
    assert seen[-1] == (file.stat().st_size, file.stat().st_size)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ('{a = "b", c = [1, {d = true}]}', {"a": "b", "c": [1, {"d": True}]}),
        ("{a = }", None),
        ("[1]", None),
        ("{}", {}),
    ],
)
def test_a_table_on_one_line_is_read(text: str, table: object) -> None:
    assert table_in(text) == table


def test_an_entry_longer_than_an_entry_may_be_is_refused_from_toml_and_from_lines(tmp_path: Path) -> None:
    made = folder(tmp_path, record=HEAD + SOURCE + act("a", more=f'description = "{"x" * 66_000}"\n'))
    file = lines(tmp_path, L_HEAD, L_SOURCE, line("a", description="x" * 66_000))
    for loaded in (read_record(made), read_record(file)):
        (problem,) = loaded.bars
        assert problem.code == "too-large"
        assert "bytes long; an entry has at most 65535" in str(problem.phrase)


def test_a_file_larger_than_a_file_may_be_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.text.folder.LARGEST_TOML", 10)
    monkeypatch.setattr("chancery.text.lines.LARGEST_LINES", 10)
    for path in (folder(tmp_path, record=HEAD), lines(tmp_path, L_HEAD)):
        (problem,) = read_record(path).bars
        assert problem.code == "too-large"
        assert str(problem.phrase).endswith("the most that is read is 10")


def test_a_small_file_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.text.files.MOST_TABLES", 10)
    (problem,) = read_record(folder(tmp_path, record=HEAD + "a = [[], [], [], [], []]\n" * 2)).bars
    assert problem.code == "too-many"
    assert "signs that can begin a table or a list; the most that is read is 10" in str(problem.phrase)


def test_a_line_that_only_its_decoder_refuses_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.text.lines.act_of", lambda _: None)
    loaded = read_lines(lines(tmp_path, L_HEAD, L_SOURCE, line("a", weekday="Xday")))
    assert told(loaded) == ["record.jsonl:3: malformed"]


def test_kinds_that_come_late_are_learnt_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[list[str]] = []
    fresh = lines_module._decoder_of.__wrapped__

    def counted(kinds: tuple[type, ...]) -> object:
        made.append([kind.__name__ for kind in kinds])
        return fresh(kinds)

    monkeypatch.setattr(lines_module, "_decoder_of", lru_cache(counted))
    decoded = lines_module.Decoding()
    first, later = json.dumps(line("a")).encode(), b'{"cites":[],"id":"b","kind":"statement.made"}'
    for chunk in (first, later, first, later):
        assert [act.id for act in decoded(chunk) or ()] == [json.loads(chunk)["id"]]
    assert made == [[], ["PartyDescribed"], ["PartyDescribed", "StatementMade"]]
    assert decoded(b'{"kind":"no.such"}') is None


DECOMPOSED, COMPOSED = "Istria\u0301", "Istri\u00e1"


def test_texts_enter_a_record_in_nfc_from_toml(tmp_path: Path) -> None:
    told = f'names = [{{ text = "{DECOMPOSED}" }}, {{ text = "Istria\\u0301 Minor" }}]'
    read = read_toml(folder(tmp_path, record=HEAD + SOURCE, a=act("one", more=told))).record
    assert read is not None
    assert [each.text for each in read.acts[0].names] == [COMPOSED, f"{COMPOSED} Minor"]  # type: ignore[attr-defined]  # its kind has names


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f'"{DECOMPOSED}"', COMPOSED),
        (r'"Istria\u0301"', COMPOSED),
        (r'"a\\u0301"', r"a\u0301"),
        (r'"\u0041\u0009\u0301"', "A\t\u0301"),
        (r'"\ud83d\ude00"', "\U0001f600"),
    ],
)
def test_texts_enter_a_record_in_nfc_from_lines_however_they_are_escaped(tmp_path: Path, text: str, kept: str) -> None:
    written = json.dumps(line("one", names=[{"text": "NAME"}])).replace('"NAME"', text)
    read = read_lines(lines(tmp_path, L_HEAD, L_SOURCE, written)).record
    assert read is not None
    assert [each.text for each in read.acts[0].names] == [kept]  # type: ignore[attr-defined]  # the same


def test_half_a_letter_in_a_line_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    path = lines(tmp_path, L_HEAD, L_SOURCE, line("one", names=[{"text": "\ud83d"}]))
    assert told(read_lines(path)) == ["record.jsonl:3: not-json"]


def test_what_is_stored_is_read_as_it_stands() -> None:
    stored = json.dumps(line("one", names=[{"text": DECOMPOSED}]), ensure_ascii=False).encode()
    assert record_in([stored]).acts[0].names[0].text == DECOMPOSED  # type: ignore[attr-defined]  # the same


def test_a_line_that_is_not_utf8_is_told_beside_others(tmp_path: Path) -> None:
    path = lines(tmp_path, L_HEAD, L_SOURCE, line("one"))
    path.write_bytes(path.read_bytes() + b'"\xff"\n')
    assert told(read_lines(path)) == ["record.jsonl:4: not-utf-8"]
