"""What reading the same bytes costs at the least: the file, and the parsers alone."""

from __future__ import annotations

import gc
import sys
import tomllib
from pathlib import Path
from typing import Any, Union

import msgspec
import rtoml

from bench.stopwatch import Stopwatch
from chancery.acts import KINDS
from chancery.text.lines import HeadLine, SourceLine
from chancery.values import decode_hook


def main(lines: str, folder: str) -> None:
    """Measure the parsers on a record as JSON Lines, and on the same record as a folder of TOML."""
    gc.disable()  # as `chancery` does
    kinds: Any = Union[(HeadLine, SourceLine, *KINDS.values())]  # a union made at run time
    typed = msgspec.json.Decoder(kinds, dec_hook=decode_hook)
    watch = Stopwatch()
    data = Path(lines).read_bytes()
    watch.lap("file")
    plain = msgspec.json.Decoder().decode_lines(data)
    watch.lap("msgspec, plain")
    del plain
    watch.restart()
    found = typed.decode_lines(data)
    watch.lap("msgspec, typed")
    texts = [file.read_text(encoding="utf-8") for file in Path(folder).glob("*.toml")]
    watch.restart()
    for text in texts:
        rtoml.loads(text)
    watch.lap("rtoml")
    for text in texts:
        tomllib.loads(text)
    watch.lap("tomllib")
    watch.report(len(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
