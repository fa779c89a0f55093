"""Space-time cluster: more incidents near one place of late than place and time by themselves explain.

The prospective space-time permutation scan (Kulldorff et al. 2005, PLoS Medicine 2): it needs no population, only where and when. Over
cylinders (the nearest places around each place, the newest 1 .. `recent` periods) the likelihood ratio of the count against what the
place's share and the periods' share give; the highest is compared with the highest of `draws` random pairings of the same places with
the same dates. Only incidents with a point of their own enter: an area is no point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import numpy as np

from marsad.periods import PER_YEAR, Calendar, Freq
from marsad.records import Incident, Params, Signal
from marsad.scales import highest
from marsad.watch import nb
from marsad.watch.method import Floats, effect
from marsad.watch.nb_tail import chance
from marsad.watch.words import INCIDENT, Both, area, counted_ar, counted_en, plain, span

NAME = "cluster"
VERSION = "1"
EARTH = 6371.0
MOST_PLACES = 400
LEAST = 20


@dataclass(frozen=True, slots=True, eq=False)
class _Zones:
    inside: Floats  # zones x places, 1 within
    centre: np.ndarray
    radius: Floats


def run(
    incidents: Sequence[Incident], *, as_of: date, freq: Freq = "W", periods: int = 52, recent: int = 4, radius: float = 100.0,
    alpha: float = 0.01, draws: int = 999, seed: int = 0,
) -> list[Signal]:  # fmt: skip
    """The likeliest cluster alive at the last whole period before `as_of`, as a signal if its p is at most `alpha`; else none.

    periods: how far back incidents are taken. radius: of the widest circle, km. p: rank among `draws` permutations, so the rate of false
    alarms is at most alpha a period. Fewer than LEAST incidents with a point give none.
    """
    calendar = Calendar(freq)
    last = calendar.holding(as_of) if calendar.last_day(calendar.holding(as_of)) == as_of else calendar.holding(as_of) - 1
    held = [(i, calendar.holding(i.when.start) - (last - periods + 1), point) for i in incidents if i.when and not i.recalled and not i.aggregate and (point := _point(i))]  # fmt: skip
    held = [h for h in held if 0 <= h[1] < periods]
    if len(held) < LEAST:
        return []
    points, where = np.unique(np.array([h[2] for h in held]), axis=0, return_inverse=True)
    if not 2 <= len(points) <= MOST_PLACES:
        points, where = _gathered(np.array([h[2] for h in held]))
    when = np.array([h[1] for h in held])
    zones = _zones(points, np.bincount(where, minlength=len(points)), radius)
    found, zone, length, rest = _search(zones, where, when, len(points), periods, recent, draws, seed)
    p = (1 + int((rest >= found - 1e-12).sum())) / (draws + 1)
    if p > alpha or found <= 0:
        return []
    chosen = [h[0] for h, w, t in zip(held, where, when, strict=True) if zones.inside[zone, w] > 0 and t >= periods - length]
    params: Params = {"periods": periods, "recent": recent, "radius": radius, "alpha": alpha, "draws": draws, "seed": seed}
    parts = _counts(zones, zone, where, when, periods, length)
    threshold = float(np.quantile(rest, 1 - alpha))
    return [_signal(calendar, last, chosen, parts, length, float(zones.radius[zone]), p, params, as_of, threshold, len(held))]


def _point(i: Incident) -> tuple[float, float] | None:
    return next(((p.lat, p.lon) for p in i.places if p.lat is not None and p.lon is not None), None)


def _gathered(points: Floats) -> tuple[Floats, np.ndarray]:
    """Points put together by tenths of a degree where there are too many to scan around each."""
    cells, where = np.unique(np.round(points, 1), axis=0, return_inverse=True)
    return cells, where


def _zones(points: Floats, counts: np.ndarray, radius: float) -> _Zones:
    """Circles around each place through each neighbour, within `radius` and up to half of all incidents."""
    lat, lon = np.radians(points.T)
    half = np.sin((lat[:, None] - lat) / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    apart = 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    inside, centre, reach = [], [], []
    for place in range(len(points)):
        order = np.argsort(apart[place], kind="stable")
        held = np.cumsum(counts[order])
        for n in range(len(order)):
            if apart[place, order[n]] > radius or (n and held[n] > counts.sum() / 2):
                break
            member = np.zeros(len(points))
            member[order[: n + 1]] = 1
            inside.append(member)
            centre.append(place)
            reach.append(apart[place, order[n]])
    unique, first = np.unique(np.array(inside), axis=0, return_index=True)
    return _Zones(unique, np.array(centre)[first], np.array(reach)[first])


def _ratio(observed: Floats, expected: Floats, total: float) -> Floats:
    """Log likelihood ratio of excess counts (0 where there is none)."""
    rest = np.maximum(total - observed, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
        outside = np.where(rest > 0, rest * np.log(rest / (total - expected)), 0.0)
    return np.where(observed > expected, np.nan_to_num(inside + outside), 0.0)


def _search(
    zones: _Zones, where: np.ndarray, when: np.ndarray, places: int, periods: int, recent: int, draws: int, seed: int
) -> tuple[float, int, int, Floats]:
    """(highest ratio, its zone, its length, highest ratios of the permutations)."""
    rng, total = np.random.default_rng(seed), float(len(where))
    share = zones.inside @ np.bincount(where, minlength=places) / total

    def ratios(times: np.ndarray) -> Floats:
        found = []
        for length in range(1, recent + 1):
            late = times >= periods - length
            observed = zones.inside @ np.bincount(where[late], minlength=places)
            found.append(_ratio(observed, share * late.sum(), total))
        return np.stack(found, axis=1)

    table = ratios(when)
    zone, length = np.unravel_index(int(np.argmax(table)), table.shape)
    rest = np.array([ratios(rng.permutation(when)).max() for _ in range(draws)])
    return float(table.max()), int(zone), int(length) + 1, rest


def _counts(
    zones: _Zones, zone: int, where: np.ndarray, when: np.ndarray, periods: int, length: int
) -> tuple[float, float, float]:
    """(observed, expected, incidents of the zone before)."""
    inside, late = zones.inside[zone, where] > 0, when >= periods - length
    return float((inside & late).sum()), float(inside.sum() * late.sum() / len(where)), float((inside & ~late).sum())


def _signal(
    calendar: Calendar, last: int, chosen: Sequence[Incident], parts: tuple[float, float, float], length: int, radius: float, p: float,
    params: Params, as_of: date, threshold: float, total: int,
) -> Signal:  # fmt: skip
    observed, expected, before = parts
    lead = chosen[0].places[0]
    name = area(f"{lead.country}/{lead.admin1}" if lead.admin1 else lead.country or "unknown")
    past, odds, when = span(length, calendar.freq), chance(p), calendar.label(last)
    many = Both(counted_en(observed, INCIDENT), counted_ar(observed, INCIDENT, subject=True))
    grid = np.arange(0.0, observed * 4 + 50)
    seen = np.flatnonzero(_ratio(grid, np.full(len(grid), expected), float(total)) > threshold)
    limit = float(grid[seen[0]]) if len(seen) else float("inf")
    told = "|".join([NAME, VERSION, when, *sorted(i.id for i in chosen)])
    rest = max(int(str(params["periods"])) - length, 1)
    return Signal(
        id="sig-" + sha256(told.encode()).hexdigest()[:20], unit=f"{lead.country}/{lead.admin1 or 'unknown'} cluster", period=when, method=NAME,
        version=VERSION, params=params, observed=observed, expected=expected, p=p,
        effect=effect(observed, length, max(before, 0.5), float(rest), nb.POISSON),
        false_alarms_per_year=float(str(params["alpha"])) * PER_YEAR[calendar.freq],
        smallest_change_seen=nb.smallest_ratio(lambda r: float(1 - nb.pmf(expected * r, nb.POISSON, int(min(limit, 1e5))).sum())),
        headline_en=f"{name.en}: {many.en} within {plain(radius)} km in {past.en} up to {when}, where {plain(expected)} would be usual; chance of such a cluster: {odds.en}",
        headline_ar=f"{name.ar}: {many.ar} ضمن {plain(radius)} كم خلال {past.ar} حتى {when}، والمعتاد {plain(expected)}؛ احتمال تجمّع كهذا مصادفةً: {odds.ar}",
        evidence=tuple(i.id for i in chosen), as_of=as_of, sensitivity=highest([i.sensitivity for i in chosen]),
    )  # fmt: skip
