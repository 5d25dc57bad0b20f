"""`chancery restore --until`: a ledger as it was at an earlier size or moment, on a server or in a file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chancery.log.tree import Tree, leaf_hash
from chancery.store.base import Row
from chancery.store.opening import opened
from chancery.store.publishing import root_at
from tests.postgres import Cluster
from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, verified

Fresh = Callable[[], Typing]


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """Gives a place where no ledger is yet, in each engine."""
    made: list[str] = []

    def give() -> Typing:
        if request.param == "sqlite":
            made.append("")
            return Typing(f"sqlite:///{tmp_path}/again-{len(made)}.db", tmp_path, tmp_path)
        cluster: Cluster = request.getfixturevalue("cluster")
        made.append(cluster.database())
        return Typing(cluster.url(made[-1]), tmp_path, tmp_path)

    yield give
    for name in filter(None, made):
        request.getfixturevalue("cluster").run(f"DROP DATABASE {name} WITH (FORCE)")


def kept(typing: Typing) -> Path:
    """A backup of a ledger, on whatever shelf, as one file."""
    path = typing.room / "kept.db"
    path.unlink(missing_ok=True)
    typing.told("backup", "--alone", path)
    return path


def rows(typing: Typing, stop: int | None = None) -> list[Row]:
    with opened(typing.address) as store:
        return list(store.rows(0, stop))


@pytest.mark.slow
def test_a_ledger_is_restored_to_every_size_that_it_had(typing: Typing, fresh: Fresh) -> None:
    typing.told("ledger", "append", "--request", "r1", piped=line(ISSUED, {**ISSUED, "id": "newer"}))
    typing.signing("checkpoint")
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "newest"}))
    size, backup = len(rows(typing)), kept(typing)
    for until in (0, size - 2, size):
        again = fresh()
        assert again.told("restore", backup, "--until", until).startswith(f"{until} entr")
        assert rows(again) == rows(typing, until)
        with opened(again.address) as store, opened(typing.address) as whole:
            assert store.frontier().root() == root_at(whole, until) == Tree(map(leaf_hash, store.leaves())).root()
            assert store.requests() == (whole.requests() if until == size else [])
            assert store.checkpoints() == [each for each in whole.checkpoints() if each[0] <= until]
            assert store.sheets() == (whole.sheets() if until == size else [])
        assert "FAILED" not in verified(again.url).stdout
    again.told("ledger", "append", "--request", "r1", piped=line(ISSUED, {**ISSUED, "id": "newer"}))
    assert len(rows(again)) == size


@pytest.mark.slow
def test_a_ledger_is_restored_to_a_moment_or_the_end_of_a_day(typing: Typing, fresh: Fresh) -> None:
    before = len(rows(typing))
    moment = str(typing.log()[-1]["recorded"])
    backup = kept(typing)
    for until, size in ((moment, before), (moment[:10], before), ("2001-01-01T00:00:00Z", 0)):
        again = fresh()
        again.told("restore", backup, "--until", until)
        assert len(rows(again)) == size
    beyond = str(before + 1)
    for until, said in (("2026-02", "is no day, no instant"), ("soon", "is not a date"), (beyond, "never held")):
        assert said in fresh()("restore", backup, "--until", until).stderr


@pytest.mark.slow
def test_what_was_sealed_or_shredded_since_stays_so(typing: Typing, fresh: Fresh) -> None:
    typing.told("ledger", "append", piped=line(ISSUED, SECRET))
    shredded, sealed = typing.place("new"), typing.place("secret-name")
    typing.told("ledger", "seal", sealed, "--audience", "board", "--reason", "Agreed.")
    typing.told("ledger", "shred", shredded, "--reason", "Ordered by a court.")
    size, backup = len(rows(typing)), kept(typing)
    for until in (shredded + 1, size - 1):
        ran = fresh()("restore", backup, "--until", until)
        assert ran.exit_code == 1
        assert f"entry {shredded} was sealed or shredded by entry {size - 1}, and stays so" in ran.stderr
    for until in (shredded, size):
        again = fresh()
        again.told("restore", backup, "--until", until)
        assert rows(again) == rows(typing, until)
        assert "FAILED" not in verified(again.url).stdout


def test_what_was_shredded_by_what_was_shredded_is_not_copied_alone(typing: Typing) -> None:
    typing.told("ledger", "append", piped=line(ISSUED))
    seq = typing.place("new")
    typing.told("ledger", "shred", seq, "--reason", "Ordered by a court.")
    typing.told("ledger", "shred", seq + 1, "--reason", "That too.")
    ran = typing("backup", "--alone", typing.room / "kept.db")
    assert not (typing.room / "kept.db").exists()
    assert f"entry {seq} was shredded by entry {seq + 1}, which does not say so any more" in ran.stderr


def test_a_backup_is_restored_only_where_there_is_nothing(typing: Typing, fresh: Fresh) -> None:
    backup = kept(typing)
    assert "is there already" in typing("restore", backup).stderr
    assert "is there already" in typing("backup", "--alone", backup).stderr
    other = fresh()
    other.told("ledger", "init", "--origin", "other/log")
    assert "is there already" in other("restore", backup).stderr


def test_what_is_known_of_a_ledger_on_a_server_needs_a_file_that_remembers(
    typing: Typing, cluster: Cluster, tmp_path: Path
) -> None:
    typing.signing("export", tmp_path / "out")
    words = ("restore", kept(typing), "--until", 1, "--known", tmp_path / "out")
    url = cluster.url(cluster.database())
    assert "?signed=FILE" in Typing(url, tmp_path, tmp_path)(*words).stderr
    again = Typing(f"{url}&signed={tmp_path}/again.signed", tmp_path, tmp_path)
    assert "behind, and refuses to be written to" in again(*words).stderr
    assert again.ledger("append", piped=line(ISSUED)).exit_code == 1
