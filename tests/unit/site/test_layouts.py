"""Layouts: tables that a phone can show, disputes side by side, a charter by its articles, a plan by its claims."""

import re

import pytest

from chancery.acts import Act
from chancery.site.sections import GROUPED_BY, KEPT, LAYOUTS
from chancery.views import COLUMNS, VIEWS
from chancery.views.rulebook import COLUMNS as RULES
from tests.made import BODY, act, record
from tests.unit.site.asking import board, site_of
from tests.unit.site.reading import cells, headings, sections, text_of

CHARTER = "instrument:charter"
HOSTILE = "<script>alert(1)</script>\u202e"


def page(path: str, *acts: Act) -> str:
    return site_of(record(*acts, bodies=[BODY]))(f"/en/2026-12-31/{path}").text


@pytest.mark.parametrize("name", [*KEPT, *GROUPED_BY, *LAYOUTS])
def test_a_layout_is_of_columns_that_a_view_has(name: str) -> None:
    columns = [each.key for each in (RULES if name == "rules" else COLUMNS.get(name, ()))]
    assert set(KEPT.get(name, ())) | set(GROUPED_BY.get(name, ())) <= {*columns}
    assert name in VIEWS or name in ("rules", "why")


def test_every_cell_of_a_wide_table_says_what_it_is_where_the_headings_are_out_of_sight() -> None:
    html = board()("/en/2026-03-01/money/").text
    filled = [tag for tag, cell in re.findall(r"<td([^>]*)>(.*?)</td>", html, re.DOTALL) if cell]
    assert len(filled) > 50
    assert all("data-of=" in tag or "besides" in tag for tag in filled)


def test_what_a_wide_table_keeps_in_no_column_of_its_own_stands_in_the_last() -> None:
    pledge = act(
        "pledge.made", by=["state:qa"], to="fund:f", money={"amount": "5", "currency": "USD"}, at_least=True,
        purpose="Wells.", effective="2026-02-19",
    )  # fmt: skip
    money = sections(page("money/", pledge, pledge))["money"]
    assert headings(money, 2) == ["Money by sort"]
    told = cells(money)
    assert told[0] == "Qatar"
    assert "At least yes For Wells." in told
    assert cells(money, 1)[0] == "total"


def test_a_group_without_a_name_says_that_there_is_no_standing() -> None:
    html = sections(page("standing/", act("attendance.recorded", party="state:ie", body=BODY, meeting="meeting:m",
                                          capacity="observer", effective="2026-02-19")))["standing"]  # fmt: skip
    assert "no standing" in text_of(html)


def test_accounts_that_differ_stand_side_by_side_with_the_field_marked() -> None:
    held = [
        act("meeting.held", src, meeting="meeting:m", body=BODY, place=place, effective="2026-02-19")
        for src, place in (("official", "Cairo"), ("press", "Davos"), ("wire", "Cairo"))
    ]
    dispute = sections(page("disputes/", *held))["disputes"]
    assert re.findall(r"<th[^>]*><mark>(.*?)</mark>", dispute) == ["place"]
    assert [text_of(each) for each in re.findall(r"<td[^>]*><mark>.*?</mark>", dispute)] == ["Cairo", "Cairo", "Davos"]
    assert [cells(dispute, row)[1] for row in range(3)] == ["preferred", "agrees", "differs"]


def provision(article: str, matter: str = "m", rule: object = None, **fields: object) -> Act:
    given = {} if rule is None else {"rule": rule}
    return act("provision.set", instrument=CHARTER, article=article, matter=matter, body=BODY,
               **{"evidence": "text", "words": f"Words of {article}.", **given, **fields})  # fmt: skip


def test_a_charter_is_read_article_by_article_in_its_order() -> None:
    names = ("article not named", "chapter IX", "art. 10", "art. 9.1", "chapter II", "art. 2.1(b)", "art. 2.1(a)")
    found = sections(page("charter/", *map(provision, names)))["articles"]
    order = [each.split(" instrument:")[0] for each in headings(found, 3)]
    assert order == [
        "chapter II",
        "art. 2.1(a)",
        "art. 2.1(b)",
        "chapter IX",
        "art. 9.1",
        "art. 10",
        "article not named",
    ]


