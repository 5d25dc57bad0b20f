"""Checks over a whole record, each through the door that an officer uses: a TOML file, its line and its field."""

from pathlib import Path

import pytest

from chancery.acts import Act
from chancery.ledger import problems_of
from chancery.ledger.checks import Search
from chancery.text import read_record
from chancery.values import Problem, Weight
from tests.made import act, record

HEAD = """\
[[source]]
ref = "source:a"
standing = "press"
published = "2026-01-20"

[[act]]
id = "body"
kind = "party.described"
party = "body:board"
names = [{ text = "The Board" }]
cites = [{ source = "source:a" }]

[[act]]
id = "blair"
kind = "party.described"
party = "person:tony-blair"
names = [{ text = "Tony Blair" }]
cites = [{ source = "source:a" }]
"""

INVITED = """
[[act]]
id = "one"
kind = "invitation.received"
party = "state:ru"
body = "body:board"
effective = "2026-01-19"
cites = [{ source = "source:a" }]
"""


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    (folder / "record.toml").write_text(HEAD + text, encoding="utf-8")
    return read_record(folder).problems


def place(problem: Problem) -> tuple[str | None, str | None]:
    """The line that a problem names, as it is written, and the field."""
    assert problem.place is not None
    return problem.place.file, problem.place.field


def line(folder: Path, problem: Problem) -> str:
    assert problem.place is not None
    assert problem.place.line is not None
    return (folder / problem.place.file).read_text(encoding="utf-8").splitlines()[problem.place.line - 1]


def test_a_sound_record_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, INVITED) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "said"),
    [
        ('id = "one"', 'id = "body"', "duplicate-id", "id", "unique"),
        ('cites = [{ source = "source:a" }]\n', "", "unsourced", "cites", "cites no source"),
        ("source:a", "source:aa", "unknown-source", "cites", "did you mean source:a?"),
        ("state:ru", "state:xx1", "unknown-ref", "party", "state"),
        ("state:ru", "source:a", "unknown-ref", "party", "expected one of"),
        ("body:board", "body:bored", "unknown-ref", "body", "did you mean body:board?"),
        ("body:board", "body:something-else", "unknown-ref", "body", "described nowhere"),
        ('source:a" }', 'source:a", quote = { exact = "" } }', "citation", "cites", "the quotation is empty"),
        ('source:a" }', 'source:a", position = { start = 9, end = 3 } }', "citation", "cites", "holds no text"),
        ('id = "one"', 'id = "one"\nreplaces = "blayr"', "unknown-entry", "replaces", "did you mean blair?"),
        ('id = "one"', 'id = "one"\nsame_as = "zzz"', "unknown-entry", "same_as", "no entry has the id zzz"),
        ('id = "one"', 'id = "one"\nreplaces = "one"', "self-link", "replaces", "cannot name itself"),
    ],
)
def test_a_bar_is_named_at_its_line_and_field(  # one parameter for each thing that a case says
    tmp_path: Path, old: str, new: str, code: str, field: str, said: str
) -> None:
    found = problems(tmp_path, INVITED.replace(old, new))
    assert [problem.code for problem in found][:1] == [code]
    assert found[0].weight is Weight.BAR
    assert place(found[0]) == ("record.toml", field)
    assert said in str(found[0].phrase)
    assert line(tmp_path, found[0]).startswith((field, "[[act]]"))


def test_a_barred_record_is_not_loaded_at_all(tmp_path: Path) -> None:
    problems(tmp_path, INVITED.replace("state:ru", "state:xx1"))
    assert read_record(tmp_path).record is None


def test_every_fault_is_found_at_once(tmp_path: Path) -> None:
    worse = INVITED.replace("state:ru", "state:xx1").replace("source:a", "source:b").replace('"one"', '"body"')
    assert {problem.code for problem in problems(tmp_path, worse)} >= {"duplicate-id", "unknown-ref", "unknown-source"}


def test_a_weekday_that_contradicts_its_date_is_kept_and_said(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, INVITED.replace("cites", 'weekday = "Thursday"\ncites'))
    assert (found.code, found.weight) == ("weekday", Weight.BREACH)
    assert read_record(tmp_path).record is not None


def test_an_end_before_its_beginning_is_barred(tmp_path: Path) -> None:
    seat = INVITED.replace("invitation.received", "membership.begun").replace("cites", 'until = "2026-01-01"\ncites')
    (found,) = problems(tmp_path, seat)
    assert (found.code, found.weight, place(found)[1]) == ("span", Weight.BAR, "until")


