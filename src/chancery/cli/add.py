"""`chancery add`."""

import click


@click.command()
def add() -> None:
    """Stub."""
