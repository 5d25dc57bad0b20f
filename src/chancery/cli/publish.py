"""`chancery publish`: the public register as plain files, for any web server."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import click

from chancery.cli.disk import flushed
from chancery.cli.options import record_argument, sound_ledger, today, watching
from chancery.cli.proving import Proofs, proofs_of
from chancery.cli.serve import public
from chancery.cli.tables import click_echo
from chancery.languages import Reader, languages
from chancery.text import Loaded, write_whole
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chancery.cli.options import Where
    from chancery.ledger import Ledger, Record
    from chancery.site.editions import Editions, Parts, Shown
    from chancery.site.publishing import File, Publisher, Work
    from chancery.values import Phrase

T = TypeVar("T")
R = TypeVar("R")

DIGESTS = "digests.txt"
"""The list of every file that was published, with its SHA-256, as `sha256sum --check` reads it."""

Days = Literal["changes", "all", "latest"]


class Written(NamedTuple):
    """What came of some files: the digest of each, how many were written, how many bytes they hold, every link."""

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
def publish(record: Where, folder: Path, langs: Sequence[str], *, days: Days, processes: int) -> None:
    """Publish RECORD, a folder or a database, as plain files in FOLDER: the whole site, for any web server.

    A page lies there once for all the days on which it says the same. What is published already is written again only
    where it changed. `sha256sum --check digests.txt` verifies it.
    """
    record, spoken = public(record), _spoken(langs)
    ledger = sound_ledger(record, Reader())
    before = _published(folder)
    publishing = Publishing(ledger, proofs_of(record), spoken, days, folder, processes)
    _finish(folder, before, [*publishing.around(), *publishing.pages()])


def _spoken(langs: Sequence[str]) -> tuple[str, ...]:
    """The languages that are published. One that is not spoken in full is wrong usage."""
    for lang in langs:
        if lang not in languages():
            raise click.BadParameter(f"{lang} is not spoken in full; these are: {', '.join(languages())}")
    return tuple(dict.fromkeys(langs)) or languages()


def _published(folder: Path) -> frozenset[str]:
    """The files that were published in a folder before. A folder that holds anything else is not written into."""
    index = folder / DIGESTS
    if index.is_file():
        lines = index.read_text(encoding="utf-8").splitlines()
        return frozenset(line.partition("  ")[2] for line in lines)
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} holds something else than a published register; choose an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    index.touch()
    return frozenset()


class Publishing:
    """A record that is being published: what each process has to do, and what comes of it."""

    def __init__(
        self,
        ledger: Ledger,
        proofs: Proofs | None,
        langs: tuple[str, ...],
        days: Days,
        folder: Path,
        processes: int,
    ) -> None:  # one parameter for each option
        """Publish a ledger with what proves it, in some languages, of some days, into a folder."""
        self._ledger = ledger
        self._proofs = proofs
        self._langs = langs
        self._days = days
        self._folder = folder
        self._processes = processes
        self._today = today()

    def around(self) -> Iterator[Written]:
        """What stands around the pages: the way to each language, the style, the log and its receipts."""
        from chancery.site.publishing import at_the_root, in_the_log, marked  # noqa: PLC0415  # slow to import

        title = str(self._ledger.record.head.title) or "Chancery"
        log = None if self._proofs is None else self._proofs.log
        mark = marked(self._ledger, self._langs, self._days, self._today, log)
        yield _write([mark, *at_the_root(self._langs, title)], self._folder)
        if self._proofs is not None:
            yield _write(in_the_log(self._proofs.files, self._proofs.receipts), self._folder)

    def pages(self) -> Iterator[Written]:
        """Every page: first what each says on each day, then one file for all the days on which it says the same."""
        from chancery.site import publishing as site  # noqa: PLC0415  # as above

        shown = site.shown_in(self._ledger, self._days, self._today)
        told = dict(self._each(_told, shown, None, phrase("Reading every day")))
        placed = site.editions(self._ledger, self._langs, told)
        works = site.works(placed)
        tried: set[Work] = set()
        while works:
            tried.update(works)
            found = list(self._each(partial(_made, self._folder), works, placed, phrase("Publishing")))
            yield from found
            links = frozenset[str]().union(*(each.links for each in found))
            works = [each for each in site.linked_to(links, placed) if each not in tried]

    def _each(self, do: Callable[[T], R], tasks: Sequence[T], placed: Editions | None, said: Phrase) -> Iterator[R]:
        """Do every task, several at a time, each wholly in one process."""
        begin = partial(_begin, self._ledger.record, self._proofs, self._langs, self._today, placed)
        with watching(said, Reader()) as progress:
            for done, result in enumerate(_results(do, tasks, begin, self._processes), 1):
                progress(done, len(tasks))
                yield result


def _results(do: Callable[[T], R], tasks: Sequence[T], begin: Callable[[], None], processes: int) -> Iterator[R]:
    """What comes of tasks, as it comes; one process does them itself."""
    if processes == 1:
        begin()
        yield from map(do, tasks)
        return
    with ProcessPoolExecutor(min(processes, len(tasks)), initializer=begin) as pool:
        for future in as_completed([pool.submit(do, task) for task in tasks]):
            yield future.result()


_working: list[tuple[Publisher, Editions | None]] = []
"""The publisher of a process that works, and where its pages lie once that is known."""


def _begin(record: Record, proofs: Proofs | None, langs: tuple[str, ...], day: str, placed: Editions | None) -> None:
    """Make what makes the pages, in the process that works."""
    from chancery.site.access import Library  # noqa: PLC0415  # as above
    from chancery.site.publishing import Publisher  # noqa: PLC0415  # as above

    log = None if proofs is None else proofs.log
    library = Library(lambda: Loaded(record, ()), str, lambda: day, log)
    _working[:] = [(Publisher(library, langs), placed)]


def _told(shown: Shown) -> tuple[Shown, dict[Parts, bytes]]:
    return shown, _working[0][0].told(shown)


def _made(folder: Path, work: Work) -> Written:
    publisher, placed = _working[0]
    assert placed is not None  # noqa: S101  # pages are made once it is known where they lie
    return _write(publisher.pages(work, placed), folder)


def _write(files: Iterable[File], folder: Path) -> Written:
    """Write files that are not there yet as they are, each whole or not at all."""
    digests: dict[str, str] = {}
    links: set[str] = set()
    fresh = size = 0
    for file in files:
        digests[file.name] = sha256(file.data).hexdigest()
        links |= file.links
        path = folder / file.name
        if not path.is_file() or path.read_bytes() != file.data:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [file.data], _later)
            fresh += 1
        size += len(file.data)
    return Written(digests, fresh, size, frozenset(links))


def _later(_path: Path) -> None:
    """Leave it to the system when a page reaches the disk: what a fall of power takes is published again."""


def _finish(folder: Path, before: frozenset[str], found: Sequence[Written]) -> None:
    """Take away what is published no more, write the list of digests, and say what was done."""
    from chancery.site.publishing import file_of  # noqa: PLC0415  # as above

    digests = {name: digest for each in found for name, digest in each.digests.items()}
    gone = _clear(folder, before | digests.keys(), digests.keys())
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    write_whole(folder / DIGESTS, [lines.encode()], flushed)
    nowhere = sorted(link for each in found for link in each.links if file_of(link) not in digests)
    for link in dict.fromkeys(nowhere):
        click.echo(f"A link leads nowhere: {link}", err=True)
    size = sum(each.size for each in found) / 1e6
    fresh = sum(each.fresh for each in found)
    click_echo(f"{len(digests):,} files, {size:,.1f} MB in {folder}: {fresh:,} written, {gone:,} taken away.")
    if nowhere:
        raise SystemExit(1)


def _clear(folder: Path, ours: Iterable[str], kept: Iterable[str]) -> int:
    """Take away every file but some, with the folders that it leaves empty, below the folders that are ours."""
    rooms = {name.partition("/")[0] for name in ours if "/" in name}
    stays, gone = {folder / name for name in kept}, 0
    for room in rooms:
        for place, _, names in os.walk(folder / room, topdown=False):
            found = [path for name in names if (path := Path(place, name)) not in stays]
            for path in found:
                path.unlink()
            gone += len(found)
            if not any(Path(place).iterdir()):
                Path(place).rmdir()
    return gone
