"""Whatever the text, language and day: the reader never raises, its spans cover what they say, and its work grows with the length."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.read.gold import to_gold
from marsad.read.load import book, rows
from marsad.read.placenames import names
from marsad.read.reader import Reader
from marsad.records import Lang, Report, Span, Statement
from marsad.scales import KINDS, DateBasis
from marsad.text.fold import fold_text

READER = Reader()
MARKS = [".", "،", ",", "؛", ":", "؟", "!", "\n", "\n\n", "«", "»", "\"", "(", ")", "-", "–", "%", "$", "…", "\u200f", "\u0640", "\u064b", "\ufeff", "\x00", "\u202e"]  # fmt: skip
NUMBERS = [
    "0",
    "1",
    "2",
    "3",
    "15",
    "1,100",
    "12.5",
    "٧",
    "١٢",
    "2006",
    "2020",
    "31",
    "1441",
    "99999999999999999999",
    "24/3/2020",
    "2020-02-30",
    "3000000000",
]
CLITICS = ["و", "ف", "ب", "ك", "ل", "س", "ال", "وال", "بال", "لل"]


def read(text: str, lang: Lang, published: date | None) -> tuple[Statement, ...]:
    return READER.read(Report(id="x", text=text, lang=lang, published=published))


def strings(held: Any) -> Iterator[str]:
    """Every string of a codebook, at any depth."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for value in held.values():
            yield from strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from strings(value)


def vocabulary(lang: Lang) -> dict[str, list[str]]:
    """The words the reader knows, by codebook: what makes its rules fire."""
    folder = files("marsad.codebooks").joinpath(lang)
    known = {p.name: sorted(set(strings(book(lang, p.name[:-5])))) for p in folder.iterdir() if p.name.endswith(".toml")}
    known["verbs"] = sorted({form for _, form, *_ in rows(lang, "verb_forms.tsv")})
    places = sorted(names(lang))[::50]
    known["places"] = [p.title() for p in places] if lang == "en" else places
    known["actors"] = sorted({n for *_, en, ar in rows("actors.tsv") for n in (en if lang == "en" else ar).split("|") if n})
    known["people"] = sorted({w for row in rows("demonyms.tsv") for w in row[2 if lang == "en" else 3].split("|") if w})
    return {name: words for name, words in known.items() if words}


WORDS = {lang: vocabulary(lang) for lang in ("ar", "en")}


@st.composite
def glued(draw: Any, lang: Lang) -> str:
    """Words of the codebooks in any order, between numbers and marks, with and without spaces, some with clitics."""
    by_book = st.sampled_from(sorted(WORDS[lang])).flatmap(lambda name: st.sampled_from(WORDS[lang][name]))
    word = by_book if lang == "en" else st.tuples(st.sampled_from(["", "", "", *CLITICS]), by_book).map("".join)
    piece = st.one_of(word, word, word, word, st.sampled_from(NUMBERS), st.sampled_from(MARKS), st.text(max_size=3))
    pieces = draw(st.lists(st.tuples(piece, st.sampled_from([" ", " ", " ", " ", "", "\n"])), max_size=45))
    return "".join(p + gap for p, gap in pieces)


texts = st.one_of(st.text(max_size=200), glued("ar"), glued("ar"), glued("en"))
dates = st.one_of(st.none(), st.dates(date(2, 1, 1), date(9998, 12, 31)), st.dates(date(2004, 1, 1), date(2027, 12, 31)))
"""The first and last years of the calendar have a test of their own."""
langs = st.sampled_from(["ar", "en"])
thorough = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def spans_of(s: Statement) -> list[Span]:
    """Every span of a statement."""
    slots = (s.when, s.count, s.killed, s.injured, s.abducted, s.arrested, s.claimed_by, s.attributed_to, s.expected_by)
    told = [v.span for v in (*s.places, *s.actors, *s.targets, *s.weapons, *(v for v in slots if v is not None)) if v.span]
    return [s.anchor, *told, *(x for listed in s.evidence.values() for x in listed)]


@thorough
@given(texts, langs, dates)
def test_no_text_makes_the_reader_raise_and_every_span_covers_words(text: str, lang: Lang, published: date | None) -> None:
    for s in read(text, lang, published):
        for span in spans_of(s):
            assert 0 <= span.start < span.end <= len(text)
            assert any(c.isalnum() for c in span.of(text)), (s.cls, span.of(text))
        anchor = re.sub(r"(?<=[a-z,])\n(?=[a-z])", " ", s.anchor.of(text)) if lang == "en" else s.anchor.of(text)
        assert "\n" not in anchor  # an anchor lies within one sentence, which only goes on after a line that was wrapped


@thorough
@given(texts, langs, dates)
def test_places_and_weapons_cover_what_they_say(text: str, lang: Lang, published: date | None) -> None:
    known = set(book(lang, "weapons"))
    for s in read(text, lang, published):
        for place in s.places:
            assert place.name == place.span.of(text)
            assert fold_text(place.name).strip()
        for weapon in s.weapons:
            assert weapon.name in known
            assert any(
                c.isalpha() for c in weapon.span.of(text)
            )  # a phrase may name it too (هجوم جوي), so no list of stems holds


