"""Attacks on a log that somebody wants to read otherwise: each is detected, by a step and with words of its own.

Three attackers: one who can write to the files; one who has stolen the log's key as well; one who makes files that are
no log at all. The reader has the program, a trust file, and perhaps an old checkpoint or receipt.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.cli.main import chancery
from chancery.log.bodies import opened_of
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.copies import verify_copy
from chancery.log.cosignatures import sign
from chancery.log.keys import SignerKey, VerifierKey
from chancery.log.leaves import read
from chancery.log.notes import Signature, read_note
from chancery.log.receipts import Receipt
from chancery.log.stamps import stamp_fault
from chancery.log.tiles import Tile, bundled, unbundled
from chancery.log.trust import read_trust
from chancery.log.witness import Request
from chancery.values import Fault
from tests.logs import (
    LOG_KEY,
    QUANTUM_KEY,
    SIGNERS,
    STRANGER,
    TIME,
    TRUST,
    WITNESS_A,
    WITNESS_B,
    Held,
    Item,
    Log,
    items,
    laid,
    salt_of,
)

Files = dict[str, bytes]

HONEST = Log(items(6))
HEAD = HONEST.head()
STOLEN = (LOG_KEY, QUANTUM_KEY)
"""Keys that an attacker has who broke into the log, but into no witness."""
ENTRIES, HASHES, BODIES = "tile/entries/000.p/6", "tile/0/000.p/6", "bodies/000.p/6"


def with_entry(leaf: bytes) -> Files:
    """Files whose third entry is another, the rest left as it was."""
    leaves = HONEST.leaves(0, 6)
    return {**HONEST.files(), ENTRIES: bundled([*leaves[:2], leaf, *leaves[3:]])}


def under_old_head(made: list[Item]) -> Files:
    """Another log's files, all of them made to fit, under the checkpoint that was signed of the honest one."""
    return {**Log(made).files(), "checkpoint": HEAD.data}


def under_head(*signatures: Signature) -> Files:
    """The honest files under their checkpoint with other signatures."""
    return {**HONEST.files(), "checkpoint": SignedCheckpoint.made(HEAD.checkpoint, *signatures).data}


def signed_by(*keys: SignerKey) -> Files:
    """The honest files, signed by other keys."""
    return under_head(*(sign(HEAD.checkpoint, key, TIME) for key in keys))


def with_body(line: bytes) -> Files:
    """Files in which another line shows the third body."""
    lines = HONEST.files()[BODIES].splitlines(keepends=True)
    return {**HONEST.files(), BODIES: b"".join([*lines[:2], line, *lines[3:]])}


LEAF = HONEST.items[2].leaf
LINE = HONEST.files()[BODIES].splitlines(keepends=True)[2]
OTHER = [*items(6)[:2], Item.of("entry-2", 2, changed="now"), *items(6)[3:]]
COSIGNED = HEAD.note.signatures[2]

