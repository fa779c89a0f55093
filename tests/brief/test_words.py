"""What the words promise: number and noun agree, months have both names, nothing is rounded to a certainty."""

import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from marsad.brief import names
from marsad.brief.words import Words, book
from marsad.records import When
from marsad.scales import KINDS, DateBasis, DatePrecision, Family

AR, EN = Words("ar"), Words("en")
ARABIC_LETTER = r"[\u0621-\u064a]"


@pytest.mark.parametrize(
    ("n", "noun", "case", "told"),
    [
        (0, "killed", "nom", "لا قتلى"), (1, "killed", "nom", "قتيل واحد"), (2, "killed", "nom", "قتيلان"), (2, "killed", "gen", "قتيلين"),
        (3, "killed", "nom", "ثلاثة قتلى"), (10, "killed", "nom", "عشرة قتلى"), (11, "killed", "nom", "11 قتيلاً"),
        (99, "killed", "nom", "99 قتيلاً"), (100, "killed", "nom", "100 قتيل"), (101, "killed", "nom", "101 قتيل"),
        (103, "killed", "nom", "103 قتلى"), (111, "killed", "nom", "111 قتيلاً"), (1000, "killed", "nom", "1,000 قتيل"),
        (3, "incident", "nom", "ثلاث حوادث"), (8, "incident", "nom", "ثماني حوادث"), (2, "report", "gen", "تقريرين"),
        (1, "incident", "nom", "حادثة واحدة"), (12, "rounds_mortar", "nom", "12 قذيفة هاون"), (2, "source", "nom", "مصدران مستقلان"),
        (5, "rounds_rocket", "gen", "خمسة صواريخ"), (15, "rounds_rocket", "gen", "15 صاروخاً"),
    ],
)  # fmt: skip
def test_an_arabic_noun_agrees_with_its_number(n, noun, case, told):
    assert AR.counted(n, noun, case) == told


@pytest.mark.parametrize(
    ("n", "noun", "told"),
    [(0, "attack", "no attacks"), (1, "attack", "one attack"), (2, "attack", "two attacks"), (10, "killed", "10 killed")],
)
def test_an_english_noun_agrees_with_its_number(n, noun, told):
    assert EN.counted(n, noun) == told


@given(st.integers(0, 10**6), st.sampled_from(sorted(book("ar", "words")["nouns"])))
def test_every_number_has_a_form_in_both_languages_and_loses_no_digit(n, noun):
    for words in (AR, EN):
        told = words.counted(n, noun)
        assert told
        assert n <= 10 or words.number(n) in told


def test_a_range_takes_the_form_of_its_upper_end():
    assert AR.between(10, 15, "rounds_rocket") == "ما بين 10 و15 صاروخاً"
    assert AR.between(100, 200, "troops") == "ما بين 100 و200 عسكري"
    assert EN.between(10, 15, "rounds_rocket") == "10 to 15 rockets"
    assert EN.between(2, 2, "attack") == "two attacks"


def test_months_have_the_levantine_and_the_gregorian_name():
    assert AR.day(date(2020, 4, 8)) == "8 نيسان/أبريل 2020"
    assert AR.days(date(2020, 3, 17), date(2020, 3, 21)) == "17 إلى 21 آذار/مارس 2020"
    assert EN.days(date(2019, 12, 31), date(2020, 4, 8)) == "31 December 2019 to 8 April 2020"


def when(start: date, end: date, precision: DatePrecision, basis: DateBasis = DateBasis.TEXT) -> When:
    return When(start=start, end=end, precision=precision, basis=basis)


@pytest.mark.parametrize(
    ("told", "en", "ar"),
    [
        (None, "On a day that no report gives", "في تاريخ لم تذكره التقارير"),
        (when(date(2020, 3, 11), date(2020, 3, 11), DatePrecision.DAY), "On 11 March 2020", "في 11 آذار/مارس 2020"),
        (when(date(2020, 3, 17), date(2020, 3, 21), DatePrecision.DAYS), "Between 17 and 21 March 2020", "بين 17 و21 آذار/مارس 2020"),
        (when(date(2020, 3, 1), date(2020, 3, 31), DatePrecision.MONTH), "In March 2020", "خلال آذار/مارس 2020"),
        (when(date(2012, 1, 1), date(2012, 12, 31), DatePrecision.YEAR), "In 2012", "خلال عام 2012"),
        (when(date(2020, 3, 29), date(2020, 3, 29), DatePrecision.DAY, DateBasis.BY), "By 29 March 2020", "بحلول 29 آذار/مارس 2020"),
    ],
)  # fmt: skip
def test_a_date_says_no_more_than_is_known(told, en, ar):
    assert (EN.when(told), AR.when(told)) == (en, ar)


