"""Reviews, as rows beside what they judge; and the folded words of the reports, for search."""

import sqlalchemy as sa
from alembic import op

from marsad.store import search

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the two tables; the words of the reports already held are folded into theirs."""
    op.add_column("incidents", sa.Column("review", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("incidents", sa.Column("lasting", sa.Boolean(), nullable=False, server_default=sa.false()))
    days = "julianday(completed) - julianday(published)" if op.get_bind().dialect.name == "sqlite" else "completed - published"
    op.execute(f"UPDATE incidents SET lasting = true WHERE completed IS NULL OR {days} > 31")
    op.create_index("incidents_lasting", "incidents", ["lasting", "country", "published", "completed"], unique=False)
    op.create_index("incidents_by_cell", "incidents", ["country", "admin1", "kind", "start", "id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("incident", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recorded", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("mark"),
    )
    op.create_index("ix_reviews_incident", "reviews", ["incident"], unique=False)
    search.create(op.get_bind())
