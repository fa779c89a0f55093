"""How long linking takes, and how the cost grows: generated statements in the shape of a news record (stated as such).

Each incident of the generator has a kind, a town of the bundled gazetteer, a day, a toll, and one to five reports that tell of it with
small differences. Prints seconds and incidents for each size, and the exponent of the growth (least squares on the logs of the
processor's seconds, which other work on the machine changes least).
Run: python benchmarks/link.py [SIZE ...]     (statements; default 10000 30000 100000; the issue asks up to 300000)
"""

import math
import random
import sys
import time
from datetime import date, timedelta

from marsad.link import link
from marsad.read.placenames import entries
from marsad.records import Party, Place, Report, Span, Statement, Toll, When
from marsad.scales import DateBasis, DatePrecision, WherePrecision

KINDS = ("armed_attack", "bombing", "shelling", "air_strike", "clash", "abduction", "raid", "arrest", "protest", "killing")
ACTORS = ("Islamic State", "unknown armed group", "Iraqi Army", "Houthi movement", "Syrian Armed Forces", "Al-Nusra Front", "")
SPAN = Span(0, 1)
DAYS_PER_STATEMENT = 0.03  # a record that grows in time, not in density: 100,000 statements in eight years


def generate(size: int, seed: int = 7) -> tuple[list[Statement], list[Report]]:
    """`size` statements and their reports."""
    rng = random.Random(seed)
    towns = [e for e in entries() if e.country in ("IQ", "SY", "YE", "LY", "AF") and e.lat is not None and e.admin1]
    days = max(30, int(size * DAYS_PER_STATEMENT))
    statements: list[Statement] = []
    reports: list[Report] = []
    while len(statements) < size:
        town, kind, actor = rng.choice(towns), rng.choice(KINDS), rng.choice(ACTORS)
        day, dead = date(2015, 1, 1) + timedelta(rng.randrange(days)), rng.choice((0, 1, 1, 2, 3, 4, 7, 12))
        for _ in range(rng.choice((1, 1, 2, 3, 5))):
            told = max(0, dead + rng.choice((0, 0, 0, 1, -1)))
            key = f"r{len(reports)}"
            reports.append(Report(id=key, text=f"{kind} in {town.name_en} on {day}: {told} dead, as {key} told it {rng.random()}", lang="en",
                                  source=f"S{rng.randrange(60)}", published=day + timedelta(rng.randrange(3))))  # fmt: skip
            place = Place(name=town.name_en, span=SPAN, name_en=town.name_en, country=town.country, admin1=town.admin1, lat=town.lat,
                          lon=town.lon, precision=WherePrecision.EXACT, gazetteer=town.id)  # fmt: skip
            basis = rng.choice((DateBasis.TEXT, DateBasis.RELATIVE, DateBasis.RELATIVE, DateBasis.PUBLISHED))
            when = When(start=day, end=day, precision=DatePrecision.DAY, basis=basis)
            statements.append(
                Statement(id=f"s{len(statements)}", report=key, cls="event", anchor=SPAN, kind=kind, when=when, places=(place,),
                          actors=(Party(actor, SPAN),) if actor else (), killed=Toll(low=told, best=told, high=told) if told else None)
            )  # fmt: skip
    return statements[:size], reports


def main(sizes: list[int]) -> None:
    """Measure each size once, on one core."""
    print("generated statements; one core")
    print(f"{'statements':>12} {'seconds':>9} {'of processor':>13} {'incidents':>10}")
    points = []
    for size in sizes:
        statements, reports = generate(size)
        began, used = time.perf_counter(), time.process_time()
        incidents = link(statements, reports)
        took, spent = time.perf_counter() - began, time.process_time() - used
        points.append((math.log(size), math.log(spent)))
        print(f"{size:>12,} {took:>9.1f} {spent:>13.1f} {len(incidents):>10,}", flush=True)
    if len(points) > 1:
        mx, my = (sum(p[k] for p in points) / len(points) for k in (0, 1))
        slope = sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)
        print(f"cost grows with the {slope:.2f}th power of the size")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [10_000, 30_000, 100_000])
