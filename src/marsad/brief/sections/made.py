"""How the brief was made, and the sources with their grades."""

from collections import defaultdict

from marsad.brief import names
from marsad.brief.document import Block, Sentence
from marsad.brief.writer import Writer
from marsad.records import Report
from marsad.scales import LIKELIHOOD

MOST = 40


def methods(w: Writer) -> tuple[Block, ...]:
    """The cut, the linker, the order, the likelihood words, the methods behind signals and forecasts."""
    m = w.material
    readers = sorted({s.reader for s in m.statements.values() if s.reader}) or ["–"]
    bands = [
        w.words.phrase("band", word=b.ar if w.lang == "ar" else b.en, low=round(b.low * 100), high=round(b.high * 100))
        for b in LIKELIHOOD
    ]
    made = [
        w.say("method_cut", (), n=len(m.reports), day=w.words.day(m.as_of), readers=readers), w.say("method_link", ()),
        w.say("method_order", ()), w.say("method_bands", (), bands=bands),
    ]  # fmt: skip
    for key, products in (("method_signals", m.signals), ("method_forecasts", m.forecasts)):
        if products:
            used = sorted({f"{p.method} {p.version}" for p in products})
            made.append(w.say(key, [p.id for p in products], methods=used))
    return (Block(points=tuple(made)),)


def sources(w: Writer) -> tuple[Block, ...]:
    """Each source with how many reports, their days and its grade."""
    by_source: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in w.material.fresh:
        by_source[report.source, report.grade].append(report)
    order = sorted(by_source.items(), key=lambda s: (-len(s[1]), s[0]))
    return (Block(points=tuple(_line(w, *key, listed) for key, listed in order[:MOST]) or (w.say("none_of", ()),)),)


def _line(w: Writer, source: str, grade: str, listed: list[Report]) -> Sentence:
    days = [r.published for r in listed if r.published]
    period = w.words.days(min(days), max(days)) if days else w.words.phrase("source_undated")
    name = names.actor(source, w.lang) if source else w.words.phrase("a_report")
    return w.say(
        "source_line", [r.id for r in listed], name=name[:1].upper() + name[1:], n=len(listed), period=period, grade=grade,
        meaning=w.words.label("grades", grade),
    )  # fmt: skip
