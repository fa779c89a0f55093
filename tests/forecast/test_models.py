"""Forecasts as weighted atoms: the plain models, and what is said where the record is short."""

import numpy as np
import pytest
from tests.watch.make import series

from marsad import forecast
from marsad.errors import UsageError
from marsad.forecast.climatology import Climatology
from marsad.panel import Panel


def test_climatology_gives_each_of_the_last_twelve_the_same_chance() -> None:
    (odds, *_) = forecast.run(series([9, 9, *[0] * 6, 1, 1, 1, 2, 2, 5]), model="last12", horizon=4)
    assert dict(odds.atoms) == pytest.approx({0: 0.5, 1: 0.25, 2: 1 / 6, 5: 1 / 12})
    assert forecast.at_least(odds, 1) == pytest.approx(0.5)
    assert forecast.at_least(odds, 6) == 0
    assert odds.origin == "2018-W14"
    assert odds.target == "2018-W15"


@pytest.mark.parametrize("model", list(forecast.MODELS))
def test_weights_sum_to_one_and_targets_follow_the_origin(model: str) -> None:
    rng = np.random.default_rng(4)
    made = forecast.run(series(rng.poisson(3, 60), freq="M"), model=model, horizon=14)
    assert [f.target for f in made][:2] == ["2015-01", "2015-02"]
    assert len(made) == 14
    for each in made:
        assert sum(w for _, w in each.atoms) == pytest.approx(1, abs=1e-9)
        assert all(v >= 0 and w > 0 for v, w in each.atoms)


def test_missing_is_not_zero() -> None:
    (odds, *_) = forecast.run(series([3, np.nan, 3, np.nan, 5]), model="last12", horizon=1)
    assert dict(odds.atoms) == pytest.approx({3: 2 / 3, 5: 1 / 3})
    assert "only 3 periods" in odds.note
    (last,) = forecast.run(series([3, np.nan, 3, np.nan]), model="last_value", horizon=1)
    assert last.atoms == ((3, 1.0),)


def test_evidence_and_data_cut_stand_on_each_forecast() -> None:
    (odds,) = forecast.run(series([1, 2, 0]), model="last12", horizon=1)
    assert odds.evidence == ("i0-0", "i1-0", "i1-1")
    assert odds.as_of.isoformat() == "2018-01-21"


def test_bad_wishes_are_refused() -> None:
    with pytest.raises(UsageError, match="last12"):
        forecast.run(series([1]), model="oracle")
    with pytest.raises(UsageError, match="horizon"):
        forecast.run(series([1]), horizon=0)


def test_a_unit_unknown_of_late_has_no_climatology() -> None:
    panel = Panel.of([series([1.0] * 3 + [np.nan] * 12, "a"), series([1.0] * 15, "b")])
    made = Climatology(12).predict(panel, 2)
    assert made.cell(0, 0) == ()
    assert made.cell(1, 1) == ((1.0, 1.0),)
