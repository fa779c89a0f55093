"""The development data as panels. Nothing of them is copied here; MARSAD_SHARED names their folder."""

import csv
import gzip
import os
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from marsad.formats.units import shapes, unit_at
from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.watch.series import parse_series


def shared(name: str) -> Path:
    """A file of the development data; ends the benchmark with a word if it is not there."""
    folder = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")
    path = folder / "data" / name
    if not path.exists():
        sys.exit(f"{name} is not in {folder / 'data'}; set MARSAD_SHARED to the folder that holds data/.")
    print(f"{name}: sha256 {sha256(path.read_bytes()).hexdigest()[:12]}")
    return path


def country_months() -> Panel:
    """UCDP state-based deaths by country and month."""
    with gzip.open(shared("country_month_fatalities_1990-01_2017-12.csv.gz"), "rt", encoding="utf-8", newline="") as lines:
        return Panel.of(parse_series(csv.DictReader(lines), "country months"))


def iraq_weeks() -> Panel:
    """Incidents in Iraq, January to September 2006, by governorate and week (whole weeks only)."""
    with gzip.open(shared("iraq_incidents_2006.csv.gz"), "rt", encoding="utf-8", newline="") as lines:
        rows = [(date.fromisoformat(r["date"]), float(r["longitude"]), float(r["latitude"])) for r in csv.DictReader(lines)]
    calendar = Calendar("W")
    days = [day for day, _, _ in rows]
    first, last = (
        calendar.holding(min(days)) + (min(days).weekday() > 0),
        calendar.holding(max(days)) - (max(days).weekday() < 6),
    )
    row = {str(shape["properties"]["name"]): n for n, shape in enumerate(shapes("IQ"))}
    held = {point: unit_at("IQ", point[1], point[0]) for point in {(x, y) for _, x, y in rows}}
    counts = np.zeros((len(row), last - first + 1))
    for day, x, y in rows:
        if held[x, y] and first <= (week := calendar.holding(day)) <= last:
            counts[row[held[x, y]], week - first] += 1
    return Panel(tuple(f"IQ/{name} attack" for name in row), calendar, first, counts)


def iraq_cells(size: float) -> Panel:
    """The same incidents by cells of `size` degrees; a cell stands in it if anything ever happened there."""
    with gzip.open(shared("iraq_incidents_2006.csv.gz"), "rt", encoding="utf-8", newline="") as lines:
        rows = [(date.fromisoformat(r["date"]), float(r["longitude"]), float(r["latitude"])) for r in csv.DictReader(lines)]
    calendar = Calendar("W")
    weeks = np.array([calendar.holding(day) for day, _, _ in rows])
    first, size_of = int(weeks.min()) + 1, int(weeks.max() - weeks.min()) - 1
    cells, cell = np.unique([(int(x // size), int(y // size)) for _, x, y in rows], axis=0, return_inverse=True)
    counts = np.zeros((len(cells), size_of))
    inside = (weeks >= first) & (weeks < first + size_of)
    np.add.at(counts, (cell.ravel()[inside], weeks[inside] - first), 1.0)
    return Panel(tuple(f"{x},{y}" for x, y in cells), calendar, first, counts)
