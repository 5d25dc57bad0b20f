from pathlib import Path

import pytest

from tests.goldens import Golden


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    (tmp_path / "view.txt").write_text("as read through\n", encoding="utf-8")
    return tmp_path


def test_the_same_text_passes_and_another_fails(kept: Path) -> None:
    golden = Golden(kept, update=False)
    golden("view.txt", "as read through\n")
    with pytest.raises(AssertionError):
        golden("view.txt", "something else\n")


def test_a_missing_file_fails_and_says_how_to_write_it(kept: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="--update-golden"):
        Golden(kept, update=False)("new.txt", "anything")
    assert not (kept / "new.txt").exists()


def test_updating_writes_the_file_with_its_folders(kept: Path) -> None:
    Golden(kept, update=True)("deep/new.txt", "العربية\n")
    Golden(kept, update=False)("deep/new.txt", "العربية\n")