def test_an_unverified_provision_cannot_be_a_rule(tmp_path: Path) -> None:
    provision = """
[[act]]
id = "art-1"
kind = "provision.set"
instrument = "instrument:charter"
article = "1"
matter = "seats"
body = "body:board"
evidence = "unverified"
words = "The Board has seven seats."
rule = { type = "seats", number = 7 }
cites = [{ source = "source:a" }]
"""
    (found,) = problems(tmp_path, provision)
    assert (found.code, place(found)[1]) == ("unverified-rule", "rule")
    assert problems(tmp_path, provision.replace("unverified", "reported")) == ()


def test_corrections_in_a_circle_are_barred(tmp_path: Path) -> None:
    ring = INVITED.replace('"one"', '"two"\nreplaces = "one"') + INVITED.replace('"one"', '"one"\nreplaces = "two"')
    (found,) = problems(tmp_path, ring)
    assert found.code == "correction-cycle"
    assert "two > one > two" in str(found.phrase)


def test_entries_that_claim_each_other_as_the_same_act_are_barred(tmp_path: Path) -> None:
    ring = INVITED.replace('"one"', '"two"\nsame_as = "one"') + INVITED.replace('"one"', '"one"\nsame_as = "two"')
    assert [problem.code for problem in problems(tmp_path, ring)] == ["same-as-cycle"]


def test_a_name_of_two_persons_is_said(tmp_path: Path) -> None:
    other = HEAD[HEAD.index('[[act]]\nid = "blair"') :].replace('"blair"', '"other"').replace("tony-blair", "t-blair")
    (found,) = problems(tmp_path, "\n" + other.replace("Tony Blair", "TONY BLAIR"))
    assert (found.code, found.weight) == ("shared-name", Weight.BREACH)


def test_an_act_before_its_party_is_described_is_said(tmp_path: Path) -> None:
    text = HEAD.replace('party = "body:board"\n', 'party = "body:board"\neffective = "2026-01-20"\n') + INVITED
    (tmp_path / "record.toml").write_text(text, encoding="utf-8")
    (found,) = read_record(tmp_path).problems
    assert (found.code, found.weight, place(found)[1]) == ("before-described", Weight.BREACH, "body")


def test_a_withdrawal_needs_no_source(tmp_path: Path) -> None:
    withdrawal = '\n[[act]]\nid = "w"\nkind = "entry.withdrawn"\nentry = "one"\nreason = "Entered twice."\n'
    assert problems(tmp_path, INVITED + withdrawal) == ()


@pytest.mark.parametrize(
    ("ref", "said"), [("press-1", "is not a ref"), ("state:be", "is not a source"), ("source:A", "is not a ref")]
)
def test_a_source_that_is_not_named_as_one_is_found_where_it_is_cited(tmp_path: Path, ref: str, said: str) -> None:
    source = f'\n[[source]]\nref = "{ref}"\nstanding = "press"\n'
    (found,) = problems(tmp_path, source + INVITED.replace("source:a", ref))
    assert (found.code, found.entry, place(found)[1]) == ("citation", "one", "cites")
    assert said in str(found.phrase)


def test_of_two_entries_with_one_id_the_later_is_at_fault(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, INVITED + INVITED.replace("state:ru", "state:by"))
    assert (found.code, found.entry) == ("duplicate-id", "one")
    text = (tmp_path / "record.toml").read_text(encoding="utf-8")
    assert found.place is not None
    assert found.place.line == text[: text.rindex('id = "one"')].count("\n") + 1


def test_what_is_only_mentioned_is_not_introduced_by_it(tmp_path: Path) -> None:
    decision = """
[[act]]
id = "adopted"
kind = "decision.adopted"
decision = "decision:one"
body = "body:board"
motion = "motion:one"
cites = [{ source = "source:a" }]
"""
    (found,) = problems(tmp_path, decision)
    assert (found.code, place(found)[1]) == ("unknown-ref", "motion")
    tabled = decision.replace("decision.adopted", "motion.tabled").replace('decision = "decision:one"\n', "")
    assert problems(tmp_path, decision + tabled.replace('"adopted"', '"tabled"')) == ()


