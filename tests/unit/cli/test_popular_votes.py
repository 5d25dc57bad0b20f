"""Votes of the people, and of the cantons with them, as tables that a user hands in."""

from pathlib import Path

import pytest

from tests.unit.cli.doors import ROOT, document, typed

SWISS = str(ROOT / "records" / "rules" / "swiss-popular-votes.toml")
OTHERS = (
    *("AG", "AI", "AR", "BL", "BS", "FR", "GE", "GL", "JU", "NE", "NW"),
    *("SG", "SH", "SO", "SZ", "TG", "TI", "UR", "VD", "VS", "ZG"),
)
COLUMNS = "vote,matter,yes,no,cantons.yes,cantons.no"


def votes(folder: Path, *lines: str) -> str:
    path = folder / "votes.csv"
    path.write_text("\n".join((*lines, "")), "utf-8")
    return str(path)


def outcomes(path: str) -> dict[str, str]:
    return {row["vote"]: row["outcome"] for row in document("decide", SWISS, path)["rows"]}


def test_cantons_may_be_counted_instead_of_named(tmp_path: Path) -> None:
    path = votes(
        tmp_path,
        COLUMNS,
        "twelve,people_and_cantons,1200000,1000000,12,11",
        "a tie,people_and_cantons,1200000,1000000,11.5,11.5",
        "people only,people,1200000,1000000,,",
        "cantons untold,people_and_cantons,1200000,1000000,,",
    )
    assert outcomes(path) == {
        "twelve": "adopted",
        "a tie": "rejected",
        "people only": "adopted",
        "cantons untold": "undecided",
    }
    tie = document("decide", SWISS, path)["rows"][1]
    assert (tie["have"], tie["need"], tie["tests"][1]["missing"]) == ("1200000; 11.5", "1100001; 12", "0.5")


def test_the_people_are_more_than_the_cantons_that_are_listed(tmp_path: Path) -> None:
    path = votes(tmp_path, "vote,matter,yes,no", "v,people,30,27")
    assert outcomes(path) == {"v": "adopted"}


def test_each_canton_may_have_a_row_and_votes_as_more_than_half_of_it_does(tmp_path: Path) -> None:
    head = "vote,matter,date,party,yes,no"
    for_it = ["ZH", "CH-BE", "Luzern", "ow"]
    cantons = [*for_it, "GR", *OTHERS]
    sides = {canton: "10,5" if canton in for_it else "7,7" for canton in cantons}
    lines = [f"v,people_and_cantons,1990-01-01,{canton},{votes}" for canton, votes in sides.items()]
    [row] = document("decide", SWISS, votes(tmp_path, head, *lines))["rows"]
    assert (row["yes"], row["no"], row["have"], row["outcome"]) == (194, 174, "194; 3.5", "rejected")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((COLUMNS.replace("cantons", "canton"), "v,people,2,1,12,11"), "called canton is in force then; did you mean"),
        ((COLUMNS.replace("cantons", "gremlins"), "v,people,2,1,12,11"), "weights called gremlins is in force then"),
        ((COLUMNS, "v,people,2,1,many,11"), "votes.csv:2: cantons.yes: "),
        (("vote,party,yes,no", "v,,2,1"), "votes.csv:2: party: "),
        (("vote,party,yes,no", "v,ZH,,1"), "votes.csv:2: yes: "),
        (("vote,party,yes,no", "v,ZH,2,1", "v,zürich,2,1"), "votes.csv:3: party: "),
        (("vote,party,yes,no,matter", "v,ZH,2,1,people", "v,BE,2,1,cantons"), "votes.csv:3: matter: "),
        (("vote,party,yes,no", "v,ZH,2,1", "v,Glarius,2,1"), "votes.csv:3: party: bar: Glarius is no party"),
        (("vote,party,yes,no", "v,ZH,2,1", "v,Glarius,2,1"), "did you mean Glarus?"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    result = typed("decide", SWISS, votes(tmp_path, *lines))
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_ballots_tell_of_their_vote_as_a_whole_what_a_tally_does(tmp_path: Path) -> None:
    senate = str(ROOT / "records" / "rules" / "us-senate.toml")
    ballots = [f"v,person:s{n},{'yes' if n % 2 else 'no'},yes" for n in range(100)]
    [row] = document("decide", senate, votes(tmp_path, "vote,party,choice,chair", *ballots))["rows"]
    assert (row["yes"], row["no"], row["outcome"]) == (50, 50, "adopted")