@thorough
@given(texts, langs, dates)
def test_slots_hold_together(text: str, lang: Lang, published: date | None) -> None:
    said = read(text, lang, published)
    assert read(text, lang, published) == said
    assert len({s.id for s in said}) == len(said)
    for s in said:
        assert (s.kind in KINDS) if s.cls == "event" else (s.kind in KINDS or not s.kind)
        for toll in (s.killed, s.injured, s.abducted, s.arrested):
            told = [n for n in (toll.low, toll.best, toll.high) if n is not None] if toll else []
            assert told == sorted(told)
            assert not told or told[0] >= 0
        if s.when is not None:
            assert s.when.start <= s.when.end
            assert published is not None or s.when.basis not in (DateBasis.PUBLISHED, DateBasis.RELATIVE)
        coded = json.loads(json.dumps(to_gold(s, text)))
        assert coded["anchor"] == text[coded["start"] : coded["end"]]
        for place in coded.get("places", ()):
            assert place["name"] == text[place["start"] : place["end"]]


@pytest.mark.parametrize(
    ("text", "lang"), [("March ① saw an attack", "en"), ("between ፩ and ② March", "en"), ("قتل " + "9" * 5_000 + " جنديا", "ar"), ("killed " + "9" * 5_000, "en")],
    ids=["circled", "Ethiopic", "5,000 digits", "5,000 digits, English"],
)  # fmt: skip
def test_digits_of_other_scripts_and_endless_numbers_are_no_days(text: str, lang: Lang) -> None:
    told = [
        s.when for s in read(text, lang, date(2020, 4, 8)) if s.when is not None and s.when.basis is not DateBasis.PUBLISHED
    ]
    assert all(w.start != w.end for w in told)


@pytest.mark.parametrize("published", [date.min, date(1, 1, 2), date.max], ids=str)
@pytest.mark.parametrize(
    "text", ["قتل جندي أمس", "الأسبوع الماضي هجوم", "ليلة الجمعة هجوم", "مطلع الشهر قتل جندي", "غدا هجوم", "a soldier was killed yesterday"]
)  # fmt: skip
def test_the_ends_of_the_calendar_do_no_harm(text: str, published: date) -> None:
    """0001-01-01 is what many systems write for "no date"."""
    read(text, "en" if text.isascii() else "ar", published)


# --- work grows with length ----------------------------------------------------------------------------------------------------

TOWNS = ("بغداد", "الموصل", "كركوك", "تكريت", "الرمادي", "سامراء", "بعقوبة")


def archive(lines: int) -> str:
    """News of attacks that differ in day, place and toll, a line each."""
    parts = ((i % 9 + 2, TOWNS[i % 7], i % 28 + 1) for i in range(lines))
    return "\n".join(f"قتل {dead} جنود في هجوم على نقطة تفتيش في {town} في {day} مارس." for dead, town, day in parts)


WORK = 1_000
"""Words of the shorter text. The longer has twice as many."""
SHAPES: dict[str, tuple[Lang, Callable[[int], str]]] = {
    "one word, no spaces": ("ar", lambda n: "قتل" * n),
    "a sentence without a stop": ("ar", lambda n: "قتل ثلاثة جنود في بغداد أمس " * (n // 6)),
    "words without meaning": ("ar", lambda n: "كلام " * n),
    "digits": ("ar", lambda n: "7" * 10 * n),
    "waw": ("ar", lambda n: "و" * 10 * n),
    "waw, spaced": ("ar", lambda n: "و " * n),
    "parentheses": ("ar", lambda n: "(" * n),
    "newlines": ("ar", lambda n: "\n" * 10 * n),
    "stops": ("ar", lambda n: ". " * n),
    "quotes": ("ar", lambda n: "«قال» " * n),
    "numbers with commas": ("ar", lambda n: "1,234 " * n),
    "one number with commas": ("ar", lambda n: "12," * n),
    "numbers in words": ("ar", lambda n: "خمسة وعشرون ألفا و" * (n // 3)),
    "places": ("ar", lambda n: "بغداد، " * n),
    "joined places": ("ar", lambda n: "بغداد والموصل و" * (n // 2)),
    "actors": ("ar", lambda n: "داعش " * n),
    "dates": ("ar", lambda n: "في 12 مارس 2020 " * (n // 4)),
    "cues": ("ar", lambda n: "لم " * n),
    "speech": ("ar", lambda n: "قال إن " * (n // 2)),
    "attacks": ("ar", lambda n: "هجوم " * n),
    "tolls": ("ar", lambda n: "مقتل 3 جنود و" * (n // 3)),
    "news of many lines": ("ar", lambda n: "قتل ثلاثة جنود في بغداد أمس.\n" * (n // 6)),
    "an archive": ("ar", lambda n: archive(n // 6)),
    "English tolls": ("en", lambda n: "killed three soldiers and " * (n // 4)),
    "English places": ("en", lambda n: "Mosul, " * n),
    "English numbers": ("en", lambda n: "twenty one hundred " * (n // 3)),
    "English sentence": ("en", lambda n: "the attack in Mosul and " * (n // 5)),
    "English news": ("en", lambda n: "Three soldiers were killed in Mosul on Monday. " * (n // 8)),
}  # fmt: skip


def calls(text: str, lang: Lang) -> int:
    """How many calls (of Python and of C functions, generators' steps included) reading takes, once its memory is warm."""
    report = Report(id="x", text=text, lang=lang, published=date(2020, 4, 8))
    READER.read(report)
    told = 0

    def count(*_: Any) -> None:
        nonlocal told
        told += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        READER.read(report)
    finally:
        sys.setprofile(before)
    return told


@pytest.mark.parametrize("shape", list(SHAPES))
def test_twice_the_text_takes_about_twice_the_work(shape: str) -> None:
    lang, made = SHAPES[shape]
    short, long = calls(made(WORK), lang), calls(made(2 * WORK), lang)
    assert long < 2.6 * short + 1_000
