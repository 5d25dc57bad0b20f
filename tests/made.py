"""Small records, made in a test: a source of each standing, and acts in a line each."""

from collections.abc import Sequence
from itertools import count

from msgspec import convert

from chancery.acts import Act, act_of
from chancery.ledger import Ledger, Record
from chancery.register import STANDINGS, Head, Reading, Register, Source, SourceStanding
from chancery.values import Date, Ref, decode_hook

BODY = "body:b"
DAY = "2026-01-20"
"""The day on which every source that does not say otherwise was published."""

_numbers = count(1)


def source(name: str, standing: SourceStanding = "press", published: str | None = DAY, **more: object) -> Source:
    return convert(
        {"ref": f"source:{name}", "standing": standing, **({"published": published} if published else {}), **more},
        Source,
        dec_hook=decode_hook,
    )


SOURCES = tuple(source(standing, standing) for standing in STANDINGS)  # type: ignore[arg-type]  # each is one


def act(kind: str, src: str | None = "press", /, **fields: object) -> Act:
    """An act from a source, of state:be with body:b where its kind has a party and a body."""
    cites = [{"source": f"source:{src}"}] if src is not None else []
    usual = {"id": f"e{next(_numbers)}", "kind": kind, "cites": cites}
    if kind.partition(".")[0] in ("membership", "invitation", "clarification", "position", "observer"):
        usual |= {"party": "state:be", "body": BODY}
    return act_of({**usual, **fields})


def record(*acts: Act, sources: Sequence[Source] = (), **head: object) -> Record:
    known: dict[str, Source] = {each.ref: each for each in (*SOURCES, *sources)}
    return Record(convert(head, Head, dec_hook=decode_hook), known, acts)


def read(
    made: Record, on: str = "2026-12-31", known: str | None = None, recorded: str | None = None, *, strict: bool = False
) -> Register:
    return Ledger(made).as_of(Reading.of(on, known, recorded, strict=strict))


def day(text: str) -> int:
    """The ordinal of a day."""
    return Date.of(text).latest


def ref(text: str) -> Ref:
    return Ref(text)
