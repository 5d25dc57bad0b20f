"""Made-up records of any size for measuring: many bodies, many parties, a fifth of the acts told by two sources."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = "ar by eg ru tr us gb fr de it es pl se no fi dk nl be at ch cz sk hu ro bg gr cy mt pt ie".split()
BODIES = 200
PERSONS = 500
FIRST = date(2016, 1, 1)
DAYS = 3_650
PLAIN_KINDS = ("invitation.issued", "invitation.considered", "invitation.accepted", "membership.signed")
SEED = 2803


def entries(count: int) -> Iterator[dict[str, object]]:
    """The lines of a record of so many acts: head, sources, parties, acts."""
    chance = random.Random(SEED)  # noqa: S311  # measured, not secret
    sources = [f"source:page-{number}" for number in range(max(count // 20, 1))]
    yield {"kind": "record", "title": "Made up for measuring"}
    for number, source in enumerate(sources):
        yield _source(number, source, chance)
    described = [*(f"body:b{number}" for number in range(BODIES)), *(f"person:p{number}" for number in range(PERSONS))]
    for number, ref in enumerate(described[:count]):
        yield {"kind": "party.described", "id": f"n{number}", "party": ref, "names": [{"text": ref}], "cites": _cite(0)}
    yield from _acts(count - len(described[:count]), len(sources), chance)


def _source(number: int, ref: str, chance: random.Random) -> dict[str, object]:
    source: dict[str, object] = {"kind": "source", "ref": ref, "standing": chance.choice(("official", "wire", "press"))}
    if number % 5:
        source["published"] = (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat()
    return {**source, "retrieved": "2026-02-01", "title": f"Page {number}", "url": f"https://example.org/{number}"}


def _cite(number: int) -> list[dict[str, object]]:
    return [{"source": f"source:page-{number}"}]


def _acts(count: int, sources: int, chance: random.Random) -> Iterator[dict[str, object]]:
    previous: dict[str, object] | None = None
    for number in range(count):
        cite = _cite(chance.randrange(sources))
        if previous is not None and number % 5 == 4:  # noqa: PLR2004  # one act in five is told twice
            previous = {**previous, "id": f"e{number}", "cites": cite}
        else:
            previous = {"id": f"e{number}", "cites": cite, **_act(number, chance)}
        yield previous


def _act(number: int, chance: random.Random) -> dict[str, object]:
    day = (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat()
    body = f"body:b{chance.randrange(BODIES)}"
    shape = number % 10
    if shape < 6:  # noqa: PLR2004  # six in ten are between a State and a body
        party = f"state:{chance.choice(STATES)}"
        return {"kind": chance.choice(PLAIN_KINDS), "party": party, "body": body, "effective": day, "distinct": True}
    if shape < 8:  # noqa: PLR2004  # two in ten are appointments
        person = f"person:p{chance.randrange(PERSONS)}"
        made = {"kind": "appointment.made", "person": person, "body": body, "title": "member"}
        return {**made, "effective": day, "distinct": True}
    return {
        "kind": "statement.made",
        "about": [body],
        "speaker": f"person:p{chance.randrange(PERSONS)}",
        "note": "Says something about the work of the body, in the record's own words.",
        "effective": day,
    }


def jsonl(count: int) -> bytes:
    """The record as JSON Lines."""
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries(count))
