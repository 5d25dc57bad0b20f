"""Parts: views that stand on a page in several sections, each laid out as what it holds asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.site.sections import part
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.site.sections import Parts, Section
    from chancery.views import View


def _charter(view: View) -> Iterator[Section]:
    """The instruments, then what they say article by article, then what was ruled on it."""
    yield part(view, "instruments", phrase("Instruments, and what became of them"), "story", item="instrument")
    yield part(view, "articles", phrase("Article by article, each rule beside the words"), "articles", item="provision")
    yield part(view, "rulings", phrase("Rulings given"), "cards", item="ruling")


def _plan(view: View) -> Iterator[Section]:
    """The plans, the phases as each actor claims them, the conditions as each side sees them."""
    yield part(view, "plans", phrase("Plans and their points"), "cards", item="plan")
    yield part(view, "phases", phrase("Phases, as each actor claims them"), "claims", item="phase")
    yield part(view, "conditions", phrase("Conditions, as each side sees them"), "claims", item="condition")


PARTED: dict[str, Parts] = {"charter": _charter, "plan": _plan}
"""Views that stand on their page in several parts."""
