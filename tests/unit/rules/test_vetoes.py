"""Vetoes: who holds one, by what it is cast, and what is open where the text does not say."""

import pytest

from tests.ruled import ABC, MAJORITY, decision, members, outcome, ruled, rules, said, tally

ORDINARY = decision(MAJORITY)
FIVE = (members("a", "b", group='"permanent"'), members("c", "d", "e"))
CLEAR = {"abstention": '"no_veto"', "absence": '"no_veto"'}


def veto(**more: str) -> str:
    return 'type = "veto"' + "".join(f", {name} = {value}" for name, value in more.items())


def ballots(**choices: str) -> str:
    return "vote,party,choice|" + "|".join(f"v,org:{party},{choice}" for party, choice in choices.items())


def test_a_no_of_a_holder_stops_what_would_be_adopted() -> None:
    text = rules(*FIVE, ORDINARY, veto(group='"permanent"', **CLEAR))
    ruling = ruled(text, ballots(a="no", b="yes", c="yes", d="yes", e="yes"))
    assert (ruling.outcome, ruling.blocked_by) == ("vetoed", ("org:a",))
    assert "org:a vetoed it (art. 1)." in said(ruling)
    assert outcome(text, ballots(a="yes", b="yes", c="no", d="no", e="yes")) == "adopted"


def test_what_would_not_be_adopted_anyway_is_not_vetoed() -> None:
    text = rules(*FIVE, ORDINARY, veto(group='"permanent"', **CLEAR))
    ruling = ruled(text, ballots(a="no", b="no", c="no", d="yes", e="yes"))
    assert (ruling.outcome, ruling.blocked_by) == ("rejected", ())


def test_parties_and_offices_hold_one_by_name() -> None:
    text = rules(*FIVE, ORDINARY, veto(by='["org:c", "office:chair"]', **CLEAR))
    assert outcome(text, ballots(a="yes", b="yes", c="no", d="yes", e="yes")) == "vetoed"
    assert outcome(text, ballots(a="no", b="yes", c="yes", d="yes", e="yes")) == "adopted"
    ruling = ruled(text, "vote,yes,no,abstain,vetoed_by|v,4,1,0,office:chair")
    assert (ruling.outcome, ruling.blocked_by) == ("vetoed", ("office:chair",))


def test_every_holder_who_used_it_is_named() -> None:
    text = rules(*FIVE, ORDINARY, veto(group='"permanent"', **CLEAR), veto(by='["org:c"]', **CLEAR))
    ruling = ruled(
        rules(members("f", "g"), *FIVE, ORDINARY, veto(group='"permanent"', **CLEAR)),
        ballots(a="no", b="no", c="yes", d="yes", e="yes"),
    )
    assert ruling.blocked_by == ("org:a", "org:b")
    both = ruled(text, ballots(a="no", b="yes", c="no", d="yes", e="yes"))
    assert both.blocked_by == ("org:a", "org:c")


@pytest.mark.parametrize("choice", ["abstain", "absent", "not_voting"])
@pytest.mark.parametrize("meaning", ["veto", "no_veto", None])
def test_abstention_and_absence_mean_what_the_text_says_or_stay_open(choice: str, meaning: str | None) -> None:
    field = "abstention" if choice == "abstain" else "absence"
    given = {name: value for name, value in CLEAR.items() if name != field}
    text = rules(*FIVE, ORDINARY, veto(group='"permanent"', **given, **({field: f'"{meaning}"'} if meaning else {})))
    ruling = ruled(text, ballots(a=choice, b="yes", c="yes", d="yes"))
    assert ruling.outcome == {"veto": "vetoed", "no_veto": "adopted", None: "undecided"}[meaning]
    if meaning is None:
        assert "org:a did not vote, or abstained: whether that is a veto, art. 1 does not say." in said(ruling)
        assert ruling.blocked_by == ()


def test_who_is_not_among_the_ballots_is_absent() -> None:
    given = {"group": '"permanent"', "abstention": '"no_veto"'}
    assert outcome(rules(*FIVE, ORDINARY, veto(**given)), ballots(a="yes", c="yes")) == "undecided"
    assert outcome(rules(*FIVE, ORDINARY, veto(**given, absence='"veto"')), ballots(a="yes", c="yes")) == "vetoed"
    tallied = rules(*FIVE, ORDINARY, veto(**given, absence='"veto"'))
    assert outcome(tallied, "vote,yes,no,abstain,for_by|v,2,0,0,org:a;org:c") == "vetoed"
    assert tally(tallied, 2, 0).outcome == "adopted"


def test_a_holder_without_a_vote_is_not_missed_at_it() -> None:
    text = rules(*FIVE, ORDINARY, veto(by='["office:chair"]'))
    assert outcome(text, ballots(a="yes", b="yes", c="yes")) == "adopted"


