"""The store as one visitor may see it: the only way by which pages and API read. What is above their level is not there at all.

internal: everything. partners: what is public or for partners. public: public things only, and no words of a report: no text, title,
gist or note, places by their English names, those of people at risk no finer than the district (formats/release.py).
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from marsad import pipeline
from marsad.formats import release
from marsad.records import Forecast, Incident, Rejection, Report, Signal, Statement
from marsad.scales import SENSITIVITY_ORDER, Sensitivity
from marsad.serve.faults import Refused, missing
from marsad.serve.find import Found, Sought, find
from marsad.serve.memo import kept
from marsad.serve.shelf import Columns, shelf_of
from marsad.store import Clock, Store, Tombstone, Which
from marsad.store.overview import State
from marsad.verdicts import Review

T = TypeVar("T", Report, Incident, Signal, Forecast)
Change = tuple[Incident | None, Incident | None]


@dataclass(frozen=True)
class View:
    """A store, the most that may be seen of it, and the day and clock to look from. patience: seconds to wait for the columns of a record
    that grew (serve/shelf.py); None: as long as it takes. One view is of one state of the record."""

    store: Store
    level: Sensitivity
    as_of: date | None = None
    clock: Clock = "published"
    patience: float | None = None

    @cached_property
    def _held(self) -> tuple[Columns, datetime | None]:
        return shelf_of(self.store).columns(self._mark.newest, patience=self.patience)

    @cached_property
    def _mark(self) -> State:
        return self.store.state()

    @property
    def columns(self) -> Columns:
        """The columns of all incidents."""
        return self._held[0]

    @cached_property
    def state(self) -> Hashable:
        """What the record is like: differs once anything that a page shows has changed."""
        return self._mark, self._held[1]

    @cached_property
    def behind(self) -> datetime | None:
        """The time up to which the incidents are shown, where later ones are still being read; None where none are."""
        held, newest = self._held[1], self._mark.newest
        return held if held is not None and newest is not None and held < newest else None

    @cached_property
    def now(self) -> "View":
        """The same from today."""
        return self if self.as_of is None else replace(self, as_of=None, clock="published")

    @property
    def quotes(self) -> bool:
        """Whether words of reports may be shown."""
        return self.level is not Sensitivity.PUBLIC

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.level is Sensitivity.INTERNAL

    def _allowed(self, things: Iterable[T]) -> Iterator[T]:
        most = SENSITIVITY_ORDER.index(self.level)
        return (t for t in things if SENSITIVITY_ORDER.index(t.sensitivity) <= most)

    def shown(self, incidents: Iterable[Incident]) -> list[Incident]:
        """Those of `incidents` that may be seen, as they may be seen."""
        allowed = self._allowed(incidents)
        return list(allowed if self.quotes else release.public(allowed))

    # --- reports and what they say

    def reports(self, ids: Iterable[str] | None = None) -> Iterator[Report]:
        """Reports in order of id."""
        found = self._allowed(self.store.reports(as_of=self.as_of, clock=self.clock, ids=ids))
        return found if self.quotes else map(release.report, found)

    def report(self, id: str) -> Report:
        """One report. Raises Refused (404)."""
        found = next(self.reports([id]), None)
        if found is None:
            raise missing("report", id)
        return found

    def reports_after(self, id: str, limit: int) -> tuple[list[Report], str]:
        """(at most `limit` reports with ids past `id`, the id to go on from or "" at the end)."""
        found: list[Report] = []
        while len(found) < limit:
            ids = self.store.report_ids(after=id, limit=limit, as_of=self.as_of, clock=self.clock)
            found += self.reports(ids)
            if len(ids) < limit:
                return found, ""
            id = ids[-1]
        return found[:limit], found[limit - 1].id

    def statements(self, *, cls: str = "", reports: Iterable[str] | None = None) -> Iterator[Statement]:
        """Statements of the newest reading of reports that may be seen."""
        said = self.store.statements(as_of=self.as_of, clock=self.clock, cls=cls, reports=reports)
        return self._sayable(said)

    def statements_by_id(self, ids: Iterable[str]) -> list[Statement]:
        """Statements of these ids, in order of id."""
        return list(self._sayable(self.store.statements_by_id(ids)))

    def _sayable(self, said: Iterable[Statement]) -> Iterator[Statement]:
        if not self.whole:
            said = list(said)
            seen = {r.id for r in self.reports({s.report for s in said})}
            said = (s for s in said if s.report in seen)
        return iter(said) if self.quotes else map(release.statement, said)

    def search(self, query: str, *, limit: int = 100) -> list[Report]:
        """Reports that hold every word. Raises Refused at the public level, where answers would give the texts away."""
        if not self.quotes:
            raise Refused(403, "the words of reports are not for a public release", mend="Ask for the release level partners.")
        return list(self.reports(self.store.search(query, limit=limit)))

    def sightings(self, report: str) -> list[dict[str, Any]]:
        """Where a report was seen."""
        self.report(report)
        return self.store.sightings(report)

    # --- incidents

    def incidents(self, which: Which = Which()) -> list[Incident]:
        """Incidents in order of day and id."""
        held = replace(which, at_most=min(which.at_most, self.level, key=SENSITIVITY_ORDER.index))
        found = self.store.incidents(held, as_of=self.as_of, clock=self.clock, link=pipeline.reviewed(self.store))
        return self.shown(found)

    def find(self, sought: Sought = Sought(), *, seen: int | None = None) -> Found:
        """The incidents of a choice as pages, counts and cells (find.py): quick whatever the choice, and for a million of them."""
        return find(
            shelf_of(self.store), self.columns, sought, level=self.level, as_of=self.as_of, clock=self.clock,
            link=lambda: pipeline.reviewed(self.store), show=self.shown, seen=seen,
        )  # fmt: skip

    def incident(self, id: str) -> Incident:
        """One incident, rejected or not, as of the day. Raises Refused (404)."""
        found = self.find(Sought(id=id, realis="any", rejected=True)).page(1) if id.isprintable() else []
        if not found:
            raise missing("incident", id)
        return found[0]

    def histories(self, ids: Iterable[str]) -> dict[str, list[Incident]]:
        """`history` of many at once, by id; those that may not be seen are left out."""
        found = self.store.histories(ids)
        return {i: self.shown(versions) for i, versions in found.items() if self.shown(versions[-1:])}

    def history(self, id: str) -> list[Incident]:
        """Every version of an incident, the oldest first; none if the newest may not be seen. Raises Refused (404)."""
        versions = self.store.history(id)
        if not versions or not self.shown(versions[-1:]):
            raise missing("incident", id)
        return self.shown(versions)

    def resting(self, statements: Iterable[str]) -> dict[str, str]:
        """Statement -> the incident that rests on it, of those that may be seen."""
        found = self.store.resting(list(statements))
        seen = {i: self._sees(i) for i in set(found.values())}
        return {s: i for s, i in found.items() if seen[i]}

    def changes(self, since: datetime) -> list[Change]:
        """(before, now) of each incident that changed since. One that rose above the visitor's level has ended for them."""
        found = []
        for before, now in self.store.changes(since):
            then, here = (next(iter(self.shown([i] if i else [])), None) for i in (before, now))
            if then is not None or here is not None:
                found.append((then, here))
        return found

    def reviews(self, incident: str = "") -> list[Review]:
        """What people decided of incidents; their names and notes for those who see everything."""
        found = self.store.reviews(incident, as_of=self.as_of, clock=self.clock)
        if self.whole:
            return found
        seen = {i for i in {r.incident for r in found} if self._sees(i)}
        return [replace(r, reviewer="", note="", values={}) for r in found if r.incident in seen]

    def _sees(self, incident: str) -> bool:
        versions = self.store.history(incident)
        return bool(versions) and bool(self.shown(versions[-1:]))

    # --- what was made of them

    def signals(self) -> list[Signal]:
        """The newest row of each signal. A draft is for those who see everything: machines draft, people publish (law 7)."""
        found = self._allowed(self.store.signals(as_of=self.as_of, clock=self.clock))
        return [s for s in found if self.whole or s.status == "approved"]

    def forecasts(self) -> list[Forecast]:
        """The newest row of each forecast."""
        return list(self._allowed(self.store.forecasts(as_of=self.as_of, clock=self.clock)))

    # --- how the record fares

    def rejected(self) -> list[Rejection]:
        """What could not be taken; none for those who do not see everything, since nobody knows how sensitive it was."""
        return self.store.rejected() if self.whole else []

    def tombstones(self) -> list[Tombstone]:
        """Reports that were taken down; why and by whom for those who see everything."""
        found = self.store.tombstones()
        return found if self.whole else [Tombstone(t.report, "", "", t.recorded) for t in found]

    def runs(self) -> list[dict[str, Any]]:
        """What was run on the store; its parameters name files of the machine, and are for those who see everything."""
        return [run if self.whole else run | {"params": "{}", "detail": ""} for run in self.store.runs()]

    @cached_property
    def reach(self) -> tuple[int, date | None, date | None]:
        """(how many reports, first and newest day of publication) of what may be seen."""
        question = ("reach", self.level, self.as_of, self.clock)
        return kept(self, question, lambda: self.store.reach(self.level, as_of=self.as_of, clock=self.clock))

    @property
    def last_day(self) -> date | None:
        """The newest day of publication that may be seen."""
        return self.reach[2]

    def outlets(self) -> list[tuple[str, int, date | None]]:
        """(source, how many sightings, newest day), the most first."""
        return kept(self, ("outlets", self.level), lambda: self.store.outlets(self.level))

    def sources(self) -> list[str]:
        """The sources of `outlets` alone."""
        return kept(self, ("sources", self.level), lambda: self.store.sources(self.level))
