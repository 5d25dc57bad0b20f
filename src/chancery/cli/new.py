"""`chancery new`."""

import click


@click.command()
def new() -> None:
    """Stub."""
