"""A PostgreSQL of the tests' own: a temporary cluster on a unix socket, thrown away at the end."""

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import lacking

ACCOUNT = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this account


@dataclass
class Cluster:
    """A running server: `database()` makes a new empty one and gives its address."""

    socket: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def database(self) -> str:
        """The address of a new database."""
        name = f"marsad{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return f"postgresql://{ACCOUNT}@/{name}?host={self.socket}"

    @contextlib.contextmanager
    def database_on(self, disk: Path) -> Iterator[str]:
        """A new database whose files are on `disk`, until the block ends: the server must not look for a disk that is gone."""
        name = f"marsad{next(self.numbers)}"
        self._run(f"CREATE TABLESPACE {name}_disk LOCATION '{disk}'")
        self._run(f"CREATE DATABASE {name} TABLESPACE {name}_disk")
        try:
            yield f"postgresql://{ACCOUNT}@/{name}?host={self.socket}"
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")
            self._run(f"DROP TABLESPACE {name}_disk")

    def _run(self, command: str) -> None:
        import psycopg  # noqa: PLC0415

        with psycopg.connect(host=str(self.socket), user=ACCOUNT, dbname="postgres", autocommit=True) as conn:
            conn.execute(command)


def programs() -> Path:
    """The folder of initdb and pg_ctl; skips where they are not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name)
    if not folders or not (folders[-1] / "initdb").exists():
        lacking("PostgreSQL is not installed (apt-get install postgresql)")
    return folders[-1]


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A cluster while the block lasts."""
    tools = programs()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has room for 107 letters
    user = ACCOUNT if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def call(*command: str) -> None:
        done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, check=False)  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout[-500:]} {done.stderr[-500:]}")

    try:
        call(str(tools / "initdb"), "-D", str(data), "-A", "trust", "-U", ACCOUNT, "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=32MB"
        call(str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield Cluster(folder)
        call(str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "-t", "20", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
