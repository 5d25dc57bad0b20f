"""Exchange: the register in other people's formats, and their files as records. Bytes in and out, no file opened."""

from chancery.exchange.base import FEATURES, WHOLE, Feature, Format, Given, Taken
from chancery.exchange.formats import FORMATS

__all__ = ["FEATURES", "FORMATS", "WHOLE", "Feature", "Format", "Given", "Taken"]