def test_a_rule_stands_beside_its_words_and_that_there_is_none_is_said() -> None:
    seven = {"type": "seats", "number": 7}
    found = sections(page("charter/", provision("art. 1", rule=seven), provision("art. 2", evidence="unverified")))
    articles = found["articles"]
    assert headings(articles, 4) == ["m text", "m unverified"]
    rules = [text_of(each) for each in re.findall(r'<p class="rule">.*?</p>', articles)]
    assert rules == ["Rule 7 seats, filled or not", "Rule words only: no rule is read out of them"]
    assert "The charter is silent" in text_of(found["rules"])


def test_versions_of_a_charter_stand_beside_each_other_and_silence_is_shown() -> None:
    one, two = (provision("art. 1", version=each, words=each) for each in ("old", "new"))
    versions = sections(page("charter/", one, two, provision("art. 2", version="old")))["versions"]
    assert headings(versions, 3) == ["art. 1 · m", "art. 2 · m"]
    assert "<mark>What it says</mark>" in versions
    assert [cells(versions, row)[1] for row in range(4)] == ["old", "new", "Words of art. 2.", "Nothing on record."]


def test_what_became_of_an_instrument_names_it_and_who_acted() -> None:
    signed = act("instrument.signed", instrument=CHARTER, by="state:us", version="v", effective="2026-01-22")
    found = sections(page("charter/", signed))["instruments"]
    assert "instrument signed · instrument:charter, United States" in text_of(found)


PHASE = {"plan": "plan:p", "phase": "phase:one"}


def test_a_phase_is_told_as_the_claims_of_its_actors_over_time() -> None:
    claims = (
        act("phase.declared", **PHASE, state="complete", by=["state:us"], effective="2026-03-01"),
        act("phase.declared", **PHASE, state="begun", by=["state:il"], effective="2026-01-14"),
        act("phase.disputed", **PHASE, by="org:o", reason="It is not.", effective="2026-02-01"),
    )
    phases = sections(page("plan/", *claims))["phases"]
    assert headings(phases, 3) == ["phase:one plan:p"]
    assert [cells(phases, row)[:3] for row in range(3)] == [
        ["Israel", "begun", "14 Jan 2026"],
        ["org:o", "phase disputed", "1 Feb 2026"],
        ["United States", "complete", "1 Mar 2026"],
    ]


def test_a_condition_is_shown_as_each_side_sees_it_also_where_nobody_set_it() -> None:
    seen = [
        act("condition.assessed", condition="condition:c", by=by, assessment=assessment, effective="2026-03-01")
        for by, assessment in (("state:us", "met"), ("state:il", "not_met"))
    ]
    conditions = sections(page("plan/", *seen))["conditions"]
    assert [cells(conditions, row)[:2] for row in range(2)] == [["United States", "met"], ["Israel", "not met"]]
    assert "<mark>What is claimed</mark>" in conditions


@pytest.mark.parametrize("path", ["charter/", "plan/", "meeting/m/", "timeline/", "money/", "state/be/"])
def test_words_of_a_record_are_never_markup(path: str) -> None:
    hostile = (
        provision("art. 1", words=HOSTILE),
        act("phase.declared", **PHASE, state="begun", by=["state:be"], words=HOSTILE, effective="2026-01-14"),
        act("meeting.held", meeting="meeting:m", body=BODY, place=HOSTILE, effective="2026-02-19"),
        act("attendance.recorded", party="state:be", body=BODY, meeting="meeting:m", capacity="absent", reason=HOSTILE,
            effective="2026-02-19"),
        act("pledge.made", by=["state:be"], to="fund:f", purpose=HOSTILE, effective="2026-02-19"),
    )  # fmt: skip
    html = page(path, *hostile)
    assert "alert(1)" in html
    assert "<script>alert" not in html
