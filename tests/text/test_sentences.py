"""Sentences end where they end: not at an abbreviation, a number or a list dot; always at a line break."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.text.fold import fold_text
from marsad.text.sentences import sentences


def split(text: str) -> list[str]:
    folded = fold_text(text)
    return [folded[a:b] for a, b in sentences(folded)]


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    assert len(split("قال د. أحمد إن 3.5 آلاف نزحوا. وأضاف أن الوضع صعب.")) == 2
    assert len(split("Lt. Gen. Smith said 3.5 thousand left on Dec. 15. He added more.")) == 2


def test_a_full_stop_without_a_space_ends_one_in_arabic() -> None:
    assert len(split("قتل جندي في الموصل.وأصيب آخر في كركوك.")) == 2


def test_a_line_break_always_ends_one() -> None:
    assert len(split("عنوان الخبر\nمتن الخبر")) == 2


@given(st.text())
def test_sentences_lie_in_order_inside_the_text(text: str) -> None:
    done = 0
    for a, b in sentences(text):
        assert done <= a < b <= len(text)
        done = b
