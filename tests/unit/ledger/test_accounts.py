"""Which entries tell of one act, which account is preferred, and in what they differ."""

import pytest

from chancery.acts import Act
from chancery.register import Account, Fact, Source
from tests.made import act, day, read, record, source


def only(*acts: Act, sources: tuple[Source, ...] = (), on: str = "2026-12-31", **head: object) -> Fact[Account]:
    (fact,) = read(record(*acts, sources=sources, **head), on).facts()
    return fact


def count(*acts: Act) -> int:
    return len(read(record(*acts)).facts())


def signed(name: str, src: str = "press", **fields: object) -> Act:
    return act("membership.signed", src, **{"id": name, "effective": "2026-01-22", **fields})


# --- one act or two ---


def test_accounts_of_equal_identity_tell_of_one_act() -> None:
    assert only(signed("a"), signed("b")).entries == ("b", "a")


def test_accounts_that_differ_in_identity_tell_of_two_acts() -> None:
    assert count(signed("a"), signed("b", party="state:ca")) == 2


def test_accounts_of_two_kinds_tell_of_two_acts() -> None:
    assert count(signed("a"), act("membership.ratified")) == 2


def test_accounts_of_a_kind_without_identity_tell_of_an_act_each() -> None:
    assert count(act("statement.made"), act("statement.made")) == 2


def test_same_as_joins_whatever_the_identity() -> None:
    assert only(signed("a"), signed("b", party="state:ca", same_as="a")).entries == ("b", "a")


def test_same_as_joins_accounts_of_a_kind_without_identity() -> None:
    assert set(only(act("statement.made", id="a"), act("statement.made", same_as="a", id="b")).entries) == {"a", "b"}


def test_same_as_follows_entry_after_entry_in_any_order() -> None:
    assert set(only(signed("c", same_as="b"), signed("b", same_as="a"), signed("a", body="body:c")).entries) == set(
        "abc"
    )


def test_same_as_joins_accounts_of_two_kinds_under_the_preferred_one() -> None:
    fact = only(act("invitation.received", id="a"), act("invitation.issued", "official", id="b", same_as="a"))
    assert fact.act.kind == "invitation.issued"
    assert fact.others[0].kind == "invitation.received"


def test_distinct_parts_what_its_identity_would_join() -> None:
    assert count(signed("a"), signed("b", distinct=True)) == 2


def test_an_entry_that_is_the_same_as_nothing_there_stands_alone() -> None:
    assert count(signed("a"), signed("b", same_as="nowhere"), signed("c", same_as="b")) == 2


def test_entries_that_name_each_other_in_a_circle_stand_alone() -> None:
    one, two, three = signed("a", same_as="b"), signed("b", same_as="a"), signed("c", same_as="a")
    found = [set(fact.entries) for fact in read(record(three, one, two)).facts()]
    assert found == [{"c", "a"}, {"b"}]


def test_an_entry_cannot_be_the_same_as_one_recorded_later() -> None:
    early, late = "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z"
    assert count(signed("b", same_as="a", recorded=early), signed("a", recorded=late)) == 2
    assert count(signed("b", same_as="a", recorded=late), signed("a", recorded=early)) == 1


def test_several_givers_are_the_same_givers_in_any_order() -> None:
    one = act("pledge.made", by=["state:us", "state:qa"], to="body:b")
    two = act("pledge.made", by=["state:qa", "state:us"], to="body:b")
    assert count(one, two) == 1


# --- the preferred account ---


def test_the_weightier_account_is_preferred_however_early_it_came() -> None:
    late = source("late", "press", "2026-03-01")
    assert only(signed("weak", "late"), signed("strong", "official"), sources=(late,)).act.id == "strong"


def test_a_later_weaker_report_does_not_override_a_partys_own_word() -> None:
    late = source("late", "wire", "2026-03-01")
    own = signed("own", "aggregator", speaker="state:be")
    assert only(own, signed("report", "late", effective="2026-01-23"), sources=(late,)).act.id == "own"


def test_of_equally_weighty_accounts_the_later_said_is_preferred() -> None:
    late = source("late", "press", "2026-03-01")
    assert only(signed("late", "late"), signed("early"), sources=(late,)).act.id == "late"


def test_of_accounts_said_on_one_day_the_later_in_the_ledger_is_preferred() -> None:
    assert only(signed("one"), signed("two")).act.id == "two"


def test_an_account_that_contradicts_its_own_weekday_comes_after_one_that_does_not() -> None:
    wrong = signed("wrong", weekday="Monday")
    assert only(signed("right", weekday="Thursday"), wrong).act.id == "right"
    assert only(signed("plain"), wrong).act.id == "plain"


def test_the_record_may_order_the_standings_otherwise() -> None:
    assert only(signed("a", "press"), signed("b", "official"), standings=["press", "official"]).act.id == "a"


