"""The desk: what is impossible is refused and nothing is written; a breach is recorded and shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest

from chancery.acts import Act
from chancery.desk import Barred, Desk, name_of
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.values import Instant, Tongues
from tests.made import act, record

NOW = Instant.of("2026-02-01T10:00:00Z")


class Kept:
    """A shelf that remembers."""

    place = "memory"

    def __init__(self) -> None:
        self.acts: list[Act] = []

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()

    def form(self, act: Act, /) -> str:
        return act.id

    def append(self, act: Act, /) -> None:
        self.acts.append(act)


class Full(Kept):
    """A shelf that cannot take anything."""

    def append(self, _: Act, /) -> None:
        raise OSError("no room")


WHY = Tongues.of("Why.")

BODY = act("party.described", party="body:b", id="body")


def desk(*acts: Act, recorded: str | None = None) -> tuple[Desk, Kept]:
    kept = Kept()
    return Desk(record(BODY, *acts, recorded=recorded), lambda: NOW, kept), kept


def codes(barred: pytest.ExceptionInfo[Barred]) -> set[str]:
    return {problem.code for problem in barred.value.problems}


def test_an_act_is_recorded_at_the_moment_that_the_clock_says() -> None:
    at, kept = desk()
    examined = at.record(act("invitation.issued", id="new"))
    assert examined.problems == ()
    assert [(each.id, each.recorded) for each in kept.acts] == [("new", NOW)]


def test_whatever_an_act_says_of_its_recording_the_clock_decides() -> None:
    at, kept = desk()
    at.record(act("invitation.issued", recorded="2020-01-01T00:00:00Z"))
    assert kept.acts[0].recorded == NOW


def test_what_is_examined_is_not_written() -> None:
    at, kept = desk()
    assert at.examine(act("invitation.issued", id="new")).act.recorded == NOW
    assert kept.acts == []


def test_every_bar_is_told_at_once_and_nothing_is_written() -> None:
    at, kept = desk()
    with pytest.raises(Barred) as barred:
        at.record(act("invitation.issued", None, id="body", party="state:uk", replaces="never"))
    assert codes(barred) == {"duplicate-id", "unsourced", "unknown-ref", "unknown-entry"}
    assert "the id body is given to an earlier entry too" in str(barred.value)
    assert kept.acts == []


def test_a_breach_is_recorded_and_given_back_once() -> None:
    at, kept = desk()
    wrong = act("invitation.issued", effective="2026-01-20", weekday="Monday", id="wrong")
    assert [problem.code for problem in at.record(wrong).problems] == ["weekday"]
    assert [each.id for each in kept.acts] == ["wrong"]
    assert at.record(act("invitation.declined")).problems == ()


def test_a_breach_that_stood_before_is_not_told_again() -> None:
    at, _ = desk(act("invitation.issued", effective="2026-01-20", weekday="Monday"))
    assert at.record(act("invitation.declined")).problems == ()


def test_a_breach_that_the_act_makes_of_another_is_told() -> None:
    at, _ = desk(act("invitation.issued", effective="2026-01-20", id="before"))
    found = at.record(act("party.described", party="state:be", effective="2026-01-25"))
    assert [(problem.code, problem.entry) for problem in found.problems] == [("before-described", "before")]


def test_what_was_taken_stands_when_the_next_is_examined() -> None:
    at, _ = desk()
    at.record(act("invitation.issued", id="new"))
    with pytest.raises(Barred) as barred:
        at.record(act("invitation.issued", id="new"))
    assert codes(barred) == {"duplicate-id"}


def test_a_correction_takes_the_place_of_an_entry_and_a_withdrawal_gives_it_back() -> None:
    at, kept = desk(act("invitation.accepted", id="first", effective="2026-01-20"))
    at.correct("first", act("invitation.accepted", id="second", effective="2026-01-21"))
    at.withdraw("second", Tongues.of("It was right before."))
    assert kept.acts[0].replaces == "first"
    assert kept.acts[1].id == "entry-withdrawn-second-2026-02-01"
    whole = record(BODY, act("invitation.accepted", id="first", effective="2026-01-20"), *kept.acts)
    (stack,) = (stack for _, _, stack in Ledger(whole).as_of(Reading.of("2026-12-31")).stacks())
    assert [fact.act.id for fact in stack] == ["first"]


def test_an_entry_that_is_not_there_cannot_be_corrected_or_withdrawn() -> None:
    at, kept = desk()
    with pytest.raises(Barred) as barred:
        at.correct("never", act("invitation.issued"))
    assert codes(barred) == {"unknown-entry"}
    with pytest.raises(Barred) as barred:
        at.withdraw("never", Tongues.of("Why not"))
    assert codes(barred) == {"unknown-entry"}
    assert kept.acts == []


def test_an_entry_too_long_is_refused() -> None:
    at, _ = desk()
    with pytest.raises(Barred) as barred:
        at.record(act("invitation.issued", note="x" * 70_000))
    assert codes(barred) == {"too-large"}


@pytest.mark.parametrize("where", ["an entry", "the head"])
def test_a_clock_that_is_behind_the_record_is_refused(where: str) -> None:
    moment = "2026-02-01T10:00:01Z"
    at, _ = desk(act("invitation.issued", recorded=moment)) if where == "an entry" else desk(recorded=moment)
    with pytest.raises(Barred) as barred:
        at.record(act("invitation.declined"))
    assert codes(barred) == {"clock-behind"}
    assert f"an entry was recorded at {moment} already" in str(barred.value)


def test_a_shelf_that_fails_leaves_the_desk_as_it_was() -> None:
    at = Desk(record(BODY), lambda: NOW, Full())
    for _ in range(2):
        with pytest.raises(OSError, match="no room"):
            at.record(act("invitation.issued", id="new"))


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        ("invitation.issued", {"party": "state:ru", "effective": "2026-01-16"}, "invitation-issued-ru-2026-01-16"),
        ("invitation.issued", {"party": "state:ru", "effective": "../2026-01-16"}, "invitation-issued-ru-2026-01-16"),
        ("invitation.issued", {"party": "state:ru", "effective": "2026-01~"}, "invitation-issued-ru-2026-01"),
        ("invitation.issued", {"party": "state:ru"}, "invitation-issued-ru"),
        ("office.held", {"person": "person:tony-blair", "body": "body:b"}, "office-held-tony-blair"),
        ("pledge.made", {"by": ["state:ru", "state:eg"], "effective": "2026"}, "pledge-made-ru-2026"),
        ("pledge.made", {"by": [], "body": "body:b"}, "pledge-made-b"),
        ("entry.withdrawn", {"entry": "t 001"}, "entry-withdrawn-t-001"),
        ("statement.made", {"about": ["state:ru"]}, "statement-made"),
        ("invitation.issued", {"party": "taken"}, "invitation-issued-taken-3"),
    ],
)
def test_a_name_is_made_from_kind_party_and_day(kind: str, data: dict[str, object], name: str) -> None:
    taken = {"invitation-issued-taken", "invitation-issued-taken-2"}
    assert name_of(kind, data, taken) == name


def test_the_desk_names_what_no_entry_of_the_record_is_called() -> None:
    at, _ = desk(act("invitation.issued", id="invitation-issued-be"))
    assert at.name("invitation.issued", {"party": "state:be"}) == "invitation-issued-be-2"


def test_an_entry_is_sealed_to_an_audience_or_shredded_for_a_reason() -> None:
    at, kept = desk(act("invitation.accepted", id="first"))
    at.seal("first", "board", Tongues.of("Not yet public."))
    at.shred("first", Tongues.of("Ordered by the court."))
    assert [(each.id, each.kind) for each in kept.acts] == [
        ("entry-sealed-first-2026-02-01", "entry.sealed"),
        ("entry-shredded-first-2026-02-01", "entry.shredded"),
    ]


@pytest.mark.parametrize("does", [lambda at: at.seal("never", "board", WHY), lambda at: at.shred("never", WHY)])
def test_an_entry_that_is_not_there_cannot_be_sealed_or_shredded(does: Callable[[Desk], object]) -> None:
    at, kept = desk()
    with pytest.raises(Barred) as barred:
        does(at)
    assert codes(barred) == {"unknown-entry"}
    assert kept.acts == []


def test_the_id_of_what_was_shredded_is_not_given_again() -> None:
    at, _ = desk(act("entry.shredded", None, id="gone", entry="first", reason="Ordered."))
    with pytest.raises(Barred) as barred:
        at.record(act("invitation.accepted", id="first"))
    assert "shredded" in codes(barred)
