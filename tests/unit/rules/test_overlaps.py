"""Overlaps: every two posts of one person, with what ties them on record; found, not judged."""

from chancery.register import Account, Fact
from chancery.rules.overlaps import Post, overlaps
from tests.made import act, ref

PERSON = ref("person:p")


def seat(body: str, person: str = PERSON) -> Post:
    return Post(ref(person), ref(body), Fact(act("appointment.made", person=person, body=body)))


def office(of: str) -> Post:
    fact = Fact[Account](act("office.held", person=PERSON, office="office:o", of=of))
    return Post(PERSON, ref(of), fact, ref("office:o"), is_seat=False)


def bond(**fields: object) -> Fact[Account]:
    return Fact(act("oversight.set", **fields))


def test_two_bodies_and_a_body_beside_an_office_overlap() -> None:
    found = list(overlaps([office("org:x"), seat("body:a"), seat("body:b"), seat("body:a", "person:q")], []))
    assert [(each.person, each.sort, each.first.of, each.second.of) for each in found] == [
        (PERSON, "two_bodies", "body:a", "body:b"),
        (PERSON, "body_and_office", "body:a", "org:x"),
        (PERSON, "body_and_office", "body:b", "org:x"),
    ]


def test_two_posts_on_one_body_or_two_offices_do_not_overlap() -> None:
    assert list(overlaps([seat("body:a"), seat("body:a")], [])) == []
    assert list(overlaps([office("org:x"), office("org:y")], [])) == []


def test_lines_money_and_statements_that_join_both_ends_tie_them() -> None:
    line = bond(subject="body:a", relation="supervises", object="org:x")
    by_office = bond(subject="office:o", relation="directs", object="body:a")
    elsewhere = bond(subject="body:a", relation="supervises", object="org:y")
    paid = Fact[Account](act("pledge.made", by=["org:x"], to="body:a"))
    through = Fact[Account](act("pledge.made", by=["state:be"], to="body:a", through="org:x"))
    about = Fact[Account](act("statement.made", about=["person:p", "body:a"]))
    (found,) = overlaps([seat("body:a"), office("org:x")], [line, by_office, elsewhere, paid, through, about])
    assert found.bonds == (line, by_office, paid, through, about)


def test_a_statement_about_a_person_on_two_bodies_ties_them_only_where_it_names_both() -> None:
    one = Fact[Account](act("statement.made", about=["person:p", "body:a"]))
    both = Fact[Account](act("statement.made", about=["person:p", "body:a", "body:b"]))
    (found,) = overlaps([seat("body:a"), seat("body:b")], [one, both])
    assert found.bonds == (both,)
