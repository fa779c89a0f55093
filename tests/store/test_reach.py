"""What the pages ask of the whole record at once: how far it reaches, from whom, what rests on what, and whether it changed."""

import random
from dataclasses import replace
from datetime import date

import pytest
from tests.store.make import READER, Ticks, event, incident, report

from marsad.scales import Sensitivity
from marsad.store import Store

D = date


@pytest.fixture
def store(where):
    with Store.open(where, now=Ticks()) as opened:
        yield opened


def test_reach_counts_only_what_a_level_may_see(store):
    hidden = replace(report("hidden words", D(2020, 4, 9), "S"), sensitivity=Sensitivity.INTERNAL)
    twice = report("told twice", D(2020, 3, 12), "S")
    store.put_reports(
        [
            twice,
            replace(twice, source="T", published=D(2020, 3, 14), url="https://example.org/t"),
            report("undated", None, "U"),
            hidden,
        ]
    )
    assert store.reach(Sensitivity.INTERNAL) == (3, D(2020, 3, 12), D(2020, 4, 9))
    assert store.reach(Sensitivity.PUBLIC) == (2, D(2020, 3, 12), D(2020, 3, 14))
    assert store.reach(Sensitivity.INTERNAL, as_of=D(2020, 3, 13)) == (1, D(2020, 3, 12), D(2020, 3, 12))
    assert store.outlets(Sensitivity.PUBLIC) == [("S", 1, D(2020, 3, 12)), ("T", 1, D(2020, 3, 14)), ("U", 1, None)]
    assert {s: n for s, n, _ in store.outlets(Sensitivity.INTERNAL)}["S"] == 2


def test_a_report_with_one_guarded_sighting_is_out_of_reach(store):
    seen = report("seen in two places", D(2020, 3, 12), "S")
    store.put_reports([seen, replace(seen, source="T", sensitivity=Sensitivity.PARTNERS)])
    assert store.reach(Sensitivity.PUBLIC) == (0, None, None)
    assert store.outlets(Sensitivity.PUBLIC) == []


def test_statements_lead_to_the_incident_that_rests_on_them_now(store):
    told = [report("one", D(2020, 3, 12)), report("two", D(2020, 3, 13))]
    store.put_reports(told)
    said = [event(r) for r in told]
    store.put_readings(READER, [(r.id, [s]) for r, s in zip(told, said, strict=True)])
    store.put_incidents([incident(said[0], name="i-a"), incident(said[1], name="i-b")])
    assert store.resting([s.id for s in said]) == {said[0].id: "i-a", said[1].id: "i-b"}
    store.put_incidents([incident(*said, name="i-a")])  # the other one has gone up in it
    assert store.resting([s.id for s in said] + ["none"]) == dict.fromkeys((s.id for s in said), "i-a")


def test_the_state_changes_with_every_write_of_the_record(store):
    states = [store.state()]
    told = report("words", D(2020, 3, 12))
    said = event(told)
    for write in (
        lambda: store.put_reports([told]), lambda: store.put_readings(READER, [(told.id, [said])]), lambda: store.put_incidents([incident(said)]),
        lambda: store.take_down(told.id, reason="asked"),
    ):  # fmt: skip
        write()
        states.append(store.state())
    assert len(set(states)) == len(states)
    assert store.state() == states[-1]


def test_the_reach_that_is_kept_is_the_reach_counted_anew(where):
    rng = random.Random(11)
    levels, days = list(Sensitivity), [None, *(D(2020, 3, n) for n in range(1, 9))]
    with Store.open(where, now=Ticks()) as kept:
        for _ in range(12):
            kept.put_reports(
                [
                    replace(
                        report(f"text {rng.randrange(25)}", rng.choice(days), rng.choice("ABC")),
                        sensitivity=rng.choice(levels),
                    )
                    for _ in range(rng.randrange(1, 6))
                ]
            )
            with Store.open(where) as fresh:
                for level in levels:
                    for cut in (None, *days[1:]):
                        assert kept.reach(level, as_of=cut) == fresh.reach(level, as_of=cut) == reach_of(fresh, level, cut)


def reach_of(store, level, cut):
    """The same by hand, over every sighting."""
    rank = list(Sensitivity).index
    seen, dates = 0, []
    for r in store.reports():
        sightings = store.sightings(r.id)
        told = [s["published"] for s in sightings if s["published"] is not None and (cut is None or s["published"] <= cut)]
        if max(rank(Sensitivity(s["sensitivity"])) for s in sightings) <= rank(level) and (told or cut is None):
            seen, dates = seen + 1, [*dates, *told]
    return seen, min(dates, default=None), max(dates, default=None)
