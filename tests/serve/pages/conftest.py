"""One record a session, copied for each test that writes; a laptop's observatory over it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.serve.pages import sample

from marsad.serve import Settings, create

BASE = "http://127.0.0.1:8760"


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "sample.db"
    sample.build(path)
    return path


def opened(path: Path) -> TestClient:
    """A browser let in by the token of the start; `client.store` is the store."""
    settings = Settings.laptop(str(path), now=lambda: sample.NOW)
    app = create(settings)
    client = TestClient(app, base_url=BASE, headers={"Origin": BASE})
    client.get(f"/?token={settings.token}")
    client.store = app.state.store  # type: ignore[attr-defined]
    return client


@pytest.fixture(scope="session")
def pages(record: Path) -> Iterator[TestClient]:
    """To read with."""
    client = opened(record)
    yield client
    client.store.close()  # type: ignore[attr-defined]


@pytest.fixture
def desk(record: Path, tmp_path: Path) -> Iterator[TestClient]:
    """To write with: a copy of the record."""
    copy = tmp_path / "desk.db"
    shutil.copy(record, copy)
    client = opened(copy)
    yield client
    client.store.close()  # type: ignore[attr-defined]
