"""Signals on simulated counts: false alarms measured against stated, and power against record highs and week-against-prior-4 at the same
rate. Run: python benchmarks/watch.py [power] [edges] [speed]"""

import resource
import sys
import time
from datetime import date, timedelta

import numpy as np

from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.records import Incident, Place, Series, Span, When
from marsad.scales import DateBasis, DatePrecision, WherePrecision
from marsad.watch import DEFAULT, METHODS, cluster
from marsad.watch import run as watch_run

BASES = (0.5, 2.0, 30.0)
UNITS, WEEKS, SIZE, QUIET, AFTER = 4000, 160, 2.0, 40, 4
CALENDAR = Calendar("W")


def panel(base: float, seed: int, ratio: float = 1.0, weeks: int = WEEKS, size: float = SIZE) -> Panel:
    """NB counts of UNITS series; the last AFTER weeks at `ratio` times the rate."""
    rng = np.random.default_rng(seed)
    mean = np.full(weeks, base)
    mean[-AFTER:] *= ratio
    counts = rng.negative_binomial(size, size / (size + mean), size=(UNITS, weeks)).astype(np.float64)
    return Panel(tuple(f"u{n}" for n in range(UNITS)), CALENDAR, CALENDAR.number("2015-W01"), counts)


def record(counts: np.ndarray) -> np.ndarray:
    """How far each week lies above the highest of the 52 before it."""
    highest = np.lib.stride_tricks.sliding_window_view(counts[:, :-1], 52, axis=1).max(axis=-1)
    return np.pad(counts[:, 52:] - highest, ((0, 0), (52, 0)), constant_values=-np.inf)


def prior4(counts: np.ndarray) -> np.ndarray:
    """Each week against the mean of the four before it, in standard deviations of a Poisson count."""
    mean = np.lib.stride_tricks.sliding_window_view(counts[:, :-1], 4, axis=1).mean(axis=-1)
    return np.pad((counts[:, 4:] - mean) / np.sqrt(mean + 0.5), ((0, 0), (4, 0)), constant_values=-np.inf)


def at_rate(null: np.ndarray, changed: np.ndarray, rate: float, seed: int) -> tuple[float, float]:
    """(false alarms a week, detections within AFTER weeks) of a statistic at `rate`, ties on the border drawn."""
    quiet = null[:, -QUIET:].ravel()
    limit = np.quantile(quiet, 1 - rate, method="higher")
    above, at = (quiet > limit).mean(), (quiet == limit).mean()
    share = np.clip((rate - above) / max(at, 1e-12), 0, 1)
    rng = np.random.default_rng(seed)

    def alarm(x: np.ndarray) -> np.ndarray:
        return (x > limit) | ((x == limit) & (rng.random(x.shape) < share))

    return float(alarm(quiet).mean()), float(alarm(changed[:, -AFTER:]).any(axis=1).mean())


def power() -> None:
    """Stated and measured false alarms, and detections of a doubling within four weeks, beside those of the two plain statistics at the
    same rate."""
    print(
        f"{'base':>5s} {'method':14s} {'stated/year':>11s} {'measured':>9s} {'ratio':>6s} {'seen in 4 weeks':>16s} {'record high':>12s} {'prior 4':>8s} {'smallest change':>16s}"
    )
    for base in BASES:
        for name in ("record_high", "nb_tail", "nb_cusum", "change_point", "farrington", "tactic_return"):
            weeks = 210 if name == "farrington" else WEEKS  # it needs three years before the first week that it judges
            null, changed = panel(base, 11, weeks=weeks), panel(base, 12, 2.0, weeks=weeks)
            a, b = METHODS[name].scan(null), METHODS[name].scan(changed)
            worths = [a.worth(n, weeks - 10) for n in range(300)]
            stated, rate = np.mean([w.rate for w in worths]) * 52.18, a.alarm[:, -QUIET:].mean()
            plain = [at_rate(f(null.counts), f(changed.counts), rate, 5)[1] if rate else np.nan for f in (record, prior4)]
            seen = [w.seen for w in worths if w.seen is not None]
            print(f"{base:5g} {name:14s} {stated:11.3f} {rate * 52.18:9.3f} {rate * 52.18 / max(stated, 1e-9):6.2f} {b.alarm[:, -AFTER:].any(axis=1).mean():16.1%} {plain[0]:12.1%} {plain[1]:8.1%} {np.median(seen) if seen else np.nan:16.2f}", flush=True)  # fmt: skip
    vacuums()
    clusters()


