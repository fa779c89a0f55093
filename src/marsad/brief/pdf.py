"""A brief as PDF, set by Typst (Apache-2.0): one wheel without system libraries, shapes Arabic, and gives the same bytes each time.

The other ways were weasyprint (BSD, but it needs Pango from the system) and a headless browser (large, and its bytes differ).
Words reach Typst as data, never as markup, so a report cannot write into the document.
"""

import json
from importlib.resources import files
from typing import Any

from marsad import __version__
from marsad.brief import charts, fonts
from marsad.brief.document import Block, Brief, Sentence
from marsad.brief.excerpt import pieces
from marsad.brief.material import Material
from marsad.brief.notes import Notes, offsets
from marsad.brief.render import Page
from marsad.brief.words import Digits, Words, visible
from marsad.brief.writer import Writer
from marsad.errors import UsageError
from marsad.records import Report, Statement


def pdf(material: Material, brief: Brief, *, quotes: bool = True, digits: Digits = "latn") -> bytes:
    """The brief as PDF 1.7, tagged. quotes: as in `render`. Raises UsageError where Typst is not installed."""
    try:
        import typst  # noqa: PLC0415 (an extra)
    except ImportError:
        raise UsageError("PDF needs Typst", where="--format pdf", mend="Install it: pip install 'marsad[pdf]'.") from None
    page = Page(Writer(material, Words(brief.lang, digits)), brief, quotes, Notes(material))
    pictures = {f.key: f for f in charts.figures(page.w)}
    data = _data(page, pictures)
    sources = {f"{key}.svg": charts.drawn(f, page.w).encode() for key, f in pictures.items()}
    sources["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    sources["main.typ"] = files("marsad.brief").joinpath("page.typ").read_bytes()
    compiled: Any = typst.compile  # its type hints leave out that several files may be given by name
    made = compiled(sources, font_paths=[str(fonts.FOLDER)], ignore_system_fonts=True, format="pdf", timestamp=0)
    return bytes(made)


def _data(page: Page, pictures: dict[str, charts.Figure]) -> dict[str, Any]:
    t, w, brief = page.t, page.w.words, page.brief
    notes = [t("demo_note")] if page.w.material.note else []
    notes += [t("stale", n=page.w.material.stale)] if page.w.material.stale else []
    notes.append(t("draft_note") + ("" if page.quotes else " " + t("no_quotes")))
    sections = []
    for section in brief.sections:
        sections.append({"key": section.key, "heading": section.heading, "figures": _figures(section.key, pictures),
                         "blocks": [_block(page, b) for b in section.blocks]})  # fmt: skip
        if section.key == "highlights" and (shown := _figures("map", pictures)):
            sections.append({"key": "map", "heading": w.heading("map"), "figures": shown, "blocks": []})
    return {
        "lang": brief.lang, "dir": w.book["style"]["dir"], "font": fonts.FAMILY, "title": brief.title, "draft": t("draft"),
        "covers": f"{t('covers')}: {w.days(*brief.period)}", "as_of": f"{t('as_of')} {w.day(brief.as_of)}", "notes": notes,
        "keys": page.keys(), "sections": sections, "words_heading": t("words_heading"), "footer": t("footer", version=__version__),
        "digits": w.in_digits("1"),  # the pattern by which Typst counts pages
        "reports": [_report(page, report, said) for report, said in page.notes.used()],
    }  # fmt: skip


def _figures(section: str, pictures: dict[str, charts.Figure]) -> list[dict[str, Any]]:
    shown = [pictures[k] for k in charts.PLACES.get(section, ()) if k in pictures]
    return [{"title": f.title, "file": f"{f.key}.svg", "alt": f.alt, "note": f.note, "legend": f.legend} for f in shown]


def _block(page: Page, block: Block) -> dict[str, Any]:
    said = page.w.material.statements.get(block.about)
    quotes = []
    if said is not None and page.quotes:
        report = page.w.material.reports[said.report]
        words = "".join(visible(p) for p, _, _ in pieces(said, report.text))
        quotes.append({"lang": report.lang, "dir": "rtl" if report.lang == "ar" else "ltr", "text": words})
    return {
        "title": block.title, "tags": block.tags, "quotes": quotes, "sentences": [_sentence(page, s) for s in block.sentences],
        "points": [_sentence(page, s) for s in block.points],
    }  # fmt: skip


def _sentence(page: Page, sentence: Sentence) -> dict[str, Any]:
    ref = page.notes.of(sentence)
    return {
        "text": sentence.text,
        "refs": [page.ref(n) for n in ref.numbers],
        "more": page.t("evidence_more", n=ref.more) if ref.more else "",
    }


def _report(page: Page, report: Report, said: list[Statement]) -> dict[str, Any]:
    row = page.report(report, said, 0)
    excerpts = [
        {
            "n": page.ref(page.notes.number(s)), "where": page.t("offsets", **offsets(s.anchor, report)),
            "text": [[visible(words), anchor] for words, anchor, _ in pieces(s, report.text)] if page.quotes and report.text else "",
        }
        for s in said
    ]  # fmt: skip
    url = next((url for _, url in row["links"]), "")
    return {
        "lang": report.lang,
        "dir": row["dir"],
        "title": row["title"],
        "meta": row["meta"],
        "url": url,
        "excerpts": excerpts,
    }
