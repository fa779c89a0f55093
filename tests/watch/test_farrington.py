"""Farrington equals R: the package's own output on three series stands in oracle/, made by oracle/farrington.R."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.watch.make import series

from marsad import watch
from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.watch import farrington

ORACLE = Path(__file__).parent / "oracle"


def oracle() -> Iterator[dict[str, str]]:
    with (ORACLE / "farrington.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def counts() -> tuple[list[str], np.ndarray]:
    with (ORACLE / "farrington_counts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    units = [name for name in rows[0] if name != "week"]
    return units, np.array([[float(row[unit]) for row in rows] for unit in units])


@pytest.mark.parametrize("years", [3, 4])
def test_expected_bound_and_p_are_those_of_surveillance(years: int) -> None:
    units, y = counts()
    compared = 0
    for row in oracle():
        if int(row["b"]) == years:
            now, unit = int(row["week"]) - 1, units.index(row["unit"])
            mean, phi = farrington.fit(y, now, 52, years, 3, 10, 26, 2.58)
            assert mean[unit] == pytest.approx(float(row["expected"]), rel=1e-5)
            assert farrington.upper(mean, phi, 0.01)[unit] == float(row["upper"])
            assert farrington.tail(y[:, now], mean, phi)[unit] == pytest.approx(float(row["p"]), abs=1e-5)
            compared += 1
    assert compared == 123


def test_an_outbreak_alarms_and_says_what_is_usual_for_the_season() -> None:
    units, y = counts()
    found = watch.run([series(row, unit) for unit, row in zip(units, y, strict=True)], methods=("farrington",))
    hit = [s for s in found if s.period == series(y[0]).periods[319]]
    assert {s.unit for s in hit} >= {"seasonal", "busy"}
    assert all("usual for the season" in s.headline_en and "الموسم" in s.headline_ar for s in hit)
    assert all(s.false_alarms_per_year is not None and 0.2 < s.false_alarms_per_year < 2 for s in hit)


def test_later_weeks_change_nothing_and_days_are_refused() -> None:
    _, y = counts()
    whole = farrington.scan(Panel.of([series(row, f"u{n}") for n, row in enumerate(y)]))
    part = farrington.scan(Panel.of([series(row[:200], f"u{n}") for n, row in enumerate(y)]))
    assert np.allclose(whole.p[:, :200], part.p, equal_nan=True, rtol=1e-7)
    with pytest.raises(UsageError, match="week"):
        farrington.scan(Panel.of([series([1.0] * 400, freq="D")]))


def test_many_units_with_gaps_are_fitted_as_each_one_alone() -> None:
    rng = np.random.default_rng(3)
    y = rng.negative_binomial(2, 2 / (2 + np.exp(rng.normal(0, 1.5, (12, 1)))), size=(12, 260)).astype(np.float64)
    y[rng.random(y.shape) < 0.1] = np.nan
    y[0, :200], y[1] = np.nan, 0.0
    found = farrington.scan(Panel.of([series(row, f"u{n}") for n, row in enumerate(y)]))
    for now in (170, 230, 259):  # a fit of its own starts from no trend, the scan from that of the week before
        for unit in range(12):
            mean, phi = farrington.fit(y[[unit]], now, 52, 3, 3, 10, 26, 2.58)
            assert mean[0] == pytest.approx(
                found.expected[unit, now] if not np.isnan(y[unit, now]) else mean[0], rel=1e-9, nan_ok=True
            )
            assert farrington.tail(y[[unit], now], mean, phi)[0] == pytest.approx(found.p[unit, now], abs=1e-9, nan_ok=True)
