"""Reviews: rows beside what they judge. A person's word is never overwritten by a machine's, nor by another person's: both stay."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from marsad.errors import UsageError
from marsad.store import schema
from marsad.store.bodies import digest, dump, insert_new
from marsad.store.clocks import AsOf, Clock, recorded_by
from marsad.verdicts import Review

REVIEW = TypeAdapter(Review)


def put(conn: Connection, made: Iterable[Review], now: datetime) -> int:
    """Add reviews; how many. Raises UsageError for one of an incident that the store never held, or without a reviewer."""
    rows = []
    for review in made:
        if not review.reviewer.strip():
            raise UsageError("a review needs its reviewer", where=review.incident, mend="Say who reviews: --by NAME.")
        known = conn.scalar(select(schema.incidents.c.id).where(schema.incidents.c.id == review.incident).limit(1))
        if known is None:
            raise UsageError("there is no such incident", where=review.incident, mend="`marsad export` lists the ids.")
        body = dump(REVIEW, review)
        rows.append({"mark": digest(body, now.isoformat()), "incident": review.incident, "verdict": review.verdict,
                     "reviewer": review.reviewer, "note": review.note, "body": body, "recorded": now})  # fmt: skip
    insert_new(conn, schema.reviews, rows)
    return len(rows)


def read(conn: Connection, *, incident: str = "", as_of: AsOf = None, clock: Clock = "published") -> list[Review]:
    """Reviews in order of time. A review has no publication; on that clock every one holds, as the newest reader does."""
    t = schema.reviews.c
    query = select(t.body, t.recorded).where(recorded_by(t.recorded, as_of, clock)).order_by(t.seq)
    if incident:
        query = query.where(t.incident == incident)
    return [_review(row.body, row.recorded) for row in conn.execute(query)]


def _review(body: str, recorded: datetime) -> Review:
    return replace(REVIEW.validate_json(body), recorded=recorded)
