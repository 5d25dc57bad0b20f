"""Languages: messages, names, dates and numbers in the reader's language. English and Arabic are equals."""

from chancery.languages.catalogue import COUNTER, Catalogue, catalogues, languages, spoken
from chancery.languages.locales import SOURCE, LanguageFault, locale_of, lookups
from chancery.languages.names import NameBook, territory
from chancery.languages.reader import Reader

__all__ = [
    "COUNTER",
    "SOURCE",
    "Catalogue",
    "LanguageFault",
    "NameBook",
    "Reader",
    "catalogues",
    "languages",
    "locale_of",
    "lookups",
    "spoken",
    "territory",
]
