"""Power, drawn up: each player's swings and shares, exactly and in percent, and who can do what alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from chancery.rules.enclosing import DECIMALS
from chancery.rules.playing import is_seat
from chancery.rules.power import INDICES
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.rules.power import Powers
    from chancery.values import Ref

PLACES = 4
"""Decimals of a percentage."""


def power_view(powers: Powers, title: Phrase) -> View:
    """The power of every player."""
    shares = {name: dict(zip(powers.game.players, found, strict=True)) for name, found in powers.shares.items()}
    raw = dict(zip(powers.game.players, powers.swings.raw, strict=True))
    rows = []
    for player, who in _shown(powers.game.players):
        cells: dict[str, object] = {"player": who, "swings": str(raw[player])}
        for name, found in shares.items():
            cells[_key(name)] = exactly(found[player], powers.within.get(name))
            cells[f"{_key(name)}_percent"] = percent(found[player])
        rows.append(Row(cells))
    columns = (PLAYER, SWINGS, *(column for name in shares for column in _columns(name)))
    return View("power", title, columns, tuple(rows), notes=tuple(_notes(powers)))


def changed_view(before: Powers, after: Powers, title: Phrase) -> View:
    """The power of every player before and after others have joined."""
    names = [name for name in before.shares if name in after.shares]
    players = tuple(dict.fromkeys((*before.game.players, *after.game.players)))
    rows = [Row({"player": who, **_changes(player, names, (before, after))}) for player, who in _shown(players)]
    columns = (PLAYER, *(column for name in names for column in _changed_columns(name)))
    return View("power", title, columns, tuple(rows), notes=tuple(_notes(after)))


def totals(powers: Powers) -> dict[str, object]:
    """The game as a whole, as data; counts as text, since they pass what numbers of JSON hold."""
    return {
        "players": len(powers.game.players),
        "coalitions": str(2 ** len(powers.game.players)),
        "winning": str(powers.swings.winning),
        "minimal_winning": None if powers.minimal.count is None else str(powers.minimal.count),
        "minimal_winning_listed": [list(each) for each in powers.minimal.listed],
        "block_alone": list(powers.blockers),
        "powerless": list(powers.powerless),
        "indices": list(powers.shares),
        "within": {name: f"{float(within):.1e}" for name, within in powers.within.items()},
        "refused": None if powers.refused is None else str(powers.refused),
    }


def percent(share: Fraction) -> str:
    """A share in percent, rounded to so many decimals."""
    parts = round(abs(share) * 100 * 10**PLACES)
    sign = "-" if share < 0 and parts else ""
    return f"{sign}{parts // 10**PLACES}.{parts % 10**PLACES:0{PLACES}d}"


def exactly(share: Fraction, within: Fraction | None = None) -> str:
    """A share as an exact fraction, or as a decimal with the bound of its error."""
    return str(share) if within is None else f"{float(share):.{DECIMALS}f} ± {float(within):.1e}"


def _shown(players: Iterable[Ref]) -> Iterator[tuple[Ref, Phrase]]:
    """Each player as shown; the seats whose holders are not named are alike, and shown once."""
    found = tuple(players)
    seats = [player for player in found if is_seat(player)]
    for player in found:
        if player in seats[:1]:
            yield player, phrase("each of {n:number} seats not named", n=len(seats))
        elif player not in seats:
            yield player, phrase("{player:name}", player=player)


def _changes(player: Ref, names: Sequence[str], sides: tuple[Powers, Powers]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name in names:
        was, then = (dict(zip(powers.game.players, powers.shares[name], strict=True)).get(player) for powers in sides)
        change = percent((then or Fraction(0)) - (was or Fraction(0)))
        cells[f"{_key(name)}_change"] = change if change.startswith("-") else f"+{change}"
        for key, share, powers in zip((_key(name), f"then_{_key(name)}"), (was, then), sides, strict=True):
            cells[key] = None if share is None else exactly(share, powers.within.get(name))
            cells[f"{key}_percent"] = None if share is None else percent(share)
    return cells


PLAYER = Column(
    "player",
    phrase("Who"),
    "phrase",
    about="the member, each of the seats that nobody is named for, or "
    "who has a part in the decision beside the members",
)
SWINGS = Column("swings", phrase("Swings"), about="how many votes of the others leave it to this one")


def _key(name: str) -> str:
    return name.replace("-", "_")


def _columns(name: str) -> Iterator[Column]:
    index, key = INDICES[name], _key(name)
    said = phrase("{index} %", index=index.heading)
    yield Column(f"{key}_percent", said, "number", about=str(index.words))
    yield Column(key, index.heading, aside=True, about="the same as an exact fraction")


def _changed_columns(name: str) -> Iterator[Column]:
    heading, key = INDICES[name].heading, _key(name)
    yield Column(f"{key}_percent", phrase("{index} %", index=heading), "number", about="as it is")
    yield Column(f"then_{key}_percent", phrase("{index} % then", index=heading), "number", about="once they joined")
    yield Column(f"{key}_change", phrase("Change"), "number", about="in percentage points")
    yield Column(key, heading, shown=False, about="as it is, exactly")
    yield Column(f"then_{key}", phrase("{index} then", index=heading), shown=False, about="once they joined, exactly")


def _notes(powers: Powers) -> Iterator[Phrase]:
    yield phrase("As if all were present and each voted for or against, nobody abstaining.")
    yield phrase(
        "Of {all:number} ways to vote {winning:number} carry.",
        all=2 ** len(powers.game.players),
        winning=powers.swings.winning,
    )
    if powers.minimal.count is None:
        yield phrase("How many coalitions win with nobody to spare is not counted: there are too many to try.")
    else:
        yield phrase("{n:number} coalitions win with nobody to spare.", n=powers.minimal.count)
    yield from (phrase("- {members:names}", members=each) for each in powers.minimal.listed)
    if powers.blockers:
        yield phrase("Can stop it alone: {who:names}.", who=powers.blockers)
    else:
        yield phrase("Nobody can stop it alone.")
    if powers.powerless:
        yield phrase("Never decides: {who:names}.", who=powers.powerless)
    for name, within in powers.within.items():
        yield phrase(
            "{index} is enclosed, not exact, which would take too long: each is within {within} of its share.",
            index=INDICES[name].heading,
            within=f"{float(within):.1e}",
        )
    if powers.refused is not None:
        yield phrase("Not by every index: {why}.", why=powers.refused)
