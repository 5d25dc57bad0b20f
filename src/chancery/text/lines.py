"""A record as JSON Lines: the same entries in one stream, with the same checks; for large or machine-made records."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Union
from unicodedata import normalize

import msgspec

from chancery.acts import KINDS, MOST_FAULTS, Undecodable, act_of, data_of, faults_in, unknown
from chancery.ledger import Record, problems_of
from chancery.register import Head, Source
from chancery.text.files import LARGEST_LINES, LONGEST, Refused, bounded_bytes, has_longer_line
from chancery.text.loaded import MOST_PROBLEMS, Loaded, gathered, unreadable
from chancery.values import Place, Problem, Weight, canonical, decode_hook, encode_hook, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from chancery.text.loaded import Progress
    from chancery.values import Phrase

CHUNK = 2**20
"""Bytes decoded between two reports of progress."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

KIND = re.compile(rb'"kind":\s*"([a-z_.]+)"')
"""Where a line names its kind; in words it may be found too, which does no harm."""


class HeadLine(Head, frozen=True, kw_only=True, tag_field="kind", tag="record"):
    """The head of a record as a line."""


class SourceLine(Source, frozen=True, kw_only=True, gc=False, tag_field="kind", tag="source"):
    """A source as a line."""


@lru_cache(maxsize=4)
def _decoder_of(kinds: tuple[type, ...]) -> msgspec.json.Decoder[Any]:  # a union made at run time
    return msgspec.json.Decoder(Union[(HeadLine, SourceLine, *kinds)], dec_hook=decode_hook)


def _decoder(among: Collection[str] = KINDS) -> msgspec.json.Decoder[Any]:  # heads, sources and acts
    """The decoder of some kinds, or of all. To make one costs a third of a millisecond a kind."""
    return _decoder_of(tuple(kind for name, kind in KINDS.items() if name in among))


