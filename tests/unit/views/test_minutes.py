"""Minutes of what the invented session does not hold: silence at a meeting, a call alone, gaps, votes in dispute."""

from chancery.acts import Act
from chancery.cli.papers import printed
from chancery.languages import Reader
from chancery.views.minutes import bodies_of, minutes_of
from tests.made import BODY, act, ref
from tests.unit.rules.chamber import MEETING, ON, attended, ballots, decision, members, register, rules

AT = {**ON, "meeting": MEETING}


def minutes(*acts: Act | list[Act], on: str = "2026-12-31") -> str:
    found = register(*acts, on=on)
    assert bodies_of(found, ref(MEETING)) == [BODY]
    return printed(minutes_of(found, ref(MEETING), ref(BODY)), Reader("en", found), "md")


def test_a_meeting_that_was_called_and_of_which_no_more_is_known() -> None:
    text = minutes(act("meeting.convened", **AT))
    missing = ("That it was held.", "Who was in the chair.", "An agenda.", "Who was there.")
    assert all(f"- {each}\n" in text for each in missing)
    assert "## Attendance" not in text


def test_silence_at_a_meeting_is_told_with_its_objections_and_its_end() -> None:
    made = (
        act("meeting.held", **AT),
        act("motion.tabled", motion="motion:m", **AT),
        act("silence.opened", motion="motion:m", deadline="2026-02-12T12:00:00Z", **ON),
        act("silence.extended", motion="motion:m", body=BODY, deadline="2026-02-13T12:00:00Z", effective="2026-02-11"),
        act("silence.broken", motion="motion:m", body=BODY, by="state:be", effective="2026-02-11"),
        act("silence.concluded", motion="motion:m", body=BODY, outcome="broken", effective="2026-02-14"),
    )
    text = minutes(rules({"type": "silence", "extension_hours": 24}), members(), *made)
    assert "#### Silence procedure" in text
    assert "- silence extended, until 13 Feb 2026, 12:00 UTC" in text
    assert "- Objection of Belgium, 11 Feb 2026" in text
    assert "Silence was broken by Belgium." in text
    assert "- Announced: broken" in text


def test_votes_in_dispute_are_marked_by_name() -> None:
    votes = [*ballots({"be": "yes", "de": "no"}, meeting=MEETING), *ballots({"be": "no"}, meeting=MEETING)]
    text = minutes(act("meeting.held", **AT), members(), votes, decision(meeting=MEETING))
    assert "Belgium (contested)" in text
    assert "Undecided. The charter is silent" in text


def test_a_declaration_on_the_meeting_and_what_a_session_of_two_bodies_holds() -> None:
    other = act("decision.adopted", decision="decision:o", meeting=MEETING, body="body:other", effective="2026-02-10")
    declared = act("declaration.made", party="state:be", nature="reservation", words="Late.", **AT)
    found = register(act("meeting.held", **AT), declared, other, attended({"be": "member"}))
    assert bodies_of(found, ref(MEETING)) == [BODY, "body:other"]
    reader = Reader("en", found)
    own = printed(minutes_of(found, ref(MEETING), ref(BODY)), reader, "md")
    assert "## Declarations\n\n- Reservation: Belgium" in own
    assert "Belgium" not in printed(minutes_of(found, ref(MEETING), ref("body:other")), reader, "md")
