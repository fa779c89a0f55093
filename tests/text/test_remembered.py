"""What is remembered of a form is asked once, and memory stays bounded."""

from marsad.text.tokens import Remembered


def test_each_form_is_asked_about_once_while_it_is_remembered() -> None:
    asked: list[str] = []
    sizes = Remembered(lambda form: asked.append(form) or len(form))
    assert [sizes[form] for form in ("قصف", "في", "قصف", "في")] == [3, 2, 3, 2]
    assert asked == ["قصف", "في"]


def test_no_more_is_kept_than_allowed() -> None:
    sizes = Remembered(len, most=10)
    for n in range(1000):
        assert sizes["x" * n] == n
        assert len(sizes) <= 10
