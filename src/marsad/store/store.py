"""The store as the rest of Marsad sees it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, select

from marsad.records import Forecast, Incident, Params, Rejection, Report, Scenario, Signal, Statement
from marsad.scales import Sensitivity
from marsad.store import audit, products, reviews, schema, search, takedown, tally
from marsad.store import engine as engines
from marsad.store import incidents as incident_rows
from marsad.store import overview as overviews
from marsad.store import reports as report_rows
from marsad.store import statements as statement_rows
from marsad.store.accounts import Accounts
from marsad.store.clocks import AsOf, Clock, check
from marsad.store.incidents import Linker, Which
from marsad.store.reports import Kept, Taken
from marsad.store.statements import Reading
from marsad.store.takedown import Tombstone
from marsad.store.trouble import told
from marsad.verdicts import Review

BATCH = 1000
"""Reports in one transaction: a crash repeats at most these, and another writer waits no longer than for these."""


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class Store:
    """An append-only record. Every write is a transaction: after a crash at any moment a step is there whole or not at all,
    and the same command run again adds only what was missing. Every read takes `as_of` and `clock` (store/clocks.py).

        with Store.open("marsad.db") as store:
            taken = store.put_reports(collect_paths([Path("reports")]))
    """

    def __init__(self, engine: Engine, where: str, now: Callable[[], datetime]) -> None:
        self._engine, self.where, self._now = engine, where, now
        self.accounts = Accounts(self._writing, self._reading, now)
        self._tally = tally.Tally()

    @classmethod
    def open(cls, where: str | Path, *, now: Callable[[], datetime] = utc_now) -> "Store":
        """The store at `where` (a file of SQLite, or a database address), made if it is not there. now: the clock that dates
        what is recorded. Raises StoreError."""
        engine = engines.connect(str(where))
        engines.prepare(engine, str(where))
        return cls(engine, str(where), now)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self.where), self._engine.connect().execution_options(write=True) as conn, conn.begin():
            yield conn

    @contextmanager
    def _reading(self, clock: Clock = "published") -> Iterator[Connection]:
        check(clock)
        with told(self.where), self._engine.connect() as conn, conn.begin():
            yield conn

    # --- writing

    def put_reports(self, items: Iterable[Report | Rejection]) -> Taken:
        """Take reports and keep what was rejected. A text already held gains a sighting; one taken down is refused."""
        taken = Taken()
        for batch in _batches(items, BATCH):
            with self._writing() as conn:
                taken += report_rows.put(conn, batch, self._now())
        return taken

    def put_readings(self, reader: str, found: Iterable[Reading]) -> int:
        """Keep what `reader` (name and version) found: (report id, its statements), also where it found none. Returns the
        number of new statements. A report whose newest reading is by this reader already is passed over."""
        count = 0
        for batch in _batches(found, BATCH):
            with self._writing() as conn:
                count += statement_rows.put(conn, reader, batch, self._now())
        return count

    def put_incidents(self, incidents: Sequence[Incident], *, complete: bool = True, over: Sequence[str] = ()) -> int:
        """Add a version of each incident that is new or changed; the number of new versions. complete: these are all there
        are, so the others end; else those of the ids `over` do. One transaction: a reader never sees half of a re-link."""
        with self._writing() as conn:
            return incident_rows.put(conn, incidents, self._now(), complete=complete, over=over)

    def put_reviews(self, made: Iterable[Review]) -> int:
        """Add what people decided; how many. Link again for it to show. Raises UsageError for an incident that is not held."""
        with self._writing() as conn:
            return reviews.put(conn, made, self._now())

    def put_products(self, made: Sequence[Signal | Forecast | Scenario], *, decided: bool = False) -> None:
        """Add signals, forecasts or scenarios. decided: by a person, whose word stands as the newest even where it was said before."""
        with self._writing() as conn:
            products.put(conn, made, self._now(), decided=decided)

    def take_down(self, report: str, *, reason: str, by: str = "") -> int:
        """Erase a report's words (store/takedown.py); the number of rows blanked. Raises UsageError if it is not held."""
        with self._writing() as conn:
            count = takedown.take_down(conn, report, reason=reason, by=by, now=self._now())
        if self._engine.dialect.name == "sqlite":
            with told(self.where):  # the log holds the words until then
                engines.pragma(self._engine, "wal_checkpoint(TRUNCATE)")
        else:
            with told(self.where):  # the old rows hold the words until then
                engines.vacuum(self._engine, ("reports", "statements", "incidents", "words", "rejected"))
        return count

    def put_deed(self, deed: audit.Deed) -> None:
        """Add a line to the audit log."""
        with self._writing() as conn:
            audit.put(conn, deed)

    def tidy(self) -> None:
        """Let the database count its rows anew, so that it plans its reads well; worth it after a great import."""
        with told(self.where):
            engines.analyze(self._engine)

    @contextmanager
    def run(self, verb: str, version: str, params: Params) -> Iterator[int]:
        """Note that `verb` runs, and how it ended: done, failed, stopped. One that was cut off has no outcome."""
        values = {"verb": verb, "version": version, "params": json.dumps(dict(params), ensure_ascii=False, sort_keys=True)}
        with self._writing() as conn:
            key = conn.execute(schema.runs.insert().values(started=self._now(), **values)).inserted_primary_key
            number = int(key[0]) if key else 0
        try:
            yield number
        except BaseException as error:
            self._ended(number, "failed" if isinstance(error, Exception) else "stopped", f"{type(error).__name__}: {error}")
            raise
        self._ended(number, "done", "")

    def _ended(self, run: int, outcome: Literal["done", "failed", "stopped"], detail: str) -> None:
        with self._writing() as conn:
            conn.execute(schema.outcomes.insert().values(run=run, ended=self._now(), outcome=outcome, detail=detail))

    # --- reading

    def reports(self, *, as_of: AsOf = None, clock: Clock = "published", ids: Iterable[str] | None = None) -> Iterator[Report]:
        """Reports in order of id. One that was taken down is still told of, with neither text nor title."""
        with self._reading(clock) as conn:
            yield from report_rows.read(conn, as_of=as_of, clock=clock, ids=ids)

    def report_ids(self, *, after: str = "", limit: int = 100, as_of: AsOf = None, clock: Clock = "published") -> list[str]:
        """At most `limit` ids of reports past `after`, in order."""
        with self._reading(clock) as conn:
            return overviews.report_ids(conn, after=after, limit=limit, as_of=as_of, clock=clock)

    def unread(self, reader: str) -> Iterator[Report]:
        """Reports whose newest reading is not by `reader`."""
        with self._reading() as conn:
            yield from statement_rows.unread(conn, reader)

    def statements(
        self, *, as_of: AsOf = None, clock: Clock = "published", cls: str = "", reports: Iterable[str] | None = None
    ) -> Iterator[Statement]:
        """Statements of the newest reading of each report, in order of report and place in it. cls: of this class only."""
        with self._reading(clock) as conn:
            yield from statement_rows.current(conn, as_of=as_of, clock=clock, cls=cls, reports=reports)

    def statements_by_id(self, ids: Iterable[str]) -> list[Statement]:
        """Statements of whatever reading, in order of id; unknown ids are left out."""
        with self._reading() as conn:
            return statement_rows.by_id(conn, ids)

    def diff(self, old: str, new: str) -> list[tuple[str, list[Statement], list[Statement]]]:
        """What reading again changed: (report, statements only by reader `old`, only by `new`) where the two differ."""
        with self._reading() as conn:
            return list(statement_rows.diff(conn, old, new))

    def incidents(
        self, which: Which = Which(), *, as_of: AsOf = None, clock: Clock = "published", link: Linker | None = None
    ) -> list[Incident]:
        """Incidents in order of day and id. link: `marsad.link.link`, needed with `as_of` on the clock "published" where an
        incident rests on reports from both sides of that day (UsageError without it)."""
        with self._reading(clock) as conn:
            return incident_rows.read(conn, which, as_of=as_of, clock=clock, link=link)

    def overview(self, since: datetime | None = None) -> Iterator[Sequence[Sequence[Any]]]:
        """Columns of every version recorded at `since` or later (store/overview.py), in lists."""
        with self._reading() as conn:
            yield from overviews.rows(conn, since)

    def state(self) -> overviews.State:
        """A mark that changes with every write of the record (not with what is written of visitors)."""
        with self._reading() as conn:
            return overviews.state(conn)

    def reach(
        self, at_most: Sensitivity, *, as_of: AsOf = None, clock: Clock = "published"
    ) -> tuple[int, date | None, date | None]:
        """(how many reports, first and newest day of publication) of what readers of `at_most` may see."""
        with self._reading(clock) as conn:
            return tally.reach(conn, self._tally, at_most, as_of, clock)

    def tallied(self) -> tuple[tally.Counts, int]:
        """The tally of reports as far as it was made, and the number of the last sighting in it (0: none was made)."""
        return self._tally.made()

    def tally_from(self, counts: tally.Counts, upto: int) -> None:
        """Go on from a tally that was made before, unless there is one."""
        self._tally.begin(counts, upto)

    def versions_by(self, moment: datetime) -> int:
        """How many versions of incidents were recorded up to a moment."""
        with self._reading() as conn:
            return overviews.versions_by(conn, moment)

    def outlets(self, at_most: Sensitivity) -> list[tuple[str, int, date | None]]:
        """(source, how many sightings, newest day), the most first."""
        with self._reading() as conn:
            return overviews.outlets(conn, at_most)

    def graded(self, at_most: Sensitivity) -> list[tuple[str, str, int, int, date | None, date | None]]:
        """(source, grade, sightings, those without a day, first day, last day)."""
        with self._reading() as conn:
            return overviews.graded(conn, at_most)

    def rests(self, at_most: Sensitivity) -> Iterator[Sequence[Sequence[Any]]]:
        """(incident, version, source) of all that incidents rest on, in lists (store/overview.py)."""
        with self._reading() as conn:
            yield from overviews.rests(conn, at_most)

    def sources(self, at_most: Sensitivity) -> list[str]:
        """The sources of `outlets` alone: quick where the record is great."""
        with self._reading() as conn:
            return overviews.sources(conn, at_most)

    def newest(self) -> datetime | None:
        """When the newest version of an incident was recorded."""
        with self._reading() as conn:
            return overviews.newest(conn)

    def incidents_by_key(
        self, keys: Sequence[tuple[str, int]], *, as_of: date | None = None, link: Linker | None = None
    ) -> list[Incident]:
        """Versions by (id, version), in that order; with `as_of` and `link`, as they stood by what had been published then."""
        with self._reading() as conn:
            if as_of is not None and link is not None:
                return overviews.restated(conn, keys, as_of=as_of, link=link)
            return overviews.by_key(conn, keys)

    def histories(self, ids: Iterable[str]) -> dict[str, list[Incident]]:
        """Every version of many incidents, the oldest first, by id."""
        with self._reading() as conn:
            return overviews.histories(conn, sorted(set(ids)))

    def reviewed(self) -> int:
        """A number that grows with every review."""
        with self._reading() as conn:
            return overviews.reviewed(conn)

    def of_source(self, source: str) -> set[str]:
        """Ids of incidents that rest on a report seen at `source`."""
        with self._reading() as conn:
            return overviews.of_source(conn, source)

    def history(self, incident: str) -> list[Incident]:
        """Every version of one incident, the oldest first."""
        with self._reading() as conn:
            return incident_rows.history(conn, incident)

    def resting(self, statements: Sequence[str]) -> dict[str, str]:
        """Statement -> the incident that rests on it now; statements that made none are left out."""
        with self._reading() as conn:
            return incident_rows.resting(conn, statements)

    def incident_ids(self, prefix: str) -> list[str]:
        """Ids of incidents that begin with `prefix`, in order."""
        with self._reading() as conn:
            return incident_rows.ids(conn, prefix)

    def resting_on(self, statements: Iterable[str]) -> list[str]:
        """Ids of incidents whose newest version, or the last before they ended, rests on one of `statements`, in order."""
        with self._reading() as conn:
            return incident_rows.resting_on(conn, sorted(set(statements)))

    def readers(self) -> list[str]:
        """Every reader that read something, the one that read last at the end."""
        with self._reading() as conn:
            return statement_rows.readers(conn)

    def changes(self, since: datetime) -> list[tuple[Incident | None, Incident | None]]:
        """(before, now) of each incident that changed after `since`; None before it was made, or once it ended."""
        with self._reading() as conn:
            return list(incident_rows.changes(conn, since))

    def reviews(self, incident: str = "", *, as_of: AsOf = None, clock: Clock = "published") -> list[Review]:
        """Reviews in order of time, of one incident or of all."""
        with self._reading(clock) as conn:
            return reviews.read(conn, incident=incident, as_of=as_of, clock=clock)

    def signals(self, *, as_of: AsOf = None, clock: Clock = "published") -> list[Signal]:
        """The newest row of each signal; by `as_of` on the clock "published", those made from a data cut up to that day."""
        with self._reading(clock) as conn:
            return products.read(conn, Signal, as_of=as_of, clock=clock)

    def forecasts(self, *, as_of: AsOf = None, clock: Clock = "published") -> list[Forecast]:
        """The newest row of each forecast, as `signals`."""
        with self._reading(clock) as conn:
            return products.read(conn, Forecast, as_of=as_of, clock=clock)

    def scenarios(self, *, as_of: AsOf = None, clock: Clock = "published") -> list[Scenario]:
        """The newest row of each scenario, as `signals`."""
        with self._reading(clock) as conn:
            return products.read(conn, Scenario, as_of=as_of, clock=clock)

    def rejected(self) -> list[Rejection]:
        """All that was rejected, with its bytes and the reason; `rejected_inputs` lists it without loading the bytes."""
        with self._reading() as conn:
            return report_rows.rejections(conn)

    def rejected_count(self) -> int:
        """How many inputs were rejected."""
        with self._reading() as conn:
            return conn.scalar(select(func.count()).select_from(schema.rejected)) or 0

    def rejected_inputs(self, prefix: str = "", *, since: datetime | None = None) -> list[Kept]:
        """What was rejected (after `since`, with an id that begins with `prefix`), the newest last, without its bytes."""
        with self._reading() as conn:
            return list(report_rows.kept(conn, prefix, since))

    def rejected_bytes(self, rejected: str) -> bytes | None:
        """The bytes of one rejected input, by its id; None where they were not kept."""
        with self._reading() as conn:
            return conn.scalar(select(schema.rejected.c.raw).where(schema.rejected.c.mark == rejected))

    def search(self, query: str, *, limit: int = 100) -> list[str]:
        """Ids of reports that hold every word of `query`, as any part of a word, clitics and hamza aside (store/search.py);
        words in quotation marks are one phrase. Raises UsageError for a query without a word of three letters."""
        with self._reading() as conn:
            return search.find(conn, query, limit)

    def sightings(self, report: str) -> list[dict[str, Any]]:
        """Where `report` was seen: source, url, published, key, retells, grade, sensitivity, recorded."""
        with self._reading() as conn:
            return [dict(row._mapping) for row in report_rows.sightings(conn, report)]

    def deeds(self, *, before: int | None = None, limit: int = 100) -> list[audit.Deed]:
        """Lines of the audit log, the newest first."""
        with self._reading() as conn:
            return audit.read(conn, before=before, limit=limit)

    def tombstones(self) -> list[Tombstone]:
        """Every report that was taken down."""
        with self._reading() as conn:
            return takedown.tombstones(conn)

    def runs(self) -> list[dict[str, Any]]:
        """Every run in order: verb, version, params (JSON), started, ended, outcome, detail; ended is None for one cut off."""
        over = schema.outcomes.c
        query = (
            select(schema.runs, over.ended, over.outcome, over.detail).outerjoin(schema.outcomes).order_by(schema.runs.c.id)
        )
        with self._reading() as conn:
            return [dict(row._mapping) for row in conn.execute(query)]

    def counts(self) -> dict[str, int]:
        """Rows by table, for `marsad init` and for checks."""
        with self._reading() as conn:
            return {t.name: conn.scalar(select(func.count()).select_from(t)) or 0 for t in schema.metadata.sorted_tables}


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """`items` in lists of at most `size`, taken only as they are asked for."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
