"""The vocabulary: every kind that practice needs is there, whole, and placed."""

from collections.abc import Iterator
from typing import Annotated, get_args, get_origin

import msgspec
import pytest

from chancery.acts import KINDS, header_fields, own_fields, shape_of
from chancery.register import Step
from chancery.rules.standing import MOVES, RETURNS

PARTIES = "party.described party.renamed office.held office.left relation.stated designation.made designation.lifted"
BODIES = "body.established body.dissolved mandate.given mandate.ended oversight.set oversight.ended"
CHARTER = """
    instrument.circulated instrument.published instrument.signed instrument.entered_into_force instrument.amended
    provision.set case.set ruling.given
"""
INVITATIONS = """
    invitation.issued invitation.received invitation.acknowledged invitation.considered clarification.sought
    clarification.given invitation.welcomed invitation.accepted invitation.declined invitation.rescinded
    invitation.lapsed invitation.unanswered invitation.denied
"""
MEMBERSHIP = """
    membership.signed membership.ratified membership.deposited membership.listed membership.denied membership.begun
    membership.renewed membership.suspended membership.resumed membership.withdrawn membership.removed
    observer.admitted observer.declined attendance.recorded appointment.made appointment.ended
"""
STATEMENTS = "statement.made statement.denied position.taken count.reported"
PLAN = "plan.published phase.declared phase.disputed condition.set condition.assessed"
DECISIONS = """
    meeting.convened meeting.held motion.tabled vote.opened vote.extended vote.cast vote.counted decision.adopted
    decision.rejected decision.approved approval.refused decision.vetoed declaration.made silence.opened
    silence.extended silence.broken silence.concluded document.issued
"""
MINUTES = "minutes.drafted minutes.circulated minutes.corrected minutes.approved"
OVERSIGHT = """
    directive.issued directive.answered report.submitted report.discussed request.made request.answered
    request.refused finding.made recommendation.made recommendation.closed force.deployed
"""
MONEY = """
    pledge.made commitment.made contribution.received allocation.made disbursement.made project.approved
    milestone.reached
"""
SUBJECTS = (PARTIES, BODIES, CHARTER, INVITATIONS, MEMBERSHIP, STATEMENTS, PLAN, DECISIONS, MINUTES, OVERSIGHT, MONEY)
NEEDED = [kind for subject in SUBJECTS for kind in subject.split()]

REPLIES = [kind for kind in NEEDED if kind.startswith(("invitation.", "clarification."))]


def test_every_kind_that_practice_needs_is_there() -> None:
    assert set(NEEDED) | {"entry.withdrawn", "entry.sealed", "entry.shredded", "key.rotated"} == set(KINDS)


@pytest.mark.parametrize("kind", NEEDED)
def test_what_identifies_a_kind_are_fields_of_it(kind: str) -> None:
    assert set(KINDS[kind].identity) <= {*own_fields(KINDS[kind]), "effective"}


def test_a_denial_is_identified_by_fields_of_what_it_denies() -> None:
    for denier in KINDS.values():
        for denied in denier.rebuts:
            assert denier.identity
            assert set(denier.identity) <= set(KINDS[denied].__struct_fields__)


@pytest.mark.parametrize("kind", NEEDED)
def test_fields_of_a_kind_do_not_hide_the_header_s(kind: str) -> None:
    assert header_fields().isdisjoint(own_fields(KINDS[kind]))


@pytest.mark.parametrize("kind", REPLIES)
def test_a_letter_has_four_dates(kind: str) -> None:
    assert {"written", "sent", "received", "published"} <= set(own_fields(KINDS[kind]))


@pytest.mark.parametrize("kind", NEEDED)
def test_what_is_compared_is_no_free_text(kind: str) -> None:
    compared = shape_of(KINDS[kind]).compared
    assert compared[0] == "effective"
    assert not {"words", "reason", "note", "terms", "purpose"} & set(compared)


def whole_numbers(
    annotation: object, metas: tuple[object, ...] = (), within: tuple[object, ...] = ()
) -> Iterator[tuple[object, ...]]:
    """What each whole number within a type is bounded by; a table within itself is looked at once."""
    if annotation is int:
        yield metas
    elif get_origin(annotation) is Annotated:
        inner, *found = get_args(annotation)
        yield from whole_numbers(inner, tuple(found), within)
    elif isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        for field in msgspec.structs.fields(annotation) if annotation not in within else ():
            yield from whole_numbers(field.type, (), (*within, annotation))
    else:
        for part in get_args(annotation):
            yield from whole_numbers(part, (), within)


@pytest.mark.parametrize("kind", NEEDED)
def test_every_whole_number_fits_the_canonical_form(kind: str) -> None:
    """RFC 8785 holds no integer beyond 2^53 - 1: a door that let one in could not be followed by the others."""
    for metas in whole_numbers(KINDS[kind]):
        assert any(isinstance(meta, msgspec.Meta) and meta.le is not None and meta.le < 2**53 for meta in metas)


@pytest.mark.parametrize("kind", NEEDED)
def test_a_step_is_placed_or_leaves_the_standing_as_it_was(kind: str) -> None:
    rung = getattr(KINDS[kind], "rung", None)
    assert rung is None or rung in {*MOVES, *RETURNS, Step.RENEWED, *UNMOVED}


UNMOVED = {Step.LISTED, Step.RATIFIED, Step.DEPOSITED}
"""Steps that move nobody by themselves: the charter may say that they make a member."""
