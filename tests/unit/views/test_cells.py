"""The cells that views share: what they say of an account, of several, and of what a view leaves out."""

from chancery.acts.statements import StatementMade
from chancery.values import Date, Phrase, Tongues
from chancery.views import Scope
from chancery.views.cells import (
    account_cell,
    accounts_cell,
    brief_accounts,
    caveats,
    cells_of,
    concerns,
    refs_in,
    run,
    said_by,
    spoken,
    words_of,
)
from tests.made import BODY, act, read, record, ref, source


def said(text: str, **who: object) -> str:
    register = read(record(act("statement.made", effective="2026-01-20", words=text, **who)))
    return str(said_by(account_cell(register.facts()[0].act, register)))


def test_an_account_names_its_speaker_for_whom_and_its_source() -> None:
    source = "source:press (press, said 2026-01-20)"
    assert said("w") == source
    assert said("w", speaker="person:p") == f"person:p, in {source}"
    assert said("w", speaker="person:p", on_behalf_of="state:be") == f"person:p for state:be, in {source}"
    assert said("w", speaker="state:be", on_behalf_of="state:be") == f"state:be, in {source}"
    assert said("w", speaker_as="a spokesman", on_behalf_of="state:be") == f"a spokesman for state:be, in {source}"
    assert said("w", on_behalf_of="state:be") == f"somebody for state:be, in {source}"


def test_an_account_without_a_source_or_of_an_undated_one_says_so() -> None:
    register = read(record(act("statement.made", None, effective="2026-01-20")))
    assert str(said_by(account_cell(register.facts()[0].act, register))) == "no source"
    undated = source("undated", "press", None, retrieved="2026-02-01")
    register = read(record(act("statement.made", "undated", effective="2026-01-20"), sources=[undated]))
    assert str(said_by(account_cell(register.facts()[0].act, register))) == "source:undated (press, undated)"


def test_accounts_that_agree_are_named_up_to_two_and_then_counted() -> None:
    accounts = [
        act("meeting.held", src, meeting="meeting:m", body=BODY, effective="2026-01-20") for src in ["press"] * 5
    ]
    other = act("meeting.held", "analysis", meeting="meeting:m", body=BODY, effective="2026-01-21")
    register = read(record(*accounts, other))
    denied = act("statement.denied", "wire", denies=other.id, by="state:be", effective="2026-01-22")
    register = read(record(*accounts, other, denied))
    fact = next(fact for fact in register.facts() if fact.act.kind == "meeting.held")
    cell = accounts_cell(fact, register)
    assert [each["side"] for each in cell] == ["preferred", *["agrees"] * 4, "differs", "denies"]
    assert [str(each).split(":")[0] for each in brief_accounts(cell)] == [
        "source",
        "source",
        "source",
        "differs",
        "denied",
        "2 more alike",
    ]


def test_an_empty_cell_says_nothing() -> None:
    assert cells_of(None) == []
    assert list(brief_accounts([])) == []
    assert str(run()) == ""
    assert str(run(None, Phrase("a"), None, Phrase("b"))) == "a, b"


def test_a_value_is_spoken_as_what_it_is() -> None:
    nothing: list[object] = [None, (), ""]
    assert [spoken(value) for value in nothing] == [None, None, None]
    values = [True, False, 7, "state:be", "a title", ("state:be", "x"), Date.of("2026-01"), Tongues.of("w")]
    told = [str(spoken(value)) for value in values]
    assert told == ["yes", "no", "7", "state:be", "a title", "state:be, x", "2026-01", "w"]


def test_an_act_concerns_whom_it_names_and_who_says_it_and_not_its_source() -> None:
    made = act("statement.made", about=["state:fr", BODY], speaker="person:p", effective="2026-01-20")
    assert refs_in(made) == {"state:fr", BODY, "person:p"}
    (fact,) = read(record(made)).facts()
    assert concerns(Scope(), fact)
    assert concerns(Scope(ref(BODY), ref("state:fr")), fact)
    assert not concerns(Scope(ref(BODY), ref("state:de")), fact)


def test_words_come_from_the_field_that_has_them_else_from_the_note() -> None:
    declined = act("invitation.declined", reason="too wide", note="n", effective="2026-01-20")
    issued = act("invitation.issued", note="n", effective="2026-01-21")
    assert [str(words_of(fact)) for fact in read(record(declined, issued)).facts()] == ["too wide", "n"]


def test_a_view_says_what_it_assumes_what_it_only_shows_and_what_may_be_missing() -> None:
    undated = source("undated", "press", None, retrieved="2026-03-01")
    assumed = act("statement.made", "undated", effective="2026-01-20")
    shown = [act("statement.made", "garbled", effective="2026-01-20") for _ in range(9)]
    late = source("late", "press", "2026-03-01")
    undecided = act("statement.made", "late", effective="2026-01/2026-03")
    other = act("meeting.held", "late", meeting="meeting:m", body=BODY, effective="2026-01/2026-03")
    made = record(assumed, *shown, undecided, other, sources=[undated, late])
    register = read(made, "2026-02-01", "2026-02-01")
    notes = [str(note) for note in caveats(register, Scope(), register.facts(), (StatementMade,))]
    assert notes[0].endswith(assumed.id)
    assert notes[1].endswith(f"{shown[7].id} and 1 more")
    assert len(notes) == 2
    notes = [str(note) for note in caveats(read(made, "2026-02-01"), Scope(), [], (StatementMade,))]
    assert notes == [f"Not shown, since it is open whether it was by this day or later: {undecided.id}"]
    assert list(caveats(read(made, "2026-02-01"), Scope(ref(BODY)), [], (StatementMade,))) == []
