"""marsad serve, users and tokens as a person meets them."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.serve.conftest import PASSWORD
from typer.testing import CliRunner

from marsad.cli import app
from marsad.errors import UsageError
from marsad.serve import Settings, assets, create
from marsad.store import Store

MARSAD = Path(sys.executable).parent / "marsad"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    Store.open(path).close()
    return path


def run(*words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([MARSAD, *map(str, words)], input=typed, capture_output=True, text=True, check=False, timeout=60)


@dataclass
class Said:
    returncode: int
    stdout: str
    stderr: str


def call(*words: object, typed: str = "") -> Said:
    """The same within this process: starting Python for each of many commands would take most of the time."""
    result = CliRunner().invoke(app, [str(w) for w in words], input=typed)
    wrong = isinstance(result.exception, UsageError)
    return Said(2 if wrong else result.exit_code, result.stdout, str(result.exception) if wrong else result.stderr)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_prints_the_address_that_lets_in_and_says_when_the_port_is_taken(store: Path):
    port = free_port()
    with subprocess.Popen(
        [MARSAD, "serve", "--store", store, "--port", str(port)], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            line = server.stdout.readline()
            (address,) = re.findall(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            for _ in range(100):
                try:
                    opener.open(address, timeout=5)
                    break
                except urllib.error.HTTPError:  # the token is traded all the same
                    break
                except urllib.error.URLError:
                    time.sleep(0.05)
            answer = opener.open(f"http://127.0.0.1:{port}/health.json", timeout=5)
            assert json.load(answer)
            assert "server" not in {k.lower() for k in answer.headers}
            second = run("serve", "--store", store, "--port", port)
            assert second.returncode == 3
            assert "another program listens here" in second.stderr
            assert "--port" in second.stderr
        finally:
            server.terminate()


def test_others_reach_it_only_where_users_are_set_up(store: Path):
    for words in (("--host", "0.0.0.0"), ("--team",), ("--url", "https://marsad.example.org")):
        refused = run("serve", "--store", store, "--port", free_port(), *words)
        assert refused.returncode == 2, words
        assert "marsad users add" in refused.stderr
    assert run("serve", "--store", store.parent / "none.db").returncode == 2
    assert run("serve", "--store", store, "--lang", "fr").returncode == 2


def test_every_command_takes_the_address_of_a_database(where: str):
    """A path would make one slash of two, and a file of the address."""
    assert call("init", "--store", where).returncode == 0
    assert call("users", "add", "amal", "--store", where, typed=PASSWORD + "\n").returncode == 0
    assert [u["name"] for u in json.loads(call("users", "list", "--json", "--store", where).stdout)] == ["amal"]
    with Store.open(where) as held:
        assert held.accounts.user("amal")


def test_users_come_change_and_go(store: Path):
    assert (
        call(
            "users", "add", "amal", "--role", "reviewer", "--release", "partners", "--store", store, typed=PASSWORD + "\n"
        ).returncode
        == 0
    )
    assert "12" in call("users", "add", "short", "--store", store, typed="short\n").stderr
    assert call("users", "add", "amal", "--store", store, typed=PASSWORD).returncode == 2
    for wrong in (("x\ny",), ("x", "--role", "king"), ("x", "--release", "all"), ("",)):
        assert call("users", "add", *wrong, "--store", store, typed=PASSWORD).returncode == 2
    assert call("users", "change", "amal", "--role", "admin", "--store", store).returncode == 0
    (user,) = json.loads(call("users", "list", "--json", "--store", store).stdout)
    assert (user["name"], user["role"], user["release"]) == ("amal", "admin", "partners")
    assert call("users", "password", "amal", "--store", store, typed=PASSWORD + "!").returncode == 0
    assert call("users", "remove", "amal", "--store", store).returncode == 0
    assert call("users", "remove", "amal", "--store", store).returncode == 2
    with Store.open(store) as held:
        assert [d.what for d in held.deeds()] == [
            "marsad users remove amal",
            "marsad users password amal",
            "marsad users change amal",
            "marsad users add amal",
        ]
    assert PASSWORD.encode() not in store.read_bytes()


def test_a_token_is_shown_once(store: Path):
    made = json.loads(call("tokens", "new", "dashboard", "--scope", "review", "--json", "--store", store).stdout)
    assert made["scopes"] == ["read", "review"]
    assert made["release"] == "public"  # the least, unless told
    (listed,) = json.loads(call("tokens", "list", "--json", "--store", store).stdout)
    assert listed["state"] == "holds"
    assert made["token"] not in json.dumps(listed)
    assert call("tokens", "revoke", made["id"], "--store", store).returncode == 0
    assert call("tokens", "revoke", made["id"], "--store", store).returncode == 2
    assert json.loads(call("tokens", "list", "--json", "--store", store).stdout)[0]["state"] == "revoked"
    assert call("tokens", "new", "x", "--user", "nobody", "--store", store).returncode == 2
    with Store.open(store):
        assert made["token"].encode() not in store.read_bytes()


def test_files_that_are_missing_are_named_with_the_mend(tmp_path: Path, monkeypatch):
    from marsad.errors import MarsadError  # noqa: PLC0415

    monkeypatch.setattr(assets, "assets", dict)
    with pytest.raises(MarsadError, match=r"leaflet.*hatch_build\.py"):
        create(Settings.laptop(str(tmp_path / "s.db")))


def test_what_the_build_brings_is_pinned_by_hash_and_names_no_address():
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    held = {name.removeprefix("node_modules/"): p for name, p in lock["packages"].items() if name}
    assert held.keys() == wanted.keys()
    for name, package in held.items():
        assert package["version"] == wanted[name]
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
    licences = {name for name in assets.assets() if name.endswith("LICENSE")}
    assert licences == {"vendor/leaflet/LICENSE", "vendor/htmx/LICENSE"}
