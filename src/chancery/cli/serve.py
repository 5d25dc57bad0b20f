"""`chancery serve`: any record as a public register in the browser."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from chancery.cli.looking import seldom
from chancery.cli.options import as_named, load, record_argument, sound_ledger, today
from chancery.cli.proving import log_of, mark_of_ledger
from chancery.languages import Reader

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from chancery.cli.options import Where


@click.command()
@record_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--metrics", type=click.IntRange(1, 65_535), help="A port of this machine on which the server tells its metrics."
)
@click.option("--watch", is_flag=True, help="Follow changes of RECORD as they are saved, and show faults on the page.")
def serve(record: Where, *, host: str, port: int, metrics: int | None, watch: bool) -> None:
    """Serve RECORD, a folder or a database, as a public register: open the printed address in a browser."""
    record = public(record)
    sound_ledger(record, Reader())
    from chancery.site.server import run  # noqa: PLC0415  # Django and granian are slow to import

    click.echo(f"{as_named(record)} is served at http://{host}:{port}/ (stop with Ctrl+C)")
    run(partial(_application, record, watch=watch), as_named(record), host, port, metrics)


def public(where: Where) -> Where:
    """A record as the public may read it: of a database nothing that is sealed, whatever its address asks for."""
    return where if isinstance(where, Path) else replace(where, audiences=())


def _application(where: Where, *, watch: bool) -> WSGIApplication:
    """The application, made in the process that serves."""
    from chancery.site.access import Library  # noqa: PLC0415  # as above
    from chancery.site.server import application  # noqa: PLC0415  # as above
    from chancery.store.schema import configure  # noqa: PLC0415  # as above

    configure()
    look = seldom(partial(mark_of, where)) if watch else str
    made = application(Library(partial(load, where), look, today, log_of(where, watch=watch)))
    gc.freeze()  # the record stays; what comes and goes with requests is collected
    gc.enable()
    return made


def mark_of(where: Where) -> str:
    """What tells whether a record has changed since: how long a ledger is and is signed, or how its files stand."""
    if not isinstance(where, Path):
        return mark_of_ledger(where)
    files = sorted(where.rglob("*.toml")) if where.is_dir() else [where]
    stats = [(file.name, file.stat()) for file in files]
    return ";".join(f"{name}:{stat.st_mtime_ns}:{stat.st_size}" for name, stat in stats)
