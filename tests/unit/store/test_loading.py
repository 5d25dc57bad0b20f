"""Loading and dumping: the same text byte for byte, nothing twice, nothing changed."""

from pathlib import Path

import msgspec
import pytest

from chancery.desk import Barred, Desk
from chancery.log.leaves import read
from chancery.store.base import Store, drafted
from chancery.store.dumping import parts_of
from chancery.store.loading import load
from chancery.store.obeying import whole_record
from chancery.text import layout_of, lines_of, read_record
from chancery.text.shelf import Shelf as TextShelf
from chancery.values import Instant, Tongues, canonical
from tests.made import act, record
from tests.unit.conftest import Another

NOW = Instant.of("2026-02-01T10:00:00Z")

HEAD = (
    '# A record.\n[record]\ntitle = "A record"\n\n[[source]]\nref = "source:press"  # read twice\nstanding = "press"\n'
)
BODY = '[[act]]\r\nkind="party.described"\nparty = "body:b"\n  id = "b"  # odd\ncites=[{source="source:press"}]'
CITES = 'cites = [{source = "source:press"}]'
ISSUED = f'# First.\n[[act]]\nid = "one"\nkind = "invitation.issued"\nparty = "state:be"\nbody = "body:b"\n{CITES}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    (made / "timeline").mkdir(parents=True)
    (made / "record.toml").write_bytes(HEAD.encode())
    (made / "bodies.toml").write_bytes(BODY.encode())
    (made / "timeline" / "2026.toml").write_bytes(ISSUED.encode())
    return made


def take_in(store: Store, folder: Path) -> int:
    loaded = read_record(folder)
    assert loaded.record is not None, loaded.problems
    return load(store, loaded.record, list(layout_of(folder)), NOW).count


def dumped(store: Store, *audiences: str) -> dict[str, bytes]:
    return {name: b"".join(parts) for name, parts in parts_of(store, audiences)[1].items()}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.toml")}


def test_a_record_comes_back_byte_for_byte(another: Another, folder: Path) -> None:
    assert take_in(another(), folder) == 4
    assert dumped(another()) == files_of(folder)
    whole, text = whole_record(another()), read_record(folder).record
    assert whole is not None
    assert text is not None
    assert list(lines_of(whole)) == list(lines_of(text))


