"""Pictures over time: when, how many a week, which force; and the odds of the next period."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import altair as alt

from marsad.brief.charts.base import INK, Figure, chart, family_colour, family_shape, legend, rtl, spec
from marsad.brief.periods import days_of, period_words
from marsad.brief.sections import outlook
from marsad.brief.sections.signals import unit_names
from marsad.brief.writer import Writer
from marsad.records import Incident, reckoned
from marsad.scales import DatePrecision, Family

CROWD = 400
"""Incidents that can still be told apart one by one."""


def _dated(w: Writer) -> list[Incident]:
    return [i for i in w.material.current if i.when is not None and i.when.precision <= DatePrecision.WEEK]


def _time(w: Writer, field: str = "day:T", domain: tuple[date, date] | None = None) -> alt.X:
    start, end = domain or w.material.period
    long = (end - start).days > 45
    axis = alt.Axis(
        title=None, grid=True, format="%B" if long else "%-d/%-m", tickCount={"interval": "month", "step": 1} if long else 6,
        labelOverlap=True, labelFlush=False,
    )  # fmt: skip
    scale = alt.Scale(domain=[start.isoformat(), end.isoformat()], reverse=w.lang == "ar", padding=8)
    return alt.X(field, axis=axis, scale=scale)


def _side(w: Writer, **more: Any) -> alt.Axis:
    return alt.Axis(title=None, orient="right" if w.lang == "ar" else "left", domain=False, ticks=False, **more)


def _by_day(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sums: Counter[tuple[str, str, str]] = Counter()
    for r in rows:
        sums[r["day"], r["family"], r["row"]] += r["killed"]
    return [{"day": d, "family": f, "row": row, "killed": n} for (d, f, row), n in sorted(sums.items())]


def timeline(w: Writer) -> Figure | None:
    """When: a mark for each incident, or for each day of a family where there are too many to tell apart."""
    found = _dated(w)
    if not found:
        return None
    rows = [
        {"day": max(i.when.start, w.material.period[0]).isoformat(), "family": i.family.value,
         "row": rtl(w, w.words.label("families", i.family)), "killed": reckoned(i.killed) or 0}
        for i in found if i.when
    ]  # fmt: skip
    many = len(rows) > CROWD
    if many:
        rows = _by_day(rows)
    used = [f for f in Family if any(r["family"] == f for r in rows)]
    most = max([int(str(r["killed"])) for r in rows] + [1])
    base = chart("rows").encode(
        x=_time(w), color=family_colour(), shape=family_shape(),
        y=alt.Y("row:N", sort=[rtl(w, w.words.label("families", f)) for f in used], axis=_side(w)),
        size=alt.Size("killed:Q", scale=alt.Scale(domain=[0, most], range=[70, 420]), legend=None),
    )  # fmt: skip
    marks = base.mark_point(filled=True, opacity=0.6, stroke="#ffffff", strokeWidth=0.8)
    period = w.words.phrase("period", days=w.words.days(*w.material.period))
    alt_text = w.words.phrase("timeline_alt", period=period)
    note = w.words.phrase("timeline_note_days" if many else "timeline_note")
    return Figure("timeline", w.words.phrase("timeline_title"), alt_text, note, spec(marks, 44 * len(used) + 40, rows=rows))


def tempo(w: Writer) -> Figure | None:
    """How many incidents a week; a mark over the weeks in which a signal was found."""
    counts: Counter[tuple[date, Family]] = Counter()
    for i in _dated(w):
        if i.when:
            counts[i.when.start - timedelta(days=i.when.start.weekday()), i.family] += 1
    if len({week for week, _ in counts}) < 2:
        return None
    rows = [
        {"week": week.isoformat(), "end": (week + timedelta(days=6)).isoformat(), "family": f.value, "n": n}
        for (week, f), n in sorted(counts.items())
    ]
    start, end = w.material.period
    x = _time(w, "week:T", (start - timedelta(days=start.weekday()), end + timedelta(days=6 - end.weekday())))
    y = alt.Y("sum(n):Q", axis=_side(w, tickMinStep=1, tickCount=4, format="d"))
    bars = chart("rows").mark_bar(stroke="#ffffff", strokeWidth=0.6).encode(
        x=x, x2="end:T", y=y, color=family_colour(), order=alt.Order("family:N")
    )  # fmt: skip
    found = sorted({max(days_of(s.period)[0], start).isoformat() for s in w.material.signals if not s.thin})
    flags = (
        chart("signals").mark_point(shape="triangle-down", filled=True, size=90, color=INK).encode(x="week:T", y=alt.value(4))
    )
    marked = alt.layer(bars, flags) if found else bars
    note = w.words.phrase("tempo_note") if found else ""
    period = w.words.phrase("period", days=w.words.days(start, end))
    used = [f for f in Family if any(r["family"] == f for r in rows)]
    alt_text = w.words.phrase("tempo_alt", period=period)
    return Figure(
        "tempo",
        w.words.phrase("tempo_title"),
        alt_text,
        note,
        spec(marked, 150, rows=rows, signals=[{"week": d} for d in found]),
        legend(w, used),
    )


def forces(w: Writer) -> Figure | None:
    """Which force changed its posture when, by kind of change."""
    rows = [
        {"day": i.when.start.isoformat(), "force": rtl(w, w.actor(a).removeprefix("the ")), "kind": i.kind}
        for i in _dated(w) if i.family is Family.POSTURE and i.when for a in i.actors if w.actors([a])
    ]  # fmt: skip
    if len(rows) < 2:
        return None
    order = [f for f, _ in Counter(r["force"] for r in rows).most_common(10)]
    rows = [dict(r) for r in sorted({tuple(r.items()) for r in rows if r["force"] in order})]
    kinds = [k for k, shade in KIND_COLOURS.items() if any(r["kind"] == k for r in rows)]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[KIND_COLOURS[k] for k in kinds]), legend=None)
    marks = chart("rows").mark_point(filled=True, size=110, shape="diamond", opacity=0.75).encode(
        x=_time(w), y=alt.Y("force:N", sort=order, axis=_side(w)), color=colour
    )  # fmt: skip
    period = w.words.phrase("period", days=w.words.days(*w.material.period))
    legend = tuple((KIND_COLOURS[k], w.kind(k)) for k in kinds)
    alt_text = w.words.phrase("forces_alt", period=period)
    return Figure("forces", w.words.phrase("forces_title"), alt_text, "", spec(marks, 30 * len(order) + 40, rows=rows), legend)


KIND_COLOURS = {
    "withdrawal": "#b42318", "reduction": "#e07a3f", "suspension": "#c99700", "handover": "#7a5a9e", "redeployment": "#1d5f8a",
    "retasking": "#6b7280", "resumption": "#3b8f8a", "deployment": "#2e7d46",
}  # fmt: skip


def odds(w: Writer) -> Figure | None:
    """The odds of at least one event in the next period."""
    found = [f for f in outlook.ahead(w) if outlook.some(f) >= outlook.FLOOR][: outlook.MOST]
    if not found:
        return None
    rows = []
    for f in found:
        area, family = unit_names(w, f.unit)
        rows.append(
            {"unit": rtl(w, f"{area} · {family}"), "p": outlook.some(f), "word": rtl(w, w.words.percent(outlook.some(f)))}
        )
    x = alt.X(
        "p:Q", scale=alt.Scale(domain=[0, 1], reverse=w.lang == "ar"), axis=alt.Axis(format="%", title=None, tickCount=5)
    )
    y = alt.Y("unit:N", sort=[str(r["unit"]) for r in rows], axis=_side(w))
    base = chart("rows").encode(x=x, y=y)
    bars = base.mark_bar(color="#1d5f8a", height=14)
    period = period_words(w, found[0].target)
    alt_text = w.words.phrase("odds_alt", period=period)
    return Figure("odds", w.words.phrase("odds_head"), alt_text, period, spec(bars, 30 * len(rows) + 36, rows=rows))
