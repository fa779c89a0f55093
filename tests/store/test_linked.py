"""Store and link together: what is seen as of a day is what would have been linked on that day."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.make import event, report

from marsad.link import link
from marsad.records import Incident
from marsad.store import Store, Which

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


DAYS = [None, D(2020, 3, 12), D(2020, 3, 13), D(2020, 3, 15)]
REPORTS = [report(f"r{n}", DAYS[n % 4]) for n in range(8)]
events = st.builds(
    event,
    st.sampled_from(REPORTS),
    st.sampled_from(["shelling", "raid"]),
    st.sampled_from([D(2020, 3, 10), D(2020, 3, 11), D(2020, 3, 12)]),
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
