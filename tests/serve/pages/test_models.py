"""What pages are made of: pictures that stay in their frame, passages that keep every letter, a queue that asks for what matters."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.brief import make

from marsad.brief.words import Words, visible
from marsad.records import Report, Span, Statement, Toll
from marsad.serve import drawing
from marsad.serve.models import passage, queue, tempo, told
from marsad.serve.models.filters import Filter, box, chosen
from marsad.serve.pages.overview import REST, visits
from marsad.verdicts import Review

COUNTS = st.dictionaries(st.sampled_from(drawing.FAMILIES), st.integers(0, 9999), max_size=6)


@given(st.lists(COUNTS, min_size=1, max_size=60), st.booleans())
def test_columns_stay_in_their_frame_and_mirror(counts, rtl):
    periods = [{"counts": c} for c in counts]
    p = drawing.columns(periods, rtl=rtl)
    for b in p["bars"]:
        assert -0.2 <= b["x"] <= b["x"] + b["w"] <= p["width"] + 0.2
        assert -0.2 <= b["y"] <= b["y"] + b["h"] <= p["height"] + 0.2
    assert [h["total"] for h in p["hits"]] == [sum(c.values()) for c in counts]
    xs = [h["x"] for h in p["hits"]]
    assert xs == sorted(xs, reverse=rtl)


@given(st.floats(0, 1e9), st.integers(2, 8))
def test_ticks_begin_at_nothing_and_reach_the_top(most, steps):
    ticks = drawing.nice(most, steps)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert len(ticks) <= 2 * steps + 2
    assert all(t == int(t) for t in ticks)


def test_a_missing_period_breaks_the_line_of_a_fan():
    past = [("2020-W01", 1.0), ("2020-W02", 2.0), ("2020-W03", None), ("2020-W04", 0.0)]
    ahead = [{"label": "2020-W05", "q05": 0, "q25": 0, "q50": 1, "q75": 2, "q95": 5}]
    assert [len(run) for run in drawing.fan(past, ahead)["lines"]] == [2, 1]
    assert drawing.fan([], ahead)["dots"] == []


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=20))
def test_every_point_of_a_map_lies_on_it(points):
    p = drawing.land("", [{"lon": x, "lat": y} for x, y in points])
    assert all(-1 <= c["x"] <= p["width"] + 1 and -1 <= c["y"] <= p["height"] + 1 for c in p["points"])


@given(
    st.text(max_size=300),
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 300), st.sampled_from(["", "kind", "killed", "places"])), max_size=8
    ),
)
def test_a_passage_keeps_every_letter(text, spans):
    piece = {"text": text, "marks": [{"start": min(a, b), "end": max(a, b), "slot": s} for a, b, s in spans]}
    made = str(passage.html(piece))
    plain, inside = [], False
    for char in made:
        inside = char == "<" or (inside and char != ">")
        if not inside and char != ">":
            plain.append(char)
    assert unescape("".join(plain)) == visible(text)


@given(st.text(max_size=5000), st.integers(0, 6000), st.integers(1, 900))
def test_pages_of_a_text_follow_each_other_without_gap(text, start, size):
    span = passage.page_of(text, 0, size)
    seen = text[span.start : span.end]
    while span.end < len(text):
        span = passage.page_of(text, span.end, size)
        assert span.end > span.start
        seen += text[span.start : span.end]
    assert seen == text
    here = passage.page_of(text, start, size)
    assert 0 <= here.start <= here.end <= len(text)


def incident():
    reports, statements = make.taji()
    return make.material(reports, statements).incidents[0]


def test_the_queue_asks_first_for_what_is_grave_and_doubtful():
    i = incident()
    harmless = replace(i, id="i-0", killed=None, differences=(), voices=3, actors=("NATO",))
    grave = replace(i, id="i-1", killed=Toll(low=20, best=20, high=20))
    single = replace(i, id="i-2", killed=Toll(low=20, best=20, high=20), voices=1, differences=())
    rows = queue.queue(told.writer("en"), [harmless, single, grave], {})
    assert [r["id"] for r in rows] == ["i-1", "i-2", "i-0"]
    assert rows[-1]["worth"] == 0
    assert "disputed" in rows[0]["reasons"]


def test_what_was_reviewed_comes_back_only_with_new_reports():
    i = incident()
    done = Review(incident=i.id, verdict="confirm", reviewer="RH", statements=i.statements)
    assert queue.queue(told.writer("en"), [i], {i.id: done}) == []
    before = replace(done, statements=i.statements[:1])
    assert queue.queue(told.writer("en"), [i], {i.id: before})[0]["reasons"][0] in ("disputed", "new_reports")
    assert queue.queue(told.writer("en"), [replace(i, review="rejected")], {}) == []
    joined = replace(done, verdict="merge", statements=i.statements[:1], others=i.statements[1:])
    assert queue.queue(told.writer("en"), [i], {i.id: joined}) == []
    torn = replace(done, verdict="split", statements=("s-out",))
    assert "new_reports" not in queue.queue(told.writer("en"), [i], {i.id: torn})[0]["reasons"]


@pytest.mark.parametrize(("toll", "shown"), [
    (None, ""), (Toll(low=3, best=3, high=3), "3"), (Toll(low=0, best=0, high=0), "0"), (Toll(low=1, best=2, high=5), "1–5"),
    (Toll(low=5, best=5), "5+"), (Toll(low=24), "24+"),
])  # fmt: skip
def test_a_toll_as_figures(toll, shown):
    assert told.persons(toll) == shown


def test_a_place_is_a_point_an_area_or_not_known():
    here = make.place(make.taji()[0][0], "Taji base")
    assert told.placed(here) == "point"
    assert told.placed(replace(here, lat=None, lon=None)) == "area"
    assert told.placed(replace(here, lat=None, lon=None, country="", gazetteer="", precision=None)) == "unresolved"
    assert told.placed(None) == "untold"


@given(st.builds(
    Filter, kind=st.sampled_from(["", "attack", "shelling"]), area=st.sampled_from(["", "IQ", "IQ/Diyala"]), since=st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    actor=st.sampled_from(["", "nato", "a&b=c"]), realis=st.sampled_from(["", "any", "denied"]), confidence=st.sampled_from(["", "single"]), least=st.sampled_from([None, 0.0, 0.7, 1.0]), box=st.none() | st.just((1.5, 2.0, 3.0, 4.25)),
))  # fmt: skip
def test_the_address_holds_the_whole_choice(asked):
    query = asked.query()
    assert (
        asyncio.run(
            chosen(
                **{
                    "kind": "",
                    "area": "",
                    "since": "",
                    "until": "",
                    "actor": "",
                    "source": "",
                    "realis": "",
                    "confidence": "",
                    "least": "",
                    "bbox": "",
                    **query,
                }
            )
        )
        == asked
    )
    assert box(query.get("bbox", "")) == asked.box


def test_tempo_counts_each_day_once_and_shows_empty_periods():
    days = [(date(2020, 3, 2), "attack", 2), (date(2020, 3, 29), "posture", 1)]
    columns = tempo.tempo(Words("ar"), days, "W", date(2020, 3, 2), date(2020, 3, 29))
    assert [sum(c["counts"].values()) for c in columns] == [2, 0, 0, 1]
    assert tempo.families(columns) == ["attack", "posture"]
    assert tempo.freq_for(date(2020, 1, 1), date(2020, 1, 20)) == "D"
    assert tempo.freq_for(date(2000, 1, 1), date(2020, 1, 20)) == "M"


def test_a_visit_begins_anew_after_a_rest():
    now = datetime(2020, 5, 1, 12, tzinfo=UTC)
    earlier, short = now - timedelta(days=2), now - REST / 2

    def cookie(before: datetime, last: datetime) -> str:
        return f"{int(before.timestamp())}.{int(last.timestamp())}"

    assert visits(cookie(earlier, earlier), now) == (earlier, now)
    assert visits(cookie(earlier, short), now) == (earlier, now)
    assert visits("", now) == (now - timedelta(days=7), now)
    assert visits("9" * 30 + ".1", now)[0] == now - timedelta(days=7)


def test_silent_sentences_are_those_that_no_statement_rests_on():
    text = "Rockets hit the base. The weather was fine. Nobody was hurt."
    said = Statement(id="s", report="r", cls="event", anchor=Span(0, 20))
    found = passage.silent(text, 0, [said])
    assert [s["text"] for s in found] == ["The weather was fine.", "Nobody was hurt."]
    assert passage.around(Report(id="r", text=text, lang="en"), said) == Span(0, len(text))
