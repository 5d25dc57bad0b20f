import pytest

from chancery.languages import NameBook, Reader, territory
from chancery.values import Ref
from chancery.views import VIEWS, Scope
from tests.made import act, read, record, ref

ORG = ref("org:council")


def named(*names: dict[str, str], on: str = "2026-06-01") -> NameBook:
    described = act("party.described", party=ORG, names=list(names), effective="2026-01-01")
    return NameBook(read(record(described), on=on))


def test_a_state_without_names_of_its_own_is_called_as_cldr_calls_it() -> None:
    book = NameBook(None)
    assert [book.spoken(Ref("state:tr"), lang) for lang in ("en", "ar", "fr", "ar-PS")] == [
        "Türkiye",
        "تركيا",
        "Turquie",
        "تركيا",
    ]


def test_the_record_s_own_name_comes_before_cldr() -> None:
    names = [{"text": "دولة فلسطين", "lang": "ar"}, {"text": "State of Palestine", "lang": "en"}]
    book = NameBook(read(record(act("party.described", party="state:ps", names=names))))
    assert book.spoken(Ref("state:ps"), "ar") == "دولة فلسطين"
    assert book.spoken(Ref("state:ps"), "ar-PS") == "دولة فلسطين"
    assert book.spoken(Ref("state:ps"), "fr") == "Territoires palestiniens"


def test_a_name_is_looked_for_in_the_reader_s_language_then_in_english_then_in_any() -> None:
    book = named({"text": "Conseil", "lang": "fr"}, {"text": "Council"})
    assert [book.spoken(ORG, lang) for lang in ("fr-CA", "en-GB", "ar")] == ["Conseil", "Council", "Council"]
    assert named({"text": "Rat", "lang": "de"}).spoken(ORG, "ar") == "Rat"


def test_what_has_no_name_is_called_by_its_ref() -> None:
    assert NameBook(None).spoken(ORG, "ar") == "org:council"
    assert NameBook(None).spoken(Ref("state:xx"), "ar") == "state:xx"


def test_the_use_of_a_name_decides_which_is_shown() -> None:
    book = named(
        {"text": "Cncl", "use": "spelling"}, {"text": "The Council", "use": "own"}, {"text": "Council", "use": "short"}
    )
    assert book.spoken(ORG, "en") == "The Council"
    assert [name.text for name in book.names(ORG)] == ["Cncl", "The Council", "Council"]


@pytest.mark.parametrize(
    ("on", "called"), [("2026-02-01", "Old Council"), ("2026-06-01", "New Council"), ("2027-06-01", "New Council")]
)
def test_a_dated_name_is_shown_in_its_time(on: str, called: str) -> None:
    book = named(
        {"text": "Old Council", "until": "2026-03-31"},
        {"text": "New Council", "since": "2026-04-01", "use": "short"},
        on=on,
    )
    assert book.spoken(ORG, "en") == called


def test_a_name_taken_later_comes_first_from_its_day_on() -> None:
    described = act("party.described", party=ORG, names=[{"text": "Council"}], effective="2026-01-01")
    renamed = act("party.renamed", party=ORG, names=[{"text": "Board"}], effective="2026-05-01")
    made = record(described, renamed)
    assert NameBook(read(made, on="2026-04-30")).spoken(ORG, "en") == "Council"
    assert NameBook(read(made, on="2026-05-01")).spoken(ORG, "en") == "Board"


def test_a_name_known_from_a_later_day_serves_before_it_too() -> None:
    assert named({"text": "Council"}, on="2025-01-01").spoken(ORG, "en") == "Council"


def test_a_territory_that_cldr_does_not_know_has_no_name() -> None:
    assert territory("xk", "ar") == "كوسوفو"
    assert territory("qm", "ar") is None


def test_a_reader_speaks_the_names_of_its_register() -> None:
    described = act("party.described", party=ORG, names=[{"text": "المجلس", "lang": "ar"}, {"text": "Council"}])
    register = read(record(described))
    assert Reader("ar", register).name(ORG) == "المجلس"
    assert Reader("en", register).name(ORG) == "Council"


def test_an_account_of_another_kind_that_joins_a_description_gives_no_name() -> None:
    described = act("party.described", "official", id="d", party=ORG, names=[{"text": "Council"}])
    joined = act("statement.made", about=[ORG], same_as="d")
    register = read(record(described, joined))
    assert NameBook(register).spoken(ORG, "en") == "Council"
    assert VIEWS["bodies"](register, Scope()).rows == ()


def test_books_of_two_days_are_equal_where_everything_is_called_the_same() -> None:
    described = act("party.described", party=ORG, names=[{"text": "Council"}], effective="2026-01-01")
    renamed = act("party.renamed", party=ORG, names=[{"text": "Board"}], effective="2026-05-01")
    made = record(described, renamed)
    early, later, after = (NameBook(read(made, on=on)) for on in ("2026-03-01", "2026-04-01", "2026-06-01"))
    assert early == later
    assert hash(early) == hash(later)
    assert early != after
    assert early != "Council"


def test_books_differ_where_a_name_has_come_out_of_use() -> None:
    made = record(
        act("party.described", party=ORG, names=[{"text": "Council", "until": "2026-03-31"}, {"text": "Board"}])
    )
    assert NameBook(read(made, on="2026-03-01")) != NameBook(read(made, on="2026-05-01"))


def test_books_of_two_records_differ_even_where_names_are_equal() -> None:
    assert named({"text": "Council"}) != named({"text": "Council"})
