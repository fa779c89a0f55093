"""A store of generated incidents (stated as such), measured: insertion, a filtered page, the same as of a day, and search in Arabic.

Each incident rests on 3 statements of 3 reports published in the 3 days from its own, and the record grows day by day, as a real one does,
with ids in no order; reports are Arabic sentences with town names of
the bundled gazetteer, clitics and all. Prints the table of docs/store.md.
Run: python benchmarks/store.py [--incidents N] [--postgres]   (default 20,000 on SQLite; the issue asks for 1,000,000 on both)
"""

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from marsad.link import link
from marsad.read.placenames import Entry, entries
from marsad.records import Incident, Party, Place, Report, Span, Statement, Toll, When
from marsad.scales import DateBasis, DatePrecision, WherePrecision
from marsad.store import Store, Which

KINDS = ("armed_attack", "bombing", "shelling", "air_strike", "clash", "abduction", "raid", "arrest", "protest", "killing")
SPAN = Span(0, 1)
START, DAYS = date(2010, 1, 1), 5000
BATCH = 5000
WORDS = [
    "قتل",
    "جنود",
    "مسلحون",
    "هجوم",
    "انفجار",
    "سيارة",
    "مفخخة",
    "قرب",
    "نقطة",
    "تفتيش",
    "مصدر",
    "أمني",
    "أعلن",
    "اليوم",
    "إصابة",
    "آخرين",
    "مدنيين",
    "قوات",
    "الجيش",
    "الشرطة",
    "المنطقة",
]


def hashed(name: str) -> str:
    """An id like the real ones, which come in no order."""
    return hashlib.sha256(name.encode()).hexdigest()


