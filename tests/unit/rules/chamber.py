"""A body of five with rules of its own, made in a test, and what its votes come to."""

from chancery.acts import Act
from chancery.register import Register
from chancery.rules.chambers import Chamber, Ruled
from chancery.rules.explaining import explained
from tests.made import BODY, act, read, record, ref
from tests.unit.rules.test_charter import provision

DAY = "2026-02-10"
MEETING = "meeting:m"
FIVE = ("be", "de", "fr", "nl", "se")
ON = {"body": BODY, "effective": DAY}

MAJORITY: dict[str, object] = {
    "type": "decision",
    "name": "ordinary",
    "ordinary": True,
    "general": True,
    "requires": [{"type": "threshold", "more_than": "1/2", "of": "cast"}],
}
BY_DEPOSIT: dict[str, object] = {"type": "admission", "member_by": ["deposited"]}


def rules(*more: dict[str, object], admission: dict[str, object] = BY_DEPOSIT) -> list[Act]:
    return [provision(str(number), rule) for number, rule in enumerate((admission, MAJORITY, *more), 1)]


def members(*codes: str) -> list[Act]:
    return [act("membership.deposited", party=f"state:{code}", effective="2026-01-25") for code in codes or FIVE]


def ballots(sides: dict[str, str], motion: str = "motion:m", **fields: object) -> list[Act]:
    return [
        act("vote.cast", motion=motion, party=f"state:{code}", choice=choice, **{**ON, **fields})
        for code, choice in sides.items()
    ]


def counted(src: str = "press", /, **fields: object) -> Act:
    return act("vote.counted", src, **{"motion": "motion:m", **ON, **fields})


def decision(kind: str = "decision.adopted", **fields: object) -> Act:
    return act(kind, **{"decision": "decision:d", "motion": "motion:m", **ON, **fields})


def attended(sides: dict[str, str], **fields: object) -> list[Act]:
    return [
        act("attendance.recorded", party=f"state:{code}", meeting=MEETING, capacity=capacity, **{**ON, **fields})
        for code, capacity in sides.items()
    ]


def register(*acts: Act | list[Act], on: str = "2026-12-31") -> Register:
    flat = [one for each in acts for one in (each if isinstance(each, list) else [each])]
    return read(record(*flat), on)


def ruled(*acts: Act | list[Act], on: str = "2026-12-31") -> list[Ruled]:
    chamber = Chamber(register(*acts, on=on), ref(BODY))
    return [each for business in chamber.business() for each in chamber.rulings(business)]


def one(*acts: Act | list[Act], on: str = "2026-12-31") -> Ruled:
    (found,) = ruled(*acts, on=on)
    return found


def said(found: Ruled) -> str:
    return " ".join(map(str, explained(found.ruling)))
