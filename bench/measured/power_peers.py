"""Reckon the same power otherwise: trying every coalition with numpy, or with the packages there are."""

from __future__ import annotations

import sys

import numpy as np
import powerindices
from powerindex import powerindex

from bench.members import populations, votes
from bench.stopwatch import Stopwatch

MEMBERS = 15
ALL_BUT_THREE = 24


def main(way: str, total: str) -> None:
    """Measure ``enumeration`` or ``powerindices`` of the council, ``powerindex`` or ``wrong`` of the fund."""
    WAYS[way](int(total))


def enumeration(_total: int) -> None:
    """All 2^27 coalitions of the council at once: who is critical in each, by size."""
    weights, watch = populations(), Stopwatch()
    sums, sizes = np.zeros(1, np.int64), np.zeros(1, np.int8)
    for weight in weights:
        sums, sizes = np.concatenate((sums, sums + weight)), np.concatenate((sizes, sizes + 1))
    need = -(-sum(weights) * 65 // 100)
    won = ((sizes >= MEMBERS) & (sums >= need)) | (sizes >= ALL_BUT_THREE)
    del sums
    raw = []
    for place in range(len(weights)):
        pairs = won.reshape(-1, 2, 1 << place)
        swings = pairs[:, 1] & ~pairs[:, 0]
        by_size = np.bincount(sizes.reshape(-1, 2, 1 << place)[:, 0][swings], minlength=len(weights))
        raw.append(int(by_size.sum()))
    watch.lap("reckoned")
    watch.report(len(weights), tuple(each / sum(raw) for each in raw))


def council(_total: int) -> None:
    """The council without its blocking minority, which powerindices cannot express; populations in thousands."""
    weights = [each // 1000 for each in populations()]
    need, watch = -(-sum(weights) * 65 // 100), Stopwatch()
    powerindices.compute_pbi(need, list(weights), MEMBERS)
    powerindices.compute_ssi(need, list(weights), MEMBERS)
    watch.lap("reckoned")
    watch.report(len(weights))


def fund(total: int) -> None:
    """The fund with powerindex."""
    weights, watch = list(votes(total)), Stopwatch()
    found = powerindex.calculate_power_index(weights, sum(weights) // 2 + 1, "b")
    watch.lap("reckoned")
    watch.report(len(weights), tuple(map(float, found)))


def wrong(total: int) -> None:
    """The fund with powerindices, whose counts pass 64 bits."""
    weights, watch = list(votes(total)), Stopwatch()
    found = powerindices.compute_pbi(sum(weights) // 2 + 1, list(weights))
    watch.lap("reckoned")
    watch.report(len(weights), tuple(map(float, found)))


WAYS = {"enumeration": enumeration, "powerindices": council, "powerindex": fund, "wrong": wrong}

if __name__ == "__main__":
    main(*sys.argv[1:])
