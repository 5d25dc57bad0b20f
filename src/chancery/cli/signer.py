"""`chancery signer`: a process of its own that alone holds the log's keys, and reads the ledger for itself."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import AF_UNIX, SHUT_WR, SOCK_STREAM, socket
from socketserver import StreamRequestHandler, ThreadingUnixStreamServer
from typing import TYPE_CHECKING, ClassVar

import click
import msgspec
from msgspec import Struct

from chancery.cli.databases import database_option, refusing
from chancery.cli.options import checked_lang, lang_option
from chancery.cli.stopping import serve_until_stopped
from chancery.cli.tables import printable
from chancery.languages import Reader
from chancery.text import Refused
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.store.urls import Address

LONGEST_LINE = 1_000_000
"""Bytes of a question or an answer at most: a checkpoint with its signatures is far smaller."""
LARGEST_REST, CHUNK = 16_000_000, 65_536
"""Bytes beyond that which are read and dropped at most, and at once."""
SECONDS = 20
"""How long a question may take to come."""
PATIENCE = 600
"""Seconds that whoever asks waits: the signer reads the whole ledger again."""
UMASK = 0o117
"""Who may ask: the signer's account and its group."""


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of a signer: to sign the ledger at a size, with the root that it claims to have."""

    size: int
    root: bytes


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What it answers: the note, or why there is none."""

    note: str = ""
    fault: str = ""


class Signing(Struct, frozen=True):
    """What a signer signs by: its keys, its memory, and the ledger that it reads."""

    key: Path
    memory: Path
    address: Address
    begin: bool = False

    def sign(self, question: Question) -> SignedCheckpoint:
        """Sign the ledger as it is stored, read through a connection that cannot write. Raises Fault, Refused."""
        from chancery.cli.signing import sign_stored  # noqa: PLC0415  # cryptography is slow to import
        from chancery.store.opening import opened  # noqa: PLC0415  # the same

        with opened(msgspec.structs.replace(self.address, read_only=True)) as store:
            return sign_stored(store, self.key, self.memory, question.size, question.root, begin=self.begin)


class Desk(ThreadingUnixStreamServer):
    """Listens on a socket in the file system."""

    daemon_threads = True

    def __init__(self, path: Path, signing: Signing) -> None:
        """Listen. Raises OSError."""
        self.signing = signing
        before = os.umask(UMASK)
        try:
            super().__init__(str(path), _Visit)
        finally:
            os.umask(before)


class _Visit(StreamRequestHandler):
    """One question and its answer, a line of JSON each."""

    timeout: ClassVar[float] = SECONDS
    server: Desk

    def handle(self) -> None:
        """Answer."""
        with suppress(OSError):  # whoever asked is gone
            line = self.rfile.readline(LONGEST_LINE)
            self.wfile.write(msgspec.json.encode(self._answer(line)) + b"\n")
            self._let_go(line)

    def _let_go(self, line: bytes) -> None:
        """Read on for a while what is too long: a connection that is closed over unread bytes loses its answer."""
        self.connection.shutdown(SHUT_WR)
        for _ in range(0 if line.endswith(b"\n") else LARGEST_REST // CHUNK):
            if not self.connection.recv(CHUNK):
                return

    def _answer(self, line: bytes) -> Answer:
        try:
            signed = self.server.signing.sign(msgspec.json.decode(line, type=Question))
        except msgspec.MsgspecError as error:
            return Answer(fault=str(error))
        except (Fault, Refused) as fault:
            said = str(fault.problem.phrase if isinstance(fault, Refused) else fault)
            sys.stderr.write(printable(f"refused to sign: {said}") + "\n")
            return Answer(fault=said)
        return Answer(note=signed.note.data.decode())


def ask_signer(path: Path, question: Question) -> bytes:
    """What a signer signs; the note. Raises Fault where it does not, or cannot be asked."""
    try:
        with socket(AF_UNIX, SOCK_STREAM) as line:
            line.settimeout(PATIENCE)
            line.connect(str(path))
            line.sendall(msgspec.json.encode(question) + b"\n")
            with line.makefile("rb") as answers:
                answer = msgspec.json.decode(answers.readline(LONGEST_LINE), type=Answer)
    except (OSError, msgspec.MsgspecError) as error:
        raise Fault(phrase("the signer at {path} gives no answer: {fault}", path=str(path), fault=str(error))) from None
    if not answer.note:
        raise Fault(phrase("the signer refused: {why}", why=answer.fault))
    return answer.note.encode()


@contextmanager
def listening(path: Path, signing: Signing) -> Iterator[Desk]:
    """A signer's socket, in the place of one on which nobody listens any more. Raises Fault."""
    try:
        if path.is_socket() and not _is_listened_to(path):
            path.unlink()
        desk = Desk(path, signing)
    except OSError as error:
        raise Fault(phrase("{path}: {fault}", path=str(path), fault=error.strerror or str(error))) from None
    try:
        yield desk
    finally:
        desk.server_close()
        path.unlink(missing_ok=True)


def _is_listened_to(path: Path) -> bool:
    with socket(AF_UNIX, SOCK_STREAM) as line:
        return line.connect_ex(str(path)) == 0


@click.group()
def signer() -> None:
    """Sign a ledger's checkpoints from a process of its own, which alone holds the keys."""


@signer.command()
@click.option("--key", required=True, type=click.Path(path_type=Path), help="The file of the log's secret keys.")
@click.option("--memory", required=True, type=click.Path(path_type=Path), help="The file of what it has signed.")
@database_option
@click.option("--socket", "place", required=True, type=click.Path(path_type=Path), help="Where to listen (Unix).")
@click.option("--begin", is_flag=True, help="Begin the memory anew: nothing was signed that counts.")
@lang_option
def serve(key: Path, memory: Path, database: Address, place: Path, lang: str, *, begin: bool) -> None:
    """Sign for whoever may write to the socket, until it is stopped: `chancery ledger checkpoint --signer SOCKET`.

    It believes nothing that it is told. It reads the stored entries again through a connection that cannot write, works
    the root out by a way of its own, and never signs two roots for one size, a smaller log or another past.
    """
    from chancery.cli.signing import remembering  # noqa: PLC0415  # cryptography is slow to import
    from chancery.cli.witness import secret_keys  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    with refusing(reader):
        secret_keys(key)
        remembering(memory, begin=begin)
        with listening(place, Signing(key, memory, database, begin)) as desk:
            serve_until_stopped(desk, str(place))
