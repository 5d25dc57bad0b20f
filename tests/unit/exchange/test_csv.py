"""CSV: our own table comes back, any table comes in by a mapping, and no cell is a formula."""

import csv
import gzip
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from frictionless import Package, system
from hypothesis import given
from hypothesis import strategies as st

from chancery.acts import data_of
from chancery.exchange.tables import FORMULA, shielded, unshielded
from chancery.register import Register
from tests.goldens import Golden
from tests.unit.cli.doors import BOARD, TEACHING, told, typed
from tests.unit.exchange.made import Document, faults, recorded, register_of, taken, written

MAPPINGS = Path(__file__).parent / "mappings"
MAPPING = """
ignore = ["extra"]
[[act]]
kind = "membership.begun"
when = { status = ["full", "f*"] }
unless = { year = "0" }
fields.party = "state:{code}"
fields.body = "org:{club:name}"
fields.effective = "{year}"
fields.until = "{end}/.."
fields.note = "{{{club}}}"
fields.distinct = true
[[act]]
kind = "party.described"
fields = { party = "org:{club:name}", names = [{ text = "{club}" }, { text = "{alias}" }] }
[[act]]
kind = "attribute.stated"
when = { status = "full" }
unless = { alias = "" }
fields = { of_entry = "{_entry}", vocabulary = "csv", attribute = "alias", value = "{alias}" }
"""
ROW = "entry,kind,effective,fields\na,statement.made,2026-01-05,"
TABLE = "code,club,alias,status,year,end,extra\nfr,The Club,,full,1990,,x\nde,The Club,,full,1991,2001,y\n"


def rows(data: bytes | str) -> list[dict[str, str]]:
    text = data.decode() if isinstance(data, bytes) else data
    return list(csv.DictReader(io.StringIO(text, newline="")))


def stated(register: Register) -> Counter[str]:
    """What every account in force says, but where it is written."""
    acts = (account for fact in register.facts() for account in fact.accounts)
    data = ({name: value for name, value in data_of(act).items() if name != "cites"} for act in acts)
    return Counter(json.dumps(each, sort_keys=True) for each in data)


@pytest.mark.parametrize("name", ["teaching", "board-of-peace", "un-security-council"])
def test_our_own_table_comes_back(name: str) -> None:
    register = register_of(name)
    again = taken("csv", written("csv", register))
    assert not faults(again)
    found = Counter(
        json.dumps({k: v for k, v in data_of(act).items() if k != "cites"}, sort_keys=True) for act in again.acts
    )
    assert found == stated(register)


def test_every_account_is_a_row_with_its_side() -> None:
    found = {row["entry"]: row for row in rows(written("csv", register_of("teaching")))}
    assert (found["p-chair"]["agreement"], found["p-chair"]["differing"]) == ("contested", "title")
    assert (found["p-chair-daily"]["side"], found["p-chair-daily"]["fact"]) == ("differs", "p-chair")


def test_a_date_with_bounds_keeps_them() -> None:
    table = "entry,kind,effective,fields\n" + "".join(
        f"{number},statement.made,{day},{{}}\n"
        for number, day in enumerate(["2026-02", "../2026-02-03", "2026-02-03/..", ""])
    )
    found = rows(written("csv", recorded(taken("csv", table.encode()))))
    assert {(row["effective"], row["earliest"], row["latest"]) for row in found} == {
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("../2026-02-03", "", "2026-02-03"),
        ("2026-02-03/..", "2026-02-03", ""),
        ("XXXX-XX-XX", "", ""),
    }


def test_a_mapping_says_what_each_row_becomes() -> None:
    found = taken("csv", TABLE.encode(), MAPPING)
    assert not faults(found)
    assert [(act.id, act.kind) for act in found.acts] == [
        ("file/2", "membership.begun"),
        ("file/2/2", "party.described"),
        ("file/3", "membership.begun"),
    ]
    first, named, second = map(data_of, found.acts)
    assert (first["effective"], first["note"], "until" in first) == ("1990", "{The Club}", False)
    assert second["until"] == "2001/.."
    assert named["names"] == ({"text": "The Club"},)
    recorded(found)


