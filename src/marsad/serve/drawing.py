"""Pictures as plain geometry: what a template draws as SVG, in units of a viewBox, mirrored where a page runs right to left.

They are drawn here and not by Altair since every mark is a link, the colours follow the page's (dark too), and the page's strict
policy allows neither script nor style of a picture. A text keeps its anchor when mirrored: in a page that runs right to left "start"
is the right end.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from marsad.formats.units import shapes

Data = dict[str, Any]
WIDE = 720.0
FAMILIES = ("attack", "operation", "control", "posture", "unrest", "measure")


def nice(most: float, steps: int = 4) -> list[float]:
    """Round ticks from 0 to `most` or just above, of about `steps` steps of 1, 2 or 5 times a power of ten; whole numbers."""
    raw = max(most, 1.0) / steps
    power = 10 ** math.floor(math.log10(raw))
    step = max(1.0, next(m * power for m in (1, 2, 5, 10) if m * power >= raw - 1e-9))
    return [n * step for n in range(math.ceil(max(most, 1.0) / step - 1e-9) + 1)]


def columns(periods: Sequence[Mapping[str, Any]], *, rtl: bool = False, width: float = WIDE, height: float = 150.0) -> Data:
    """Stacked columns. periods: each with `counts` (family -> n) and `label`. Returns bars, column hits, and both axes' ticks."""
    left, base, top = 34.0, height - 22, 8.0
    ticks = nice(max((sum(p["counts"].values()) for p in periods), default=0))
    wide = (width - left) / max(len(periods), 1)

    def y(v: float) -> float:
        return round(base - (base - top) * v / ticks[-1], 1)

    bars, hits, labels = [], [], []
    every = max(1, math.ceil(len(periods) * 72 / width))
    for n, p in enumerate(periods):
        x, total = left + n * wide, 0
        for family in FAMILIES:
            if count := p["counts"].get(family, 0):
                box = {"x": x + wide * 0.12, "w": wide * 0.76, "y": y(total + count), "h": y(total) - y(total + count)}
                bars.append({**box, "family": family})
                total += count
        hits.append({"x": x, "w": wide, "y": top, "h": base - top, "total": total, "n": n, "signal": bool(p.get("signal"))})
        if n % every == 0:
            labels.append({"x": x + wide / 2, "n": n, "alt": (n // every) % 2 == 1})
    rows = [{"y": y(t), "value": int(t)} for t in ticks]
    return _turned({"width": width, "height": height, "base": base, "left": left, "bars": bars, "hits": hits, "labels": labels, "rows": rows}, rtl)  # fmt: skip


def timeline(rows: Sequence[Mapping[str, Any]], days: tuple[date, date], *, rtl: bool = False, width: float = 1100.0) -> Data:
    """Marks on a row each. rows: each with `label` and `marks` (each with `day`, a date, and `size` 1 or more)."""
    left, step = 230.0, 30.0
    height = step * len(rows) + 30
    span = max(1, (days[1] - days[0]).days)
    made = []
    for n, row in enumerate(rows):
        y = step * n + step / 2 + 4
        marks = [
            {**m, "x": left + 10 + (width - left - 22) * (m["day"] - days[0]).days / span, "y": y, "r": min(11.0, 4.0 + math.sqrt(m.get("size", 1)))}
            for m in row["marks"] if days[0] <= m["day"] <= days[1]
        ]  # fmt: skip
        made.append({"y": y, "label": row["label"], "x": left - 8, "marks": marks})
    ticks = [{"x": left + 10 + (width - left - 22) * (d - days[0]).days / span, "day": d, "alt": n % 2 == 1}
             for n, d in enumerate(_ticks(days))]  # fmt: skip
    return _turned(
        {"width": width, "height": height, "left": left, "rows": made, "ticks": ticks, "base": step * len(rows) + 8}, rtl
    )


def _ticks(days: tuple[date, date], most: int = 7) -> Iterable[date]:
    """Firsts of months over a long span, else days evenly set apart."""
    start, end = days
    months = (end.year - start.year) * 12 + end.month - start.month
    if months >= 3:
        every = math.ceil(months / most)
        firsts = [date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(months + 1)]
        return [d for n, d in enumerate(firsts) if start <= d <= end and n % every == 0]
    every = max(1, math.ceil((end - start).days / most))
    return [start + timedelta(days=n) for n in range(0, (end - start).days + 1, every)]


def fan(
    past: Sequence[tuple[str, float | None]], ahead: Sequence[Mapping[str, Any]], *, rtl: bool = False, width: float = 340.0,
    height: float = 130.0,
) -> Data:  # fmt: skip
    """What was and the odds of what comes. past: (label, count or None where missing). ahead: each with `label`, `q05`, `q25`,
    `q50`, `q75`, `q95`."""
    left, base, top = 26.0, height - 20, 8.0
    size = len(past) + len(ahead)
    known = [v for _, v in past if v is not None]
    ticks = nice(max([*known, *(float(a["q95"]) for a in ahead), 1.0]), 3)

    def x(n: float) -> float:
        return left + 8 + (width - left - 16) * n / max(size - 1, 1)

    def y(v: float) -> float:
        return round(base - (base - top) * v / ticks[-1], 1)

    dots = [{"x": x(n), "y": y(v), "n": n} for n, (_, v) in enumerate(past) if v is not None]
    lines = [list(run) for _, run in groupby(dots, key=lambda d: d["n"] - dots.index(d))]  # a missing period breaks the line
    steps = [{"x": x(len(past) + n), "low": y(a["q05"]), "l5": y(a["q25"]), "mid": y(a["q50"]), "h5": y(a["q75"]), "high": y(a["q95"]), "n": n}
             for n, a in enumerate(ahead)]  # fmt: skip
    wide = (width - left - 16) / max(size, 1) * 0.42
    labels = [{"x": x(n), "label": label} for n, label in (((0, past[0][0]), (len(past) - 1, past[-1][0])) if past else ())]
    rows = [{"y": y(t), "value": int(t)} for t in ticks]
    return _turned({"width": width, "height": height, "left": left, "base": base, "dots": dots, "lines": lines, "steps": steps, "half": wide, "labels": labels, "rows": rows}, rtl)  # fmt: skip


def bars(counts: Sequence[float | None], flags: Iterable[int] = (), *, usual: float | None = None, rtl: bool = False, width: float = 340.0, height: float = 74.0) -> Data:  # fmt: skip
    """A series as small columns with some flagged, a missing one left open, and the usual rate as a line."""
    base, top = height - 6, 12.0
    most = max([1.0, *(c for c in counts if c is not None), usual or 0.0])
    wide = width / max(len(counts), 1)
    flagged = set(flags)
    made = [
        {"x": n * wide + wide * 0.14, "w": wide * 0.72, "y": base - (base - top) * c / most, "h": (base - top) * c / most, "flag": n in flagged}
        for n, c in enumerate(counts) if c is not None
    ]  # fmt: skip
    marks = [{"x": n * wide + wide / 2} for n in sorted(flagged)]
    line = None if usual is None else base - (base - top) * usual / most
    return _turned({"width": width, "height": height, "base": base, "bars": made, "marks": marks, "usual": line}, rtl)


def calibration(bins: Sequence[Mapping[str, float]], *, rtl: bool = False, size: float = 260.0) -> Data:
    """Said against happened, with the interval of each. bins: each with `said`, `happened`, `low`, `high`, `n`."""
    left, top = 34.0, 10.0
    side = size - left - 10

    def x(v: float) -> float:
        return left + side * v

    def y(v: float) -> float:
        return top + side * (1 - v)

    dots = [{"x": x(b["said"]), "y": y(b["happened"]), "low": y(b["low"]), "high": y(b["high"]), "n": b["n"], "r": min(9.0, 3 + math.sqrt(b["n"]) / 2)}
            for b in bins]  # fmt: skip
    ticks = [{"x": x(v), "y": y(v), "value": v} for v in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return _turned({"width": size, "height": top + side + 24, "left": left, "base": top + side, "top": top, "dots": dots, "ticks": ticks, "diagonal": [{"x": x(0.0), "y": y(0.0)}, {"x": x(1.0), "y": y(1.0)}]}, rtl)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a map begins and its scale: x = scale * (radians of longitude - west), y = scale * (north - Mercator of latitude)."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies in the picture."""
        return round(self.scale * math.radians(lon - self.west), 1), round(self.scale * (self.north - _mercator(lat)), 1)


def frame(xy: Sequence[tuple[float, float]], *, width: float = WIDE, most: float = 560.0) -> Frame:
    """The frame that holds the points `xy` (longitude, latitude) in `width` by at most `most`."""
    xy = xy or [(0.0, 0.0)]
    west, east = min(x for x, _ in xy) - 0.2, max(x for x, _ in xy) + 0.2
    south, north = _mercator(min(y for _, y in xy) - 0.2), _mercator(max(y for _, y in xy) + 0.2)
    scale = min(width / max(math.radians(east - west), 1e-6), most / max(north - south, 1e-6))
    return Frame(west, north, scale, round(scale * math.radians(east - west), 1), round(scale * (north - south), 1))


@cache
def ground(country: str) -> tuple[Frame, tuple[Data, ...]] | None:
    """(frame, its units as paths) of a country; None where its borders are not known."""
    found = shapes(country)
    if not found:
        return None
    held = frame([(lon, lat) for s in found for ring in rings(s["geometry"]) for lon, lat, *_ in ring])
    return held, tuple({**s["properties"], "d": "".join(_path(ring, held.at) for ring in rings(s["geometry"]))} for s in found)


def land(country: str, points: Sequence[Mapping[str, Any]]) -> Data:
    """A map in Mercator's projection, never mirrored. points: each with lat, lon and n; the fullest is drawn first."""
    known = ground(country)
    held, drawn = known if known else (frame([(p["lon"], p["lat"]) for p in points]), ())
    placed = [{**p, **dict(zip(("x", "y"), held.at(p["lon"], p["lat"]), strict=True)), "r": min(24.0, 4.5 + 2.1 * math.sqrt(p.get("n", 1)))} for p in points]  # fmt: skip
    return {"width": held.width, "height": held.height, "shapes": drawn, "points": sorted(placed, key=lambda p: -p["r"])}


def rings(geometry: Mapping[str, Any]) -> list[Any]:
    """The rings of a polygon or of several."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(ring: Sequence[Sequence[float]], at: Any) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (at(lon, lat) for lon, lat, *_ in ring)) + "Z"


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(max(-85.0, min(85.0, lat))) / 2))


def _turned(picture: Data, rtl: bool) -> Data:
    """The picture with every place rounded to a tenth (a `value` is what a tick says), and mirrored if it runs right to left."""
    width = picture["width"]

    def turned(value: Any) -> Any:
        if isinstance(value, list):
            return [turned(v) for v in value]
        if not isinstance(value, dict) or "counts" in value:
            return value
        new = {
            k: round(v, 1) if isinstance(v, float) and k != "value" else turned(v) if isinstance(v, list) else v
            for k, v in value.items()
        }
        if rtl and "x" in new:
            new["x"] = round(width - new["x"] - new.get("w", 0.0), 1)
        return new

    made: Data = turned(picture)
    made["left"] = round(width - picture["left"], 1) if rtl and "left" in picture else picture.get("left", 0.0)
    made["right"] = 0.0 if rtl else width
    return made
