"""Dates resolve against the day of publication, with the precision that the words have, and never by a guess."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.dates import dates
from marsad.text.fold import fold_text
from marsad.text.tokens import tokens

PUBLISHED = date(2020, 4, 8)  # a Wednesday


def found(text: str, lang: str = "ar", published: date | None = PUBLISHED) -> list[tuple[str, str, int]]:
    return [(str(f.start), str(f.end), f.precision) for f in dates(tokens(fold_text(text)), lang, published)]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("في 19 مارس", "2020-03-19", "2020-03-19", 1),
        ("ففي ال 19 من مارس", "2020-03-19", "2020-03-19", 1),
        ("أمس الثلاثاء", "2020-04-07", "2020-04-07", 1),
        ("اليوم الاثنين", "2020-04-06", "2020-04-06", 1),
        ("قبل ثلاثة أيام", "2020-04-05", "2020-04-05", 1),
        ("يوم الجمعة الماضي", "2020-04-03", "2020-04-03", 1),
        ("على مدار خمسة أيام بدأت في 17 مارس", "2020-03-17", "2020-03-21", 2),
        ("في آذار/مارس", "2020-03-01", "2020-03-31", 4),
        ("بين 17 و21 مارس", "2020-03-17", "2020-03-21", 2),
        ("الأول من يوليو (تموز) 2015", "2015-07-01", "2015-07-01", 1),
        ("25 شوال 1436 هـ", "2015-08-10", "2015-08-10", 1),
        ("عام 2012", "2012-01-01", "2012-12-31", 5),
        ("الشهر الماضي", "2020-03-01", "2020-03-31", 4),
        ("في 30 ديسمبر", "2019-12-30", "2019-12-30", 1),
        ("أول من أمس", "2020-04-06", "2020-04-06", 1),
    ],
)
def test_arabic_phrases(text: str, start: str, end: str, precision: int) -> None:
    assert found(text) == [(start, end, precision)]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("on March 19", "2020-03-19", "2020-03-19", 1),
        ("on 19 March 2019", "2019-03-19", "2019-03-19", 1),
        ("yesterday", "2020-04-07", "2020-04-07", 1),
        ("three days ago", "2020-04-05", "2020-04-05", 1),
        ("on Friday", "2020-04-03", "2020-04-03", 1),
        ("in March 2020", "2020-03-01", "2020-03-31", 4),
    ],
)
def test_english_phrases(text: str, start: str, end: str, precision: int) -> None:
    assert found(text, "en") == [(start, end, precision)]


def test_without_a_day_of_publication_relative_dates_stay_empty() -> None:
    assert [f.start for f in dates(tokens(fold_text("قتل جندي أمس")), "ar", None)] == [None]


def test_a_count_of_cases_is_no_year() -> None:
    assert found("أكثر من 1100 حالة إصابة مؤكدة") == []


@given(
    st.text(alphabet=st.sampled_from("أمس الاثنين 0123456789/-. مارس آذار قبل يوم شهر عام من في و"), max_size=80),
    st.sampled_from(["ar", "en"]),
)
def test_any_text_gives_dates_inside_it_or_none(text: str, lang: str) -> None:
    toks = tokens(fold_text(text))
    for f in dates(toks, lang, PUBLISHED):
        assert 0 <= f.first < f.last <= len(toks)
        assert (f.start is None) == (f.end is None)
        assert f.start is None or f.end is None or f.start <= f.end
