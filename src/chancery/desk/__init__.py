"""The only writer: record, correct, withdraw."""

from chancery.desk.desk import Barred, Desk, Examined
from chancery.desk.merging import Additions, additions
from chancery.desk.naming import name_of
from chancery.desk.shelf import OutcomeUnknown, Shelf

__all__ = ["Additions", "Barred", "Desk", "Examined", "OutcomeUnknown", "Shelf", "additions", "name_of"]
