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
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from marsad.collect import collect_paths
from marsad.link import METHOD, successors
from marsad.link import link as link_statements
from marsad.link.gazetteer import Gazetteer
from marsad.panel import told
from marsad.read.reader import Reader
from marsad.records import Forecast, Incident, Rejection, Series, Signal
from marsad.scales import Family, Sensitivity
from marsad.store import Linker, Store, Taken, Which

if TYPE_CHECKING:
    from marsad.brief import Material
    from marsad.score import Entry, Verdict

T = TypeVar("T")
_MANY = 1000  # new versions after which the database counts its rows anew
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
        found = ((r.id, gazetteer.resolved(reader.read(r), r)) for r in _counted(store.unread(reader.version), progress))
        return store.put_readings(reader.version, found)


def take_table(
    store: Store, path: Path, form: str, *, published: date | None = None, progress: Progress = silent
) -> tuple[Taken, int]:
    """Take the events of a table (formats/load.py); (what became of its rows, how many statements are new)."""
    from marsad.formats.load import kinds, load  # noqa: PLC0415

    origin, _ = kinds(form)
    with store.run("import", origin.reader, {"path": str(path), "form": form}):
        taken, said = Taken(), 0
        for batch in _batches(_counted(load(path, form, published=published), progress), 500):
            taken += store.put_reports(item if isinstance(item, Rejection) else item[0] for item in batch)
            said += store.put_readings(origin.reader, ((i[0].id, (i[1],)) for i in batch if not isinstance(i, Rejection)))
        return taken, said


def link(store: Store) -> tuple[list[Incident], int]:
    """Link all current statements; (the incidents, how many versions are new)."""
    with store.run("link", METHOD.partition(":")[0], {"method": METHOD}):  # the column of versions is short
        earlier = store.incidents(Which(rejected=True))
        said = list(store.statements(cls="event"))
        decided = {s for r in store.reviews() for s in (*r.statements, *r.others)}
        before = store.statements_by_id({s for i in earlier for s in i.statements} | decided)
        incidents = link_statements(said, store.reports(), earlier, renamed=successors(before, said), reviews=store.reviews())
        new = store.put_incidents(incidents)
        if new >= _MANY:
            store.tidy()
        return incidents, new


def reviewed(store: Store) -> Linker:
    """Linking as this store does it: what people decided stands above what is matched."""
    return partial(link_statements, reviews=store.reviews())


def series(store: Store, *, as_of: date, freq: str = "W", level: str = "family", measure: str = "incidents") -> list[Series]:
    """Counts of incidents (or of deaths) by area and family (or kind), as they had been published by `as_of`."""
    from marsad.watch.series import counts  # noqa: PLC0415 (numpy is slow to load; reading needs none of it)

    incidents = store.incidents(as_of=as_of, link=reviewed(store))
    return counts(incidents, list(store.reports(as_of=as_of)), freq=freq, as_of=as_of, level=level, measure=measure)


WATCHED = ("record_high", "nb_tail", "nb_cusum", "vacuum", "tactic_return", "cluster")
"""Methods that look at the record where none are named."""


def watch(
    store: Store, *, as_of: date, freq: str = "W", measure: str = "incidents", fdr: float | None = 0.1, budget: int | None = None,
    cooldown: int = 4, methods: Sequence[str] = (),
) -> list[Signal]:  # fmt: skip
    """Signals in the record as of a day: families by period, kinds by day for the return of a tactic, points for clusters; of deaths
    (measure "deaths") the first alone.

    methods: names, by default WATCHED; UsageError for one that does not exist. fdr, budget, cooldown: which alarms are worth a reader's time (watch/select.py).
    """
    from marsad import watch as watching  # noqa: PLC0415
    from marsad.watch import cluster  # noqa: PLC0415

    names = tuple(methods) or WATCHED
    apart = ("tactic_return", cluster.NAME, *(("vacuum",) if measure == "deaths" else ()))
    by_period = tuple(watching.named(name).NAME for name in names if name not in apart)

    with store.run(
        "watch",
        watching.VERSION,
        {
            "as_of": as_of.isoformat(),
            "freq": freq,
            "measure": measure,
            "fdr": fdr,
            "budget": budget,
            "methods": ",".join(names),
        },
    ):
        by_family = series(store, as_of=as_of, freq=freq, measure=measure)
        found = watching.run(by_family, methods=by_period, as_of=as_of) if by_period else []
        if measure != "deaths" and "tactic_return" in names:
            by_kind = series(store, as_of=as_of, freq="D", level="kind")
            found += watching.run(by_kind, methods=("tactic_return",), as_of=as_of)
        if measure != "deaths" and cluster.NAME in names:
            found += cluster.run(store.incidents(as_of=as_of, link=link_statements), as_of=as_of)
        order = sorted({p for s in by_family for p in s.periods} | {s.period for s in found})
        kept = list(watching.choose(found, fdr=fdr, budget=budget, cooldown=cooldown, order=order).kept)
        store.put_products(kept)
        return kept


