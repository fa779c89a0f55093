"""Drift: odds follow the newest outcomes, as far as they tell something, and no farther."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tests.watch.make import series

from marsad import score
from marsad.forecast.conformal import GRID
from marsad.forecast.drift import SENSE, Drift, drift, latent, shifted
from marsad.forecast.pool import Pool
from marsad.panel import Panel
from marsad.score import summary


def cases(z: np.ndarray, units: int = 10) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Outcomes of busy units at the origins 0, 1, ... that fell at Phi(z) of what was said."""
    u = norm.cdf(np.repeat(z, units))
    return u - 1e-6, u, np.full(len(u), 5), np.repeat(np.arange(len(z)), units)


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_lies_between_two_bounds_has_the_moments_of_a_cut_normal(one: float, other: float) -> None:
    low, high = sorted((one, other))
    mean, variance = (x[0] for x in latent(np.array([low]), np.array([high])))
    edges = norm.ppf(np.clip([low, high], 1e-4, 1 - 1e-4))
    assert edges[0] - 1e-6 <= mean <= edges[1] + 1e-6
    assert 0 <= variance <= 1
    if high - low > 0.01:
        draws = norm.ppf(np.linspace(low, high, 20_001)[1:-1].clip(1e-4, 1 - 1e-4))
        assert mean == pytest.approx(draws.mean(), abs=0.01)
        assert variance == pytest.approx(draws.var(), abs=0.02)


def test_outcomes_above_what_was_said_move_the_odds_up_and_the_newest_count_most() -> None:
    rising, falling = np.full(20, 0.8), np.full(20, -0.8)
    up = drift(*cases(rising), lead=1, now=20)
    assert 0.4 < up.bias < 0.8
    assert drift(*cases(falling), lead=1, now=20).bias == pytest.approx(-up.bias, abs=1e-3)
    assert drift(*cases(np.concatenate([rising, falling])), lead=1, now=40).bias < -0.3
    assert drift(*cases(rising), lead=1, now=80).bias < up.bias / 10  # stale


def test_odds_that_are_right_are_left_alone() -> None:
    z = np.random.default_rng(0).normal(0, 0.45, 300)
    found = drift(*cases(z, units=30), lead=1, now=300)
    assert abs(found.bias) < 0.1
    assert found.variance < 0.05


def test_nothing_known_moves_nothing_and_peace_is_not_moved_by_wars() -> None:
    none = np.zeros(0)
    assert drift(none, none, none.astype(int), none.astype(int), lead=4, now=9) == Drift(0.0, 0.0)
    moved = shifted(np.tile(GRID, (6, 1)), Drift(0.7, 0.2))
    assert np.allclose(moved[0], GRID)
    assert SENSE[0] == 0
    assert (np.diff(moved, axis=1) >= 0).all()
    assert moved[:, [0, -1]].tolist() == [[0.0, 1.0]] * 6
    assert (moved[1:, 50] < 0.5).all()


@pytest.mark.parametrize("growth", [1.2, -1.2])
def test_in_a_country_wide_drift_outcomes_lie_nearer_to_where_they_were_said(growth: float) -> None:
    rng = np.random.default_rng(7)
    mean = np.exp(rng.normal(3.5, 0.7, (10, 1)) + np.linspace(0, growth, 36))
    counts = rng.negative_binomial(5, 5 / (5 + mean)).astype(float)
    panel = Panel.of([series(row, f"u{n}", "W") for n, row in enumerate(counts)])
    origins = [panel.label(c) for c in range(16, 32)]

    def off(model: Pool) -> float:
        scored = summary.scores("pool", list(score.rolling(panel, model, origins, [4])))
        return abs(float(np.nanmean(scored.pit)) - 0.5)

    assert off(Pool()) < 0.8 * off(Pool(follows=False))
