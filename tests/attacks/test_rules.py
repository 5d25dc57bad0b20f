"""Rules and votes that attack the engine: each is refused with its own message, in no time, and decides nothing."""

from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.rules.soundness import DEEPEST, MOST_TESTS
from tests.ruled import ABC, MAJORITY, decision, members, provision, rules

SECONDS = 20
"""More of the processor than any of these takes, on a slow machine."""

VOTES = "vote,yes,no,abstain\nv,2,1,0\n"
ORDINARY = decision(MAJORITY)
ONE = 'type = "threshold", at_least = 1'


def nested(depth: int) -> str:
    return 'type = "any_of", of = [{ ' * depth + ONE + " }]" * depth


def circle(size: int) -> list[str]:
    return [decision(name=f"d{number}", like=f'"d{(number + 1) % size}"') for number in range(size)]


ATTACKS: dict[str, tuple[str, str]] = {
    "tests nested deeper than may be": (
        rules(ABC, decision(nested(DEEPEST + 2))),
        "has tests within tests deeper than 8",
    ),
    "tests nested far deeper": (rules(ABC, decision(nested(20))), "has tests within tests deeper than 8"),
    "tests nested without end": (rules(ABC, decision(nested(5_000))), "nests too deep"),
    "a thousand tests in one": (
        rules(ABC, decision(f'type = "any_of", of = [{", ".join(["{ " + ONE + " }"] * 1_000)}]')),
        f"has 1,000 tests; a decision has at most {MOST_TESTS}",
    ),
    "tests that double at each level": (
        rules(ABC, decision(*[f'type = "all_of", of = [{", ".join(["{ " + ONE + " }"] * 60)}]'] * 60)),
        "an entry has at most 65,535",
    ),
    "no test in a list of tests": (rules(ABC, decision('type = "any_of", of = []')), "of length >= 1"),
    "a circle of likes": (rules(ABC, *circle(3)), "these are each like the next, in a circle"),
    "a circle of a hundred likes": (rules(ABC, *circle(100)), "these are each like the next, in a circle"),
    "a huge number": (rules(ABC, decision('type = "threshold", at_least = 9223372036854775807')), "a number of votes"),
    "a number beyond TOML": (rules(ABC, decision(f'type = "threshold", at_least = {"9" * 400}')), "overflowed"),
    "a negative number": (rules(ABC, decision('type = "threshold", at_least = -1')), "a number of votes"),
    "a number that is none": (rules(ABC, decision('type = "threshold", at_least = nan')), "a number of votes"),
    "a huge share": (
        rules(ABC, decision(f'type = "threshold", at_least = "{"9" * 5_000}/1", of = "cast"')),
        "a number of votes, or a share",
    ),
    "a share through nought": (
        rules(ABC, decision('type = "threshold", at_least = "1/0", of = "cast"')),
        "a number of votes, or a share",
    ),
    "a share above one": (
        rules(ABC, decision('type = "threshold", at_least = "4/3", of = "cast"')),
        "4/3 is more than the whole; a share is at most 1",
    ),
    "a line end after a share": (
        rules(ABC, decision('type = "threshold", at_least = "2/3\\n", of = "cast"')),
        "a number of votes, or a share",
    ),
    "an expression": (
        rules(ABC, decision('type = "threshold", at_least = "__import__(\'os\')", of = "cast"')),
        "a number of votes, or a share",
    ),
    "a key given twice": (rules(ABC, decision('type = "threshold", at_least = 1, at_least = 2')), "duplicate key"),
    "a weight given twice": (
        rules('type = "weights", name = "w", values = { "state:fr" = 1, "state:fr" = 2 }', ORDINARY),
        "duplicate key",
    ),
    "a weight of nobody": (
        rules('type = "weights", name = "w", values = { "nobody" = 1 }', ORDINARY),
        "is not a ref",
    ),
    "a name in letters that look alike": (
        rules(ABC, ORDINARY, decision(MAJORITY, name="ord\u0456nary")),
        "a name of small letters",
    ),
    "a field in letters that look alike": (
        rules(ABC, decision('type = "threshold", "at_le\u0430st" = 1')),
        "at_le\u0430st",
    ),
    "a party in letters that look alike": (
        rules(members("a").replace("org:a", "org:\u0430"), ORDINARY),
        "CYRILLIC SMALL LETTER A",
    ),
    "orders to the terminal": (rules(ABC, decision(MAJORITY, name="\\u001b[2J")), "a name of small letters"),
    "ten thousand members": (
        rules(f'type = "members", parties = ["state:fr"], others = {10**9}', ORDINARY),
        "100000",
    ),
    "a thousand rules on one matter": (
        rules(ABC, *[provision(decision(MAJORITY, name=f"d{n}", matters='["m"]'), f"art. {n}") for n in range(300)]),
        "both say how",
    ),
    "a rule that was read nowhere": (
        rules(ABC, provision(ORDINARY, evidence="unverified")),
        "an unverified provision is kept as words only",
    ),
    "a rule of no type": (rules(ABC, 'type = "lambda"'), "lambda is no type here"),
    "no rules": (rules(), "the charter is silent"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_rules_that_attack_are_refused(tmp_path: Path, attack: str) -> None:
    text, said = ATTACKS[attack]
    (tmp_path / "rules.toml").write_text(text, "utf-8")
    (tmp_path / "votes.csv").write_text(VOTES, "utf-8")
    before = process_time()
    ran = CliRunner().invoke(chancery, ["decide", str(tmp_path / "rules.toml"), str(tmp_path / "votes.csv")])
    assert process_time() - before < SECONDS
    assert ran.exit_code == 1, ran.output
    assert isinstance(ran.exception, SystemExit), ran.exception
    assert ran.stdout == ""
    assert said in ran.stderr
    assert "\x1b[2J" not in ran.stderr


VOTE_ATTACKS: dict[str, tuple[str, str]] = {
    "one broken row among many": (
        "vote,party,choice\n" + "".join(f"v{n},org:a,yes\n" for n in range(30_000)) + "w,org:a,perhaps\n",
        "votes.csv:30002",
    ),
    "a vote of more than there are": ("vote,yes,no,abstain\nv,999999999999999,0,0\n", "and there are 3"),
    "a number too long": (f"vote,yes,no,abstain\nv,{'9' * 5_000},0,0\n", "expected a whole number of votes"),
    "a weight through nought": ("vote,party,choice,weight\nv,org:a,yes,1/0\n", "expected a weight"),
    "a formula": ("vote,party,choice\n=1+1,org:a,yes\n", "as a formula does"),
    "a party in letters that look alike": ("vote,party,choice\nv,org:\u0430,yes\n", "no party that the rules know"),
    "every party twice": (
        "vote,party,choice\n" + "v,org:a,yes\nv,org:b,no\n" * 2,
        "has a ballot in this vote already",
    ),
    "an instant without a zone": (
        "vote,party,choice,at\nv,org:a,yes,2026-01-01T00:00:00\n",
        "is not an instant",
    ),
}


@pytest.mark.parametrize("attack", VOTE_ATTACKS)
def test_votes_that_attack_are_refused(tmp_path: Path, attack: str) -> None:
    text, said = VOTE_ATTACKS[attack]
    (tmp_path / "rules.toml").write_text(rules(ABC, ORDINARY), "utf-8")
    (tmp_path / "votes.csv").write_text(text, "utf-8")
    before = process_time()
    ran = CliRunner().invoke(chancery, ["decide", str(tmp_path / "rules.toml"), str(tmp_path / "votes.csv")])
    assert process_time() - before < SECONDS
    assert ran.exit_code == 1, ran.output
    assert isinstance(ran.exception, SystemExit), ran.exception
    assert ran.stdout == ""
    assert said in ran.stderr
