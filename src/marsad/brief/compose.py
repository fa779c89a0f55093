"""Compose: a cut of the record -> the sentences of a brief, each with the ids it rests on."""

from collections.abc import Callable

from marsad.brief import names
from marsad.brief.document import Block, Brief, Section
from marsad.brief.material import Material
from marsad.brief.sections import expect, gaps, highlights, incidents, ledger, made, outlook, posture, signals
from marsad.brief.words import Digits, Words
from marsad.brief.writer import Writer
from marsad.records import Lang

VERSION = "1"

ORDER: tuple[tuple[str, Callable[[Writer], tuple[Block, ...]]], ...] = (
    ("ledger", ledger.blocks), ("highlights", highlights.blocks), ("incidents", incidents.blocks), ("posture", posture.blocks),
    ("signals", signals.blocks), ("expect", expect.blocks), ("outlook", outlook.blocks), ("gaps", gaps.blocks),
    ("methods", made.methods), ("sources", made.sources),
)  # fmt: skip
"""The sections of the page. Map and timeline stand after the highlights; they are pictures of the incidents, not sentences.
What we got wrong last time comes first only where there is something to own up to."""


def compose(material: Material, lang: Lang, *, digits: Digits = "latn") -> Brief:
    """The brief of `material` in `lang`. digits: "arab" writes ٠-٩ in Arabic. The same material gives the same brief."""
    w = Writer(material, Words(lang, digits))
    sections = [Section(key, w.words.heading(key), write(w)) for key, write in ORDER]
    if not sections[0].blocks[0].points and sections[0].blocks[0].sentences[0].evidence == (material.cut,):
        sections.append(sections.pop(0))  # nothing has come due: say so, but not at the head of the page
        sections.insert(-3, sections.pop())
    return Brief(
        lang=lang, title=title(w), period=material.period, as_of=material.as_of, sections=tuple(sections),
        method=f"marsad.brief {VERSION}", version=VERSION, sensitivity=material.sensitivity,
    )  # fmt: skip


MAIN = 0.6
"""The share of incidents that countries must hold to stand in the title."""


def title(w: Writer) -> str:
    """The title: the area asked for, else the one to three countries that most incidents are in."""
    if w.material.area:
        return w.words.phrase("title", place=names.area(w.material.area, w.lang))
    told = gaps.countries(w.material.current)
    for most in (1, 2, 3):
        if (first := list(told)[:most]) and sum(told[c] for c in first) >= MAIN * sum(told.values()):
            return w.words.phrase("title", place=w.words.join(names.country(c, w.lang) for c in first))
    return w.words.phrase("title_plain")
