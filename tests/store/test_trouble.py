"""What goes wrong is said, with the mend; and a process killed at any moment loses nothing and doubles nothing."""

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from datetime import date
from pathlib import Path

import pytest
from tests.store.make import READER, event, incident, report

from marsad.collect import collect_paths
from marsad.errors import StoreError
from marsad.records import Report
from marsad.store import Store

FORK = multiprocessing.get_context("fork")


def test_a_store_from_a_newer_version_is_refused_and_not_changed(tmp_path):
    Store.open(tmp_path / "s.db").close()
    with sqlite3.connect(tmp_path / "s.db") as raw:
        raw.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(StoreError, match="newer Marsad"):
        Store.open(tmp_path / "s.db")


def test_a_file_that_is_not_a_database_is_refused(tmp_path):
    (tmp_path / "s.db").write_text("These are the words of a report, not a database. " * 50)
    with pytest.raises(StoreError, match="not a store"):
        Store.open(tmp_path / "s.db")


def test_a_database_of_something_else_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "s.db") as raw:
        raw.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(StoreError, match="not a store of Marsad"):
        Store.open(tmp_path / "s.db")


@pytest.mark.parametrize(
    ("where", "says"), [("no/such/folder/s.db", "no such folder"), (".", "folder"), ("nonsense://x", "driver|address")]
)
def test_a_place_that_cannot_hold_a_store_is_refused(tmp_path, where, says):
    with pytest.raises(StoreError, match=says):
        Store.open(where if "://" in where else tmp_path / where)


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
        with pytest.raises(StoreError, match="disk is full") as said:
            store.put_reports([report("x" * 1_000_000)])
        assert "Free some space" in said.value.mend
        assert [r.text for r in store.reports()] == ["a"]


def work(db: Path, folder: Path) -> None:
    """All the writing verbs, as a pipeline runs them."""
    with Store.open(db) as store, store.run("all", "0", {}):
        store.put_reports(collect_paths([folder]))
        store.put_readings(READER, ((r.id, [event(r, n=0), event(r, n=1)]) for r in list(store.unread(READER))))
        told = list(store.statements())
        store.put_incidents([incident(*told[n : n + 3], name=f"i{n}") for n in range(0, len(told), 3)])


def inputs(folder: Path, count: int) -> Path:
    folder.mkdir()
    lines = [json.dumps({"id": n, "text": f"report {n}", "published": "2020-03-12"}) for n in range(count)]
    (folder / "a.jsonl").write_text("\n".join([*lines, "broken", lines[0].replace('"id": 0', '"id": "x"')]))
    return folder


def content(db: Path) -> dict[str, set[object]]:
    with Store.open(db) as store:
        return {
            "reports": {r.text for r in store.reports()},
            "statements": {s.id for s in store.statements()},
            "incidents": {(i.id, i.statements) for i in store.incidents()},
            "rejected": {r.where for r in store.rejected()},
            "sightings": {s["key"] for r in store.reports() for s in store.sightings(r.id)},
        }


def test_a_process_killed_at_any_moment_loses_nothing_and_doubles_nothing(tmp_path):
    folder = inputs(tmp_path / "in", 900)
    whole = tmp_path / "whole.db"
    began = time.monotonic()
    work(whole, folder)
    took = time.monotonic() - began
    rng, killed = random.Random(7), 0
    db = tmp_path / "s.db"
    for n in range(12):
        if n % 4 == 0:  # from the start again, so that every stage is hit
            db = tmp_path / f"s{n}.db"
        child = FORK.Process(target=work, args=(db, folder))
        child.start()
        time.sleep(rng.uniform(0.005, took))
        if child.is_alive() and child.pid:
            os.kill(child.pid, signal.SIGKILL)
            killed += 1
        child.join()
    assert killed >= 8
    for db in tmp_path.glob("s*.db"):
        work(db, folder)
        assert content(db) == content(whole)
        with Store.open(db) as store:
            rows, expected = store.counts(), Store.open(whole).counts()
            assert rows["evidence"] == expected["evidence"]
            assert {k: v for k, v in rows.items() if k not in {"runs", "outcomes"}} == {
                k: v for k, v in expected.items() if k not in {"runs", "outcomes"}
            }


def put_some(db: Path, name: str) -> None:
    with Store.open(db) as store:
        for n in range(30):
            store.put_reports([report(f"shared {n}", date(2020, 3, 1)), report(f"{name} {n}")])


def test_two_writers_at_once_both_get_through(tmp_path):
    db = tmp_path / "s.db"
    writers = [FORK.Process(target=put_some, args=(db, name)) for name in "ab"]
    for w in writers:
        w.start()
    for w in writers:
        w.join()
    assert [w.exitcode for w in writers] == [0, 0]
    with Store.open(db) as store:
        held: list[Report] = list(store.reports())
        assert len(held) == 90
        assert store.counts()["sightings"] == 90
