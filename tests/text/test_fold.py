"""Folding unites spellings and never loses the way back to the letter."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.text.fold import fold, fold_text


def test_spellings_of_one_word_fold_alike() -> None:
    for a, b in [
        ("الرقة", "الرقه"),
        ("أربيل", "اربيل"),
        ("الموصلى", "الموصلي"),
        ("قُتِلَ", "قتل"),
        ("كـركـوك", "كركوك"),
        ("١٢٣", "123"),
        ("ﻻ", "لا"),
    ]:
        assert fold_text(a) == fold_text(b)


def test_a_span_of_folded_text_covers_the_original_letters() -> None:
    text = "قال: وكَركوك، Ñandú"
    folded = fold(text)
    at = folded.text.index("كركوك")
    a, b = folded.span(at, at + 5)
    assert text[a:b] == "كَركوك"


@given(st.text())
def test_every_folded_character_points_into_the_text_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.index) == len(folded.text) + 1
    assert list(folded.index) == sorted(folded.index)
    for at in range(len(folded.text)):
        a, b = folded.span(at, at + 1)
        assert 0 <= a < b <= len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text())
def test_the_quick_fold_is_the_fold(text: str) -> None:
    """Keys are made with one and texts with the other; a difference would lose words."""
    assert fold_text(text) == fold(text).text
