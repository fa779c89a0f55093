"""Numbers in digits and words, in both languages; what is no number is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.fold import fold_text
from marsad.text.numerals import number_at
from marsad.text.tokens import tokens


def value(text: str, lang: str) -> float | None:
    number = number_at(tokens(fold_text(text)), 0, lang)
    return number.value if number else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("خمسة وعشرون", 25), ("مئة وخمسون", 150), ("ثلاثمئة", 300), ("ألفين وخمسمئة", 2500), ("اثني عشر", 12), ("ثلاثة آلاف", 3000), ("٤٥", 45),
     ("1,100", 1100), ("وثلاثة", 3), ("أحد عشر", 11), ("مليوني", 2_000_000), ("مئتي", 200), ("تسعة وتسعين", 99), ("عشرات", 24), ("مئات", 200)],
)  # fmt: skip
def test_arabic_numbers(text: str, wanted: float) -> None:
    assert value(text, "ar") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("twenty-one", 21),
        ("one hundred and five", 105),
        ("two thousand", 2000),
        ("1,100", 1100),
        ("dozens", 24),
        ("3.5 million", 3_500_000),
    ],
)
def test_english_numbers(text: str, wanted: float) -> None:
    assert value(text, "en") == wanted


@pytest.mark.parametrize("text", ["أحد المسلحين", "كتاب", "12:30:45 حزب"])
def test_what_is_no_number(text: str) -> None:
    assert value(text, "ar") in (None, 12)


@given(st.text(alphabet=st.sampled_from("0123456789., ودخمسةعشرمئ-"), max_size=60))
def test_any_string_of_digits_and_marks_is_read_or_refused(text: str) -> None:
    toks = tokens(fold_text(text))
    for at in range(len(toks)):
        number = number_at(toks, at, "ar")
        assert number is None or (number.value >= 0 and at == number.first < number.last <= len(toks))