def vacuums() -> None:
    """False alarms of `vacuum` after posture changes that nothing followed, and what it sees of a doubling in the eight weeks after one."""
    print(f"\n{'base':>5s} vacuum: stated a change, measured (8,000 changes), ratio; doubling seen in 4 and in 8 weeks")
    for base in BASES:
        rng, quiet = np.random.default_rng(13), panel(base, 11)
        moved = np.zeros((UNITS, WEEKS))
        moved[:, (110, WEEKS - 8)] = 1
        names = tuple(f"A{n} attack" for n in range(UNITS)) + tuple(f"A{n} posture" for n in range(UNITS))
        counts = quiet.counts.copy()
        scan = METHODS["vacuum"].scan(Panel(names, CALENDAR, quiet.first, np.concatenate([counts, moved])))
        counts[:, -8:] = rng.negative_binomial(SIZE, SIZE / (SIZE + 2 * base), size=(UNITS, 8))
        risen = METHODS["vacuum"].scan(Panel(names, CALENDAR, quiet.first, np.concatenate([counts, moved]))).alarm[:, -8:]
        stated, measured = scan.worth(0, WEEKS - 1).rate * WEEKS / 2, scan.alarm.sum() / (2 * UNITS)
        print(f"{base:5g} {stated:.2%} {measured:.2%} {measured / stated:.2f}; {risen[:UNITS, :4].any(axis=1).mean():.1%} {risen[:UNITS].any(axis=1).mean():.1%}", flush=True)  # fmt: skip


def clusters(sets: int = 400, alpha: float = 0.05) -> None:
    """How often `cluster` finds one among incidents whose places and days have nothing to do with each other."""
    rng, found = np.random.default_rng(17), 0
    for _ in range(sets):
        days = rng.integers(0, 364, 150)
        points = 33 + 0.4 * rng.integers(0, 8, (150, 2))
        found += bool(cluster.run([_at(n, int(d), *map(float, p)) for n, (d, p) in enumerate(zip(days, points, strict=True))],
                                  as_of=date(2020, 3, 29), alpha=alpha, draws=199))  # fmt: skip
    print(
        f"\ncluster: stated {alpha:.1%} a period at alpha {alpha:g}, measured {found / sets:.1%} ({sets} sets of 150 incidents)"
    )


def _at(n: int, day: int, lat: float, lon: float) -> Incident:
    when = date(2019, 4, 1) + timedelta(days=day)
    place = Place(name="x", span=Span(0, 1), name_en="x", country="IQ", admin1="Diyala", lat=lat, lon=lon, precision=WherePrecision.EXACT, gazetteer="x")  # fmt: skip
    told = When(start=when, end=when, precision=DatePrecision.DAY, basis=DateBasis.TEXT, span=Span(0, 1))
    return Incident(id=f"i{n}", version=1, kind="bombing", statements=(f"s{n}",), when=told, places=(place,))


def edges() -> None:
    """Where the stated 1% a week is strained: a record of 60 weeks, and counts with no or much overdispersion."""
    print(f"{'base':>5s} {'weeks':>6s} {'k':>7s} {'nb_tail':>9s} {'nb_cusum':>9s}   false alarms a week, stated 1%")
    for base in BASES:
        for weeks, size in ((60, 2.0), (160, 2.0), (160, 0.7), (160, 1e6)):
            null = panel(base, 21, weeks=weeks, size=size)
            rates = [METHODS[name].scan(null).alarm[:, -20:].mean() for name in ("nb_tail", "nb_cusum")]
            print(f"{base:5g} {weeks:6d} {size:7g} {rates[0]:9.2%} {rates[1]:9.2%}")


def speed() -> None:
    """10,000 series of five years, watched in every period by the default methods; then by every method, attacks and posture changes
    of 5,000 areas, so that `vacuum` has something to join."""
    rng = np.random.default_rng(0)
    counts = rng.negative_binomial(2, 2 / (2 + np.exp(rng.normal(0, 1.5, (10_000, 1)))), size=(10_000, 260)).astype(np.float64)
    labels = CALENDAR.labels(CALENDAR.number("2015-W01"), 260)
    _timed("default methods", [Series(f"u{n}", "W", labels, row) for n, row in enumerate(counts)], DEFAULT)
    counts[5_000:] = rng.poisson(0.05, (5_000, 260))
    names = [f"IQ/{n % 5_000} {'attack' if n < 5_000 else 'posture'}" for n in range(10_000)]
    series = [Series(name, "W", labels, row) for name, row in zip(names, counts, strict=True)]
    for name in METHODS:
        _timed(name, series, (name,))
    _timed("all methods", series, tuple(METHODS))


def _timed(what: str, series: list[Series], methods: tuple[str, ...]) -> None:
    began, used = time.perf_counter(), time.process_time()
    found = watch_run(series, methods)
    spent, used = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"10,000 series x 260 weeks, {what}: {len(found)} alarms in {spent:.1f} s ({used:.1f} s of one processor), peak memory {peak:.2f} GB", flush=True)  # fmt: skip


if __name__ == "__main__":
    for part in sys.argv[1:] or ("power", "edges", "speed"):
        print(f"\n== {part}")
        {"power": power, "edges": edges, "speed": speed}[part]()
