"""A brief as Markdown (CommonMark with footnotes): for wikis, chats and editors. Every mark of the reports' own is escaped."""

import re
from collections.abc import Iterator, Mapping

from marsad.brief import charts, names
from marsad.brief.document import Block, Brief, Sentence
from marsad.brief.excerpt import safe_url, window
from marsad.brief.material import Material
from marsad.brief.notes import Notes, offsets
from marsad.brief.words import Digits, Words, visible
from marsad.brief.writer import Writer
from marsad.records import Report, Statement

_MARKS = re.compile(r"([\\`*_{}\[\]#|~!$^])")


def markdown(
    material: Material,
    brief: Brief,
    *,
    quotes: bool = True,
    pictures: Mapping[str, str] | None = None,
    digits: Digits = "latn",
) -> str:
    """The brief as Markdown. pictures: the file of each picture by its key (charts.Figure.key), to be linked. quotes: as in
    `render`."""
    w, notes = Writer(material, Words(brief.lang, digits)), Notes(material)
    lines = [*_head(w, brief, quotes)]
    for section in brief.sections:
        lines += ["", f"## {section.heading}"]
        for block in section.blocks:
            lines += _block(notes, block)
        lines += _pictures(w, "map" if section.key == "highlights" else section.key, pictures or {})
    lines += ["", f"## {w.words.phrase('words_heading')}", ""]
    for report, said in notes.used():
        lines += [_note(w, notes, report, s, quotes) for s in said]
    body = "\n".join(lines) + "\n"
    return f'<div dir="rtl" lang="ar">\n\n{body}\n</div>\n' if brief.lang == "ar" else body


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line; no tag, link, mark or list begins in it."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    flat = _MARKS.sub(r"\\\1", flat)
    return re.sub(r"^([-+=]|\d+[.)])", lambda m: m[0][:-1] + "\\" + m[0][-1], flat)


def _head(w: Writer, brief: Brief, quotes: bool) -> Iterator[str]:
    t = w.words.phrase
    yield f"# {escaped(brief.title)}"
    yield ""
    yield f"**{t('draft')}.** {t('draft_note')}{'' if quotes else ' ' + t('no_quotes')}"
    yield ""
    yield f"{t('covers')}: {w.words.days(*brief.period)}. {t('as_of')} {w.words.day(brief.as_of)}."
    if w.material.note:
        yield f"\n{t('demo_note')}"
    if w.material.stale:
        yield f"\n**{t('stale', n=w.material.stale)}**"


def _block(notes: Notes, block: Block) -> Iterator[str]:
    if block.title:
        tags = f" ({', '.join(map(escaped, block.tags))})" if block.tags else ""
        yield f"\n### {escaped(block.title)}{tags}"
    if block.sentences:
        yield "\n" + " ".join(_sentence(notes, s) for s in block.sentences)
    if block.points:
        yield ""
        yield from (f"- {_sentence(notes, s)}" for s in block.points)


def _sentence(notes: Notes, sentence: Sentence) -> str:
    ref = notes.of(sentence)
    return escaped(sentence.text) + "".join(f"[^{n}]" for n in ref.numbers) + (f" (+{ref.more})" if ref.more else "")


def _pictures(w: Writer, section: str, pictures: Mapping[str, str]) -> Iterator[str]:
    wanted = charts.PLACES.get(section, ())
    for figure in charts.figures(w) if any(k in pictures for k in wanted) else ():
        if figure.key in wanted and figure.key in pictures:
            yield f"\n![{escaped(figure.alt)}]({pictures[figure.key]})"


def _note(w: Writer, notes: Notes, report: Report, said: Statement, quotes: bool) -> str:
    t = w.words.phrase
    name = names.actor(report.source, w.lang) if report.source else t("a_report")
    day = w.words.day(report.published) if report.published else t("undated")
    parts = [escaped(name), day, t("offsets", **offsets(said.anchor, report))]
    parts += [
        f"<{url}>" for url in (safe_url(report.url) or safe_url(report.retells),) if url and not re.search(r"[<>\s]", url)
    ]
    style = w.words.book["style"]
    gone = t("taken_down") + " " if quotes and not report.text else ""
    words = (
        gone or f"{style['open']}{escaped(visible(window(said, report.text).of(report.text)))}{style['close']} "
        if quotes
        else ""
    )
    return f"[^{notes.number(said)}]: {words}({'; '.join(parts)})"
