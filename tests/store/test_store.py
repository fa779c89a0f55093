"""What the store promises: nothing twice, nothing lost, nothing seen before its time."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.store.make import READER, Ticks, event, incident, report

from marsad.collect import collect_paths
from marsad.errors import UsageError
from marsad.records import Difference, Rejection, Signal, Statement
from marsad.scales import Family, Sensitivity
from marsad.store import Store, Which

D = date


@pytest.fixture
def clock():
    return Ticks()


@pytest.fixture
def store(where, clock):
    with Store.open(where, now=clock) as opened:
        yield opened


def test_a_report_comes_back_as_it_went_in(store, clock):
    given = report("  a text\nto the letter ", D(2020, 3, 12))
    store.put_reports([given])
    assert list(store.reports()) == [replace(given, recorded=clock())]


def test_one_text_from_two_sources_is_one_report_with_two_sightings(store):
    taken = store.put_reports([report("a b", D(2020, 3, 12), "S"), report("a  b", D(2020, 3, 11), "T")])
    assert (taken.new, taken.again) == (1, 1)
    (held,) = store.reports()
    assert (held.source, held.published) == ("S", D(2020, 3, 11))
    assert [s["source"] for s in store.sightings(held.id)] == ["S", "T"]


def test_the_same_files_again_add_no_row(store, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text('{"text": "a"}\n{"text": "b"}\nbroken\n{"text": "a"}')
    first = store.put_reports(collect_paths([tmp_path / "in"]))
    before = store.counts()
    again = store.put_reports(collect_paths([tmp_path / "in"]))
    assert (first.new, first.again, len(first.rejected)) == (2, 1, 1)
    assert (again.new, len(again.rejected)) == (0, 1)
    assert store.counts() == before


def test_what_was_rejected_is_kept_with_its_bytes_and_reason(store):
    lost = Rejection(where="a.jsonl line 3", reason="not JSON", mend="Mend it.", raw=b"\x00\xff", size=2, sha256="0" * 64)
    store.put_reports([lost])
    assert store.rejected() == [lost]


def test_a_text_marked_internal_by_one_source_is_internal_for_all_at_any_time(store):
    store.put_reports([report("a", D(2020, 3, 1)), report("a", D(2020, 4, 1), "T", Sensitivity.INTERNAL)])
    assert [r.sensitivity for r in store.reports(as_of=D(2020, 3, 2))] == [Sensitivity.INTERNAL]


def test_on_the_published_clock_a_report_is_seen_from_its_publication_and_an_undated_one_never(store):
    store.put_reports([report("early", D(2020, 3, 1)), report("late", D(2020, 4, 1)), report("undated")])
    assert {r.text for r in store.reports(as_of=D(2020, 3, 31))} == {"early"}
    assert {r.text for r in store.reports(as_of=D(2020, 4, 1))} == {"early", "late"}
    assert len(list(store.reports())) == 3


def test_on_the_recorded_clock_a_report_is_seen_from_when_the_store_took_it(store, clock):
    clock.to(D(2024, 1, 1))
    store.put_reports([report("one", D(2020, 3, 1))])
    clock.to(D(2024, 2, 1))
    store.put_reports([report("two"), report("one", D(2020, 2, 1), "T")])
    assert [(r.text, r.published) for r in store.reports(as_of=D(2024, 1, 31), clock="recorded")] == [("one", D(2020, 3, 1))]
    assert {r.text for r in store.reports(as_of=D(2024, 2, 1), clock="recorded")} == {"one", "two"}
    assert not list(store.reports(as_of=datetime(2024, 1, 1, 11, tzinfo=UTC), clock="recorded"))


def test_a_clock_that_does_not_exist_is_refused(store):
    with pytest.raises(UsageError, match="no clock"):
        list(store.reports(clock="wall"))


def test_a_statement_comes_back_as_it_went_in_in_its_order(store):
    said = report("a", D(2020, 3, 12))
    store.put_reports([said])
    told = [event(said, n=2, killed=3), event(said, n=1)]
    assert store.put_readings(READER, [(said.id, told)]) == 2
    assert list(store.statements()) == told


def test_a_newer_reading_takes_over_even_where_it_finds_nothing_and_the_older_one_stays(store, clock):
    said = report("a", D(2020, 3, 12))
    store.put_reports([said])
    old = event(said)
    store.put_readings(READER, [(said.id, [old])])
    clock.to(D(2024, 3, 1))
    assert [r.id for r in store.unread("rules 2")] == [said.id]
    store.put_readings("rules 2", [(said.id, [])])
    assert list(store.unread("rules 2")) == list(store.statements()) == []
    assert list(store.statements(as_of=D(2024, 2, 1), clock="recorded")) == [old]
    assert store.statements_by_id([old.id]) == [old]


def test_the_same_reading_twice_adds_no_row(store):
    said = report("a")
    store.put_reports([said])
    store.put_readings(READER, [(said.id, [event(said)])])
    before = store.counts()
    assert store.put_readings(READER, [(said.id, [event(said)])]) == 0
    assert store.counts() == before


def test_statements_keep_to_both_clocks(store):
    early, undated = report("early", D(2020, 3, 1)), report("undated")
    store.put_reports([early, undated])
    store.put_readings(READER, [(early.id, [event(early)]), (undated.id, [event(undated)])])
    assert [s.report for s in store.statements(as_of=D(2020, 3, 1))] == [early.id]
    assert list(store.statements(as_of=D(2020, 2, 29))) == []
    assert len(list(store.statements(as_of=D(2024, 1, 1), clock="recorded"))) == 2


def test_what_reading_again_changed_is_shown_and_what_it_did_not_is_not(store):
    said, same = report("a", D(2020, 3, 12)), report("b", D(2020, 3, 12))
    store.put_reports([said, same])
    for reader, killed in ((READER, 2), ("rules 2", 3)):
        told = [event(said, killed=killed, reader=reader), event(said, n=1, reader=reader)]
        store.put_readings(reader, [(said.id, told), (same.id, [event(same, reader=reader)])])
    ((changed, gone, come),) = store.diff(READER, "rules 2")
    assert changed == said.id
    assert [s.killed.best for s in (*gone, *come) if s.killed] == [2, 3]


def told_twice(store) -> tuple[Statement, Statement]:
    early, late = report("early", D(2020, 3, 12)), report("late", D(2020, 3, 20))
    store.put_reports([early, late])
    a, b = event(early, killed=2), event(late, killed=3)
    store.put_readings(READER, [(early.id, [a]), (late.id, [b])])
    return a, b


def test_only_a_changed_incident_gains_a_version_and_one_that_is_gone_ends(store, clock):
    a, b = told_twice(store)
    one, two = incident(a, name="i1", published=D(2020, 3, 12)), incident(b, name="i2", published=D(2020, 3, 20))
    assert store.put_incidents([one, two]) == 2
    assert store.put_incidents([two, one]) == 0
    clock.to(D(2024, 2, 1))
    merged = incident(a, b, name="i1", killed=3, published=D(2020, 3, 12))
    assert store.put_incidents([merged]) == 2
    assert [(i.id, i.version) for i in store.incidents()] == [("i1", 2)]
    assert {i.id for i in store.incidents(as_of=D(2024, 1, 31), clock="recorded")} == {"i1", "i2"}
    assert [i.version for i in store.history("i1")] == [1, 2]
    changed = store.changes(datetime(2024, 1, 15, tzinfo=UTC))
    assert {(a.id if a else "", b.id if b else "") for a, b in changed} == {("i1", "i1"), ("i2", "")}


def test_an_incident_that_ended_may_come_back(store):
    a, b = told_twice(store)
    one, two = incident(a, name="i1"), incident(b, name="i2")
    store.put_incidents([one, two])
    store.put_incidents([one])
    assert store.put_incidents([one, two]) == 1
    assert {(i.id, i.version) for i in store.incidents()} == {("i1", 1), ("i2", 3)}


def test_a_later_toll_is_not_seen_before_it_was_published(store):
    a, b = told_twice(store)
    store.put_incidents([incident(a, b, killed=3, published=D(2020, 3, 12))])

    def link(statements, reports, earlier):
        assert [s.id for s in statements] == [a.id]
        assert {r.id for r in reports} == {a.report}
        return [incident(*statements, name=earlier[0].id, killed=2, published=D(2020, 3, 12))]

    (then,) = store.incidents(as_of=D(2020, 3, 15), link=link)
    assert then.killed is not None
    assert then.killed.best == 2
    (now,) = store.incidents(as_of=D(2020, 3, 20))
    assert now.killed is not None
    assert now.killed.best == 3
    assert store.incidents(as_of=D(2020, 3, 11), link=link) == []
    with pytest.raises(UsageError, match="both sides"):
        store.incidents(as_of=D(2020, 3, 15))


def test_incidents_are_chosen_by_kind_place_and_time(store):
    a, b = told_twice(store)
    store.put_incidents([incident(a, name="i1"), replace(incident(b, name="i2"), kind="bombing", places=())])
    assert [i.id for i in store.incidents(Which(kind="bombing"))] == ["i2"]
    assert [i.id for i in store.incidents(Which(country="IQ", admin1="Baghdad"))] == ["i1"]
    assert [i.id for i in store.incidents(Which(since=D(2020, 3, 12)))] == []
    assert len(store.incidents(Which(until=D(2020, 3, 11), family=Family.ATTACK))) == 2
    assert len(store.incidents(Which(limit=1))) == 1


def test_a_takedown_erases_the_words_everywhere_and_leaves_a_tombstone(store, tmp_path):
    said = report("Unmistakable words of the text that must go", D(2020, 3, 12))
    store.put_reports([said])
    told = replace(event(said), gist="Unmistakable gist")
    store.put_readings(READER, [(said.id, [told])])
    differ = Difference("place", (("التاجي", (told.id,)), ("Taji", ("other",))))
    store.put_incidents([replace(incident(told), differences=(differ,))])
    assert store.take_down(said.id, reason="asked by the author") == 2
    (left,) = store.reports()
    assert (left.text, left.title, left.source) == ("", "", "S")
    (kept,) = store.statements()
    assert (kept.gist, kept.places[0].name, kept.places[0].name_en, kept.kind) == ("", "Taji", "Taji", "shelling")
    assert store.incidents()[0].places[0].name == "Taji"
    assert [t.report for t in store.tombstones()] == [said.id]
    bytes_left = b"".join(f.read_bytes() for f in tmp_path.glob("s.db*"))
    assert b"Unmistakable" not in bytes_left
    assert "التاجي".encode() not in bytes_left


def test_a_text_that_was_taken_down_is_refused_and_its_words_are_not_kept(store):
    said = report("a text", D(2020, 3, 12))
    store.put_reports([said])
    store.take_down(said.id, reason="asked by the author")
    taken = store.put_reports([replace(said, text="a  text", source="elsewhere")])
    assert taken.new == 0
    assert "asked by the author" in taken.rejected[0].reason
    assert [r.raw for r in store.rejected()] == [None]
    assert len(store.sightings(said.id)) == 1
    assert list(store.unread(READER)) == []


def test_a_takedown_lets_go_of_rejected_bytes_that_hold_the_text(store):
    said = report('Unmistakable "words" of the text\nthat must go ' + "and more " * 20, D(2020, 3, 12))
    broken = json.dumps({"published": "8 نيسان", "text": said.text}).encode()
    lines = [broken, broken[:-3], said.text.encode(), b'{"text": "other words of another report']
    store.put_reports(
        [
            Rejection(where=f"a line {n}", reason="broken", mend="", raw=raw, size=len(raw), sha256=f"{n}")
            for n, raw in enumerate(lines)
        ]
    )
    store.put_reports([said])
    store.take_down(said.id, reason="asked by the author")
    assert [k.kept for k in store.rejected_inputs()] == [False, False, False, True]


def test_a_takedown_of_what_is_not_held_is_refused(store):
    with pytest.raises(UsageError, match="no such report"):
        store.take_down("0" * 64, reason="x")


def signal(as_of: date) -> Signal:
    return Signal(
        id="s1",
        unit="IQ attack",
        period="2020-03",
        method="record_high",
        version="1",
        params={"floor": 1.0},
        observed=9.0,
        expected=3.0,
        p=0.01,
        effect=(2.0, 3.0, 4.0),
        false_alarms_per_year=0.5,
        smallest_change_seen=None,
        headline_en="x",
        headline_ar="س",
        evidence=("i1",),
        as_of=as_of,
    )


def test_a_signal_keeps_to_its_data_cut_and_to_when_it_was_made(store, clock):
    store.put_products([signal(D(2020, 4, 1))])
    clock.to(D(2024, 6, 1))
    newer = replace(signal(D(2020, 5, 1)), observed=10.0)
    store.put_products([newer, newer])
    assert store.signals() == [newer]
    assert store.signals(as_of=D(2020, 4, 30)) == [signal(D(2020, 4, 1))]
    assert store.signals(as_of=D(2024, 2, 1), clock="recorded") == [signal(D(2020, 4, 1))]
    assert store.forecasts() == []


def test_a_run_notes_how_it_ended(store):
    with store.run("collect", "0.1", {"paths": 2}):
        pass
    with pytest.raises(ValueError, match="no"), store.run("read", "0.1", {}):
        raise ValueError("no")
    assert [(r["verb"], r["outcome"]) for r in store.runs()] == [("collect", "done"), ("read", "failed")]


@pytest.mark.parametrize("query", ["موصل", "الموصل", "المُوصل", "بالموصل انفجار", '"انفجار كبير"', "Anbar", "انبار", "أنبار"])
def test_a_word_is_found_with_clitics_and_without_hamza(store, query):
    texts = ("وقع انفجارٌ كبير وبالموصل جرحى، وفي الأنبار هدوء. Anbar", "لا شيء في البصرة", "a quiet day")
    reports = [report(t, D(2020, 3, 12)) for t in texts]
    store.put_reports(reports)
    assert store.search(query) == [reports[0].id]
    assert store.search("الموصل البصرة") == []


@pytest.mark.parametrize("query", ["", "في", "%", '"'])
def test_a_search_for_next_to_nothing_is_refused(store, query):
    with pytest.raises(UsageError, match="3 letters"):
        store.search(query)


@pytest.mark.parametrize("query", ["100%", "a_b", 'say "x', "'; DROP TABLE words", "AND OR", "NEAR(", "كذا*"])
def test_signs_of_the_search_language_are_plain_letters(store, query):
    store.put_reports([report("nothing of the kind", D(2020, 3, 12))])
    assert store.search(query) == []


def test_what_was_taken_down_is_not_found(store):
    said = report("Unmistakable words", D(2020, 3, 12))
    store.put_reports([said])
    store.take_down(said.id, reason="asked by the author")
    assert store.search("unmistakable") == []
