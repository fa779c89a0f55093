"""A small record in which everything says how sensitive it is: each text, place as written, gist and note carries a word of its level."""

from dataclasses import replace
from datetime import date, timedelta

from marsad.collect import report_id
from marsad.records import Forecast, Incident, Party, Place, Rejection, Report, Signal, Span, Statement, Toll, When
from marsad.scales import DateBasis, DatePrecision, Sensitivity, WherePrecision
from marsad.store import Store
from marsad.verdicts import Review

READER = "rules 1"
SECRET = {s: f"kalima{s.value}" for s in Sensitivity}
"""The word that stands in all texts of a level, and nowhere else."""
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \u202eevil\u202c \u2066x\u2069 javascript:alert(3) {{7*7}} {% raw %} "
    '=HYPERLINK("http://evil.example";"x") "><svg onload=alert(4)> \' OR 1=1 --\n'
)
DAY = date(2020, 4, 1)


def report(level: Sensitivity, n: int = 0, text: str = "") -> Report:
    word = SECRET[level]
    text = text or f"Three {word} rockets struck {word} town, number {n}.\n"
    return Report(
        id=report_id(text), text=text, lang="en", source="Wire", url=f"https://example.org/{n}", title=f"On {word} {n}",
        published=DAY + timedelta(n), key=f"k{n}", sensitivity=level,
    )  # fmt: skip


def statement(said: Report, n: int = 0, *, killed: int = 2, town: str = "Taji") -> Statement:
    word = SECRET[said.sensitivity]
    when = When(start=DAY, end=DAY, precision=DatePrecision.DAY, basis=DateBasis.TEXT, span=Span(0, 5))
    place = Place(name=f"{word} town", span=Span(6, 11), name_en=town, country="IQ", admin1="Baghdad", lat=33.5, lon=44.25,
                  precision=WherePrecision.EXACT, gazetteer=f"own:{town}")  # fmt: skip
    return Statement(
        id=f"s{n}-{said.id[:12]}", report=said.id, cls="event", anchor=Span(0, 5), kind="shelling", when=when, places=(place,),
        actors=(Party("unknown armed group", Span(0, 1)),), killed=Toll(low=killed, best=killed, high=killed), gist=f"gist {word}", reader=READER,
    )  # fmt: skip


def incident(id: str, *told: Statement, level: Sensitivity, kind: str = "shelling", town: str = "Taji") -> Incident:
    first = told[0]
    return Incident(
        id=id, version=1, kind=kind, statements=tuple(s.id for s in told), when=first.when, places=tuple(replace(p, name_en=town) for p in first.places),
        actors=("unknown armed group",), killed=first.killed, voices=len(told), sensitivity=level, published=DAY, method="by hand",
    )  # fmt: skip


def signal(id: str, level: Sensitivity, *, status: str = "approved", thin: bool = False) -> Signal:
    return Signal(
        id=id, unit="IQ/Baghdad attack", period="2020-W14", method="nb_tail", version="1", params={"alpha": 0.01}, observed=9.0, expected=2.0, p=0.001,
        effect=(2.0, 4.0, 8.0), false_alarms_per_year=0.5, smallest_change_seen=2.0, headline_en=f"Attacks {SECRET[level]} rose",
        headline_ar=f"ارتفعت الهجمات {SECRET[level]}", evidence=(f"i-{level.value}",), as_of=DAY, thin=thin, status=status, sensitivity=level,
    )  # fmt: skip


def forecast(id: str, level: Sensitivity) -> Forecast:
    return Forecast(
        id=id, unit="IQ/Baghdad attack", freq="W", origin="2020-W14", target="2020-W15", atoms=((0.0, 0.5), (3.0, 0.5)), method="pool", version="1",
        params={}, evidence=(f"i-{level.value}",), as_of=DAY, note=f"note {SECRET[level]}", sensitivity=level,
    )  # fmt: skip


def fill(store: Store) -> None:
    """A report, statement, incident, signal, forecast and review of each level; a draft; a rejected input; a hostile report."""
    said = []
    for n, level in enumerate(Sensitivity):
        told = report(level, n)
        store.put_reports([told])
        said.append(statement(told))
        store.put_readings(READER, [(told.id, [said[-1]])])
        store.put_products([signal(f"sig-{level.value}", level), forecast(f"fc-{level.value}", level)])
    hostile = report(Sensitivity.PUBLIC, 9, HOSTILE)
    rejection = Rejection(
        where="x.txt", reason="no text kalimainternal", mend="Look.", raw=b"kalimainternal", size=3, sha256="0" * 64
    )
    camp = replace(report(Sensitivity.PUBLIC, 8, "Two kalimapublic men were shot in a camp.\n"), title="")
    store.put_reports([hostile, camp, rejection])
    store.put_readings(READER, [(camp.id, [statement(camp, 8)])])
    store.put_readings(READER, [(hostile.id, [statement(hostile, 9, town="Kirkuk")])])
    store.put_incidents([
        *(incident(f"i-{s.value}", t, level=s) for s, t in zip(Sensitivity, said, strict=True)),
        incident("i-hostile", statement(hostile, 9), level=Sensitivity.PUBLIC, town="Kirkuk"),
        incident("i-camp", statement(camp, 8), level=Sensitivity.PUBLIC, town="Khazir camp"),
    ])  # fmt: skip
    store.put_products([replace(signal("sig-draft", Sensitivity.PUBLIC, status="draft"), headline_en="Draft kalimainternal"), signal("sig-thin", Sensitivity.PUBLIC, status="draft", thin=True)])  # fmt: skip
    store.put_reviews(
        [Review(incident=f"i-{s.value}", verdict="confirm", reviewer="RH", note="note kalimainternal") for s in Sensitivity]
    )


def known(store: Store) -> list[str]:
    """Every id there is."""
    return sorted(
        {i.id for i in store.incidents()} | {r.id for r in store.reports()} | {s.id for s in store.statements()} | {s.id for s in store.signals()}
        | {f.id for f in store.forecasts()}
    )  # fmt: skip
