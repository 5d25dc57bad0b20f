"""Time stamps (RFC 3161): by an authority that the test makes itself, with openssl, and verified offline."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from chancery.cli.main import chancery
from chancery.log import stamps
from chancery.log.copies import verify_copy
from chancery.log.trust import Trust, read_trust
from chancery.log.verifying import verify_checkpoint
from tests.logs import TRUST, Held, Log, items, laid
from tests.stamping import Authority, certificate
from tests.unit.log.test_receipts import failures, outcomes

pytestmark = pytest.mark.slow

HEAD = Log(items(4)).head()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def trust_file(authority: Authority) -> str:
    return f"{TRUST}\n{authority.trusted}"


def test_a_time_stamp_of_the_checkpoint_is_verified(authority: Authority) -> None:
    trust = read_trust(trust_file(authority).encode())
    steps = verify_checkpoint(HEAD.data, trust, authority.stamp(HEAD.checkpoint.text.encode()))
    assert steps.hold
    assert outcomes(steps)["time-stamp"] == "passed"
    assert str(steps.all[-1].found[0]).startswith("Test authority, 20")


def test_a_time_stamp_of_another_checkpoint_fails(authority: Authority) -> None:
    trust = read_trust(trust_file(authority).encode())
    steps = verify_checkpoint(HEAD.data, trust, authority.stamp(b"another text"))
    assert failures(steps) == {"time-stamp": "Test authority: Mismatch between messages"}


def test_a_time_stamp_by_an_authority_that_is_not_trusted_fails(authority: Authority) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    chain = certificate("Test root", key, key).public_bytes(Encoding.PEM).decode()
    text = f'{TRUST}\n[[authorities]]\nname = "Other"\ncertificates = """\n{chain}"""\n'
    steps = verify_checkpoint(HEAD.data, read_trust(text.encode()), authority.stamp(HEAD.checkpoint.text.encode()))
    assert failures(steps)["time-stamp"].startswith("Other: ")


@pytest.mark.parametrize("data", [b"", b"\x30\x80", b"x" * 1000])
def test_what_is_no_time_stamp_fails(authority: Authority, data: bytes) -> None:
    trust = read_trust(trust_file(authority).encode())
    assert failures(verify_checkpoint(HEAD.data, trust, data))["time-stamp"].startswith("Test authority: ")


def test_any_bit_of_a_time_stamps_hash_and_signature_counts(authority: Authority) -> None:
    trust = read_trust(trust_file(authority).encode())
    sound = authority.stamp(HEAD.checkpoint.text.encode())
    for at in (len(sound) - 1, len(sound) - 20, sound.index(b"Test authority")):
        data = bytearray(sound)
        data[at] ^= 1
        assert "time-stamp" in failures(verify_checkpoint(HEAD.data, trust, bytes(data)))


def test_a_time_stamp_is_left_out_where_nobody_is_trusted_for_it_or_the_option_is_missing(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = authority.stamp(HEAD.checkpoint.text.encode())
    for trust in (None, read_trust(TRUST.encode())):
        steps = verify_checkpoint(HEAD.data, trust, sound)
        assert (outcomes(steps)["time-stamp"], steps.hold) == ("left out", True)
    monkeypatch.setattr(stamps, "find_spec", lambda name: None if name == "rfc3161_client" else find_spec(name))
    for trust in (None, read_trust(trust_file(authority).encode())):
        steps = verify_checkpoint(HEAD.data, trust, b"x")
        assert str(steps.all[-1].found[0]) == "install chancery[timestamp] to verify it"
    assert stamps.stamp_fault(b"x", b"y", None) is None


@pytest.mark.parametrize("trust", [None, read_trust(TRUST.encode())])
def test_a_time_stamp_is_of_the_checkpoint_though_nobody_is_trusted_for_it(
    authority: Authority, trust: Trust | None
) -> None:
    other = verify_checkpoint(HEAD.data, trust, authority.stamp(b"another text"))
    assert failures(other) == {"time-stamp": "it stamps something else than this checkpoint"}
    assert failures(verify_checkpoint(HEAD.data, trust, b"x"))["time-stamp"].startswith("this is no time stamp: ")


def test_the_time_stamps_of_earlier_checkpoints_are_verified_too(authority: Authority) -> None:
    files = {**Log(items(4)).files(), "checkpoints/0": HEAD.data}
    sound, other = (authority.stamp(text) for text in (HEAD.checkpoint.text.encode(), b"another text"))
    for trust in (None, read_trust(trust_file(authority).encode())):
        assert verify_copy(Held({**files, "checkpoints/0.tsr": sound}), trust)[0].hold
        steps, _ = verify_copy(Held({**files, "checkpoints/0.tsr": other}), trust)
        assert failures(steps).keys() == {"checkpoints"}


def test_the_command_finds_a_time_stamp_beside_the_checkpoint(tmp_path: Path, authority: Authority) -> None:
    log = Log(items(4))
    stamped = authority.stamp(log.head().checkpoint.text.encode())
    folder = laid(tmp_path / "log", {**log.files(), "checkpoint.tsr": stamped})
    laid(tmp_path, {"trust.toml": trust_file(authority).encode(), "r": log.receipt(1).data, "r.tsr": stamped})
    for path in (folder, tmp_path / "r"):
        ran = CliRunner().invoke(chancery, ["verify", str(path), "--trust", str(tmp_path / "trust.toml")])
        assert ran.exit_code == 0
        assert "Test authority, 20" in ran.output
