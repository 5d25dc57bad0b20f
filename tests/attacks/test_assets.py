"""Files that attack the reader: each is refused as a whole, at its line, with a reason that says what to mend."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.text import read_record

ASSETS = Path(__file__).parent / "assets"

ATTACKS = {
    "byte-order-mark.toml": (1, "byte-order-mark", "begins with a byte order mark; save it as UTF-8 without one"),
    "byte-order-mark.jsonl": (1, "byte-order-mark", "begins with a byte order mark; save it as UTF-8 without one"),
    "deep-keys.toml": (None, "too-deep", "nests too deep"),
    "deep-lists.toml": (4, "too-deep", "nests too deep"),
    "deep-lists.jsonl": (3, "too-deep", "nests too deep"),
    "duplicate-id.toml": (15, "duplicate-id", "the id a is given to an earlier entry too; ids are unique in a record"),
    "duplicate-key.toml": (4, "duplicate-key", "is not TOML: duplicate key"),
    "duplicate-key.jsonl": (3, "duplicate-key", "gives 'party' twice; one of them is lost"),
    "duplicate-key-within.jsonl": (3, "duplicate-key", "gives 'source' twice; one of them is lost"),
    "duplicate-source.toml": (6, "duplicate-source", "the source source:x stands in the record already"),
    "duplicate-source.jsonl": (None, "duplicate-source", "the source source:x stands in the record already"),
    "duplicate-table.toml": (3, "duplicate-key", "is not TOML: duplicate key"),
    "fraction.toml": (14, "malformed-field", "expected a whole number, found 15.0"),
    "half-a-letter.jsonl": (3, "not-json", "is not JSON: "),
    "huge-number.jsonl": (4, "malformed-field", "expected a whole number, found inf"),
    "infinity.toml": (14, "malformed-field", "expected a whole number, found -inf"),
    "list-for-a-kind.jsonl": (3, "unknown-kind", "list is no kind of act"),
    "list-for-a-table.toml": (1, "malformed", "expected one table [record]"),
    "not-a-number.toml": (14, "malformed-field", "expected a whole number, found nan"),
    "not-a-number.jsonl": (4, "not-json", "is not JSON: "),
    "not-an-object.jsonl": (3, "malformed", "expected a JSON object"),
    "not-json.jsonl": (3, "not-json", "is not JSON: "),
    "not-utf-8.toml": (4, "not-utf-8", "is not UTF-8; save it as UTF-8"),
    "not-utf-8.jsonl": (3, "not-utf-8", "is not UTF-8; save it as UTF-8"),
    "nul.toml": (4, "nul", "holds a NUL character; take it out"),
    "nul.jsonl": (3, "not-json", "is not JSON: "),
    "one-table-for-many.toml": (4, "malformed", "expected tables headed [[act]]"),
    "second-head.jsonl": (None, "second-head", "a record has one head; this has 2"),
    "strange-letters.toml": (
        12,
        "unknown-ref",
        "holds U+0430 (CYRILLIC SMALL LETTER A), which is not a letter of ASCII",
    ),
    "terminal-orders.toml": (13, "unknown-ref", "'body:\\x1b[2Jb' is not a ref"),
    "unclosed-string.toml": (4, "not-toml", "is not TOML: "),
    "unknown-kind.jsonl": (3, "unknown-kind", "party.describd is no kind of act; did you mean party.described?"),
    "unknown-table.toml": (
        4,
        "unknown-table",
        "acts is no table of a record; expected one of: record, source, act, rules, party, provision, case",
    ),
    "utf-16.toml": (1, "not-utf-8", "is not UTF-8; save it as UTF-8"),
}


def test_every_asset_has_its_test() -> None:
    assert {path.name for path in ASSETS.iterdir()} == set(ATTACKS)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_attack_is_refused_at_its_line_with_its_reason(name: str) -> None:
    line, code, said = ATTACKS[name]
    loaded = read_record(ASSETS / name)
    (problem,) = loaded.bars
    assert loaded.record is None
    assert problem.place is not None
    assert (problem.place.file, problem.place.line, problem.code) == (name, line, code)
    assert said in str(problem.phrase)


@pytest.mark.parametrize("name", ATTACKS)
def test_every_command_that_reads_refuses_it_without_a_trace(name: str) -> None:
    ran = CliRunner().invoke(chancery, ["show", "standing", str(ASSETS / name)])
    assert ran.exit_code == 1
    assert isinstance(ran.exception, SystemExit)
    assert name in ran.stderr
    assert "\x1b" not in ran.stderr
