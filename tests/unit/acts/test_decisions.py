"""Acts of meetings: what tells two of them apart, and what makes two accounts of one."""

from chancery.acts import Act
from chancery.acts.decisions import VoteCast
from chancery.acts.minutes import MinutesCorrected
from tests.made import BODY, act, read, record

MOTION = {"motion": "motion:m", "body": BODY, "effective": "2026-01-20"}


def cast(**fields: object) -> Act:
    return act("vote.cast", **{**MOTION, "party": "state:be", "choice": "yes", **fields})


def acts_of(*made: Act) -> list[tuple[str, ...]]:
    return [fact.entries for fact in read(record(*made)).of(VoteCast)]


def test_a_vote_of_one_s_own_and_a_vote_for_another_are_two_acts() -> None:
    assert len(acts_of(cast(), cast(proxy_for="state:fr"), cast(proxy_for="state:nl"))) == 3


def test_a_casting_vote_is_an_act_of_its_own() -> None:
    assert len(acts_of(cast(), cast(casting=True, choice="no"))) == 2


def test_a_motion_put_again_is_voted_on_again() -> None:
    assert len(acts_of(cast(), cast(call=2))) == 2


def test_two_accounts_of_one_vote_that_differ_are_one_contested_fact() -> None:
    (fact,) = read(record(cast(), cast(choice="abstain"))).of(VoteCast)
    assert (fact.agreement, fact.differing) == ("contested", ("choice",))


def test_corrections_of_one_day_at_the_request_of_two_are_two() -> None:
    asked = {"meeting": "meeting:m", "body": BODY, "effective": "2026-01-21"}
    made = [act("minutes.corrected", **asked, at_request_of=who) for who in ("state:be", "state:fr", "state:fr")]
    assert [len(fact.accounts) for fact in read(record(*made)).of(MinutesCorrected)] == [1, 2]
