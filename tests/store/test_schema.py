"""One schema for both databases, and the migrations are that schema."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from tests.store.make import report

from marsad.store import Store, migrate, schema
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
