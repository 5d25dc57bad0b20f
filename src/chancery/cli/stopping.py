"""Servers of one's own that serve until they are stopped, from a keyboard or by whatever manages services."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from socketserver import BaseServer


def serve_until_stopped(server: BaseServer, place: str) -> None:
    """Say where it listens, and serve until Ctrl+C or SIGTERM; also where a background shell has these ignored."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    try:
        click.echo(place)
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
