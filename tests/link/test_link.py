"""What linking promises: one thing in the world is one incident, look-alikes stay apart, and every voice is kept."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.make import IRAQ, TAJI, day, event, place, report

from marsad.errors import UsageError
from marsad.link import link, successors, why
from marsad.link.gazetteer import Gazetteer
from marsad.read.reader import Reader
from marsad.records import Incident, Report, Span, Statement, Toll
from marsad.scales import DateBasis, DatePrecision, Realis, Sensitivity, WherePrecision

D = date
A, B, C = report("A"), report("B"), report("C", D(2020, 3, 13))


def linked(*told: Statement, reports: tuple[Report, ...] = (A, B, C)) -> list[Incident]:
    return link(told, reports)


def sets(incidents: list[Incident]) -> set[frozenset[str]]:
    return {frozenset(i.statements) for i in incidents}


def test_one_attack_told_with_10_and_15_rounds_is_one_incident_with_both_kept():
    a, b = event(A, count=10, killed=3), event(B, count=15, killed=3)
    (found,) = linked(a, b)
    assert (found.count, found.unit, found.voices) == ((10, 15), "rounds", 2)
    assert [(d.slot, d.values) for d in found.differences] == [("count", (("10", (a.id,)), ("15", (b.id,))))] or [
        (d.slot, dict(d.values)) for d in found.differences
    ] == [("count", {"15": (b.id,), "10": (a.id,)})]
    assert found.killed is not None
    assert (found.killed.low, found.killed.best, found.killed.high) == (3, 3, 3)


def test_a_part_of_a_record_linked_by_itself_takes_no_id_of_the_rest():
    """What founds an id (family, report, place, day) may be the same of two events of one report."""
    told = event(A, count=10, killed=3)
    (first,) = linked(told)
    (other,) = link([told], [A, B, C], taken=[first.id])
    assert other.id != first.id


def test_the_same_base_two_months_apart_is_two_incidents():
    assert len(linked(event(A, when=D(2020, 1, 14)), event(B, when=D(2020, 3, 11)))) == 2


def test_the_same_base_three_days_apart_is_two_incidents():
    assert len(linked(event(A, when=D(2020, 3, 11)), event(B, when=D(2020, 3, 14)))) == 2


@pytest.mark.parametrize("points", [(None, None), ((33.5, 44.2), (34.6, 44.9))])
def test_two_towns_on_one_day_are_two_incidents(points):
    one, two = (place(n, "Diyala", point=p) for n, p in zip(("Jalawla", "Khanaqin"), points, strict=True))
    assert len(linked(event(A, where=(one,)), event(B, where=(two,)))) == 2


def test_two_names_of_one_point_are_one_place():
    one, two = place("Camp Taji", "Baghdad", point=(33.524, 44.256)), place("Taji base", "Baghdad", point=(33.530, 44.250))
    assert len(linked(event(A, where=(one,)), event(B, where=(two,)))) == 1


def test_a_town_and_the_governorate_that_holds_it_may_be_one_place():
    unit = place("Baghdad", "Baghdad", precision=WherePrecision.ADMIN1)
    assert len(linked(event(A), event(B, where=(unit,)))) == 1
    other = place("Nineveh", "Nineveh", precision=WherePrecision.ADMIN1)
    assert len(linked(event(A), event(B, where=(other,)))) == 2


def test_a_unit_is_itself_with_or_without_the_word_for_it():
    one, two = (place(n, "Diyala", precision=None) for n in ("Diyala", "Diyala Governorate"))
    assert len(linked(event(A, where=(one,)), event(B, where=(two,)))) == 1
    assert len(linked(event(A, where=(place("Jalawla", "Diyala"),)), event(B, where=(two,)))) == 1


def test_a_vague_report_does_not_chain_two_towns():
    unit = place("Diyala", "Diyala", precision=WherePrecision.ADMIN1)
    one, two = event(A, where=(place("Jalawla", "Diyala"),)), event(B, where=(place("Khanaqin", "Diyala"),))
    found = linked(one, two, event(C, where=(unit,)))
    assert len(found) == 2
    assert not any({one.id, two.id} <= set(i.statements) for i in found)


def test_news_of_the_day_joins_what_happened_the_night_before():
    told = event(B, when=day(D(2020, 3, 12), basis=DateBasis.PUBLISHED))
    assert len(linked(event(A), told)) == 1
    assert linked(event(A), told)[0].when == day(D(2020, 3, 11))


def french(said: Report, troops: int, when: date = D(2020, 3, 25), **fields: Any) -> Statement:
    fields = {"kind": "withdrawal", "where": (IRAQ,), "who": ("French Armed Forces",), "unit": "troops"} | fields
    return event(said, when=when, count=troops, **fields)


def test_a_withdrawal_told_as_100_and_200_troops_is_one_incident_with_both_kept():
    (found,) = linked(french(A, 100, D(2020, 3, 26)), french(B, 200))
    assert (found.count, found.unit, found.kind) == ((100, 200), "troops", "withdrawal")
    assert {v for d in found.differences if d.slot == "count" for v, _ in d.values} == {"100", "200"}


def test_the_withdrawals_of_two_countries_on_one_day_are_two():
    assert len(linked(french(A, 100), french(B, 30, who=("Czech Armed Forces",)))) == 2


def test_a_suspension_and_the_one_of_january_are_two():
    told = [french(r, 0, when=d, kind="suspension", who=("NATO",)) for r, d in ((A, D(2020, 1, 4)), (B, D(2020, 3, 19)))]
    assert len(linked(*told)) == 2


def test_a_withdrawal_and_a_deployment_of_one_force_are_two():
    assert len(linked(french(A, 100), french(B, 100, kind="deployment"))) == 2


def test_a_period_total_never_joins_a_single_incident():
    total = event(A, when=day(D(2020, 3, 11)), count=15, aggregate=True)
    found = linked(total, event(B, count=15))
    assert [i.aggregate for i in found].count(True) == 1
    assert len(found) == 2


def test_one_period_total_told_twice_is_one():
    span = day(D(2020, 3, 17), D(2020, 3, 21), DatePrecision.DAYS)
    (found,) = linked(event(A, when=span, count=15, aggregate=True), event(B, when=span, count=15, aggregate=True))
    assert (found.aggregate, found.voices) == (True, 2)


def test_a_recalled_event_is_a_voice_for_the_incident_of_its_day():
    (found,) = linked(event(A), event(C, realis=Realis.BACKGROUND))
    assert (found.recalled, found.voices) == (False, 2)


def test_a_recalled_event_that_no_other_tells_of_makes_one_marked_recalled():
    (found,) = linked(event(C, realis=Realis.BACKGROUND))
    assert found.recalled


@pytest.mark.parametrize(
    "fields", [{"when": None}, {"where": ()}, {"when": day(D(2020, 1, 1), D(2020, 1, 31), DatePrecision.MONTH)}]
)
def test_a_recalled_event_without_its_day_or_place_makes_none(fields):
    assert linked(event(C, realis=Realis.BACKGROUND, **fields)) == []


@pytest.mark.parametrize("realis", [Realis.PLANNED, Realis.THREATENED, Realis.HYPOTHETICAL, Realis.DENIED, Realis.FOILED])
def test_what_is_not_said_to_have_happened_makes_none(realis):
    assert linked(event(A, realis=realis)) == []


def test_a_headline_and_its_details_are_one_but_two_tolls_in_one_report_are_two():
    assert len(linked(event(A, n=0), event(A, n=1, killed=3))) == 1
    assert len(linked(event(A, n=0, killed=2), event(A, n=1, killed=3))) == 2


def test_what_one_report_tells_apart_no_other_report_joins():
    one, two = event(A, n=0, kind="bombing", killed=2), event(A, n=1, kind="bombing", killed=9)
    found = linked(one, two, event(B, kind="bombing", killed=2))
    assert len(found) == 2
    assert not any({one.id, two.id} <= set(i.statements) for i in found)


def test_an_undated_event_stays_alone_unless_much_agrees():
    assert len(linked(event(A), event(B, when=None))) == 2
    assert len(linked(event(A, killed=7), event(B, when=None, killed=7))) == 1
    late = report("late", D(2020, 5, 1))
    assert len(linked(event(A, killed=7), event(late, when=None, killed=7), reports=(A, late))) == 2


def test_an_event_without_a_place_stays_alone_unless_much_agrees():
    assert len(linked(event(A, killed=7), event(B, where=(), killed=7))) == 2
    who = ("Islamic State",)
    assert len(linked(event(A, killed=7, who=who), event(B, where=(), killed=7, who=who))) == 1


def test_reposts_of_one_text_are_one_voice():
    text = "ten rockets fell on the base north of the capital on wednesday evening and three soldiers of other lands died"
    one, two = report("x", text=text, source="S"), report("y", text=text + " agencies", source="T")
    (found,) = link([event(one), event(two)], [one, two])
    assert (len(found.statements), found.voices) == (2, 1)


def test_the_confidence_is_that_of_the_surest_telling_and_reposts_do_not_raise_it():
    (found,) = linked(event(A, confidence=0.6), event(B, confidence=0.9), event(C))
    assert found.confidence == 0.9
    text = "ten rockets fell on the base north of the capital on wednesday evening and three soldiers of other lands died"
    one, two = report("x", text=text), report("y", text=text + " agencies")
    (found,) = link([event(one, confidence=0.6), event(two, confidence=0.6)], [one, two])
    assert found.confidence == 0.6
    assert linked(event(A))[0].confidence is None, "no reader gave one: not told, and no certainty"


def test_retellings_of_one_page_are_one_voice_and_of_two_pages_two():
    page = [report(n, retells=f"https://e.org/{p}", source="Marsad example") for n, p in (("x", 1), ("y", 1), ("z", 2))]
    (found,) = link([event(r) for r in page], page)
    assert found.voices == 2


def test_one_outlet_is_one_voice_however_often_it_writes():
    told = [report(n, source="S") for n in "xy"]
    assert link([event(r) for r in told], told)[0].voices == 1


def test_the_most_specific_kind_is_the_incidents_and_the_others_are_listed():
    (found,) = linked(event(A, kind="suicide_bombing"), event(B, kind="bombing"), event(C, kind="suicide_bombing"))
    assert found.kind == "suicide_bombing"
    assert [d.slot for d in found.differences] == ["kind"]


def test_the_best_toll_is_what_most_voices_tell_and_among_equals_the_latest():
    tolls = {A: 2, B: 5, C: 5}
    (found,) = linked(*(event(r, killed=n) for r, n in tolls.items()))
    assert found.killed is not None
    assert (found.killed.low, found.killed.best, found.killed.high) == (2, 5, 5)
    (growing,) = linked(event(A, killed=2), event(C, killed=4))
    assert growing.killed is not None
    assert growing.killed.best == 4


def test_who_attacked_is_listed_where_reports_contradict_and_detail_is_not():
    (found,) = linked(event(A, who=("Islamic State",), killed=3), event(B, who=("Kataib Hezbollah",), killed=3))
    assert [d.slot for d in found.differences] == ["actors"]
    (same,) = linked(event(A, who=("Islamic State",)), event(B, who=("Islamic State", "Ansar")))
    assert same.differences == ()


def test_an_incident_inherits_the_highest_sensitivity_and_the_earliest_day():
    guarded = replace(C, sensitivity=Sensitivity.INTERNAL)
    (found,) = linked(event(A), event(C), reports=(A, guarded))
    assert (found.sensitivity, found.published) == (Sensitivity.INTERNAL, D(2020, 3, 12))


def test_an_incident_keeps_its_id_when_an_earlier_report_comes_later():
    (before,) = linked(event(B))
    first = report("first", D(2020, 3, 11))
    (after,) = link([event(first), event(B)], [first, B], [before])
    assert after.id == before.id


def test_an_incident_keeps_its_id_when_a_newer_reader_has_read():
    old = event(B)
    (before,) = linked(old)
    new = replace(old, id="other", kind="air_strike", anchor=Span(2, 9))
    (after,) = link([new], [B], [before], renamed=successors([old], [new]))
    assert after.id == before.id


def test_a_statement_that_is_still_there_goes_on_as_itself():
    two = [replace(event(B, n=n), anchor=Span(0, 9)) for n in range(3)]
    assert successors(two, two) == {s.id: s.id for s in two}


def test_two_like_incidents_never_share_an_id():
    told = [event(A, n=n, killed=n) for n in range(4)]
    assert len({i.id for i in linked(*told)}) == 4


def test_why_gives_the_points_of_each_statement():
    told = [event(A, killed=3), event(B, killed=3)]
    (found,) = linked(*told)
    reasons = why(found, told, (A, B))
    assert [r.statement for r in reasons] == list(found.statements)
    assert all(r.points >= r.bar and {"kind", "days", "place", "killed"} <= {p.slot for p in r.parts} for r in reasons)
    assert "both in taji" in str(reasons[0])


def test_a_report_that_lacks_is_said():
    with pytest.raises(UsageError, match="not given"):
        link([event(A)], [B])


REPORTS = [report(f"r{n}", D(2020, 3, 10) + timedelta(days=n % 5) if n % 4 else None, source="ST"[n % 2]) for n in range(8)]
PLACES = [
    (),
    (TAJI,),
    (IRAQ,),
    (place("Jalawla", "Diyala", point=(34.27, 45.17)),),
    (place("Diyala", "Diyala", precision=None),),
    (place("x", country="", precision=None),),
]
DAYS = [
    None,
    *(day(D(2020, 3, 10) + timedelta(days=n), basis=b) for n in range(4) for b in DateBasis),
    day(D(2020, 3, 1), D(2020, 3, 31), DatePrecision.MONTH),
    day(D(2020, 3, 9), D(2020, 3, 12), DatePrecision.DAYS),
]
KINDS = ["shelling", "armed_attack", "bombing", "withdrawal", "raid", "suspension"]
events = st.builds(
    event, st.sampled_from(REPORTS), st.sampled_from(KINDS), st.sampled_from(DAYS), st.sampled_from(PLACES),
    n=st.integers(0, 500), who=st.sampled_from([(), ("Islamic State",), ("NATO",)]), killed=st.none() | st.integers(0, 9),
    count=st.none() | st.integers(1, 3), aggregate=st.booleans(), realis=st.sampled_from(list(Realis)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(told=st.lists(events, max_size=25, unique_by=lambda s: s.id), shuffle=st.randoms())
def test_the_order_of_the_input_changes_nothing_and_every_statement_stands_once(told, shuffle):
    found = link(told, REPORTS)
    other, reports = list(told), list(REPORTS)
    shuffle.shuffle(other)
    shuffle.shuffle(reports)
    assert link(other, reports) == found
    stand = sorted(i for incident in found for i in incident.statements)
    assert len(stand) == len(set(stand))
    assert {s.id for s in told if s.realis is Realis.ACTUAL} <= set(stand)
    assert len({i.id for i in found}) == len(found)
    by_id = {s.id: s for s in told}
    for incident in found:
        parts = [by_id[i] for i in incident.statements]
        assert len({p.family for p in parts}) == 1
        assert all(p.aggregate == incident.aggregate for p in parts)
        for slot in ("killed", "injured"):
            value = getattr(incident, slot)
            if value is not None and value.best is not None:
                assert (value.low or 0) <= value.best <= (value.high if value.high is not None else value.best)


@settings(max_examples=60, deadline=None)
@given(told=st.lists(events, max_size=20, unique_by=lambda s: s.id))
def test_linking_again_with_what_was_found_changes_nothing(told):
    found = link(told, REPORTS)
    assert link(told, REPORTS, found) == found


@settings(max_examples=100, deadline=None)
@given(told=st.lists(events, max_size=18, unique_by=lambda s: s.id))
def test_blocking_loses_no_match(told):
    from marsad.link.block import pairs  # noqa: PLC0415
    from marsad.link.clues import clues  # noqa: PLC0415
    from marsad.link.compare import compare  # noqa: PLC0415

    found = clues({s.id: s for s in told}, {r.id: r for r in REPORTS}, {r.id: r.id for r in REPORTS})
    blocked = set(pairs(found))
    holding = {(i, j) for j in range(len(found)) for i in range(j) if compare(found[i], found[j]).holds}
    assert holding <= blocked


@pytest.mark.parametrize(("dated", "wide"), [(A, B), (B, A)])
@pytest.mark.parametrize("end", [D(2020, 3, 31), D(2020, 5, 31)])
def test_what_is_told_of_a_month_or_longer_meets_what_is_told_of_a_day_in_either_order(dated, wide, end):
    from marsad.link.block import pairs  # noqa: PLC0415
    from marsad.link.clues import clues  # noqa: PLC0415

    told = [event(dated), event(wide, when=day(D(2020, 3, 1), end, DatePrecision.MONTH))]
    found = clues({s.id: s for s in told}, {r.id: r for r in (A, B)}, {r.id: r.id for r in (A, B)})
    assert list(pairs(found)) == [(0, 1)]


PUBLISHED = DateBasis.PUBLISHED


def test_late_news_of_a_great_bombing_joins_it_but_daily_shelling_stays_apart():
    late = report("late", D(2020, 3, 16))
    told, vague = (
        event(A, kind="bombing", killed=100),
        event(late, kind="bombing", when=day(D(2020, 3, 16), basis=PUBLISHED), killed=120),
    )
    assert len(linked(told, vague, reports=(A, late))) == 1
    far = replace(vague, killed=event(late, killed=9).killed)
    assert len(linked(told, far, reports=(A, late))) == 2
    shells = event(A), event(late, when=day(D(2020, 3, 16), basis=PUBLISHED))
    assert len(linked(*shells, reports=(A, late))) == 2


def test_two_reports_that_each_tell_the_news_of_their_day_are_two():
    late = report("late", D(2020, 3, 16))
    first, second = (
        event(r, kind="bombing", when=day(d, basis=PUBLISHED)) for r, d in ((A, D(2020, 3, 12)), (late, D(2020, 3, 16)))
    )
    assert len(linked(first, second, reports=(A, late))) == 2


def test_dozens_dead_is_no_other_number_than_a_hundred():
    a, b = event(A, killed=100), replace(event(B), killed=Toll(low=24))
    assert len(linked(a, b)) == 1


def headed(n: int, start: int, **slots: Any) -> Statement:
    return replace(event(HEADED, n=n, **slots), anchor=Span(start, start + 3))


HEADED = report(
    "headed", text="Bombing kills thirty in Iraq\nThe full story of what happened in the town, told in many words."
)


def test_a_headline_joins_the_text_that_tells_it_in_full_and_not_another_town():
    headline = headed(0, 0, kind="bombing", where=(IRAQ,), when=day(D(2020, 3, 12), basis=PUBLISHED), killed=30)
    full = headed(1, 40, kind="suicide_bombing", where=(TAJI,), when=D(2020, 3, 11), killed=30)
    assert len(linked(headline, full, reports=(HEADED,))) == 1
    other = headed(2, 60, kind="bombing", where=(place("Khanaqin", "Diyala"),), when=D(2020, 3, 11), killed=4)
    assert len(linked(headline, full, other, reports=(HEADED,))) == 2


def test_a_name_that_no_gazetteer_knows_does_not_decide_where_a_known_one_stands_beside_it():
    strange = replace(place("النصرة"), name_en="", precision=None)
    khanaqin = place("Khanaqin", "Diyala", point=(34.35, 45.39))
    taji = place("Taji", "Baghdad", point=(33.5, 44.2))
    assert len(linked(event(A, where=(strange, taji)), event(B, where=(strange, khanaqin)))) == 2


def test_an_arabic_and_an_english_report_of_one_attack_meet_and_two_towns_do_not():
    texts = {
        "ar": "قتل ثلاثة جنود في هجوم شنه مسلحون على نقطة تفتيش في جلولاء يوم 7 أبريل 2020.",
        "en": "Gunmen attacked a checkpoint in Jalawla on 7 April 2020 and killed three soldiers.",
        "other": "Gunmen attacked a checkpoint in Khanaqin on 7 April 2020 and killed three soldiers.",
    }
    reader, gazetteer = Reader(), Gazetteer()
    reports = [
        Report(id=k, text=t, lang="ar" if k == "ar" else "en", source=k, published=D(2020, 4, 8)) for k, t in texts.items()
    ]
    said = [s for r in reports for s in gazetteer.resolved(reader.read(r), r) if s.cls == "event"]
    found = {frozenset(s.report for s in said if s.id in i.statements): i.voices for i in link(said, reports)}
    assert found == {frozenset(("ar", "en")): 2, frozenset(("other",)): 1}
