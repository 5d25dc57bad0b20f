"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.goldens import Golden

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
