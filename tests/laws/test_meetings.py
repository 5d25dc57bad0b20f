"""Meetings, whatever was recorded of them: ruling and minuting never raise, and a ruling is what `decide` gives."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.acts import KINDS, Act
from chancery.cli.papers import printed
from chancery.languages import Reader
from chancery.ledger import Ledger, Record
from chancery.register import Head, Reading, Register
from chancery.rules.base import Rule
from chancery.rules.chambers import Chamber
from chancery.rules.deciding import decide
from chancery.rules.explaining import explained
from chancery.rules.rights import POWERS, may
from chancery.values import Citation, Date, Ref
from chancery.views import VIEWS, Scope
from chancery.views.minutes import STAGES, bodies_of, minutes_of
from tests.laws.records import FIRST, LAST, own_values, required_fields, sources, values_of

pytestmark = pytest.mark.slow  # each takes more than a second

BODY, MEETING, MOTION = Ref("body:a"), Ref("meeting:a"), Ref("motion:a")
PARTIES = [Ref("state:be"), Ref("state:ca"), Ref("person:a"), Ref("office:a")]
SUBJECTS = ("meeting", "motion", "vote", "decision", "approval", "silence", "declaration", "minutes")
OF_MEETINGS = [name for name in KINDS if name.partition(".")[0] in SUBJECTS]
OF_MEMBERS = ["membership.deposited", "membership.signed", "attendance.recorded", "observer.admitted", "office.held"]
NARROWED = {"body": BODY, "meeting": MEETING, "motion": MOTION, "instrument": Ref("instrument:a")}
"""What most acts name, so that they meet each other."""


def rules() -> st.SearchStrategy[Rule]:
    """Any typed rule, sound or not."""
    return values_of(msgspec.structs.fields(KINDS["provision.set"])[-1].type).filter(lambda rule: rule is not None)


@st.composite
def acts(draw: st.DrawFn, entry: str) -> Act:
    """An act of a meeting, of membership, or a provision with a rule."""
    name = draw(st.one_of(*map(st.sampled_from, (OF_MEETINGS, OF_MEETINGS, OF_MEMBERS, ["provision.set"]))))
    kind = KINDS[name]
    values = own_values(kind)
    optional = [each for each in values if each not in required_fields(kind)]
    filled = {
        *required_fields(kind),
        *draw(st.lists(st.sampled_from(optional), unique=True) if optional else st.just([])),
    }
    if name == "provision.set":
        filled.add("rule")
    fields = {each: draw(values[each]) for each in sorted(filled) if each in values}
    meeting = {each: NARROWED[each] for each in fields if each in NARROWED and draw(st.integers(0, 9))}
    few = {each for each, value in fields.items() if each in ("party", "by") and not isinstance(value, tuple)}
    fields |= meeting | {each: draw(st.sampled_from(PARTIES)) for each in sorted(few) if draw(st.integers(0, 9))}
    if name == "provision.set":
        fields["rule"] = draw(rules())
        fields["evidence"] = "text"
    day = Date.ordinal(draw(st.integers(FIRST, LAST)))
    return kind(**{**fields, "id": entry, "effective": day, "cites": (Citation(Ref("source:a")),)})


@st.composite
def sessions(draw: st.DrawFn) -> Record:
    """A record of one meeting and one motion, with rules, members and votes as they come."""
    made = [draw(acts(f"e{number}")) for number in range(draw(st.integers(1, 14)))]
    source = draw(sources("source:a"))
    return Record(Head(bodies=(BODY,)), {source.ref: source}, made)


def folded(record: Record, on: int) -> Register:
    return Ledger(record).as_of(Reading(on=on))


DAYS = st.integers(FIRST - 1, LAST + 1)


@given(sessions(), DAYS, st.sampled_from(STAGES), st.sampled_from(["en", "ar"]))
@settings(max_examples=50)
def test_whatever_was_recorded_it_is_ruled_on_drawn_and_minuted(record: Record, on: int, stage: str, lang: str) -> None:
    register = folded(record, on)
    reader = Reader(lang, register)
    for business in Chamber(register, BODY).business():
        for ruled in Chamber(register, BODY).rulings(business):
            assert all(reader.say(each) for each in explained(ruled.ruling))
    for body in bodies_of(register, MEETING):
        paper = minutes_of(register, MEETING, body, stage)  # type: ignore[arg-type]  # one of the stages
        assert printed(paper, reader, "html").endswith("</html>\n")
        assert printed(paper, reader, "md").startswith("# ")
    for view in ("meetings", "duties"):
        assert VIEWS[view](register, Scope()).name == view
    assert Ledger(record).breaches() is not None


@given(sessions(), DAYS)
@settings(max_examples=50)
def test_a_ruling_is_that_of_decide_on_the_same_vote(record: Record, on: int) -> None:
    register = folded(record, on)
    chamber = Chamber(register, BODY)
    for business in chamber.business():
        for ruled in chamber.rulings(business):
            again = decide(ruled.ruling.vote, chamber.rulebook, today=on)
            assert (again.tests, again.quorum, again.vetoes, again.rule) == (
                ruled.ruling.tests,
                ruled.ruling.quorum,
                ruled.ruling.vetoes,
                ruled.ruling.rule,
            )
            assert ruled.ruling.outcome in (again.outcome, "undecided")
            assert ruled.told.others or ruled.ruling.outcome == again.outcome


@given(sessions(), DAYS, st.sampled_from(PARTIES), st.sampled_from([*POWERS, "anything"]))
@settings(max_examples=50)
def test_what_no_rule_settles_is_never_allowed(record: Record, on: int, party: Ref, power: str) -> None:
    chamber = Chamber(folded(record, on), BODY)
    found = may(chamber, party, power, None, on)
    assert found.because
    assert (found.answer == "silent") or found.rests, "yes and no rest on a provision"
    if not chamber.rulebook.on(on).provided:
        assert found.answer == "silent"
