"""The reader takes any text, and every span it gives lies inside the text and covers what it says."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.read.gold import to_gold
from marsad.read.reader import Reader
from marsad.records import Lang, Report, Statement

READER = Reader()
WORDS = [
    "قتل",
    "مقتل",
    "أصيب",
    "انفجار",
    "هجوم",
    "في",
    "بغداد",
    "الموصل",
    "أمس",
    "داعش",
    "ثلاثة",
    "جنود",
    "،",
    ".",
    "15",
    "قذيفة",
    "على",
    "إن",
    "قال",
    "مصدر",
    "لم",
    "سوف",
    "إذا",
    "killed",
    "two",
    "soldiers",
    "in",
    "Mosul",
    "on",
    "Monday",
    "\n",
]


def read(text: str, lang: Lang = "ar", published: date | None = date(2020, 4, 8)) -> tuple[Statement, ...]:
    return READER.read(Report(id="x", text=text, lang=lang, published=published))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)),
    st.sampled_from(["ar", "en"]),
)
def test_any_text_is_read_and_every_span_lies_inside_it(text: str, lang: Lang) -> None:
    for s in read(text, lang):
        assert 0 <= s.anchor.start < s.anchor.end <= len(text)
        for p in s.places:
            assert 0 <= p.span.start < p.span.end <= len(text)
        for party in (*s.actors, *s.targets, *s.weapons):
            assert 0 <= party.span.start < party.span.end <= len(text)
        to_gold(s, text)


def test_the_same_report_gives_the_same_statements() -> None:
    text = "قتل ثلاثة جنود في انفجار عبوة ناسفة في الموصل أمس."
    assert read(text) == read(text)


@pytest.mark.parametrize(
    ("text", "lang", "kind", "killed"),
    [
        ("قتل ثلاثة جنود في انفجار عبوة ناسفة في الموصل أمس.", "ar", "bombing", 3),
        ("فجر انتحاري نفسه في سوق ببغداد ما أدى إلى مقتل عشرين مدنيا.", "ar", "suicide_bombing", 20),
        ("أطلق مسلحون النار على شرطيين في كركوك فقتلوهما أمس.", "ar", "armed_attack", 2),
        ("At least five soldiers were killed when a roadside bomb exploded in Mosul on Monday.", "en", "bombing", 5),
        ("Gunmen kidnapped three engineers near Kirkuk.", "en", "abduction", None),
    ],
)
def test_a_plain_attack_is_one_event_with_its_toll(text: str, lang: Lang, kind: str, killed: int | None) -> None:
    (event,) = [s for s in read(text, lang) if s.cls == "event"]
    assert event.kind == kind
    assert event.realis == "actual"
    assert (event.killed.low if event.killed else None) == killed


@pytest.mark.parametrize(
    "text",
    ["نفت الوزارة مقتل أي جندي في الموصل.", "إذا هاجم التنظيم القرية فسيقتل كثيرون.", "تعتزم الولايات المتحدة سحب قواتها من العراق.", "أحبطت الشرطة محاولة تفجير سيارة مفخخة في بغداد.",
     "هدد التنظيم بشن هجمات في بغداد.", "شن فريق الزوراء هجوما على مرمى الشرطة في المباراة.", "The army denied that soldiers were killed.", "If rebels attack the town, many will die."],
)  # fmt: skip
def test_what_did_not_happen_is_no_actual_event(text: str) -> None:
    lang: Lang = "en" if text[0].isascii() else "ar"
    assert not [
        s
        for s in read(text, lang)
        if s.cls == "event" and s.realis == "actual" and s.family in ("attack", "posture", "control")
    ]


def test_time_grows_in_proportion_to_length() -> None:
    import time  # noqa: PLC0415

    def seconds(times: int) -> float:
        text = "قتل ثلاثة جنود في انفجار عبوة ناسفة في الموصل أمس، وأصيب خمسة. " * times
        began = time.process_time()
        read(text)
        return time.process_time() - began

    seconds(10)
    assert seconds(800) < 12 * seconds(200) + 0.2


def test_reading_makes_no_cycles_for_the_collector_that_it_pauses() -> None:
    import gc  # noqa: PLC0415

    text = "قتل ثلاثة جنود في انفجار عبوة ناسفة في الموصل أمس، وأصيب خمسة. وقالت الشرطة إن تنظيم داعش ينوي شن هجمات."
    read(text)
    gc.collect()
    gc.disable()
    try:
        read(text)
        assert gc.collect() == 0
    finally:
        gc.enable()
    read(text)
    assert gc.isenabled()
