"""Signals of the two first methods: when they come, what they say, and what they are worth."""

from itertools import pairwise

import numpy as np
import pytest
from tests.watch.make import series

from marsad import watch
from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.records import Series
from marsad.watch import record_high, tactic_return
from marsad.watch.words import INCIDENT, PERIOD, counted_ar, counted_en, subject


def test_a_record_high_names_what_it_exceeds_and_rests_on_its_incidents() -> None:
    quiet = [1, 0, 2, 1] * 13
    found = watch.run([series([*quiet, 5])], methods=("record_high",))
    (signal,) = [s for s in found if not s.thin]
    assert (signal.observed, signal.p) == (5, 1 / 53)
    assert len(signal.evidence) == 5
    assert "more than in any of the 52 weeks before (at most 2)" in signal.headline_en
    assert "5 حوادث" in signal.headline_ar
    assert "52 أسبوعاً" in signal.headline_ar
    assert "ديالى" in signal.headline_ar
    assert signal.false_alarms_per_year is not None
    assert 0 < signal.false_alarms_per_year < 1
    assert signal.smallest_change_seen is not None
    assert signal.smallest_change_seen > 1
    assert signal.effect is not None
    assert signal.effect[0] < signal.effect[1] < signal.effect[2]
    assert signal.status == "draft"


def test_a_tie_is_no_record_and_an_alarm_is_followed_by_silence() -> None:
    counts = [*[1, 0, 2, 1] * 13, 2, 3, 4, 5, 6]
    found = [s for s in watch.run([series(counts)], methods=("record_high",)) if not s.thin]
    assert [s.observed for s in found] == [3]


def test_the_stated_rate_of_record_highs_is_the_measured_one() -> None:
    rng = np.random.default_rng(7)
    counts = rng.negative_binomial(2, 0.5, size=(400, 400))  # mean 2
    found = watch.run([series(row, f"u{n}") for n, row in enumerate(counts)], methods=("record_high",))
    stated = np.mean([s.false_alarms_per_year for s in found if s.false_alarms_per_year])
    measured = len(found) / 400 / ((400 - 39) / 52.18)
    assert measured == pytest.approx(stated, rel=0.2)


def test_the_return_of_a_tactic_has_an_exact_probability() -> None:
    # 7 of 27 earlier periods had some, then 40 silent: B(7.5, 20.5 + 40) / B(7.5, 20.5)
    counts = [*[1, 0, 0, 0] * 7, *[0] * 37, 1]
    found = watch.run([series(counts, "IQ/Diyala shelling", "D")], methods=("tactic_return",))
    (signal,) = found
    a, b = 6.5, 18.5 + 0.0
    expected = np.prod([(b + j) / (a + b + j) for j in range(40)])
    assert signal.p == pytest.approx(expected, rel=1e-9)
    assert signal.p < 0.01
    assert "after 40 days" in signal.headline_en
    assert "40 يوماً" in signal.headline_ar
    assert "قصف" in signal.headline_ar


def test_a_return_within_the_usual_silence_is_none() -> None:
    assert [s for s in watch.run([series([1, 0, 0, 0] * 10, freq="D")], methods=("tactic_return",)) if not s.thin] == []


def test_returns_are_as_rare_as_stated() -> None:
    rng = np.random.default_rng(3)
    counts = (rng.random((400, 900)) < 0.1).astype(float)
    scan = tactic_return.scan(Panel(tuple(f"u{n}" for n in range(len(counts))), Calendar("D"), 730_000, counts))
    late = scan.alarm[:, 450:]
    stated = np.mean([scan.worth(n, 700).rate for n in range(0, 400, 8)])
    assert late.mean() == pytest.approx(stated, rel=0.2)
    assert late.sum() > 100


def test_a_thin_record_says_so_and_what_it_could_have_seen() -> None:
    (signal,) = watch.run([series([1, 0, 2, 1, 0, 1, 2, 3, 1, 0])], methods=("record_high",))
    assert signal.thin
    assert signal.p is None
    assert signal.false_alarms_per_year is None
    assert signal.smallest_change_seen is not None
    assert "thin (10 weeks)" in signal.headline_en
    assert f"{signal.smallest_change_seen:.2g} times" in signal.headline_en
    assert "10 أسابيع" in signal.headline_ar


