"""What was read, shown: reports with the words of every slot marked, and a card for each statement -> one self-contained page.

No script; pictures and fonts stand in the page. The text of a report is shown to the letter (see marked.py); a reader follows a
card's lines to the words and the numbers behind the words back to the card.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from marsad import __version__
from marsad.brief import fonts, names
from marsad.brief.card import Card, details
from marsad.brief.excerpt import safe_url
from marsad.brief.marked import SLOTS, Mark, marked, marks
from marsad.brief.words import Words, book, visible
from marsad.records import Lang, Report, Statement

_TITLE = 90
"""Characters."""
_PIECE = re.compile(r'data-of="([^"]+)"')
"""The further pieces of a split mark; quotation marks of the text are escaped, so that it holds none."""
Reading = tuple[Report, Sequence[Statement]]


def reading_page(readings: Sequence[Reading], lang: Lang | None = None) -> str:
    """The page of `readings`. lang: the language of its own words (default: that of the first report). Same input, same bytes."""
    lang = lang or (readings[0][0].lang if readings else "en")
    own, words = book(lang, "reading"), Words(lang)
    reports = [_report(words, own, *reading, n) for n, reading in enumerate(readings, 1)]
    used = {mark.slot for _, said in readings for s in said for mark in marks(s)}
    readers = sorted({s.reader for _, said in readings for s in said if s.reader})
    return _template().render(
        lang=lang, dir=words.book["style"]["dir"], page=own["page"], reports=reports, faces=Markup(fonts.faces()),
        style=Markup(_style()), labels=own["slots"], legend=[(s, own["slots"][s]) for s in SLOTS if s in used],
        title=reports[0]["title"] if len(reports) == 1 else own["page"]["title"],
        footer=own["page"]["footer"].format(version=__version__, reader=words.join(readers) or "–"),
    )  # fmt: skip


def _report(words: Words, own: Mapping[str, Any], report: Report, said: Sequence[Statement], n: int) -> dict[str, Any]:
    """One report for the template: its text marked, its cards numbered in order of the text."""
    prefix = f"r{n}-"
    refs: dict[Mark, Markup] = {}
    for k, statement in enumerate(said, 1):
        end = Mark(statement.anchor, "")
        refs[end] = refs.get(end, Markup("")) + _ref(f"{prefix}c{k}", k, own["page"]["statement"])
    wanted = [mark for s in said for mark in marks(s)]
    text = marked(report.text, wanted, prefix=prefix, after=refs)
    cards = [_card(Card(words, report, s), prefix, k) for k, s in enumerate(said, 1)]
    day = words.phrase("published", day=words.day(report.published)) if report.published else words.phrase("undated")
    source = [names.actor(report.source, words.lang)] if report.source else []
    return {
        "id": f"r{n}", "lang": report.lang, "dir": "rtl" if report.lang == "ar" else "ltr", "cards": cards,
        "title": visible(report.title) or _first_words(report.text), "meta": " · ".join([visible(s) for s in source] + [day]),
        "key": visible(report.key or report.id[:12]),
        "text": text, "split": sorted(set(_PIECE.findall(text))), "url": safe_url(report.url), "sensitivity": report.sensitivity.value,
    }  # fmt: skip


def _first_words(text: str) -> str:
    """The first line of a report without a title, cut at a word where it is long."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return visible(textwrap.shorten(line, width=_TITLE, placeholder=" …"))


def _ref(card: str, number: int, label: str) -> Markup:
    """A link behind the words of a statement. Its number is drawn by the style sheet, so that the text stays the report's own."""
    return Markup('<a class="n" href="#{}" data-n="{}" aria-label="{} {}"></a>').format(card, number, label, number)


def _card(card: Card, prefix: str, number: int) -> dict[str, Any]:
    s = card.statement
    return {**details(card), "id": f"{prefix}c{number}", "n": number, "prefix": prefix, "realis_is": s.realis.value,
            "kind_id": Mark(s.evidence["kind"][0], "kind").id if s.evidence.get("kind") else "", "said": Mark(s.anchor, "").id}  # fmt: skip


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(files("marsad.brief").joinpath("reading.html").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    return files("marsad.brief").joinpath("reading.css").read_text(encoding="utf-8")
