"""The log: verifying a whole one beside hashing its bytes; proofs of a million entries beside a millisecond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import Job, in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.workshop import Workshop

COUNT = 100_000
MILLISECOND = Quantity(1e-3, "seconds")


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Entries verified a second, leaves appended a second, and the time of a proof."""
    lines = workshop.lines(COUNT)
    workshop.say(f"Verifying a log of {COUNT:,} entries")
    found = in_turns({"log": Job("log", (lines,))})["log"]
    cpu = {name: lap.cpu for name, lap in found.laps.items()}
    hashing = Quantity(found.count / cpu["sha256"], "a second")
    beside = "SHA-256 of the same bytes alone"
    yield Figure(
        "entries verified", Quantity(found.count / cpu["verify"], "a second"), beside, hashing, Goal(0.1, "least")
    )
    pairs = Quantity(1 / cpu["hash a pair"], "a second")
    yield Figure("leaves appended", Quantity(1 / cpu["append"], "a second"), "pairs of hashes hashed", pairs)
    proof = Quantity(cpu["prove"], "seconds")
    yield Figure("a proof, tree in memory", proof, "a millisecond", MILLISECOND, Goal(1, "most"))


NOTES = f"""
A log of {COUNT:,} entries, header and body, verified as `chancery verify` does: every header and body decoded and held
to its canonical form, every commitment, the root, every tile, the checkpoint's signature. The proofs are of a log of a
million; each leaf that is appended asks for one hash of a pair on the average.
"""

SUITE = Suite("The log", NOTES, figures)
