"""Takedown (law 2): the text, the title and what quotes them are erased; a tombstone with the hash stays.

What the report *said* stays as data (kinds, days, counts, resolved places, canonical names); its own words do not: names as
written and gists are blanked in its statements and in every version of the incidents that rest on them.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from marsad.errors import UsageError
from marsad.store import schema, search
from marsad.store.bodies import insert_new


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a report that was taken down. report: its id, the hash of its canonical text."""

    report: str
    reason: str
    by: str
    recorded: datetime


def take_down(conn: Connection, report: str, *, reason: str, by: str, now: datetime) -> int:
    """Erase `report`; the number of statements and incident versions that were blanked. Raises UsageError if not held."""
    r, s = schema.reports, schema.statements.c
    row = conn.execute(select(r.c.text, r.c.title).where(r.c.id == report)).first()
    if row is None:
        raise UsageError("there is no such report in the store", where=report, mend="`marsad export` lists the ids.")
    insert_new(conn, schema.takedowns, [{"report": report, "reason": reason, "by": by, "recorded": now}])
    conn.execute(r.update().where(r.c.id == report).values(text="", title=""))
    search.forget(conn, report)
    _forget_rejected(conn, row.text)
    held = list(conn.execute(select(s.seq, s.body).where(s.report == report)))
    written = {p["name"] for h in held for p in json.loads(h.body).get("places", ()) if p["name"]}
    for statement in held:
        body = _blanked(statement.body, {p["name"] for p in json.loads(statement.body).get("places", ())})
        conn.execute(schema.statements.update().where(s.seq == statement.seq).values(body=body))
    return len(held) + _blank_incidents(conn, [h.seq for h in held], written)


def _forget_rejected(conn: Connection, text: str) -> None:
    """Let go of the bytes of rejected inputs that hold the beginning of the text: it may have come in broken before it came whole."""
    t = schema.rejected
    sought = " ".join(text.split())[:_LEAD]
    for mark, raw in conn.execute(select(t.c.mark, t.c.raw).where(t.c.raw.is_not(None))).all():
        written = raw.decode("utf-8", "replace")
        held = [" ".join(w.split()) for w in (written, _unescaped(written))]
        if sought in held or (len(sought) >= _TELLING and any(sought in w for w in held)):
            conn.execute(t.update().where(t.c.mark == mark).values(raw=None))


_LEAD, _TELLING = (
    100,
    20,
)  # letters of the beginning that are looked for; letters below which they may stand in other texts too


def _unescaped(written: str) -> str:
    """A line of JSON with its escapes undone, whole or broken."""
    signs = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|(.))",
        lambda m: chr(int(m[1], 16)) if m[1] else signs.get(m[2], m[2]),
        written,
        flags=re.DOTALL,
    )


def _blank_incidents(conn: Connection, statements: Sequence[int], written: set[str]) -> int:
    e, i = schema.evidence.c, schema.incidents.c
    resting = conn.execute(select(e.incident, e.version).where(e.statement.in_(statements)).distinct()).all()
    count = 0
    for incident in sorted({row.incident for row in resting}):
        # every version: one that ended an incident has no evidence rows of its own, yet carries the body
        for row in conn.execute(select(i.version, i.body).where(i.id == incident)).all():
            body = _blanked(row.body, written)
            # `digest` is left alone: it is of the incident as linked, so that a re-link writes a version only if that changed
            here = schema.incidents.update().where(i.id == incident, i.version == row.version)
            conn.execute(here.values(body=body))
            count += 1
    return count


def _blanked(body: str, written: set[str]) -> str:
    noun = json.loads(body)
    for place in noun.get("places", ()):
        if place["name"] in written:
            place["name"] = place.get("name_en", "")
    for difference in noun.get("differences", ()):
        difference["values"] = [["" if value in written else value, ids] for value, ids in difference["values"]]
    if "gist" in noun:
        noun["gist"] = ""
    return json.dumps(noun, ensure_ascii=False)


def tombstones(conn: Connection) -> list[Tombstone]:
    """Every report that was taken down, the newest last."""
    rows = conn.execute(select(schema.takedowns).order_by("recorded", "report"))
    return [Tombstone(r.report, r.reason, r.by, r.recorded) for r in rows]
