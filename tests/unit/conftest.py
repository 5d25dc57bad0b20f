"""A fresh ledger on each of the three shelves: whatever is tested with ``store`` is tested with all of them."""

from collections.abc import Callable, Iterator

import pytest

from chancery.store.base import Store
from chancery.store.memory import Memory
from chancery.store.opening import opened
from tests.conftest import ORIGIN

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
