"""Stated false alarms are the measured ones, and a doubling is seen more often than by record highs at the same rate."""

from functools import cache

import numpy as np
import pytest

from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.watch import METHODS, nb, nb_cusum, nb_tail
from marsad.watch.method import Scan
from marsad.watch.predictive import SIZES, draws, tails

UNITS, WEEKS = 1500, 140


@cache
def panel(base: float, seed: int, ratio: float) -> Panel:
    rng = np.random.default_rng(seed)
    mean = np.full(WEEKS, base)
    mean[-4:] *= ratio
    counts = rng.negative_binomial(2, 2 / (2 + mean), size=(UNITS, WEEKS)).astype(np.float64)
    calendar = Calendar("W")
    return Panel(tuple(f"u{n}" for n in range(UNITS)), calendar, calendar.number("2015-W01"), counts)


@cache
def scan(name: str, base: float, seed: int, ratio: float) -> Scan:
    return METHODS[name].scan(panel(base, seed, ratio))


EACH = [(name, base) for name in ("record_high", "nb_tail", "nb_cusum") for base in (0.5, 2.0, 30.0)]


@pytest.mark.parametrize(("name", "base"), [*EACH, ("change_point", 2.0)])
def test_false_alarms_come_as_often_as_stated(name: str, base: float) -> None:
    made = scan(name, base, 1, 1.0)
    stated = float(np.mean([made.worth(n, WEEKS - 5).rate for n in range(200)]))
    assert made.alarm[:, -50:].mean() == pytest.approx(stated, rel=0.2)


@pytest.mark.parametrize(("name", "base"), [*EACH[3:], ("change_point", 2.0)])
def test_a_doubling_is_seen_more_often_than_by_record_highs_at_the_same_rate(name: str, base: float) -> None:
    null, changed = panel(base, 1, 1.0).counts, panel(base, 2, 2.0).counts

    def excess(x: np.ndarray) -> np.ndarray:
        return x[:, 52:] - np.lib.stride_tricks.sliding_window_view(x[:, :-1], 52, axis=1).max(axis=-1)

    rate = scan(name, base, 1, 1.0).alarm[:, -50:].mean()
    quiet = excess(null)[:, -50:].ravel()
    limit = np.quantile(quiet, 1 - rate, method="higher")
    share = np.clip((rate - (quiet > limit).mean()) / (quiet == limit).mean(), 0, 1)
    late = excess(changed)[:, -4:]
    tie = np.random.default_rng(0).random(late.shape) < share
    records = ((late > limit) | ((late == limit) & tie)).any(axis=1).mean()
    assert scan(name, base, 2, 2.0).alarm[:, -4:].any(axis=1).mean() > records


@pytest.mark.parametrize("name", ["nb_tail", "nb_cusum"])
def test_the_change_said_to_be_seen_is_seen(name: str) -> None:
    seen = scan(name, 2.0, 1, 1.0).worth(0, WEEKS - 5).seen
    assert seen is not None
    worth = {"nb_tail": lambda: nb_tail.worth(2.0, 2.0, 0.01, "drawn"), "nb_cusum": lambda: nb_cusum.worth(2.0, 2.0, 0.01)}[
        name
    ]()
    assert worth.seen is not None
    found = METHODS[name].scan(panel(2.0, 3, worth.seen)).alarm[:, -4:].any(axis=1).mean()
    assert found == pytest.approx(nb.POWER, abs=0.04)


def test_the_tail_of_the_next_count_is_that_of_the_mixture() -> None:
    """Against brute force: sum the beta negative binomial over its support."""
    from scipy.special import betaln, gammaln  # noqa: PLC0415

    x, n, total = np.array([7.0]), np.array([50.0]), np.array([100.0])
    j = np.arange(20_000)
    for i, k in enumerate(SIZES):
        weights = np.eye(len(SIZES))[[i]]
        a, b = n[0] * k, total[0] + 0.5
        mass = np.exp(gammaln(j + k) - gammaln(k) - gammaln(j + 1) + betaln(a + k, b + j) - betaln(a, b))
        above, at = tails(x, 1, n, total, weights)
        assert above[0] == pytest.approx(mass[8:].sum(), abs=1e-9)
        assert at[0] == pytest.approx(mass[7], rel=1e-9)


def test_great_counts_are_integrated_to_the_same_odds() -> None:
    weights = np.eye(len(SIZES))[[4]]
    near = [tails(np.array([x]), 1, np.array([40.0]), np.array([40.0 * 700]), weights)[0][0] for x in (1490.0, 1510.0)]
    assert near[1] == pytest.approx(near[0], rel=0.06)


def test_draws_are_fixed_uniform_and_differ_between_units() -> None:
    found = draws(("a", "b"), 1000, 5000, "x")
    assert np.array_equal(found, draws(("a", "b"), 1000, 5000, "x"))
    assert np.array_equal(found[:, 10:], draws(("a", "b"), 1010, 4990, "x"))
    assert abs(found.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(found)[0, 1]) < 0.05


def test_strict_ties_never_draw_and_state_the_lower_rate() -> None:
    quiet = panel(0.5, 1, 1.0)
    strict, drawn = nb_tail.scan(quiet, ties="strict"), nb_tail.scan(quiet)
    assert (strict.p >= drawn.p)[drawn.tested].all()
    stated = np.mean([strict.worth(n, WEEKS - 5).rate for n in range(200)])
    assert stated < 0.01
    assert strict.alarm[:, -50:].mean() == pytest.approx(stated, rel=0.35)


@pytest.mark.parametrize("name", ["nb_tail", "nb_cusum"])
def test_no_draw_makes_an_alarm_of_nothing_and_the_rate_stated_of_rare_events_is_the_measured_one(name: str) -> None:
    rng, calendar = np.random.default_rng(8), Calendar("W")
    counts = rng.poisson(0.004, (4000, 160)).astype(np.float64)
    made = METHODS[name].scan(Panel(tuple(f"u{n}" for n in range(4000)), calendar, calendar.number("2015-W01"), counts))
    assert not made.alarm[counts == 0].any()
    worth = {"nb_tail": lambda: nb_tail.worth(0.004, 1e6, 0.01, "drawn"), "nb_cusum": lambda: nb_cusum.worth(0.004, 1e6, 0.01)}
    assert made.alarm[:, -50:].mean() == pytest.approx(worth[name]().rate, rel=0.35)
    assert worth[name]().rate < 0.01
