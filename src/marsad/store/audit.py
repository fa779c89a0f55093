"""The audit log: every write that was asked for of the observatory, by whom, from where, and what became of it. Only ever added to."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from marsad.store import schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line. who: a user's or token's name; way: how they came in (start, session, token, cli). what: method and path, or command.
    detail: what was written, in short. outcome: HTTP status. number: its place in the log, 0 before it is kept."""

    recorded: datetime
    who: str
    way: str
    address: str
    what: str
    detail: str = ""
    outcome: int = 200
    number: int = 0


def put(conn: Connection, deed: Deed) -> None:
    """Add a line; what is longer than its column is cut."""
    row = asdict(deed)
    del row["number"]
    row |= {
        "who": deed.who[:80],
        "address": deed.address[:80],
        "what": _plain(deed.what)[:300],
        "detail": _plain(deed.detail)[:1000],
    }
    conn.execute(schema.audit.insert().values(row))


def read(conn: Connection, *, before: int | None = None, limit: int = 100) -> list[Deed]:
    """Lines, the newest first; before: only those with a lower number."""
    a = schema.audit.c
    query = select(schema.audit).order_by(a.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(a.seq < before)
    rows = (dict(row) for row in conn.execute(query).mappings())
    return [Deed(number=row.pop("seq"), **row) for row in rows]


def _plain(text: str) -> str:
    """`text` as a database keeps it: no NUL, no half of a letter."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
