"""What a person decided holds: after more reports, after linking again, after a newer reader."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.make import event, place, report

from marsad.errors import UsageError
from marsad.link import corrected, grade, link
from marsad.link.decide import SLOTS, settle
from marsad.records import Difference, Incident, Toll
from marsad.verdicts import Review

D = date
A, B, C = report("A"), report("B"), report("C", D(2020, 3, 13))
ALL = (A, B, C)
NOW = datetime(2020, 4, 1, tzinfo=UTC)


def review(incident: Incident, verdict: str, **slots) -> Review:
    slots = {"recorded": NOW, "statements": incident.statements} | slots
    return Review(incident=incident.id, verdict=verdict, reviewer="R", **slots)  # type: ignore[arg-type]


def test_a_merge_and_a_split_hold_when_linked_again_and_when_reports_are_added():
    one, two = event(A), event(B, where=(place("Khanaqin", "Diyala"),))
    first, second = link([one, two], ALL)
    merged = review(first, "merge", others=second.statements)
    (found,) = link([one, two], ALL, [first, second], reviews=[merged])
    assert set(found.statements) == {one.id, two.id}
    later = event(C, where=(place("Khanaqin", "Diyala"),))
    again = link([one, two, later], ALL, [found], reviews=[merged])
    assert [set(i.statements) for i in again if one.id in i.statements] == [{one.id, two.id, later.id}]
    torn = review(found, "split", statements=(two.id,), recorded=datetime(2020, 4, 2, tzinfo=UTC))
    assert {frozenset(i.statements) for i in link([one, two], ALL, [found], reviews=[merged, torn])} == {frozenset((one.id,)), frozenset((two.id,))}  # fmt: skip


def test_a_verdict_goes_with_the_statements_when_a_newer_reader_gives_them_new_ids():
    told = [event(A), event(B)]
    (before,) = link(told, ALL)
    newer = [replace(s, id=s.id + "v2", reader="newer") for s in told]
    renamed = {s.id: s.id + "v2" for s in told}
    reviews = [review(before, "correct", values={"killed_best": "3"}), review(before, "confirm")]
    (after,) = link(newer, ALL, renamed=renamed, reviews=[replace(r, incident="i-gone") for r in reviews])
    assert after.review == "corrected"
    assert after.killed == Toll(low=3, best=3, high=3)


def test_a_rejected_incident_is_kept_and_marked_and_a_later_word_stands():
    told = [event(A)]
    (before,) = link(told, ALL)
    reject, confirm = review(before, "reject"), review(before, "confirm", recorded=datetime(2020, 4, 2, tzinfo=UTC))
    assert link(told, ALL, [before], reviews=[reject])[0].review == "rejected"
    assert link(told, ALL, [before], reviews=[confirm, reject])[0].review == "confirmed"


def test_a_place_that_a_person_gives_stands_in_its_own_unit():
    (i,) = link([event(A, where=(place("Taji", "Baghdad", point=(33.5, 44.2)),))], ALL)
    (where,) = corrected(i, {"place": "خانقين"}).places
    assert (where.name_en, where.country, where.admin1) == ("Khanaqin", "IQ", "Diyala")
    assert where.lat == pytest.approx(34.35, abs=0.1)
    (told,) = corrected(i, {"place": "Khanaqin", "admin1": "Anbar", "lat": "33.1", "lon": "42.1"}).places
    assert (told.name_en, told.admin1, told.lat) == ("Khanaqin", "Anbar", 33.1), "the person's word stands"


def test_a_correction_of_the_place_leaves_nothing_of_the_old_one():
    (i,) = link([event(A, where=(place("Taji", "Baghdad", point=(33.5, 44.2)),))], ALL)
    new = corrected(i, {"place": "Nowhere Farm", "date_start": "2020-03-10", "actors": "Islamic State; unknown"})
    (where,) = new.places
    assert (where.name_en, where.lat, where.gazetteer, where.country, where.admin1) == ("Nowhere Farm", None, "", "IQ", "")
    assert new.when is not None
    assert (new.when.start, new.when.end) == (D(2020, 3, 10), D(2020, 3, 10))
    assert new.actors == ("Islamic State", "unknown")


@pytest.mark.parametrize(
    "values", [{"colour": "red"}, {"kind": "picnic"}, {"date_start": "8 نيسان"}, {"killed_best": "-1"}, {"killed_low": "5", "killed_best": "3"}, {"lat": "north"}]
)  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(values):
    (i,) = link([event(A)], ALL)
    with pytest.raises(UsageError):
        corrected(i, values)


@given(st.dictionaries(st.sampled_from(sorted(SLOTS)), st.text(max_size=12), max_size=3))
def test_no_correction_breaks_but_by_a_usage_error(values):
    (i,) = link([event(A)], ALL)
    try:
        corrected(i, values)
    except UsageError:
        return


names = st.sampled_from("abcdef")


@given(st.lists(st.frozensets(names), max_size=3), st.lists(st.tuples(st.sampled_from(["merge", "split"]), st.frozensets(names), st.frozensets(names)), max_size=4))  # fmt: skip
def test_settling_keeps_every_statement_in_exactly_one_group(groups, decisions):
    disjoint, seen = [], set()
    for g in groups:
        disjoint.append(set(g) - seen)
        seen |= g
    reviews = [Review(incident="i", verdict=v, reviewer="R", statements=tuple(a), others=tuple(b)) for v, a, b in decisions]
    settled = settle(disjoint, reviews, {})
    assert sorted(s for g in settled for s in g) == sorted(seen)


def test_letter_and_digit_are_told_apart():
    (one,) = link([event(A)], ALL)
    (two,) = link([event(A), event(B)], ALL)
    good, bad = replace(A, grade="B"), replace(B, grade="E")
    assert grade(one, [good]) == ("B", 2)
    assert grade(one, [bad]) == ("E", 4)
    assert grade(one, [A]) == ("F", 6)
    assert grade(two, [bad, good]) == ("B", 1)
    assert grade(two, [bad, good], [Difference("actors", ())]) == ("B", 2)
    assert grade(replace(one, review="rejected"), [good]) == ("B", 5)
    assert grade(replace(one, review="confirmed"), [bad]) == ("E", 1)
