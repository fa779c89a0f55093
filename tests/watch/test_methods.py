"""The other methods: change points, vacuums, clusters, and the choice among alarms."""

import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from tests.watch.make import incident, series

from marsad import watch
from marsad.panel import Panel
from marsad.records import Incident, Signal
from marsad.watch import change_point, cluster, vacuum
from marsad.watch.chart import signals_chart
from marsad.watch.select import q_values

RNG = np.random.default_rng(7)


def test_a_change_point_finds_a_lasting_rise_and_about_when() -> None:
    counts = np.append(RNG.poisson(3, 110), RNG.poisson(9, 6))
    scan = change_point.scan(Panel.of([series(counts)]))
    assert scan.alarm[0, 110:].any()
    assert not scan.alarm[0, 60:110].any()
    column = int(np.flatnonzero(scan.alarm[0])[-1])
    told = scan.tell(0, column)
    assert "the rate rose" in told.en
    assert "ارتفع المعدل" in told.ar
    worth = scan.worth(0, column)
    assert worth.rate == pytest.approx(0.01, abs=0.003)
    assert worth.seen is not None
    assert 1 < worth.seen < 4


def areas(after: int, posture_at: int = 100) -> list:
    attacks = np.append(RNG.negative_binomial(4, 4 / (4 + 2.0), posture_at), np.full(6, after))
    posture = np.zeros(posture_at + 6)
    posture[posture_at] = 1
    return [series(attacks), series(posture, "IQ/Diyala posture"), series(attacks, "IQ/Basra attack")]


def test_a_vacuum_joins_a_posture_change_and_the_attacks_after_it() -> None:
    found = watch.run(areas(8), methods=("vacuum",))
    (signal,) = found  # Basra rises alike, but no forces left it
    assert signal.unit == "IQ/Diyala attack"
    assert signal.evidence[0] == "i100-0"
    assert any(i.startswith("i100-") or i.startswith("i101-") for i in signal.evidence[1:])
    assert "from the change of posture in 2019-W49 on" in signal.headline_en
    assert "تغيّر انتشار القوات" in signal.headline_ar
    assert signal.p is not None
    assert signal.p <= 0.01


def test_no_vacuum_where_nothing_rises() -> None:
    assert watch.run(areas(2), methods=("vacuum",)) == []


def test_vacuums_are_no_more_frequent_than_stated() -> None:
    rng = np.random.default_rng(11)
    made = []
    for n in range(150):
        posture = np.zeros(160)
        posture[[80, 120]] = 1
        made += [series(rng.negative_binomial(2, 0.5, 160), f"IQ/A{n} attack"), series(posture, f"IQ/A{n} posture")]
    scan = vacuum.scan(Panel.of(made))
    assert scan.alarm.sum() <= 8  # at most alpha x 300 changes, give or take
    stated = scan.worth(0, 125).rate * 160
    assert stated == pytest.approx(0.02)


def points(cluster_size: int) -> list[Incident]:
    rng = np.random.default_rng(5)
    first = date(2019, 4, 15)
    found = []
    for n in range(200):
        place = (33.0 + rng.integers(0, 8) * 0.4, 43.0 + rng.integers(0, 8) * 0.4)
        found.append(incident(f"n{n}", first + timedelta(days=int(rng.integers(0, 350))), point=place))
    found += [incident(f"c{n}", date(2020, 3, 20) + timedelta(days=n % 9), point=(34.2, 44.2)) for n in range(cluster_size)]
    return found


def test_a_cluster_in_space_and_time_is_found_with_its_incidents() -> None:
    (signal,) = cluster.run(points(14), as_of=date(2020, 3, 29))
    assert sum(i.startswith("c") for i in signal.evidence) == 14
    assert signal.p is not None
    assert signal.p <= 0.01
    assert signal.observed > 3 * signal.expected
    assert "km" in signal.headline_en
    assert "كم" in signal.headline_ar
    assert signal.smallest_change_seen is not None
    assert cluster.run(points(14), as_of=date(2020, 3, 29)) == [signal]


def test_no_cluster_without_one_and_none_of_few_points_or_of_the_future() -> None:
    assert cluster.run(points(0), as_of=date(2020, 3, 29)) == []
    assert cluster.run(points(14)[:15], as_of=date(2020, 3, 29)) == []
    assert cluster.run(points(14), as_of=date(2020, 3, 18)) == []
    assert cluster.run([incident(f"u{n}", date(2020, 3, 1)) for n in range(60)], as_of=date(2020, 3, 29)) == []


@pytest.mark.parametrize("name", watch.METHODS)
def test_every_method_takes_a_panel_that_it_can_say_nothing_of(name: str) -> None:
    made = [series([1.0, np.nan, 2.0]), series(np.zeros(300), "IQ/Basra attack"), series([3.0], "IQ/Basra posture")]
    assert not [s for s in watch.run(made, methods=(name,)) if not s.thin]


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    p = np.array([[0.01], [0.04], [0.03], [np.nan], [0.5]])
    assert q_values(p)[:, 0] == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, np.nan, 0.5], nan_ok=True)


def signals() -> list[Signal]:
    rng = np.random.default_rng(9)
    made = [series(np.append(rng.poisson(2, 120), [9, 9, 9, 30] if n < 3 else [2, 2, 2, 2]), f"u{n}") for n in range(40)]
    return watch.run(made, methods=("nb_tail",))


def test_false_discoveries_are_held_down_over_units() -> None:
    found = signals()
    choice = watch.choose(found, fdr=0.1)
    assert len(choice.kept) < len(found)
    assert {s.unit for s in choice.kept if s.period >= "2020-W17"} >= {"u0", "u1", "u2"}
    assert len(choice.kept) + len(choice.left) == len(found)
    assert all("false discovery" in why for _, why in choice.left)
    false = [s for s in choice.kept if s.unit not in ("u0", "u1", "u2")]
    # Where nothing rises, a tenth of the periods keeps a false alarm at fdr 0.1; without it there is one in every third.
    assert len(false) <= 0.1 * 94 + 3 * 3
    assert len(false) < 0.4 * sum(s.unit not in ("u0", "u1", "u2") for s in found)


def test_cooldown_and_budget_leave_out_and_say_so() -> None:
    found = signals()
    order = series(np.zeros(124)).periods
    cooled = watch.choose(found, cooldown=10, order=order)
    for unit in ("u0", "u1"):
        kept = [order.index(s.period) for s in cooled.kept if s.unit == unit]
        assert all(b - a > 10 for a, b in itertools.pairwise(kept))
    budget = watch.choose(found, budget=1, order=order)
    assert len({s.period for s in budget.kept}) == len(budget.kept)
    assert any("budget" in why for _, why in budget.left)


def test_a_picture_holds_counts_baseline_and_marks() -> None:
    made = series(np.append(RNG.poisson(2, 120), [20]))
    chart = signals_chart(made, watch.run([made], methods=("nb_tail",))).to_dict()
    assert len(chart["layer"]) == 3
    assert "Diyala" in chart["title"]