def test_silence_past_a_deadline_may_be_a_veto_and_is_none_before() -> None:
    text = rules(*FIVE, ORDINARY, veto(by='["office:chair"]', absence='"veto"'))
    row = "vote,party,choice,deadline|v,org:a,yes,2026-03-01T12:00:00Z|v,org:b,yes,|v,org:c,yes,"
    early = ruled(text, row, today="2026-03-01")
    assert early.outcome == "undecided"
    assert "office:chair may still answer, until 2026-03-01T12:00:00Z." in said(early)
    assert outcome(text, row, today="2026-03-02") == "vetoed"
    assert outcome(text, row) == "vetoed"
    cast = "vote,party,choice,deadline,vetoed_by|v,org:a,yes,2026-03-01T12:00:00Z,org:b|v,org:b,yes,,|v,org:c,yes,,"
    both = rules(*FIVE, ORDINARY, veto(by='["office:chair", "org:b"]', absence='"veto"'))
    assert outcome(both, cast, today="2026-03-01") == "vetoed"
    answered = rules(*FIVE, ORDINARY, veto(by='["org:b"]', absence='"veto"'))
    assert outcome(answered, row) == "adopted"


def test_members_may_have_one_together() -> None:
    text = rules(*FIVE, ORDINARY, veto(at_least='"2/5"', of='"members"'))
    assert outcome(text, ballots(a="yes", b="yes", c="yes", d="no", e="no")) == "vetoed"
    assert outcome(text, ballots(a="yes", b="yes", c="yes", d="yes", e="no")) == "adopted"
    more = rules(*FIVE, ORDINARY, veto(more_than="1"))
    ruling = ruled(more, ballots(a="yes", b="yes", c="yes", d="no", e="no"))
    assert (ruling.outcome, ruling.blocked_by) == ("vetoed", ("org:d", "org:e"))
    group = rules(*FIVE, ORDINARY, veto(at_least="1", group='"permanent"'))
    ruling = ruled(group, ballots(a="no", b="yes", c="yes", d="yes", e="no"))
    assert (ruling.outcome, ruling.blocked_by) == ("vetoed", ("org:a",))
    unnamed = tally(rules(*FIVE, ORDINARY, veto(at_least="2")), 3, 2)
    assert (unnamed.outcome, unnamed.blocked_by) == ("vetoed", ())
    assert "A veto stops it (art. 1)." in said(unnamed)


REMOVAL = 'type = "decision", name = "removal", ordinary = true, by = "office:chair"'


def test_members_may_stop_a_decision_of_the_chair() -> None:
    text = rules(*FIVE, REMOVAL, veto(at_least='"2/3"', of='"members"'))
    assert tally(text, 0, 4, chair="yes").outcome == "vetoed"
    assert tally(text, 0, 3, chair="yes").outcome == "adopted"
    named = "vote,yes,no,abstain,against_by,chair|v,,,,org:a;org:b;org:c;org:d,yes"
    assert outcome(text, named) == "vetoed"


def test_where_its_base_is_not_settled_it_stays_open_unless_every_reading_agrees() -> None:
    text = rules(*FIVE, REMOVAL, 'type = "seats", number = 6', veto(at_least='"2/3"', of='"unsettled"'))
    assert tally(text, 1, 4, chair="yes", present=5).outcome == "vetoed"
    assert tally(text, 3, 2, chair="yes", present=5).outcome == "adopted"
    ruling = tally(text, 1, 3, chair="yes", present=4)
    assert ruling.outcome == "undecided"
    assert "does not settle of what it is a share" in said(ruling)


def test_votes_against_that_nobody_is_named_for_are_pointed_out() -> None:
    text = rules(*FIVE, ORDINARY, veto(group='"permanent"', **CLEAR))
    ruling = tally(text, 4, 1)
    assert ruling.outcome == "adopted"
    assert "Who voted against is not told of all" in said(ruling)
    assert "not told" not in said(ruled(text, "vote,yes,no,abstain,for_by|v,4,1,0,org:a;org:b"))
    assert "not told" not in said(tally(text, 4, 0))


def test_who_is_told_to_have_vetoed_and_has_no_veto_is_a_contradiction() -> None:
    text = rules(*FIVE, ORDINARY, veto(group='"permanent"', **CLEAR))
    ruling = ruled(text, "vote,yes,no,abstain,vetoed_by|v,4,1,0,org:c")
    assert ruling.outcome == "adopted"
    assert list(map(str, ruling.contradictions)) == [
        "org:c is told to have vetoed it, and has no veto under the rules."
    ]


def test_a_holder_who_splits_its_votes_uses_it_with_any_of_them() -> None:
    text = rules(ABC, ORDINARY, 'type = "franchise", split = true', veto(by='["org:a"]', **CLEAR))
    rows = "v,org:a,yes,0.7|v,org:a,no,0.3|v,org:b,yes,1"
    assert outcome(text, f"vote,party,choice,weight|{rows}") == "vetoed"


def test_it_may_concern_one_kind_of_decision_only() -> None:
    text = rules(
        *FIVE, ORDINARY, decision(MAJORITY, name="procedural"), veto(group='"permanent"', on='["ordinary"]', **CLEAR)
    )
    csv = "vote,matter,party,choice|" + "|".join(
        f"v,procedural,org:{party},{choice}" for party, choice in (("a", "no"), ("b", "yes"), ("c", "yes"))
    )
    assert outcome(text, csv) == "adopted"
    assert outcome(text, csv.replace("procedural", "ordinary")) == "vetoed"
