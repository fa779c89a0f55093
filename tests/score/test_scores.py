"""Scores that nobody can argue with: each against its own definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from marsad import score
from marsad.errors import UsageError

ATOMS = st.lists(st.tuples(st.integers(0, 60), st.floats(0.01, 1.0)), min_size=1, max_size=12)


def made(atoms: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    values, weights = (np.array([a[i] for a in atoms], dtype=np.float64) for i in (0, 1))
    return values, weights / weights.sum()


@given(ATOMS, st.integers(0, 80))
def test_crps_is_the_integral(atoms: list[tuple[int, float]], outcome: int) -> None:
    values, weights = made(atoms)
    grid = np.arange(0, 90)  # between whole numbers nothing changes
    cdf = (weights[:, None] * (values[:, None] <= grid)).sum(axis=0)
    integral = ((cdf - (grid >= outcome)) ** 2).sum()
    assert float(score.crps(values, weights, np.array(float(outcome)))) == pytest.approx(integral, abs=1e-9)


@given(ATOMS, st.integers(0, 80), st.integers(0, 70))
def test_threshold_weighted_crps_is_the_integral_from_there(atoms, outcome: int, threshold: int) -> None:
    values, weights = made(atoms)
    grid = np.arange(threshold, 90)
    cdf = (weights[:, None] * (values[:, None] <= grid)).sum(axis=0)
    integral = ((cdf - (grid >= outcome)) ** 2).sum()
    found = score.tw_crps(values, weights, np.array(float(outcome)), float(threshold))
    assert float(found) == pytest.approx(integral, abs=1e-9)


def test_equal_atoms_and_one_atom_of_their_weight_score_alike() -> None:
    twelve = score.crps(np.array([3.0] * 6 + [9.0] * 6), np.full(12, 1 / 12), np.array(4.0))
    assert float(twelve) == pytest.approx(float(score.crps(np.array([3.0, 9.0]), np.array([0.5, 0.5]), np.array(4.0))))
    assert float(score.crps(np.array([5.0]), np.array([1.0]), np.array(8.0))) == 3.0


def test_weights_that_are_none_are_refused_and_missing_outcomes_stay_missing() -> None:
    with pytest.raises(UsageError, match="sum to 1"):
        score.crps(np.array([1.0, 2.0]), np.array([0.5, 0.4]), np.array(1.0))
    assert np.isnan(score.crps(np.array([1.0]), np.array([1.0]), np.array(np.nan)))


def test_log_crps_weighs_a_factor_alike_in_small_and_great_wars() -> None:
    small = score.log_crps(np.array([9.0]), np.array([1.0]), np.array(19.0))
    great = score.log_crps(np.array([999.0]), np.array([1.0]), np.array(1999.0))
    assert float(small) == pytest.approx(float(great)) == pytest.approx(np.log(2))


def test_interval_score_is_width_and_penalty() -> None:
    values, weights = np.arange(101.0), np.full(101, 1 / 101)
    inside = score.interval_score(values, weights, np.array(50.0), level=0.9)
    above = score.interval_score(values, weights, np.array(100.0), level=0.9)
    low, high = (float(score.quantile(values, weights, q)) for q in (0.05, 0.95))
    assert float(inside) == high - low
    assert float(above) == pytest.approx(high - low + 2 / 0.1 * (100 - high))
    with pytest.raises(UsageError, match="level"):
        score.interval_score(values, weights, np.array(1.0), level=90)


def test_ignorance_counts_bits_over_declared_bins() -> None:
    values, weights = np.array([0.0, 4.0, 30.0]), np.array([0.5, 0.25, 0.25])
    assert float(score.ignorance(values, weights, np.array(5.0), least=0.0)) == pytest.approx(2.0)
    assert float(score.ignorance(values, weights, np.array(700.0))) == pytest.approx(-np.log2(1e-3 / 11))
    assert float(score.ignorance(values, weights, np.array(3.0), bins=(0, 1), least=0.0)) == pytest.approx(1.0)
    with pytest.raises(UsageError, match="bins"):
        score.ignorance(values, weights, np.array(1.0), bins=(1, 5))


def test_right_odds_have_a_uniform_pit_and_narrow_ones_have_not() -> None:
    rng = np.random.default_rng(0)
    outcomes = rng.poisson(3, 4000).astype(float)
    from scipy.stats import poisson  # noqa: PLC0415

    values = np.arange(40.0)
    weights = np.broadcast_to(poisson.pmf(values, 3) / poisson.pmf(values, 3).sum(), (4000, 40))
    assert score.uniformity(score.pit(values, weights, outcomes))[0] < 0.03
    narrow = np.broadcast_to(np.where(values == 3, 1.0, 0.0), (4000, 40))
    assert score.uniformity(score.pit(values, narrow, outcomes))[0] > 0.2
    assert np.array_equal(score.pit(values, weights, outcomes), score.pit(values, weights, outcomes))


def test_mostly_zero_counts_have_a_uniform_pit_too() -> None:
    rng = np.random.default_rng(1)
    outcomes = (rng.random(6000) < 0.02).astype(float)
    weights = np.broadcast_to(np.array([0.98, 0.02]), (6000, 2))
    assert score.uniformity(score.pit(np.array([0.0, 1.0]), weights, outcomes))[0] < 0.03
    assert score.coverage(np.array([0.0, 1.0]), weights, outcomes, level=0.9).mean() > 0.97


@pytest.mark.parametrize("lead", [1, 4])
def test_right_odds_lie_within_chance_though_outcomes_go_together_and_wrong_ones_beyond(lead: int) -> None:
    """60 origins, five units with half of the variance in common, horizons that overlap: 1 of 20 may lie beyond, and 1 or 2 more."""
    rng = np.random.default_rng(0)
    window = np.ones(lead) / np.sqrt(lead)

    def overlapping(units: int) -> np.ndarray:
        return np.stack([np.convolve(rng.normal(size=59 + lead), window, "valid") for _ in range(units)], axis=1)

    beyond, wrong = [], []
    for _ in range(100):
        z = np.sqrt(0.5) * (overlapping(1) + overlapping(5))
        for found, off in ((beyond, 0.0), (wrong, 1.0)):
            pits = norm.cdf(z + off)[:, :, None]
            found.append(score.uniformity(pits)[0] > score.by_chance(pits, range(60), lead, draws=200))
    assert np.mean(beyond) < 0.12
    assert np.mean(wrong) > 0.85


def test_chance_of_no_case_is_not_told_and_of_one_origin_it_may_be_all() -> None:
    assert np.isnan(score.by_chance(np.full((3, 2, 1), np.nan), [1, 2, 3], 1))
    assert score.by_chance(np.full((1, 2, 1), 0.7), [1], 1) == 1.0
    alone = np.full((3, 2, 1), np.nan)
    alone[1] = 0.2
    assert score.by_chance(alone, [1, 2, 3], 1) == 1.0


def test_how_rare_a_distance_is_agrees_with_what_chance_gives() -> None:
    """Beyond the 95% quantile is rarer than one in twenty; right odds are not rare, and no case has no rarity."""
    rng = np.random.default_rng(3)
    for off in (0.0, 0.4):
        pits = norm.cdf(rng.normal(size=(40, 6)) + off)[:, :, None]
        beyond = score.uniformity(pits)[0] > score.by_chance(pits, range(40), 1)
        assert beyond == (off > 0) == (score.how_rare(pits, range(40), 1) < 0.05)
    assert np.isnan(score.how_rare(np.full((3, 2, 1), np.nan), [1, 2, 3], 1))


def test_brier_and_the_calibration_curve() -> None:
    said, happened = np.array([0.1, 0.1, 0.9, 0.9]), np.array([0.0, 1.0, 1.0, 1.0])
    assert score.brier(said, happened).mean() == pytest.approx((0.01 + 0.81 + 0.01 + 0.01) / 4)
    low, high = score.calibration(said, happened)
    assert (low.n, low.said, low.happened) == (2, pytest.approx(0.1), 0.5)
    assert high.happened == 1.0
    assert low.low < 0.5 < low.high


def test_a_paired_interval_knows_a_gain_from_none() -> None:
    rng = np.random.default_rng(2)
    base = rng.gamma(2, 2, (3, 150, 4))
    better = score.paired(base * 0.9, base)
    assert (better.gain, better.low) == (pytest.approx(0.1), pytest.approx(0.1))
    noise = score.paired(base * rng.lognormal(0, 0.3, base.shape), base)
    assert noise.low < 0.03
    assert score.paired(np.full((1, 2, 2), np.nan), np.full((1, 2, 2), np.nan)).units == 0


def test_one_unit_has_no_interval() -> None:
    alone = score.paired(np.full((3, 1, 4), 0.9), np.full((3, 1, 4), 1.0))
    assert (alone.low, alone.high, alone.units) == (None, None, 1)
    assert alone.words == "+10.0%, one unit"
