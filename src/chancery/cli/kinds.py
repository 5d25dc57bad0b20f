"""`chancery kinds`."""

import click


@click.command()
def kinds() -> None:
    """Stub."""
