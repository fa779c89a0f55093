"""The observatory over a small record; who comes in, and over every route."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.conftest import lacking
from tests.serve import record
from tests.store.conftest import new, postgres, where  # noqa: F401 (fixtures: both databases)
from tests.store.make import Ticks

from marsad.scales import Sensitivity
from marsad.serve import Settings, create
from marsad.serve.assets import NEEDED, assets
from marsad.serve.passwords import hashed, mark
from marsad.store.accounts import Token

PASSWORD = "three words nobody joins"
HASH = hashed(PASSWORD)  # once: argon2 takes its time on purpose
HOST = "marsad.example.org"
ORIGIN = f"https://{HOST}"


@dataclass
class House:
    """A team's observatory: people with a role log in, programs carry a token."""

    app: FastAPI
    clock: Ticks
    made: list[TestClient] = field(default_factory=list)

    def client(self, **headers: str) -> TestClient:
        self.made.append(TestClient(self.app, base_url=ORIGIN, headers=headers, follow_redirects=False))
        return self.made[-1]

    def user(self, name: str, role: str = "reader", release: Sensitivity = Sensitivity.INTERNAL) -> None:
        self.app.state.store.accounts.add_user(name, role=role, release=release, password=HASH)

    def logged_in(self, name: str) -> tuple[TestClient, str]:
        """(a browser of one who logged in, their CSRF token)."""
        browser = self.client(Origin=ORIGIN)
        assert browser.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
        held = self.app.state.store.accounts.session(mark(browser.cookies["__Host-marsad"]))
        return browser, held[0].csrf

    def program(
        self, scope: str, release: Sensitivity = Sensitivity.INTERNAL, user: str | None = None, days: int = 1
    ) -> TestClient:
        """A program with a token of `scope` and those below it."""
        scopes = {"read": "read", "review": "read review", "admin": "read review admin"}[scope]
        now, secret = self.clock(), f"{scope}-{release}-{len(self.made)}"
        self.app.state.store.accounts.add_token(
            Token(id=mark(secret)[:16], hash=mark(secret), name=scope, user=user, scopes=scopes, release=release, recorded=now, ends=now + timedelta(days))
        )  # fmt: skip
        return self.client(Authorization=f"Bearer {secret}")


@pytest.fixture(scope="session", autouse=True)
def _files() -> None:
    if any(name not in assets() for name in NEEDED):
        lacking("Leaflet and htmx are not there (python hatch_build.py, which needs npm)")


@pytest.fixture
def clock() -> Ticks:
    return Ticks()


@pytest.fixture
def settings(tmp_path: Path, clock: Ticks) -> Settings:
    return Settings(store=str(tmp_path / "s.db"), url=ORIGIN, hosts=(HOST,), now=clock)


@pytest.fixture
def house(settings: Settings, clock: Ticks) -> Iterator[House]:
    app = create(settings)
    record.fill(app.state.store)
    clock.step()
    yield House(app, clock)
    app.state.store.close()


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """Gives browsers on the machine of one who started the observatory alone."""
    settings = Settings.laptop(str(tmp_path / "l.db"))
    app = create(settings)
    record.fill(app.state.store)
    yield lambda **headers: TestClient(app, base_url="http://127.0.0.1:8760", headers=headers, follow_redirects=False)
    app.state.store.close()
