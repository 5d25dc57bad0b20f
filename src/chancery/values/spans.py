"""Spans: the time from a first day to a last one, either of which may be less than certain."""

from __future__ import annotations

from msgspec import Struct

from chancery.values.dates import Date, Verdict
from chancery.values.phrases import Phrase, phrase


class Span(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The time from a first day to a last day, both included.

    ``end`` is None where no end is stated, OPEN where it is said to be still running, UNKNOWN where it has ended on a
    day that is not known: that is not "still running", so whether it holds on any later day is undecided.
    """

    start: Date
    end: Date | None = None

    def holds(self, day: int) -> Verdict:
        """Whether it holds on a day (a proleptic ordinal). A span without a stated end holds until one is."""
        if day < self.start.earliest or (self.end is not None and self.end.latest < day):
            return Verdict.NO
        begun = self.start.latest <= day
        lasts = self.end is None or day <= max(self.end.earliest, self.start.earliest)
        return Verdict.YES if begun and lasts else Verdict.UNDECIDED


def span_fault(start: Date, end: Date | None) -> Phrase | None:
    """Whether an end certainly lies before its beginning; with a mark of doubt on either, that is not certain."""
    if end is None or start.certainty != "exact" or end.certainty != "exact" or end.latest >= start.earliest:
        return None
    return phrase("ends on {end:date}, before it begins on {start:date}", start=start, end=end)
