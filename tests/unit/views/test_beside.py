"""Views that put things beside each other: versions of a charter, pledges and payments, votes by name."""

import pytest

from chancery.acts import Act
from chancery.languages import Reader
from chancery.views import Row, Scope, View
from chancery.views.base import Column
from chancery.views.cells import cells_of
from tests.made import BODY, act, ref
from tests.unit.views.test_views import drawn, only, told

CHARTER = "instrument:charter"
SEVEN, NINE = ({"type": "seats", "number": number} for number in (7, 9))


def article(version: str | None, words: str, rule: object = None, **fields: object) -> Act:
    given = {"version": version, "rule": rule, **fields}
    return act(
        "provision.set",
        instrument=CHARTER,
        article="art. 3",
        matter="seats",
        body=BODY,
        evidence="text",
        words=words,
        id=f"p-{version}-{words}"[:30].replace(" ", "-").lower(),
        **{key: value for key, value in given.items() if value is not None},
    )


def said(view: View, key: str) -> list[str]:
    """The cells of a column as they are said."""
    column: Column = next(each for each in view.columns if each.key == key)
    assert column.brief is not None
    return [Reader().say(each) for row in view.rows for each in column.brief(row.cells[key])]


def versions(row: Row) -> list[object]:
    return [each["version"] for each in cells_of(row.cells["versions"])]


def test_versions_stand_beside_each_other_and_what_differs_is_named() -> None:
    view = drawn("versions", article("1945", "Seven.", SEVEN), article("1965", "Nine.", NINE))
    row = only(view)
    assert versions(row) == ["1945", "1965"]
    assert row.cells["differs"] == ("words", "rule")
    assert said(view, "versions") == [
        "1945: Seven. [7 seats, filled or not]",
        "1965: Nine. [9 seats, filled or not]",
    ]
    assert "Words are those of this record: where they differ, the text itself may say the same." in told(view)


def test_a_version_that_is_silent_is_shown_as_silent() -> None:
    signed = act("instrument.signed", instrument=CHARTER, version="signed", by="state:us", effective="2026-01-22")
    view = drawn("versions", article("draft", "Seven."), article(None, "Seven."), signed)
    assert only(view).cells["differs"] == ()
    assert said(view, "versions") == [
        "draft: Seven.",
        "signed: nothing on record",
        "of a version that is not told: Seven.",
    ]


def test_without_two_versions_there_is_nothing_to_compare() -> None:
    assert drawn("versions", article("draft", "Seven.")).rows == ()
    one = article(None, "Seven.")
    two = [
        act("instrument.signed", instrument=CHARTER, version=each, by="state:us", effective="2026-01-22")
        for each in ("a", "b")
    ]
    view = drawn("versions", one, *two)
    assert view.rows == ()
    assert view.notes == ()


def money(kind: str, *by: str, **fields: object) -> Act:
    return act(kind, by=[f"state:{code}" for code in by], to="fund:f", effective="2026-02-19", **fields)


def test_a_pledge_stands_beside_what_came_of_it_and_nothing_is_added() -> None:
    sum_ = {"amount": "5", "currency": "USD"}
    view = drawn(
        "pledges",
        money("pledge.made", "qa", money=sum_),
        money("contribution.received", "qa", money=sum_),
        money("pledge.made", "ae", "kw", personnel=40),
        money("pledge.made", "be", in_kind="Boats."),
    )
    assert [row.cells["by"] for row in view.rows] == [("state:qa",), ("state:ae", "state:kw"), ("state:be",)]
    assert said(view, "pledged") == [
        "5 USD, to fund:f, 19 Feb 2026",
        "no sum is told, 40 people, to fund:f, 19 Feb 2026",
        "Boats., to fund:f, 19 Feb 2026",
    ]
    assert said(view, "received") == ["5 USD, to fund:f, 19 Feb 2026", "nothing on record", "nothing on record"]
    assert "A pledge is not a payment. That nothing is on record does not say that nothing was paid." in told(view)


def test_pledges_of_a_party_are_those_that_it_makes_or_that_go_to_it() -> None:
    acts = (money("pledge.made", "qa"), money("pledge.made", "ae", through="fund:other"))
    assert len(drawn("pledges", *acts, scope=Scope(party=ref("state:qa"))).rows) == 1
    assert len(drawn("pledges", *acts, scope=Scope(party=ref("fund:f"))).rows) == 2
    assert drawn("pledges", *acts, scope=Scope(party=ref("fund:other"))).rows == ()
    assert drawn("pledges").notes == ()


MOTION = "motion:m"


def votes(scope: str | None = None) -> list[tuple[object, ...]]:
    on = {"motion": MOTION, "body": BODY, "effective": "2026-02-19"}
    acts = [
        act("vote.cast", party="state:be", choice="yes", explanation="Because.", **on),
        act("vote.cast", party="state:be", choice="no", proxy_for="state:nl", **on),
        act("vote.cast", party="person:a", choice="yes", casting=True, call=2, **on),
        act("vote.counted", for_by=["state:fr"], abstained_by=["state:ru"], **{**on, "motion": "motion:n"}),
    ]
    view = drawn("votes", *acts, scope=Scope(party=ref(scope)) if scope else None)
    keys = ("party", "choice", "proxy_for", "casting", "call")
    return [tuple(row.cells[key] for key in keys) for row in view.rows]


def test_votes_are_told_by_name_from_ballots_and_from_tallies() -> None:
    assert votes() == [
        ("state:be", "yes", None, None, None),
        ("state:be", "no", "state:nl", None, None),
        ("person:a", "yes", None, True, 2),
        ("state:fr", "yes", None, None, None),
        ("state:ru", "abstain", None, None, None),
    ]


@pytest.mark.parametrize(
    ("scope", "number"), [("state:ru", 1), ("state:be", 2), ("state:nl", 1), (MOTION, 3), ("motion:n", 2)]
)
def test_votes_of_a_party_or_a_motion_are_its_own(scope: str, number: int) -> None:
    assert len(votes(scope)) == number


def test_a_chapter_in_roman_numerals_stands_before_its_own_articles() -> None:
    def at(article: str) -> Act:
        fields = {"instrument": CHARTER, "matter": "m", "body": BODY, "evidence": "text", "words": "Words."}
        return act("provision.set", article=article, **fields)

    names = ("not named", "chapter IX", "art. 9.1", "chapter XIV", "chapter II", "art. 2.1")
    rows = drawn("charter", *map(at, names)).rows
    order = ["chapter II", "art. 2.1", "chapter IX", "art. 9.1", "chapter XIV", "not named"]
    assert [row.cells["article"] for row in rows] == order