def chapter(
    rng: random.Random, towns: list[Entry], first: int, size: int, count: int
) -> tuple[list[Report], list[Statement], list[Incident]]:
    """`size` incidents from number `first` of `count` on, with their statements and reports; the record grows day by day."""
    reports, statements, incidents = [], [], []
    for n in range(first, first + size):
        town, kind, dead = rng.choice(towns), rng.choice(KINDS), rng.randrange(9)
        day = START + timedelta(DAYS * n // count + rng.randrange(-5, 6))
        place = Place(name=town.names_ar[0], span=SPAN, name_en=town.name_en, country=town.country, admin1=town.admin1, lat=town.lat,
                      lon=town.lon, precision=WherePrecision.EXACT, gazetteer=town.id)  # fmt: skip
        when = When(start=day, end=day, precision=DatePrecision.DAY, basis=DateBasis.TEXT, span=SPAN)
        said = []
        for k in range(3):
            key = hashed(f"{n}.{k}")
            text = " ".join((*rng.choices(WORDS, k=12), rng.choice(("و", "ب", "")) + town.names_ar[0], str(n)))
            reports.append(
                Report(
                    id=key,
                    key=key,
                    text=text,
                    lang="ar",
                    source=f"S{rng.randrange(40)}",
                    published=day + timedelta(k),
                )
            )
            said.append(Statement(id=f"s-{key[:22]}", report=key, cls="event", anchor=SPAN, kind=kind, when=when, places=(place,),
                                  actors=(Party("unknown armed group", SPAN),), killed=Toll(low=dead, best=dead, high=dead), reader="g 1"))  # fmt: skip
        statements += said
        incidents.append(Incident(id=f"i-{hashed(str(n))[:16]}", version=1, kind=kind, statements=tuple(s.id for s in said), when=when, places=(place,),
                                  killed=said[0].killed, voices=3, published=day, confidence=round(rng.random(), 3)))  # fmt: skip
    return reports, statements, incidents


class Spent:
    """Seconds on the wall and of this process's processor, added up over the blocks it is entered for."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self.began[0]
        self.cpu += time.process_time() - self.began[1]

    def rate(self, count: int) -> str:
        """`count` per second of each."""
        return f"{count / self.wall:,.0f} per second ({count / self.cpu:,.0f} per second of processor)"


def fill(
    store: Store, count: int, start: int = 0, *, before: Callable[[float], None] = lambda share: None
) -> tuple[Spent, Spent]:
    """(spent on reports and statements, on incidents) of putting incidents number `start` up to `count` in. before: called before each
    batch with the share of all that is there."""
    rng = random.Random(7 + start)
    towns = [e for e in entries() if e.country in ("IQ", "SY", "YE", "LY") and e.lat is not None and e.names_ar and e.admin1]
    said, made = Spent(), Spent()
    for first in range(start, count, BATCH):
        reports, statements, incidents = chapter(rng, towns, first, min(BATCH, count - first), count)
        before(first / count)
        with said:
            store.put_reports(reports)
            store.put_readings("g 1", ((s.report, (s,)) for s in statements))
        with made:
            store.put_incidents(incidents, complete=False)
    return said, made


def pages(store: Store, rng: random.Random) -> Iterator[tuple[str, Callable[[], object]]]:
    """The reads that are timed: (name, a call with choices of its own)."""
    areas = (("IQ", "Diyala"), ("IQ", "Anbar"), ("SY", "Aleppo"), ("YE", "Taizz"), ("IQ", "Nineveh"), ("SY", "Idlib"))

    def choice() -> Which:
        country, unit = rng.choice(areas)
        since = START + timedelta(rng.randrange(DAYS - 400))
        return Which(
            kind=rng.choice(KINDS), country=country, admin1=unit, since=since, until=since + timedelta(365), limit=100
        )

    def as_of() -> object:
        which = choice()
        return store.incidents(which, as_of=which.until, link=link)

    yield "page of 100 by area, kind, time", lambda: store.incidents(choice())
    yield "the same, as of a day", as_of
    yield "the same, on the clock of recording", lambda: store.incidents(choice(), as_of=date(2100, 1, 1), clock="recorded")
    words = ("موصل", "بعقوبه", "الفلوجة", "تكريت", "حلب", "صعدة", "سرت")
    yield "search in Arabic (50 reports)", lambda: store.search(rng.choice(words), limit=50)
    yield "search for two words", lambda: store.search(f"{rng.choice(words)} انفجار", limit=50)


def measure(where: str, count: int, rounds: int) -> None:
    """Print one database's rows of the table."""
    name = "PostgreSQL" if "://" in where else "SQLite"
    with Store.open(where) as store:
        held = store.counts()["incidents"]
        if held < count:
            said, made = fill(store, count, held)
            print(f"| {name} | insert incidents {held:,} to {count:,} | {made.rate(count - held)} |")
            print(f"| {name} | insert their reports, statements and words | {said.rate(3 * (count - held))} |", flush=True)
            store.tidy()
        for title, call in pages(store, random.Random(3)):
            times, used = [], []
            for _ in range(rounds):
                began, spent = time.perf_counter(), time.process_time()
                call()
                times.append((time.perf_counter() - began) * 1000)
                used.append((time.process_time() - spent) * 1000)
            low, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            print(f"| {name} | {title} | median {low:.1f} ms, 95th percentile {high:.1f} ms ({statistics.quantiles(used, n=20)[-1]:.1f} ms of processor) |", flush=True)  # fmt: skip


def main() -> None:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--incidents", type=int, default=20_000)
    asked.add_argument("--rounds", type=int, default=60)
    asked.add_argument("--postgres", action="store_true", help="also on a temporary PostgreSQL")
    asked.add_argument("--store", default="", help="keep the SQLite store here; one that is there is filled up to --incidents")
    asked.add_argument("--no-sqlite", action="store_true")
    given = asked.parse_args()
    print(
        f"{given.incidents:,} generated incidents with 3 statements each\n| database | what | measured |\n|---|---|---|",
        flush=True,
    )
    if given.store:
        measure(given.store, given.incidents, given.rounds)
    elif not given.no_sqlite:
        with tempfile.TemporaryDirectory() as folder:
            measure(str(Path(folder) / "s.db"), given.incidents, given.rounds)
    if given.postgres:
        from tests.store.cluster import running  # noqa: PLC0415

        with running() as server:
            measure(server.database(), given.incidents, given.rounds)


if __name__ == "__main__":
    main()
