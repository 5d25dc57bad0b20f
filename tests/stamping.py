"""An authority that stamps the time (RFC 3161), made for tests: its own root and key, and openssl's answers."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

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


class Authority:
    """An authority in a folder."""

    def __init__(self, folder: Path) -> None:
        """Make its root, its key and its settings."""
        self.folder = folder
        root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        (folder / "ca.pem").write_bytes(certificate("Test root", root, root).public_bytes(Encoding.PEM))
        (folder / "tsa.pem").write_bytes(certificate("Test authority", key, root).public_bytes(Encoding.PEM))
        (folder / "tsa.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder), "utf-8")
        (folder / "serial").write_text("01\n", "utf-8")

    @property
    def trusted(self) -> str:
        """The part of a trust file that names it."""
        chain = (self.folder / "ca.pem").read_text("utf-8")
        return f'[[authorities]]\nname = "Test authority"\ncertificates = """\n{chain}"""\n'

    def stamp(self, text: bytes) -> bytes:
        """The answer to a request that openssl makes for a text."""
        (self.folder / "data").write_bytes(text)
        words = ["-data", str(self.folder / "data"), "-sha256", "-cert", "-out", str(self.folder / "query")]
        subprocess.run(["openssl", "ts", "-query", *words], check=True, capture_output=True)
        return self.answer((self.folder / "query").read_bytes())

    def answer(self, query: bytes) -> bytes:
        """The answer to a request."""
        (self.folder / "query").write_bytes(query)
        words = ["-queryfile", str(self.folder / "query"), "-config", str(self.folder / "tsa.cnf")]
        reply = self.folder / "reply"
        subprocess.run(["openssl", "ts", "-reply", *words, "-out", str(reply)], check=True, capture_output=True)
        return reply.read_bytes()
