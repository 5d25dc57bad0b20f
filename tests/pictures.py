"""The pictures of the README, drawn from the record by the code that draws tables: ``python -m tests.pictures``."""

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from chancery.cli.tables import draw_table
from chancery.languages import Reader
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.text import read_record
from chancery.values import Ref
from chancery.views.faces import clocks
from chancery.views.why import why_refs

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 124  # letters
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture asks nothing of any other place


def why_belgium() -> str:
    """Every account behind Belgium's standing with the Board of Peace, as a picture of a terminal."""
    loaded = read_record(ROOT / "records" / "board-of-peace")
    assert loaded.record is not None, loaded.problems
    reading = Reading.of("2026-01-28", "2026-02-28")
    register = Ledger(loaded.record).as_of(reading)
    paper = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    paper.print("$ chancery why records/board-of-peace state:be body:board-of-peace --on 2026-01-28 --known 2026-02-28")
    paper.print()
    view = why_refs(register, [Ref("state:be"), Ref("body:board-of-peace")], loaded.record.acts)
    draw_table(paper, view, Reader("en", register), clocks(reading))
    picture = paper.export_svg(title="Chancery", theme=MONOKAI, unique_id="why-belgium")
    return FONT.sub("", picture)


def pictures() -> dict[Path, str]:
    """Every picture by its file."""
    return {ROOT / "docs" / "pictures" / "why-belgium.svg": why_belgium()}


def main() -> None:
    """Write every picture."""
    for path, picture in pictures().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
