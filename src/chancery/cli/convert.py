"""`chancery convert`."""

import click


@click.command()
def convert() -> None:
    """Stub."""
