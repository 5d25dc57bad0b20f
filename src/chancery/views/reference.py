"""The reference of the views: the public contract of their JSON, written from the columns that they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.views.base import COLUMNS, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.views.base import Column

HEAD = """\
# Views

Written from the code by `make reference`; do not edit it by hand.

`chancery show VIEW RECORD --format json` prints one document:

| key | what it holds |
|---|---|
| `view` | the name of the view |
| `record` | the record, as it was named on the command line |
| `on`, `known`, `recorded` | the three clocks: a day, or a moment; null where a clock was not set |
| `rows` | the rows, in the view's order |
| `notes` | in English: what the view does not say |

Every row has the keys of its view, always all of them, and two more:

| key | what it holds |
|---|---|
| `agreement` | `agreed`, `contested` (accounts differ, or facts speak against each other) or `denied` |
| `entries` | the ids of every entry behind the row |

Keys and codes are the same in every language. Nothing stated is null, or an empty list. Refs are `family:name`. Dates
are EDTF texts: `2026-01-19`, `../2026-01-21` on or before, `2026-01-16/..` on or after, `2026-01` some day of it,
`2026-01-22?` uncertain, `2026-01~` about, `..` not yet, `XXXX-XX-XX` unknown. Texts are strings, or tables of texts
by language (BCP 47). Sums are `{"amount": "7000000000", "currency": "USD"}`, the amount exact and a string. In CSV a
list of refs or codes is joined by `;` and a table is JSON.

## Cells that several views share

An **account** is what one source tells:

| key | what it holds |
|---|---|
| `entry` | the entry's id |
| `side` | `preferred`; `agrees` with it or `differs`; `denies`; `against`, in a dispute between facts |
| `effective` | when it took effect, by this account |
| `speaker`, `speaker_as` | who said it: a ref; or how the source calls whoever it does not name |
| `on_behalf_of` | for whom the speaker spoke |
| `channel` | how it was sent or said |
| `source`, `standing`, `outlet`, `agency` | the source, how it is judged, who carried it, whose text it is |
| `said` | the day on the source; null where none is visible |
| `article` | where in the source |
| `note` | what it tells, in the record's words |

A **fact** in a list has `kind`, `effective`, `agreement` and `entries`, and the keys that its column names.
"""

HELD = {
    "ref": "ref",
    "refs": "refs",
    "code": "code",
    "date": "date",
    "number": "number",
    "text": "text",
    "texts": "texts",
    "words": "text",
    "flag": "true or null",
    "phrase": "text, in English",
    "money": "sum",
    "record": "tables",
}
"""What the cells of each sort of column are, in data."""


def reference() -> str:
    """The reference of every view, in Markdown."""
    return HEAD + "".join(line for name in VIEWS for line in _view(name))


def _view(name: str) -> Iterator[str]:
    yield f"\n## {name}\n\n{(VIEWS[name].__doc__ or '').strip()}\n\n| key | holds | what it is |\n|---|---|---|\n"
    yield from (_line(column) for column in COLUMNS[name])


def _line(column: Column) -> str:
    return f"| `{column.key}` | {HELD[column.sort]} | {column.about} |\n"
