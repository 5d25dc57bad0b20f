"""What a party may do on a day: yes, no or silent; by a seat, by an office, by a decision that one takes alone."""

import pytest

from chancery.acts import Act
from chancery.rules.chambers import Chamber
from chancery.rules.rights import Answer, May, may, powers_in
from tests.made import BODY, act, day, ref
from tests.unit.rules.chamber import BY_DEPOSIT, members, register, rules
from tests.unit.rules.test_charter import provision

ON = "2026-02-10"
CHAIR = "office:chair"
HELD = act("office.held", person="person:a", office=CHAIR, effective="2026-01-01")
SIGNED = act("membership.signed", party="state:nl", effective="2026-01-25")
OPEN: dict[str, object] = {**BY_DEPOSIT, "unsettled_by": ["signed"]}
PROVISIONAL: dict[str, object] = {**BY_DEPOSIT, "provisional_by": ["signed"]}


def asked(party: str, power: str, *acts: Act | list[Act], matter: str | None = None, on: str = ON) -> May:
    chamber = Chamber(register(*acts), ref(BODY))
    return may(chamber, ref(party), power, matter, day(on))


def said(found: May) -> str:
    return " ".join(map(str, (*found.because, *found.open)))


def test_a_member_votes_from_the_day_on_which_it_is_one() -> None:
    made = (rules(), members("be"))
    assert [asked("state:be", "vote", *made, on=on).answer for on in ("2026-01-24", "2026-01-25")] == ["no", "yes"]


@pytest.mark.parametrize(
    ("party", "answer", "words"),
    [
        ("state:be", "yes", "sits as a member; 2 counts the votes of members"),
        ("state:de", "no", "sits as an observer"),
        ("state:fr", "no", "sits as a suspended member"),
        ("state:it", "no", "no member on this day (1)"),
        ("state:fj", "no", "no member on this day (1)"),
        ("person:a", "no", "As office:chair it has the casting vote on a tie (3)"),
    ],
)
def test_who_votes_and_who_does_not(party: str, answer: Answer, words: str) -> None:
    found = asked(
        party,
        "vote",
        rules({"type": "casting_vote", "by": CHAIR}),
        members("be", "fr"),
        act("observer.admitted", party="state:de", effective="2026-01-25"),
        act("membership.suspended", party="state:fr", effective="2026-02-01"),
        act("invitation.issued", party="state:it", effective="2026-01-25"),
        HELD,
    )
    assert found.answer == answer
    assert words in said(found)


def test_a_body_without_a_rule_on_admission_has_its_members_by_what_is_on_record() -> None:
    begun = act("membership.begun", party="state:be", effective="2026-01-25")
    made = [each for each in rules() if each.article != "1"]  # type: ignore[attr-defined]  # provisions
    assert asked("state:be", "vote", made, begun).answer == "yes"
    assert "no member on this day; 2 counts" in said(asked("state:de", "vote", made, begun))


def test_a_signature_is_nothing_or_provisional_or_open_as_the_charter_has_it() -> None:
    plain = asked("state:nl", "vote", rules(), SIGNED)
    provisional = asked("state:nl", "vote", rules(admission=PROVISIONAL), SIGNED)
    unsettled = asked("state:nl", "vote", rules(admission=OPEN), SIGNED)
    assert [each.answer for each in (plain, provisional, unsettled)] == ["no", "no", "silent"]
    assert plain.standing.standing == unsettled.standing.standing == "signatory"
    assert "sits as a provisional member" in said(provisional)
    assert "no text that was read settles" in said(unsettled)


def test_a_step_whose_effect_is_open_leaves_the_number_of_members_open() -> None:
    chamber = Chamber(register(rules(admission=OPEN), SIGNED, members("be")), ref(BODY))
    assert chamber.enrolled(day(ON)).roll.others is None
    deposited = act("membership.deposited", party="state:nl", effective="2026-02-01")
    chamber = Chamber(register(rules(admission=OPEN), SIGNED, deposited), ref(BODY))
    assert chamber.enrolled(day(ON)).roll.others == 0


def test_a_franchise_gives_a_vote_to_those_whom_it_names() -> None:
    both: dict[str, object] = {"type": "franchise", "statuses": ["member", "provisional"], "group": "elected"}
    seated = act("membership.begun", party="state:be", seat="elected", effective="2026-01-25")
    found = asked("state:be", "vote", rules(both, admission=PROVISIONAL), seated, members("de"))
    assert (found.answer, "members, provisional members among elected" in said(found)) == ("yes", True)
    assert "No typed rule says in so many words" not in said(found)
    assert asked("state:de", "vote", rules(both, admission=PROVISIONAL), seated, members("de")).answer == "no"


def test_a_day_of_an_act_that_is_not_certain_leaves_it_open() -> None:
    made = (rules(), act("membership.deposited", party="state:be", effective="2026-02"))
    found = asked("state:be", "vote", *made)
    assert (found.answer, "the day of an act is not certain" in said(found)) == ("silent", True)


@pytest.mark.parametrize("more", [{"open": True}, {"others": 3}])
def test_a_list_that_does_not_name_all_members_leaves_strangers_open(more: dict[str, object]) -> None:
    listed: dict[str, object] = {"type": "members", "parties": ["state:be"], **more}
    assert asked("state:be", "vote", rules(listed)).answer == "yes"
    found = asked("state:fj", "vote", rules(listed))
    assert (found.answer, "say that there are more" in said(found)) == ("silent", True)
    invited = act("invitation.issued", party="state:it", effective="2026-01-25")
    assert asked("state:it", "vote", rules(listed), invited).answer == "no"


