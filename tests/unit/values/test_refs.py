from __future__ import annotations

import re

import pytest
from babel import Locale

from chancery.values import FAMILIES, family, is_ref, is_state_code, name, ref_fault, ref_pattern, suggest
from chancery.values.states import ASSIGNED_STATES, FORMER_STATES, USER_ASSIGNED_STATES

GOOD = [
    "state:ru",
    "state:xk",
    "state:aa",
    "state:qm",
    "state:zz",
    "state:yucs",
    "person:tony-blair",
    "source:un.2803-a",
]
BAD = [
    "",
    ":",
    "state:",
    ":ru",
    "state",
    "state:RU",
    "State:ru",
    "state:ql",
    "state:rus",
    "state:uk",
    "org:-a",
    "org:.a",
]
BAD += ["org:a b", "org:a\n", "org:a_b", "orgg:a", "org:a:b", "org:\u0430", " org:a", "org:\u0663"]


@pytest.mark.parametrize("ref", GOOD)
def test_a_ref_is_known_by_its_shape_family_and_state_code(ref: str) -> None:
    assert is_ref(ref)
    assert ref_fault(ref) is None
    assert f"{family(ref)}:{name(ref)}" == ref


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_ref_is_explained(text: str) -> None:
    assert not is_ref(text)
    assert str(ref_fault(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("russia", "'russia' is not a ref; a ref is written family:name, such as state:ru"),
        ("State:RU", "'State:RU' is not a ref; did you mean state:ru?"),
        (" state:ru\n", r"' state:ru\n' is not a ref; did you mean state:ru?"),
        ("org:a_b", "in lower case, the name in a-z, 0-9, '.' and '-'"),
        ("persom:tony-blair", "persom:tony-blair: no family is called persom; did you mean person:tony-blair?"),
        ("zzzz:a", "zzzz:a: no family is called zzzz; the families are state, person, org,"),
        ("state:uk", "state:uk is not a State's code in ISO 3166-1; did you mean state:gb?"),
        ("state:russia", "'state:russia' is not a State's code; codes are those of ISO 3166-1 alpha-2"),
        ("state:r\u0443", r"'state:r\u0443' holds U+0443 (CYRILLIC SMALL LETTER U), which is not a letter of ASCII"),
        ("state:r\ue000", "U+E000 (a character without a name)"),
    ],
)
def test_a_fault_says_what_is_wrong(text: str, said: str) -> None:
    assert said in str(ref_fault(text))


def test_a_look_alike_letter_is_never_taken_for_the_letter() -> None:
    assert not is_ref("org:h\u0430mas")
    assert "CYRILLIC SMALL LETTER A" in str(ref_fault("org:h\u0430mas"))


def test_the_assigned_codes_are_those_of_iso_3166() -> None:
    cldr = {str(code).lower() for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))}
    not_assigned = {"ac", "cp", "cq", "dg", "ea", "eu", "ez", "ic", "ta", "un"}
    assert cldr - not_assigned - USER_ASSIGNED_STATES == ASSIGNED_STATES
    assert len(ASSIGNED_STATES) == 249


def test_the_user_assigned_codes_are_the_ranges_of_the_standard() -> None:
    assert len(USER_ASSIGNED_STATES) == 2 + 14 + 26
    assert {"aa", "qm", "qz", "xa", "xk", "xz", "zz"} <= USER_ASSIGNED_STATES
    assert not {"ql", "ab", "zy"} & USER_ASSIGNED_STATES
    assert not ASSIGNED_STATES & USER_ASSIGNED_STATES


def test_former_states_have_four_letters() -> None:
    assert len(FORMER_STATES) == 31
    assert all(re.fullmatch("[a-z]{4}", code) for code in FORMER_STATES)
    assert is_state_code("suhh")
    assert not is_state_code("su")


def test_the_list_of_families_cannot_be_added_to() -> None:
    with pytest.raises(TypeError):
        FAMILIES["planet"] = "planet"  # type: ignore[index]  # that it cannot be is the point


@pytest.mark.parametrize(
    ("families", "good", "bad"),
    [
        (("state",), ["state:ru", "state:yucs"], ["org:un", "state:rus", "state:RU", "state:ru\n"]),
        (("org", "body"), ["org:un", "body:ncag"], ["state:ru", "person:a", "orgbody:a", "org:", "org:-"]),
        (("state", "org"), ["state:ru", "org:un"], ["body:ncag", "state:russia"]),
        ((), GOOD, ["planet:mars", "state:russia", "ru"]),
    ],
)
def test_a_pattern_admits_refs_of_its_families_only(families: tuple[str, ...], good: list[str], bad: list[str]) -> None:
    pattern = re.compile(ref_pattern(*families).removesuffix("$") + r"\Z")
    assert [ref for ref in (*good, *bad) if pattern.search(ref)] == good


def test_the_likeliest_is_suggested() -> None:
    among = ["person:tony-blair", "person:ali-shaath", "body:ncag"]
    assert suggest("person:toni-blair", among) == "person:tony-blair"
    assert suggest("body:nacg", iter(among)) == "body:ncag"
    assert suggest("fund:x", among) is None
    assert suggest("x", []) is None
