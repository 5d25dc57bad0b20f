"""What single views say, where the invented record does not show it."""

from chancery.acts import Act
from chancery.languages import Reader
from chancery.views import VIEWS, Row, Scope, View
from chancery.views.cells import cells_of
from chancery.views.counts import brief_reported
from chancery.views.disputes import identified
from chancery.views.duties import brief_provision
from chancery.views.standing import brief_ruling
from tests.made import BODY, act, read, record, ref


def drawn(view: str, *acts: Act, on: str = "2026-12-31", scope: Scope | None = None) -> View:
    return VIEWS[view](read(record(*acts), on), scope or Scope())


def told(view: View) -> list[str]:
    return [str(note) for note in view.notes]


def only(view: View) -> Row:
    (row,) = view.rows
    return row


def tables(row: Row, key: str) -> list[dict[str, object]]:
    return cells_of(row.cells[key])


def test_a_number_is_said_as_exactly_as_its_source_gave_it() -> None:
    given = ("exactly", "about", "more_than", "nearly", "at_least")
    made = [
        act("count.reported", body=BODY, of="listed", number=20, precision=each, effective="2026-01-20")
        for each in given
    ]
    made.append(act("membership.listed", by="org:x", effective="2026-01-20"))
    cell = only(drawn("counts", *made)).cells["reported"]
    said = [Reader().say(each).split(" (")[0] for each in brief_reported(cell)]
    assert said == ["20", "about 20", "more than 20", "nearly 20", "at least 20"]


def test_a_ruling_says_its_reason_and_its_article() -> None:
    signed = act("membership.signed", effective="2026-01-20")
    provision = act(
        "provision.set",
        instrument="instrument:i",
        article="art. 1",
        matter="admission",
        body=BODY,
        evidence="text",
        words="w",
        rule={"type": "admission", "member_by": ["signed"]},
        effective="2026-01-01",
    )
    silent = only(drawn("standing", signed)).cells["ruling"]
    assert [str(each) for each in brief_ruling(silent)] == [
        "signed; a signature is not membership unless the charter says so"
    ]
    ruled = only(drawn("standing", signed, provision)).cells["ruling"]
    assert [str(each) for each in brief_ruling(ruled)][1:] == ["art. 1"]
    assert list(brief_ruling(None)) == []
    assert list(brief_provision(None)) == []


def test_a_timeline_with_nothing_left_out_says_nothing_of_it() -> None:
    assert told(drawn("timeline", act("statement.made", effective="2026-01-20"))) == []


def test_a_timeline_keeps_a_description_that_has_a_day() -> None:
    described = act("party.described", party="person:p", effective="2026-01-20")
    assert len(drawn("timeline", described).rows) == 1


def test_an_act_without_an_identity_is_about_what_it_says_or_its_body() -> None:
    assert identified(act("statement.made", about=["state:be"], speaker="person:p")) == ("state:be",)
    assert identified(act("count.reported", body=BODY, of="listed", number=1)) == (BODY,)


def test_a_membership_resumed_is_not_shown_as_suspended() -> None:
    begun = act("membership.begun", effective="2026-01-01")
    suspended = act("membership.suspended", effective="2026-02-01")
    resumed = act("membership.resumed", effective="2026-03-01")
    assert only(drawn("seats", begun, suspended)).cells["suspended"] is True
    assert only(drawn("seats", begun, suspended, resumed)).cells["suspended"] is None


def test_whoever_leaves_a_body_leaves_every_post_on_it_and_whoever_leaves_a_post_leaves_that_one() -> None:
    chair = act("appointment.made", person="person:p", body=BODY, office="office:chair", effective="2026-01-01")
    member = act("appointment.made", person="person:p", body=BODY, effective="2026-01-01")
    left_chair = act("appointment.ended", person="person:p", body=BODY, office="office:chair", effective="2026-02-01")
    left = act("appointment.ended", person="person:p", body=BODY, effective="2026-03-01")
    assert only(drawn("seats", chair, member, left_chair)).cells["office"] is None
    assert drawn("seats", chair, member, left).rows == ()


