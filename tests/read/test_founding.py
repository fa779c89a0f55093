"""The founding report, read whole: what it must yield, and what it must not (no rule of the reader knows this text)."""

from datetime import date
from pathlib import Path

import pytest

from marsad.read.reader import Reader
from marsad.records import Report, Statement
from marsad.scales import Realis

SEVEN = {
    "Australian Defence Force", "Spanish Armed Forces", "French Armed Forces", "British Armed Forces", "New Zealand Defence Force",
    "Portuguese Armed Forces", "Dutch Armed Forces",
}  # fmt: skip


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    text = (shared / "founding-report.ar.txt").read_text(encoding="utf-8")
    return Report(id="founding", text=text, lang="ar", published=date(2020, 4, 8))


@pytest.fixture(scope="module")
def said(report: Report) -> tuple[Statement, ...]:
    return Reader().read(report)


def days(statement: Statement) -> tuple[date, date] | None:
    return (statement.when.start, statement.when.end) if statement.when else None


def events(said: tuple[Statement, ...], kind: str, *realis: Realis) -> list[Statement]:
    return [s for s in said if s.cls == "event" and s.kind == kind and (not realis or s.realis in realis)]


def test_natos_suspension_of_training_on_19_march(said: tuple[Statement, ...]) -> None:
    (found,) = events(said, "suspension", Realis.ACTUAL)
    assert days(found) == (date(2020, 3, 19), date(2020, 3, 19))
    assert [a.name for a in found.actors] == ["NATO"]


def test_seven_countries_withdrew_by_29_march(said: tuple[Statement, ...]) -> None:
    found = next(s for s in events(said, "withdrawal", Realis.ACTUAL) if len(s.actors) > 1)
    assert {a.name for a in found.actors} == SEVEN
    assert days(found) == (date(2020, 3, 29), date(2020, 3, 29))
    assert found.when is not None
    assert found.when.basis == "by"


def test_the_us_left_mosul_and_kirkuk(said: tuple[Statement, ...]) -> None:
    found = next(s for s in events(said, "withdrawal", Realis.ACTUAL) if [a.name for a in s.actors] == ["United States Armed Forces"])
    assert {p.name for p in found.places} == {"الموصل", "كركوك"}


def test_a_hundred_injured_in_january_is_background(said: tuple[Statement, ...]) -> None:
    (found,) = [s for s in said if s.injured and s.injured.best == 100]
    assert found.realis is Realis.BACKGROUND
    assert days(found) == (date(2020, 1, 8), date(2020, 1, 8))


def test_the_joint_raids_of_february_are_background(said: tuple[Statement, ...]) -> None:
    (found,) = events(said, "raid")
    assert found.realis is Realis.BACKGROUND
    assert days(found) == (date(2020, 2, 1), date(2020, 2, 29))


def test_fifteen_mortar_rounds_on_civilians(said: tuple[Statement, ...]) -> None:
    (found,) = [s for s in events(said, "shelling", Realis.ACTUAL) if s.count]
    assert found.count is not None
    assert (found.count.value, found.count.unit) == (15, "rounds")
    assert days(found) == (date(2020, 3, 17), date(2020, 3, 21))
    assert "civilians" in {t.name for t in found.targets}
    assert "mortar" in {w.name for w in found.weapons}


def test_the_doubling_in_march_and_the_tactic_unseen_for_two_years(said: tuple[Statement, ...]) -> None:
    up, new = (next(s for s in said if s.cls == "trend" and s.direction == d) for d in ("up", "new"))
    assert up.ratio == 2.0
    assert days(up) == (date(2020, 3, 1), date(2020, 3, 31))
    assert new.unseen_for == "P2Y"


def test_cases_deaths_and_the_curfew(said: tuple[Statement, ...]) -> None:
    numbers = {(s.value, s.bound) for s in said if s.cls == "indicator" and s.value is not None}
    assert {(1100.0, "at_least"), (65.0, "exact")} <= numbers
    assert len(events(said, "curfew", Realis.ACTUAL)) == 1


def test_the_two_expectations(said: tuple[Statement, ...], report: Report) -> None:
    words = [s.anchor.of(report.text) for s in said if s.cls == "outlook" and not s.conditional]
    assert any("الغارات على قادة القرى" in w for w in words)
    assert any("التخويف" in w for w in words)


def test_politico_is_the_attribution(said: tuple[Statement, ...]) -> None:
    assert {s.attributed_to.name for s in said if s.attributed_to and s.cls == "event"} == {"Politico"}


def test_the_bulletins_message_the_armys_retasking_and_the_advice(said: tuple[Statement, ...], report: Report) -> None:
    assert any("Islamic State" in {a.name for a in s.actors} for s in said if s.cls == "message")
    (task,) = events(said, "retasking", Realis.ACTUAL)
    assert [a.name for a in task.actors] == ["Iraqi Armed Forces"]
    assert any("شراكة" in s.anchor.of(report.text) for s in said if s.cls == "advice")


def test_history_conditions_and_other_countries_are_no_actual_events(said: tuple[Statement, ...], report: Report) -> None:
    actual = [s for s in said if s.cls == "event" and s.realis is Realis.ACTUAL]
    assert not [s for s in actual if s.when and s.when.start.year < 2020]
    unwatched = report.text.index("إذا ترك")
    assert not [s for s in actual if s.anchor.start >= unwatched]
    assert not {p.country for s in actual for p in s.places} & {"YE", "SO", "ML", "SY"}


def test_every_slot_has_its_words_and_names_carry_no_clitics(said: tuple[Statement, ...], report: Report) -> None:
    for s in said:
        assert s.anchor.of(report.text).strip()
        for place in s.places:
            assert place.span.of(report.text).startswith(place.name[0])
        for spans in s.evidence.values():
            assert all(0 <= x.start < x.end <= len(report.text) for x in spans)
    kirkuk = next(p for s in said for p in s.places if p.name == "كركوك")
    assert kirkuk.span.of(report.text) == "كركوك"
