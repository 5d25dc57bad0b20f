"""Languages: messages, names, dates and numbers in the reader's language. English and Arabic are equals."""

from chancery.languages.catalogue import catalogue, languages
from chancery.languages.names import NameBook, territory
from chancery.languages.reader import Reader

__all__ = ["NameBook", "Reader", "catalogue", "languages", "territory"]
