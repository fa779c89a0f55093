"""The whole path on one page: reports in, a bilingual brief out. Start reading here.

    from datetime import date
    from pathlib import Path
    from marsad import Store, pipeline

    with Store.open("marsad.db") as store:
        pipeline.collect(store, [Path("reports")])      # files -> reports
        pipeline.read(store)                            # reports -> statements
        pipeline.link(store)                            # statements -> incidents
        pipeline.watch(store, as_of=date(2020, 4, 8))   # incidents -> signals
        pipeline.forecast(store, as_of=date(2020, 4, 8))
        pipeline.brief(store, Path("out"), as_of=date(2020, 4, 8))

Each step reads from the store and writes to it, may be run again at any time, and does only what is missing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from marsad.collect import collect_paths
from marsad.link import METHOD, successors
from marsad.link import link as link_statements
from marsad.link.gazetteer import Gazetteer, context_of
from marsad.read.reader import Reader
from marsad.records import Forecast, Incident, Report, Series, Signal, Statement
from marsad.store import Store, Taken

if TYPE_CHECKING:
    from marsad.score import Entry, Verdict

T = TypeVar("T")
Progress = Callable[[int], None]
"""Called with the number of items done since the last call."""


def silent(done: int) -> None:
    """Show no progress."""


def collect(store: Store, paths: Iterable[Path], *, progress: Progress = silent) -> Taken:
    """Take every report under `paths` into the store; what cannot be read is kept as rejected, with the reason."""
    with store.run("collect", "1", {"paths": " ".join(str(p) for p in paths)}):
        return store.put_reports(_counted(collect_paths(paths), progress))


def read(store: Store, *, reader: Reader | None = None, progress: Progress = silent) -> int:
    """Read what this reader has not read yet; the number of new statements."""
    reader = reader or Reader()
    gazetteer = Gazetteer()
    with store.run("read", reader.version, {}):
        found = ((r.id, resolved(reader.read(r), r, gazetteer)) for r in _counted(store.unread(reader.version), progress))
        return store.put_readings(reader.version, found)


def resolved(statements: Sequence[Statement], report: Report, gazetteer: Gazetteer) -> tuple[Statement, ...]:
    """The statements with their places found in the gazetteer; one that is not found stays a name."""
    context = context_of(statements, report)
    return tuple(
        replace(s, places=gazetteer.places(s.places, context, lang=report.lang)) if s.places else s for s in statements
    )


def link(store: Store) -> tuple[list[Incident], int]:
    """Link all current statements; (the incidents, how many versions are new)."""
    with store.run("link", METHOD, {}):
        earlier = store.incidents()
        said = list(store.statements(cls="event"))
        before = store.statements_by_id({s for i in earlier for s in i.statements})
        incidents = link_statements(said, store.reports(), earlier, renamed=successors(before, said))
        return incidents, store.put_incidents(incidents)


def series(store: Store, *, as_of: date, freq: str = "W", level: str = "family", measure: str = "incidents") -> list[Series]:
    """Counts of incidents (or of deaths) by area and family (or kind), as they had been published by `as_of`."""
    from marsad.watch.series import counts  # noqa: PLC0415 (numpy is slow to load; reading needs none of it)

    incidents = store.incidents(as_of=as_of, link=link_statements)
    return counts(incidents, list(store.reports(as_of=as_of)), freq=freq, as_of=as_of, level=level, measure=measure)


def watch(
    store: Store, *, as_of: date, freq: str = "W", fdr: float | None = 0.1, budget: int | None = None, cooldown: int = 4
) -> list[Signal]:
    """Signals in the record as of a day: families by period, kinds by day for the return of a tactic, points for clusters.

    fdr, budget, cooldown: which alarms are worth a reader's time (watch/select.py).
    """
    from marsad import watch as methods  # noqa: PLC0415
    from marsad.watch import cluster  # noqa: PLC0415

    with store.run("watch", methods.VERSION, {"as_of": as_of.isoformat(), "freq": freq, "fdr": fdr, "budget": budget}):
        by_family = series(store, as_of=as_of, freq=freq)
        found = methods.run(by_family, methods=("record_high", "nb_tail", "nb_cusum", "vacuum"), as_of=as_of)
        found += methods.run(series(store, as_of=as_of, freq="D", level="kind"), methods=("tactic_return",), as_of=as_of)
        found += cluster.run(store.incidents(as_of=as_of, link=link_statements), as_of=as_of)
        order = sorted({p for s in by_family for p in s.periods} | {s.period for s in found})
        kept = list(methods.choose(found, fdr=fdr, budget=budget, cooldown=cooldown, order=order).kept)
        store.put_products(kept)
        return kept


def forecast(store: Store, *, as_of: date, freq: str = "W", model: str = "pool", horizon: int = 4) -> list[Forecast]:
    """Forecasts for each area and family, with climatology, zero and last value beside the model."""
    from marsad import forecast as models  # noqa: PLC0415

    with store.run("forecast", models.VERSION, {"as_of": as_of.isoformat(), "freq": freq, "model": model, "horizon": horizon}):
        counted = series(store, as_of=as_of, freq=freq)
        found: list[Forecast] = []
        for name in dict.fromkeys((model, "last12", "zero", "last_value")):
            found += models.run_all(counted, model=name, horizon=horizon, as_of=as_of)
        store.put_products(found)
        return found


def ledger(store: Store, *, as_of: date) -> "tuple[list[Entry], list[Verdict]]":
    """What came of every forecast whose period is over by `as_of`, and of the sources' own expectations."""
    from marsad import score  # noqa: PLC0415

    issued = store.forecasts(as_of=as_of)
    counted = [s for freq in sorted({f.freq for f in issued}) for s in series(store, as_of=as_of, freq=freq)]
    said = list(store.statements(as_of=as_of, cls="outlook"))
    incidents = store.incidents(as_of=as_of, link=link_statements)
    return score.settle(issued, counted), score.check_outlooks(said, store.reports(as_of=as_of), incidents, as_of=as_of)


def brief(store: Store, folder: Path, *, as_of: date, days: int = 30, note: str = "", quotes: bool = True) -> list[Path]:
    """Write brief.ar.html and brief.en.html for the `days` up to `as_of`; their paths."""
    from marsad import brief as briefs  # noqa: PLC0415

    with store.run("brief", briefs.VERSION, {"as_of": as_of.isoformat(), "days": days}):
        material = briefs.Material.of(
            reports=store.reports(as_of=as_of), statements=store.statements(as_of=as_of),
            incidents=store.incidents(as_of=as_of, link=link_statements), signals=store.signals(as_of=as_of),
            forecasts=store.forecasts(as_of=as_of), rejected=store.rejected(),
            period=(as_of - timedelta(days=days - 1), as_of), as_of=as_of, note=note,
        )  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for lang in ("ar", "en"):
            path = folder / f"brief.{lang}.html"
            path.write_text(briefs.render(material, briefs.compose(material, lang), quotes=quotes), encoding="utf-8")
            paths.append(path)
        return paths


def last_day(store: Store) -> date | None:
    """The newest day of publication in the store."""
    return max((r.published for r in store.reports() if r.published), default=None)


def _counted(items: Iterable[T], progress: Progress) -> Iterator[T]:
    for item in items:
        yield item
        progress(1)
