"""The tests of the store run on both databases: `where` is a fresh address on each."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.store import cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[cluster.Cluster]:
    with cluster.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives addresses of stores that are not made yet."""
    if request.param == "sqlite":
        numbers = itertools.count()
        return lambda: str(tmp_path / f"s{next(numbers) or ''}.db")
    server: cluster.Cluster = request.getfixturevalue("postgres")
    return server.database


@pytest.fixture
def where(new: Callable[[], str]) -> str:
    """The address of one."""
    return new()
