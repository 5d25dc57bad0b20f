"""`make bench`: every figure beside its peer or its limit, in one run; `python -m bench NAME` takes one suite."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.figures import Figure
from bench.printing import paper, print_suite, progress
from bench.suites import SUITES
from bench.workshop import Workshop


def main(names: list[str]) -> None:
    """Take and print the figures of some suites, or of all, then say what was met and what falls short."""
    started = perf_counter()
    console = paper()
    console.print(f"{platform.platform()}, Python {platform.python_version()}\n")
    taken: list[Figure] = []
    with TemporaryDirectory() as folder, progress() as say:
        workshop = Workshop(Path(folder), say)
        for suite in map(SUITES.__getitem__, names or SUITES):
            figures = list(suite.figures(workshop))
            print_suite(console, suite, figures)
            taken.extend(figures)
    console.print(_summary(taken, perf_counter() - started))


def _summary(figures: list[Figure], seconds: float) -> str:
    with_goal = [figure for figure in figures if figure.goal is not None]
    short = [f"{figure.what} beside {figure.beside}" for figure in with_goal if figure.verdict == "short"]
    said = f"{len(with_goal) - len(short)} of {len(with_goal)} goals met, in {seconds / 60:.1f} minutes."
    return f"{said} Short: {'; '.join(short)}." if short else said


if __name__ == "__main__":
    main(sys.argv[1:])
