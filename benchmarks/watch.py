"""Signals on simulated counts: false alarms measured against stated, and power against record highs and week-against-prior-4 at the same
rate. Run: python benchmarks/watch.py [power] [edges] [speed]"""

import sys
import time

import numpy as np

from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.records import Series
from marsad.watch import METHODS
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
    """Stated and measured false alarms, and detections of a doubling within four weeks."""
    print(
        f"{'base':>5s} {'method':22s} {'stated/year':>11s} {'measured':>9s} {'ratio':>6s} {'seen in 4 weeks':>16s} {'smallest change':>16s}"
    )
    for base in BASES:
        null, changed = panel(base, 11), panel(base, 12, 2.0)
        for name in ("record_high", "nb_tail", "nb_cusum", "change_point", "tactic_return"):
            a, b = METHODS[name].scan(null), METHODS[name].scan(changed)
            worths = [a.worth(n, WEEKS - 10) for n in range(300)]
            stated, measured = np.mean([w.rate for w in worths]) * 52.18, a.alarm[:, -QUIET:].mean() * 52.18
            seen = [w.seen for w in worths if w.seen is not None]
            print(f"{base:5g} {name:22s} {stated:11.3f} {measured:9.3f} {measured / max(stated, 1e-9):6.2f} {b.alarm[:, -AFTER:].any(axis=1).mean():16.1%} {np.median(seen) if seen else np.nan:16.2f}")  # fmt: skip
        for name, statistic in (("record high, at 1%", record), ("week vs prior 4, at 1%", prior4)):
            rate, hit = at_rate(statistic(null.counts), statistic(changed.counts), 0.01, 5)
            print(f"{base:5g} {name:22s} {rate * 52.18:11.3f} {rate * 52.18:9.3f} {1:6.2f} {hit:16.1%}")


def edges() -> None:
    """Where the stated 1% a week is strained: a record of 60 weeks, and counts with no or much overdispersion."""
    print(f"{'base':>5s} {'weeks':>6s} {'k':>7s} {'nb_tail':>9s} {'nb_cusum':>9s}   false alarms a week, stated 1%")
    for base in BASES:
        for weeks, size in ((60, 2.0), (160, 2.0), (160, 0.7), (160, 1e6)):
            null = panel(base, 21, weeks=weeks, size=size)
            rates = [METHODS[name].scan(null).alarm[:, -20:].mean() for name in ("nb_tail", "nb_cusum")]
            print(f"{base:5g} {weeks:6d} {size:7g} {rates[0]:9.2%} {rates[1]:9.2%}")


def speed() -> None:
    """10,000 series of five years, watched in every period by the default methods."""
    rng = np.random.default_rng(0)
    counts = rng.negative_binomial(2, 2 / (2 + np.exp(rng.normal(0, 1.5, (10_000, 1)))), size=(10_000, 260)).astype(np.float64)
    labels = CALENDAR.labels(CALENDAR.number("2015-W01"), 260)
    series = [Series(f"u{n}", "W", labels, row) for n, row in enumerate(counts)]
    began, used = time.perf_counter(), time.process_time()
    found = watch_run(series)
    print(
        f"10,000 series x 260 weeks: {len(found)} alarms in {time.perf_counter() - began:.1f} s ({time.process_time() - used:.1f} s of one processor)"
    )


if __name__ == "__main__":
    for part in sys.argv[1:] or ("power", "edges", "speed"):
        print(f"\n== {part}")
        {"power": power, "edges": edges, "speed": speed}[part]()