ON_FILES: dict[str, tuple[Files, str, str]] = {
    "edit an entry": (with_entry(LEAF.replace(b"entry-2", b"entry-9")), "root", "the entries lead to"),
    "edit an entry and its hashes": (under_old_head(OTHER), "root", "the entries lead to"),
    "delete an entry": (
        {**HONEST.files(), ENTRIES: bundled(HONEST.leaves(0, 5))},
        "entries",
        "tile/entries/000.p/6: the bundle ends within its entry 5",
    ),
    "delete an entry in the middle": (under_old_head([*items(6)[:2], *items(7)[3:]]), "root", "the entries lead to"),
    "insert an entry": (
        {**HONEST.files(), ENTRIES: bundled([LEAF, *HONEST.leaves(0, 6)])},
        "entries",
        f"the bundle has {len(LEAF) + 2} bytes after its last entry",
    ),
    "insert an entry in another's place": (
        under_old_head([*items(2), Item.of("new", 2), *items(6)[2:5]]),
        "root",
        "the entries lead to",
    ),
    "reorder two entries": (
        under_old_head([*items(2), items(6)[3], items(6)[2], *items(6)[4:]]),
        "order",
        "entry 3: recorded 2026-01-22T12:00:02Z, after one of 2026-01-22T12:00:03Z",
    ),
    "truncate": (
        {name: data for name, data in HONEST.files().items() if name != ENTRIES},
        "entries",
        "there is no file tile/entries/000.p/6",
    ),
    "change a hash in a tile": (
        {**HONEST.files(), HASHES: HONEST.files()[HASHES][:-1] + b"?"},
        "tiles",
        "tile/0/000.p/6: the hash 5 is another",
    ),
    "claim more entries than anyone could count": (
        {**HONEST.files(), "checkpoint": HEAD.data.replace(b"\n6\n", f"\n{2**63 - 1}\n".encode())},
        "entries",
        "there is no file tile/entries/000",
    ),
    "hide an entry beyond the checkpoint": (
        {**HONEST.files(), "tile/entries/000.p/7": b"?"},
        "rest",
        "lies beyond the checkpoint's size",
    ),
    "forge a checkpoint": (
        {**HONEST.files(), "checkpoint": HEAD.data.replace(b"\n6\n", b"\n5\n")},
        "log-signature",
        "the signature by board.example/log is not of this checkpoint",
    ),
    "sign by a wrong key of the same name": (
        signed_by(STRANGER, WITNESS_A, WITNESS_B),
        "log-signature",
        "no signature by any key of this log",
    ),
    "sign by the key of a witness": (signed_by(WITNESS_A, WITNESS_B), "log-signature", "no signature by any key"),
    "leave out the witnesses": (signed_by(LOG_KEY), "witnesses", "cosigned by 0: -"),
    "cosign twice by one organisation": (
        signed_by(LOG_KEY, WITNESS_A, WITNESS_A),
        "witnesses",
        "cosigned by 1: State A",
    ),
    "replay a cosignature": (
        under_head(*HEAD.note.signatures[:2], *HONEST.head(5).note.signatures[2:]),
        "witnesses",
        "the signature by a.example/witness is not of this checkpoint",
    ),
    "change the time of a cosignature": (
        under_head(*HEAD.note.signatures[:2], msgspec.structs.replace(COSIGNED, data=bytes(8) + COSIGNED.data[8:])),
        "witnesses",
        "the signature by a.example/witness is not of this checkpoint",
    ),
    "name a witness in other letters": (
        {**HONEST.files(), "checkpoint": HEAD.data.replace("— a.example".encode(), "— a.exаmple".encode())},  # Cyrillic
        "witnesses",
        "cosigned by 1: Institute B",
    ),
    "show another log": (
        Log(items(6), origin="b0ard.example/log").files(),
        "origin",
        "b0ard.example/log",
    ),
    "show a body with another salt": (
        with_body(LINE.replace(salt_of("entry-2").hex().encode(), salt_of("entry-3").hex().encode())),
        "bodies",
        "entry 2: the salt and the body are not those that the header commits to",
    ),
    "show another body": (
        with_body(LINE.replace(b'"id":"entry-2"', b'"id":"entry-9"')),
        "bodies",
        "entry 2: the salt and the body are not those that the header commits to",
    ),
    "show the body of another entry": (
        with_body(HONEST.files()[BODIES].splitlines(keepends=True)[3]),
        "bodies",
        "entry 2: the salt and the body are not those that the header commits to",
    ),
    "bring back a body that was shredded": (
        {
            **Log([*items(2), Item(LEAF, None), *items(6)[3:]]).files(),
            "checkpoint": HEAD.data,
            "bodies/000.p/3": HONEST.files()[BODIES][: -len(LINE) * 3],
        },
        "rest",
        "says otherwise than the later tile",
    ),
    "write the salt otherwise": (
        with_body(LINE.replace(b'"salt":"', b'"salt": "')),
        "bodies",
        "entry 2: this is no body with its salt",
    ),
    "begin the body with another letter": (
        with_body(LINE.replace(b'"body":{', b'"body":[{')),
        "bodies",
        "entry 2: the salt and the body are not those that the header commits to",
    ),
}

