"""The one place for a kind of act: one typed class each, with its fields, its identity, its checks and its effect."""

from chancery.acts import (
    appointments,
    bodies,
    charter,
    decisions,
    invitations,
    memberships,
    money,
    oversight,
    parties,
    plan,
    registrar,
    statements,
)
from chancery.acts.base import KINDS, Act, Stacked, header_fields, own_fields, statement_of
from chancery.acts.decoding import Undecodable, act_of, data_of, faults_in
from chancery.acts.shape import RefField, Shape, compared_fields, families_of, shape_of

__all__ = [
    "KINDS",
    "Act",
    "RefField",
    "Shape",
    "Stacked",
    "Undecodable",
    "act_of",
    "appointments",
    "bodies",
    "charter",
    "compared_fields",
    "data_of",
    "decisions",
    "families_of",
    "faults_in",
    "header_fields",
    "invitations",
    "memberships",
    "money",
    "oversight",
    "own_fields",
    "parties",
    "plan",
    "registrar",
    "shape_of",
    "statement_of",
    "statements",
]
