"""The parts of a meeting, briefly: who came and when, what was moved, voted, ruled, decided, kept silent on, issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.values import Date, Phrase, phrase
from chancery.views.base import label
from chancery.views.cells import Cell, cells_of, mark, named, run, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.values import Instant

CAPACITIES = ("host", "member", "observer", "invited", "present", "absent")


def brief_attendance(cell: object) -> Iterator[Phrase]:
    """Who came in which capacity, with the level; capacity by capacity."""
    attended = cells_of(cell)
    for capacity in CAPACITIES:
        came = [_came(each) for each in attended if each["capacity"] == capacity]
        if came:
            yield phrase("{capacity}: {who}", capacity=label(capacity), who=run(*came))


def _came(each: Cell) -> Phrase:
    who = phrase("{party:name}", party=str(each["party"]))
    level = label(str(each["level"])) if each["level"] is not None else None
    arrived, left = cast("Instant | None", each["arrived"]), cast("Instant | None", each["left"])
    hours = (
        phrase("from {moment}", moment=arrived) if arrived is not None else None,
        phrase("until {moment}", moment=left) if left is not None else None,
    )
    more = [said for said in (level, *hours) if said is not None]
    return mark(each, phrase("{who} ({more})", who=who, more=run(*more)) if more else who)


def brief_motions(cell: object) -> Iterator[Phrase]:
    """Each motion: its name, its version, who tabled it."""
    for each in cells_of(cell):
        item = named(phrase("item"), each["item"])
        yield mark(each, run(spoken(each["motion"]), named(phrase("version"), each["version"]), _by(each), item))


def _by(each: Cell) -> Phrase | None:
    return named(phrase("by"), each["by"])


def brief_votes(cell: object) -> Iterator[Phrase]:
    """Each count of votes, and each vote cast."""
    for each in cells_of(cell):
        yield mark(each, _counted(each) if each["kind"] == "vote.counted" else _cast(each))


def _cast(each: Cell) -> Phrase:
    choice = label(str(each["choice"]))
    said = phrase(
        "{motion:name}: {party:name} {choice}", motion=str(each["motion"]), party=str(each["party"]), choice=choice
    )
    if each["proxy_for"] is not None:
        said = phrase("{vote}, for {party:name}", vote=said, party=str(each["proxy_for"]))
    if each["call"] != 1:
        said = phrase("{vote}, call {number:number}", vote=said, number=cast("int", each["call"]))
    return phrase("{vote}, casting vote", vote=said) if each["casting"] else said


def _counted(each: Cell) -> Phrase:
    unanimous = phrase("called unanimous") if each["unanimous"] else None
    return run(
        spoken(each["motion"]),
        named(phrase("yes:"), each["yes"]),
        named(phrase("no:"), each["no"]),
        named(phrase("abstaining:"), each["abstain"]),
        named(phrase("absent:"), each["absent"]),
        unanimous,
    )


def brief_decisions(cell: object) -> Iterator[Phrase]:
    """Each decision: what became of it, how, by whom, under which symbol."""
    for each in cells_of(cell):
        manner = label(str(each["manner"])) if each["manner"] is not None else None
        what = phrase("{decision:name}: {kind}", decision=str(each["decision"]), kind=label(str(each["kind"])))
        yield mark(each, run(what, manner, spoken(each["symbol"]), _by(each), _day(each)))


def brief_rulings(cell: object) -> Iterator[Phrase]:
    """What each vote or decision comes to under the rules, and why."""
    for each in cells_of(cell):
        yield phrase("{motion:name}: {because}", motion=str(each["business"]), because=cast("Phrase", each["because"]))


def brief_declarations(cell: object) -> Iterator[Phrase]:
    """Each declaration: whose, of which nature, on what."""
    for each in cells_of(cell):
        on = each["decision"] or each["motion"]
        said = phrase("{nature} of {party:name}", nature=label(str(each["nature"])), party=str(each["party"]))
        yield mark(each, said if on is None else phrase("{said} on {on:name}", said=said, on=str(on)))


def brief_minutes(cell: object) -> Iterator[Phrase]:
    """Each stage of the minutes, with its day."""
    for each in cells_of(cell):
        yield mark(each, run(label(str(each["kind"]).partition(".")[2]), _day(each)))


def _day(each: Cell) -> Phrase:
    return phrase("{day:date}", day=cast("Date", each["effective"]))


def brief_silence(cell: object) -> Iterator[Phrase]:
    """Each silence procedure: its deadline, how it stands, who objected and whether in time."""
    for each in cells_of(cell):
        deadline = phrase("until {deadline}", deadline=cast("Instant", each["deadline"]))
        state = SILENCE[str(each["state"])]
        objections = (_objection(objection) for objection in cells_of(each["objections"]))
        yield mark(each, run(spoken(each["motion"]), deadline, state, *objections))


SILENCE = {
    "running": phrase("silence still runs"),
    "broken": phrase("silence broken"),
    "objection_undated": phrase("an objection on the last day, its hour not known"),
    "kept": phrase("no objection in time is on record; no outcome announced"),
    "adopted": phrase("announced as adopted"),
    "concluded_broken": phrase("announced as broken"),
}

TIMELINESS = {
    "yes": phrase("objection of {by:name} in time"),
    "no": phrase("objection of {by:name} too late, kept"),
    "undecided": phrase("objection of {by:name}, in time or not is open"),
}


def _objection(each: Cell) -> Phrase:
    return phrase(TIMELINESS[str(each["in_time"])].msgid, by=str(each["by"]))


def brief_documents(cell: object) -> Iterator[Phrase]:
    """Each document: its symbol and its stage."""
    for each in cells_of(cell):
        yield mark(each, run(spoken(each["document"]), spoken(each["symbol"]), label(str(each["stage"])), _day(each)))
