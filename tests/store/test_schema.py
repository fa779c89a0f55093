"""One schema for both databases, and the migrations are that schema."""

from datetime import date, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, select, text
from sqlalchemy import event as events
from tests.store.make import READER, event, incident, report

from marsad.errors import StoreError
from marsad.link import link
from marsad.store import Store, Which, migrate, schema
from marsad.store import engine as engines


def ours(thing, name, kind, reflected, other) -> bool:
    """Not Alembic's own table, nor those of the search index."""
    return not (kind == "table" and (name == "alembic_version" or name.startswith("words")))


def differences(where: str) -> list[object]:
    engine = engines.connect(where)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"include_object": ours})
        found = compare_metadata(context, schema.metadata)
    engine.dispose()
    # SQLite's index of the primary key and PostgreSQL's of a unique one are reflected under names of their own
    return found


def test_the_migrations_make_the_schema(where):
    Store.open(where).close()
    assert differences(where) == []


def older(where: str) -> None:
    """A store as version 1 made it, before there was Alembic."""
    engine = engines.connect(where)
    with engine.connect().execution_options(write=True) as conn, conn.begin():
        migrate.upgrade(conn, to="0001")
        conn.execute(text("DROP TABLE alembic_version"))
        conn.execute(text("DELETE FROM schema_version"))
        conn.execute(schema.schema_version.insert().values(version=1))
        conn.execute(text(f"INSERT INTO reports VALUES ('{'a' * 64}', 'انفجار في الموصل', 'T', 'ar', '2020-03-12 00:00:00')"))
    engine.dispose()


def test_a_store_of_version_1_is_brought_up_with_what_it_holds(where):
    older(where)
    with Store.open(where) as store:
        assert store.search("بالموصل"[1:]) == ["a" * 64]
        assert store.counts()["reviews"] == 0
        store.put_reports([report("newer words")])
        assert len(store.search("newer")) == 1
    assert differences(where) == []
    Store.open(where).close()


def test_a_migration_that_breaks_off_leaves_the_store_as_it_was(where, monkeypatch):
    older(where)
    monkeypatch.setattr("marsad.store.search.put", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Store.open(where)
    monkeypatch.undo()
    with Store.open(where) as store:
        assert store.search("الموصل") == ["a" * 64]


def as_version_4(where: str, held: str) -> None:
    """A store of version 4 at `where` with the rows of the store `held`: evidence named statements by id then."""
    engines_of = engines.connect(held), engines.connect(where)
    with engines_of[1].connect().execution_options(write=True) as old, old.begin(), engines_of[0].connect() as now:
        migrate.upgrade(old, to="0004")
        old.execute(text("DELETE FROM schema_version"))
        old.execute(schema.schema_version.insert().values(version=4))
        known = MetaData()
        known.reflect(old, only=["reports", "sightings", "readings", "statements", "incidents", "evidence"])
        ids = {row.seq: row.id for row in now.execute(select(schema.statements.c.seq, schema.statements.c.id))}
        for name in ("reports", "sightings", "readings", "statements", "incidents", "evidence"):
            for row in now.execute(select(schema.metadata.tables[name])).mappings():
                values = {k: v for k, v in row.items() if name != "statements" or k != "seq"}
                if name == "evidence":
                    values["statement"] = ids[row["statement"]]
                if "recorded" in values:
                    values["recorded"] = values["recorded"].replace(tzinfo=None)
                old.execute(known.tables[name].insert().values(values))
    for engine in engines_of:
        engine.dispose()


def test_a_store_of_version_4_keeps_what_each_incident_rests_on(where, tmp_path):
    said = [report(f"words {n}", date(2020, 3, 11 + n)) for n in range(3)]
    told = [event(r, killed=n) for n, r in enumerate(said)]
    held = str(tmp_path / "held.db")
    with Store.open(held) as store:
        store.put_reports([*said, report("words 0", date(2020, 3, 12), source="T")])
        store.put_readings(READER, [(s.report, [s]) for s in reversed(told)])
        store.put_incidents([incident(*told[:2], name="i1"), incident(told[2], name="i2")])
        store.put_incidents([incident(*told, name="i1")])  # the second joined the first
        before = list(store.statements()), store.incidents(), list(store.reports()), {**store.counts(), "schema_version": 2}
    as_version_4(where, held)
    with Store.open(where) as store:
        assert (list(store.statements()), store.incidents(), list(store.reports()), store.counts()) == before
        assert store.resting([s.id for s in told]) == dict.fromkeys((s.id for s in told), "i1")
        assert store.resting_on([told[2].id]) == ["i1", "i2"]
        assert store.of_source("T") == {"i1"}
        taken = store.put_reports([report("words 0", date(2020, 3, 12), source="T")])
        assert (taken.new, taken.again) == (0, 1)
        assert len(store.sightings(said[0].id)) == 2, "seen before at this place: no second row"
        assert store.put_readings(READER, [(s.report, [s]) for s in told]) == 0
    assert differences(where) == []


def test_an_incident_on_words_that_are_not_held_is_refused_whole(where):
    said = report("words", date(2020, 3, 11))
    with Store.open(where) as store:
        store.put_reports([said])
        with pytest.raises(StoreError, match="not in the store"):
            store.put_incidents([incident(event(said))])
        assert store.incidents() == []


def test_sqlite_reads_a_cut_by_the_index_of_its_days_whatever_it_counted(tmp_path):
    said = [report(f"words {n}", date(2020, 3, 1) + timedelta(n)) for n in range(40)]
    told = [event(r, day=date(2020, 3, 1) + timedelta(n)) for n, r in enumerate(said)]
    ways = []
    with Store.open(tmp_path / "s.db") as store:
        store.put_reports(said)
        store.put_readings(READER, [(s.report, [s]) for s in told])
        store.put_incidents(
            [incident(s, name=f"i{n}", published=s.when.start if s.when else None) for n, s in enumerate(told)]
        )
        store.tidy()

        def note(conn, cursor, statement, values, context, many) -> None:
            if "FROM incidents" in statement:
                ways.append(" ".join(row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)))

        events.listen(store._engine, "before_cursor_execute", note)
        asked = Which(
            kind="shelling", country="IQ", admin1="Baghdad", since=date(2020, 3, 5), until=date(2020, 3, 20), limit=10
        )
        assert len(store.incidents(asked, as_of=date(2020, 3, 20), link=link)) == 10
    for index in ("incidents_by_area", "incidents_long", "incidents_by_publication", "incidents_lasting"):
        assert any(index in way for way in ways), index
