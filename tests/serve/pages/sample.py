"""The record that the pages are tried on: the example reports, read and linked for real, with what is hostile and what is odd beside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.conftest import ROOT

from marsad import pipeline
from marsad.collect import report_id
from marsad.read.reader import Reader
from marsad.records import Place, Rejection, Report, Signal, Span, Statement, Toll, When
from marsad.scales import DateBasis, DatePrecision, Sensitivity, WherePrecision
from marsad.store import Store

AS_OF = date(2020, 4, 8)
RTL = "\u202e"
BITES = "<script>window.bitten=1</script><img src=x onerror=window.bitten=1>"
HOSTILE = (
    f"{BITES} Ten rockets hit Taji base on 18 April 2020, killing four soldiers. {RTL}gnp.exe{RTL} said <b onclick=window.bitten=1>Zorgville</b>.\n"
    f'A car bomb exploded in Zorgville market on 18 April 2020, killing two people, {BITES} police said. =HYPERLINK("javascript:alert(1)")\n'
)
NOW = datetime(2020, 5, 22, 9, 30, tzinfo=UTC)


def hostile() -> Report:
    return Report(
        id=report_id(HOSTILE), text=HOSTILE, lang="en", source=f'"><svg onload=window.bitten=1>{RTL}', url="javascript:window.bitten=1",
        title=f"=cmd {BITES} {RTL}", published=date(2020, 4, 19), key="'><script>", retells="javascript:alert(1)",
    )  # fmt: skip


def long_line() -> Report:
    """Five million letters without a line break, with one event in their midst."""
    text = "word " * 500_000 + "Gunmen killed five soldiers in Kirkuk on 2 April 2020. " + "word " * 500_000
    return Report(
        id=report_id(text),
        text=text,
        lang="en",
        source="Long",
        url="https://example.org/long",
        title="x" * 50_000,
        published=date(2020, 4, 3),
    )


def shot(told: Report) -> Statement:
    """What the reader finds in the long line, where it would take ten seconds to find it."""
    start = told.text.index("Gunmen")
    at = told.text.index("Kirkuk", start)
    return Statement(
        id=f"long-{told.id[:12]}", report=told.id, cls="event", kind="armed_attack", anchor=Span(start, start + 13), reader=Reader().version,
        when=When(start=date(2020, 4, 2), end=date(2020, 4, 2), precision=DatePrecision.DAY, basis=DateBasis.TEXT, span=Span(at + 10, at + 22)),
        places=(Place(name="Kirkuk", span=Span(at, at + 6), name_en="Kirkuk", country="IQ", admin1="Kirkuk", lat=35.47, lon=44.39, precision=WherePrecision.EXACT),),
        killed=Toll(low=5, best=5, high=5, span=Span(start + 14, start + 27)),
    )  # fmt: skip


def undated() -> Report:
    text = "قتل جنديان في هجوم مسلح قرب زورغفيل الشرقية."
    return Report(id=report_id(text), text=text, lang="ar", source="Source C", title="بلا تاريخ")


def guarded() -> Report:
    text = "Gunmen abducted three aid workers in Mosul on 4 April 2020, an internal note said."
    return Report(
        id=report_id(text),
        text=text,
        lang="en",
        source="Desk",
        title="Internal note",
        published=date(2020, 4, 5),
        sensitivity=Sensitivity.INTERNAL,
    )


def unlike() -> Iterator[Report]:
    """Reports of what did not happen, or happened long ago."""
    for n, text in enumerate((
        "The coalition will withdraw 300 troops from Taji base on 30 April 2020, the ministry announced.",
        "A car bomb killed ten people in Fallujah on 5 March 2014, the mayor recalled on the anniversary.",
    )):  # fmt: skip
        yield Report(
            id=report_id(text), text=text, lang="en", source="Source D", title=text[:40], published=date(2020, 4, 2 + n)
        )


def odd() -> Iterator[Report | Rejection]:
    yield from (hostile(), undated(), guarded(), *unlike())
    yield Rejection(
        where=f"bad{BITES}.jsonl line 3",
        reason=f'"published" is {BITES}',
        mend="A date like 2020-04-08 is needed.",
        raw=b"x",
        size=1,
        sha256="0" * 64,
    )


def build(path: Path) -> None:
    """The store at `path`: collected, read, linked, watched, forecast; one signal waits for a person."""
    with Store.open(path, now=lambda: NOW) as store:
        pipeline.collect(store, [ROOT / "examples" / "reports"])
        store.put_reports(odd())
        pipeline.read(store)
        told = long_line()
        store.put_reports([told])
        store.put_readings(Reader().version, [(told.id, [shot(told)])])
        pipeline.link(store)
        pipeline.watch(store, as_of=AS_OF)
        pipeline.forecast(store, as_of=AS_OF)
        with store.run(
            "brief",
            "1",
            {"as_of": "2020-04-08", "days": 100, "release": "internal", "area": "", "families": "", "formats": "html"},
        ):
            pass
        thin = store.signals()[0]
        store.put_products([strong(thin, store)])


def strong(thin: Signal, store: Store) -> Signal:
    """A signal as `watch` makes one of a longer record."""
    evidence = tuple(i.id for i in store.incidents() if i.kind == "shelling")[:3]
    return replace(
        thin, id="sig-strong", unit="IQ/Baghdad attack", period="2020-W11", method="nb_tail", observed=4.0, expected=0.6, p=0.004, effect=(2.1, 6.0, 15.0),
        false_alarms_per_year=0.5, smallest_change_seen=4.0, headline_en="Baghdad (attacks): 4 incidents in the week, 0.6 expected",
        headline_ar="بغداد (الهجمات): 4 حوادث في الأسبوع والمتوقع 0.6", evidence=evidence, thin=False, status="draft",
    )  # fmt: skip
