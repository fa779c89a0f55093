"""Statements are numbered as they come, and evidence is kept by that number, once: it grows at its end, where ids in no order touched a page each.
The marks of sightings are unique by report, which makes one index of two. On SQLite the tables are written anew."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, size: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size) if size else sa.Text(), nullable=False)


def upgrade() -> None:
    """Change what is there; no row is lost or doubled."""
    op.execute("CREATE TABLE evidence_before AS SELECT statement AS id, incident, version FROM evidence")
    op.drop_table("evidence")
    if op.get_bind().dialect.name == "sqlite":
        _anew("statements", _statements, ("ix_statements_cls", "statements_by_reading"), OF_STATEMENTS)
        _anew("sightings", _sightings, ("ix_sightings_published", "ix_sightings_report", "sightings_by_source"), OF_SIGHTINGS)
    else:
        op.drop_constraint("statements_pkey", "statements", type_="primary")
        op.execute("ALTER TABLE statements ADD COLUMN seq BIGSERIAL PRIMARY KEY")
        op.create_index("ix_statements_id", "statements", ["id"], unique=True)
        op.drop_constraint("sightings_mark_key", "sightings", type_="unique")
        op.create_index("sightings_by_report", "sightings", ["report", "mark"], unique=True)
        op.drop_index("ix_sightings_report", "sightings")
    op.create_table(
        "evidence",
        sa.Column("statement", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("incident", 80),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.seq"]),
        sa.PrimaryKeyConstraint("statement", "incident", "version"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO evidence SELECT s.seq, e.incident, e.version FROM evidence_before e JOIN statements s ON s.id = e.id "
        "ORDER BY 1, 2, 3"
    )
    op.drop_table("evidence_before")


def _anew(table: str, make: Callable[[], None], had: tuple[str, ...], has: tuple[tuple[str, bool, list[str]], ...]) -> None:
    """Write a table of SQLite anew in the order in which its rows came, and then its indexes: each is sorted once, not grown row by row.
    had: the old indexes; has: (name, whether unique, columns) of the new ones."""
    before = f"{table}_before"
    for name in had:
        op.drop_index(name, table)
    op.rename_table(table, before)
    make()
    columns = ", ".join(f'"{c["name"]}"' for c in sa.inspect(op.get_bind()).get_columns(before))
    op.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {before} ORDER BY rowid")
    op.drop_table(before)
    for name, unique, keys in has:
        op.create_index(name, table, keys, unique=unique)


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        _text("id", 80), _text("report", 64), sa.Column("position", sa.Integer(), nullable=False), _text("cls", 12), _text("kind", 24),
        _text("family", 12), _text("realis", 12), sa.Column("start", sa.Date()), sa.Column("end", sa.Date()), _text("reader", 80),
        sa.Column("recorded", sa.DateTime(), nullable=False), _text("body"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"]), sa.PrimaryKeyConstraint("seq"),
    )  # fmt: skip


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        _text("mark", 64), _text("report", 64), _text("source"), _text("url"), sa.Column("published", sa.Date()), _text("key"),
        _text("retells"), _text("grade", 1), _text("sensitivity", 10), sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"]), sa.PrimaryKeyConstraint("seq"),
    )  # fmt: skip


OF_STATEMENTS = (
    ("ix_statements_id", True, ["id"]),
    ("ix_statements_cls", False, ["cls"]),
    ("statements_by_reading", False, ["report", "reader", "position"]),
)
OF_SIGHTINGS = (
    ("sightings_by_report", True, ["report", "mark"]),
    ("ix_sightings_published", False, ["published"]),
    ("sightings_by_source", False, ["source", "report"]),
)
