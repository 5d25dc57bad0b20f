"""Golden files: what a view said when somebody last read it through and found it right."""

from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Golden:
    """Compares a text with the file of that name; with `update`, writes the file instead."""

    folder: Path
    update: bool

    def __call__(self, name: str, text: str) -> None:
        """Fail unless `text` is what the golden file `name` holds."""
        path = self.folder / name
        if self.update:
            self._write(path, text)
        if not path.exists():
            pytest.fail(f"There is no golden file {name}. Write it with --update-golden, then read it through.")
        assert text == path.read_text(encoding="utf-8")

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
