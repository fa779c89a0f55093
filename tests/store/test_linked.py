"""Store and link together: what is seen as of a day is what would have been linked on that day."""

import tempfile
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.make import TAJI, event, place, report

from marsad.link import link
from marsad.records import Incident, When
from marsad.scales import DateBasis, DatePrecision, Family
from marsad.store import Store, Which
from marsad.verdicts import Review

D = date
READER = "rules 1"


def filled(store: Store, *told) -> None:
    """told: (report, its statements)."""
    store.put_reports([r for r, _ in told])
    store.put_readings(READER, [(r.id, s) for r, s in told])
    store.put_incidents(link(store.statements(), store.reports(), store.incidents()))


def values(incidents: list[Incident]) -> set[tuple[object, ...]]:
    """What is known of each, names and times of recording left out."""
    return {
        (i.kind, i.statements, i.when, i.killed and (i.killed.low, i.killed.best, i.killed.high), i.voices, i.recalled)
        for i in incidents
    }


def test_a_toll_that_grew_is_seen_as_it_stood(where):
    early, late = report("early", D(2020, 3, 12)), report("late", D(2020, 3, 20))
    with Store.open(where) as store:
        filled(store, (early, [event(early, killed=2)]), (late, [event(late, killed=3)]))
        (then,) = store.incidents(as_of=D(2020, 3, 15), link=link)
        (now,) = store.incidents(link=link)
        assert then.id == now.id
        assert [i.killed.best for i in (then, now) if i.killed] == [2, 3]
        assert (then.voices, now.voices) == (1, 2)
        assert store.incidents(Which(since=D(2020, 3, 12)), as_of=D(2020, 3, 15), link=link) == []


def test_linking_again_adds_no_version_where_nothing_changed(where):
    a, b = report("a", D(2020, 3, 12)), report("b", D(2020, 3, 13))
    with Store.open(where) as store:
        filled(store, (a, [event(a, n=0), event(a, n=1, kind="raid", when=D(2020, 3, 9))]))
        assert store.put_incidents(link(store.statements(), store.reports(), store.incidents())) == 0
        filled(store, (b, [event(b)]))
        assert sorted(len(store.history(i.id)) for i in store.incidents()) == [1, 2]


def test_a_page_of_a_day_holds_what_began_long_before_it(where):
    told = [report(f"r{n}", D(2020, 3, 12)) for n in range(3)]
    long = When(start=D(2019, 11, 1), end=D(2020, 3, 10), precision=DatePrecision.MONTH, basis=DateBasis.TEXT)
    over = replace(long, end=D(2020, 3, 4))
    day = replace(long, start=D(2020, 3, 9), end=D(2020, 3, 9), precision=DatePrecision.DAY)
    with Store.open(where) as store:
        filled(store, *((r, [replace(event(r), when=w)]) for r, w in zip(told, (long, over, day), strict=True)))
        assert [i.when for i in store.incidents(Which(since=D(2020, 3, 9)))] == [long, day]
        assert [i.when for i in store.incidents(Which(since=D(2020, 3, 9), limit=1))] == [long]
        assert [i.when for i in store.incidents(Which(since=D(2019, 1, 1)))] == [long, over, day]


def test_a_kind_and_place_that_a_person_gave_are_found_in_a_cut_before_the_record_is_linked_again(where):
    early, late = report("early", D(2020, 3, 12)), report("late", D(2020, 3, 20))
    with Store.open(where) as store:
        filled(store, (early, [event(early)]), (late, [event(late)]))
        (found,) = store.incidents()
        told = Review(
            incident=found.id,
            verdict="correct",
            reviewer="A",
            note="",
            statements=found.statements,
            values={"kind": "bombing", "admin1": "Anbar"},
        )
        store.put_reviews([told])
        which = Which(kind="bombing", admin1="Anbar", country="IQ")
        seen = store.incidents(which, as_of=D(2020, 3, 15), link=partial(link, reviews=store.reviews()))
        assert [(i.id, i.kind) for i in seen] == [(found.id, "bombing")]


DAYS = [None, D(2020, 3, 12), D(2020, 3, 13), D(2020, 3, 15)]
REPORTS = [report(f"r{n}", DAYS[n % 4]) for n in range(8)]
events = st.builds(
    event,
    st.sampled_from(REPORTS),
    st.sampled_from(["shelling", "bombing", "raid"]),
    st.sampled_from([D(2020, 3, 10), D(2020, 3, 11), D(2020, 3, 12)]),
    st.sampled_from([(TAJI,), (TAJI,), (place("Ramadi", "Anbar"),), (place("Aleppo", "Aleppo", "SY"),), ()]),
    n=st.integers(0, 99),
    killed=st.none() | st.integers(0, 5),
)


@settings(max_examples=25, deadline=None)
@given(told=st.lists(events, max_size=10, unique_by=lambda s: s.id))
def test_a_cut_in_time_holds_only_what_was_published_by_then_and_every_statement_of_it_once(told):
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
        filled(store, *((r, [s for s in told if s.report == r.id]) for r in REPORTS))
        for day in (D(2020, 3, 11), D(2020, 3, 12), D(2020, 3, 14), D(2020, 3, 15)):
            seen = store.incidents(as_of=day, link=link)
            stand = sorted(s for i in seen for s in i.statements)
            assert stand == sorted(s.id for s in store.statements(as_of=day, cls="event"))
            assert all(i.published is not None and i.published <= day for i in seen)
        assert values(store.incidents()) == values(link(told, REPORTS))


choices = st.builds(
    Which,
    kind=st.sampled_from(["", "shelling", "bombing", "raid"]),
    family=st.sampled_from([None, Family.ATTACK, Family.OPERATION]),
    country=st.sampled_from(["", "IQ", "SY"]),
    admin1=st.sampled_from(["", "Baghdad", "Anbar"]),
    since=st.sampled_from([None, D(2020, 3, 11), D(2020, 3, 12)]),
    until=st.sampled_from([None, D(2020, 3, 10), D(2020, 3, 11)]),
    limit=st.sampled_from([None, 1, 2]),
)


@settings(max_examples=12, deadline=None)
@given(told=st.lists(events, max_size=10, unique_by=lambda s: s.id), asked=st.lists(choices, min_size=4, max_size=4))
def test_a_page_is_the_part_of_the_whole_that_was_asked_for_on_every_cut(told, asked):
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
        filled(store, *((r, [s for s in told if s.report == r.id]) for r in REPORTS))
        for as_of in (None, D(2020, 3, 12), D(2020, 3, 13)):
            whole = store.incidents(as_of=as_of, link=link)
            for which in asked:
                page = store.incidents(which, as_of=as_of, link=link)
                assert page == [i for i in whole if which.takes(i)][: which.limit]
