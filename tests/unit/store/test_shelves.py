"""The laws of a shelf, held by memory, SQLite and PostgreSQL alike."""

from collections.abc import Sequence
from hashlib import sha256
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.acts import Act, data_of
from chancery.desk import Barred, Desk
from chancery.log.leaves import opens, read
from chancery.log.tree import Tree, leaf_hash
from chancery.store.base import Draft, Kept, Store, drafted
from chancery.store.obeying import whole_record
from chancery.text import Refused, Sheet, Stretch, act_toml, record_in
from chancery.values import Instant, Tongues, canonical
from tests.made import act, record
from tests.unit.conftest import Another

NOW = Instant.of("2026-02-01T10:00:00Z")


def draft(number: int, audience: str = "public", body: bytes = b"{}") -> Draft:
    return drafted(body, name=f"e{number}", kind="note", recorded=NOW, by="registrar", audience=audience)


def drafts(*numbers: int) -> list[Draft]:
    return [draft(number) for number in numbers]


def names(store: Store) -> list[str | None]:
    return [row.name for row in store.rows()]


def plain_root(store: Store) -> bytes:
    """The root by another way: a whole tree over the leaves as they are kept."""
    return Tree(leaf_hash(row.leaf) for row in store.rows()).root()


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problem.code


def kept_act(store: Store, made: Act) -> Desk:
    """A desk over a ledger that holds an entry and what it rests on."""
    whole = record(made)
    bodies = [canonical({**data_of(source), "kind": "source"}) for source in whole.sources.values()]
    lines = [drafted(body, name=f"s{n}", kind="source", recorded=NOW, by="r") for n, body in enumerate(bodies)]
    entry = drafted(canonical(data_of(made)), name=made.id, kind=made.kind, recorded=NOW, by="r")
    store.keep([*lines, entry])
    return Desk(record_in(store.bodies(None)), lambda: NOW, store)


def test_a_ledger_begins_empty_and_has_a_name(store: Store) -> None:
    assert store.origin == "test/log"
    assert store.frontier().size == 0
    assert list(store.rows()) == []
    assert store.bodies(None) == []
    assert whole_record(store) is None
    assert store.sheets() == []


def test_what_is_kept_is_read_as_it_was_in_its_order(another: Another) -> None:
    given_drafts = drafts(1, 2, 3)
    assert another().keep(given_drafts) == Kept(0, 3)
    rows = list(another().rows())
    assert [(row.seq, row.leaf, row.name, row.salt, row.body) for row in rows] == [
        (seq, each.leaf, each.name, each.salt, each.body) for seq, each in enumerate(given_drafts)
    ]
    assert all(
        row.salt is not None and row.body is not None and opens(read(row.leaf), row.salt, row.body) for row in rows
    )


def test_rows_are_read_from_a_place_to_a_place(store: Store) -> None:
    store.keep(drafts(*range(7)))
    assert [row.seq for row in store.rows(2, 5)] == [2, 3, 4]
    assert [row.seq for row in store.rows(5)] == [5, 6]
    assert store.bodies(None, 6) == [b"{}"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 9), max_size=4))
def test_the_edge_of_the_tree_is_that_of_the_whole_tree(store: Store, sizes: Sequence[int]) -> None:
    for size in sizes:
        first = store.frontier().size
        assert store.keep(drafts(*range(first, first + size))) == Kept(first, size)
    assert store.frontier().size == len(list(store.rows()))
    assert store.frontier().root() == plain_root(store)


def test_several_entries_are_kept_whole_or_not_at_all(store: Store) -> None:
    store.keep(drafts(1))
    before = store.frontier()
    with pytest.raises(Refused) as refused:
        store.keep(drafts(2, 3, 1))
    assert code(refused) == "duplicate-id"
    assert names(store) == ["e1"]
    assert store.frontier().root() == before.root()
    store.keep(drafts(2))
    assert names(store) == ["e1", "e2"]


def test_a_request_that_is_sent_again_counts_once(another: Another) -> None:
    assert another().keep(drafts(1, 2), "r1") == Kept(0, 2)
    assert another().keep(drafts(1, 2), "r1") == Kept(0, 2, fresh=False)
    assert another().keep(drafts(3), "r2") == Kept(2, 1)
    assert names(another()) == ["e1", "e2", "e3"]


def test_a_request_id_is_not_used_for_something_else(store: Store) -> None:
    store.keep(drafts(1), "r1")
    for other in (drafts(2), [draft(1, "board")], [draft(1, body=b"[]")]):
        with pytest.raises(Refused) as refused:
            store.keep(other, "r1")
        assert code(refused) == "request-reused"
    assert names(store) == ["e1"]


def test_what_is_kept_in_a_hold_is_kept_when_it_ends(another: Another) -> None:
    one = another()
    with one.held():
        one.keep(drafts(1))
        with one.held():
            one.keep(drafts(2))
    assert names(another()) == ["e1", "e2"]


def test_a_hold_that_ends_in_a_fault_leaves_nothing(another: Another) -> None:
    one = another()
    one.keep(drafts(0), "r0")

    def fail() -> None:
        with one.held():
            one.keep(drafts(1), "r1")
            one.lay([Sheet("a.toml", (Stretch("a"),))])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(another()) == ["e0"]
    assert another().sheets() == []
    assert one.keep(drafts(1), "r1") == Kept(1, 1)


