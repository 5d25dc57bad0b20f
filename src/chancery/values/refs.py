"""Refs: permanent names, ``family:name``. A ref is a code and no more: it recognises nobody and nothing."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, NewType

from chancery.values.phrases import Phrase, phrase, quoted
from chancery.values.states import FORMER_STATES, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Ref = NewType("Ref", str)
"""A permanent name, ``family:name``. The code, the own name and the display name of a party are three things."""

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "state": "State",
        "person": "person",
        "org": "organisation",
        "group": "group",
        "region": "region",
        "body": "body",
        "office": "office",
        "instrument": "instrument",
        "plan": "plan",
        "phase": "phase",
        "condition": "condition",
        "meeting": "meeting",
        "motion": "motion",
        "decision": "decision",
        "document": "document",
        "directive": "directive",
        "report": "report",
        "request": "request",
        "finding": "finding",
        "recommendation": "recommendation",
        "force": "force",
        "fund": "fund",
        "pledge": "pledge",
        "project": "project",
        "milestone": "milestone",
        "mandate": "mandate",
        "source": "source",
    }
)
"""The closed list of families, with the English noun of each."""

_NAME = "[a-z0-9][a-z0-9.-]*"
_STATE = "[a-z]{2}(?:[a-z]{2})?"
_WELL_FORMED = re.compile(rf"([a-z]+):({_NAME})", re.ASCII)
_SLIPS = MappingProxyType({"uk": "gb", "el": "gr"})
"""Codes in use elsewhere (ISO 3166-1 exceptional reservations, the EU's) that are not a State's alpha-2 code."""


def family(ref: str) -> str:
    """The family of a ref, before the colon."""
    return ref.partition(":")[0]


def name(ref: str) -> str:
    """The name of a ref within its family, after the colon."""
    return ref.partition(":")[2]


def is_ref(text: str) -> bool:
    """Whether a text is a ref: well formed, of a known family, and for a State a known code (ISO 3166)."""
    match = _WELL_FORMED.fullmatch(text)
    if match is None or match[1] not in FAMILIES:
        return False
    return match[1] != "state" or is_state_code(match[2])


def is_state_code(code: str) -> bool:
    """Whether a code is a State's: ISO 3166-1 alpha-2, assigned or user-assigned, or ISO 3166-3 for a former State."""
    return code in STATES or code in FORMER_STATES


def ref_fault(text: str) -> Phrase | None:
    """What is wrong with a text that should be a ref, or None where nothing is."""
    if is_ref(text):
        return None
    return _letters_fault(text) or _shape_fault(text) or _family_fault(text) or _state_fault(text)


def ref_pattern(*families: str) -> str:
    """The regular expression (ECMA 262) of refs of some families; none means any family."""
    others = [each for each in families or FAMILIES if each != "state"]
    forms = [f"state:{_STATE}"] if "state" in (families or FAMILIES) else []
    if others:
        forms.append(f"(?:{'|'.join(others)}):{_NAME}")
    return f"^(?:{'|'.join(forms)})$"


def suggest(text: str, among: Iterable[str]) -> str | None:
    """The likeliest of some texts to be meant by a mistyped one, or None where none is near."""
    length = len(text)
    near = [each for each in among if abs(len(each) - length) <= 2 + length // 4]
    return next(iter(get_close_matches(text, near, n=1, cutoff=0.7)), None)


def _letters_fault(text: str) -> Phrase | None:
    odd = next((letter for letter in text if not letter.isascii()), None)
    if odd is None:
        return None
    return phrase(
        "{text} holds {code} ({character}), which is not a letter of ASCII; refs are written in a-z, 0-9, '.' and '-'",
        text=quoted(text),
        code=f"U+{ord(odd):04X}",
        character=unicodedata.name(odd, "a character without a name"),
    )


def _shape_fault(text: str) -> Phrase | None:
    if _WELL_FORMED.fullmatch(text):
        return None
    if is_ref(text.strip().lower()):
        return phrase("{text} is not a ref; did you mean {near}?", text=quoted(text), near=text.strip().lower())
    if ":" not in text:
        return phrase("{text} is not a ref; a ref is written family:name, such as state:ru", text=quoted(text))
    return phrase(
        "{text} is not a ref; a ref is written family:name, in lower case, the name in a-z, 0-9, '.' and '-'",
        text=quoted(text),
    )


def _family_fault(text: str) -> Phrase | None:
    kin = family(text)
    if kin in FAMILIES:
        return None
    near = suggest(kin, FAMILIES)
    if near is None:
        known = ", ".join(FAMILIES)
        return phrase(
            "{text}: no family is called {family}; the families are {known}", text=text, family=kin, known=known
        )
    meant = f"{near}:{name(text)}"
    return phrase("{text}: no family is called {family}; did you mean {near}?", text=text, family=kin, near=meant)


def _state_fault(text: str) -> Phrase:
    near = _SLIPS.get(name(text))
    if near is not None:
        return phrase(
            "{text} is not a State's code in ISO 3166-1; did you mean {near}?", text=text, near=f"state:{near}"
        )
    return phrase(
        "{text} is not a State's code; codes are those of ISO 3166-1 alpha-2, such as state:ru", text=quoted(text)
    )
