"""Readings of a ledger: three clocks, corrections, denials, accounts that differ."""

import pytest

from chancery.acts.invitations import InvitationReceived
from chancery.acts.memberships import MembershipListed
from chancery.acts.statements import CountReported
from tests.made import act, read, record, source

LATER = source("later", "press", "2026-02-10")
UNDATED = source("undated", "press", None, retrieved="2026-03-01")
OFFICIAL = source("ministry", "official", "2026-01-25")


def received(src: str = "press", **fields: object):  # type: ignore[no-untyped-def]  # an act of that kind  # noqa: ANN201
    return act("invitation.received", src, **{"effective": "2026-01-19", **fields})


def test_an_act_is_in_force_from_its_day() -> None:
    made = record(received())
    assert read(made, "2026-01-18").of(InvitationReceived) == ()
    assert len(read(made, "2026-01-19").of(InvitationReceived)) == 1


def test_an_act_is_known_from_the_day_of_its_source() -> None:
    made = record(received("later"), sources=[LATER])
    assert read(made, known="2026-02-09").of(InvitationReceived) == ()
    assert len(read(made, known="2026-02-10").of(InvitationReceived)) == 1


def test_an_undated_source_is_taken_at_its_earliest_and_marked() -> None:
    made = record(received("undated"), sources=[UNDATED])
    (fact,) = read(made, known="2026-01-19").of(InvitationReceived)
    assert fact.assumed
    (sure,) = read(made, known="2026-03-01").of(InvitationReceived)
    assert not sure.assumed


def test_a_strict_reading_takes_an_undated_source_at_its_latest() -> None:
    made = record(received("undated"), sources=[UNDATED])
    assert read(made, known="2026-02-28", strict=True).of(InvitationReceived) == ()
    assert len(read(made, known="2026-03-01", strict=True).of(InvitationReceived)) == 1


def test_an_undated_page_is_not_known_before_the_act_that_it_tells_of() -> None:
    made = record(received("undated", effective="../2026-01-21"), sources=[UNDATED])
    assert read(made, known="2026-01-20").of(InvitationReceived) == ()
    assert len(read(made, known="2026-01-21").of(InvitationReceived)) == 1


def test_an_inexact_act_is_in_force_from_the_day_it_was_told_of_at_the_latest() -> None:
    made = record(received(effective="2026-01"))
    assert read(made, "2026-01-19").of(InvitationReceived) == ()
    assert len(read(made, "2026-01-20").of(InvitationReceived)) == 1


def test_what_may_have_begun_is_kept_apart_as_undecided() -> None:
    register = read(record(received(effective="2026-01")), "2026-01-19")
    assert [fact.act.kind for fact in register.undecided] == ["invitation.received"]


def test_an_instant_within_a_day_knows_what_may_have_been_said_by_then() -> None:
    made = record(received())
    (fact,) = read(made, known="2026-01-20T09:00:00Z").of(InvitationReceived)
    assert fact.assumed
    assert read(made, known="2026-01-20T09:00:00Z", strict=True).of(InvitationReceived) == ()


def test_two_accounts_of_one_act_are_one_fact() -> None:
    (fact,) = read(record(received(), received("wire"))).of(InvitationReceived)
    assert (fact.agreement, len(fact.accounts)) == ("agreed", 2)


def test_the_account_of_the_weightier_source_is_preferred() -> None:
    made = record(received("wire"), received("ministry", effective="2026-01-18"), sources=[OFFICIAL])
    (fact,) = read(made).of(InvitationReceived)
    assert fact.act.cites[0].source == "source:ministry"
    assert (fact.agreement, fact.differing) == ("contested", ("effective",))


def test_of_equal_sources_the_later_is_preferred() -> None:
    (fact,) = read(record(received(), received("later"), sources=[LATER])).of(InvitationReceived)
    assert fact.act.cites[0].source == "source:later"


def test_a_party_s_own_word_outweighs_the_press() -> None:
    own = received("press", on_behalf_of="state:be", effective="2026-01-17")
    (fact,) = read(record(received("wire"), own)).of(InvitationReceived)
    assert fact.act.id == own.id


def test_an_account_that_contradicts_itself_yields_to_its_equals() -> None:
    wrong = received("later", effective="2026-01-20", weekday="Friday")
    (fact,) = read(record(received(), wrong, sources=[LATER])).of(InvitationReceived)
    assert fact.act.id != wrong.id


def test_dates_that_one_day_satisfies_do_not_differ() -> None:
    (fact,) = read(record(received(), received("wire", effective="../2026-01-21"))).of(InvitationReceived)
    assert fact.agreement == "agreed"


def test_a_date_that_its_source_calls_uncertain_contests_nothing() -> None:
    (fact,) = read(record(received(), received("wire", effective="2026-01-12?"))).of(InvitationReceived)
    assert fact.agreement == "agreed"


def test_same_as_joins_and_distinct_parts() -> None:
    first = received()
    assert len(read(record(first, received(distinct=True))).of(InvitationReceived)) == 2
    other = act("invitation.received", "wire", party="state:fr", same_as=first.id)
    (fact,) = read(record(other, first)).of(InvitationReceived)
    assert fact.differing == ("party",)