def test_where_no_rule_decides_anything_the_charter_is_silent() -> None:
    found = asked("state:be", "vote", [provision("1", BY_DEPOSIT)], members("be"))
    assert (found.answer, found.rests) == ("silent", ())
    assert found.admission is not None


ALONE: dict[str, object] = {"type": "decision", "name": "removal", "by": CHAIR}
UNANIMOUS: dict[str, object] = {
    "type": "decision",
    "name": "amendment",
    "requires": [{"type": "threshold", "at_least": "1/1", "of": "members"}],
}
SOME: dict[str, object] = {"type": "franchise", "on": ["amendment"], "statuses": ["member", "observer"]}


def test_a_vote_on_one_kind_of_matter() -> None:
    made = (rules(ALONE, UNANIMOUS, SOME), act("observer.admitted", party="state:be", effective="2026-01-25"))
    answers = {
        name: asked("state:be", "vote", *made, matter=name).answer for name in ("ordinary", "amendment", "removal")
    }
    assert answers == {"ordinary": "no", "amendment": "yes", "removal": "no"}
    assert "decides alone" in said(asked("state:be", "vote", *made, matter="removal"))
    whole = asked("state:be", "vote", *made)
    assert (whole.answer, "On ordinary: No. On amendment: Yes." in said(whole)) == ("yes", True)


@pytest.mark.parametrize("word", ["removal", "remove", "membership.removed"])
def test_what_somebody_decides_alone(word: str) -> None:
    assert asked("person:a", word, rules(ALONE), HELD).answer == "yes"
    assert asked("person:a", word, rules(ALONE), HELD, on="2025-12-31").answer != "yes"
    assert asked("state:be", word, rules(ALONE), members("be")).answer == "no"
    assert asked("state:be", word, rules(), members("be")).answer == "silent"


def test_what_is_decided_by_a_vote_is_for_those_who_vote() -> None:
    found = asked("state:be", "amend", rules(UNANIMOUS), members("be"))
    assert (found.answer, "it is voted on" in said(found)) == ("yes", True)
    assert asked("state:fj", "amend", rules(UNANIMOUS), members("be")).answer == "no"


@pytest.mark.parametrize(
    ("power", "act_of", "rule"),
    [
        ("approve", "decision.approved", {"type": "approval", "by": CHAIR, "on": ["ordinary"]}),
        ("break_tie", "break_tie", {"type": "casting_vote", "by": CHAIR}),
        ("veto", "decision.vetoed", {"type": "veto", "by": [CHAIR]}),
    ],
)
def test_powers_of_an_office(power: str, act_of: str, rule: dict[str, object]) -> None:
    for word in (power, act_of):
        assert asked("person:a", word, rules(rule), HELD, members("be")).answer == "yes"
        assert asked("state:be", word, rules(rule), HELD, members("be")).answer == "no"
        assert asked("person:a", word, rules(), HELD, members("be")).answer == "silent"


def test_a_power_on_a_matter_that_its_rule_does_not_concern() -> None:
    rule: dict[str, object] = {"type": "approval", "by": CHAIR, "on": ["amendment"]}
    made = (rules(rule, UNANIMOUS), HELD)
    assert asked("person:a", "approve", *made, matter="amendment").answer == "yes"
    assert asked("person:a", "approve", *made, matter="ordinary").answer == "silent"


def test_a_veto_of_a_group_and_one_that_members_have_together() -> None:
    listed: dict[str, object] = {"type": "members", "parties": ["state:be"], "group": "permanent", "others": 0}
    made = (rules(listed, {"type": "veto", "group": "permanent"}), members("be", "de"))
    assert [asked(f"state:{code}", "veto", *made).answer for code in ("be", "de")] == ["yes", "no"]
    together = (rules({"type": "veto", "more_than": "1/3", "of": "members"}), members("be"))
    found = asked("state:be", "veto", *together)
    assert (found.answer, "to members together, and to none alone" in said(found)) == ("yes", True)
    assert asked("state:fj", "veto", *together).answer == "no"
    unsettled = rules({"type": "veto", "at_least": "1/3", "of": "members"}, admission=OPEN)
    assert asked("state:nl", "veto", unsettled, SIGNED).answer == "silent"


def test_who_may_break_silence() -> None:
    made = (rules({"type": "silence"}), members("be"))
    assert [asked(f"state:{code}", "object", *made).answer for code in ("be", "fj")] == ["yes", "no"]
    assert asked("state:be", "silence.broken", rules(), members("be")).answer == "silent"


def test_what_can_be_asked_of_a_body() -> None:
    chamber = Chamber(register(rules(ALONE)), ref(BODY))
    assert {"vote", "approve", "vote.cast", "ordinary", "removal"} <= set(powers_in(chamber.rulebook.on(day(ON))))


def test_an_article_that_was_read_in_a_report_says_so() -> None:
    made = [*rules()[:1], provision("9", {**UNANIMOUS, "ordinary": True}, evidence="reported")]
    assert "9 was read in a report" in said(asked("state:be", "vote", made, members("be")))
