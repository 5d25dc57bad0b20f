"""A fresh ledger on each of the three shelves: whatever is tested with ``store`` is tested with all of them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chancery.store.base import Store
from chancery.store.memory import Memory
from chancery.store.opening import begin, opened
from chancery.store.urls import Address, address_of
from tests.postgres import Cluster

ORIGIN = "test/log"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for the whole session. Where there is none the tests fail: they are never skipped."""
    with Cluster() as made:
        yield made


@pytest.fixture(scope="session")
def begun_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with an empty ledger, to be copied."""
    path = tmp_path_factory.mktemp("begun") / "ledger.db"
    begin(address_of(f"sqlite:///{path}"), ORIGIN)
    return path


@pytest.fixture(scope="session")
def begun_database(cluster: Cluster) -> str:
    """A PostgreSQL database with an empty ledger, to be copied."""
    name = cluster.database()
    begin(address_of(cluster.url(name)), ORIGIN)
    return name


@pytest.fixture
def sqlite(begun_file: Path, tmp_path: Path) -> Address:
    """The address of a fresh ledger in a file."""
    shutil.copy(begun_file, tmp_path / "ledger.db")
    return address_of(f"sqlite:///{tmp_path}/ledger.db")


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Iterator[Address]:
    """The address of a fresh ledger on a server."""
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.database(request.getfixturevalue("begun_database"))
    yield address_of(cluster.url(name))
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Address:
    """The address of a fresh ledger in each engine."""
    found: Address = request.getfixturevalue(request.param)
    return found


Another = Callable[[], Store]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def another(request: pytest.FixtureRequest) -> Iterator[Another]:
    """Opens one fresh ledger, as often as it is asked: each time as another process would."""
    memory = Memory(ORIGIN)
    made: list[Store] = []

    def opens() -> Store:
        made.append(memory if request.param == "memory" else opened(request.getfixturevalue(request.param)))
        return made[-1]

    yield opens
    for store in made:
        store.close()


@pytest.fixture
def store(another: Another) -> Store:
    """A fresh ledger on each shelf."""
    return another()
