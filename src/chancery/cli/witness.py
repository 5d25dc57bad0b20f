"""`chancery witness`: cosign a log's checkpoints, as a member State or anybody else who would keep it honest."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from chancery.cli.disk import flushed
from chancery.cli.options import FAULTS
from chancery.cli.stopping import serve_until_stopped
from chancery.languages import Reader
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from chancery.cli.doors import Door
    from chancery.log.keys import SignerKey, VerifierKey


@click.group()
def witness() -> None:
    """Witness a log: cosign its checkpoints as long as it only ever grows (C2SP tlog-witness)."""


@witness.command()
@click.option("--name", required=True, help="The witness's name, such as state-a.example/witness.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file of its secret keys, to be made.")
def keygen(name: str, out: Path) -> None:
    """Make the keys of a witness: Ed25519 and ML-DSA-44. The secret ones go into a file, the public ones are shown."""
    from chancery.log.keys import SignerKey, Sort  # noqa: PLC0415  # cryptography is slow to import

    try:
        keys = [SignerKey.of_seed(name, sort, secrets.token_bytes(32)) for sort in (Sort.COSIGNATURE, Sort.ML_DSA_44)]
        keep_secret(out, "".join(f"{key.text}\n" for key in keys))
    except Fault as fault:
        _refuse(fault)
    for key in keys:
        click.echo(key.verifier.text)


@witness.command()
@click.option("--key", required=True, type=click.Path(path_type=Path), help="The file of the witness's secret keys.")
@click.option(
    "--log", "logs", required=True, multiple=True, metavar="VKEY", help="A log's public key; may be repeated."
)
@click.option("--state", required=True, type=click.Path(path_type=Path), help="The file of what it has cosigned.")
@click.option("--listen", default="127.0.0.1:8080", show_default=True, metavar="HOST:PORT", help="Where to listen.")
@click.option("--begin", is_flag=True, help="Begin a new state file: this witness has cosigned nothing yet.")
def serve(key: Path, logs: tuple[str, ...], state: Path, listen: str, *, begin: bool) -> None:
    """Serve as a witness, until it is stopped. It answers only once its state is on the disk."""
    try:
        door = opened(key, logs, state, listen, begin=begin)
    except Fault as fault:
        _refuse(fault)
    with door:
        serve_until_stopped(door, f"http://{door.server_address[0]!s}:{door.server_address[1]}/add-checkpoint")


def opened(key: Path, logs: tuple[str, ...], state: Path, listen: str, *, begin: bool) -> Door:
    """A witness's door, listening. Raises Fault."""
    from chancery.cli.doors import Door  # noqa: PLC0415  # rarely needed
    from chancery.log.witness import Witness  # noqa: PLC0415  # cryptography is slow to import
    from chancery.store.memories import FileMemory  # noqa: PLC0415  # the same

    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdigit():
        raise Fault(phrase("{text} is no place to listen at; write HOST:PORT", text=listen))
    keys, known = secret_keys(key), _known(logs)
    memory = FileMemory(state, begin=begin)
    try:
        return Door((host, int(port)), Witness(keys, known, memory, lambda: int(time.time())))
    except (OSError, OverflowError) as error:
        raise Fault(phrase("{text}: {fault}", text=listen, fault=str(error))) from None


def keep_secret(path: Path, text: str) -> None:
    """Write a file that nobody else may read, on the disk before this returns. Raises Fault where one is there."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)  # what a writer that was cut off has left
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with open(handle, "w", encoding="utf-8") as opened_file:  # noqa: PTH123 -- a handle, not a path
            opened_file.write(text)
            opened_file.flush()
            os.fsync(handle)
        path.hardlink_to(fresh)  # whole or not at all, and never over another
        fresh.unlink()
        flushed(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise Fault(phrase("{path}: {fault}", path=str(path), fault=error.strerror or str(error))) from None


def secret_keys(path: Path) -> list[SignerKey]:
    """The keys in a file of secrets, one a line. Raises Fault, also where others may read the file."""
    from chancery.log.keys import SignerKey  # noqa: PLC0415  # cryptography is slow to import

    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Fault(phrase("{path} may be read by others; make it yours alone: chmod 600", path=str(path)))
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(phrase("{path}: {fault}", path=str(path), fault=str(error))) from None
    if not lines:
        raise Fault(phrase("{path} has no key in it", path=str(path)))
    return [SignerKey.of(line) for line in lines]


def _known(logs: tuple[str, ...]) -> dict[str, list[VerifierKey]]:
    from chancery.log.keys import VerifierKey  # noqa: PLC0415  # cryptography is slow to import

    known: dict[str, list[VerifierKey]] = {}
    for text in logs:
        key = VerifierKey.of(text)
        known.setdefault(key.name, []).append(key)
    return known


def _refuse(fault: Fault) -> NoReturn:
    click.echo(Reader().say(fault.phrase), err=True)
    sys.exit(FAULTS)
