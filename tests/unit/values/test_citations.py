from __future__ import annotations

import re

import pytest

from chancery.values import Citation, Position, Quote, Ref, citation_fault, locate

TEXT = "The Board welcomes it. The Board notes it. The Board welcomes it."
UN = Ref("source:un-res-2803")


def cite(exact: str | None = None, at: tuple[int, int] | None = None, prefix: str = "", suffix: str = "") -> Citation:
    quote = None if exact is None else Quote(exact, prefix, suffix)
    return Citation(UN, quote=quote, position=None if at is None else Position(*at))


@pytest.mark.parametrize(
    "citation",
    [cite(), cite("welcomes"), cite(at=(0, 3)), cite("The", at=(0, 3)), Citation(UN, article="5", page="ii")],
)
def test_a_good_citation_has_no_fault(citation: Citation) -> None:
    assert citation_fault(citation) is None


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        (Citation(Ref("un")), "'un' is not a ref"),
        (Citation(Ref("state:ru")), "state:ru is not a source; a citation names one"),
        (cite(""), "the quotation is empty"),
        (cite(at=(3, 3)), "the position from 3 to 3 holds no text"),
        (cite(at=(-1, 3)), "the position from -1 to 3 holds no text"),
        (cite("Them", at=(0, 3)), "the position from 0 to 3 is not as long as the quotation 'Them'"),
    ],
)
def test_a_fault_says_what_is_wrong(citation: Citation, said: str) -> None:
    assert re.search(re.escape(said), str(citation_fault(citation)))


@pytest.mark.parametrize(
    ("citation", "found"),
    [
        (cite("notes"), (33, 38)),
        (cite("welcomes"), (10, 18)),
        (cite("welcomes", at=(53, 61)), (53, 61)),
        (cite("welcomes", at=(40, 48)), (53, 61)),
        (cite("The Board", suffix=" notes"), (23, 32)),
        (cite("The Board", prefix="notes it. "), (43, 52)),
        (cite("rejects"), None),
        (cite("notes", prefix="Council "), None),
        (cite("notes", suffix=" that"), None),
        (cite("", at=(0, 3)), (0, 3)),
        (cite(at=(0, 3)), (0, 3)),
        (cite(at=(0, 99)), None),
        (cite(at=(-1, 3)), None),
        (cite(), None),
    ],
)
def test_a_quotation_is_found_in_its_source(citation: Citation, found: tuple[int, int] | None) -> None:
    assert locate(citation, TEXT) == (None if found is None else Position(*found))


def test_positions_count_code_points() -> None:
    assert locate(cite("سلام"), "𐤀 سلام") == Position(2, 6)


def test_overlapping_places_are_all_seen() -> None:
    assert locate(cite("aa", at=(1, 3)), "aaaa") == Position(1, 3)
