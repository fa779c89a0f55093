"""Signals as CAP 1.2 alerts with an Atom feed, in Arabic and English (formats/cap.py, formats/atom.py).

A dismissed signal makes none, and one on a thin record neither: it says that nothing can be said.
"""

from datetime import UTC, datetime, time, timedelta

from marsad.brief import charts
from marsad.brief.material import Material
from marsad.brief.periods import days_of, period_words
from marsad.brief.sections.signals import UNPLACED, unit_names
from marsad.brief.words import Words
from marsad.brief.writer import Writer
from marsad.formats import atom, cap
from marsad.panel import told
from marsad.records import Lang, Signal

FEED = "alerts.atom"
LANGS: tuple[Lang, ...] = ("ar", "en")


def alerts(material: Material, *, sender: str = cap.SENDER, feed_at: str = FEED) -> dict[str, str]:
    """File name -> contents: `alert-{id}.cap.xml` for each signal, and the feed (FEED). sender: who sends, as CAP's `sender`: an address
    of yours without spaces or commas. feed_at: the address by which the feed calls itself. All times are those of the cut, so the same cut gives the same bytes."""
    sent = datetime.combine(material.as_of, time(), UTC)
    made = {
        f"alert-{s.id}.cap.xml": (s, _alert(material, s, sender, sent))
        for s in sorted(_worth_it(material), key=lambda s: s.id)
    }
    w = Writer(material, Words("en"))
    entries = [
        atom.Entry(id=f"urn:marsad:signal:{s.id}", title=s.headline_en, summary=_says(w, s), updated=sent, href=name)
        for name, (s, _) in made.items()
    ]
    feed = atom.feed(
        entries, id=f"urn:marsad:alerts:{sender}", title=w.words.phrase("alert_feed"), author=sender, updated=sent, href=feed_at
    )  # fmt: skip
    return {**{name: document for name, (_, document) in made.items()}, FEED: feed}


def _worth_it(material: Material) -> list[Signal]:
    return [s for s in material.signals if not s.thin and s.status != "dismissed"]


def _alert(material: Material, s: Signal, sender: str, sent: datetime) -> str:
    start, end = days_of(s.period)
    days = (
        datetime.combine(start, time(), UTC),
        datetime.combine(end + timedelta(days=1), time(), UTC) - timedelta(seconds=1),
    )
    area = told(s.unit).area
    country, _, unit = area.partition("/")
    words = [_words(Writer(material, Words(lang)), s) for lang in LANGS]
    known = country if len(country) == 2 and country != UNPLACED else ""
    return cap.alert(s, words, sender=sender, sent=sent, days=days, country=known, ring=charts.outline(country, unit))


def _words(w: Writer, s: Signal) -> cap.AlertWords:
    area, what = unit_names(w, s.unit)
    t = w.words.phrase
    headline = str(getattr(s, f"headline_{w.lang}"))
    return cap.AlertWords(
        lang=w.lang, event=t("alert_event", what=what), headline=headline, description=_says(w, s), instruction=t("alert_do"), area=area,
        note=t("alert_note"),
    )  # fmt: skip


def _says(w: Writer, s: Signal) -> str:
    headline = str(getattr(s, f"headline_{w.lang}")).rstrip(".")
    told = w.words.phrase(
        "alert_says", headline=headline, observed=s.observed, expected=s.expected, period=period_words(w, s.period)
    )  # fmt: skip
    if s.false_alarms_per_year is not None:
        told += " " + w.words.phrase("alert_worth", alarms=s.false_alarms_per_year)
    return told
