"""What goes wrong is said, with the mend; and a process killed at any moment loses nothing and doubles nothing."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.conftest import lacking
from tests.store import cluster
from tests.store.make import READER, event, incident, report

from marsad.collect import collect_paths
from marsad.errors import StoreError
from marsad.records import Report
from marsad.store import Store
from marsad.store import engine as engines

FORK = multiprocessing.get_context("fork")


def run_sql(where: str, command: str) -> None:
    engine = engines.connect(where)
    with engine.connect().execution_options(write=True) as conn, conn.begin():
        conn.execute(text(command))
    engine.dispose()


def test_a_store_from_a_newer_version_is_refused_and_not_changed(where):
    Store.open(where).close()
    run_sql(where, "INSERT INTO schema_version (version) VALUES (99)")
    with pytest.raises(StoreError, match="newer Marsad"):
        Store.open(where)


def test_a_file_that_is_not_a_database_is_refused(tmp_path):
    (tmp_path / "s.db").write_text("These are the words of a report, not a database. " * 50)
    with pytest.raises(StoreError, match="not a store"):
        Store.open(tmp_path / "s.db")


def test_a_database_of_something_else_is_refused(where):
    run_sql(where, "CREATE TABLE songs (name TEXT)")
    with pytest.raises(StoreError, match="not a store of Marsad"):
        Store.open(where)


def test_a_server_that_is_not_there_is_said_with_what_to_check(tmp_path):
    with pytest.raises(StoreError, match="cannot be reached") as said:
        Store.open(f"postgresql://nobody@/none?host={tmp_path}")
    assert "running" in said.value.mend


def test_a_database_that_is_not_there_is_said(postgres):
    with pytest.raises(StoreError, match="no such database"):
        Store.open(postgres.database().replace("/marsad", "/absent"))


def test_a_postgresql_that_may_only_be_read_says_so(postgres):
    address = postgres.database()
    with Store.open(address) as store:
        store.put_reports([report("a")])
    with Store.open(address + "&options=-c default_transaction_read_only=on".replace(" ", "%20")) as store:
        assert [r.text for r in store.reports()] == ["a"]
        with pytest.raises(StoreError, match="may only be read"):
            store.put_reports([report("b")])


@pytest.mark.parametrize(
    ("place", "says"), [("no/such/folder/s.db", "no such folder"), (".", "folder"), ("nonsense://x", "driver|address")]
)
def test_a_place_that_cannot_hold_a_store_is_refused(tmp_path, place, says):
    with pytest.raises(StoreError, match=says):
        Store.open(place if "://" in place else tmp_path / place)


def test_a_read_only_store_can_be_read_and_says_so_when_written(tmp_path):
    with Store.open(tmp_path / "s.db") as store:
        store.put_reports([report("a")])
    with Store.open(f"sqlite:///file:{tmp_path / 's.db'}?mode=ro&uri=true") as store:
        assert [r.text for r in store.reports()] == ["a"]
        with pytest.raises(StoreError, match="may only be read"):
            store.put_reports([report("b")])


def test_a_full_disk_is_said_and_what_was_there_stays(tmp_path, monkeypatch):
    with Store.open(tmp_path / "s.db") as store:
        store.put_reports([report("a")])
        from sqlalchemy import event as events  # noqa: PLC0415

        # SQLite says the same of a file that has reached its page limit as of a full disk
        events.listen(store._engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 80"))
        store._engine.dispose()
        with pytest.raises(StoreError, match="disk is full") as said:
            store.put_reports([report("x" * 1_000_000)])
        assert "Free some space" in said.value.mend
        assert [r.text for r in store.reports()] == ["a"]


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of 24 MB."""
    disk = Path(tempfile.mkdtemp(prefix="disk", dir="/tmp"))  # PostgreSQL's account may not look into pytest's folders
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        disk.rmdir()
        lacking("there is no right to mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
    disk.rmdir()


def test_a_full_disk_under_postgresql_is_said_and_what_was_there_stays(postgres, small_disk):
    shutil.chown(small_disk, cluster.ACCOUNT)
    with postgres.database_on(small_disk) as where, Store.open(where) as store:
        store.put_reports([report("a")])
        words = [report(f"{n} " + "".join(random.Random(n).choices("abcdefghij ", k=5000))) for n in range(6000)]
        with pytest.raises(StoreError, match="disk is full") as said:
            store.put_reports(words)
        assert "Free some space" in said.value.mend
        assert any(r.text == "a" for r in store.reports())
        held = store.counts()
        assert held["reports"] == held["sightings"]  # batches are there whole or not at all


def work(where: str, folder: Path) -> None:
    """All the writing verbs, as a pipeline runs them."""
    with Store.open(where) as store, store.run("all", "0", {}):
        store.put_reports(collect_paths([folder]))
        store.put_readings(READER, ((r.id, [event(r, n=0), event(r, n=1)]) for r in list(store.unread(READER))))
        told = list(store.statements())
        store.put_incidents([incident(*told[n : n + 3], name=f"i{n}") for n in range(0, len(told), 3)])


def inputs(folder: Path, count: int) -> Path:
    folder.mkdir()
    lines = [json.dumps({"id": n, "text": f"report {n}", "published": "2020-03-12"}) for n in range(count)]
    (folder / "a.jsonl").write_text("\n".join([*lines, "broken", lines[0].replace('"id": 0', '"id": "x"')]))
    return folder


def content(where: str) -> dict[str, object]:
    with Store.open(where) as store:
        counts = {k: v for k, v in store.counts().items() if k not in {"runs", "outcomes"}}
        return {
            "rows": counts,
            "reports": {r.text for r in store.reports()},
            "statements": {s.id for s in store.statements()},
            "incidents": {(i.id, i.statements) for i in store.incidents()},
            "rejected": {r.where for r in store.rejected()},
            "sightings": {s["key"] for r in store.reports() for s in store.sightings(r.id)},
            "found": set(store.search("port 17")),
        }


KILLS = 50


def test_a_process_killed_at_any_of_fifty_moments_loses_nothing_and_doubles_nothing(new, tmp_path, monkeypatch):
    monkeypatch.setattr("marsad.store.store.BATCH", 6)  # many transactions, so that kills fall between and inside them
    folder = inputs(tmp_path / "in", 60)
    whole = new()
    began = time.monotonic()
    work(whole, folder)
    took = time.monotonic() - began
    rng, killed, stores = random.Random(7), 0, [new()]
    for n in range(4 * KILLS):
        if killed >= KILLS:
            break
        if n % 10 == 9:  # from the start again, so that every stage is hit, the making of the store too
            stores.append(new())
        child = FORK.Process(target=work, args=(stores[-1], folder))
        child.start()
        time.sleep(rng.uniform(0.002, took))
        if child.is_alive() and child.pid:
            os.kill(child.pid, signal.SIGKILL)
            killed += 1
        else:
            took *= 0.9  # the undisturbed run was slow, on a busy machine: most would end before they are killed
        child.join()
    assert killed >= KILLS
    expected = content(whole)
    for each in stores:
        work(each, folder)
        assert content(each) == expected


def put_some(where: str, name: str) -> None:
    with Store.open(where) as store:
        for n in range(30):
            store.put_reports([report(f"shared {n}", date(2020, 3, 1)), report(f"{name} {n}")])


def test_two_writers_at_once_both_get_through(where):
    writers = [FORK.Process(target=put_some, args=(where, name)) for name in "ab"]
    for w in writers:
        w.start()
    for w in writers:
        w.join()
    assert [w.exitcode for w in writers] == [0, 0]
    with Store.open(where) as store:
        held: list[Report] = list(store.reports())
        assert len(held) == 90
        assert store.counts()["sightings"] == 90
