"""What a signer remembers is durable, or is not written."""

import sqlite3
from pathlib import Path

import pytest

from chancery.store.memories import FileMemory
from chancery.values import Fault


def test_a_memory_that_could_be_lost_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(sqlite3.Connection):
        """SQLite as it would be where a setting does not take."""

        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            return super().execute(sql.replace("EXTRA", "OFF"), *values)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *words, **more: connect(*words, **more, factory=Careless))
    with pytest.raises(Fault, match="would not be durable: its journal is delete at synchronous 0"):
        FileMemory(tmp_path / "signed", begin=True)
