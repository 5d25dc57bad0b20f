"""An act whose fields are sound one by one and that is refused all the same."""

from collections.abc import Iterator

import pytest

from chancery.acts import KINDS, Act, Undecodable, act_of


@pytest.fixture
def moody() -> Iterator[str]:
    class MoodShown(Act, frozen=True, kw_only=True, gc=False, tag="mood.shown"):
        """Refuses to be made."""

        def __post_init__(self) -> None:
            raise ValueError("not today")

    yield MoodShown.kind
    del KINDS["mood.shown"]


def test_what_no_field_explains_is_told_of_the_whole(moody: str) -> None:
    with pytest.raises(Undecodable, match=r"cannot be read as mood\.shown") as fault:
        act_of({"kind": moody, "id": "a"})
    (problem,) = fault.value.problems
    assert (problem.code, problem.entry) == ("malformed", "a")
