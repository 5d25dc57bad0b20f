"""Claims: of a phase or condition of a plan, what each actor says of it, in the order in which it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from markupsafe import Markup

from chancery.site.told import cited, line_of, told_of
from chancery.values import PAST, Date
from chancery.views.cells import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chancery.site.speaking import Speaker
    from chancery.views import Row, View


class Claim(NamedTuple):
    """What one actor says: what, on which day, in words, where it is written; by which entries."""

    by: Markup
    what: Markup
    day: Markup
    words: Markup
    source: Markup
    cites: Markup
    entries: tuple[str, ...]
    since: int


class Claimed(NamedTuple):
    """A phase or a condition, and the claims about it; ``apart`` where they do not go together."""

    heading: Markup
    plan: Markup
    apart: bool
    claims: list[Claim]


def claims(view: View, speaker: Speaker) -> list[Claimed]:
    """Each phase or condition once, with every claim about it, the earliest first."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in view.rows:
        found.setdefault((row.cells["phase"], row.cells["condition"]), []).append(row)
    return [_claimed([*filter(None, key)], rows, speaker) for key, rows in found.items()]


def _claimed(refs: list[object], rows: list[Row], speaker: Speaker) -> Claimed:
    told = {claim.entries: claim for row in rows for claim in _claims(row, speaker)}
    plan = next((row.cells["plan"] for row in rows if row.cells["plan"] is not None), None)
    return Claimed(
        heading=Markup(" · ").join(speaker.link(str(ref)) for ref in refs),
        plan=speaker.link(str(plan)) if plan is not None else Markup(),
        apart=any(row.agreement != "agreed" for row in rows),
        claims=sorted(told.values(), key=lambda claim: claim.since),
    )


def _claims(row: Row, speaker: Speaker) -> Iterator[Claim]:
    """What a row says, then what others say of the same."""
    cells = row.cells
    own = cells_of(cells["accounts"])
    if cells["state"] is not None:
        yield _claim(cells, str(cells["state"]), own[0] if own else None, speaker)
    for each in cells_of(cells["beside"]):
        account = each["account"]
        what = str(each["assessment"] or each["kind"])
        yield _claim(each, what, account if isinstance(account, dict) else None, speaker)


def _claim(cell: Mapping[str, object], what: str, account: dict[str, object] | None, speaker: Speaker) -> Claim:
    by, day = cell["by"], cell["effective"]
    who = by if isinstance(by, tuple) else () if by is None else (str(by),)
    entries = cast("tuple[str, ...]", cell.get("entries") or ()) or ((str(account["entry"]),) if account else ())
    return Claim(
        by=speaker.links(who) or speaker.text("by whom is not said"),
        what=speaker.code(what),
        day=speaker.cell(day),
        words=speaker.cell(cell["words"]),
        source=line_of(told_of(account, speaker), speaker) if account else Markup(),
        cites=cited(entries, str(cell.get("agreement", "agreed")), speaker),
        entries=entries,
        since=day.earliest if isinstance(day, Date) else PAST,
    )
