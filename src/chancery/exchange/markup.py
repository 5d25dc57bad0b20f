"""Markup: XML written from a tree of elements, in which any text is text."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no document of XML may hold (XML 1.0, 2.2)."""


class Element(Struct, frozen=True):
    """An element: its name, its attributes, and what stands in it: a text, or elements."""

    name: str
    attributes: Mapping[str, str] = {}
    inside: str | tuple[Element, ...] = ()


def element(name: str, /, *inside: Element | str | None, **attributes: str | None) -> Element:
    """An element with elements, or one text, in it; what is None is left out. An underscore ends a reserved name."""
    stated = {key.rstrip("_"): value for key, value in attributes.items() if value is not None}
    if len(inside) == 1 and isinstance(inside[0], str):
        return Element(name, stated, inside[0])
    return Element(name, stated, tuple(each for each in inside if isinstance(each, Element)))


def document(root: Element) -> bytes:
    """A document, each element on a line of its own; one that holds a text stands on one line."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_lines(root, ""))).encode()


def _lines(each: Element, indent: str) -> Iterator[str]:
    stated = "".join(f' {name}="{_attribute(value)}"' for name, value in each.attributes.items())
    if isinstance(each.inside, str):
        yield f"{indent}<{each.name}{stated}>{_text(each.inside)}</{each.name}>\n"
    elif not each.inside:
        yield f"{indent}<{each.name}{stated}/>\n"
    else:
        yield f"{indent}<{each.name}{stated}>\n"
        for inner in each.inside:
            yield from _lines(inner, indent + "  ")
        yield f"{indent}</{each.name}>\n"


def _text(text: str) -> str:
    """A text between tags; a carriage return by its number, since a reader would take it for a line's end."""
    return escape(_legal(text), quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    """A text between quotation marks; white space by its number, since a reader would make blanks of it."""
    return escape(_legal(text)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _legal(text: str) -> str:
    return ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
