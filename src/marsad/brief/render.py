"""Render: a brief -> one self-contained HTML page. Text from reports is escaped by the template, marked words included."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from marsad import __version__
from marsad.brief import charts, fonts, names
from marsad.brief.document import Block, Brief, Sentence
from marsad.brief.excerpt import excerpt, safe_url
from marsad.brief.material import Material
from marsad.brief.notes import Notes, offsets
from marsad.brief.sections.incidents import day_label
from marsad.brief.words import Digits, Words, visible
from marsad.brief.writer import TOLLS, Writer
from marsad.records import Incident, Report, Statement, reckoned
from marsad.scales import Family


def render(material: Material, brief: Brief, *, quotes: bool = True, other: str = "", digits: Digits = "latn") -> str:
    """The page of `brief`. quotes: False gives only address, offsets and hash of the words it rests on. other: the file name
    of the brief in the other language, linked from the top. The same arguments give the same bytes."""
    page = Page(Writer(material, Words(brief.lang, digits)), brief, quotes, Notes(material))
    sections = page.sections()  # numbers the statements in reading order
    register = page.register()
    style = page.w.words.book["style"]
    return _template().render(
        lang=brief.lang, dir=style["dir"], brief=brief, t=page.t, day=page.w.words.day, num=page.w.words.number, days=page.w.words.days,
        faces=Markup(fonts.faces()), style=Markup(_style()), release=material.release.value, other=other,
        other_lang="en" if brief.lang == "ar" else "ar", other_name=style["other"], note=material.note, quotes=quotes,
        stale=page.t("stale", n=material.stale) if material.stale else "", keys=page.keys(), sections=sections, register=register,
        contents=[(s["key"], s["heading"]) for s in sections] + [("register", page.t("register"))] * bool(register),
        columns=[page.t(f"col_{c}") for c in ("day", "what", "where", "toll", "sources", "words")], reports=page.reports(),
        footer=page.t("footer", version=__version__),
    )  # fmt: skip


@dataclass
class Page:
    """A page in the making: it numbers each statement where it is first used."""

    w: Writer
    brief: Brief
    quotes: bool
    notes: Notes

    def t(self, key: str, **slots: Any) -> str:
        """A phrase of the page."""
        return self.w.words.phrase(key, **slots)

    def sections(self) -> list[dict[str, Any]]:
        """The sections in order, pictures where they belong."""
        pictures = self.pictures()
        made = []
        for section in self.brief.sections:
            shown = [pictures[k] for k in charts.PLACES.get(section.key, ()) if k in pictures]
            fold = section.key in ("incidents", "posture")
            blocks = [self.block(b, fold) for b in section.blocks]
            made.append({"key": section.key, "heading": section.heading, "blocks": blocks, "figures": shown})
            where = [pictures[k] for k in charts.PLACES["map"] if k in pictures]
            if section.key == "highlights" and where:
                made.append({"key": "map", "heading": self.w.words.heading("map"), "blocks": [], "figures": where})
        return made

    def pictures(self) -> Mapping[str, dict[str, Any]]:
        """Every picture by its key, drawn."""
        return {
            f.key: {
                "key": f.key, "title": f.title, "alt": f.alt, "note": f.note, "legend": f.legend, "svg": Markup(charts.svg(f, self.w))
            }
            for f in charts.figures(self.w)
        }  # fmt: skip

    def block(self, block: Block, fold: bool) -> dict[str, Any]:
        """A block for the template; one about a statement shows its words."""
        said = self.w.material.statements.get(block.about)
        return {
            "title": block.title, "tags": block.tags, "about": block.about, "id": f"b-{block.about}", "fold": fold,
            "sentences": [self.sentence(s) for s in block.sentences], "points": [self.sentence(s) for s in block.points],
            "quotes": [self.words_of(said)] if said and self.quotes else [],
        }  # fmt: skip

    def sentence(self, sentence: Sentence) -> dict[str, Any]:
        """A sentence with its references."""
        ref = self.notes.of(sentence)
        return {
            "text": sentence.text, "evidence": " ".join(sentence.evidence), "refs": [self.ref(n) for n in ref.numbers],
            "whole": ref.whole, "more": self.t("evidence_more", n=ref.more) if ref.more else "",
        }  # fmt: skip

    def ref(self, n: int) -> tuple[str, str]:
        """The number of a statement as it is written, and where it leads."""
        return self.w.words.in_digits(str(n)), f"w{n}"

    def words_of(self, statement: Statement) -> dict[str, Any]:
        """The words of a statement, marked."""
        report = self.w.material.reports[statement.report]
        html = excerpt(statement, report.text) if report.text else escape(self.t("taken_down"))
        return {"lang": report.lang, "dir": _dir(report), "html": html}

    def keys(self) -> list[tuple[str, str]]:
        """The figures at the head of the page."""
        current = self.w.material.current
        killed = sum(reckoned(i.killed) or 0 for i in current)
        posture = sum(i.family is Family.POSTURE for i in current)
        values = {
            "incidents": len(current) - posture, "killed": killed, "posture": posture, "reports": len(self.w.material.fresh),
            "disputed": sum(bool(i.differences) for i in current),
        }  # fmt: skip
        return [(self.t("count", n=n), self.t(f"key_{key}", n=n)) for key, n in values.items()]

    def register(self) -> list[dict[str, Any]]:
        """Every incident of the period in one row."""
        return [self.row(i) for i in self.w.material.current]

    def row(self, i: Incident) -> dict[str, Any]:
        """One incident as a row."""
        told = [self.w.words.in_digits(_short(getattr(i, slot))) for slot in TOLLS[:2]]
        refs = [self.ref(n) for n in map(self.notes.number, self.w.material.rests_on([i.id]))]
        return {
            "day": day_label(self.w, i), "what": self.w.kind(i.kind), "where": self.w.where(i), "voices": self.w.words.number(i.voices), "refs": refs,
            "toll": [t or "–" for t in told] if any(told) else [], "colour": charts.COLOURS[i.family],
        }  # fmt: skip

    def reports(self) -> list[dict[str, Any]]:
        """The reports behind the page in order of first use, each with the words that were used."""
        return [self.report(report, said, n) for n, (report, said) in enumerate(self.notes.used(), 1)]

    def report(self, report: Report, said: list[Statement], n: int) -> dict[str, Any]:
        """One report: where it is, and the words that carry each statement."""
        name = names.actor(report.source, self.w.lang) if report.source else self.t("a_report")
        day = self.t("published", day=self.w.words.day(report.published)) if report.published else self.t("undated")
        links = [
            (self.t(k), url) for k, raw in (("open_source", report.url), ("retells", report.retells)) if (url := safe_url(raw))
        ]
        excerpts = [
            {
                "id": f"w{self.notes.number(s)}", "n": self.ref(self.notes.number(s))[0], "html": self.words_of(s)["html"] if self.quotes else "",
                "where": self.t("offsets", **offsets(s.anchor, report)),
            }
            for s in said
        ]  # fmt: skip
        return {
            "id": f"r{n}", "lang": report.lang, "dir": _dir(report), "hash": report.id, "links": links, "excerpts": excerpts,
            "title": visible(report.title if self.quotes else "") or name, "meta": f"{name} · {day}",
        }  # fmt: skip


def _short(toll: Any) -> str:
    if toll is None:
        return ""
    if toll.low is not None and toll.high is not None and toll.low != toll.high:
        return f"{toll.low}–{toll.high}"
    return str(toll.best if toll.best is not None else f"{toll.low}+")


def _dir(report: Report) -> str:
    return "rtl" if report.lang == "ar" else "ltr"


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["host"] = lambda url: urlsplit(url).hostname or escape(url)
    return made.from_string(files("marsad.brief").joinpath("page.html").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    return files("marsad.brief").joinpath("page.css").read_text(encoding="utf-8")