def test_a_second_act_of_a_row_may_be_about_the_first() -> None:
    found = taken("csv", TABLE.replace("Club,,full,1990", "Club,TC,full,1990").encode(), MAPPING)
    assert [data_of(act)["of_entry"] for act in found.acts if act.kind == "attribute.stated"] == ["file/2"]


@pytest.mark.parametrize(
    ("table", "mapping", "wanted"),
    [
        ("a,b\n1,2\n", None, "give --mapping"),
        ("a,a\n1,2\n", MAPPING, "names each column once"),
        ("", MAPPING, "names each column once"),
        ("code,club\nfr,x\n", MAPPING, "a column that the table does not have"),
        (TABLE.replace("extra", "more"), MAPPING, "does not say what this column is"),
        (TABLE.replace(",x\n", "\n"), MAPPING, "has 6 cells"),
        ('a,b\n"1"2,3\n', MAPPING, "is not CSV"),
        ("a\0", MAPPING, "NUL"),
        ("x", "[[act]", "is not TOML"),
        ("x", "act = []", "is no mapping"),
        ("x", '[[act]]\nkind = "x"\nfelds = {}', "is no mapping"),
        (TABLE.replace("1990", "soon"), MAPPING, "expected a date"),
        (TABLE.replace("fr,", "france,"), '[[act]]\nkind = "no.such"\nfields = {}', "does not say"),
        (
            TABLE,
            "[[act]]\nkind = 'no.such'\nfields = { a = '{code}{club}{alias}{status}{year}{end}{extra}' }",
            "no kind",
        ),
        ("code\nfr\n", "[[act]]\nkind = 'body.established'\nwhen = { code = 'de' }\nfields = {}", "makes nothing"),
        ("entry,kind,effective,fields\na,body.established,2020,[]\n", None, "expected a JSON object"),
        ("entry,kind,effective,fields\na,body.established,2020,{\n", None, "is not JSON"),
        ("entry,kind,effective,fields\na,body.established,2020,{}\n", None, "is missing"),
    ],
)
def test_what_cannot_be_read_is_told(table: str, mapping: str | None, wanted: str) -> None:
    found = faults(taken("csv", table.encode(), mapping))
    assert any(wanted in said for _, said in found), found


def test_a_table_that_is_not_utf_8_is_refused() -> None:
    assert "UTF-8" in faults(taken("csv", b"a\xff"))[0][1]
    assert "UTF-8" in faults(_by(b"a", b"\xff"))[0][1]


def _by(data: bytes, mapping: bytes) -> Document:
    from chancery.exchange import FORMATS, Given  # noqa: PLC0415  # raw bytes, which the other way in does not take
    from tests.unit.exchange.made import SOURCE  # noqa: PLC0415

    read = FORMATS["csv"].read
    assert read is not None
    return read(Given("file", data, SOURCE, mapping, "mapping.toml"))


def test_an_empty_line_is_no_row() -> None:
    assert len(taken("csv", f"{ROW}{{}}\n\n".encode()).acts) == 1


def test_an_entry_that_is_too_long_is_refused() -> None:
    long = '"{""note"":""' + "x" * 66_000 + '""}"'
    assert "an entry has at most" in faults(taken("csv", f"{ROW}{long}\n".encode()))[0][1]


def test_of_very_many_faults_the_first_are_told() -> None:
    assert len(taken("csv", (ROW + "{}\n" + "a,no.such,,{}\n" * 1_500).encode()).problems) == 1_000


def test_a_row_that_is_skipped_becomes_nothing() -> None:
    mapping = (
        "[[act]]\nkind = 'statement.made'\nwhen = { a = 'x' }\nfields = { note = '{a}' }\n[[skip]]\nwhen = { a = '' }"
    )
    assert [act.id for act in taken("csv", b'a,b\n"",1\nx,2\n', f"ignore = ['b']\n{mapping}").acts] == ["file/3"]


