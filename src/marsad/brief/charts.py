"""Pictures of a brief: map, timeline, tempo, posture by force, odds. Altair specifications turned to SVG or PNG without a browser.

An Arabic picture runs from right to left as its text does, and its words are shaped by the font that the page embeds.
"""

import gzip
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import altair as alt

from marsad.brief import names
from marsad.brief.fonts import EMBEDDED, FAMILY, FOLDER
from marsad.brief.periods import period_words
from marsad.brief.sections import gaps, outlook
from marsad.brief.sections.signals import unit_names
from marsad.brief.writer import Writer
from marsad.records import Incident
from marsad.scales import DatePrecision, Family

COLOURS: dict[Family, str] = {
    Family.ATTACK: "#b42318", Family.POSTURE: "#1d5f8a", Family.OPERATION: "#7a5a9e", Family.CONTROL: "#c27803",
    Family.UNREST: "#4d7c4a", Family.MEASURE: "#6b7280",
}  # fmt: skip
"""Told apart by people with any of the common colour deficiencies, and by shape and row as well."""
INK, QUIET, LINE, LAND = "#1f2933", "#5b6670", "#d5dbe1", "#eef1f4"
WIDTH = 430
"""Pixels. A phone shows it at 85%, so that its 13-pixel letters stay readable."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its key, title, a text that says what it shows, a note, and its Vega-Lite specification."""

    key: str
    title: str
    alt: str
    note: str
    spec: dict[str, Any]
    legend: tuple[tuple[str, str], ...] = ()  # (colour, label)


def figures(w: Writer) -> list[Figure]:
    """Every picture that the material can fill."""
    made = [_map(w), _timeline(w), _tempo(w), _forces(w), _odds(w)]
    return [f for f in made if f is not None]


PLACES = {"map": ("map", "timeline", "tempo"), "posture": ("forces",), "outlook": ("odds",)}
"""Which pictures stand in which section."""


def drawn(figure: Figure, w: Writer) -> str:
    """The picture as SVG text, set in FAMILY."""
    return str(_converter().vegalite_to_svg(figure.spec, time_format_locale=_months(w)))


def svg(figure: Figure, w: Writer) -> str:
    """The picture as SVG text for a page that embeds the font."""
    return drawn(figure, w).replace(FAMILY, f"{EMBEDDED}, {FAMILY}")


def png(figure: Figure, w: Writer, scale: float = 2.0) -> bytes:
    """The picture as PNG."""
    return bytes(_converter().vegalite_to_png(figure.spec, scale=scale, time_format_locale=_months(w)))


@cache
def _converter() -> Any:
    import vl_convert  # noqa: PLC0415 (starts a JavaScript engine)

    vl_convert.register_font_directory(str(FOLDER))
    return vl_convert


def _months(w: Writer) -> dict[str, Any]:
    short = [rtl(w, m) for m in w.words.book["months"]["short"]]
    days = ["-"] * 7
    return {
        "dateTime": "%x", "date": "%x", "time": "%X", "periods": ["AM", "PM"], "days": days, "shortDays": days,
        "months": short, "shortMonths": short,
    }  # fmt: skip


def rtl(w: Writer, text: str) -> str:
    """Text that a picture must set right to left although its number comes first."""
    return f"\u202b{text}\u202c" if w.lang == "ar" else text


def _spec(chart: Any, height: int) -> dict[str, Any]:
    text = {"labelFont": FAMILY, "titleFont": FAMILY, "labelFontSize": 13, "labelColor": INK, "titleColor": QUIET}
    made = chart.properties(width=WIDTH, height=height, background="transparent")
    made = made.configure(autosize=alt.AutoSizeParams(type="fit", contains="padding"), padding=4, font=FAMILY, aria=False)
    made = made.configure_axis(**text, gridColor=LINE, domainColor=LINE, tickColor=LINE, labelLimit=175)
    spec: dict[str, Any] = made.configure_view(stroke=None).to_dict()
    return spec