RULE = """
[[act]]
id = "art-9"
kind = "provision.set"
instrument = "instrument:charter"
article = "9"
matter = "reports"
body = "body:board"
evidence = "text"
words = "The Board reports."
rule = { type = "duty", owed_by = "body:board", done_by = ["report.submitted"], first = { date = "2026-12-31" } }
cites = [{ source = "source:a" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('owed_by = "body:board"', 'owed_by = "body:bored"', "did you mean body:board?"),
        ('owed_by = "body:board"', 'owed_by = "source:a"', "expected one of"),
        ('{ date = "2026-12-31" }', '{ after = "instrument:charta", months = 6 }', "did you mean instrument:charter?"),
    ],
)
def test_a_ref_within_a_rule_is_looked_up_too(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert problems(tmp_path, RULE) == ()
    (found,) = problems(tmp_path, RULE.replace(old, new))
    assert (found.code, found.weight, place(found)[1]) == ("unknown-ref", Weight.BAR, "rule")
    assert said in str(found.phrase)


def test_an_entry_cannot_name_one_that_was_recorded_after_it(tmp_path: Path) -> None:
    early = INVITED.replace('"one"', '"two"\nreplaces = "one"\nrecorded = "2026-02-01T00:00:00Z"')
    late = INVITED.replace('"one"', '"one"\nrecorded = "2026-02-02T00:00:00Z"')
    (found,) = problems(tmp_path, early + late)
    assert (found.code, found.entry, place(found)[1]) == ("later-entry", "two", "replaces")


def test_withdrawals_in_a_circle_are_barred_at_the_field_that_names(tmp_path: Path) -> None:
    one = '\n[[act]]\nid = "w1"\nkind = "entry.withdrawn"\nentry = "w2"\nreason = "x"\n'
    two = '\n[[act]]\nid = "w2"\nkind = "entry.withdrawn"\nentry = "w1"\nreason = "x"\n'
    (found,) = problems(tmp_path, one + two)
    assert (found.code, place(found)[1]) == ("correction-cycle", "entry")
    assert line(tmp_path, found).startswith("entry = ")


def test_a_circle_is_told_once_whatever_leads_into_it(tmp_path: Path) -> None:
    ring = "".join(INVITED.replace('"one"', f'"{name}"\nreplaces = "{to}"') for name, to in ("ab", "ba", "ca", "dc"))
    assert [problem.code for problem in problems(tmp_path, ring)] == ["correction-cycle"]


def test_an_entry_without_a_name_is_no_entry(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, INVITED.replace('"one"', '""'))
    assert (found.code, place(found)[1]) == ("malformed-field", "id")


@pytest.mark.parametrize("kind", ["party.described", "party.renamed"])
def test_a_name_that_falls_out_of_use_before_it_came_into_use_is_barred(tmp_path: Path, kind: str) -> None:
    named = """
[[act]]
id = "name"
kind = "KIND"
party = "body:board"
names = [{ text = "Board", since = "2026-01-02", until = "2026-01-01" }, { text = "Council", until = "2026-01-01" }]
cites = [{ source = "source:a" }]
"""
    (found,) = problems(tmp_path, named.replace("KIND", kind))
    assert (found.code, found.weight, place(found)[1]) == ("span", Weight.BAR, "names")


def test_the_words_and_the_place_that_a_citation_gives_may_stand(tmp_path: Path) -> None:
    quoted = 'source:a", quote = { exact = "invited" }, position = { start = 3, end = 10 } }'
    assert problems(tmp_path, INVITED.replace('source:a" }', quoted)) == ()


def test_only_the_entries_that_name_an_unknown_ref_are_at_fault(tmp_path: Path) -> None:
    text = INVITED + INVITED.replace('"one"', '"two"').replace("body:board", "body:bored")
    assert [problem.entry for problem in problems(tmp_path, text)] == ["two"]


def signed(name: str, **fields: object) -> Act:
    return act("membership.signed", **{"id": name, "body": "body:un", **fields})


def test_a_long_circle_is_told_by_its_end() -> None:
    ring = [signed(f"e{number}", replaces=f"e{(number + 1) % 20}") for number in range(20)]
    (found,) = [problem for problem in problems_of(record(*ring)) if problem.code == "correction-cycle"]
    assert str(found.phrase).endswith(
        "e0 > \N{HORIZONTAL ELLIPSIS} > " + " > ".join(f"e{n}" for n in (*range(8, 20), 0))
    )


def test_many_circles_are_told_in_few_words() -> None:
    tangle = [
        act("entry.withdrawn", None, id=f"w{number}", entry=f"w{number + 1}", replaces="w0", reason="x")
        for number in range(2_000)
    ]
    rings = [problem for problem in problems_of(record(*tangle)) if problem.code == "correction-cycle"]
    assert len(rings) == 1_999
    assert max(len(str(problem.phrase)) for problem in rings) < 200


def test_what_was_meant_is_looked_for_only_so_often() -> None:
    search = Search(most=5)
    assert search.near("body:bord", ["body:board", "body:b", "state:ru"]) == "body:board"
    assert search.near("body:bord", ["body:board", "body:b", "state:ru"]) is None
    assert search.near("body:bord", ["body:board", "body:b"]) == "body:board"
