"""Serve a ledger by fava, in the server that it brings. MIT; only ever run as a process apart."""

from __future__ import annotations

import sys

from fava.cli import main

if __name__ == "__main__":
    sys.argv = ["fava", "--host", "127.0.0.1", "--port", sys.argv[1], sys.argv[2]]
    main()
