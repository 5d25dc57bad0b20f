"""Languages: messages, names, dates and numbers in the reader's language. English and Arabic are equals."""

from chancery.languages.catalogue import COUNTER, PUBLIC, Catalogue, catalogues, languages, spoken, whole_languages
from chancery.languages.locales import SOURCE, LanguageFault, locale_of, lookups
from chancery.languages.names import NameBook, territory
from chancery.languages.reader import Reader

__all__ = [
    "COUNTER",
    "PUBLIC",
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
    "whole_languages",
]