def test_writers_at_once_are_put_in_one_order(another: Another) -> None:
    def write(store: Store, number: int) -> None:
        for each in range(number, number + 10):
            store.keep(drafts(each), f"r{each}")

    writers = [Thread(target=write, args=(another(), number)) for number in range(0, 40, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    store = another()
    assert sorted(names(store), key=str) == sorted((f"e{number}" for number in range(40)), key=str)
    assert [row.seq for row in store.rows()] == list(range(40))
    assert store.frontier().root() == plain_root(store)


def test_time_never_goes_back(another: Another) -> None:
    later = drafted(b"{}", name="late", kind="note", recorded=Instant.of("2026-02-01T10:00:01Z"), by="registrar")
    another().keep([draft(1), later])
    with pytest.raises(Refused) as refused:
        another().keep(drafts(2))
    assert code(refused) == "clock-behind"
    assert "2026-02-01T10:00:01Z" in str(refused.value)
    with pytest.raises(ValueError, match="order"):
        another().keep([later, draft(2)])
    assert names(another()) == ["e1", "late"]


def test_a_body_is_read_by_its_audience_only(store: Store) -> None:
    store.keep([draft(1), draft(2, "board", b'"b"'), draft(3, "staff", b'"s"')])
    assert store.bodies(()) == [b"{}"]
    assert store.bodies(("board",)) == [b"{}", b'"b"']
    assert store.bodies(None) == [b"{}", b'"b"', b'"s"']
    assert read(next(store.rows(1)).leaf).id.startswith("sealed-")


def test_layout_is_kept_in_the_place_of_what_was_kept_before(another: Another) -> None:
    first = [
        Sheet("b.toml", (Stretch("1\n", ("x",)), Stretch("2"))),
        Sheet("a.toml", (Stretch("\u202eä", ("y", "z")),)),
    ]
    another().lay(first)
    assert another().sheets() == first
    another().lay(first[1:])
    assert another().sheets() == first[1:]


def test_the_desk_appends_to_a_shelf(store: Store) -> None:
    desk = kept_act(store, act("party.described", party="body:b", id="body"))
    desk.record(act("invitation.issued", id="by-nobody"))
    assert read(list(store.rows())[-1].leaf).by == "registrar"
    desk.record(act("party.described", party="office:clerk"))
    desk.record(act("invitation.issued", id="new", by_officer="office:clerk"))
    last = list(store.rows())[-1]
    header = read(last.leaf)
    assert (header.id, header.kind, header.by, header.instant) == ("new", "invitation.issued", "office:clerk", NOW)
    whole = whole_record(store)
    assert whole is not None
    assert whole.acts[-1].recorded == NOW
    assert store.place_of("new") == last.seq
    assert store.place_of("never") is None


def test_an_entry_without_its_moment_is_not_kept(store: Store) -> None:
    with pytest.raises(ValueError, match="desk"):
        store.append(act("invitation.issued"))


def test_an_entry_is_shown_as_it_would_be_written_out(store: Store) -> None:
    made = act("invitation.issued")
    assert store.form(made) == act_toml(made)


def test_what_is_shredded_is_gone_and_the_tree_holds(another: Another) -> None:
    store = another()
    made = act("party.described", party="body:b", id="secret", note="Nobody may read this.")
    desk = kept_act(store, made)
    store.lay([Sheet("a.toml", (Stretch("secret words", ("secret",)), Stretch("others", ("s0",))))])
    leaf = list(store.rows())[-1].leaf
    desk.shred("secret", Tongues.of("Ordered by the court."))
    row = list(another().rows())[-2]
    assert (row.leaf, row.name, row.salt, row.body) == (leaf, None, None, None)
    assert row.gone == row.seq + 1
    assert another().frontier().root() == plain_root(another())
    assert [stretch.text for sheet in another().sheets() for stretch in sheet.stretches] == ["others"]
    whole = whole_record(another())
    assert whole is not None
    assert [each.id for each in whole.acts] == ["entry-shredded-secret-2026-02-01"]


def test_what_is_sealed_is_read_by_its_audience(another: Another) -> None:
    desk = kept_act(another(), act("party.described", party="body:b", id="secret"))
    desk.seal("secret", "board", Tongues.of("Not yet public."))
    assert len(another().bodies(("board",))) == len(another().bodies(())) + 1
    assert list(another().rows())[-2].sealed == list(another().rows())[-1].seq


def test_nothing_is_sealed_or_shredded_that_no_entry_says(store: Store) -> None:
    desk = kept_act(store, act("party.described", party="body:b", id="secret"))
    desk.record(act("invitation.issued", id="new"))
    seq, by = store.place_of("secret"), store.place_of("new")
    assert seq is not None
    assert by is not None
    for last in (by, seq, 0):
        with pytest.raises(Refused):
            store.shred(seq, last)
        with pytest.raises(Refused):
            store.seal(seq, "board", last)
    desk.seal("secret", "board", Tongues.of("Why."))
    sealing = store.place_of("entry-sealed-secret-2026-02-01")
    assert sealing is not None
    with pytest.raises(Refused):
        store.seal(seq, "staff", sealing)
    with pytest.raises(Refused):
        store.shred(seq, sealing)
    with pytest.raises(Refused):
        store.seal(by, "board", sealing)
    assert store.place_of("secret") == seq


def test_what_is_not_there_is_not_sealed(store: Store) -> None:
    desk = kept_act(store, act("party.described", party="body:b", id="secret"))
    with pytest.raises(Barred):
        desk.seal("never", "board", Tongues.of("Why."))


def test_the_payload_of_a_request_depends_on_every_part() -> None:
    assert drafted(b"1", name="a", kind="k", recorded=NOW, by="r").salt != draft(1).salt
    made = drafted(b"1", name="a", kind="k", recorded=NOW, by="r", salted=lambda n: b"s" * n)
    assert read(made.leaf).body == sha256(b"chancery/body/v1\n" + b"s" * 32 + b"1").hexdigest()