def forecast(
    store: Store, *, as_of: date, freq: str = "W", model: str = "pool", horizon: int = 4, measure: str = "incidents",
    counted: Sequence[Series] | None = None,
) -> list[Forecast]:  # fmt: skip
    """Forecasts for each area and family, with climatology, zero and last value beside the model.

    counted: what `series` gave for the same cut, where it is at hand; else it is counted here.
    """
    from marsad import forecast as models  # noqa: PLC0415

    with store.run(
        "forecast",
        models.VERSION,
        {"as_of": as_of.isoformat(), "freq": freq, "measure": measure, "model": model, "horizon": horizon},
    ):
        if counted is None:
            counted = series(store, as_of=as_of, freq=freq, measure=measure)
        found: list[Forecast] = []
        for name in dict.fromkeys((model, "last12", "zero", "last_value")):
            found += models.run_all(counted, model=name, horizon=horizon, as_of=as_of)
        store.put_products(found)
        return found


def ledger(store: Store, *, as_of: date) -> "tuple[list[Entry], list[Verdict]]":
    """What came of every forecast whose period is over by `as_of`, and of the sources' own expectations."""
    from marsad import score  # noqa: PLC0415

    issued = store.forecasts(as_of=as_of)
    asked = sorted({(f.freq, "deaths" if told(f.unit).deaths else "incidents") for f in issued})
    counted = [s for freq, measure in asked for s in series(store, as_of=as_of, freq=freq, measure=measure)]
    said = list(store.statements(as_of=as_of, cls="outlook"))
    incidents = store.incidents(as_of=as_of, link=link_statements)
    return score.settle(issued, counted), score.check_outlooks(said, store.reports(as_of=as_of), incidents, as_of=as_of)


def material(
    store: Store, *, as_of: date, days: int = 30, note: str = "", release: Sensitivity = Sensitivity.INTERNAL, area: str = "",
    families: Sequence[Family] = (),
) -> "Material":  # fmt: skip
    """The cut of the record that a brief of the `days` up to `as_of` rests on (see brief/material.py)."""
    from marsad.brief import Material  # noqa: PLC0415 (the brief loads the gazetteer)

    entries, verdicts = ledger(store, as_of=as_of)
    return Material.of(
        reports=store.reports(as_of=as_of), statements=store.statements(as_of=as_of),
        incidents=store.incidents(as_of=as_of, link=reviewed(store)), signals=store.signals(as_of=as_of),
        forecasts=store.forecasts(as_of=as_of), rejected=store.rejected_count(), period=(as_of - timedelta(days=days - 1), as_of),
        as_of=as_of, note=note, release=release, area=area, families=families, ledger=entries, verdicts=verdicts,
    )  # fmt: skip


def brief(
    store: Store, folder: Path, *, as_of: date, days: int = 30, note: str = "", release: Sensitivity = Sensitivity.INTERNAL,
    area: str = "", families: Sequence[Family] = (), formats: Sequence[str] = ("html",),
) -> list[Path]:  # fmt: skip
    """Write the brief of the `days` up to `as_of` in Arabic and English, in each of `formats` (marsad.brief.publish.FORMATS); the
    paths. A public release carries no quotation."""
    from marsad import brief as briefs  # noqa: PLC0415

    params: dict[str, str | int] = {"as_of": as_of.isoformat(), "days": days, "release": release.value, "area": area}
    params |= {"families": " ".join(families), "formats": " ".join(formats)}
    with store.run("brief", briefs.VERSION, params):
        cut = material(store, as_of=as_of, days=days, note=note, release=release, area=area, families=families)
        return briefs.publish(cut, folder, formats=formats)


def last_day(store: Store) -> date | None:
    """The newest day of publication in the store."""
    return max((r.published for r in store.reports() if r.published), default=None)


def _counted(items: Iterable[T], progress: Progress) -> Iterator[T]:
    for item in items:
        yield item
        progress(1)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
