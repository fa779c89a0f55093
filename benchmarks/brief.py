"""How long a brief of 5,000 incidents takes, and how large its files are. Run: python benchmarks/brief.py

The incidents are made up: 5,000 over 90 days in every governorate of Iraq, 8,000 statements by 4,000 reports.
"""

import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from marsad import pipeline
from marsad.brief import Material, publish
from marsad.read.placenames import Entry, entries
from marsad.records import Count, Incident, Party, Place, Report, Span, Statement, Toll, When
from marsad.scales import KINDS, DateBasis, DatePrecision, WherePrecision
from marsad.store import Store

INCIDENTS, REPORTS, DAYS = 5_000, 4_000, 90
END = date(2020, 6, 30)
TEXT = "Ten rockets hit {place} on {day}, killing three soldiers. Police said that nobody had claimed the attack {n}."


def place(entry: Entry, start: int) -> Place:
    """The entry as a place of a statement."""
    return Place(
        name=entry.name_en, span=Span(start, start + len(entry.name_en)), name_en=entry.name_en, country=entry.country,
        admin1=entry.admin1, lat=entry.lat, lon=entry.lon, precision=WherePrecision.EXACT, gazetteer=entry.id,
    )  # fmt: skip


def cut() -> Material:
    """The made-up record."""
    rng = random.Random(7)
    towns = [e for e in entries() if e.country == "IQ" and e.lat is not None]
    kinds = [k for k in KINDS.values() if k.family in ("attack", "posture", "operation")]
    reports, statements, incidents = {}, [], []
    for n in range(INCIDENTS):
        day, town, kind = END - timedelta(days=rng.randrange(DAYS)), rng.choice(towns), rng.choice(kinds)
        voices = []
        for k in range(1 + (n % 5 < 3)):
            number = rng.randrange(REPORTS)
            text = TEXT.format(place=town.name_en, day=day, n=f"{n}-{k}-{number}")
            r = Report(
                id=f"{n:04d}{k}" + "f" * 59,
                text=text,
                lang="en",
                source=f"Source {number % 40}",
                published=day,
                url="https://example.org/",
            )
            reports[r.id] = r
            s = Statement(
                id=f"s{n}-{k}",
                report=r.id,
                cls="event",
                anchor=Span(0, text.index(".")),
                kind=kind.name,
                places=(place(town, 16),),
                when=When(start=day, end=day, precision=DatePrecision.DAY, basis=DateBasis.TEXT),
                actors=(Party("Islamic State", Span(0, 3)),),
                count=Count(value=10 + k, unit="rounds"),
                killed=Toll(low=3, best=3, high=3),
            )
            statements.append(s)
            voices.append(s)
        first = voices[0]
        incidents.append(
            Incident(
                id=f"i-{n}",
                version=1,
                kind=kind.name,
                statements=tuple(v.id for v in voices),
                when=first.when,
                places=first.places,
                actors=("Islamic State",),
                count=(10, 9 + len(voices)),
                unit="rounds",
                killed=first.killed,
                voices=len(voices),
                published=day,
            )
        )
    return Material.of(
        reports=reports.values(), statements=statements, incidents=incidents, period=(END - timedelta(days=DAYS - 1), END), as_of=END
    )  # fmt: skip


def main() -> None:
    """Print seconds and bytes for each format, both languages together."""
    material = cut()
    print(f"{len(material.current)} incidents, {len(material.statements)} statements")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("html", "md", "pdf", "png", "cap"):
            began = time.perf_counter()
            paths = publish(material, Path(folder) / name, formats=(name,))
            size = sum(p.stat().st_size for p in paths) / 1e6
            print(f"{name}: {time.perf_counter() - began:.1f} s for both languages, {size:.1f} MB")
        with Store.open(Path(folder) / "bench.db") as store:
            store.put_reports(material.reports.values())
            store.put_readings("bench-1", by_report(material))
            store.put_incidents(material.incidents)
            began = time.perf_counter()
            pipeline.brief(store, Path(folder) / "stored", as_of=END, days=DAYS)
            print(
                f"html from the store, ledger and cut in time included: {time.perf_counter() - began:.1f} s for both languages"
            )


def by_report(material: Material) -> list[tuple[str, list[Statement]]]:
    """The statements as readings."""
    said: dict[str, list[Statement]] = {r: [] for r in material.reports}
    for s in material.statements.values():
        said[s.report].append(s)
    return list(said.items())


if __name__ == "__main__":
    main()
