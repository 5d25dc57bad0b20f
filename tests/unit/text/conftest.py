"""What every test of text may ask for."""

from pathlib import Path

import pytest

from tests.unit.text.tables import Table


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Writes a table of votes, and reads it."""
    return Table(tmp_path)
