"""What a brief is made of: one cut of the record, as it had been published by a day, and only what its readers may see."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from marsad.errors import UsageError
from marsad.formats.release import public
from marsad.panel import told
from marsad.records import Forecast, Incident, Report, Signal, Statement
from marsad.scales import SENSITIVITY_ORDER, Family, Sensitivity, highest
from marsad.score import Entry, Verdict

STALE_DAYS = 7
"""A record whose newest report is older than this by the day of the brief carries a banner: a desk works by the week."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """A cut of the record. reports, statements: by id, all that was published by `as_of`. incidents: all of them, those of the
    period are `current`. ledger: what came of forecasts; verdicts: of what
    sources expected (marsad.score). period: first and last day. note: "examples" where the reports are ours. release: who will read it.
    """

    reports: Mapping[str, Report]
    statements: Mapping[str, Statement]
    incidents: tuple[Incident, ...]
    signals: tuple[Signal, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    rejected: int = 0  # inputs that could not be taken
    ledger: tuple[Entry, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    period: tuple[date, date]
    as_of: date
    note: str = ""
    release: Sensitivity = Sensitivity.INTERNAL
    withheld: int = 0  # incidents that this release may not show
    area: str = ""
    families: frozenset[Family] = field(default_factory=lambda: frozenset(Family))

    @classmethod
    def of(
        cls, *, reports: Iterable[Report], statements: Iterable[Statement], incidents: Iterable[Incident],
        signals: Iterable[Signal] = (), forecasts: Iterable[Forecast] = (), rejected: int = 0,
        ledger: Iterable[Entry] = (), verdicts: Iterable[Verdict] = (),
        period: tuple[date, date], as_of: date, note: str = "", release: Sensitivity = Sensitivity.INTERNAL, area: str = "",
        families: Iterable[Family] = (),
    ) -> "Material":  # fmt: skip
        """The cut that a brief for `release` may rest on. area: a country ("IQ") or a unit of it ("IQ/Diyala"); families: of
        these only; both empty mean all. Raises UsageError if the period ends before it begins."""
        if period[1] < period[0]:
            raise UsageError("the period ends before it begins", where="--days", mend="Give one day or more.")
        held = {r.id: r for r in reports if shown(r.sensitivity, release)}
        said = {s.id: s for s in statements if s.report in held}
        every = sorted(incidents, key=_order)
        asked = [i for i in every if (not area or _inside(i, area)) and (not families or i.family in set(families))]
        seen = [i for i in asked if shown(i.sensitivity, release) and all(s in said for s in i.statements)]
        wanted = {f.value for f in families}
        return cls(
            reports=held, statements=said, incidents=tuple(public(seen) if release is Sensitivity.PUBLIC else seen),
            signals=tuple(s for s in signals if shown(s.sensitivity, release) and _of_unit(s.unit, area, wanted)),
            forecasts=tuple(f for f in forecasts if shown(f.sensitivity, release) and _of_unit(f.unit, area, wanted)),
            rejected=rejected, ledger=tuple(ledger), verdicts=tuple(verdicts), period=period, as_of=as_of, note=note, release=release,
            withheld=sum(_meets(i, period) for i in asked) - sum(_meets(i, period) for i in seen), area=area,
            families=frozenset(families) or frozenset(Family),
        )  # fmt: skip

    @cached_property
    def current(self) -> tuple[Incident, ...]:
        """Incidents of the period that are not only recalled, in order of day; one without a day counts by its publication."""
        return tuple(i for i in self.incidents if _counts(i) and _meets(i, self.period))

    @cached_property
    def former(self) -> tuple[Incident, ...]:
        """Incidents of the period of the same length before this one."""
        start, end = self.period
        before = (start - (end - start) - timedelta(days=1), start - timedelta(days=1))
        return tuple(i for i in self.incidents if _counts(i) and _meets(i, before) and not _meets(i, self.period))

    @cached_property
    def fresh(self) -> tuple[Report, ...]:
        """Reports published in the period, in order of day."""
        start, end = self.period
        return tuple(
            sorted((r for r in self.reports.values() if r.published and start <= r.published <= end), key=lambda r: (str(r.published), r.id))
        )  # fmt: skip

    @cached_property
    def cut(self) -> str:
        """The id of this whole cut: what rests on all reports, or on the lack of some, rests on it."""
        digest = hashlib.sha256("\n".join(sorted(self.reports)).encode()).hexdigest()
        return f"cut-{digest[:16]}"

    @cached_property
    def newest(self) -> date | None:
        """The newest day of publication."""
        return max((r.published for r in self.reports.values() if r.published), default=None)

    @property
    def stale(self) -> int:
        """Days by which the newest report is too old for a desk, 0 where it is not."""
        age = (self.as_of - self.newest).days if self.newest else 0
        return age if age > STALE_DAYS else 0

    @property
    def sensitivity(self) -> Sensitivity:
        """The highest level of what is used."""
        return highest([*(i.sensitivity for i in self.current), *(r.sensitivity for r in self.fresh)])

    @cached_property
    def _evidence(self) -> Mapping[str, tuple[str, ...]]:
        made: dict[str, tuple[str, ...]] = {i.id: i.statements for i in self.incidents}
        made |= {s.id: s.evidence for s in self.signals}
        return made | {f.id: f.evidence for f in self.forecasts}

    def knows(self, key: str) -> bool:
        """Whether `key` names something of this cut."""
        return key == self.cut or key in self.statements or key in self._evidence or key in self.reports

    def rests_on(self, keys: Iterable[str]) -> Iterator[Statement]:
        """The statements that ids of any sort rest on in the end, each once, in order."""
        seen: set[str] = set()
        queue = list(keys)[::-1]
        while queue:
            key = queue.pop()
            if key in seen:
                continue
            seen.add(key)
            if key in self.statements:
                yield self.statements[key]
            queue.extend(reversed(self._evidence.get(key, ())))


def shown(level: Sensitivity, release: Sensitivity) -> bool:
    """Whether readers of `release` may see what has `level`."""
    return SENSITIVITY_ORDER.index(level) <= SENSITIVITY_ORDER.index(release)


def _order(incident: Incident) -> tuple[str, str]:
    return (incident.when.start.isoformat() if incident.when else str(incident.published), incident.id)


def _counts(incident: Incident) -> bool:
    """Whether it stands as news: told as happening now, and not rejected by a reviewer."""
    return not incident.recalled and incident.review != "rejected"


def _meets(incident: Incident, period: tuple[date, date]) -> bool:
    if incident.when is not None:
        return incident.when.start <= period[1] and incident.when.end >= period[0]
    return incident.published is not None and period[0] <= incident.published <= period[1]


def _inside(incident: Incident, area: str) -> bool:
    country, _, unit = area.partition("/")
    return any(p.country == country and (not unit or p.admin1 == unit) for p in incident.places)


def _of_unit(unit: str, area: str, families: set[str]) -> bool:
    where, what, _ = told(unit)
    return (not area or where == area or where.startswith(area + "/")) and (not families or what in families)