STOLEN_KEY: dict[str, tuple[list[Item], str]] = {
    "edit": (OTHER, "changed: entry 2, entry-2"),
    "delete": ([*items(6)[:2], *items(6)[3:]], "removed: entry 2 of the other, entry-2"),
    "insert": ([*items(2), Item.of("new", 1), *items(6)[2:]], "inserted: entry 2, new"),
    "reorder": ([*items(2), items(6)[3], items(6)[2], *items(6)[4:]], "reordered: entry 2, entry-3, was entry 3"),
    "backdate": ([Item.of("backdated", 0), *items(6)], "inserted: entry 0, backdated"),
}

NO_LEAF: dict[str, tuple[bytes, str]] = {
    "a key twice": (
        LEAF.replace(b'"version":1', b'"version":1,"version":1'),
        "this header is not in its canonical form",
    ),
    "a key twice, written otherwise": (
        LEAF.replace(b'"version":1', b'"version":1,"v\\u0065rsion":1'),
        "this header is not in its canonical form",
    ),
    "an unknown field": (LEAF.replace(b'"version":1', b'"version":1,"z":1'), "this is no header of an entry"),
    "a huge number": (LEAF.replace(b'"version":1', b'"version":' + b"9" * 6000), "this is no header of an entry"),
    "an infinite number": (LEAF.replace(b'"version":1', b'"version":1e999'), "this is no header of an entry"),
    "a fraction": (LEAF.replace(b'"version":1', b'"version":1.0'), "this is no header of an entry"),
    "deep nesting": (LEAF.replace(b'"version":1', b'"version":' + b"[" * 60_000), "this is no header of an entry"),
    "letters that are no UTF-8": (LEAF.replace(b"entry-2", b"entry-\xff"), "this is no header of an entry"),
    "half a letter": (LEAF.replace(b"entry-2", b"entry-\\ud800"), "this is no header of an entry"),
    "a NUL": (LEAF.replace(b"entry-2", b"entry-\\u0000"), "id: a name has printable characters only"),
    "a name that turns the line": (
        LEAF.replace(b"entry-2", "entry-\N{RIGHT-TO-LEFT OVERRIDE}2".encode()),
        "id: a name has printable characters only",
    ),
    "orders to the terminal": (LEAF.replace(b"entry-2", b"\\u001b[2J"), "id: a name has printable characters only"),
    "a name in two forms of Unicode": (
        LEAF.replace(b"entry-2", "entre\u0301e-2".encode()),
        "id: a name has printable characters only, in Unicode NFC",
    ),
    "a moment that is none": (LEAF.replace(b"12:00:02Z", b"25:00:02Z"), "this is no header of an entry"),
    "a moment by another clock": (LEAF.replace(b"12:00:02Z", b"12:00:02+01:00"), "recorded: a moment in UTC"),
    "no header at all": (b"", "this is no header of an entry"),
}

NAMES = [
    "tile/0/../../../secret",
    "tile/0/000.p/6/../7",
    "tile/0/x000/000",
    "tile/0/000.p/06",
    "tile/64/000",
    "tile/entries/0",
    "bodies/000.p/0",
    "bodies/.000",
    "tile/0/000 ",
    "tile/0/００0",
    "tile/entries/000.p/6\n",
]


def told(folder: Path, tmp_path: Path, *more: object) -> dict[str, tuple[str, str]]:
    """Each step of `chancery verify`: its outcome, and what was found."""
    (tmp_path / "trust.toml").write_text(TRUST, "utf-8")
    words = ["verify", str(folder), "--trust", str(tmp_path / "trust.toml"), "--format", "json", *map(str, more)]
    ran = CliRunner().invoke(chancery, words)
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    said = json.loads(ran.stdout)
    assert ran.exit_code == (0 if said["verified"] else 1)
    return {step["step"]: (step["outcome"], "; ".join(step["found"])) for step in said["steps"]}


