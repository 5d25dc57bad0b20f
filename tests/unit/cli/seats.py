"""Organisations with witnesses on this machine, and a trust file that names them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from click.testing import CliRunner

from chancery.cli.doors import Door
from chancery.cli.main import chancery
from chancery.cli.witness import opened, secret_keys
from chancery.log.checkpoints import SignedCheckpoint
from chancery.store.opening import opened as opened_store
from tests.unit.cli.ledgers import Typing, trust_file


def log_keys(typing: Typing) -> str:
    return "\n".join(key.verifier.text for key in secret_keys(typing.key))


class Seat:
    """An organisation with a witness that serves on this machine."""

    def __init__(self, typing: Typing, name: str) -> None:
        self.name = name
        self.key = typing.room / f"{name}.key"
        self.state = typing.room / f"{name}.state"
        self.logs = tuple(log_keys(typing).split())
        words = ["witness", "keygen", "--name", f"{name}.example/witness", "--out", str(self.key)]
        self.keys = CliRunner().invoke(chancery, words).stdout.split()

    @contextmanager
    def open(self) -> Iterator[str]:
        with (
            opened(self.key, self.logs, self.state, "127.0.0.1:0", begin=not self.state.exists()) as door,
            served(door),
        ):
            yield f"http://127.0.0.1:{door.server_port}"


@contextmanager
def served(door: Door) -> Iterator[None]:
    thread = Thread(target=door.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        door.shutdown()
        thread.join()


def trusting(typing: Typing, seats: dict[Seat, str], quorum: int) -> Path:
    path = trust_file(typing.room, log_keys(typing))
    text = path.read_text("utf-8").replace("organisations = 0", f"organisations = {quorum}")
    for seat, url in seats.items():
        address = f'url = "{url}"\n' if url else ""
        text += f'[[witnesses]]\norganisation = "State {seat.name}"\nkeys = {seat.keys}\n{address}'
    path.write_text(text.replace("test/log", origin(typing)), "utf-8")
    return path


def origin(typing: Typing) -> str:
    with opened_store(typing.address) as store:
        return store.origin


def kept(typing: Typing) -> list[SignedCheckpoint]:
    with opened_store(typing.address) as store:
        return [SignedCheckpoint.of(note) for _, note in store.checkpoints()]
