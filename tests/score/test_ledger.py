"""The ledger: forecasts settle by themselves, and sources' expectations are held against the record."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from tests.watch.make import incident, series

from marsad import forecast, score
from marsad.records import Place, Report, Span, Statement
from marsad.score.chart import odds_chart

SAID = date(2020, 4, 8)


def outlook(**fields: object) -> Statement:
    place = Place(name="ديالى", span=Span(0, 1), country="IQ", admin1="Diyala")
    basis = {
        "id": "s1",
        "report": "r1",
        "cls": "outlook",
        "anchor": Span(0, 1),
        "kind": "shelling",
        "direction": "up",
        "places": (place,),
    }
    return Statement(**(basis | fields))  # type: ignore[arg-type]


def report(day: date | None, name: str = "r1") -> Report:
    return Report(id=name, text="x", lang="en", published=day)


def verdict(before: int, after: int, *, days: int = 60, **fields: object) -> score.Verdict:
    found = [incident(f"b{n}", SAID - timedelta(days=1 + n * 80 // max(before, 1))) for n in range(before)]
    found += [incident(f"a{n}", SAID + timedelta(days=n * (days - 1) // max(after, 1))) for n in range(after)]
    found.append(incident("elsewhere", SAID + timedelta(days=1), admin1="Basra"))
    reports = [report(SAID), report(SAID - timedelta(days=120), "r0")]
    return score.check_outlooks([outlook(**fields)], reports, found, as_of=SAID + timedelta(days=days))[0]


def test_a_forecast_settles_once_its_period_is_over() -> None:
    before, whole = series([2, 0, 3, 1]), series([2, 0, 3, 1, 4, 0])
    issued = forecast.run(before, model="last12", horizon=4)
    entries = score.settle(issued, [whole])
    assert [(e.target, e.observed) for e in entries] == [("2018-W05", 4.0), ("2018-W06", 0.0)]
    first = entries[0]
    assert first.crps == pytest.approx(float(score.crps(np.array([0, 1, 2, 3.0]), np.full(4, 0.25), np.array(4.0))))
    assert first.chance == 0.0
    assert first.evidence == ("i4-0", "i4-1", "i4-2", "i4-3")
    assert first.some == 0.75


def test_missing_outcomes_and_forecasts_made_afterwards_do_not_settle() -> None:
    before = series([2, 0, 3, 1])
    issued = forecast.run(before, model="last12", horizon=1)
    assert score.settle(issued, [series([2, 0, 3, 1, np.nan])]) == []
    late = [replace(f, as_of=date(2019, 1, 1)) for f in issued]
    assert score.settle(late, [series([2, 0, 3, 1, 4])]) == []


def test_an_expectation_is_borne_out_or_not_with_its_evidence() -> None:
    up = verdict(4, 14)
    assert (up.outcome, up.before, up.after) == ("borne out", (4, 90), (14, 61))
    assert up.ratio is not None
    assert up.ratio[0] > 1
    assert up.evidence[0] == "s1"
    assert "elsewhere" not in up.evidence
    assert len(up.evidence) == 19
    assert verdict(20, 3).outcome == "not borne out"
    assert verdict(20, 3, direction="down").outcome == "borne out"
    assert verdict(6, 5).outcome == "undecided"


@pytest.mark.parametrize(
    ("fields", "outcome", "why"),
    [
        ({"conditional": True}, "not checkable", "condition"),
        ({"kind": ""}, "not checkable", "no kind"),
        ({"direction": ""}, "not checkable", "direction"),
        ({"report": "unknown"}, "not checkable", "no date"),
    ],
)
def test_what_cannot_be_checked_says_why(fields: dict[str, object], outcome: str, why: str) -> None:
    found = verdict(4, 14, **fields)
    assert found.outcome == outcome
    assert why in found.why


def test_too_early_is_said_and_not_guessed() -> None:
    assert verdict(4, 9, days=20).outcome == "too early"


def test_a_forecast_of_deaths_settles_on_deaths_and_its_odds_are_drawn() -> None:
    before, whole = (series(c, "IQ/Diyala attack deaths") for c in ([2, 0, 3, 1], [2, 0, 3, 1, 4, 0]))
    entries = score.settle(forecast.run(before, model="last12", horizon=2), [series([9] * 6), whole])
    assert [(e.unit, e.observed) for e in entries] == [("IQ/Diyala attack deaths", 4.0), ("IQ/Diyala attack deaths", 0.0)]
    drawn = str(odds_chart(entries).to_dict())
    assert "last12 (2)" in drawn
    assert "'said': 0.75, 'happened': 0.5" in drawn
