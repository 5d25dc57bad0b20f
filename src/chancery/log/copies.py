"""A copy of a whole log, as files: every step by which a stranger verifies it offline, each entry and each tile.

The names of files are made here from the checkpoint's size; no name that a file tells is ever followed.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING, Protocol

from chancery.log.bodies import bundle_lines, opened_of
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.cosignatures import signers
from chancery.log.heads import check_head, shown
from chancery.log.leaves import PUBLIC, read
from chancery.log.rotation import KIND, recorded
from chancery.log.stamps import check_stamp, stamp_fault
from chancery.log.steps import Steps
from chancery.log.tiles import BODIES, ENTRIES, WIDTH, Tile, hashed, row_tiles, rows, tiles, unbundled
from chancery.log.tree import HASH_LENGTH, Tree, leaf_hash
from chancery.log.verifying import checkpoint_step, opening_fault
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from chancery.log.leaves import Header
    from chancery.log.rotation import Rotation
    from chancery.log.trust import Trust
    from chancery.values import Phrase

CHECKPOINT = "checkpoint"
"""The file of the checkpoint."""
DOCUMENTS = "documents"
"""The folder of sources' files, each under its digest."""
CHECKPOINTS = "checkpoints"
"""The folder of every checkpoint that was kept, each under its place."""
STAMP_SUFFIX = ".tsr"
"""What the file of a time stamp has after the name of the file whose checkpoint it stamps."""
STAMP = f"{CHECKPOINT}{STAMP_SUFFIX}"
"""The file of its time stamp, where it has one."""


class Files(Protocol):
    """The files of a copy, by their names with '/' between folders."""

    def read(self, name: str, /) -> bytes | None:
        """A file's bytes, None where there is none. Raises Fault where it cannot be read."""

    def names(self) -> Iterable[str]:
        """The names of all files."""