def test_entries_that_name_each_other_as_the_same_act_stand_alone() -> None:
    pair = (received(id="a", same_as="b"), received(id="b", same_as="a"))
    assert len(read(record(*pair)).of(InvitationReceived)) == 2


def test_a_garbled_page_is_shown_and_carries_nothing() -> None:
    (fact,) = read(record(received("garbled"))).of(InvitationReceived)
    assert not fact.carried
    (weighty,) = read(record(received("garbled"), received())).of(InvitationReceived)
    assert weighty.carried


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    first = received()
    made = record(first, received(effective="2026-01-18", replaces=first.id))
    (fact,) = read(made).of(InvitationReceived)
    assert fact.act.effective.text == "2026-01-18"


def test_a_correction_changes_nothing_before_it_was_recorded() -> None:
    first = received(recorded="2026-02-01T00:00:00Z")
    later = received(effective="2026-01-18", replaces=first.id, recorded="2026-02-02T00:00:00Z")
    (fact,) = read(record(first, later), recorded="2026-02-01").of(InvitationReceived)
    assert fact.act.id == first.id
    assert read(record(first, later), recorded="2026-01-31").of(InvitationReceived) == ()


def test_withdrawing_a_correction_revives_the_original() -> None:
    first = received()
    second = received(effective="2026-01-18", replaces=first.id)
    gone = act("entry.withdrawn", None, entry=second.id, reason="It was right before.")
    (fact,) = read(record(first, second, gone)).of(InvitationReceived)
    assert fact.act.id == first.id


def test_corrections_in_a_circle_all_stay() -> None:
    pair = (received(id="a", replaces="b"), received(id="b", replaces="a"))
    assert len(read(record(*pair)).facts()) >= 1


def test_a_link_to_nothing_is_passed_over() -> None:
    made = record(received(replaces="nothing"), act("entry.withdrawn", None, entry="nothing", reason="?"))
    assert len(read(made).of(InvitationReceived)) == 1


@pytest.mark.parametrize("known", ["2026-01-20", "2026-02-10"])
def test_a_denial_stands_beside_the_claim_once_it_is_known(known: str) -> None:
    listed = act("membership.listed", "press", by="org:white-house", effective="2026-01-22", party="state:be")
    denied = act("membership.denied", "later", by="state:be", effective="2026-01-22")
    (fact,) = read(record(listed, denied, sources=[LATER]), known=known).of(MembershipListed)
    assert fact.agreement == ("denied" if known == "2026-02-10" else "agreed")


def test_a_statement_denied_marks_the_entry_that_it_denies() -> None:
    first = received()
    denial = act("statement.denied", "press", denies=first.id, by="state:be")
    (fact,) = read(record(first, denial)).of(InvitationReceived)
    assert [each.id for each in fact.denials] == [denial.id]


def test_a_denial_of_nothing_denies_nothing() -> None:
    denial = act("statement.denied", "press", denies="nothing", by="state:be")
    (fact,) = read(record(received(), denial)).of(InvitationReceived)
    assert fact.agreement == "agreed"


def test_an_account_of_several_sources_is_known_from_the_first() -> None:
    cites = [{"source": "source:later"}, {"source": "source:press"}]
    made = record(
        received(cites=cites), received(cites=[*cites, {"source": "source:undated"}]), sources=[LATER, UNDATED]
    )
    assert len(read(made, known="2026-01-20").of(InvitationReceived)) == 1


def test_several_undated_sources_are_known_from_the_act_on() -> None:
    made = record(received(cites=[{"source": "source:undated"}, {"source": "source:undated"}]), sources=[UNDATED])
    assert read(made, known="2026-01-18").of(InvitationReceived) == ()
    assert len(read(made, known="2026-01-19").of(InvitationReceived)) == 1


def test_what_takes_effect_later_is_ahead() -> None:
    made = record(act("count.reported", "press", body="body:b", of="signed", number=19, effective="2026-02-12"))
    register = read(made, "2026-01-28")
    assert register.of(CountReported) == ()
    assert [fact.act.number for fact in register.ahead(CountReported)] == [19]


def test_a_reading_is_folded_once() -> None:
    from chancery.ledger import Ledger  # noqa: PLC0415  # here to count its folds
    from chancery.register import Reading  # noqa: PLC0415

    ledger = Ledger(record(received()))
    first = ledger.as_of(Reading.of("2026-01-19"))
    assert ledger.as_of(Reading.of("2026-01-19")) is first
    for number in range(300):
        ledger.as_of(Reading(on=number))
    assert ledger.as_of(Reading.of("2026-01-19")) is not first


def test_acts_of_one_day_keep_the_ledger_s_order() -> None:
    acts = [received(party=f"state:{code}") for code in ("ru", "fr", "de", "ar")]
    assert [fact.act.id for fact in read(record(*acts)).facts()] == [each.id for each in acts]


def test_a_kind_without_checks_of_its_own_breaks_no_rule() -> None:
    from chancery.ledger import Ledger  # noqa: PLC0415

    assert Ledger(record(received())).breaches() == []
