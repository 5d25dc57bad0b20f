"""Atom: what RFC 4287 asks for is there, and no text is taken for markup."""

import re
from collections.abc import Iterable

import pytest
from lxml import etree

from chancery.exchange.markup import document, element
from chancery.ledger import Ledger, Record
from chancery.register import Head, Reading, Register, Source
from chancery.values import Instant
from tests.unit.exchange.made import SOURCE, recorded, register_of, taken, written

ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
HOSTILE = "</title><script>&\"'\x00\x1b\ufffe]]>\u202e"


def feed(register: Register) -> etree._Element:
    return etree.fromstring(written("atom", register))


def texts(found: Iterable[etree._Element], name: str) -> list[str]:
    return [each.findtext(ATOM + name) or "" for each in found]


@pytest.mark.parametrize("name", ["teaching", "board-of-peace", "un-security-council"])
def test_every_feed_has_what_the_rfc_asks_for(name: str) -> None:
    root = feed(register_of(name))
    entries = root.findall(ATOM + "entry")
    assert root.tag == ATOM + "feed"
    for each in (root, *entries):
        assert all(len(each.findall(ATOM + part)) == 1 for part in ("id", "title", "updated"))  # 4.1.1, 4.1.2
        assert each.findtext(f"{ATOM}author/{ATOM}name")
    updated = texts(entries, "updated")
    assert all(INSTANT.fullmatch(moment) for moment in updated)
    assert updated == sorted(updated, reverse=True)
    assert root.findtext(ATOM + "updated") == updated[0]
    ids = texts(entries, "id")
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("urn:uuid:") for each in ids)


def test_every_account_in_force_is_an_entry() -> None:
    register = register_of("teaching")
    accounts = [account for fact in register.facts() for account in fact.accounts]
    assert len(feed(register).findall(ATOM + "entry")) == len(accounts)


def test_titles_say_what_is_contested_or_denied() -> None:
    titles = texts(feed(register_of("board-of-peace")).findall(ATOM + "entry"), "title")
    assert any(title.startswith("Contested: appointment made: Executive Board") for title in titles)
    assert any(title.startswith("Denied: ") for title in titles)


def test_without_a_moment_an_account_is_left_out() -> None:
    acts = taken("csv", b"entry,kind,effective,fields\na,statement.made,2026-01-05,{}\n").acts
    undated: dict[str, Source] = {SOURCE.ref: Source(ref=SOURCE.ref, standing="aggregator")}
    for head, moments in ((Head(), []), (Head(recorded=Instant.of("2026-01-06T03:04:05Z")), ["2026-01-06T03:04:05Z"])):
        register = Ledger(Record(head, undated, acts)).as_of(Reading.of("2026-01-07"))
        assert len(register.facts()) == 1
        assert texts(feed(register).findall(ATOM + "entry"), "updated") == moments


def test_the_moment_of_recording_comes_first() -> None:
    table = b'entry,kind,effective,fields\na,statement.made,2026-01-05,"{""recorded"":""2026-01-08T01:02:03Z""}"\n'
    entries = feed(recorded(taken("csv", table))).findall(ATOM + "entry")
    assert texts(entries, "updated") == ["2026-01-08T01:02:03Z"]


def test_no_text_is_taken_for_markup() -> None:
    register = recorded(taken("popolo", {"persons": [{"id": "a", "name": HOSTILE}]}))
    (named, _) = sorted(feed(register).findall(ATOM + "entry"), key=lambda each: each.findtext(ATOM + "title") or "")[
        ::-1
    ]
    shown = HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ufffe", "\ufffd")
    assert f"party described: {shown} " in (named.findtext(ATOM + "title") or "")


def test_attributes_hold_any_text() -> None:
    root = etree.fromstring(
        document(element("a", element("b", x=HOSTILE + "\t\r\n"), None, element("c", "<\t\r\n]]>")))
    )
    assert root[0].get("x", "").startswith("</title><script>&\"'")
    assert root[0].get("x", "").endswith("\t\r\n")
    assert root[1].text == "<\t\r\n]]>"
