"""Speaking: what is said once for many days names and links everything as each of them does."""

import re
from functools import cache

from chancery.site.addresses import Address
from chancery.site.making import Maker
from tests.made import act, record, ref
from tests.unit.site.asking import library

HOSTILE = 'Board" href="~state/xx/'
ORG = ref("org:council")

MADE = record(
    act("party.described", party=ORG, names=[{"text": "Council"}], effective="2026-01-01"),
    act("party.renamed", party=ORG, names=[{"text": HOSTILE}], effective="2026-05-01"),
    act("membership.signed", party=ORG, body="body:b", effective="2026-02-01"),
)


@cache
def maker() -> Maker:
    return Maker(library(MADE))


def page(on: str, *parts: str, lang: str = "en") -> str:
    return maker().drawn(Address(lang=lang, on=on, parts=parts))


def test_a_link_leads_to_the_day_of_its_page() -> None:
    for on in ("2026-03-01", "2026-04-01"):
        html = page(on, "standing")
        assert f'<a href="/en/{on}/org/council/"><bdi>Council</bdi></a>' in html
        assert f'<a href="/en/{on}/entry/' in html
        assert set(re.findall(r'href="/en/(2026-[^/]+)/(?:org|entry)/', html)) == {on}
    assert '<a href="/ar/2026-03-01/org/council/">' in page("2026-03-01", "standing", lang="ar")


def test_a_party_is_called_by_its_name_of_the_day() -> None:
    before, after, again = (page(on, "standing") for on in ("2026-03-01", "2026-06-01", "2026-03-01"))
    assert before == again
    assert "<bdi>Council</bdi>" in before
    assert "<bdi>Council</bdi>" not in after


def test_no_name_can_stand_where_a_link_holds_its_place() -> None:
    html = page("2026-06-01", "standing")
    assert "<bdi>Board&#34; href=&#34;~state/xx/</bdi>" in html
    assert 'href="~' not in html
    assert 'href="/en/2026-06-01/state/xx/' not in html
