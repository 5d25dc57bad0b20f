"""A stranger's verifier, written from docs/reference/verification.md with none of our code: it agrees with ours."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.log.copies import verify_copy
from chancery.log.trust import read_trust
from tests.logs import LOG_KEY, ORIGIN, TRUST, WITNESS_A, Held, Item, Log, items

FIELDS = {"audience", "body", "by", "id", "kind", "recorded", "version"}
VKEY = LOG_KEY.verifier.text


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def mth(hashes: list[bytes]) -> bytes:
    """RFC 6962, 2.1, over the hashes of leaves."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + mth(hashes[:k]) + mth(hashes[k:]))


def names(row: str, count: int) -> Iterator[tuple[str, int]]:
    """The files of a row, fewer than 256,000 of them, and how many each holds."""
    for index in range((count + 255) // 256):
        width = min(256, count - index * 256)
        yield f"{row}/{index:03}" + ("" if width == 256 else f".p/{width}"), width


def canonical(data: bytes) -> dict[str, object]:
    found = json.loads(data)
    assert json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == data
    assert isinstance(found, dict)
    return found


def signed_text(note: bytes, vkey: str) -> str:
    """The text of a note that a key signed."""
    text, _, lines = note.decode().rpartition("\n\n")
    name, key_id, encoded = vkey.split("+", 2)
    public = Ed25519PublicKey.from_public_bytes(b64decode(encoded)[1:])
    assert lines.endswith("\n")
    for line in lines[:-1].split("\n"):
        dash, by, signature = line.split(" ")
        data = b64decode(signature, validate=True)
        assert b64encode(data).decode() == signature  # the bits that stand for nothing are zero (RFC 4648, 3.5)
        assert dash == "—"
        if by == name and data[:4].hex() == key_id:
            public.verify(data[4:], (text + "\n").encode())
            return text
    raise AssertionError("no signature by the log")


def verify(files: Mapping[str, bytes]) -> None:
    """Raise unless these files are a whole log that was signed."""
    origin, size, root = signed_text(files["checkpoint"], VKEY).split("\n")
    count = int(size)
    assert origin == ORIGIN
    hashes: list[bytes] = []
    latest = ""
    for (name, width), (beside, _) in zip(names("tile/entries", count), names("bodies", count), strict=True):
        data, lines = files[name], files[beside].split(b"\n")
        assert len(lines) == width + 1
        assert lines.pop() == b""
        for line in lines:
            length = int.from_bytes(data[:2], "big")
            leaf, data = data[2 : 2 + length], data[2 + length :]
            hashes.append(sha256(b"\0" + leaf))
            header = canonical(leaf)
            assert set(header) == FIELDS
            assert latest <= str(header["recorded"])
            latest = str(header["recorded"])
            check_body(line, header)
        assert data == b""
    assert mth(hashes) == b64decode(root, validate=True)
    level, row = 0, hashes
    while row:
        for at, (name, width) in enumerate(names(f"tile/{level}", len(row))):
            assert files[name] == b"".join(row[at * 256 : at * 256 + width])
        level, row = level + 1, [mth(row[at : at + 256]) for at in range(0, len(row) // 256 * 256, 256)]


def check_body(line: bytes, header: dict[str, object]) -> None:
    if line == b"null":
        return
    assert line.startswith(b'{"body":')
    assert line.endswith(b'"}')
    body, salt = line[8:-2].rsplit(b',"salt":"', 1)
    assert salt == salt.lower()
    assert len(salt) == 64
    assert hashlib.sha256(b"chancery/body/v1\n" + bytes.fromhex(salt.decode()) + body).hexdigest() == header["body"]
    said = canonical(body)
    if header["audience"] == "public":
        assert (said["id"], said["kind"]) == (header["id"], header["kind"])


def holds(files: Mapping[str, bytes]) -> bool:
    try:
        verify(files)
    except (AssertionError, InvalidSignature, ValueError, KeyError, AttributeError):
        return False
    return True


MADE = [*items(299), Item.of("sealed", 400, audience="board", shown=False)]
FILES = Log(MADE, signers=(LOG_KEY, WITNESS_A)).files()
TRUSTED = read_trust(TRUST.replace("organisations = 2", "organisations = 0").encode())


@pytest.mark.parametrize("count", [0, 1, 2, 255, 256, 257, 300])
def test_a_stranger_finds_sound_what_we_find_sound(count: int) -> None:
    files = Log(MADE[:count], signers=(LOG_KEY,)).files()
    assert holds(files)
    assert verify_copy(Held(files), TRUSTED)[0].hold


@pytest.mark.slow
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
@settings(max_examples=200, deadline=None)
def test_a_stranger_finds_out_whatever_we_find_out(name: str, place: float, bit: int) -> None:
    data = bytearray(FILES[name])
    data[int(place * len(data))] ^= 1 << bit
    changed = {**FILES, name: bytes(data)}
    ours = verify_copy(Held(changed), TRUSTED)[0]
    assert ours.hold is holds(changed) or spoilt_witness(name, changed)


def spoilt_witness(name: str, changed: Mapping[str, bytes]) -> bool:
    """Our stranger does not look at witnesses."""
    return name == "checkpoint" and changed[name].startswith(FILES[name].split("— a.example".encode())[0])
