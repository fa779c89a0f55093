"""From an older schema to this one, by Alembic; a new store is made the same way, so that the migrations are the schema.

The numbers of `schema_version` are Marsad's own; revision 0002 is version 2. A store that Alembic never saw has version 1.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, select

from marsad.store import schema

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(conn: Connection, to: str = "head") -> None:
    """Bring the database of `conn` to revision `to`, within its transaction: a crash leaves it as it was."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = conn
    names = set(inspect(conn).get_table_names())
    if "schema_version" in names and "alembic_version" not in names:
        command.stamp(config, "0001")
    command.upgrade(config, to)
    if schema.VERSION not in conn.scalars(select(schema.schema_version.c.version)).all():
        conn.execute(schema.schema_version.insert().values(version=schema.VERSION))