def test_an_account_that_is_only_shown_is_never_preferred_to_one_that_is_relied_on() -> None:
    order = ["garbled", "press"]
    fact = only(signed("a", "press"), signed("b", "garbled"), standings=order)
    assert fact.act.id == "a"
    assert fact.entries == ("a", "b")


# --- what they differ in ---


def test_accounts_that_say_the_same_are_agreed() -> None:
    assert only(signed("a", instrument="instrument:i"), signed("b", instrument="instrument:i")).differing == ()


def test_accounts_that_say_otherwise_are_contested_in_that_field() -> None:
    fact = only(signed("a", instrument="instrument:i"), signed("b", instrument="instrument:j"))
    assert fact.agreement == "contested"
    assert fact.differing == ("instrument",)


def test_what_an_account_leaves_out_is_no_difference() -> None:
    assert only(signed("a", instrument="instrument:i"), signed("b")).agreement == "agreed"


def test_free_text_is_no_difference() -> None:
    assert only(signed("a", subject_to=["one"], note="x"), signed("b", subject_to=["two"], note="y")).differing == ()


def test_refs_named_in_another_order_are_no_difference() -> None:
    one = act("motion.tabled", motion="motion:m", body="body:b", by=["state:us", "state:qa"])
    two = act("motion.tabled", motion="motion:m", body="body:b", by=["state:qa", "state:us"])
    assert only(one, two).agreement == "agreed"


def test_names_add_to_each_other() -> None:
    one = act("party.described", party="state:be", names=[{"text": "Belgium"}])
    two = act("party.described", party="state:be", names=[{"text": "Kingdom of Belgium"}])
    assert only(one, two).agreement == "agreed"


@pytest.mark.parametrize(
    ("dates", "agreement"),
    [
        (("2026-01-22", "2026-01-22"), "agreed"),
        (("2026-01-22", "2026-01-23"), "contested"),
        (("2026-01-22", "2026-01"), "agreed"),
        (("2026-01-22", "../2026-01-23"), "agreed"),
        (("2026-01-22", "2026-01-23?"), "agreed"),  # the source itself is not sure
        (("2026-01-22", "XXXX-XX-XX"), "agreed"),
        (("2026-01-22", "2026-02/.."), "contested"),
        (("2026-01-20/2026-01-22", "2026-01-21/2026-01-23", "2026-01-22/2026-01-24"), "agreed"),
        (("2026-01-20/2026-01-21", "2026-01", "2026-01-22/2026-01-24"), "contested"),
        (("2026-01-22?", "2026-01-23?"), "agreed"),
    ],
)
def test_dates_differ_where_no_one_day_fits_them_all(dates: tuple[str, ...], agreement: str) -> None:
    late = source("late", published="2026-03-01")
    acts = [signed(str(number), "late", effective=text) for number, text in enumerate(dates)]
    assert only(*acts, sources=(late,)).agreement == agreement


def test_what_is_only_shown_makes_no_difference() -> None:
    fact = only(signed("a"), signed("b", "garbled", effective="2026-01-25"))
    assert fact.agreement == "agreed"
    assert fact.entries == ("a", "b")


def test_accounts_that_are_all_only_shown_may_differ_and_carry_nothing() -> None:
    fact = only(signed("a", "garbled"), signed("b", "garbled", effective="2026-01-25"))
    assert fact.agreement == "contested"
    assert not fact.carried


def test_a_standing_is_only_shown_whether_or_not_the_record_orders_it() -> None:
    assert not only(signed("a", "garbled"), standings=["official", "press"]).carried


# --- the day ---


def test_a_vaguer_account_takes_its_day_from_a_sharper_one() -> None:
    vague = signed("vague", "official", effective="2026-02")
    assert only(vague, signed("sharp", effective="2026-02-03")).day == day("2026-02-03")


def test_of_two_sharper_accounts_that_contradict_each_other_the_weightier_gives_the_day() -> None:
    vague = signed("vague", "official", effective="2026-02")
    wire, press = signed("wire", "wire", effective="2026-02-10"), signed("press", effective="2026-02-03")
    assert only(vague, press, wire).day == day("2026-02-10")


def test_an_account_that_puts_the_act_before_the_preferred_day_does_not_move_it() -> None:
    strong = signed("strong", "official", effective="2026-01-25")
    assert only(strong, signed("weak", effective="XXXX-XX-XX")).day == day("2026-01-25")


def test_an_account_of_another_day_does_not_move_the_preferred_ones() -> None:
    assert only(signed("a", "official"), signed("b", effective="2026-01-10")).day == day("2026-01-22")


def test_what_is_only_shown_does_not_move_the_day() -> None:
    vague = signed("vague", effective="2026-02")
    assert only(vague, signed("sharp", "garbled", effective="2026-02-03")).day == day("2026-02-28")


def test_facts_of_one_day_stand_in_the_order_of_their_first_entry() -> None:
    acts = (signed("a"), signed("b", party="state:ca"), signed("c", "official"))
    assert [fact.act.id for fact in read(record(*acts)).facts()] == ["c", "b"]
