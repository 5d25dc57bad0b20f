"""Votes by letter: in time, too late, still open, open too short, and a quorum that comes late."""

import pytest

from chancery.rules.deciding import decide
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.rulings import VoteRuling
from chancery.rules.votes import Ballot, Vote
from chancery.rules.voting import Decision, Members, Quorum, Threshold, WrittenProcedure
from chancery.values import Instant
from tests.made import BODY, day, ref

PARTIES = tuple(ref(f"state:{code}") for code in ("be", "de", "fr", "nl"))
MAJORITY = Decision("ordinary", (Threshold(more_than="1/2", of="cast"),), ordinary=True)


def ruled(
    hours: dict[str, int], rule: WrittenProcedure | None, today: str = "2026-03-01", deadline: int = 24
) -> VoteRuling:
    opened = Instant.of("2026-01-20T00:00:00Z").seconds
    rules = [MAJORITY, Members(PARTIES), Quorum(at_least=3), *([rule] if rule is not None else [])]
    provided = [Provided(each, ref(BODY), f"art. {n}", f"e{n}", ref("instrument:i")) for n, each in enumerate(rules)]
    ballots = tuple(Ballot(ref(f"state:{code}"), "yes", at=opened + 3600 * hour) for code, hour in hours.items())
    vote = Vote(
        id="v",
        day=day("2026-01-20"),
        ballots=ballots,
        manner="written",
        opened=opened,
        deadline=opened + 3600 * deadline,
    )
    return decide(vote, Rulebook(ref(BODY), provided), today=day(today))


def said(ruling: VoteRuling) -> str:
    return " ".join(map(str, (*ruling.reasons, *ruling.unknown, *ruling.contradictions)))


def test_a_late_ballot_is_kept_and_not_counted() -> None:
    ruling = ruled({"be": 1, "de": 2, "fr": 30}, WrittenProcedure())
    assert (ruling.outcome, ruling.count.yes) == ("no_quorum", 2)
    assert "state:fr voted after the deadline" in said(ruling)


@pytest.mark.parametrize(("third", "counted"), [(23, 4), (3, 3)])
def test_a_quorum_in_the_last_hours_keeps_it_open(third: int, counted: int) -> None:
    ruling = ruled({"be": 1, "de": 2, "fr": third, "nl": 25}, WrittenProcedure(late_quorum_hours=4))
    assert ruling.count.yes == counted
    assert ("The quorum came late" in said(ruling)) == (counted == 4)


def test_a_quorum_that_never_comes_extends_nothing() -> None:
    assert ruled({"be": 1, "de": 25}, WrittenProcedure(late_quorum_hours=4)).count.yes == 1


def test_it_is_open_to_its_last_day() -> None:
    ballots = {"be": 1, "de": 2, "fr": 3}
    assert ruled(ballots, WrittenProcedure(), "2026-01-21").outcome == "undecided"
    assert ruled(ballots, WrittenProcedure(), "2026-01-22").outcome == "adopted"


def test_a_vote_open_too_short_is_counted_and_pointed_out() -> None:
    ruling = ruled({"be": 1, "de": 2, "fr": 3}, WrittenProcedure(minimum_hours=48))
    assert ruling.outcome == "adopted"
    assert "shorter time than the 48 hours" in said(ruling)
    assert "shorter" not in said(ruled({"be": 1, "de": 2, "fr": 3}, WrittenProcedure(minimum_hours=24)))


def test_rules_that_say_nothing_of_letters_are_silent() -> None:
    assert "silent on whether it may be voted on by letter" in said(ruled({"be": 1, "de": 2, "fr": 3}, None))


def test_a_vote_by_letter_of_which_no_deadline_is_told_is_counted() -> None:
    vote = Vote(id="v", yes=3, no=0, manner="written")
    rules = (MAJORITY, Members(PARTIES), WrittenProcedure(minimum_hours=48))
    provided = [Provided(each, ref(BODY), f"art. {n}", f"e{n}", ref("instrument:i")) for n, each in enumerate(rules)]
    assert decide(vote, Rulebook(ref(BODY), provided), today=day("2026-03-01")).outcome == "adopted"