class Decoding:
    """Decodes many lines at once, by a decoder of the kinds seen so far: a record has few of all there are."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._seen: set[str] = set()

    def __call__(self, chunk: bytes) -> list[Any] | None:  # heads, sources and acts
        """What a chunk of lines holds, or None where it has a fault."""
        for _ in range(2):
            try:
                return _decoder(self._seen).decode_lines(chunk)
            except (msgspec.DecodeError, ValueError, RecursionError):
                self._seen |= {name.decode() for name in KIND.findall(chunk)}
        return None


_SORTED = msgspec.json.Encoder(enc_hook=encode_hook, order="sorted")
_PLAIN = msgspec.json.Encoder()
_PLAIN_DECODER = msgspec.json.Decoder()


def read_lines(path: Path, progress: Progress | None = None) -> Loaded:
    """Read a record from a file of JSON Lines."""
    try:
        data = bounded_bytes(path, path.name, LARGEST_LINES)
    except Refused as refused:
        return Loaded(None, (refused.problem,))
    if data.startswith(BYTE_ORDER_MARK):
        fault = phrase("begins with a byte order mark; save it as UTF-8 without one")
        return Loaded(None, (unreadable(path.name, fault, 1, code="byte-order-mark"),))
    reading = LinesReading(data, path.name)
    for end in reading.chunks():
        if progress is not None:
            progress(end, len(data))
    return reading.loaded()


class LinesReading:
    """One pass over the lines: collects heads, sources, acts and problems."""

    def __init__(self, data: bytes, name: str) -> None:
        """Begin with nothing read."""
        self._data = data
        self._name = name
        self._items: list[Any] = []  # heads, sources and acts, told apart at the end
        self._problems: list[Problem] = []
        self._unread: set[str] = set()
        self._decoded = Decoding()

    def chunks(self) -> Iterator[int]:
        """Read chunk after chunk of whole lines; yields how many bytes are done."""
        start, size = 0, len(self._data)
        while start < size and len(self._problems) < MOST_PROBLEMS:
            end = self._data.find(b"\n", min(start + CHUNK, size) - 1) + 1 or size
            self._read(start, end)
            start = end
            yield end

    def _read(self, start: int, end: int) -> None:
        """Decode a chunk at once; where it has a fault, line by line so that every fault is found at its line."""
        chunk = composed_lines(self._data[start:end])
        found = None if has_longer_line(chunk, LONGEST) else self._decoded(chunk)
        if found is not None and _unambiguous(chunk, found):
            self._items.extend(found)
            return
        first = self._data.count(b"\n", 0, start) + 1
        for number, line in enumerate(chunk.split(b"\n"), first):
            if line.strip() and len(self._problems) < MOST_PROBLEMS:
                self._problems.extend(_at(problem, self._name, number) for problem in self._line(line))

    def _line(self, line: bytes) -> list[Problem]:
        """Take what one line holds, or say what is wrong with it."""
        if len(line) > LONGEST:
            return [self._refused("too-large", _too_long(len(line)))]
        data: object = None
        try:
            data = json.loads(line.decode(), object_pairs_hook=_object)
            self._items.append(_decoder().decode(line))
        except msgspec.ValidationError:
            return self._faults(data)
        except (ValueError, RecursionError) as fault:
            return [self._refused(*_syntax_fault(fault))]
        return []

    def _refused(self, code: str, fault: Phrase) -> Problem:
        self._unread.add("")
        return Problem(code=code, weight=Weight.BAR, phrase=fault)

    def _faults(self, data: object) -> list[Problem]:
        """Every fault of a line that is JSON and no entry."""
        if not isinstance(data, dict):
            return [self._refused("malformed", phrase("expected a JSON object"))]
        self._unread.update(str(value) for value in data.values() if isinstance(value, str))
        for line, struct in (("record", Head), ("source", Source)):
            if data.get("kind") == line:
                return list(islice(faults_in(data, struct, skip=frozenset({"kind"})), MOST_FAULTS))
        try:
            act_of(data)
        except Undecodable as fault:
            return fault.problems
        return [self._refused("malformed", phrase("cannot be read"))]

    def loaded(self) -> Loaded:
        """The record if nothing bars it, and every problem in it."""
        record = record_of(self._items)
        heads = [item for item in self._items if item.__class__ is HeadLine]
        found = [item for item in self._items if item.__class__ is SourceLine]
        across = gathered(problems_of(record), self._problems, self._unread)
        lines = _lines_by_id(self._data) if across else {}
        return Loaded.of(
            record,
            (
                *self._problems,
                *self._doubled(heads, found),
                *(_at(problem, self._name, _line_of(problem, lines)) for problem in across),
            ),
        )

    def _doubled(self, heads: list[Any], sources: list[Any]) -> Iterator[Problem]:  # as they came from the decoder
        if len(heads) > 1:
            fault = phrase("a record has one head; this has {n:number}", n=len(heads))
            yield unreadable(self._name, fault, code="second-head")
        seen: set[str] = set()
        for source in sources:
            if source.ref in seen:
                fault = phrase("the source {ref} stands in the record already", ref=source.ref)
                yield unreadable(self._name, fault, code="duplicate-source")
            seen.add(source.ref)


def record_of(items: Sequence[Any]) -> Record:  # heads, sources and acts, told apart here
    """The record that lines add up to, in their order; of several heads the last is in force."""
    head, sources, acts = Head(), dict[str, Source](), []
    for item in items:
        kind = item.__class__
        if kind is SourceLine:
            sources[item.ref] = item
        elif kind is HeadLine:
            head = item
        else:
            acts.append(item)
    return Record(head, sources, acts)


def composed_lines(chunk: bytes) -> bytes:
    """Lines with their texts in Unicode NFC, however they are escaped; what is no UTF-8 as it stands."""
    if b"\\u" in chunk:
        chunk = _ESCAPES.sub(_unescaped, chunk)
    if chunk.isascii():
        return chunk
    try:
        return normalize("NFC", chunk.decode()).encode()
    except UnicodeDecodeError:
        return chunk


_ESCAPES = re.compile(rb"\\\\|(?:\\u(?!00[0-7])[0-9A-Fa-f]{4})+")
"""A backslash that is escaped, or letters beyond ASCII that are."""


def _unescaped(found: re.Match[bytes]) -> bytes:
    """The letters; half a pair of surrogates (RFC 8259, 8.2) stays as it is."""
    try:
        return str(json.loads(b'"%b"' % found[0])).encode() if found[0] != b"\\\\" else found[0]
    except UnicodeEncodeError:
        return found[0]


def record_in(bodies: Sequence[bytes]) -> Record:
    """The record that entries of a ledger add up to, from stored bytes. Total: what is not known is kept."""
    items: list[Any] = []
    decoded = Decoding()
    for start in range(0, len(bodies), BODIES):
        some = bodies[start : start + BODIES]
        found = decoded(b"\n".join(some))
        items.extend(map(_read, some) if found is None or len(found) != len(some) else found)
    return record_of(items)


BODIES = 10_000
"""Stored entries that are decoded at once."""


def _read(body: bytes) -> Any:  # noqa: ANN401  # a head, a source or an act
    """What one stored entry holds; of an old kind by its upgrader, of an unknown one as it is."""
    try:
        return _decoder().decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        pass
    try:
        return act_of(msgspec.json.decode(body, type=dict))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return unknown(body)


def _unambiguous(chunk: bytes, found: list[Any]) -> bool:  # heads, sources and acts
    """Whether no object in a chunk gives a key twice, of which a decoder would keep the last without a word.

    What is written again as it stood has lost nothing: in canonical form, or with its keys in their own order.
    """
    if found and chunk.startswith(_SORTED.encode(found[0]) + b"\n"):
        return _SORTED.encode_lines(found) == chunk
    return _PLAIN.encode_lines(_PLAIN_DECODER.decode_lines(chunk)) == chunk


class _TwiceError(ValueError):
    """A key that one object gives twice."""


def _syntax_fault(fault: ValueError | RecursionError) -> tuple[str, Phrase]:
    """The code of a line that is no JSON, or not to be trusted as such, and what is wrong with it."""
    if isinstance(fault, UnicodeDecodeError):
        return "not-utf-8", phrase("is not UTF-8; save it as UTF-8")
    if isinstance(fault, _TwiceError):
        return "duplicate-key", phrase("gives {key} twice; one of them is lost", key=quoted(str(fault)))
    if isinstance(fault, RecursionError):
        return "too-deep", phrase("nests too deep")
    return "not-json", phrase("is not JSON: {why}", why=str(fault))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return found


def _too_long(length: int) -> Phrase:
    return phrase("is {n:number} bytes long; an entry has at most {largest:number}", n=length, largest=LONGEST)


def _line_of(problem: Problem, lines: dict[str, list[int]]) -> int:
    """The line of a problem's entry; of a duplicate, the later."""
    return lines[problem.entry or ""][-1 if problem.code == "duplicate-id" else 0]


def _lines_by_id(data: bytes) -> dict[str, list[int]]:
    """The numbers of the lines of each entry."""
    numbers: dict[str, list[int]] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            numbers.setdefault(_ID.decode(line).id, []).append(number)
        except (msgspec.DecodeError, ValueError, RecursionError):
            continue
    return numbers


class _Id(msgspec.Struct, frozen=True, gc=False):
    id: str = ""


_ID = msgspec.json.Decoder(_Id)


def _at(problem: Problem, name: str, line: int | None) -> Problem:
    field = problem.place.field if problem.place else None
    return msgspec.structs.replace(problem, place=Place(file=name, line=line, field=field))


def lines_of(record: Record) -> Iterator[bytes]:
    """A record as JSON Lines: its head, its sources, its acts, each in canonical form (RFC 8785)."""
    yield canonical({**data_of(record.head), "kind": "record"})
    for source in record.sources.values():
        yield canonical({**data_of(source), "kind": "source"})
    for act in record.acts:
        yield canonical(data_of(act))
