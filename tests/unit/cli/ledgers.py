"""A ledger as a test types commands about it."""

import json
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from chancery.cli.main import chancery
from chancery.store.urls import Address, address_of

ISSUED = {
    "id": "new",
    "kind": "invitation.issued",
    "party": "state:be",
    "body": "body:x",
    "cites": [{"source": "source:x"}],
}
SECRET = {**ISSUED, "id": "secret-name", "note": "Nobody may read this."}


class Typing:
    """Types commands about one database."""

    def __init__(self, url: str, room: Path, memory: Path) -> None:
        self.url = url
        self.room = room
        self.memory = memory
        self.key = room / "log.key"

    @property
    def address(self) -> Address:
        return address_of(self.url)

    def __call__(self, *words: object, piped: str | None = None) -> Result:
        return CliRunner().invoke(chancery, [*map(str, words), "--database", self.url], input=piped)

    def told(self, *words: object, piped: str | None = None) -> str:
        ran = self(*words, piped=piped)
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    def ledger(self, *words: object, piped: str | None = None) -> Result:
        return self("ledger", *words, piped=piped)

    def signing(self, *words: object) -> Result:
        return self("ledger", *words, "--key", self.key)

    def log(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.told("ledger", "log", "--format", "json").splitlines()]

    def place(self, name: str) -> int:
        return next(int(str(each["seq"])) for each in self.log() if each["id"] == name)


def verified(path: object, *more: object) -> Result:
    return CliRunner().invoke(chancery, ["verify", str(path), *map(str, more)])


def line(*entries: Mapping[str, object]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def trust_file(room: Path, printed: str, size: int = 0) -> Path:
    keys = "".join(f'[[log.keys]]\nkey = "{key}"\nfrom = {size}\n' for key in printed.split() if "+" in key)
    text = f'[log]\norigin = "test/log"\n{keys}[quorum]\norganisations = 0\n'
    (room / "trust.toml").write_text(text, "utf-8")
    return room / "trust.toml"