def test_the_log_is_sound_before_it_is_attacked(tmp_path: Path) -> None:
    found = told(laid(tmp_path / "log", HONEST.files()), tmp_path)
    assert {outcome for outcome, _ in found.values()} == {"passed", "left out"}


@pytest.mark.parametrize("attack", ON_FILES)
def test_who_can_write_to_the_files_is_found_out(attack: str, tmp_path: Path) -> None:
    files, step, said = ON_FILES[attack]
    outcome, found = told(laid(tmp_path / "log", files), tmp_path)[step]
    assert outcome == "failed"
    assert said in found


@pytest.mark.parametrize("attack", STOLEN_KEY)
def test_who_stole_the_key_of_the_log_is_found_out_by_the_witnesses(attack: str, tmp_path: Path) -> None:
    made, _ = STOLEN_KEY[attack]
    found = told(laid(tmp_path / "log", Log(made, signers=STOLEN).files()), tmp_path)
    assert found["log-signature"][0] == "passed"
    assert found["witnesses"] == ("failed", "cosigned by 0: -")


@pytest.mark.parametrize("attack", STOLEN_KEY)
@pytest.mark.parametrize("kept", [HONEST.head(4).data, HONEST.receipt(1, 4).data], ids=["checkpoint", "receipt"])
def test_who_stole_every_key_is_found_out_by_what_somebody_kept(attack: str, kept: bytes, tmp_path: Path) -> None:
    made, _ = STOLEN_KEY[attack]
    laid(tmp_path, {"kept": kept})
    found = told(laid(tmp_path / "log", Log(made, signers=SIGNERS).files()), tmp_path, "--against", tmp_path / "kept")
    assert found["witnesses"][0] == "passed"
    outcome, said = found["consistent"]
    assert outcome == "failed"
    assert "at 4 entries this copy has the root" in said


@pytest.mark.parametrize("attack", STOLEN_KEY)
def test_a_split_view_shows_where_two_readers_copies_part(attack: str, tmp_path: Path) -> None:
    made, said = STOLEN_KEY[attack]
    other = laid(tmp_path / "other", HONEST.files())
    found = told(laid(tmp_path / "log", Log(made).files()), tmp_path, "--against", other)
    assert found["consistent"][0] == "failed"
    assert said in found["consistent"][1]


def test_a_roll_back_to_an_old_copy_is_found_out_by_a_later_receipt(tmp_path: Path) -> None:
    laid(tmp_path, {"kept": HONEST.receipt(5).data})
    found = told(laid(tmp_path / "log", Log(items(4)).files()), tmp_path, "--against", tmp_path / "kept")
    assert found["consistent"] == ("failed", "2 entries are missing at its end")


def test_a_split_view_of_one_size_is_found_out_by_two_receipts(tmp_path: Path) -> None:
    laid(tmp_path, {"one": HONEST.receipt(0).data, "two": Log(OTHER).receipt(0).data})
    outcome, said = told(tmp_path / "one", tmp_path, "--against", tmp_path / "two")["consistent"]
    assert outcome == "failed"
    assert "at 6 entries this copy has the root" in said


@pytest.mark.parametrize("attack", NO_LEAF)
def test_what_is_no_header_is_refused_though_its_hash_is_in_the_tree(attack: str, tmp_path: Path) -> None:
    leaf, said = NO_LEAF[attack]
    assert leaf != LEAF
    made = Log([*items(2), Item(leaf, None), *items(6)[3:]])
    found = told(laid(tmp_path / "log", made.files()), tmp_path)
    assert found["root"][0] == "passed"
    assert found["entries"][0] == "failed"
    assert f"entry 2: {said}" in found["entries"][1]
    receipt = laid(tmp_path, {"receipt": made.receipt(2).data}) / "receipt"
    assert any(outcome == "failed" for outcome, _ in told(receipt, tmp_path).values())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_tiles_is_never_followed(name: str) -> None:
    steps, _ = verify_copy(Held({**HONEST.files(), name: b"?"}), read_trust(TRUST.encode()))
    (failed,) = [step for step in steps.all if step.outcome == "failed"]
    assert failed.code == "rest"
    assert "is not the path of a tile" in str(failed.found[0])


