"""Files of a log's copy in a folder: read as they are, never through a link, never without an end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_FILE = 64 * 2**20
"""Bytes of a file of a log at most: a full bundle of bodies is far smaller."""


class Folder:
    """A folder as the files of a copy."""

    def __init__(self, root: Path) -> None:
        """Take a folder."""
        self._root = root.resolve()

    def read(self, name: str, /) -> bytes | None:
        """A file's bytes, None where there is none. Raises Fault for what is no plain file of this folder."""
        path = self._root / name
        if not os.path.lexists(path):
            return None
        if path.resolve() != path:
            raise Fault(phrase("{name} is a link; a copy of a log holds its files itself", name=quoted(name)))
        return read_file(path, name)

    def names(self) -> Iterator[str]:
        """The names of all files, links among them. Raises Fault for a folder that cannot be read."""
        for folder, folders, files in os.walk(self._root, onerror=self._unlisted):
            links = [each for each in folders if os.path.islink(os.path.join(folder, each))]  # noqa: PTH114, PTH118 -- as os.walk tells them
            for each in (*files, *links):
                name = os.path.relpath(os.path.join(folder, each), self._root)  # noqa: PTH118 -- the same
                yield os.fsencode(name).decode("utf-8", "backslashreplace")

    def _unlisted(self, error: OSError) -> NoReturn:
        """Refuse a folder that cannot be listed: what lies in it would be passed over."""
        name, said = os.path.relpath(error.filename or self._root, self._root), error.strerror or str(error)
        raise Fault(phrase("{name} cannot be read: {fault}", name=quoted(name), fault=said)) from None


def read_file(path: Path, name: str) -> bytes:
    """A plain file's bytes. Raises Fault where it is none, is too large or cannot be read."""
    try:
        if not path.is_file():
            raise Fault(phrase("{name} is not a file", name=quoted(name)))
        with path.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        said = error.strerror or str(error)
        raise Fault(phrase("{name} cannot be read: {fault}", name=quoted(name), fault=said)) from None
    if len(data) > LARGEST_FILE:
        raise Fault(phrase("{name} has more than 64 MiB", name=quoted(name)))
    return data
