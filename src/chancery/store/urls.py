"""Addresses of databases: ``sqlite:///file.db``, ``sqlite:////folder/file.db``, ``postgresql://user@host/name``.

``?audience=board`` reads what is sealed to an audience too; without it an address reads what is public.
``?signed=FILE`` names the file that remembers which checkpoints were signed; beside an SQLite file it has its name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from chancery.values import Fault, phrase

SCHEMES: dict[str, Literal["sqlite", "postgresql"]] = {
    "sqlite": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
}
OWN_OPTIONS = frozenset({"audience", "journal", "signed"})
"""What an address may ask of us after its question mark; PostgreSQL's own parameters are passed on to it."""
JOURNALS = ("delete", "wal")


class Address(Struct, frozen=True):
    """A database: its engine, where it is, and for whom it is read."""

    engine: Literal["sqlite", "postgresql"]
    target: str
    """The path of the file, or the address that libpq takes."""
    shown: str
    """The address as it was given, without its password."""
    audiences: tuple[str, ...] = ()
    journal: str = "delete"
    signed: str | None = None
    """The file of what was signed of this ledger, where the address names one."""
    read_only: bool = False
    """Whether nothing can be written through it."""

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        return Path(self.target)

    @property
    def memory(self) -> Path | None:
        """The file of what was signed: the one that is named, or the one beside an SQLite file."""
        if self.signed is not None:
            return Path(self.signed)
        return self.path.with_name(f"{self.path.name}.signed") if self.engine == "sqlite" else None


def is_address(text: str) -> bool:
    """Whether a text is meant as the address of a database."""
    scheme, colon, _ = text.partition("://")
    return bool(colon) and scheme in SCHEMES


def address_of(text: str) -> Address:
    """Read the address of a database. Raises Fault, saying what was expected."""
    scheme, colon, _ = text.partition("://")
    if not colon or scheme not in SCHEMES:
        raise Fault(
            phrase("{text} is no address of a database; expected sqlite:///FILE or postgresql://...", text=text)
        )
    try:
        parts = urlsplit(text)
        given = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        shown = text.replace(parts.netloc, _without_password(parts), 1) if parts.netloc else text
    except ValueError as error:
        raise Fault(phrase("{text} is no address of a database: {why}", text=text, why=str(error))) from None
    own = [(name, value) for name, value in given if name in OWN_OPTIONS]
    rest = [(name, value) for name, value in given if name not in OWN_OPTIONS]
    target = _file(text, parts, rest) if SCHEMES[scheme] == "sqlite" else _server(parts, rest)
    audiences = tuple(value for name, value in own if name == "audience")
    journal = next((value for name, value in own if name == "journal"), "delete")
    if journal not in JOURNALS:
        raise Fault(phrase("journal={found}: expected one of: {known}", found=journal, known=", ".join(JOURNALS)))
    signed = next((value for name, value in own if name == "signed"), None)
    return Address(SCHEMES[scheme], target, shown, audiences, journal, signed)


def _without_password(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    return f"{user.partition(':')[0]}{at}{host}"


def _file(text: str, parts: SplitResult, rest: list[tuple[str, str]]) -> str:
    if parts.netloc or not parts.path.startswith("/") or len(parts.path) == 1:
        fault = phrase(
            "{text} names no file; expected sqlite:///FILE: three strokes before a path from here, four before one "
            "from the root",
            text=text,
        )
        raise Fault(fault)
    if rest or parts.fragment:
        known = ", ".join(sorted(OWN_OPTIONS))
        raise Fault(
            phrase("{option} is no option of an address; expected one of: {known}", option=_odd(rest), known=known)
        )
    path = unquote(parts.path[1:])
    if "\0" in path:
        raise Fault(phrase("the path of the file holds a NUL character"))
    return path


def _odd(rest: list[tuple[str, str]]) -> str:
    return rest[0][0] if rest else "#"


def _server(parts: SplitResult, rest: list[tuple[str, str]]) -> str:
    return urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(rest), ""))
