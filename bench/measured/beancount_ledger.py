"""Load and check a ledger of beancount. GPL-2.0: only ever run as a process apart, which shares nothing but figures."""

from __future__ import annotations

import gc
import sys

from beancount import loader

from bench.stopwatch import Stopwatch


def main(path: str, collector: str) -> None:
    """Measure a ledger, with the cyclic garbage collector ``on``, as beancount leaves it, or ``off``."""
    if collector == "off":
        gc.disable()
    watch = Stopwatch()
    entries, errors, _ = loader.load_file(path)
    watch.lap("load and check")
    if errors:
        raise ValueError("the ledger made up for measuring has faults")
    watch.report(len(entries))


if __name__ == "__main__":
    main(*sys.argv[1:])
