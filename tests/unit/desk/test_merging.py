"""Merging: what is new is added, what was recorded is never changed, and the correction to record is shown."""

import msgspec
import pytest

from chancery.acts import Act
from chancery.desk import Barred, additions
from chancery.ledger import Record
from chancery.register import Source
from chancery.text import HEAD_KEY
from chancery.text.lines import SourceLine
from chancery.values import Tongues
from tests.made import act, record, source

FIRST = act("invitation.issued", id="first", effective="2026-01-16")


def as_line(made: Source) -> SourceLine:
    """A source as it comes from a ledger: as a line."""
    return SourceLine(**{name: getattr(made, name) for name in made.__struct_fields__})


def barred(kept: Record, given: Record) -> list[tuple[str, str | None, str | None]]:
    with pytest.raises(Barred) as found:
        additions(kept, given)
    return [(each.code, each.entry, each.place.field if each.place else None) for each in found.value.problems]


def test_a_ledger_that_is_empty_takes_everything() -> None:
    given = record(FIRST)
    new = additions(None, given)
    assert (new.head, new.acts, new.unwritten) == (given.head, (FIRST,), 0)
    assert new.count == 1 + len(given.sources) + 1


def test_the_same_again_adds_nothing() -> None:
    kept = record(FIRST)
    lines: dict[str, Source] = {ref: as_line(each) for ref, each in kept.sources.items()}
    assert additions(msgspec.structs.replace(kept, sources=lines), record(FIRST)).count == 0


def test_what_is_new_is_added_in_its_order_and_what_is_not_in_the_text_stays() -> None:
    later = act("invitation.declined", id="later")
    own = act("invitation.accepted", id="own")
    page = source("page")
    new = additions(record(FIRST, own), record(later, FIRST, sources=[page]))
    assert (new.head, new.sources, new.acts, new.unwritten, new.count) == (None, (page,), (later,), 1, 2)


def test_a_changed_entry_is_refused_with_the_correction_to_record() -> None:
    changed: Act = msgspec.structs.replace(FIRST, note=Tongues.of("Otherwise."), weekday="Friday")
    with pytest.raises(Barred) as found:
        additions(record(FIRST), record(changed))
    (problem,) = found.value.problems
    assert (problem.code, problem.entry) == ("changed-entry", "first")
    assert "note" in str(problem.phrase)
    said = str(problem.hint)
    assert 'replaces = "first"' in said
    assert 'id = "invitation-issued-be-2026-01-16"' in said
    assert 'note = "Otherwise."' in said


def test_a_changed_source_is_refused() -> None:
    one, other = source("page", title="One"), source("page", title="Other")
    assert barred(record(sources=[one]), record(sources=[other])) == [("changed-source", "source:page", "title")]


def test_what_a_record_says_of_itself_may_change_and_how_it_is_read_may_not() -> None:
    kept = record(title="One")
    assert additions(kept, record(title="Other")).head == record(title="Other").head
    assert barred(kept, record(title="One", shown_only=["press"])) == [("changed-head", HEAD_KEY, "shown_only")]


def test_every_change_is_told_at_once() -> None:
    one, other = source("page", title="One"), source("page", title="Other")
    changed = msgspec.structs.replace(FIRST, note=Tongues.of("Otherwise."))
    found = barred(record(FIRST, sources=[one]), record(changed, sources=[other], retrieved="2026-01-01"))
    assert [code for code, _, _ in found] == ["changed-head", "changed-source", "changed-entry"]


def test_what_was_shredded_is_not_brought_back() -> None:
    kept = record(act("entry.shredded", None, id="gone", entry="first", reason="Ordered."))
    assert barred(kept, record(FIRST)) == [("shredded", "first", "id")]
