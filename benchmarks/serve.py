"""The observatory under load: 20 people at once over generated incidents (benchmarks/store.py), each asking as soon as the last answer is there.

`marsad serve` runs as a process of its own and this one asks it over HTTP, on the same two cores. Each person asks for the overview, the list with a filter
of their own, the map of the whole country and a page of the API in turn; each overview is that of one who was last here at a time of their own, an hour to
30 days ago, so no two are told of the same changes. The record grew day by day up to now, in steps of 5,000 incidents. Prints the table of docs/serve.md.
Run: python benchmarks/serve.py [--incidents N] [--postgres] [--store FILE]   (default 20,000 on SQLite; the issue asks for 1,000,000 on both)
"""

import argparse
import contextlib
import http.client
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import store as generated
from marsad.store import Store

Times = dict[str, list[tuple[float, int]]]
AREAS = ("IQ/Diyala", "IQ/Anbar", "SY/Aleppo", "YE/Taizz", "IQ/Nineveh", "SY/Idlib")


def asked(rng: random.Random) -> Iterator[tuple[str, str]]:
    """(what, path) of what one person asks for, without end."""
    while True:
        since = date(2010, 1, 1) + timedelta(rng.randrange(4600))
        choice = f"area={rng.choice(AREAS)}&since={since}&until={since + timedelta(365)}"
        country = rng.choice(("IQ", "SY", "YE", "LY"))
        yield "overview", "/"
        yield "list", f"/incidents?{choice}"
        yield "map of a whole country", f"/incidents/cells.json?area={country}&zoom=6"
        yield (
            "API, a page of 100",
            f"/api/v1/collections/incidents/items?area={rng.choice(AREAS)}&datetime={since}/{since + timedelta(365)}",
        )


@contextlib.contextmanager
def serving(where: str, workers: int) -> Iterator[tuple[int, str]]:
    """(port, token) of an observatory over the store at `where`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "marsad"),
        "serve",
        "--store",
        where,
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            yield port, re.findall(r"token=(\S+)", line)[0]
        finally:
            server.terminate()


def ask(connection: http.client.HTTPConnection, path: str, token: str, cookie: str = "") -> tuple[int, float, int]:
    """(status, milliseconds, bytes)."""
    began = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} | ({"Cookie": cookie} if cookie else {}))
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, (time.perf_counter() - began) * 1000, len(body)


def last_here(rng: random.Random) -> str:
    """The cookie of one whose last visit was a time ago (serve/pages/overview.py)."""
    then = int(time.time()) - rng.randrange(3600, 30 * 86_400)
    return f"marsad_seen={then}.{then}"


def person(port: int, token: str, seed: int, rounds: int, times: Times, wrong: list[str], together: threading.Barrier) -> None:
    """One person: each question once, not counted, since what is the same for all is kept until the record changes; then, together
    with the others, `rounds` of each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    rng = random.Random(seed)
    questions = asked(rng)
    for _ in range(seed % 4):  # not all begin with the same
        next(questions)
    for n in range((rounds + 1) * 4):
        if n == 4:
            together.wait()
        what, path = next(questions)
        status, took, size = ask(connection, path, token, last_here(rng) if path == "/" else "")
        if status == 200 and n < 4:
            times[f"{what}, the first of each person"].append((took, size))
        elif status == 200:
            times[what].append((took, size))
        else:
            wrong.append(f"{status} {path}")


def ready(port: int, token: str, workers: int) -> float:
    """Seconds until every process has read the columns: until many answers in a row are quick, each by a connection of its own."""
    began, quick = time.perf_counter(), 0
    while quick < 8 * workers:
        try:
            _, took, _ = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=600), "/api/v1/collections", token)
            quick = quick + 1 if took < 1000 else 0
        except OSError:
            time.sleep(0.1)
        if time.perf_counter() - began > 600:
            sys.exit("the observatory does not answer")
    return time.perf_counter() - began


def measure(where: str, name: str, people: int, rounds: int, workers: int) -> None:
    """Print one database's rows of the table."""
    with serving(where, workers) as (port, token):
        print(f"| {name} | from the start until every process is ready | {ready(port, token, workers):.0f} s | |", flush=True)
        times: Times = defaultdict(list)
        wrong: list[str] = []
        together = threading.Barrier(people)
        crowd = [threading.Thread(target=person, args=(port, token, n, rounds, times, wrong, together)) for n in range(people)]
        for p in crowd:
            p.start()
        for p in crowd:
            p.join()
    if wrong:
        print(f"{len(wrong)} questions had no answer, such as {wrong[0]}", file=sys.stderr)
    for what, told in sorted(times.items()):
        took, most = [t for t, _ in told], max(s for _, s in told)
        print(
            f"| {name} | {what} | median {statistics.median(took):.0f} ms, 95th percentile {statistics.quantiles(took, n=20)[-1]:.0f} ms | {most / 1000:,.0f} kB at most |",
            flush=True,
        )


class Grown:
    """A clock by which the record grew day by day, up to now, as a real one does."""

    def __init__(self) -> None:
        self.share, self.end = 0.0, datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.end - timedelta(generated.DAYS * (1 - self.share))

    def set(self, share: float) -> None:
        """So much of the record is there."""
        self.share = share


def filled(where: str, count: int) -> None:
    """Fill the store at `where`, unless it is."""
    clock = Grown()
    with Store.open(where, now=clock) as store:
        if store.newest() is None:
            generated.fill(store, count, before=clock.set)
            store.tidy()


def main() -> None:
    """Measure what was asked for."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--incidents", type=int, default=20_000)
    told.add_argument("--people", type=int, default=20)
    told.add_argument("--rounds", type=int, default=10)
    told.add_argument("--workers", type=int, default=2, help="processes of the observatory")
    told.add_argument("--postgres", action="store_true", help="also on a temporary PostgreSQL")
    told.add_argument("--no-sqlite", action="store_true")
    told.add_argument(
        "--store", default="", help="keep the store here (a file or a database address), and use the one that is there"
    )
    given = told.parse_args()
    print(
        f"{given.incidents:,} generated incidents, {given.people} people at once\n| database | what | measured | size |\n|---|---|---|---|",
        flush=True,
    )
    if "://" in given.store:
        filled(given.store, given.incidents)
        measure(given.store, "PostgreSQL", given.people, given.rounds, given.workers)
    elif not given.no_sqlite:
        with tempfile.TemporaryDirectory() as folder:
            where = given.store or str(Path(folder) / "s.db")
            filled(where, given.incidents)
            measure(where, "SQLite", given.people, given.rounds, given.workers)
    if given.postgres:
        from tests.store.cluster import running  # noqa: PLC0415

        with running() as server:
            address = server.database()
            filled(address, given.incidents)
            measure(address, "PostgreSQL", given.people, given.rounds, given.workers)


if __name__ == "__main__":
    main()