def test_loading_twice_adds_nothing(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    root = another().frontier().root()
    assert take_in(another(), folder) == 0
    assert another().frontier().root() == root
    assert dumped(another()) == files_of(folder)


def test_leaves_say_who_recorded_what_and_when(store: Store, folder: Path) -> None:
    store.by = "clerk"
    take_in(store, folder)
    headers = [read(row.leaf) for row in store.rows()]
    assert [(header.id, header.kind) for header in headers] == [
        ("record", "record"),
        ("source:press", "source"),
        ("b", "party.described"),
        ("one", "invitation.issued"),
    ]
    assert {(header.by, header.instant, header.audience) for header in headers} == {("clerk", NOW, "public")}


def test_what_is_new_in_the_text_is_added_and_its_layout_kept(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    (folder / "record.toml").write_bytes(HEAD.replace("A record", "Another title").encode())
    (folder / "a.toml").write_bytes(ISSUED.replace("one", "two").encode())
    assert take_in(another(), folder) == 2
    assert dumped(another()) == files_of(folder)
    whole = whole_record(another())
    assert whole is not None
    assert [each.id for each in whole.acts] == ["b", "one", "two"]
    assert str(whole.head.title.plain) == "Another title"


def test_a_changed_entry_is_refused_and_nothing_is_written(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    (folder / "a.toml").write_bytes(ISSUED.replace("one", "two").encode())
    (folder / "timeline" / "2026.toml").write_bytes(ISSUED.replace("state:be", "state:fr").encode())
    with pytest.raises(Barred) as barred:
        take_in(another(), folder)
    assert [problem.entry for problem in barred.value.problems] == ["one"]
    assert another().frontier().size == 4
    assert "a.toml" not in dumped(another())


def test_entries_recorded_later_stand_in_additions_as_text_would_have_them(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    loaded = read_record(folder)
    assert loaded.record is not None
    new = [act("invitation.declined", id=f"new-{number}", body="body:b") for number in (1, 2)]
    for shelf in (another(), TextShelf(folder, lambda _: None)):
        desk = Desk(loaded.record, lambda: NOW, shelf)
        for each in new:
            desk.record(each)
    assert dumped(another()) == files_of(folder)
    assert take_in(another(), folder) == 0
    assert dumped(another()) == files_of(folder)


def test_additions_without_an_end_of_line_are_gone_on_with(another: Another, folder: Path) -> None:
    (folder / "additions.toml").write_bytes(ISSUED.replace("one", "two").rstrip().encode())
    test_entries_recorded_later_stand_in_additions_as_text_would_have_them(another, folder)


def test_a_ledger_that_was_never_text_is_written_in_canonical_form(store: Store) -> None:
    made = record(act("party.described", party="body:b", id="b"))
    load(store, made, [], NOW)
    assert list(dumped(store)) == ["record.toml", "sources.toml", "acts-0001.toml"]


def test_what_the_text_does_not_fit_with_is_refused(store: Store, folder: Path) -> None:
    take_in(store, folder)
    loaded = read_record(folder)
    assert loaded.record is not None
    late = act("invitation.issued", id="late", replaces="own", body="body:b")
    own = act("invitation.issued", id="own", body="body:b", recorded="2026-03-01T00:00:00Z", cites=[])
    given = msgspec.structs.replace(loaded.record, acts=[*loaded.record.acts, own, late])
    with pytest.raises(Barred):
        load(store, given, [], NOW)
    assert store.frontier().size == 4


def test_progress_is_told(store: Store, folder: Path) -> None:
    loaded = read_record(folder)
    assert loaded.record is not None
    told: list[tuple[int, int]] = []
    load(store, loaded.record, list(layout_of(folder)), NOW, lambda done, of: told.append((done, of)))
    parts_of(store, (), lambda done, of: told.append((done, of)))
    assert told == [(4, 4), (1, 3), (2, 3), (3, 3)]


def test_what_is_sealed_is_left_out_of_the_text_for_others(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    whole = whole_record(another())
    assert whole is not None
    Desk(whole, lambda: NOW, another()).seal("one", "board", Tongues.of("Not yet public."))
    public = dumped(another())
    assert public["timeline/2026.toml"] == b""
    assert b'entry = "one"' in public["additions.toml"]
    assert dumped(another(), "board")["timeline/2026.toml"] == ISSUED.encode()


def test_what_is_hidden_is_taken_out_of_a_text_that_cannot_be_cut(another: Another, folder: Path) -> None:
    one, two = (
        f'{{id = "{name}", kind = "invitation.issued", party = "state:{state}", body = "body:b", {CITES}}}'
        for name, state in (("one", "be"), ("two", "fr"))
    )
    inline = f"act = [{one}, {two}]\n"
    (folder / "timeline" / "2026.toml").write_bytes(inline.encode())
    take_in(another(), folder)
    whole = whole_record(another())
    assert whole is not None
    desk = Desk(whole, lambda: NOW, another())
    desk.seal("one", "board", Tongues.of("Not yet public."))
    assert dumped(another(), "board")["timeline/2026.toml"] == inline.encode()
    public = dumped(another())["timeline/2026.toml"]
    assert b'"one"' not in public
    assert b'id = "two"' in public
    desk.shred("one", Tongues.of("Ordered by the court."))
    assert dumped(another(), "board")["timeline/2026.toml"] == public


def test_a_record_with_what_was_shredded_loads_into_another_ledger(
    another: Another, folder: Path, tmp_path: Path
) -> None:
    take_in(another(), folder)
    whole = whole_record(another())
    assert whole is not None
    Desk(whole, lambda: NOW, another()).shred("one", Tongues.of("Ordered by the court."))
    for name, data in dumped(another()).items():
        (tmp_path / "again" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "again" / name).write_bytes(data)
    assert take_in(another(), tmp_path / "again") == 0


def test_a_text_that_shreds_what_is_kept_shreds_it(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    gone = '[[act]]\nid = "gone"\nkind = "entry.shredded"\nentry = "one"\nreason = "Ordered by the court."\n'
    (folder / "timeline" / "2026.toml").write_text(gone, "utf-8")
    assert take_in(another(), folder) == 1
    assert another().place_of("one") is None


def test_an_unknown_kind_is_kept_letter_for_letter(another: Another, folder: Path) -> None:
    take_in(another(), folder)
    told = canonical({"id": "later", "kind": "visa.granted", "party": "state:be"})
    another().keep([drafted(told, name="later", kind="visa.granted", recorded=NOW, by="registrar")])
    whole = whole_record(another())
    assert whole is not None
    assert whole.acts[-1].id == "later"
    assert dumped(another())["additions.toml"] == b'[[act]]\nid = "later"\nkind = "visa.granted"\nparty = "state:be"\n'
