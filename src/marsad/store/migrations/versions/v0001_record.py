"""The record as it was first made: reports, sightings, readings, statements, incidents as versions, signals, forecasts, scenarios.

Frozen: a later change of store/schema.py is a later migration, never a change of this one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, those that others point to first."""
    _forecasts()
    _incidents()
    _rejected()
    _reports()
    _runs()
    _scenarios()
    _schema_version()
    _signals()
    _outcomes()
    _readings()
    _sightings()
    _statements()
    _takedowns()
    _evidence()


def _forecasts() -> None:
    op.create_table(
        "forecasts",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sensitivity", sa.String(length=10), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id", "digest"),
    )
    op.create_index("ix_forecasts_unit", "forecasts", ["unit"], unique=False)


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("family", sa.String(length=12), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("admin1", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("aggregate", sa.Boolean(), nullable=False),
        sa.Column("sensitivity", sa.String(length=10), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("completed", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_index("incidents_by_area", "incidents", ["country", "admin1", "start"], unique=False)
    op.create_index("incidents_by_kind", "incidents", ["kind", "start"], unique=False)
    op.create_index("incidents_by_publication", "incidents", ["published", "completed"], unique=False)
    op.create_index("incidents_by_record", "incidents", ["recorded"], unique=False)
    op.create_index("incidents_by_time", "incidents", ["start", "id"], unique=False)


def _rejected() -> None:
    op.create_table(
        "rejected",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mend", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", SEQ, autoincrement=True, nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sensitivity", sa.String(length=10), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id", "digest"),
    )
    op.create_index("ix_scenarios_unit", "scenarios", ["unit"], unique=False)


def _schema_version() -> None:
    op.create_table("schema_version", sa.Column("version", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("version"))


def _signals() -> None:
    op.create_table(
        "signals",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sensitivity", sa.String(length=10), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id", "digest"),
    )
    op.create_index("ix_signals_unit", "signals", ["unit"], unique=False)


def _outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("run", SEQ, autoincrement=False, nullable=False),
        sa.Column("ended", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.id"],
        ),
        sa.PrimaryKeyConstraint("run"),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("readings_by_report", "readings", ["report", "seq"], unique=False)


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("retells", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("sensitivity", sa.String(length=10), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("mark"),
    )
    op.create_index("ix_sightings_published", "sightings", ["published"], unique=False)
    op.create_index("ix_sightings_report", "sightings", ["report"], unique=False)


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cls", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("family", sa.String(length=12), nullable=False),
        sa.Column("realis", sa.String(length=12), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_statements_cls", "statements", ["cls"], unique=False)
    op.create_index("statements_by_reading", "statements", ["report", "reader", "position"], unique=False)


def _takedowns() -> None:
    op.create_table(
        "takedowns",
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.id"],
        ),
        sa.PrimaryKeyConstraint("report"),
    )


def _evidence() -> None:
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
    )
    op.create_index("ix_evidence_statement", "evidence", ["statement"], unique=False)