def test_fields_cannot_pass_for_another_entry() -> None:
    table = 'entry,kind,effective,fields\na,statement.made,2020,"{""id"":""b"",""kind"":""vote.cast"",""cites"":[]}"\n'
    (act,) = taken("csv", table.encode()).acts
    assert (act.id, act.kind, act.cites[0].source) == ("a", "statement.made", "source:file")


@given(st.text())
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    assert unshielded(shielded(text)) == text
    assert not shielded(text).startswith(FORMULA[:-1])


def test_a_name_that_is_a_formula_goes_out_as_text() -> None:
    people = {"persons": [{"id": "a", "name": '=HYPERLINK("http://x.example")'}]}
    data = written_names(recorded(taken("popolo", people)))
    assert "\"'=HYPERLINK(" in data


def written_names(register: Register) -> str:
    from chancery.exchange import FORMATS  # noqa: PLC0415

    return FORMATS["datapackage"].write(register)["names.csv"].decode()


@pytest.mark.parametrize("record", [TEACHING, BOARD])
def test_a_data_package_validates(tmp_path: Path, record: str) -> None:
    folder = tmp_path / "package"
    assert typed("export", record, "--to", "datapackage").exit_code == 2
    told("export", record, "--to", "datapackage", "--on", "2026-11-25", "--out", str(folder))
    assert typed("export", record, "--to", "datapackage", "--out", str(folder)).exit_code == 2
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "title", "note"])
    assert len(report.tasks) == 6


def test_a_data_package_that_was_spoilt_does_not_validate(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    told("export", TEACHING, "--to", "datapackage", "--on", "2026-11-25", "--out", str(folder))
    accounts = folder / "accounts.csv"
    accounts.write_text(accounts.read_text("utf-8").replace("source:minutes", "source:gone"), "utf-8")
    with system.use_context(trusted=True):
        assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_names_of_the_teaching_record(golden: Golden) -> None:
    golden("exchange/teaching.names.csv", written_names(register_of("teaching")).replace("\r\n", "\n"))


@pytest.mark.slow
def test_every_spell_of_membership_comes_back(shared_data: Path, tmp_path: Path) -> None:
    record, folder = str(tmp_path / "igo.jsonl"), shared_data / "igo-membership"
    for number, name in enumerate(("igos.csv", "states2016.csv", "spells.csv.gz")):
        mapping = MAPPINGS / f"{name.partition('.')[0]}.toml"
        where = ("--into" if number else "--out", record)
        told(
            "import",
            str(folder / name),
            "--from",
            "csv",
            "--mapping",
            str(mapping),
            "--retrieved",
            "2026-11-25",
            *where,
        )
    found = rows(told("export", record, "--to", "csv", "--on", "2026-11-25"))
    original = Counter(_spell(row) for row in rows(gzip.decompress((folder / "spells.csv.gz").read_bytes())))
    assert sum(original.values()) == 18_805
    assert Counter(_again(row) for row in found if row["kind"] in ("membership.begun", "observer.admitted")) == original
    assert (
        sum(row["kind"] == "party.described" for row in found) == 534 + 217
    )  # of 243 rows, some tell of one State again


def _spell(row: dict[str, str]) -> tuple[str, ...]:
    names = ("cow_ccode", "state_name", "igo", "status", "first_year", "last_year")
    return tuple(row[name].lower() for name in names)


def _again(row: dict[str, str]) -> tuple[str, ...]:
    fields = json.loads(row["fields"])
    name, _, seen = fields["note"].partition(", seen until ")
    last = seen or fields["until"].removesuffix("/..").removesuffix("~")
    country, body = fields["party"].removeprefix("group:cow-"), fields["body"].removeprefix("org:")
    return country, name, body, fields.get("terms", "full"), row["effective"].removesuffix("~"), last
