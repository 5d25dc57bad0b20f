"""Power reckoned exactly, beside trying every coalition and beside the packages there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import Job, in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stopwatch import Measured
    from bench.workshop import Workshop

FIFTH = Quantity(0.2, "seconds")
MINUTE = Quantity(60, "seconds")
WITHIN = Goal(1, "most")
TENTH = Goal(0.1, "most")

WHOLE = 5_030_000
PEER = 503_000
"""Votes in all at which powerindex answers in seconds; at all the votes it takes minutes."""
SMALL = 50_300


def figures(workshop: Workshop) -> Iterator[Figure]:
    """A council of 27 and a fund of 190, beside limits and peers."""
    workshop.say("Reckoning power in a council of 27 and in a fund of 190")
    yield from _council()
    yield from _fund()
    yield from _errors()


def _council() -> Iterator[Figure]:
    ours = _seconds(in_turns({"ours": Job("power", ("council", "0"))})["ours"])
    once = in_turns({name: Job("power_peers", (name, "0")) for name in ("enumeration", "powerindices")}, times=1)
    what = "27 members, double majority: Banzhaf and Shapley-Shubik"
    yield Figure(what, ours, "limit", FIFTH, WITHIN)
    yield Figure(what, ours, "numpy, trying all 134,217,728 coalitions", _seconds(once["enumeration"]))
    beside = "powerindices, without the blocking minority"
    yield Figure(what, ours, beside, _seconds(once["powerindices"]))


def _fund() -> Iterator[Figure]:
    jobs = {"ours": Job("power", ("fund", str(PEER))), "peer": Job("power_peers", ("powerindex", str(PEER)))}
    found = in_turns(jobs, times=1)
    what = f"190 members, {PEER:,} votes: Banzhaf"
    yield Figure(what, _seconds(found["ours"]), "powerindex, in floating point", _seconds(found["peer"]), TENTH)
    whole = {name: Job("power", (name, str(WHOLE))) for name in ("fund", "enclosed")}
    large = in_turns(whole, times=1)
    yield Figure(f"190 members, {WHOLE:,} votes: Banzhaf", _seconds(large["fund"]), "limit", MINUTE, WITHIN)
    what = f"190 members, {WHOLE:,} votes: Shapley-Shubik, enclosed"
    yield Figure(what, _seconds(large["enclosed"]), "limit", MINUTE, WITHIN)


def _errors() -> Iterator[Figure]:
    jobs = {
        "ours": Job("power", ("fund", str(SMALL))),
        "powerindex": Job("power_peers", ("powerindex", str(SMALL))),
        "powerindices": Job("power_peers", ("wrong", str(SMALL))),
    }
    found = in_turns(jobs, times=1)
    what = f"190 members, {SMALL:,} votes: Banzhaf, largest relative error"
    exact = found["ours"].found
    for name in ("powerindex", "powerindices"):
        theirs = Quantity(_error(exact, found[name]), "relative error")
        yield Figure(what, Quantity(0, "relative error"), name, theirs)


def _error(exact: tuple[float, ...], peer: Measured) -> float:
    return max(abs(one - other) / one for one, other in zip(exact, peer.found, strict=True))


def _seconds(measured: Measured) -> Quantity:
    lap = measured.laps["reckoned"]
    return Quantity(lap.cpu, "seconds", lap.wall)


NOTES = f"""
Processor time (and wall time), imports left out. Chancery's shares are exact fractions, except those that are
said to be enclosed: each of those lies within a bound of its exact value, here below one thousand-millionth.

At all {WHOLE:,} votes powerindex takes minutes, so both are run at a tenth of them as well. powerindices
counts in 64 bits: beyond 63 members its shares are wrong, and it does not say so.
"""

SUITE = Suite("Reckon power", NOTES, figures)
