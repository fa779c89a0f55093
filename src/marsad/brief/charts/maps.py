"""The map: areas shaded by their incidents, marks where a point is known. A place known only as an area gets no point."""

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from marsad.brief import names
from marsad.brief.charts.base import LAND, WIDTH, Figure, chart, family_colour, family_shape, legend, rtl, spec
from marsad.brief.sections import gaps
from marsad.brief.writer import Writer
from marsad.formats.units import shapes
from marsad.scales import Family

Rows = list[dict[str, Any]]


KEYS = ("map", "map2", "map3", "map4")
"""A map a country, the most incidents first: one map of them all would shrink each to a few marks. Further countries are named in a note."""


def map_figures(w: Writer) -> list[Figure]:
    """Where: a map of each country with incidents, at most as many as KEYS."""
    found = gaps.countries(w.material.current)
    drawable = [c for c in found if shapes(c) or _points(w, c)]
    here, rest = drawable[: len(KEYS)], [c for c in found if c not in drawable[: len(KEYS)]]
    made = [_map(w, key, country, several=len(found) > 1) for key, country in zip(KEYS, here, strict=False)]
    if rest and made:
        told = w.words.phrase("map_rest", places=[names.country(c, w.lang) for c in rest], n=sum(found[c] for c in rest))
        made[-1] = replace(made[-1], note=f"{made[-1].note} {told}")
    return made


def _map(w: Writer, key: str, country: str, *, several: bool) -> Figure:
    points = _points(w, country)
    land, labels = _land(w, country)
    labels = apart(labels, points)
    named = [] if land else _largest(points)
    layers: list[alt.Chart] = [*_areas(land), *([] if land else _grid(points)), *_dots(points), *_names(named)]
    layered = alt.layer(*layers).project(type="mercator" if shapes(country) else "equirectangular")
    families = [Family(p["family"]) for p in points]
    place = names.country(country, w.lang)
    note = w.words.phrase("map_note" if shapes(country) else "no_map") if key == KEYS[0] or not shapes(country) else ""
    here, total = gaps.countries(w.material.current)[country], len(w.material.current)
    if here < total:
        note = f"{note} {w.words.phrase('map_part', place=place, n=here, total=total)}".strip()
    alt_text = w.words.phrase("map_alt", place=place)
    return Figure(
        key,
        w.words.phrase("map_title_of", place=place) if several else w.words.phrase("map_title"),
        alt_text,
        note,
        spec(layered, _height(land, points), shapes=land, labels=labels, points=points, named=named),
        legend(w, families),
    )


def _height(shapes: Rows, points: Rows) -> int:
    """Pixels: as the country is wide or tall, by the proportions of a Mercator map at its middle latitude."""
    rings = (ring for s in shapes for ring in _outer(s["geometry"]))
    places = [(x, y) for ring in rings for x, y, *_ in ring] or [(float(p["lon"]), float(p["lat"])) for p in points]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide: float = (max(xs) - min(xs)) * math.cos(math.radians((max(ys) + min(ys)) / 2)) or 1.0
    return int(min(470, max(240, WIDTH * (max(ys) - min(ys)) / wide)))


