"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from chancery.store.opening import begin
from chancery.store.urls import Address, address_of
from tests.goldens import Golden
from tests.postgres import Cluster

ORIGIN = "test/log"
"""The name of a log that a test begins."""
ROOT = Path(__file__).resolve().parent.parent

# No deadline: a busy machine is no fault of the code. In CI the same examples each time: a red run can be had again.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Playwright leaves an event loop running in the process that drove a browser; migrations run after it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files again from what the tests get"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Call slow whatever asks a server of PostgreSQL: it takes seconds to begin, and each database a tenth of one."""
    for item in items:
        fixtures = {"cluster", "postgres"} & set(getattr(item, "fixturenames", ()))
        chosen = getattr(getattr(item, "callspec", None), "params", {}).values()
        if fixtures or "postgres" in map(str, chosen):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of this repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of source material that lies beside this repository; without it the test fails."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.fail("There is no ../shared/data beside this repository: the tests of whole records need it.")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares with tests/golden/<name>: `golden("standing.txt", text)`."""
    return Golden(ROOT / "tests" / "golden", bool(request.config.getoption("--update-golden")))


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
