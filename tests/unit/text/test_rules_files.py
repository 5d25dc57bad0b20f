"""Rules files: brief tables that stand for acts, with what their [rules] table gives, and every fault at its place."""

from chancery.acts import MOST_FAULTS
from tests.ruled import ABC, HEAD, MAJORITY, book_of, decision, loaded, provision, rules, sound

ORDINARY = decision(MAJORITY)


def told(text: str) -> list[tuple[int | None, str | None, str]]:
    return [(each.place.line, each.place.field, each.code) if each.place else (None, None, each.code)
            for each in loaded(text)[2]]  # fmt: skip


def test_a_provision_cites_its_article_in_the_source_of_the_file() -> None:
    (decided,) = book_of(ABC, provision(ORDINARY, "art. 7", version="2")).on(1).decisions
    assert (decided.article, decided.version, decided.body, decided.instrument, decided.evidence) == (
        "art. 7",
        "2",
        "body:b",
        "instrument:i",
        "text",
    )


def test_a_provision_may_say_otherwise() -> None:
    other = provision(ORDINARY, evidence="reported", instrument="instrument:i", body="body:b")
    (decided,) = book_of(ABC, other).on(1).decisions
    assert decided.evidence == "reported"


def test_parties_are_known_by_every_name() -> None:
    text = rules(ABC, ORDINARY) + '\n[[party]]\nref = "org:d"\nnames = ["Delta", { text = "دلتا", lang = "ar" }]\n'
    _, parties = sound(text)
    assert [parties.resolve(name) for name in ("delta", "دلتا", "ORG:A", "Org:A")] == [
        "org:d",
        "org:d",
        "org:a",
        "org:a",
    ]


def test_a_faulty_head_is_told_field_by_field() -> None:
    text = rules(ABC, ORDINARY).replace('body = "body:b"', 'boddy = "body:b"').replace('"source:s"', "5", 1)
    found = [each for each in told(text) if each[1] in ("boddy", "body", "source") and each[0] and each[0] < 8]
    assert found == [(2, "boddy", "unknown-field"), (1, "body", "missing-field"), (6, "source", "malformed-field")]


def test_a_head_of_very_many_faults_is_told_in_part() -> None:
    many = "".join(f"k{number} = 1\n" for number in range(500))
    assert (
        len([each for each in told(HEAD.replace("[rules]\n", f"[rules]\n{many}")) if each[2] == "unknown-field"])
        == MOST_FAULTS
    )


def test_tables_of_the_wrong_form_are_told() -> None:
    assert (1, None, "malformed") in told("[provision]\nrule = 5\n")
    assert "malformed" in {code for _, _, code in told("[[rules]]\nbody = 5\n")}
    assert "malformed" in {code for _, _, code in told('party = ["a"]\n')}


def test_without_a_head_each_row_gives_everything_itself() -> None:
    fields = {field for _, field, code in told("[[provision]]\nrule = 5\n") if code == "missing-field"}
    assert {"instrument", "article", "matter", "body", "evidence", "words"} <= fields
    case = {field for _, field, code in told("[[case]]\nyes = 1\n") if code == "missing-field"}
    assert {"body", "name", "outcome"} <= case
    party = {field for _, field, code in told('[[party]]\nnames = "A"\n')}
    assert {"party", "names"} <= party


def test_a_faulty_rule_has_a_matter_all_the_same() -> None:
    assert [code for _, _, code in told(rules("type = 5"))] == ["unknown-type"]
