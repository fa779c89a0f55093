"""A choice over columns in memory is the choice over the records themselves, on both clocks, whatever is asked."""

import threading
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from tests.serve import record
from tests.store.make import Ticks

from marsad.records import When
from marsad.scales import DateBasis, DatePrecision, Family, Sensitivity
from marsad.serve import shelf, snapshot
from marsad.serve.changed import changed
from marsad.serve.find import Sought, takes
from marsad.serve.shelf import UNDATED, micros, shelf_of
from marsad.serve.view import View
from marsad.store import Store, Which

TOWNS = (
    ("Taji", "IQ", "Baghdad", 33.5, 44.25),
    ("Kirkuk", "IQ", "Kirkuk", 35.47, 44.39),
    ("Aleppo", "SY", "Aleppo", 36.2, 37.16),
    ("", "", "", None, None),
    ("Khazir camp", "IQ", "Nineveh", 36.3, 43.5),
)


def build(where: str, clock: Ticks) -> Store:
    """60 incidents over three recorded days, some told by two reports of different days, some revised, ended, rejected, undated."""
    store = Store.open(where, now=clock)
    for n in range(60):
        clock.to(date(2024, 1, 1 + n // 20))
        level = list(Sensitivity)[n % 3]
        day = date(2020, 3, 1) + timedelta(n % 17)
        told = [
            replace(
                record.report(level, n, f"text {n} {k}"),
                published=day + timedelta(k * 3) if n % 11 else None,
                source=f"S{n % 4}",
            )
            for k in range(1 + n % 2)
        ]
        store.put_reports(told)
        when = (
            None
            if n % 13 == 0
            else When(start=day, end=day + timedelta(n % 3), precision=DatePrecision.DAYS, basis=DateBasis.TEXT)
        )
        name, country, unit, lat, lon = TOWNS[n % 5]
        said = [replace(s, when=when, kind=("shelling", "raid", "protest")[n % 3], places=tuple(replace(p, name_en=name, country=country, admin1=unit, lat=lat, lon=lon) for p in s.places) if name else ())
                for s in (record.statement(r, n * 10 + k, killed=n % 4) for k, r in enumerate(told))]  # fmt: skip
        store.put_readings(record.READER, [(s.report, [s]) for s in said])
        made = record.incident(f"i-{n:03d}", *said, level=level, kind=said[0].kind, town=name)
        store.put_incidents([replace(made, places=said[0].places, when=when, recalled=n % 7 == 0, review="rejected" if n % 19 == 5 else "confirmed" if n % 5 == 0 else "", published=told[0].published, confidence=None if n % 6 == 0 else n % 10 / 10, actors=("Group A",) if n % 2 else ("Army",))], complete=False)  # fmt: skip
    clock.to(date(2024, 1, 5))
    held = store.incidents()
    store.put_incidents([replace(i, kind="clash", voices=9) for i in held[:6]], complete=False)
    store.put_incidents([], complete=False, over=[i.id for i in held[6:9]])
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    return build(str(tmp_path_factory.mktemp("find") / "s.db"), Ticks())


DAYS = st.none() | st.dates(date(2020, 2, 25), date(2020, 3, 25))
CHOICES = st.builds(
    Sought, kind=st.sampled_from(["", "", "shelling", "raid", "nothing"]), family=st.sampled_from(["", "", *(f.value for f in Family)]),
    area=st.sampled_from(["", "", "IQ", "IQ/Baghdad", "SY", "XX"]), since=DAYS, until=DAYS, actor=st.sampled_from(["", "", "army", "group"]),
    box=st.none() | st.sampled_from([(40.0, 30.0, 45.0, 36.0), (170.0, -90.0, 44.3, 90.0)]), source=st.sampled_from(["", "", "S1", "S9"]),
    realis=st.sampled_from(["", "background", "any"]), confidence=st.sampled_from(["", "", "confirmed", "several", "single", "disputed"]), rejected=st.booleans(),
    least=st.none() | st.sampled_from([0.0, 0.3, 0.6, 1.0]),
)  # fmt: skip
VIEWS = st.tuples(
    st.sampled_from(list(Sensitivity)), st.none() | st.dates(date(2020, 2, 28), date(2020, 3, 25)) | st.dates(date(2023, 12, 31), date(2024, 1, 6)),
    st.sampled_from(["published", "recorded"]),
)  # fmt: skip


@bounds(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sought=CHOICES, seen_by=VIEWS)
def test_a_choice_is_that_over_the_records(store, sought, seen_by):
    level, as_of, clock = seen_by
    look = View(store, level, as_of, clock)
    sources = store.of_source(sought.source) if sought.source else set()
    newest = {i.id for i in View(store, level).incidents(Which(rejected=True))}
    ended = {f"i-{n:03d}" for n in range(60)} - {i.id for i in store.incidents(Which(rejected=True))}
    wanted = [i for i in look.incidents(Which(rejected=True)) if takes(sought, i, sources) and i.id in newest | ended]
    found = look.find(sought)
    listed = found.page(100)
    assert sorted(listed, key=lambda i: i.id) == sorted(wanted, key=lambda i: i.id)
    assert len(found) == len(wanted)
    assert found.page(100, newest=True) == listed[::-1]
    assert sum(found.by_family().values()) == sum(found.by_area().values()) == sum(found.by_kind().values()) == len(wanted)
    assert sum(n for _, _, n in found.by_day()) == sum(i.when is not None for i in wanted)
    assert found.killed() == sum(i.killed.best for i in wanted if i.killed)
    assert found.placed() == sum(bool(i.places) and i.places[0].lat is not None for i in wanted)
    walked, after = [], None
    while page := found.page(7, after=after):
        walked += page
        after = (page[-1].when.start.toordinal() if page[-1].when else int(UNDATED), page[-1].id)
    assert walked == listed


def test_cells_gather_what_is_near(store):
    found = View(store, Sensitivity.INTERNAL).find()
    cells = found.cells(1.0)
    assert len(cells) == 4
    assert sum(c.count for c in cells) == found.placed()
    for c in cells:
        west, south, east, north = c.box
        assert west <= c.lon <= east
        assert south <= c.lat <= north
        assert sum(c.families.values()) == c.count
    alone = next(i.id for i in found.page(100) if i.places and i.places[0].lat is not None)
    assert [(c.id, c.count) for c in View(store, Sensitivity.INTERNAL).find(Sought(id=alone)).cells(1.0)] == [(alone, 1)]


def test_the_shelf_follows_the_store(tmp_path: Path):
    clock = Ticks()
    store = build(str(tmp_path / "s.db"), clock)
    before, mark = len(View(store, Sensitivity.INTERNAL).find()), micros(store.newest())
    clock.step()
    told = record.statement(record.report(Sensitivity.PUBLIC, 0, "text 0 0"), 0)
    store.put_incidents([record.incident("i-new", told, level=Sensitivity.PUBLIC)], complete=False)
    assert len(View(store, Sensitivity.INTERNAL).find()) == before + 1
    assert len(View(store, Sensitivity.INTERNAL).find(seen=mark)) == before
    assert shelf_of(store) is shelf_of(store)


def started_anew(where: str, clock: Ticks, monkeypatch: pytest.MonkeyPatch) -> tuple[Store, list[object]]:
    """The store opened as by a new process, and from when each pass over its versions began."""
    store, passes = Store.open(where, now=clock), []
    read = store.overview
    monkeypatch.setattr(store, "overview", lambda since=None: passes.append(since) or read(since))
    return store, passes


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Ticks]:
    """A store beside which its columns are kept."""
    monkeypatch.setattr(snapshot, "LEAST", 1)
    clock = Ticks()
    store = build(str(tmp_path / "s.db"), clock)
    shelf_of(store).begin().join()
    assert snapshot.path_of(store).stat().st_mode & 0o77 == 0, "nobody else may read it"
    store.close()
    return store.where, clock


def test_columns_kept_from_an_earlier_start_are_those_of_the_store(saved, monkeypatch):
    store, passes = started_anew(*saved, monkeypatch)
    held, newest = shelf_of(store).columns()
    assert passes == [], "what is in the file is not read from the database"
    assert store.tallied()[1] > 0
    fresh = shelf.Shelf(store)
    monkeypatch.setattr(snapshot, "load", lambda store, names: None)
    made, at = fresh.columns()
    assert newest == at
    for f in fields(made):
        if f.name not in ("area", "parties"):
            np.testing.assert_array_equal(getattr(held, f.name), getattr(made, f.name), err_msg=f.name)
    for codes in ("areas", "parties"):
        column = codes.removesuffix("s") if codes == "areas" else codes
        one, other = getattr(shelf_of(store), codes).values, getattr(fresh, codes).values
        assert [one[n] for n in getattr(held, column)] == [other[n] for n in getattr(made, column)]


def test_what_came_since_is_read_beside_the_kept_columns(saved, monkeypatch):
    where, clock = saved
    clock.to(date(2024, 2, 1))
    with Store.open(where, now=clock) as other:
        told = record.statement(record.report(Sensitivity.PUBLIC, 0, "text 0 0"), 0)
        before = len(other.incidents())
        other.put_incidents([record.incident("i-new", told, level=Sensitivity.PUBLIC)], complete=False)
    store, passes = started_anew(where, clock, monkeypatch)
    assert len(View(store, Sensitivity.INTERNAL).find(Sought(realis="any"))) >= before
    assert None not in passes
    assert passes
    assert View(store, Sensitivity.INTERNAL).incident("i-new")


@pytest.mark.parametrize("fault", ["taken down", "cut off", "of another record", "of other code"])
def test_kept_columns_that_cannot_be_believed_are_passed_over(saved, monkeypatch, fault):
    where, clock = saved
    with Store.open(where, now=clock) as other:
        path = snapshot.path_of(other)
        if fault == "taken down":
            other.take_down(next(other.reports()).id, reason="asked for")
        elif fault == "of another record":
            clock.to(date(2023, 1, 1))  # a version dated before the moment of the file
            told = record.statement(record.report(Sensitivity.PUBLIC, 0, "text 0 0"), 0)
            other.put_incidents([record.incident("i-new", told, level=Sensitivity.PUBLIC)], complete=False)
    if fault == "cut off":
        path.write_bytes(path.read_bytes()[:-2000])
    if fault == "of other code":
        monkeypatch.setattr(snapshot, "_made_by", lambda: "other")
    store, passes = started_anew(where, clock, monkeypatch)
    held, _ = shelf_of(store).columns()
    assert None in passes
    assert len(held) == store.versions_by(store.newest())


def test_changes_page_by_page_are_all_changes(store):
    for level in Sensitivity:
        look = View(store, level)
        start = micros(Ticks()()) + 36 * 3_600_000_000  # after the first 20 or so
        whole, end = changed(look, start, after=None, limit=1000)
        assert end is None
        walked, after = [], None
        while True:
            part, after = changed(look, start, after=after, limit=7)
            walked += part
            if after is None:
                break
        assert walked == whole
        since = Ticks()() + timedelta(hours=36)
        told = {c.id: (c.before, c.now) for c in whole}
        assert all(told[(b or n).id] == (b, n) for b, n in look.changes(since))
    assert {c.what for c in whole} == {"new", "changed", "ended"}


def test_histories_are_the_history_of_each(store):
    for level in Sensitivity:
        look = View(store, level)
        seen = {i.id for i in look.incidents(Which(rejected=True))}
        assert look.histories([*seen, "i-none"]) == {i: look.history(i) for i in seen}
        hidden = {i.id for i in store.incidents(Which(rejected=True))} - seen
        assert look.histories(hidden) == {}


@pytest.mark.parametrize("part", range(1, 12))
def test_putting_new_versions_in_their_places_gives_what_sorting_all_anew_gives(store, monkeypatch, part):
    monkeypatch.setattr(shelf, "FEW", 2.0)
    every = np.random.default_rng(part).permutation(shelf_of(store).columns()[0].id.size)
    whole = shelf_of(store).columns()[0]
    raw = replace(whole, level=whole.own, until=np.full(len(whole), shelf.NEVER))
    held, new = (shelf.taken(raw, np.sort(rows)) for rows in (every[4 * part :], every[: 5 * part]))  # some stand in both
    made = shelf.joined(shelf._sorted(held), new)
    for f in fields(whole):
        np.testing.assert_array_equal(getattr(made, f.name), getattr(whole, f.name), err_msg=f.name)


def test_a_page_does_not_wait_for_a_record_that_grows(tmp_path, monkeypatch):
    clock = Ticks()
    store = build(str(tmp_path / "s.db"), clock)
    before, mark = len(View(store, Sensitivity.INTERNAL).find()), store.newest()
    clock.step()
    told = record.statement(record.report(Sensitivity.PUBLIC, 0, "text 0 0"), 0)
    store.put_incidents([record.incident("i-new", told, level=Sensitivity.PUBLIC)], complete=False)
    slow, read = threading.Event(), store.overview
    monkeypatch.setattr(store, "overview", lambda since: slow.wait(30) and read(since))
    hasty = View(store, Sensitivity.INTERNAL, patience=0.05)
    assert len(hasty.find()) == before
    assert hasty.behind == mark, "and the page can say so"
    slow.set()
    patient = View(store, Sensitivity.INTERNAL)
    assert len(patient.find()) == before + 1
    assert patient.behind is None
