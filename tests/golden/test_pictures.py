"""The pictures of the README show what the code draws today."""

import re
from pathlib import Path

import pytest

from tests.pictures import pictures


@pytest.mark.parametrize(("path", "picture"), pictures().items(), ids=lambda value: getattr(value, "name", ""))
def test_a_picture_is_what_the_code_draws(path: Path, picture: str) -> None:
    assert path.read_text(encoding="utf-8") == picture, "draw it again: python -m tests.pictures"


@pytest.mark.parametrize("picture", pictures().values(), ids=lambda _: "")
def test_a_picture_asks_nothing_of_any_other_place(picture: str) -> None:
    assert re.search(r"url\((?!#)", picture) is None
    assert "@import" not in picture
