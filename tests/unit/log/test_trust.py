"""The trust file, and a log's change of key."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.log.keys import SignerKey, Sort
from chancery.log.rotation import Rotation, check_rotation, rotate
from chancery.log.trust import read_trust
from chancery.values import Fault
from tests.logs import LOG_KEY, ORIGIN, QUANTUM_KEY, STRANGER, TRUST, WITNESS_A, WITNESS_B

OLD, NEW, A, B = (key.verifier.text for key in (LOG_KEY, STRANGER, WITNESS_A, WITNESS_B))


def test_a_trust_file_names_the_log_its_witnesses_and_how_many_count() -> None:
    trust = read_trust(TRUST.encode())
    assert trust.origin == ORIGIN
    assert trust.log_keys(0) == trust.log_keys(2**62) == [LOG_KEY.verifier, QUANTUM_KEY.verifier]
    assert trust.organisations() == {WITNESS_A.verifier: "State A", WITNESS_B.verifier: "Institute B"}
    assert trust.quorum == 2


def test_a_key_counts_within_its_sizes_only() -> None:
    file = f"""
    quorum = {{organisations = 0}}
    [log]
    origin = "{ORIGIN}"
    keys = [{{key = "{OLD}", to = 9}}, {{key = "{NEW}", from = 10}}]
    """
    trust = read_trust(file.encode())
    assert trust.log_keys(9) == [LOG_KEY.verifier]
    assert trust.log_keys(10) == [STRANGER.verifier]


def changed(old: str, new: str) -> bytes:
    assert old in TRUST
    return TRUST.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is no trust file"),
        (b"\xff", "this is no trust file"),
        (b"a = [" + b"[" * 50_000, "this is no trust file"),
        (b"a = " + b"9" * 5_000, "this is no trust file"),
        (b"x = 1\n" + TRUST.encode(), "this is no trust file: Object contains unknown field"),
        (b"[log]\n" + TRUST.encode(), "this is no trust file"),
        (changed("organisations = 2", "organisations = -1"), "this is no trust file"),
        (changed("organisations = 2", "organisations = true"), "this is no trust file"),
        (changed("organisations = 2", "organisations = 3"), "3 organisations are asked for, and 2 are named"),
        (changed("Institute B", "State A"), "2 organisations are asked for, and 1 are named"),
        (changed(f'keys = ["{A}"]', "keys = []"), "this is no trust file"),
        (changed(A, A[:-4]), "has not the length of its type"),
        (changed(A, B), "one key stands here twice"),
        (changed(A, OLD), "a witness cosigns by keys of the types 4 and 6"),
        (changed(OLD, A), "is no key of board.example/log"),
        (changed(f'origin = "{ORIGIN}"', 'origin = "else.example"'), "is no key of else.example"),
        (
            changed(OLD, SignerKey.of_seed(ORIGIN, Sort.COSIGNATURE, bytes(32)).verifier.text),
            "a log signs by keys of the types 1 and 6",
        ),
        (changed(f'key = "{OLD}"', f'key = "{OLD}"\nfrom = 2\nto = 1'), "the sizes of a key run from 2 to 1"),
        (b"#" * 1_000_001, "1000001 bytes; a trust file has at most 1,000,000"),
    ],
)
def test_what_is_no_trust_file_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Fault, match=said):
        read_trust(data)


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_whatever_is_read_the_reader_answers_with_a_fault(data: bytes) -> None:
    with pytest.raises(Fault):
        read_trust(data)


def test_a_change_of_key_is_stated_by_both_keys_and_is_recorded_as_json() -> None:
    said = rotate(ORIGIN, 1000, LOG_KEY, QUANTUM_KEY)
    again = msgspec.json.decode(msgspec.json.encode(said), type=Rotation)
    assert check_rotation(again) == (LOG_KEY.verifier, QUANTUM_KEY.verifier)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 999}, f"the key {LOG_KEY.verifier.id.hex()} did not sign that board.example/log changes its key"),
        ({"by_old": ""}, f"the key {LOG_KEY.verifier.id.hex()} did not sign"),
        ({"new": STRANGER.verifier.text}, f"the key {LOG_KEY.verifier.id.hex()} did not sign"),
        ({"by_new": rotate(ORIGIN, 1, LOG_KEY, STRANGER).by_new}, f"the key {QUANTUM_KEY.verifier.id.hex()} did not"),
        ({"origin": "else.example"}, "a key gives way to another key of else.example"),
        ({"new": A}, "a key gives way to another key of board.example/log"),
        ({"new": OLD}, "a key gives way to another key of board.example/log"),
        ({"new": "x"}, "is not a key"),
        ({"by_new": "é"}, "is not in base64"),
    ],
)
def test_a_change_of_key_that_one_key_did_not_state_is_refused(change: dict[str, object], said: str) -> None:
    rotation = msgspec.structs.replace(rotate(ORIGIN, 1000, LOG_KEY, QUANTUM_KEY), **change)
    with pytest.raises(Fault, match=said):
        check_rotation(rotation)