def test_two_runs_are_equal_and_ids_last() -> None:
    rng = np.random.default_rng(1)
    made = [series(rng.poisson(2, 120), f"u{n}") for n in range(20)]
    assert watch.run(made) == watch.run(made)
    shorter = [series(s.counts[:100], s.unit) for s in made]
    of_then = {s.id for s in watch.run(shorter) if not s.thin}
    assert of_then
    assert of_then <= {s.id for s in watch.run(made)}


def test_no_signal_looks_ahead() -> None:
    rng = np.random.default_rng(2)
    counts = rng.poisson(1.5, 200)
    whole = [s for s in watch.run([series(counts)]) if not s.thin]
    for cut in (90, 130, 170):
        last = series(counts[:cut]).periods[-1]
        part = [s for s in watch.run([series(counts[:cut])]) if not s.thin]
        assert [(s.period, s.p, s.expected) for s in part] == [(s.period, s.p, s.expected) for s in whole if s.period <= last]


def test_an_unknown_method_is_named_with_the_ones_there_are() -> None:
    with pytest.raises(UsageError, match="record_high"):
        watch.run([series([1, 2])], methods=("guess",))


@pytest.mark.parametrize(
    ("n", "told"),
    [(1, "حادثة واحدة"), (2, "حادثتين"), (3, "3 حوادث"), (10, "10 حوادث"), (11, "11 حادثة"), (100, "100 حادثة"), (103, "103 حوادث"), (0, "0 حادثة")],
)  # fmt: skip
def test_arabic_nouns_agree_with_their_number(n: int, told: str) -> None:
    assert counted_ar(n, INCIDENT) == told
    assert counted_ar(2, INCIDENT, subject=True) == "حادثتان"
    assert counted_ar(11, PERIOD["W"]) == "11 أسبوعاً"
    assert counted_en(1, INCIDENT) == "1 incident"
    assert counted_en(0, INCIDENT) == "0 incidents"


def test_subjects_have_names_in_both_languages() -> None:
    assert subject("IQ/Diyala shelling") == ("Diyala (shelling)", "ديالى (قصف)")
    assert subject("Syria") == ("Syria", "Syria")


def test_change_seen_shrinks_as_the_record_grows_denser() -> None:
    worths = [record_high.worth(mean, 2.0, 52, 2.0, 26).seen for mean in (0.5, 2.0, 30.0)]
    assert all(a is not None and b is not None and a > b for a, b in pairwise(worths))


def test_more_reading_is_not_passed_off_as_more_violence() -> None:
    quiet = series([*[1, 0, 2, 1] * 13, 5])
    told = {}
    for name, last in (("same", 10.0), ("more", 25.0)):
        read = Series(quiet.unit, "W", quiet.periods, quiet.counts, np.array([10.0] * 52 + [last]), quiet.evidence)
        told[name] = next(s for s in watch.run([read], methods=("record_high",)) if not s.thin)
    assert "Take care: 2.5 times as many reports" in told["more"].headline_en
    assert "تنبيه" in told["more"].headline_ar
    assert "Take care" not in told["same"].headline_en


@pytest.mark.parametrize("name", sorted(watch.METHODS))
def test_a_headline_names_no_method_as_the_code_does(name: str) -> None:
    rng = np.random.default_rng(5)
    short, long = series([2, 0, 1]), series([*rng.poisson(2, 250), 30, 30], "IQ/Anbar attack")
    for s in watch.run([short, long, series([1.0] * 30, "IQ/Anbar posture")], methods=(name,)):
        for headline in (s.headline_en, s.headline_ar):
            assert not any(known in headline or known.replace("_", " ") + " could" in headline for known in watch.METHODS)
            assert "_" not in headline


def test_deaths_are_called_deaths_in_both_languages() -> None:
    (found,) = watch.run([series([*[1, 0, 2, 1] * 13, 5], "IQ/Diyala attack deaths")], methods=("record_high",))
    assert "Diyala (attacks: deaths): 5 deaths" in found.headline_en
    assert "ديالى (الهجمات: القتلى): 5 قتلى" in found.headline_ar