def _outer(geometry: dict[str, Any]) -> list[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [p[0] for p in polygons]


def _points(w: Writer, country: str) -> list[dict[str, Any]]:
    """One row for each place with a known point and family; a place known only as an area has no point."""
    rows: Counter[tuple[float, float, str, Family]] = Counter()
    for i in w.material.current:
        for p in i.places[:1]:
            if p.country == country and p.lat is not None and p.lon is not None and not gaps.coarse(i):
                rows[p.lon, p.lat, names.place(p, w.lang), i.family] += 1
    made = [{"lon": x, "lat": y, "name": rtl(w, n), "family": f.value, "n": c} for (x, y, n, f), c in sorted(rows.items())]
    return sorted(made, key=lambda r: -int(str(r["n"])))


def _land(w: Writer, country: str) -> tuple[Rows, Rows]:
    """The areas with their counts, and their labels: all of a country of few areas, else of those with incidents."""
    counts = Counter(p.admin1 for i in w.material.current for p in i.places[:1] if p.country == country and p.admin1)
    land = [
        {**f, "properties": {"name": f["properties"]["name"], "n": counts[f["properties"]["name"]]}} for f in shapes(country)
    ]  # fmt: skip
    labels = [
        {"lon": x, "lat": y, "text": rtl(w, names.unit(country, name, w.lang))}
        for f in land
        if (name := f["properties"]["name"]) and (len(land) <= 20 or counts[name])
        for x, y in [_middle_of(f["geometry"])]
    ]
    return land, labels


def apart(labels: Rows, points: Rows) -> Rows:
    """`labels` moved up or down a little where a point or an earlier label would cover them."""
    if len(labels) < 2:
        return labels
    wide, high = (max(r[k] for r in labels) - min(r[k] for r in labels) or 1.0 for k in ("lon", "lat"))
    placed: Rows = []
    for label in labels:
        tried = [{**label, "lat": label["lat"] + step * high} for step in (0.0, -0.06, 0.06)]
        placed.append(min(tried, key=lambda at: _covered(at, points, placed, wide, high)))  # the first of equals
    return placed


def _covered(at: dict[str, Any], points: Rows, labels: Rows, wide: float, high: float) -> int:
    """How many points and labels lie over a label at a place; shares of the map's width and height stand for the size of its words."""
    over = [(p, 0.09) for p in points] + [(other, 0.17) for other in labels]
    return sum(abs(p["lon"] - at["lon"]) < share * wide and abs(p["lat"] - at["lat"]) < 0.045 * high for p, share in over)


def _largest(points: Rows, most: int = 5) -> Rows:
    """The points that stand for most incidents, one of a name, to be named on a map without borders."""
    found: dict[str, dict[str, Any]] = {}
    for p in points:
        far = all(abs(p["lon"] - q["lon"]) + abs(p["lat"] - q["lat"]) > 1.0 for q in found.values())
        if len(found) < most and far:
            found.setdefault(str(p["name"]), p)
    return list(found.values())


def _grid(points: Rows) -> list[alt.Chart]:
    """Lines of longitude and latitude, where no borders are known."""
    if not points:
        return []
    xs, ys = [p["lon"] for p in points], [p["lat"] for p in points]
    span = max(max(xs) - min(xs), max(ys) - min(ys), 0.5)
    step = next(s for s in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if span / s <= 8 or s == 20.0)
    west, south = (math.floor((min(v) - 0.02 * span) / step) * step for v in (xs, ys))
    east, north = (math.ceil((max(v) + 0.02 * span) / step) * step for v in (xs, ys))
    lines = alt.graticule(extent=[[west, south], [east + 1e-6, north + 1e-6]], step=[step, step], precision=1)
    return [alt.Chart(lines).mark_geoshape(stroke=LAND, strokeWidth=1, filled=False)]


def _names(named: Rows) -> list[alt.Chart]:
    if not named:
        return []
    at = chart("named").encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
    plain: dict[str, Any] = {"fontSize": 11.5, "fontWeight": 600, "dy": -14}
    return [at.mark_text(**plain, stroke="#ffffff", strokeWidth=3.5, color="#ffffff"), at.mark_text(**plain, color="#1f2933")]


def _areas(shapes: Rows) -> list[alt.Chart]:
    if not shapes:
        return []
    most = max([1, *(s["properties"]["n"] for s in shapes)])
    shade = alt.Color(
        "properties.n:Q", scale=alt.Scale(domain=[0, most], range=[LAND, "#e3bfa9"], interpolate="rgb"), legend=None
    )
    land = chart("shapes").mark_geoshape(stroke="#ffffff", strokeWidth=1.2).encode(color=shade)
    text = chart("labels").mark_text(fontSize=11.5, color="#52606d").encode(
        longitude="lon:Q", latitude="lat:Q", text="text:N"
    )  # fmt: skip
    return [land, text]


def outline(country: str, unit: str) -> list[tuple[float, float]]:
    """The outer ring of a first-order unit, its largest where it has several, as (longitude, latitude); empty if it is not known."""
    shape = next((f["geometry"] for f in shapes(country) if f["properties"]["name"] == unit), None)
    if shape is None:
        return []
    return [(x, y) for x, y, *_ in max(_outer(shape), key=lambda ring: abs(_area(ring)))]


def _area(ring: Sequence[Sequence[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) / 2


def _middle_of(geometry: dict[str, Any]) -> tuple[float, float]:
    """Where the label of an area stands: the centroid of its largest ring (of a polygon, by the shoelace formula)."""
    best = (0.0, 0.0, -1.0)
    for ring in _outer(geometry):
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
    base = chart("points").encode(longitude="lon:Q", latitude="lat:Q")
    most = max(p["n"] for p in points)
    size = alt.Size("n:Q", scale=alt.Scale(domain=[1, max(most, 2)], range=[90, 90 if most == 1 else 620]), legend=None)
    dots = base.mark_point(filled=True, opacity=0.82, stroke="#ffffff", strokeWidth=1.2).encode(
        size=size, color=family_colour(), shape=family_shape()
    )  # fmt: skip
    return [dots]
