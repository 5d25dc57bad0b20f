"""Appending: entries as lines of JSON, through the desk, all of them or none."""

from __future__ import annotations

from contextlib import nullcontext
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from chancery.acts import Undecodable, act_of
from chancery.desk import Barred, Desk
from chancery.text import record_in
from chancery.values import Place, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from chancery.acts import Act
    from chancery.store.base import Kept, Store
    from chancery.values import Instant, Phrase


class Gathered:
    """A shelf on which the desk lays entries, to be kept together."""

    place = "gathered"

    def __init__(self, store: Store) -> None:
        """Gather for another shelf."""
        self._store = store
        self.acts: list[Act] = []

    def held(self) -> AbstractContextManager[None]:
        """Nothing to keep others from."""
        return nullcontext()

    def form(self, act: Act, /) -> str:
        """As the other shelf writes it."""
        return self._store.form(act)

    def append(self, act: Act, /) -> None:
        """Lay one more entry to the others."""
        self.acts.append(act)


def append_lines(
    store: Store, data: bytes, clock: Callable[[], Instant], request: str | None = None
) -> tuple[Kept, list[Problem]]:
    """Record the entries of lines of JSON; breaches are recorded too and given back. Raises Barred, Refused.

    A request id that came before counts once: the entries that it recorded then are given back.
    """
    payload = sha256(data).digest()
    with store.held():
        if request is not None and (kept := store.asked(request, payload)) is not None:
            return kept, []
        gathered = Gathered(store)
        desk = Desk(record_in(store.bodies(None)), clock, gathered)
        found = [problem for act in acts_in(data) for problem in desk.record(act).problems]
        return store.record(gathered.acts, request, payload), found


def acts_in(data: bytes) -> list[Act]:
    """The acts that lines of JSON hold. Raises Barred with every fault, each at its line."""
    acts: list[Act] = []
    faults: list[Problem] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            acts.append(act_of(msgspec.json.decode(line, type=dict[str, object])))
        except Undecodable as fault:
            faults.extend(_at(problem, number) for problem in fault.problems)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            faults.append(_at(_bar("not-json", phrase("is not JSON: {why}", why=str(error))), number))
    if not acts and not faults:
        faults.append(_bar("nothing", phrase("there is no entry; expected a JSON object on each line")))
    if faults:
        raise Barred(faults)
    return acts


def _bar(code: str, fault: Phrase) -> Problem:
    return Problem(code=code, weight=Weight.BAR, phrase=fault)


def _at(problem: Problem, line: int) -> Problem:
    field = problem.place.field if problem.place else None
    return msgspec.structs.replace(problem, place=Place(file="-", line=line, field=field))
