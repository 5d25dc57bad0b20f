"""Supposing: a vote in which some had voted otherwise; nothing that is told is changed."""

import pytest

from chancery.rules.supposing import supposed
from chancery.rules.votes import Ballot, Choice, Vote
from chancery.values import Fault, Ref

A, B, C = (Ref(f"state:{code}") for code in ("be", "de", "fr"))
TALLY = Vote(id="v", yes=1, no=1, abstain=0, present=2, for_by=(A,), against_by=(B,), recorded="rejected")


@pytest.mark.parametrize(
    ("choices", "numbers", "names"),
    [
        ({B: "yes"}, (2, 0, 0, 2), ((A, B), (), ())),
        ({B: "abstain"}, (1, 0, 1, 2), ((A,), (), (B,))),
        ({B: "absent"}, (1, 0, 0, 1), ((A,), (), ())),
        ({C: "yes"}, (2, 1, 0, 3), ((A, C), (B,), ())),
        ({C: "absent"}, (1, 1, 0, 2), ((A,), (B,), ())),
        ({A: "no", B: "yes"}, (1, 1, 0, 2), ((B,), (A,), ())),
        ({A: "yes"}, (1, 1, 0, 2), ((A,), (B,), ())),
    ],
)
def test_a_tally_in_which_somebody_votes_otherwise(
    choices: dict[Ref, Choice], numbers: tuple[int, ...], names: tuple[tuple[Ref, ...], ...]
) -> None:
    then = supposed(TALLY, choices)
    assert (then.yes, then.no, then.abstain, then.present) == numbers
    assert (then.for_by, then.against_by, then.abstained_by) == names
    assert then.recorded is None


def test_numbers_that_are_not_told_stay_untold() -> None:
    bare = Vote(id="v", yes=1, no=0, for_by=(A,))
    then = supposed(bare, {A: "no"})
    assert (then.yes, then.no, then.present) == (0, 1, None)


def test_how_somebody_voted_must_be_told_to_be_changed() -> None:
    with pytest.raises(Fault, match="is not told, so it cannot be changed"):
        supposed(Vote(id="v", yes=2, no=0, for_by=(A,)), {B: "no"})


def test_ballots_of_which_one_is_otherwise_or_is_added() -> None:
    cast = Vote(id="v", ballots=(Ballot(A, "yes"), Ballot(B, "no")), recorded="tie")
    then = supposed(cast, {B: "yes", C: "abstain"})
    assert [(each.party, each.choice) for each in then.ballots or ()] == [(A, "yes"), (B, "yes"), (C, "abstain")]
    assert [each.choice for each in cast.ballots or ()] == ["yes", "no"]