def test_an_act_of_a_mandate_that_another_entry_ended_is_not_in_force() -> None:
    given = act("mandate.given", mandate="mandate:m", body=BODY, effective="2026-01-01")
    (mandate,) = tables(only(drawn("bodies", given)), "mandates")
    assert mandate["holds"] == "yes"


def test_a_unanimous_vote_and_a_rejected_motion_stand_with_the_meeting_that_their_motion_names() -> None:
    tabled = act("motion.tabled", motion="motion:a", body=BODY, meeting="meeting:m", effective="2026-01-20")
    rejected = act("decision.rejected", decision="decision:d", body=BODY, motion="motion:a", effective="2026-01-20")
    row = only(drawn("meetings", tabled, rejected))
    assert row.cells["meeting"] == "meeting:m"
    assert [each["decision"] for each in tables(row, "decisions")] == ["decision:d"]


def test_what_a_party_did_narrows_the_meetings() -> None:
    tabled = act("motion.tabled", motion="motion:a", body=BODY, by=["state:be", "state:fr"], effective="2026-01-20")
    decided = act("decision.vetoed", decision="decision:d", body="body:c", by="state:de", effective="2026-01-20")
    view = drawn("meetings", tabled, decided, scope=Scope(party=ref("state:fr")))
    assert only(view).cells["body"] == BODY


def test_a_request_without_a_day_is_seen_until_it_is_answered() -> None:
    asked = act("request.made", request="request:r", by=["body:a"], to="state:be", effective="2026-01-20")
    answered = act("request.answered", request="request:r", by="state:be", effective="2026-02-20")
    assert only(drawn("duties", asked)).cells["status"] == "undated"
    assert only(drawn("duties", asked, answered)).cells["status"] == "done"


def test_an_entry_into_force_that_is_denied_sets_no_day() -> None:
    provision = act(
        "provision.set",
        instrument="instrument:i",
        article="art. 1",
        matter="report",
        body=BODY,
        evidence="text",
        words="w",
        rule={
            "type": "duty",
            "owed_by": BODY,
            "done_by": ["report.submitted"],
            "first": {"after": "instrument:i", "months": 1},
        },
        effective="2026-01-01",
    )
    entered = act("instrument.entered_into_force", instrument="instrument:i", effective="2026-01-15")
    denied = act("statement.denied", denies=entered.id, by="state:be", effective="2026-01-16")
    assert only(drawn("duties", provision, entered)).cells["status"] == "overdue"
    assert only(drawn("duties", provision, entered, denied)).cells["status"] == "undated"


def test_an_account_of_another_standing_fills_no_gap_of_one_that_it_contradicts() -> None:
    counted = act("vote.counted", "official", motion="motion:m", body=BODY, yes=13, abstain=2, effective="2026-01-20")
    other = act("vote.counted", "press", motion="motion:m", body=BODY, yes=15, unanimous=True, effective="2026-01-20")
    (vote,) = tables(only(drawn("meetings", counted, other)), "votes")
    assert (vote["yes"], vote["unanimous"], vote["agreement"]) == (13, None, "contested")


def test_a_source_falls_with_the_facts_that_rest_on_it_alone() -> None:
    one = act("statement.made", "press", effective="2026-01-20")
    two = [
        act("meeting.held", src, meeting="meeting:m", body=BODY, effective="2026-01-20") for src in ("press", "wire")
    ]
    view = drawn("sources", one, *two, scope=Scope(body=ref(BODY)))
    assert {row.cells["source"]: row.cells["alone"] for row in view.rows} == {"source:press": 0, "source:wire": 0}
    whole = {
        row.cells["source"]: (row.cells["resting"], row.cells["alone"]) for row in drawn("sources", one, *two).rows
    }
    assert (whole["source:press"], whole["source:wire"], whole["source:reference"]) == ((2, 1), (1, 0), (0, 0))


def test_a_state_on_two_bodies_is_no_overlap_of_persons() -> None:
    seats = [act("appointment.made", person="state:be", body=body, effective="2026-01-20") for body in (BODY, "body:c")]
    assert drawn("overlaps", *seats).rows == ()