def _chart(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def _legend(w: Writer, families: Sequence[Family]) -> tuple[tuple[str, str], ...]:
    return tuple((COLOURS[f], w.words.label("families", f)) for f in Family if f in families)


# --- map


@cache
def _shapes() -> dict[str, list[dict[str, Any]]]:
    packed = files("marsad.codebooks").joinpath("places", "admin1.geojson.gz").read_bytes()
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in json.loads(gzip.decompress(packed))["features"]:
        by_country[feature["properties"]["country"]].append(feature)
    return dict(by_country)


def _map(w: Writer) -> Figure | None:
    country = gaps.leading_country(w.material.current)
    points = _points(w, country)
    if not country or (country not in _shapes() and not points):
        return None
    layers: list[alt.Chart] = [*_land(w, country), *_dots(points)]
    chart = alt.layer(*layers).project(type="mercator" if country in _shapes() else "equirectangular")
    families = [Family(p["family"]) for p in points]
    note = w.words.phrase("map_note" if country in _shapes() else "no_map")
    alt_text = w.words.phrase("map_alt", place=names.country(country, w.lang))
    return Figure("map", w.words.phrase("map_title"), alt_text, note, _spec(chart, 440), _legend(w, families))


def _points(w: Writer, country: str) -> list[dict[str, Any]]:
    """One row for each place with a known point and family; a place known only as an area has no point."""
    rows: Counter[tuple[float, float, str, Family]] = Counter()
    for i in w.material.current:
        for p in i.places[:1]:
            if p.country == country and p.lat is not None and p.lon is not None and not gaps.coarse(i):
                rows[p.lon, p.lat, names.place(p, w.lang), i.family] += 1
    made = [{"lon": x, "lat": y, "name": rtl(w, n), "family": f.value, "n": c} for (x, y, n, f), c in sorted(rows.items())]
    return sorted(made, key=lambda r: -int(str(r["n"])))


def _land(w: Writer, country: str) -> list[alt.Chart]:
    counts = Counter(p.admin1 for i in w.material.current for p in i.places[:1] if p.country == country and p.admin1)
    shapes = [
        {**f, "properties": {"name": f["properties"]["name"], "n": counts[f["properties"]["name"]]}} for f in _shapes().get(country, [])
    ]  # fmt: skip
    if not shapes:
        return []
    most = max([*counts.values(), 1])
    shade = alt.Color(
        "properties.n:Q", scale=alt.Scale(domain=[0, most], range=[LAND, "#e3bfa9"], interpolate="rgb"), legend=None
    )
    land = _chart(shapes).mark_geoshape(stroke="#ffffff", strokeWidth=1.2).encode(color=shade)
    labels = [
        {"lon": x, "lat": y, "text": rtl(w, names.unit(country, name, w.lang))}
        for f in shapes
        if (name := f["properties"]["name"]) and (len(shapes) <= 20 or counts[name])
        for x, y in [_middle_of(f["geometry"])]
    ]
    text = _chart(labels).mark_text(fontSize=11.5, color="#52606d").encode(
        longitude="lon:Q", latitude="lat:Q", text="text:N"
    )  # fmt: skip
    return [land, text]


def _middle_of(geometry: dict[str, Any]) -> tuple[float, float]:
    """Where the label of an area stands: the centroid of its largest ring (of a polygon, by the shoelace formula)."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    best = (0.0, 0.0, -1.0)
    for ring in (p[0] for p in polygons):
        pairs = list(itertools.pairwise(ring))
        cross = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
        area = sum(cross) / 2
        if abs(area) > best[2]:
            x = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, cross, strict=True)) / (6 * area)
            y = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, cross, strict=True)) / (6 * area)
            best = (x, y, abs(area))
    return best[0], best[1]


def _dots(points: list[dict[str, Any]]) -> list[alt.Chart]:
    if not points:
        return []
    base = _chart(points).encode(longitude="lon:Q", latitude="lat:Q")
    most = max(p["n"] for p in points)
    size = alt.Size("n:Q", scale=alt.Scale(domain=[1, max(most, 2)], range=[90, 90 if most == 1 else 620]), legend=None)
    dots = base.mark_point(filled=True, opacity=0.82, stroke="#ffffff", strokeWidth=1.2).encode(
        size=size, color=_family_colour(), shape=_family_shape()
    )  # fmt: skip
    return [dots]


def _family_colour() -> alt.Color:
    order = [f.value for f in Family]
    return alt.Color("family:N", scale=alt.Scale(domain=order, range=[COLOURS[Family(f)] for f in order]), legend=None)


def _family_shape() -> alt.Shape:
    shapes = {"attack": "circle", "operation": "square", "control": "cross", "posture": "diamond", "unrest": "triangle-up"}
    order = [f.value for f in Family]
    return alt.Shape(
        "family:N", scale=alt.Scale(domain=order, range=[shapes.get(f, "triangle-down") for f in order]), legend=None
    )


# --- time


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


def _timeline(w: Writer) -> Figure | None:
    found = _dated(w)
    if not found:
        return None
    rows = [
        {"day": max(i.when.start, w.material.period[0]).isoformat(), "family": i.family.value,
         "row": rtl(w, w.words.label("families", i.family)), "killed": (i.killed.best or i.killed.low or 0) if i.killed else 0}
        for i in found if i.when
    ]  # fmt: skip
    used = [f for f in Family if any(r["family"] == f for r in rows)]
    most = max([int(str(r["killed"])) for r in rows] + [1])
    base = _chart(rows).encode(
        x=_time(w), color=_family_colour(), shape=_family_shape(),
        y=alt.Y("row:N", sort=[rtl(w, w.words.label("families", f)) for f in used], axis=_side(w)),
        size=alt.Size("killed:Q", scale=alt.Scale(domain=[0, most], range=[70, 420]), legend=None),
    )  # fmt: skip
    chart = base.mark_point(filled=True, opacity=0.6, stroke="#ffffff", strokeWidth=0.8)
    period = w.words.phrase("period", days=w.words.days(*w.material.period))
    alt_text = w.words.phrase("timeline_alt", period=period)
    note = w.words.phrase("timeline_note")
    return Figure("timeline", w.words.phrase("timeline_title"), alt_text, note, _spec(chart, 44 * len(used) + 40))


def _tempo(w: Writer) -> Figure | None:
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
    chart = _chart(rows).mark_bar(stroke="#ffffff", strokeWidth=0.6).encode(
        x=x, x2="end:T", y=y, color=_family_colour(), order=alt.Order("family:N")
    )  # fmt: skip
    period = w.words.phrase("period", days=w.words.days(start, end))
    used = [f for f in Family if any(r["family"] == f for r in rows)]
    alt_text = w.words.phrase("tempo_alt", period=period)
    return Figure("tempo", w.words.phrase("tempo_title"), alt_text, "", _spec(chart, 150), _legend(w, used))


def _forces(w: Writer) -> Figure | None:
    rows = [
        {"day": i.when.start.isoformat(), "force": rtl(w, w.actor(a).removeprefix("the ")), "kind": i.kind}
        for i in _dated(w) if i.family is Family.POSTURE and i.when for a in i.actors if w.actors([a])
    ]  # fmt: skip
    if len(rows) < 2:
        return None
    order = [f for f, _ in Counter(r["force"] for r in rows).most_common(10)]
    rows = [r for r in rows if r["force"] in order]
    kinds = [k for k, shade in KIND_COLOURS.items() if any(r["kind"] == k for r in rows)]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[KIND_COLOURS[k] for k in kinds]), legend=None)
    chart = _chart(rows).mark_point(filled=True, size=110, shape="diamond", opacity=0.75).encode(
        x=_time(w), y=alt.Y("force:N", sort=order, axis=_side(w)), color=colour
    )  # fmt: skip
    period = w.words.phrase("period", days=w.words.days(*w.material.period))
    legend = tuple((KIND_COLOURS[k], w.kind(k)) for k in kinds)
    alt_text = w.words.phrase("forces_alt", period=period)
    return Figure("forces", w.words.phrase("forces_title"), alt_text, "", _spec(chart, 30 * len(order) + 40), legend)


KIND_COLOURS = {
    "withdrawal": "#b42318", "reduction": "#e07a3f", "suspension": "#c99700", "handover": "#7a5a9e", "redeployment": "#1d5f8a",
    "retasking": "#6b7280", "resumption": "#3b8f8a", "deployment": "#2e7d46",
}  # fmt: skip


def _odds(w: Writer) -> Figure | None:
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
    base = _chart(rows).encode(x=x, y=y)
    bars = base.mark_bar(color="#1d5f8a", height=14)
    period = period_words(w, found[0].target)
    alt_text = w.words.phrase("odds_alt", period=period)
    return Figure("odds", w.words.phrase("odds_head"), alt_text, period, _spec(alt.layer(bars), 30 * len(rows) + 36))
