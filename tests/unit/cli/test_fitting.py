"""Which columns of a table are drawn where there is little room."""

import pytest

from chancery.cli.fitting import drawn
from chancery.values import phrase
from chancery.views import Column

COLUMNS = [Column(key, phrase(key), aside=key == "c") for key in "abcdef"]
TEXTS = {key: ["x" * 17] for key in "abcdef"}


def keys(room: int) -> str:
    return "".join(column.key for column in drawn(COLUMNS, TEXTS, room))


@pytest.mark.parametrize(("room", "kept"), [(120, "abcdef"), (119, "abdef"), (80, "abde"), (79, "abd"), (0, "abd")])
def test_asides_go_first_then_the_last_and_three_always_stay(room: int, kept: str) -> None:
    assert keys(room) == kept


def test_an_empty_column_is_never_drawn() -> None:
    assert [column.key for column in drawn(COLUMNS[:2], {"a": [""], "b": ["x"]}, 100)] == ["b"]
