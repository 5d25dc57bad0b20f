"""The only writer: record, correct, withdraw."""

from chancery.desk.desk import Barred, Desk, Examined, Shelf
from chancery.desk.naming import name_of

__all__ = ["Barred", "Desk", "Examined", "Shelf", "name_of"]
