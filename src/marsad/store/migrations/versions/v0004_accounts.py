"""Who may come in: users, sessions, API tokens, attempts to log in; and the audit log of every write."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), nullable=False)


def _time(name: str, *, known: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(), nullable=not known)


def upgrade() -> None:
    """Make the five tables, and the index by which a choice by source is made."""
    op.create_index("sightings_by_source", "sightings", ["source", "report"], unique=False)
    op.create_table(
        "users",
        _text("name", 80), _text("role", 10), _text("release", 10), sa.Column("password", sa.Text(), nullable=False), _time("recorded"),
        sa.PrimaryKeyConstraint("name"),
    )  # fmt: skip
    op.create_table(
        "sessions",
        _text("hash", 64), _text("user", 80), _text("csrf", 64), _time("born"), _time("renewed"), _time("ends"),
        sa.PrimaryKeyConstraint("hash"), sa.ForeignKeyConstraint(["user"], ["users.name"], ondelete="CASCADE"),
    )  # fmt: skip
    op.create_index("ix_sessions_user", "sessions", ["user"], unique=False)
    op.create_table(
        "tokens",
        _text("id", 16), _text("hash", 64), _text("name", 80), sa.Column("user", sa.String(length=80)), _text("scopes", 40),
        _text("release", 10), _time("recorded"), _time("ends", known=False), _time("revoked", known=False),
        sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("hash"),
        sa.ForeignKeyConstraint(["user"], ["users.name"], ondelete="CASCADE"),
    )  # fmt: skip
    op.create_table(
        "attempts",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), _text("name", 64), _text("address", 80), _time("recorded"),
        sa.PrimaryKeyConstraint("seq"),
    )  # fmt: skip
    op.create_index("attempts_by_name", "attempts", ["name", "recorded"], unique=False)
    op.create_index("attempts_by_address", "attempts", ["address", "recorded"], unique=False)
    op.create_table(
        "audit",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), _time("recorded"), _text("who", 80), _text("way", 10),
        _text("address", 80), sa.Column("what", sa.Text(), nullable=False), sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("seq"),
    )  # fmt: skip
    op.create_index("ix_audit_recorded", "audit", ["recorded"], unique=False)
