"""One schema for both databases."""

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from marsad.store.schema import metadata


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda t: t.name)
def test_every_table_can_be_made_in_postgresql_as_in_sqlite(table):
    columns = {c.name for c in table.columns}
    for dialect in (postgresql.dialect(), sqlite.dialect()):
        made = str(CreateTable(table).compile(dialect=dialect))
        assert all(name in made for name in columns)
    made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    assert "DATETIME" not in made
    assert "BLOB" not in made
    assert ("BIGSERIAL" in made) == any(c.autoincrement is True for c in table.columns)
