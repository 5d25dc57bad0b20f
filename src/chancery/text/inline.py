"""One table on one line, as TOML writes it between braces."""

from __future__ import annotations

import rtoml


def table_in(text: str) -> dict[str, object] | None:
    """The table that a text between braces is, or None where it is none."""
    try:
        found = rtoml.loads(f"table = {text}")["table"]
    except rtoml.TomlParsingError:
        return None
    return found if isinstance(found, dict) else None
