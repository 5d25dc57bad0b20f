"""`chancery publish`: the public register as plain files, for any web server."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from chancery.cli.disk import flushed
from chancery.cli.options import load, record_argument, sound_ledger, today, watching
from chancery.cli.serve import public
from chancery.cli.tables import click_echo
from chancery.languages import Reader, languages
from chancery.text import write_whole
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chancery.cli.options import Where
    from chancery.site.publishing import File, Publisher

DIGESTS = "digests.txt"
"""The list of every file that was published, with its SHA-256, as `sha256sum --check` reads it."""


class Written(NamedTuple):
    """What came of a reading: the digest of each file, how many were written and of how many bytes, every link."""

    digests: dict[str, str]
    fresh: int
    size: int
    links: frozenset[str]


@click.command()
@record_argument
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", "langs", multiple=True, help="Only this language; may be given again. Default: all in full.")
@click.option(
    "--days",
    type=click.Choice(["changes", "all", "latest"]),
    default="changes",
    show_default=True,
    help="Pages of the days on which something changed, of every day since the first, or of today only.",
)
@click.option("--processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="How many work at once.")
def publish(record: Where, folder: Path, langs: Sequence[str], *, days: str, processes: int) -> None:
    """Publish RECORD, a folder or a database, as plain files in FOLDER: the whole site, for any web server.

    What is published already is written again only where it changed. `sha256sum --check digests.txt` verifies it.
    """
    record, langs = public(record), _spoken(langs)
    ledger = sound_ledger(record, Reader())
    from chancery.site.publishing import at_the_root, days_to_publish, readings  # noqa: PLC0415  # slow to import

    before = _published(folder)
    chosen = days_to_publish(ledger, days, today())
    title = str(ledger.record.head.title) or "Chancery"
    found = [_write(at_the_root(langs, title), folder, before)]
    make = partial(_publisher, record, tuple(langs), chosen, today())
    found.extend(_all_readings(readings(chosen), make, folder, before, processes))
    _finish(folder, before, found)


def _spoken(langs: Sequence[str]) -> Sequence[str]:
    """The languages that are published. One that is not spoken in full is wrong usage."""
    for lang in langs:
        if lang not in languages():
            raise click.BadParameter(f"{lang} is not spoken in full; these are: {', '.join(languages())}")
    return langs or languages()


def _published(folder: Path) -> dict[str, str]:
    """The digests of what was published in a folder before. A folder that holds anything else is not written into."""
    index = folder / DIGESTS
    if index.is_file():
        lines = index.read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} holds something else than a published register; choose an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    index.touch()
    return {}


def _publisher(record: Where, langs: tuple[str, ...], days: tuple[int, ...], day: str) -> Publisher:
    """What makes the pages, in the process that works."""
    from chancery.site.access import Library  # noqa: PLC0415  # as above
    from chancery.site.publishing import Publisher  # noqa: PLC0415  # as above

    return Publisher(Library(partial(load, record), str, lambda: day), langs, days)


def _all_readings(
    whens: Sequence[str],
    make: Callable[[], Publisher],
    folder: Path,
    before: Mapping[str, str],
    processes: int,
) -> Iterable[Written]:
    """Publish every reading, several at a time, each wholly in one process."""
    with (
        watching(phrase("Publishing"), Reader()) as progress,
        ProcessPoolExecutor(min(processes, len(whens)), initializer=_begin, initargs=(make,)) as pool,
    ):
        under_way = [pool.submit(_reading, when, folder, before) for when in whens]
        for done, future in enumerate(as_completed(under_way), 1):
            progress(done, len(whens))
            yield future.result()


_working: list[Publisher] = []
"""The publisher of a process that works."""


def _begin(make: Callable[[], Publisher]) -> None:
    _working[:] = [make()]


def _reading(when: str, folder: Path, before: Mapping[str, str]) -> Written:
    return _write(_working[0].reading(when), folder, before)


def _write(files: Iterable[File], folder: Path, before: Mapping[str, str]) -> Written:
    """Write files that are not there yet as they are, each whole or not at all."""
    digests: dict[str, str] = {}
    links: set[str] = set()
    fresh = size = 0
    for file in files:
        digests[file.name] = digest = sha256(file.data).hexdigest()
        links |= file.links
        path = folder / file.name
        if before.get(file.name) != digest or not _holds(path, len(file.data)):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [file.data], _later)
            fresh += 1
        size += len(file.data)
    return Written(digests, fresh, size, frozenset(links))


def _later(_path: Path) -> None:
    """Leave it to the system when a page reaches the disk: what a fall of power takes is published again."""


def _holds(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _finish(folder: Path, before: Mapping[str, str], found: Sequence[Written]) -> None:
    """Take away what is published no more, write the list of digests, and say what was done."""
    from chancery.site.publishing import file_of  # noqa: PLC0415  # as above

    digests = {name: digest for each in found for name, digest in each.digests.items()}
    gone = sorted(before.keys() - digests.keys())
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    write_whole(folder / DIGESTS, [lines.encode()], flushed)
    nowhere = sorted(link for each in found for link in each.links if file_of(link) not in digests)
    for link in nowhere:
        click.echo(f"A link leads nowhere: {link}", err=True)
    size = sum(each.size for each in found) / 1e6
    fresh = sum(each.fresh for each in found)
    click_echo(f"{len(digests):,} files, {size:,.0f} MB in {folder}: {fresh:,} written, {len(gone):,} taken away.")
    if nowhere:
        raise SystemExit(1)
