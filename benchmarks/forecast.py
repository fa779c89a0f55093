"""Forecasts on the development data: country months 2010 to 2017, Iraq by week, and speed. Every choice for a window is made by the pool
from what lies before its origin. Run: python benchmarks/forecast.py [countries] [iraq] [heldout] [drift] [speed]"""

import resource
import sys
import time
from collections.abc import Callable

import numpy as np

from _data import country_months, iraq_cells, iraq_weeks
from marsad import forecast, score
from marsad.forecast.pool import Pool
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
    rare: dict[str, list[float]] = {"countries": [], "Iraq, governorates": [], "Iraq, cells": []}
    for name, (origins, leads) in spells.items():
        print(_gains(name, months, origins, leads, rare["countries"]), flush=True)
    for name, panel in (("governorates", iraq_weeks()), ("cells of 0.5 degrees", iraq_cells(0.5)), ("cells of 1 degree", iraq_cells(1.0))):  # fmt: skip
        for lead in (1, 4, 8):
            origins = [panel.label(c) for c in range(11, panel.periods - lead)]
            kept = rare["Iraq, governorates" if name == "governorates" else "Iraq, cells"]
            print(_gains(f"Iraq, {name}, {lead} weeks ahead", panel, origins, [lead], kept), flush=True)
    for name, found in rare.items():
        known = sorted(p for p in found if not np.isnan(p))
        holm = min(1.0, known[0] * len(known))
        print(f"{name}: {sum(p < 0.05 for p in known)} of {len(known)} strata beyond what chance gives once in twenty; the rarest p {known[0]:.3f}, by Holm {holm:.2f}")  # fmt: skip


def _gains(name: str, panel: Panel, origins: list[str], leads: list[int], rare: list[float]) -> str:
    found = {m: summary.scores(m, list(score.rolling(panel, forecast.named(m), origins, leads))) for m in ("pool", "last12")}
    rows = {r.stratum: r for r in summary.table(found, "last12") if r.model == "pool"}
    whole = rows["all"]
    strata = ("at peace", "low", "high")
    rare += [rows[s].rare for s in strata]
    cells = [
        f"{whole.crps.gain:+.1%} ({_range(whole.crps)})",
        *(f"{rows[s].crps.gain:+.1%}" for s in ("all but the largest", *strata)),
        f"{whole.log_crps.gain:+.1%} ({_range(whole.log_crps)})",
        ", ".join(f"{rows[s].ks:.3f} ({rows[s].chance:.3f})" for s in strata),
        ", ".join(f"{rows[s].coverage:.0%}" for s in strata[1:]),
    ]
    return f"| {name} | {' | '.join(cells)} |"


def drift() -> None:
    """Simulated panels of 18 units whose rates share a trend, or none: the pool with and without following it."""
    print("| common trend | PIT off at 1, 4, 8, high: not followed | followed | CRPS, followed against not | low: not followed | followed |")  # fmt: skip
    for name, trend in TRENDS.items():
        parts: dict[bool, list[summary.Scores]] = {False: [], True: []}
        for seed in range(14):
            panel = simulated(trend, seed)
            origins = [panel.label(c) for c in range(12, panel.periods - 8, 3)]
            for follows, found in parts.items():
                found.append(summary.scores("pool", list(score.rolling(panel, Pool(follows=follows), origins, [1, 4, 8]))))
        cells = {(f, s): [_drawn(parts[f], s, n) for n in range(3)] for f in parts for s in (1, 2)}
        off = {key: ", ".join(f"{score.uniformity(pits)[0]:.3f}" for pits, _ in found) for key, found in cells.items()}
        gain = ", ".join(f"{1 - b / a:+.1%}" for (_, a), (_, b) in zip(cells[False, 2], cells[True, 2], strict=True))
        print(f"| {name} | {off[False, 2]} | {off[True, 2]} | {gain} | {off[False, 1]} | {off[True, 1]} |", flush=True)


WEEKS = 38
TRENDS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "none": lambda t: 0 * t, "tripling": lambda t: 1.1 * t, "falling to a third": lambda t: -1.1 * t,
    "up, then down": lambda t: 1.1 * np.minimum(t, 1 - t), "down, then up": lambda t: -1.1 * np.minimum(t, 1 - t),
    "a step up": lambda t: 0.8 * (t >= 0.5), "a step down": lambda t: -0.8 * (t >= 0.5),
}  # fmt: skip
"""Log of the common rate over the record, 0 to 1."""


def simulated(trend: Callable[[np.ndarray], np.ndarray], seed: int) -> Panel:
    """18 units of very different levels, each wandering by itself too and following the trend more or less; negative binomial, k = 6."""
    rng = np.random.default_rng([2006, seed])
    own = np.cumsum(rng.normal(0, 0.07, (18, WEEKS)), axis=1) + rng.normal(1.3, 1.7, (18, 1))
    mean = np.exp(np.clip(own + trend(np.linspace(0, 1, WEEKS)) * rng.uniform(0.5, 1.5, (18, 1)), -5, 6.5))
    counts = rng.negative_binomial(6, 6 / (6 + mean)).astype(np.float64)
    return Panel(tuple(f"u{n}" for n in range(18)), Calendar("W"), Calendar("W").number("2006-W01"), counts)


def _drawn(found: list[summary.Scores], stratum: int, lead: int) -> tuple[np.ndarray, float]:
    """(PITs, mean CRPS) of all panels in a stratum at one lead."""
    here = [s.where == stratum for s in found]
    pits, crps = (np.concatenate([x[:, :, lead][h] for x, h in zip(xs, here, strict=True)]) for xs in ([s.pit for s in found], [s.crps for s in found]))  # fmt: skip
    return pits, float(np.nanmean(crps))


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
    return "one unit" if d.low is None or d.high is None else f"{d.low:+.1%} to {d.high:+.1%}"


if __name__ == "__main__":
    for part in sys.argv[1:] or ("countries", "iraq", "heldout", "drift", "speed"):
        print(f"\n== {part}")
        {"countries": countries, "iraq": iraq, "heldout": heldout, "drift": drift, "speed": speed}[part]()
