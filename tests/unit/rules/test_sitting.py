"""Who sits and who holds what, on a day before that of the reading too."""

from chancery.acts import Act
from chancery.register import Register
from chancery.rules.sitting import appointed, holders, in_office, perhaps_by_day, seated
from tests.made import BODY, act, day, read, record, ref

CHAIR = "office:chair"


def register(*acts: Act) -> Register:
    return read(record(*acts), "2026-12-31")


def test_an_office_is_held_until_it_is_left() -> None:
    found = register(
        act("office.held", person="person:a", office=CHAIR, effective="2026-01-10"),
        act("office.left", person="person:a", office=CHAIR, effective="2026-03-01"),
        act("appointment.made", person="person:b", body=BODY, office=CHAIR, effective="2026-03-02"),
        act("appointment.made", person="person:c", body=BODY, effective="2026-03-02"),
    )
    assert holders(found, day("2026-02-01")) == {(ref("person:a"), ref(CHAIR))}
    assert holders(found, day("2026-01-09")) == frozenset()
    assert holders(found) == {(ref("person:b"), ref(CHAIR))}
    assert len(list(in_office(found))) == 0
    assert len(list(appointed(found))) == 2


def test_a_seat_counts_from_its_first_day_to_its_last() -> None:
    found = register(act("membership.begun", effective="2026-01-10", until="2026-02-10"))
    days = ("2026-01-09", "2026-01-10", "2026-02-10", "2026-02-11")
    assert [len(list(seated(found, day(each)))) for each in days] == [0, 1, 1, 0]


def test_what_may_have_been_by_a_day_is_neither_in_nor_out() -> None:
    found = register(act("office.left", person="person:a", office=CHAIR, effective="2026-02"))
    for asked, number in (("2026-01-31", 0), ("2026-02-10", 1), ("2026-02-28", 0)):
        assert len(perhaps_by_day(found, day(asked), "office.left")) == number


def test_one_may_be_named_again_and_another_s_leaving_ends_nothing() -> None:
    found = register(
        act("appointment.made", person="person:a", body=BODY, office=CHAIR, effective="2026-01-10"),
        act("appointment.ended", person="person:b", body=BODY, effective="2026-01-11"),
        act("membership.begun", effective="2026-01-10"),
        act("membership.removed", party="state:fr", effective="2026-01-11"),
    )
    assert len(list(appointed(found))) == len(list(seated(found))) == 1