class Copy:
    """A copy of a log that is verified: its checkpoint, and the tree over the entries that it holds.

    ``trust`` is that of its reader, who follows the changes of key that the entries tell.
    """

    def __init__(self, files: Files, signed: SignedCheckpoint, trust: Trust | None = None) -> None:
        """Take up a copy's files, none of them read but the checkpoint."""
        self.trust = trust
        self.files = files
        self.signed = signed
        self.size = signed.checkpoint.size
        self.tree = Tree()
        self._bundle: tuple[int, list[bytes]] = (-1, [])

    @property
    def whole(self) -> bool:
        """Whether every entry was found, so that its tree can be compared."""
        return len(self.tree) == self.size

    def entries(self, tile: Tile) -> list[bytes]:
        """The entries of a bundle. Raises Fault."""
        if self._bundle[0] != tile.index:
            self._bundle = (tile.index, unbundled(_needed(self.files, tile.path), tile.width))
        return self._bundle[1]

    def named(self, index: int) -> str:
        """What the entry at an index is called, as far as it can be read."""
        start = index - index % WIDTH
        tile = Tile(ENTRIES, index // WIDTH, min(WIDTH, self.size - start))
        try:
            return read(self.entries(tile)[index - start]).id
        except Fault:
            return "?"


class _Findings:
    """What reading every entry brought to light, step by step."""

    def __init__(self) -> None:
        self.headers: list[Phrase] = []
        self.bodies: list[Phrase] = []
        self.order: list[Phrase] = []
        self.rotations: list[Rotation] = []
        self.keys: list[Phrase] = []
        self.shown = 0
        self.latest: datetime | None = None


def verify_copy(
    files: Files, trust: Trust | None = None, watch: Callable[[int, int], None] = lambda _done, _of: None
) -> tuple[Steps, Copy | None]:
    """Verify a copy of a log; the copy as it was read, where it has a checkpoint. ``watch`` is told of each bundle."""
    steps = Steps()
    try:
        data, stamp, names = files.read(CHECKPOINT), files.read(STAMP), list(files.names())
    except Fault as fault:
        steps.failed("files", phrase("The files can be read"), phrase("files that can be read"), fault.phrase)
        return steps, None
    signed = checkpoint_step(steps, data)
    if signed is None:
        return steps, None
    copy, found = Copy(files, signed, trust), _Findings()
    with_bodies = any(name.startswith(f"{BODIES}/") for name in names)
    _read_all(copy, found, with_bodies=with_bodies, watch=watch)
    _key_step(steps, found)
    copy.trust = None if trust is None else trust.following(found.rotations)
    check_head(steps, signed, copy.trust)
    check_stamp(steps, signed, stamp, trust)
    _entry_steps(steps, copy, found)
    _tree_steps(steps, copy)
    _body_step(steps, copy, found, with_bodies=with_bodies)
    _rest_step(steps, copy, names)
    _beside_steps(steps, copy, names)
    return steps, copy


def _read_all(copy: Copy, found: _Findings, *, with_bodies: bool, watch: Callable[[int, int], None]) -> None:
    for tile in row_tiles(ENTRIES, copy.size):
        try:
            entries = copy.entries(tile)
        except Fault as fault:
            found.headers.append(_at(tile.path, fault.phrase))
            return
        lines = _lines(copy, tile, found) if with_bodies else []
        copy.tree.extend(map(leaf_hash, entries))
        for index, (leaf, line) in enumerate(zip(entries, lines or repeat(None), strict=False), tile.start):
            _read_entry(found, index, leaf, line)
        watch(tile.stop, copy.size)


def _lines(copy: Copy, tile: Tile, found: _Findings) -> list[bytes]:
    beside = Tile(BODIES, tile.index, tile.width)
    try:
        return bundle_lines(_needed(copy.files, beside.path), tile.width)
    except Fault as fault:
        found.bodies.append(_at(beside.path, fault.phrase))
        return []


def _read_entry(found: _Findings, index: int, leaf: bytes, line: bytes | None) -> None:
    try:
        header = read(leaf)
    except Fault as fault:
        found.headers.append(_at_entry(index, fault.phrase))
        return
    if found.latest is not None and header.recorded < found.latest:
        found.order.append(_at_entry(index, _back(header, found.latest)))
    found.latest = header.recorded
    if line is not None:
        _read_body(found, index, header, line)


def _read_body(found: _Findings, index: int, header: Header, line: bytes) -> None:
    try:
        opened = opened_of(line)
    except Fault as fault:
        found.bodies.append(_at_entry(index, fault.phrase))
        return
    if opened is None:
        return
    fault_found = opening_fault(header, opened)
    if fault_found is not None:
        found.bodies.append(_at_entry(index, fault_found))
    elif header.kind == KIND and header.audience == PUBLIC:
        _read_rotation(found, index, opened.body)
    found.shown += 1


def _read_rotation(found: _Findings, index: int, body: bytes) -> None:
    try:
        found.rotations.append(recorded(body, index))
    except Fault as fault:
        found.keys.append(_at_entry(index, fault.phrase))


def _key_step(steps: Steps, found: _Findings) -> None:
    """Take the step of changes of the log's keys, where there are any."""
    name = phrase("Every change of the log's key is signed by the old key and the new")
    if found.keys:
        steps.failed("keys", name, phrase("statements by both keys"), *found.keys)
    elif found.rotations:
        told = ", ".join(f"{each.new} ({each.size})" for each in found.rotations)
        steps.passed("keys", name, phrase("new keys, and the size from which each counts: {keys}", keys=told))


def _entry_steps(steps: Steps, copy: Copy, found: _Findings) -> None:
    name, expected = phrase("Every entry is there and can be read"), phrase("headers in their canonical form")
    if found.headers:
        steps.failed("entries", name, expected, *found.headers)
    else:
        steps.passed("entries", name, phrase("{n:number} entries", n=copy.size))
    name, expected = phrase("No entry was recorded before the one above it"), phrase("moments that never go back")
    if found.order:
        steps.failed("order", name, expected, *found.order)
    else:
        steps.passed("order", name, phrase("moments that never go back"))


def _tree_steps(steps: Steps, copy: Copy) -> None:
    name = phrase("The entries are those of the checkpoint")
    expected, root = phrase("the checkpoint's root: {root}", root=shown(copy.signed.checkpoint.root)), copy.tree.root()
    if not copy.whole:
        steps.failed("root", name, expected, phrase("{n} of {size} entries", n=len(copy.tree), size=copy.size))
    elif root != copy.signed.checkpoint.root:
        steps.failed("root", name, expected, phrase("the entries lead to {root}", root=shown(root)))
    else:
        steps.passed("root", name, phrase("the entries lead to {root}", root=shown(root)))
    name = phrase("The tiles hold the same tree as the entries")
    if not copy.whole:
        steps.left_out("tiles", name, phrase("not every entry is there"))
        return
    wrong = [fault for tile in tiles(copy.size) if tile.level is not None and (fault := _tile_fault(copy, tile))]
    if wrong:
        steps.failed("tiles", name, phrase("the hashes of the entries"), *wrong)
    else:
        steps.passed(
            "tiles", name, phrase("{n:number} tiles", n=sum(1 for each in tiles(copy.size) if each.level is not None))
        )


def _body_step(steps: Steps, copy: Copy, found: _Findings, *, with_bodies: bool) -> None:
    name = phrase("The bodies are those that were recorded")
    if found.bodies:
        steps.failed("bodies", name, phrase("the bodies that the headers commit to"), *found.bodies)
    elif not with_bodies and copy.size:
        steps.left_out("bodies", name, phrase("there are no bodies here"))
    else:
        steps.passed("bodies", name, phrase("{n} shown, {m} withheld", n=found.shown, m=copy.size - found.shown))


def _rest_step(steps: Steps, copy: Copy, names: Iterable[str]) -> None:
    """Nothing else may lie among the tiles and the bodies but tiles of earlier sizes that say the same."""
    name, counts = phrase("Nothing else lies among the tiles and bodies"), dict(rows(copy.size))
    within = sorted(each for each in names if each.startswith(("tile/", f"{BODIES}/")))
    wrong = [_at(quoted(each), fault) for each in within if (fault := _other_fault(copy, each, counts)) is not None]
    if wrong:
        steps.failed("rest", name, phrase("only what the checkpoint covers"), *wrong)
    else:
        steps.passed("rest", name, phrase("only what the checkpoint covers"))


def _beside_steps(steps: Steps, copy: Copy, names: Sequence[str]) -> None:
    """Take the steps of what may lie beside the log: sources' files, and earlier checkpoints."""
    for code, judge, name, expected in (
        (
            DOCUMENTS,
            _document_fault,
            phrase("Every document is the one that was filed"),
            phrase("bytes of the digest that each is filed under"),
        ),
        (
            CHECKPOINTS,
            _earlier_fault,
            phrase("Every checkpoint is a beginning of the entries"),
            phrase("roots of the entries, one after another"),
        ),
    ):
        within = sorted(each for each in names if each.startswith(f"{code}/"))
        wrong = [_at(quoted(each), fault) for each in within if (fault := judge(copy, each)) is not None]
        if wrong:
            steps.failed(code, name, expected, *wrong)
        elif within:
            steps.passed(code, name, phrase("{n:number} files", n=len(within)))


def _document_fault(copy: Copy, path: str) -> Phrase | None:
    try:
        found = sha256(_needed(copy.files, path)).hexdigest()
    except Fault as fault:
        return fault.phrase
    return None if path == f"{DOCUMENTS}/{found}" else phrase("its bytes have the digest {found}", found=found)


def _earlier_fault(copy: Copy, path: str) -> Phrase | None:
    try:
        signed = SignedCheckpoint.of(_needed(copy.files, path.removesuffix(STAMP_SUFFIX)))
        earlier = signed.checkpoint
        if path.endswith(STAMP_SUFFIX):
            return stamp_fault(_needed(copy.files, path), earlier.text.encode(), copy.trust)
        keys = [] if copy.trust is None else copy.trust.log_keys(earlier.size)
        if keys and not signers(signed, keys):
            return phrase("no signature by any key of this log")
    except Fault as fault:
        return fault.phrase
    if earlier.origin != copy.signed.checkpoint.origin or earlier.size > copy.size:
        return phrase("is of {size} entries of {origin}", size=earlier.size, origin=earlier.origin)
    if earlier.size > len(copy.tree) or copy.tree.root(earlier.size) == earlier.root:
        return None
    return phrase(
        "at {size} entries the entries lead to {root}", size=earlier.size, root=shown(copy.tree.root(earlier.size))
    )


def _tile_fault(copy: Copy, tile: Tile) -> Phrase | None:
    try:
        data = _needed(copy.files, tile.path)
    except Fault as fault:
        return _at(tile.path, fault.phrase)
    expected = hashed(tile, copy.tree.node)
    if data == expected:
        return None
    if len(data) != len(expected):
        return _at(tile.path, phrase("{found} bytes; {expected} are expected", found=len(data), expected=len(expected)))
    at = next(
        at
        for at in range(tile.width)
        if data[at * HASH_LENGTH :][:HASH_LENGTH] != expected[at * HASH_LENGTH :][:HASH_LENGTH]
    )
    return _at(tile.path, phrase("the hash {n} is another", n=tile.start + at))


def _other_fault(copy: Copy, path: str, counts: Mapping[str, int]) -> Phrase | None:
    """What is wrong with a file that lies there, whatever it holds where it is one of the log's own."""
    try:
        tile = Tile.of(path)
        count = counts.get(tile.row, 0)
        if tile.stop > count:
            return phrase("lies beyond the checkpoint's size")
        own = Tile(tile.row, tile.index, min(WIDTH, count - tile.start))
        if tile == own:
            return None
        data = _needed(copy.files, path)
        sound = bool(data) and _needed(copy.files, own.path).startswith(data)
    except Fault as fault:
        return fault.phrase
    return None if sound else phrase("says otherwise than the later tile")


def _needed(files: Files, path: str) -> bytes:
    data = files.read(path)
    if data is None:
        raise Fault(phrase("there is no file {name}", name=path))
    return data


def _at(path: str, fault: Phrase) -> Phrase:
    return phrase("{path}: {fault}", path=path, fault=fault)


def _at_entry(index: int, fault: Phrase) -> Phrase:
    return phrase("entry {index}: {fault}", index=index, fault=fault)


def _back(header: Header, latest: datetime) -> Phrase:
    text = latest.isoformat().replace("+00:00", "Z")
    return phrase("recorded {recorded}, after one of {latest}", recorded=header.instant.text, latest=text)
