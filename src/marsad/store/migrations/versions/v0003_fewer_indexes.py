"""Fewer, wider indexes of incidents; the few that took long are marked; evidence is kept once on SQLite, not beside its own index."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change what is there; no row is lost or doubled."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("incidents", sa.Column("long", sa.Boolean(), nullable=False, server_default=sa.false()))
    days = 'julianday("end") - julianday(start)' if sqlite else '"end" - start'
    op.execute(f"UPDATE incidents SET long = true WHERE {days} > 31")
    for name in ("lasting", "by_time", "by_area", "by_cell", "by_kind", "by_publication"):
        op.drop_index(f"incidents_{name}", "incidents")
    op.create_index("incidents_by_time", "incidents", ["start", "id", "kind", "country"], unique=False)
    op.create_index("incidents_by_area", "incidents", ["country", "admin1", "start", "id", "kind"], unique=False)
    op.create_index("incidents_by_publication", "incidents", ["published", "completed", "country"], unique=False)
    for flag, columns in (("long", ["end", "start"]), ("lasting", ["country", "start"])):
        name, there, here = f"incidents_{flag}", sa.text(f"{flag} = 1"), sa.text(flag)
        op.create_index(name, "incidents", columns, unique=False, sqlite_where=there, postgresql_where=here)
    if sqlite:
        _evidence_once()


def _evidence_once() -> None:
    op.rename_table("evidence", "evidence_before")
    op.create_table(
        "evidence",
        sa.Column("incident", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement"],
            ["statements.id"],
        ),
        sa.PrimaryKeyConstraint("incident", "version", "statement"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO evidence SELECT incident, version, statement FROM evidence_before ORDER BY 1, 2, 3")
    op.drop_table("evidence_before")
    op.create_index("ix_evidence_statement", "evidence", ["statement"], unique=False)
