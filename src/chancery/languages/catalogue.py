"""Catalogues: the messages of the house in the reader's language, from the .po files beside this one."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "en"
"""The language of message ids."""


@cache
def languages() -> tuple[str, ...]:
    """The languages that the house speaks, English first."""
    found = sorted(
        file.name.removesuffix(".po") for file in resources.files(__package__).iterdir() if file.name.endswith(".po")
    )
    return (SOURCE, *found)


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """The messages of a language by their English; none for English, nor for a language that has no catalogue."""
    file = resources.files(__package__) / f"{lang}.po"
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        messages = read_po(stream, locale=lang)
    return {str(message.id): str(message.string) for message in messages if message.id and message.string}
