"""When an account was known, when its act had certainly taken effect, and how much it weighs."""

import pytest

from chancery.acts import Act
from chancery.ledger import Entry, Ledger
from chancery.register import ALL_TIME, Source
from chancery.values import SECONDS_A_DAY, Date
from tests.made import act, day, record, source

RETRIEVED = "2026-11-23"


def entry(told: Act, *sources: Source, **head: object) -> Entry:
    return Ledger(record(told, sources=sources, **head)).entries[0]


def known(found: Entry) -> tuple[str, str]:
    """The bounds of when it was known, as days."""
    assert found.known_from % SECONDS_A_DAY == 0
    assert (found.known_to + 1) % SECONDS_A_DAY == 0
    return str(Date.ordinal(found.known_from // SECONDS_A_DAY)), str(Date.ordinal(found.known_to // SECONDS_A_DAY))


def test_an_account_is_known_from_the_day_on_its_source() -> None:
    assert known(entry(act("membership.signed"))) == ("2026-01-20", "2026-01-20")


def test_a_month_on_a_source_has_bounds() -> None:
    told = act("membership.signed", "s", effective="2026-02-03")
    assert known(entry(told, source("s", published="2026-02"))) == ("2026-02-01", "2026-02-28")


def test_a_source_cannot_be_later_than_its_retrieval() -> None:
    told = act("membership.signed", "s", effective="2026-02-03")
    assert known(entry(told, source("s", published="2026-02", retrieved="2026-02-10"))) == ("2026-02-01", "2026-02-10")


@pytest.mark.parametrize("published", [None, "XXXX-XX-XX"])
def test_an_undated_source_lies_between_the_act_and_its_retrieval(published: str | None) -> None:
    told = act("membership.signed", "s", effective="2026-02-03")
    assert known(entry(told, source("s", published=published, retrieved=RETRIEVED))) == ("2026-02-03", RETRIEVED)


def test_the_retrieval_of_the_whole_record_bounds_sources_that_do_not_say_when_they_were_read() -> None:
    told = act("membership.signed", "s", effective="2026-02-03")
    assert known(entry(told, source("s", published=None), retrieved=RETRIEVED)) == ("2026-02-03", RETRIEVED)


def test_without_any_retrieval_an_undated_source_has_no_upper_bound() -> None:
    found = entry(act("membership.signed", "s", effective="2026-02-03"), source("s", published=None))
    assert (found.known_from, found.known_to) == (day("2026-02-03") * SECONDS_A_DAY, ALL_TIME)


def test_a_source_published_on_or_before_a_day_lies_between_the_act_and_that_day() -> None:
    told = act("membership.signed", "s", effective="2026-02-03")
    assert known(entry(told, source("s", published="../2026-02-05", retrieved=RETRIEVED))) == (
        "2026-02-03",
        "2026-02-05",
    )


def test_a_source_published_on_or_after_a_day_lies_between_that_day_and_its_retrieval() -> None:
    told = act("membership.signed", "s", effective="2026-02-03")
    found = entry(told, source("s", published="2026-02-05/..", retrieved=RETRIEVED))
    assert known(found) == ("2026-02-05", RETRIEVED)


def test_an_undated_source_that_announces_was_known_when_it_was_read() -> None:
    told = act("membership.signed", "s", effective="2027-01-01")
    found = entry(told, source("s", published=None, retrieved=RETRIEVED))
    assert found.known_from == found.known_to == (day(RETRIEVED) + 1) * SECONDS_A_DAY - 1


@pytest.mark.parametrize(
    ("effective", "first"),
    [("2026-02", "2026-02-01"), ("../2026-02-03", "2026-02-03"), ("2026-02-03/..", "2026-02-03")],
)
def test_an_undated_source_is_taken_at_the_earliest_day_that_its_act_allows(effective: str, first: str) -> None:
    told = act("membership.signed", "s", effective=effective)
    assert known(entry(told, source("s", published=None, retrieved=RETRIEVED))) == (first, RETRIEVED)


def test_of_an_act_of_unknown_day_an_undated_source_may_have_told_at_any_time() -> None:
    assert entry(act("membership.signed", "s"), source("s", published=None)).known_from == 0


def test_of_several_sources_the_first_counts() -> None:
    told = act("membership.signed", cites=[{"source": "source:a"}, {"source": "source:b"}, {"source": "source:c"}])
    sources = (source("a", published=None), source("b", published="2026-03-02"), source("c", published="2026-03-01"))
    assert known(entry(told, *sources)) == ("2026-03-01", "2026-03-01")


def test_of_several_undated_sources_the_earliest_read_counts() -> None:
    told = act("membership.signed", effective="2026-02-03", cites=[{"source": "source:a"}, {"source": "source:b"}])
    sources = (source("a", published=None), source("b", published=None, retrieved=RETRIEVED))
    assert known(entry(told, *sources)) == ("2026-02-03", RETRIEVED)


def test_what_cites_nothing_was_always_known() -> None:
    found = entry(act("entry.withdrawn", None, entry="e", reason="typing"))
    assert (found.known_from, found.known_to, found.certain) == (0, 0, 0)


@pytest.mark.parametrize(
    ("effective", "certain"),
    [
        ("2026-01-19", "2026-01-19"),
        ("2026-01-19?", "2026-01-19"),
        ("../2026-01-25", "2026-01-20"),  # the source of 20 January tells it as done
        ("2026-01", "2026-01-20"),
        ("2026-01-16/..", "2026-01-20"),
        ("XXXX-XX-XX", "2026-01-20"),
        ("../2026-01-18", "2026-01-18"),
        ("2026-01-16/2026-01-18", "2026-01-18"),
        ("2025", "2025-12-31"),
        ("2026-03", "2026-03-31"),  # told ahead: it is not done before its month is over
        ("2026-01-22", "2026-01-22"),
    ],
)
def test_an_act_is_certain_from_the_end_of_its_date_or_from_when_it_was_told_as_done(
    effective: str, certain: str
) -> None:
    assert str(Date.ordinal(entry(act("membership.signed", effective=effective)).certain)) == certain


def test_an_undated_source_tells_as_done_only_what_lies_before_its_retrieval() -> None:
    told = act("membership.signed", "s", effective="XXXX-XX-XX")
    assert entry(told, source("s", published=None, retrieved=RETRIEVED)).certain == day(RETRIEVED)


def test_an_entry_says_when_it_was_recorded_or_the_record_does() -> None:
    noon = "2026-01-21T12:00:00Z"
    assert entry(act("membership.signed")).recorded == 0
    assert entry(act("membership.signed"), recorded=noon).recorded == day("2026-01-21") * SECONDS_A_DAY + 43_200
    assert entry(act("membership.signed", recorded="2026-01-22T00:00:00Z"), recorded=noon).recorded == (
        day("2026-01-22") * SECONDS_A_DAY
    )


RANKS = record().head.ranks()


def test_an_account_weighs_what_its_source_weighs() -> None:
    assert entry(act("membership.signed", "wire")).rank == RANKS["wire"]


@pytest.mark.parametrize("who", ["speaker", "on_behalf_of"])
def test_a_partys_own_word_outweighs_the_page_that_prints_it(who: str) -> None:
    assert entry(act("membership.signed", "aggregator", **{who: "state:be"})).rank == RANKS["own-word"]


def test_anothers_word_about_a_party_weighs_what_its_page_weighs() -> None:
    assert entry(act("membership.signed", "aggregator", speaker="state:us")).rank == RANKS["aggregator"]


def test_an_own_word_in_an_official_text_keeps_the_weight_of_the_text() -> None:
    assert entry(act("membership.signed", "official", speaker="state:be")).rank == RANKS["official"]


@pytest.mark.parametrize("standing", ["garbled", "unreliable"])
def test_a_page_that_is_only_shown_lends_an_own_word_no_weight(standing: str) -> None:
    assert entry(act("membership.signed", standing, speaker="state:be")).rank == RANKS[standing]


def test_what_the_record_does_not_have_weighs_least() -> None:
    assert entry(act("membership.signed", "nowhere")).rank > max(RANKS.values())
