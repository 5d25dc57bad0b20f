"""The ledger: entries, the facts they add up to, and the register as of any day."""

from chancery.ledger.checks import problems_of
from chancery.ledger.entries import Entry
from chancery.ledger.ledger import Ledger
from chancery.ledger.record import Record

__all__ = ["Entry", "Ledger", "Record", "problems_of"]
