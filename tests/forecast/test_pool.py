"""The pool and its members: distributions that stay distributions, exact by their own formulas, equal in two runs."""

import csv
import gzip
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.watch.make import series

from marsad import forecast, score
from marsad.forecast import bootstrap, log_change, nb_ingarch
from marsad.forecast.atoms import Atoms
from marsad.forecast.combine import form, weights
from marsad.forecast.conformal import GRID, maps, recalibrate
from marsad.forecast.history import origins
from marsad.forecast.lattice import Lattice
from marsad.forecast.negbin import best_sizes, quantiles
from marsad.forecast.pool import Pool
from marsad.forecast.recent import Recent
from marsad.forecast.seasonal import Seasonal, indices
from marsad.panel import Panel
from marsad.score import summary
from marsad.watch.series import parse_series


def panel(rows: np.ndarray, freq: str = "M") -> Panel:
    return Panel.of([series(row, f"u{n}", freq) for n, row in enumerate(rows)])  # type: ignore[arg-type]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 40), st.floats(0.0, 40.0))
def test_whatever_the_counts_the_pool_gives_distributions(seed: int, periods: int, mean: float) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.negative_binomial(0.7, 0.7 / (0.7 + mean), size=(5, periods)).astype(float)
    rows[0, : periods // 2] = np.nan
    rows[1] = 0.0
    made = Pool().predict(panel(rows), 3)
    assert np.allclose(made.weights.sum(axis=2), 1.0)
    assert made.weights.min() >= -1e-12
    assert made.values.max() <= 8 * max(np.nanmax(rows), 60) * 1.05


def test_two_runs_are_equal_to_the_bit_and_short_units_say_so() -> None:
    rng = np.random.default_rng(3)
    rows = rng.poisson(4, (6, 70)).astype(float)
    rows[2, :66] = np.nan
    made = [Pool().predict(panel(rows), 4) for _ in range(2)]
    assert np.array_equal(made[0].weights, made[1].weights)
    assert "only 4 periods" in made[0].notes[2]
    plain = dict(made[0].cell(2, 1))
    assert plain == pytest.approx({v: float((rows[2, 66:] == v).mean()) for v in set(rows[2, 66:])})


def test_a_sparse_unit_says_so_and_learns_from_others_where_there_are_enough() -> None:
    rows = np.random.default_rng(5).poisson(4, (12, 60)).astype(float)
    rows[:6] = 0.0
    rows[0, 20] = 1.0
    rows[1, [3, 30]] = 1.0
    alone, among = (Pool().predict(panel(rows[:n]), 2) for n in (3, 12))
    assert alone.notes[0] == "something in only 1 of 60 known periods, so this is the climatology"
    assert dict(alone.cell(0, 0)) == {0.0: 1.0}
    assert "other units as quiet" in among.notes[0]
    assert set(among.notes) == set(range(6))
    assert np.allclose(among.weights.sum(axis=2), 1)


def test_a_lattice_keeps_the_mean_of_an_atom_between_its_points() -> None:
    lattice = Lattice.up_to(5000.0)
    values = np.array([[0.0, 0.4, 17.0, 333.3, 4999.0]])
    masses = lattice.masses(values, np.full((1, 5), 0.2))
    assert masses.sum() == pytest.approx(1)
    assert float(masses[0] @ lattice.points) == pytest.approx(values.mean())
    whole = lattice.masses(np.array([[29.0]]), np.ones((1, 1)))
    assert whole[0, 29] == 1.0
    assert lattice.masses(np.array([[1e12]]), np.ones((1, 1)))[0, -1] == 1.0


def test_weights_find_the_right_member_and_shrink_to_the_prior_without_cases() -> None:
    rng = np.random.default_rng(0)
    points = np.arange(30.0)
    y = rng.poisson(5, 500)
    from scipy.stats import poisson  # noqa: PLC0415

    cdfs = np.stack([np.broadcast_to(poisson.cdf(points, m), (500, 30)) for m in (2, 5, 9)], axis=1)
    steps = (points >= y[:, None]).astype(float)
    found = weights(form(cdfs, steps, np.ones(30)), 0.01)
    assert found[1] > 0.9
    assert found.sum() == pytest.approx(1)
    nothing = form(cdfs[:0], steps[:0], np.ones(30))
    assert weights(nothing, 0.05) == pytest.approx(np.full(3, 1 / 3))


def test_recalibration_is_monotone_and_mends_odds_that_are_too_low() -> None:
    at = np.linspace(0.5, 1.0, 5000)  # outcomes always in the upper half of what was said
    table = maps(at - 1e-6, at, np.zeros(5000, dtype=int))
    assert (np.diff(table, axis=1) >= -1e-12).all()
    assert table[0, 50] < 0.1
    assert np.array_equal(table[3], GRID)
    assert recalibrate(np.array([0.0, 1.0]), table[0]).tolist() == [0.0, 1.0]


def test_origins_stand_on_fixed_dates_and_leave_the_outcome_behind() -> None:
    rows = np.zeros((1, 200))
    found, later = origins(panel(rows[:, :180]), [3], start=12, most=30), origins(panel(rows[:, :190]), [3], start=12, most=30)
    assert max(found) + 3 < 180
    assert len(found) <= 30
    assert set(found[5:]) <= set(later)


def test_each_of_the_newest_origins_teaches_of_itself_as_far_as_its_outcomes_are_in() -> None:
    """All that lie within the farthest lead of the panel's end share the same data; what is kept of one must not pass for another."""
    rows = np.random.default_rng(6).poisson(4, (8, 30)).astype(float)
    pool, now = Pool(), 29
    learnt = [pool._learn(panel(rows), origin, [1, 8]) for origin in range(18, now)]
    assert [set(x.origins) for x in learnt] == [{origin} for origin in range(18, now)]
    assert [set(x.leads) for x in learnt] == [{0, 1} if origin + 8 <= now else {0} for origin in range(18, now)]


def test_odds_are_equal_whether_the_pool_saw_earlier_origins_before_or_not() -> None:
    rows = panel(np.random.default_rng(8).negative_binomial(2, 0.2, (8, 30)).astype(float))
    seasoned = Pool()
    for origin in range(24, 29):
        seasoned.predict(rows.until(origin), 4)
    assert np.array_equal(seasoned.predict(rows, 4).weights, Pool().predict(rows, 4).weights)


def test_recent_weights_halve_and_spread_keeps_zero_at_zero() -> None:
    made = Recent(2, 4).predict(panel(np.array([[9.0, 1, 2, 3, 4]])), 1)
    assert made.weights[0, 0, -1] / made.weights[0, 0, -3] == pytest.approx(2)
    spread = Recent(4, 12, 0.7).predict(panel(np.zeros((1, 20))), 1)
    assert spread.values.max() == 0


def test_seasonal_values_follow_the_year_and_a_flat_one_is_left_alone() -> None:
    year = np.tile([1.0] * 6 + [9.0] * 6, 12)
    p = panel(np.stack([year, np.full(144, 5.0)]))
    index = indices(p)
    assert index[0, :6].max() < 0 < index[0, 6:].min()
    assert np.allclose(index[1], 0)
    made = Seasonal(4).predict(p, 12)
    mean = (made.values * made.weights).sum(axis=2)[0]
    assert mean[:6].max() < mean[6:].min()


def test_ingarch_is_stationary_and_its_moments_are_those_of_simulation() -> None:
    mu, a, b, k = 4.0, 0.3, 0.4, 3.0
    means, sizes = nb_ingarch._ahead(*(np.array([x]) for x in (mu, 7.0, 1 / k, a, b)), 4)
    rng = np.random.default_rng(1)
    mean = np.full(200_000, 7.0)
    for lead in range(4):
        x = rng.negative_binomial(k, k / (k + mean))
        assert x.mean() == pytest.approx(means[0, lead], rel=0.02)
        assert x.var() == pytest.approx(means[0, lead] + means[0, lead] ** 2 / sizes[0, lead], rel=0.06)
        mean = (1 - a - b) * mu + a * x + b * mean
    assert all(a + b < 1 for a, b in nb_ingarch.GRID)


def test_sizes_are_learnt_and_quantiles_are_those_of_the_distribution() -> None:
    rng = np.random.default_rng(2)
    mean = np.full(4000, 10.0)
    x = rng.negative_binomial(2, 2 / (2 + mean)).astype(float)
    assert best_sizes(x, mean, np.zeros(4000, dtype=int))[0] == 2.0
    atoms = quantiles(np.array([10.0]), np.array([2.0]), 401)[0]
    assert atoms.mean() == pytest.approx(10, rel=0.05)


def test_log_change_never_scales_beyond_its_cap() -> None:
    rng = np.random.default_rng(4)
    rows = rng.poisson(1, (10, 80)).astype(float)
    rows[0, 40:] = 5000.0
    made = log_change.predict(panel(rows), 3)
    assert made.values.max() <= log_change.LARGEST * 5001


def test_bootstrap_is_the_pooled_distribution_itself() -> None:
    rows = np.array([[0.0] * 12, [0.0] * 6 + [4.0] * 6])
    assert dict(bootstrap.predict(panel(rows), 1).cell(0, 0)) == pytest.approx({0: 0.75, 4: 0.25})


def test_your_own_model_is_taken_in_place_of_a_name() -> None:
    class Three:
        NAME, VERSION = "three", "1"

        def predict(self, panel: Panel, leads: int) -> Atoms:
            return Atoms.constant(np.full((len(panel), 1), 3.0), np.ones((len(panel), 1)), leads)

    (made,) = forecast.run(series([1, 2]), model=Three(), horizon=1)
    assert made.atoms == ((3.0, 1.0),)
    assert forecast.quantile(made, 0.5) == forecast.mean(made) == 3
    assert forecast.none(made) == 0
    assert forecast.more_than(made, 2) == 1


def test_the_pool_beats_climatology_on_real_wars(shared: Path) -> None:
    """Floors a little under the measured gains of these two windows; docs/forecast.md has all eight."""
    path = shared / "data" / "country_month_fatalities_1990-01_2017-12.csv.gz"
    raw = path.read_bytes()
    assert sha256(raw).hexdigest().startswith("9fc66bee5088")
    rows = csv.DictReader(gzip.decompress(raw).decode("utf-8").splitlines())
    wars = Panel.of(parse_series(rows, path.name))
    asked = ["2012-10", "2016-10"]
    found = {m: summary.scores(m, list(score.rolling(wars, forecast.named(m), asked, list(range(3, 15))))) for m in ("pool", "last12")}  # fmt: skip
    assert np.nanmean(found["last12"].crps, axis=(1, 2)) == pytest.approx([19.19, 10.79], abs=0.02)
    table = {r.stratum: r for r in summary.table(found, "last12") if r.model == "pool"}
    assert table["all"].crps.gain > 0.09
    assert table["all"].log_crps.gain > 0.04
    assert min(r.crps.gain for r in table.values()) > -0.02
    assert max(r.ks for r in table.values()) < 0.09
