"""Proofs from a large database: receipts of entries, from the rows and the roots that are kept."""

from __future__ import annotations

import gc
import sys

from bench.stopwatch import Stopwatch
from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import sign
from chancery.log.keys import SignerKey, Sort
from chancery.store.base import drafted
from chancery.store.opening import begin, opened
from chancery.store.proving import plant_roots
from chancery.store.publishing import receipt_of
from chancery.store.urls import address_of
from chancery.values import Instant

ORIGIN = "bench.example/log"
KEY = SignerKey.of_seed(ORIGIN, Sort.ED25519, bytes(32))
NOW = Instant.of("2026-02-01T10:00:00Z")
AT_ONCE = 10_000
PROOFS = 300
STEP = 7_919
"""From one entry that is proved to the next: a prime, so that they lie everywhere."""


def main(url: str, size: str) -> None:
    """Fill a ledger, keep the roots, and time receipts."""
    gc.disable()  # as `chancery` does
    count = int(size)
    begin(address_of(url), ORIGIN)
    with opened(address_of(url)) as store:
        for start in range(0, count, AT_ONCE):
            store.keep(
                [
                    drafted(b'{"n":%d}' % seq, name=f"entry-{seq}", kind="statement.made", recorded=NOW, by="registrar")
                    for seq in range(start, min(start + AT_ONCE, count))
                ]
            )
        watch = Stopwatch()
        plant_roots(store, count)
        watch.lap("roots")
        checkpoint = Checkpoint(ORIGIN, count, store.frontier().root())
        signed = SignedCheckpoint.made(checkpoint, sign(checkpoint, KEY, 0))
        receipt_of(store, 0, signed, ())
        watch.restart()
        for number in range(PROOFS):
            receipt_of(store, number * STEP % count, signed, ())
        watch.lap("prove", PROOFS)
        watch.report(count)


if __name__ == "__main__":
    main(*sys.argv[1:])
