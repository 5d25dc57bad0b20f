"""Old kinds are read for ever; unknown ones are kept letter for letter and shown as such."""

from collections.abc import Callable, Mapping

import msgspec
import pytest

from chancery.acts import KINDS, UPGRADERS, Undecodable, Unknown, act_of, data_of, unknown, upgraded
from chancery.acts.invitations import InvitationDeclined
from chancery.ledger import Ledger, problems_of
from chancery.register import Reading
from chancery.values import Weight
from tests.made import act, record

OLD = {
    "id": "old",
    "kind": "invitation.refused",
    "who": "state:be",
    "body": "body:b",
    "cites": [{"source": "source:press"}],
}


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of old, that is called otherwise today."""

    def declined(data: object) -> dict[str, object]:
        assert isinstance(data, dict)
        party = {"party": data["who"]}
        return {
            **{name: value for name, value in data.items() if name != "who"},
            **party,
            "kind": "invitation.declined",
        }

    monkeypatch.setitem(UPGRADERS, "invitation.refused", declined)


def renamed(kind: str) -> Callable[[Mapping[str, object]], dict[str, object]]:
    return lambda data: {**data, "kind": kind}


@pytest.mark.usefixtures("refused")
def test_an_old_kind_is_read_as_the_one_that_says_the_same_today() -> None:
    made = act_of(OLD)
    assert isinstance(made, InvitationDeclined)
    assert made.party == "state:be"


def test_without_an_upgrader_there_is_no_such_kind() -> None:
    with pytest.raises(Undecodable):
        act_of(OLD)


def test_upgraders_follow_each_other_and_never_in_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    for old, new in (("one", "two"), ("two", "three"), ("three", "two")):
        monkeypatch.setitem(UPGRADERS, old, renamed(new))
    assert upgraded({"kind": "one"})["kind"] == "two"
    assert upgraded({"kind": "four"}) == {"kind": "four"}


def test_an_unknown_entry_keeps_every_letter() -> None:
    told = b'{"id":"new","kind":"visa.granted","z":[1,"\xc3\xa9"]}'
    made = unknown(told)
    assert (made.id, made.said_kind, made.told) == ("new", "visa.granted", told)
    assert msgspec.json.encode(data_of(made), order="sorted") == told


@pytest.mark.parametrize("told", [b"", b"[]", b"\xff", b'{"id":1}'])
def test_whatever_is_stored_is_shown_and_carries_nothing(told: bytes) -> None:
    made = unknown(told)
    known = act("party.described", party="body:b")
    whole = record(known, made)
    assert [fact.act for fact in Ledger(whole).in_force(Reading.of("2026-12-31"))].count(made) <= 1
    (notice,) = [problem for problem in problems_of(whole) if problem.code == "unknown-kind"]
    assert notice.weight is Weight.NOTICE


def test_an_unknown_entry_is_no_kind_of_act() -> None:
    assert Unknown not in KINDS.values()