def small() -> tuple[Log, str]:
    """A small log with one signature of each sort that a bit can spoil, and a trust file that asks for both."""
    text = TRUST.replace("organisations = 2", "organisations = 1")
    return Log([*items(2), Item.of("sealed", 3, audience="board", shown=False)], signers=(LOG_KEY, WITNESS_A)), text


@pytest.mark.slow
def test_every_single_bit_of_a_small_log_counts() -> None:
    log, text = small()
    trust, files = read_trust(text.encode()), log.files()
    assert verify_copy(Held(files), trust)[0].hold
    unseen, seen = [], 0
    for name, data in files.items():
        for bit in range(len(data) * 8):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            if verify_copy(Held({**files, name: bytes(changed)}), trust)[0].hold:
                unseen.append((name, bit))
            else:
                seen += 1
    assert (unseen, seen) == ([], 8 * sum(map(len, files.values())))


def test_the_harness_would_see_a_bit_that_does_not_count() -> None:
    """The control: without a trust file the signatures are not looked at, and the same flip goes unseen."""
    log, _ = small()
    data = bytearray(log.files()["checkpoint"])
    data[-5] ^= 1
    assert verify_copy(Held({**log.files(), "checkpoint": bytes(data)}), None)[0].hold


@pytest.mark.parametrize("size", [2, 5, 6])
def test_every_file_that_is_gone_is_missed(size: int) -> None:
    files = Log(items(size)).files()
    for gone in files:
        left = {name: data for name, data in files.items() if name != gone}
        steps, _ = verify_copy(Held(left), read_trust(TRUST.encode()))
        shown = [step for step in steps.all if step.code == "bodies"]
        assert not steps.hold or shown[0].outcome == "left out"


READERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "a receipt": (HONEST.receipt(2).data, Receipt.of),
    "a checkpoint": (HEAD.data, SignedCheckpoint.of),
    "a note": (HEAD.data, read_note),
    "a header": (LEAF, read),
    "a trust file": (TRUST.encode(), read_trust),
    "a bundle of entries": (HONEST.files()[ENTRIES], lambda data: unbundled(data, 6)),
    "a line of bodies": (LINE, opened_of),
    "a tile of hashes": (HONEST.files()[HASHES], lambda data: verify_copy(Held({**HONEST.files(), HASHES: data}))),
    "a copy's entries": (HONEST.files()[ENTRIES], lambda data: verify_copy(Held({**HONEST.files(), ENTRIES: data}))),
    "a copy's bodies": (HONEST.files()[BODIES], lambda data: verify_copy(Held({**HONEST.files(), BODIES: data}))),
    "a time stamp": (b"0\x05\x30\x03\x02\x01\x02", lambda data: stamp_fault(data, b"", None)),
    "a request to a witness": (Request(0, (), HEAD).data, Request.of),
    "a tile's path": (b"tile/0/x001/067.p/12", lambda data: Tile.of(data.decode("utf-8", "replace"))),
    "a key": (LOG_KEY.verifier.text.encode(), lambda data: VerifierKey.of(data.decode("utf-8", "replace"))),
    "a secret key": (LOG_KEY.text.encode(), lambda data: SignerKey.of(data.decode("utf-8", "replace"))),
}


@st.composite
def mangled(draw: st.DrawFn, sound: bytes) -> bytes:
    """Sound bytes with a few pieces taken out, put in, doubled or changed."""
    data = sound
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = draw(st.integers(start, min(len(data), start + 40)))
        piece = draw(
            st.binary(max_size=6) | st.sampled_from([b"", data[start:stop] * 2, b"\n", b"\0", b"9" * 400, b"[" * 999])
        )
        data = data[:start] + piece + data[stop:]
    return data


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_read_a_reader_answers_with_a_fault_or_reads_it(reader: str, data: st.DataObject) -> None:
    sound, reads = READERS[reader]
    with suppress(Fault):
        reads(data.draw(mangled(sound)))
