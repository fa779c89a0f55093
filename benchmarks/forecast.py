"""Forecasts on the development data: country months 2010 to 2017, Iraq by week, and speed. Every choice for a window is made by the pool
from what lies before its origin. Run: python benchmarks/forecast.py [countries] [iraq] [heldout] [speed]"""

import resource
import sys
import time

import numpy as np

from _data import country_months, iraq_cells, iraq_weeks
from marsad import forecast, score
from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.score import summary
from marsad.score.paired import paired

COUNTRY_MODELS = ("pool", "last12", "last24", "zero", "last_value", "bootstrap", "recent4_0.3", "seasonal4_0.3", "nb_ewma2.5", "nb_ingarch", "log_change", "nb_regression")  # fmt: skip


def countries() -> None:
    """The eight windows: origin October, targets January to December of the second year after."""
    panel = country_months()
    origins = [f"{year}-10" for year in range(2009, 2017)]
    found = {}
    for name in COUNTRY_MODELS:
        began, used = time.perf_counter(), time.process_time()
        windows = [whole_year(w) for w in score.rolling(panel, forecast.named(name), origins, list(range(3, 15)))]
        spent, used = time.perf_counter() - began, time.process_time() - used
        found[name] = summary.scores(name, windows)
        print(
            f"{name:14s} {spent:5.1f} s ({used:.1f} s of one processor)  CRPS by window:",
            " ".join(f"{np.nanmean(x):6.2f}" for x in found[name].crps),
        )
    print(f"\n{'model':14s} {'stratum':20s} {'CRPS':>8s} {'gain':>7s} {'90% interval':>18s} {'log-CRPS':>9s} {'gain':>7s} {'90% interval':>18s} {'covered':>8s} {'PIT':>6s} {'chance':>6s}")  # fmt: skip
    for r in summary.table(found, "last12"):
        if r.model == "pool" or r.stratum == "all":
            print(f"{r.model:14s} {r.stratum:20s} {r.crps.mean:8.3f} {r.crps.gain:+7.1%} {_range(r.crps):>18s} {r.log_crps.mean:9.4f} {r.log_crps.gain:+7.1%} {_range(r.log_crps):>18s} {r.coverage:8.1%} {r.ks:6.3f} {r.chance:6.3f}")  # fmt: skip


def whole_year(window: score.Window) -> score.Window:
    """Only units known in all of the 12 months up to the origin, as the benchmark's own figures take them."""
    from dataclasses import replace  # noqa: PLC0415

    return replace(window, able=window.able & ~np.isnan(window.then.counts[:, -12:]).any(axis=1))


def iraq() -> None:
    """Rolling weekly origins from the twelfth week on; 1, 4 and 8 weeks ahead."""
    panel = iraq_weeks()
    print(f"{len(panel)} governorates, {panel.periods} weeks")
    for lead in (1, 4, 8):
        origins = [panel.label(c) for c in range(11, panel.periods - lead)]
        found = {}
        for name in ("pool", "last12", "last_value", "nb_ewma1", "nb_ingarch", "nb_regression"):
            found[name] = summary.scores(name, list(score.rolling(panel, forecast.named(name), origins, [lead])))
        for name, scored in found.items():
            d = paired(scored.crps, found["last12"].crps)
            print(f"{lead} weeks ahead, {len(origins)} origins: {name:14s} CRPS {d.mean:7.3f} gain {d.gain:+.1%} ({_range(d)}) covered {np.nanmean(scored.covered):.1%}")  # fmt: skip


def heldout() -> None:
    """Windows of other months and years, and other areas, than those by which the pool's members were chosen."""
    months = country_months()
    spells = {
        "April, 1 to 12 months ahead": ([f"{y}-04" for y in range(2010, 2017)], list(range(1, 13))),
        "July 2001 to 2015, 3 to 14": ([f"{y}-07" for y in range(2001, 2016, 2)], list(range(3, 15))),
        "January 1996 to 1999, 3 to 8": ([f"{y}-01" for y in range(1996, 2000)], list(range(3, 9))),
    }
    print(
        "| windows | CRPS, all | without the largest | at peace | low | high | log-CRPS, all | PIT off (by chance): peace, low, high | 90% covers: low, high |"
    )
    for name, (origins, leads) in spells.items():
        print(_gains(name, months, origins, leads), flush=True)
    for name, panel in (("governorates", iraq_weeks()), ("cells of 0.5 degrees", iraq_cells(0.5)), ("cells of 1 degree", iraq_cells(1.0))):  # fmt: skip
        for lead in (1, 4, 8):
            origins = [panel.label(c) for c in range(11, panel.periods - lead)]
            print(_gains(f"Iraq, {name}, {lead} weeks ahead", panel, origins, [lead]), flush=True)


def _gains(name: str, panel: Panel, origins: list[str], leads: list[int]) -> str:
    found = {m: summary.scores(m, list(score.rolling(panel, forecast.named(m), origins, leads))) for m in ("pool", "last12")}
    rows = {r.stratum: r for r in summary.table(found, "last12") if r.model == "pool"}
    whole = rows["all"]
    strata = ("at peace", "low", "high")
    cells = [
        f"{whole.crps.gain:+.1%} ({_range(whole.crps)})",
        *(f"{rows[s].crps.gain:+.1%}" for s in ("all but the largest", *strata)),
        f"{whole.log_crps.gain:+.1%} ({_range(whole.log_crps)})",
        ", ".join(f"{rows[s].ks:.3f} ({rows[s].chance:.3f})" for s in strata),
        ", ".join(f"{rows[s].coverage:.0%}" for s in strata[1:]),
    ]
    return f"| {name} | {' | '.join(cells)} |"


def speed() -> None:
    """10,000 weekly series of five years, 12 horizons, every model."""
    rng = np.random.default_rng(0)
    mean = np.exp(rng.normal(0, 1.5, (10_000, 1)))
    counts = rng.negative_binomial(2, 2 / (2 + mean), size=(10_000, 260)).astype(np.float64)
    calendar = Calendar("W")
    panel = Panel(tuple(f"u{n}" for n in range(10_000)), calendar, calendar.number("2015-W01"), counts)
    began, used = time.perf_counter(), time.process_time()
    for name, model in forecast.MODELS.items():
        start = time.perf_counter()
        model.predict(panel, 12)
        print(f"{name:14s} {time.perf_counter() - start:6.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"all models, 10,000 series x 12 horizons: {time.perf_counter() - began:.1f} s ({time.process_time() - used:.1f} s of one processor), peak memory {peak:.2f} GB"
    )


def _range(d: score.Difference) -> str:
    return f"{d.low:+.1%} to {d.high:+.1%}"


if __name__ == "__main__":
    for part in sys.argv[1:] or ("countries", "iraq", "heldout", "speed"):
        print(f"\n== {part}")
        {"countries": countries, "iraq": iraq, "heldout": heldout, "speed": speed}[part]()
