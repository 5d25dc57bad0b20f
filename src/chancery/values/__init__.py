"""Values: what everything else is made of. Immutable, without a clock, a file or a network."""

from chancery.values.citations import Citation, Position, Quote, citation_fault, locate
from chancery.values.codecs import LARGEST, canonical, decode_hook, encode_hook, schema_hook
from chancery.values.currencies import CURRENCIES
from chancery.values.dates import (
    FUTURE,
    OPEN,
    PAST,
    SECONDS_A_DAY,
    UNKNOWN,
    WEEKDAYS,
    Certainty,
    Date,
    DateFault,
    Precision,
    Verdict,
    weekday_fault,
)
from chancery.values.instants import Instant, last_second, moment
from chancery.values.money import Amount, Money, MoneyFault, MoneyMismatch, total
from chancery.values.phrases import Fault, Phrase, Slot, Value, phrase, quoted, slots
from chancery.values.problems import Place, Problem, Weight
from chancery.values.refs import FAMILIES, Ref, family, is_ref, is_state_code, name, ref_fault, ref_pattern, suggest
from chancery.values.spans import Span, span_fault
from chancery.values.tongues import TongueFault, Tongues, canonical_tag, composed, direction

__all__ = [
    "CURRENCIES",
    "FAMILIES",
    "FUTURE",
    "LARGEST",
    "OPEN",
    "PAST",
    "SECONDS_A_DAY",
    "UNKNOWN",
    "WEEKDAYS",
    "Amount",
    "Certainty",
    "Citation",
    "Date",
    "DateFault",
    "Fault",
    "Instant",
    "Money",
    "MoneyFault",
    "MoneyMismatch",
    "Phrase",
    "Place",
    "Position",
    "Precision",
    "Problem",
    "Quote",
    "Ref",
    "Slot",
    "Span",
    "TongueFault",
    "Tongues",
    "Value",
    "Verdict",
    "Weight",
    "canonical",
    "canonical_tag",
    "citation_fault",
    "composed",
    "decode_hook",
    "direction",
    "encode_hook",
    "family",
    "is_ref",
    "is_state_code",
    "last_second",
    "locate",
    "moment",
    "name",
    "phrase",
    "quoted",
    "ref_fault",
    "ref_pattern",
    "schema_hook",
    "slots",
    "span_fault",
    "suggest",
    "total",
    "weekday_fault",
]
