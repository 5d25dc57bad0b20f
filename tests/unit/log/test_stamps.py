"""Time stamps (RFC 3161): by an authority that the test makes itself, with openssl, and verified offline."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chancery.cli.main import chancery
from chancery.log import stamps
from chancery.log.trust import read_trust
from chancery.log.verifying import verify_checkpoint
from tests.logs import TRUST, Log, items, laid
from tests.unit.log.test_receipts import failures, outcomes

pytestmark = pytest.mark.slow

HEAD = Log(items(4)).head()
CONFIG = """
[tsa]
default_tsa = authority
[authority]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(subject: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate by the test's root: the root's own, or one that may stamp the time and nothing else."""
    root = key is by
    made = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named("Test root"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
    )
    if not root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(by, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority in a folder."""
    folder = tmp_path_factory.mktemp("authority")
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "ca.pem").write_bytes(certificate("Test root", root, root).public_bytes(Encoding.PEM))
    (folder / "tsa.pem").write_bytes(certificate("Test authority", key, root).public_bytes(Encoding.PEM))
    (folder / "tsa.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder), "utf-8")
    (folder / "serial").write_text("01\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def stamp(authority: Path) -> Callable[[bytes], bytes]:
    def stamped(text: bytes) -> bytes:
        data, query, reply = (authority / name for name in ("data", "query", "reply"))
        data.write_bytes(text)
        asked = ["openssl", "ts", "-query", "-data", str(data), "-sha256", "-cert", "-out", str(query)]
        given = ["openssl", "ts", "-reply", "-queryfile", str(query), "-config", str(authority / "tsa.cnf")]
        subprocess.run(asked, check=True, capture_output=True)
        subprocess.run([*given, "-out", str(reply)], check=True, capture_output=True)
        return reply.read_bytes()

    return stamped


def trust_file(authority: Path) -> str:
    chain = (authority / "ca.pem").read_text("utf-8")
    return f'{TRUST}\n[[authorities]]\nname = "Test authority"\ncertificates = """\n{chain}"""\n'


def test_a_time_stamp_of_the_checkpoint_is_verified(authority: Path, stamp: Callable[[bytes], bytes]) -> None:
    trust = read_trust(trust_file(authority).encode())
    steps = verify_checkpoint(HEAD.data, trust, stamp(HEAD.checkpoint.text.encode()))
    assert steps.hold
    assert outcomes(steps)["time-stamp"] == "passed"
    assert str(steps.all[-1].found[0]).startswith("Test authority, 20")


def test_a_time_stamp_of_another_checkpoint_fails(authority: Path, stamp: Callable[[bytes], bytes]) -> None:
    trust = read_trust(trust_file(authority).encode())
    steps = verify_checkpoint(HEAD.data, trust, stamp(b"another text"))
    assert failures(steps) == {"time-stamp": "Test authority: Mismatch between messages"}


def test_a_time_stamp_by_an_authority_that_is_not_trusted_fails(stamp: Callable[[bytes], bytes]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    chain = certificate("Test root", key, key).public_bytes(Encoding.PEM).decode()
    text = f'{TRUST}\n[[authorities]]\nname = "Other"\ncertificates = """\n{chain}"""\n'
    steps = verify_checkpoint(HEAD.data, read_trust(text.encode()), stamp(HEAD.checkpoint.text.encode()))
    assert failures(steps)["time-stamp"].startswith("Other: ")


@pytest.mark.parametrize("data", [b"", b"\x30\x80", b"x" * 1000])
def test_what_is_no_time_stamp_fails(authority: Path, data: bytes) -> None:
    trust = read_trust(trust_file(authority).encode())
    assert failures(verify_checkpoint(HEAD.data, trust, data))["time-stamp"].startswith("Test authority: ")


def test_any_bit_of_a_time_stamps_hash_and_signature_counts(authority: Path, stamp: Callable[[bytes], bytes]) -> None:
    trust = read_trust(trust_file(authority).encode())
    sound = stamp(HEAD.checkpoint.text.encode())
    for at in (len(sound) - 1, len(sound) - 20, sound.index(b"Test authority")):
        data = bytearray(sound)
        data[at] ^= 1
        assert "time-stamp" in failures(verify_checkpoint(HEAD.data, trust, bytes(data)))


def test_a_time_stamp_is_left_out_where_nobody_is_trusted_for_it_or_the_option_is_missing(
    authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for trust in (None, read_trust(TRUST.encode())):
        steps = verify_checkpoint(HEAD.data, trust, b"x")
        assert (outcomes(steps)["time-stamp"], steps.hold) == ("left out", True)
    monkeypatch.setattr(stamps, "find_spec", lambda name: None if name == "rfc3161_client" else find_spec(name))
    steps = verify_checkpoint(HEAD.data, read_trust(trust_file(authority).encode()), b"x")
    assert str(steps.all[-1].found[0]) == "install chancery[timestamp] to verify it"


def test_the_command_finds_a_time_stamp_beside_the_checkpoint(
    tmp_path: Path, authority: Path, stamp: Callable[[bytes], bytes]
) -> None:
    log = Log(items(4))
    stamped = stamp(log.head().checkpoint.text.encode())
    folder = laid(tmp_path / "log", {**log.files(), "checkpoint.tsr": stamped})
    laid(tmp_path, {"trust.toml": trust_file(authority).encode(), "r": log.receipt(1).data, "r.tsr": stamped})
    for path in (folder, tmp_path / "r"):
        ran = CliRunner().invoke(chancery, ["verify", str(path), "--trust", str(tmp_path / "trust.toml")])
        assert ran.exit_code == 0
        assert "Test authority, 20" in ran.output
