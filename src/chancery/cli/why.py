"""`chancery why`."""

import click


@click.command()
def why() -> None:
    """Stub."""
