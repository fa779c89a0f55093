"""The tables. One schema for SQLite and PostgreSQL; rows are added and never changed, but for what a takedown erases and for who may
come in (users, sessions, tokens, attempts), which is no part of the record.

Noun bodies are JSON written from the record classes; columns beside them exist to be searched. Times are UTC.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator

VERSION = 5
"""Of this schema; store/migrations holds the way from each version to the next."""

metadata = MetaData()
Seq = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts rows up only in a column of type INTEGER
Hash = String(64)


class Utc(TypeDecorator[datetime]):
    """An aware UTC time; kept without its zone, since SQLite keeps none."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """To the database: refuses a time whose zone is not told."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time in the store needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From the database: UTC again."""
        return None if value is None else value.replace(tzinfo=UTC)


schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

runs = Table(
    "runs",
    metadata,
    Column("id", Seq, primary_key=True, autoincrement=True),
    Column("verb", String(40), nullable=False),
    Column("version", String(40), nullable=False),
    Column("params", Text, nullable=False),
    Column("started", Utc, nullable=False),
)
outcomes = Table(  # a run without an outcome was cut off
    "outcomes",
    metadata,
    Column("run", Seq, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    Column("ended", Utc, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("detail", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Hash, primary_key=True),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("recorded", Utc, nullable=False),
)
sightings = Table(  # where a report was seen; the first makes its source, the earliest day its publication
    "sightings",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("mark", Hash, nullable=False),
    Column("report", Hash, ForeignKey("reports.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("published", Date, index=True),
    Column("key", Text, nullable=False),
    Column("retells", Text, nullable=False),
    Column("grade", String(1), nullable=False),
    Column("sensitivity", String(10), nullable=False),
    Column("recorded", Utc, nullable=False),
    Index("sightings_by_report", "report", "mark", unique=True),  # one index for what is unique and for what is looked up
    Index("sightings_by_source", "source", "report"),
)
rejected = Table(
    "rejected",
    metadata,
    Column("mark", Hash, primary_key=True),
    Column("location", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("mend", Text, nullable=False),
    Column("raw", LargeBinary),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Hash, nullable=False),
    Column("recorded", Utc, nullable=False),
)
takedowns = Table(  # tombstones; the hash is the report's id
    "takedowns",
    metadata,
    Column("report", Hash, ForeignKey("reports.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("recorded", Utc, nullable=False),
)

readings = Table(  # one reader went over one report; it may have found nothing
    "readings",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("report", Hash, ForeignKey("reports.id"), nullable=False),
    Column("reader", String(80), nullable=False),
    Column("recorded", Utc, nullable=False),
    Index("readings_by_report", "report", "seq"),
)
statements = Table(
    "statements",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("id", String(80), nullable=False, unique=True, index=True),
    Column("report", Hash, ForeignKey("reports.id"), nullable=False),
    Column("position", Integer, nullable=False),  # in the reader's list for that report
    Column("cls", String(12), nullable=False, index=True),
    Column("kind", String(24), nullable=False),
    Column("family", String(12), nullable=False),
    Column("realis", String(12), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("reader", String(80), nullable=False),
    Column("recorded", Utc, nullable=False),
    Column("body", Text, nullable=False),
    Index("statements_by_reading", "report", "reader", "position"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("ended", Boolean, nullable=False),  # nothing tells of it any more: its statements joined others
    Column("kind", String(24), nullable=False),
    Column("family", String(12), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("country", String(2), nullable=False),
    Column("admin1", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("recalled", Boolean, nullable=False),
    Column("aggregate", Boolean, nullable=False),
    Column("sensitivity", String(10), nullable=False),
    Column("review", String(12), nullable=False, server_default=""),  # what a person said of it last
    Column("published", Date),  # earliest day that any of its reports was published
    Column("completed", Date),  # latest; empty if the publication of one of them is unknown
    # whether its reports came out over more than a month, or one on no known day: then a cut has to look for it apart
    Column("lasting", Boolean, nullable=False, server_default=false()),
    # whether it took more than a month: then a page of later days has to look for it apart
    Column("long", Boolean, nullable=False, server_default=false()),
    Column("digest", Hash, nullable=False),
    Column("recorded", Utc, nullable=False),
    Column("body", Text, nullable=False),
    # A page comes out of the first two already in order, and is filtered before a row is fetched. Few and wide: each costs a
    # page of the disk per row that is added.
    Index("incidents_by_time", "start", "id", "kind", "country"),
    Index("incidents_by_area", "country", "admin1", "start", "id", "kind"),
    Index("incidents_by_publication", "published", "completed", "country"),
    Index("incidents_by_record", "recorded"),
)
for flag, columns in (("long", ("end", "start")), ("lasting", ("country", "start"))):
    # SQLite takes such an index only where a query says the same word for word: `T.long` becomes "long = 1"
    keys = [incidents.c[name] for name in columns]
    Index(f"incidents_{flag}", *keys, sqlite_where=text(f"{flag} = 1"), postgresql_where=incidents.c[flag])
evidence = Table(
    # keyed by the number of the statement, which grows: ids come in no order, and each would touch a page of its own
    "evidence",
    metadata,
    Column("statement", BigInteger, ForeignKey("statements.seq"), primary_key=True, autoincrement=False),
    Column("incident", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,  # the key is all there is of a row; which statements a version rests on stands in its body
)

reviews = Table(  # what a person decided of an incident; a later row stands before an earlier one, none is changed
    "reviews",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("mark", Hash, nullable=False, unique=True),
    Column("incident", String(80), nullable=False, index=True),
    Column("verdict", String(10), nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded", Utc, nullable=False),
)


def _product(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("seq", Seq, primary_key=True, autoincrement=True),
        Column("id", String(80), nullable=False),
        Column("unit", Text, nullable=False, index=True),
        Column("method", String(60), nullable=False),
        Column("as_of", Date, nullable=False),
        Column("sensitivity", String(10), nullable=False),
        Column("recorded", Utc, nullable=False),
        Column("digest", Hash, nullable=False),
        Column("body", Text, nullable=False),
        UniqueConstraint("id", "digest"),
    )


signals = _product("signals")
forecasts = _product("forecasts")
scenarios = _product("scenarios")

users = Table(
    "users",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("release", String(10), nullable=False),
    Column("password", Text, nullable=False),  # argon2id
    Column("recorded", Utc, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("hash", Hash, primary_key=True),  # of the cookie: who reads the table cannot come in
    Column("user", String(80), ForeignKey("users.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("born", Utc, nullable=False),  # when they logged in
    Column("renewed", Utc, nullable=False),  # when this cookie was made
    Column("ends", Utc, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("hash", Hash, nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("user", String(80), ForeignKey("users.name", ondelete="CASCADE")),  # whose role and release bound it, where told
    Column("scopes", String(40), nullable=False),
    Column("release", String(10), nullable=False),
    Column("recorded", Utc, nullable=False),
    Column("ends", Utc),
    Column("revoked", Utc),
)
attempts = Table(  # to log in
    "attempts",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("name", Hash, nullable=False),  # hashed: a password typed in the wrong field must not be kept
    Column("address", String(80), nullable=False),
    Column("recorded", Utc, nullable=False),
    Index("attempts_by_name", "name", "recorded"),
    Index("attempts_by_address", "address", "recorded"),
)
audit = Table(  # every write that was asked for, and what became of it
    "audit",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("recorded", Utc, nullable=False, index=True),
    Column("who", String(80), nullable=False),
    Column("way", String(10), nullable=False),  # start, session, token, cli, or empty
    Column("address", String(80), nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("outcome", Integer, nullable=False),  # HTTP status
)