def test_lists_read_as_people_write_them():
    assert EN.join(["a", "b", "c"]) == "a, b and c"
    assert AR.join(["نينوى", "كركوك", "ديالى"]) == "نينوى وكركوك وديالى"
    assert AR.join(["10", "15"], "or") == "10 أو 15"
    assert (EN.join([]), EN.join(["a"])) == ("", "a")


@pytest.mark.parametrize(("p", "told"), [(0.003, "<1%"), (0.997, ">99%"), (0.0, "0%"), (1.0, "100%"), (0.654, "65%")])
def test_a_probability_is_never_rounded_to_a_certainty(p, told):
    assert EN.percent(p) == told


def test_arabic_digits_are_a_choice_and_leave_latin_names_alone():
    words = Words("ar", "arab")
    assert words.phrase("says", who="وكالة", day="8 نيسان/أبريل 2020", by="", told=["1,100 قتيل", "K1"]) == (
        "وكالة، ٨ نيسان/أبريل ٢٠٢٠: ١٬١٠٠ قتيل؛ K1."
    )


def test_both_languages_have_every_word_and_phrase():
    for name in ("words", "sentences", "lint"):
        ar, en = book("ar", name), book("en", name)
        assert set(ar) == set(en), name
        for table in set(ar) - {"numerals", "national"}:
            if isinstance(ar[table], dict):
                assert set(ar[table]) == set(en[table]), (name, table)
    for words in (AR, EN):
        assert set(words.book["kinds"]) == set(KINDS)
        assert set(words.book["families"]) == set(Family)


@pytest.mark.parametrize("line", (ROOT / "src/marsad/codebooks/actors.tsv").read_text(encoding="utf-8").splitlines()[1:])
def test_every_actor_of_the_codebook_has_an_arabic_name_without_a_loaded_word(line):
    name = names.actor(line.split("\t")[0], "ar")
    assert not any(c.isascii() and c.isalpha() for c in name)
    assert not set(name.split()) & {"داعش", "النظام", "الإرهابي", "الإرهابيين", "الاحتلال", "المخلوع"}


def test_forces_of_a_country_and_broad_groups_are_named_in_arabic():
    assert names.actor("Portuguese Armed Forces", "ar") == "القوات البرتغالية"
    assert names.actor("civilians", "ar") == "المدنيون"
    assert names.actor("civilians", "ar", case="gen") == "المدنيين"
    assert names.actor("Ruritanian Guard", "ar", "حرس روريتانيا") == "حرس روريتانيا"
    assert names.actor("iraqi security forces", "ar") == names.actor("Iraqi Security Forces", "ar")


def test_a_latin_name_before_a_number_does_not_draw_it_along():
    told = AR.phrase("says", who="alyaum", day=AR.day(date(2015, 8, 10)), by="", told=[AR.counted(3, "killed")])
    assert told == "alyaum\u200f، 10 آب/أغسطس 2015: ثلاثة قتلى."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kenyan police", "الشرطة الكينية"),
        ("Jordanian Armed Forces", "القوات الأردنية"),
        ("Sri Lankan army", "الجيش السريلانكي"),
    ],
)
def test_a_force_named_after_its_country_is_named_in_arabic(name, said):
    assert names.actor(name, "ar") == said


def test_every_indicator_and_condition_of_the_codebooks_has_an_arabic_name():
    books = [
        tomllib.loads(files("marsad.codebooks").joinpath(lang, "others.toml").read_text(encoding="utf-8"))
        for lang in ("ar", "en")
    ]
    said = {row["name"] for held in books for table in ("indicator", "condition") for row in held.get(table, ())}
    assert len(said) > 10
    assert [n for n in sorted(said) if re.search("[A-Za-z]", names.actor(n, "ar"))] == []


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("0.6.", "٠٫٦."), ("33% و1,200", "٣٣٪ و١٬٢٠٠"), ("5, 6", "٥, ٦"), ("0.1.0", "0.1.0"), ("2020-04-08", "2020-04-08"), ("lexical-3", "lexical-3")],
)  # fmt: skip
def test_digits_of_choice_take_their_marks_along_and_leave_names_alone(latin, arabic):
    assert Words("ar", "arab").in_digits(latin) == arabic


@pytest.mark.parametrize(
    ("words", "place", "said"),
    [(AR, "الحدود الإيرانية", "على الحدود الإيرانية"), (EN, "Iranian border", "on the Iranian border"), (EN, "Baghdad", "in Baghdad")],
)  # fmt: skip
def test_what_happens_at_a_border_happens_on_it(words, place, said):
    assert words.phrase("trend", who="A", direction="up", what="x", place=place, ratio=2, since="").count(said)
