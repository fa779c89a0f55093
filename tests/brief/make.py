"""Cuts of the record made by hand for the tests of the brief: reports whose words the spans really cover."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from marsad import score
from marsad.brief import Material
from marsad.collect import report_id
from marsad.link import link
from marsad.records import Count, Forecast, Party, Place, Report, Signal, Span, Statement, Toll, Weapon, When
from marsad.scales import DateBasis, DatePrecision, Realis, WherePrecision
from marsad.watch.series import counts

AS_OF = date(2020, 4, 8)
PERIOD = (date(2020, 3, 1), AS_OF)
DAY = date(2020, 3, 11)


def report(text: str, published: date | None = date(2020, 3, 12), **fields: Any) -> Report:
    fields = {"lang": "en", "source": "Source A", "title": text[:30], "url": "https://example.org/1"} | fields
    return Report(id=report_id(text), text=text, published=published, **fields)


def span(said: Report, words: str) -> Span:
    start = said.text.index(words)
    return Span(start, start + len(words))


def place(said: Report, words: str, name_en: str = "Taji", **fields: Any) -> Place:
    fields = {"country": "IQ", "admin1": "Baghdad", "lat": 33.53, "lon": 44.27, "precision": WherePrecision.EXACT} | fields
    return Place(name=words, span=span(said, words), name_en=name_en, **fields)


def on(start: date, end: date | None = None, precision: DatePrecision = DatePrecision.DAY) -> When:
    return When(start=start, end=end or start, precision=precision, basis=DateBasis.TEXT)


def toll(n: int, **by: int) -> Toll:
    return Toll(low=n, best=n, high=n, by=by)


def rounds(n: int) -> Count:
    return Count(value=n, unit="rounds")


def said(about: Report, key: str = "", **slots: Any) -> Statement:
    slots = {
        "cls": "event",
        "kind": "shelling",
        "when": on(DAY),
        "reader": "test-1",
        "anchor": Span(0, len(about.text)),
    } | slots
    return Statement(id=key or f"s-{about.id[:8]}-{len(slots)}-{slots['kind']}", report=about.id, **slots)


def party(about: Report, name: str, words: str) -> Party:
    return Party(name, span(about, words))


def weapon(about: Report, name: str, words: str) -> Weapon:
    return Weapon(name, span(about, words))


def signal(**fields: Any) -> Signal:
    told: dict[str, Any] = {
        "id": "g-1", "unit": "IQ/Baghdad attack", "period": "2020-W14", "method": "record_high", "version": "1",
        "params": {"window": 12}, "observed": 5.0, "expected": 1.0, "p": 0.01, "effect": (2.0, 5.0, 9.0),
        "false_alarms_per_year": 0.4, "smallest_change_seen": 3.0, "headline_en": "Baghdad: attacks at a record high",
        "headline_ar": "بغداد: الهجمات في أعلى مستوى", "evidence": (), "as_of": AS_OF,
    }  # fmt: skip
    return Signal(**(told | fields))


def forecast(p: float = 0.7, **fields: Any) -> Forecast:
    told: dict[str, Any] = {
        "id": f"f-{p}", "unit": "IQ/Baghdad attack", "freq": "W", "origin": "2020-W14", "target": "2020-W16",
        "atoms": ((0.0, 1 - p), (2.0, p)), "method": "last12", "version": "1", "params": {}, "evidence": (), "as_of": AS_OF,
    }  # fmt: skip
    return Forecast(**(told | fields))


def material(reports: Sequence[Report], statements: Sequence[Statement], **fields: Any) -> Material:
    """A cut with the incidents that linking makes of `statements`."""
    events = [s for s in statements if s.cls == "event"]
    made = {"incidents": link(events, list(reports)), "period": PERIOD, "as_of": AS_OF} | fields
    series = counts(made["incidents"], list(reports), freq="W", as_of=AS_OF) if reports else []
    made |= {"ledger": score.settle(fields.get("forecasts", ()), series)}
    made |= {"verdicts": score.check_outlooks(statements, reports, made["incidents"], as_of=AS_OF)}
    return Material.of(reports=reports, statements=statements, **made)


def taji() -> tuple[list[Report], list[Statement]]:
    """Two reports of one attack that differ on its rounds, one of them Arabic."""
    a = report("Ten rockets hit Taji base on 11 March 2020, killing three soldiers.")
    b = report("سقط 15 صاروخا على قاعدة التاجي يوم 11 آذار وقتل ثلاثة جنود", lang="ar", source="Source B", title="قصف التاجي")
    here = place(a, "Taji base", "Camp Taji", gazetteer="own2")
    there = place(b, "قاعدة التاجي", "Camp Taji", gazetteer="own2")
    first = said(
        a, places=(here,), count=Count(value=10, unit="rounds", span=span(a, "Ten")), killed=toll(3),
        weapons=(weapon(a, "rocket", "rockets"),),
    )  # fmt: skip
    second = said(b, places=(there,), count=rounds(15), killed=toll(3), weapons=(weapon(b, "rocket", "صاروخا"),))
    return [a, b], [first, second]


def outlook(about: Report, **slots: Any) -> Statement:
    return replace(
        said(about, "o-1", cls="outlook", realis=Realis.PLANNED, when=None), kind="armed_attack", direction="up", **slots
    )
