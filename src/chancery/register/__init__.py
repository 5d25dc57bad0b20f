"""The register: what is in force on a day, as known and as recorded."""

from chancery.register.accounts import Account, ref_to
from chancery.register.books import Register, Stack
from chancery.register.facts import Agreement, Fact
from chancery.register.head import Head
from chancery.register.reading import ALL_TIME, Reading
from chancery.register.sources import OWN_WORD, STANDINGS, Source, SourceStanding
from chancery.register.steps import Step

__all__ = [
    "ALL_TIME",
    "OWN_WORD",
    "STANDINGS",
    "Account",
    "Agreement",
    "Fact",
    "Head",
    "Reading",
    "Register",
    "Source",
    "SourceStanding",
    "Stack",
    "Step",
    "ref_to",
]
