"""The page of `marsad read --html`: the report's text to the letter, each mark on its own words, nothing executed or fetched."""

import re
import sys
from collections import defaultdict
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief.test_browser import chromium, look, proxy  # noqa: F401 (fixtures)
from tests.conftest import ROOT

from marsad import cli
from marsad.brief.excerpt import visible
from marsad.brief.marked import SLOTS, Mark, marked, marks
from marsad.brief.reading import reading_page
from marsad.brief.words import book
from marsad.read.reader import Reader
from marsad.records import Count, Party, Report, Span, Statement, Toll
from marsad.scales import Realis

EXAMPLES = ROOT / "examples" / "reports"
HOSTILE = "<script>alert(1)</script> & \"quoted\" 'x' </div></span><img src=x onerror=alert(1)>"
WORDS = [
    "قتل",
    "أصيب",
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
    "\n",
    "<b>",
    "&amp;",
    "killed",
    "\u202e",
]


class Page(HTMLParser):
    """The text of elements of class `text`, of each mark by id (all its pieces), and every tag, id, class and link."""

    VOID = ("meta", "input", "img", "br", "link")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = []  # tag, the mark it belongs to, whether it holds a report's text
        self.texts: list[str] = []
        self.words: dict[str, str] = defaultdict(str)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag in self.VOID:
            return
        classes = given.get("class", "").split()
        if "text" in classes:
            self.texts.append("")
        mark = given.get("data-of") or (given.get("id") if "m" in classes else "") or ""
        self.open.append((tag, mark, "text" in classes))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(holds for *_, holds in self.open):
            self.texts[-1] += data
        for name in {mark for _, mark, _ in self.open if mark}:
            self.words[name] += data

    @property
    def ids(self):
        return [a["id"] for _, a in self.tags if "id" in a]


def report(text, lang="ar", **slots):
    return Report(id="x" * 64, text=text, lang=lang, published=date(2020, 4, 8), **slots)


def read(text, lang="ar"):
    made = report(text, lang)
    return reading_page([(made, Reader().read(made))])


spans = st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(("", *SLOTS)))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), st.lists(spans, max_size=12))
def test_marks_cover_their_own_words_and_leave_the_text_as_it_is(text, wanted):
    listed = [Mark(Span(a, b), slot) for a, b, slot in wanted]
    page = Page(f'<div class="text">{marked(text, listed)}</div>')
    assert page.texts == [visible(text)]
    inside = {m for m in listed if m.span.start < m.span.end <= len(text)}
    assert page.words == {m.id: visible(m.span.of(text)) for m in inside}
    assert sorted(page.ids) == sorted(m.id for m in inside)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)),
    st.sampled_from(["ar", "en"]),
)
def test_a_page_of_any_text_shows_it_to_the_letter(text, lang):
    page = Page(read(text, lang))
    assert page.texts == [visible(text)]
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "b", "link", "iframe"})


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("2020-0[34]-*.txt"))[::4], ids=lambda p: p.stem)
def test_every_slot_of_an_example_stands_on_its_words_and_every_link_leads_somewhere(path):
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    made = report(text, "ar" if path.stem.endswith("-ar") else "en")
    said = Reader().read(made)
    page = Page(reading_page([(made, said)]))
    assert len(said) == sum("card" in a.get("class", "").split() for _, a in page.tags)
    for mark in (m for s in said for m in marks(s)):
        assert page.words[f"r1-{mark.id}"] == mark.span.of(text)
    assert len(page.ids) == len(set(page.ids))
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert links
    assert {link[1:] for link in links if link.startswith("#")} <= set(page.ids)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_from_a_report_is_executed_or_fetched(lang):
    said = Statement(
        id="s", report="x", cls="message", anchor=Span(0, 5), actors=(Party(HOSTILE, Span(0, 5)),), gist=HOSTILE, unit=HOSTILE, value=3.0,
        horizon=HOSTILE, realis=Realis.THREATENED, count=Count(value=3, unit=HOSTILE), killed=Toll(low=2), reader=HOSTILE,
    )  # fmt: skip
    made = report(HOSTILE, lang, title=HOSTILE, source=HOSTILE, url="javascript:alert(1)")
    written = reading_page([(made, [said])])
    page = Page(written)
    assert page.texts == [HOSTILE]
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe"}
    assert not [k for _, a in page.tags for k in a if k.startswith("on") or k == "src"]
    assert [a["href"] for tag, a in page.tags if tag == "a" and not a["href"].startswith("#")] == []
    assert all(url.startswith("data:font/") for url in re.findall(r"url\((\S+?)\)", written))
    assert "default-src 'none'" in written


def test_a_report_keeps_its_direction_and_the_page_its_language():
    arabic, english = report("قتل ثلاثة جنود في بغداد أمس."), report("Three soldiers were killed in Mosul.", "en")
    both = [(r, Reader().read(r)) for r in (arabic, english)]
    page = Page(reading_page(both))
    shown = [(a["lang"], a["dir"]) for tag, a in page.tags if "text" in a.get("class", "").split()]
    assert shown == [("ar", "rtl"), ("en", "ltr")]
    assert page.tags[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert Page(reading_page(both, "en")).tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    assert "القتلى" in reading_page(both)
    assert "Killed" in reading_page(both, "en")


def test_the_legend_names_every_slot_that_is_marked():
    text = "قتل ثلاثة جنود وأصيب خمسة في انفجار عبوة ناسفة في بغداد أمس."
    page = Page(read(text))
    used = {m.slot for s in Reader().read(report(text)) for m in marks(s)}
    listed = [
        a["class"].split()[1]
        for tag, a in page.tags
        if tag == "span" and a.get("class", "").startswith("m ") and "id" not in a and "data-of" not in a
    ]
    assert {"kind", "killed", "injured", "places", "when", "weapons"} <= used
    assert set(listed) == {"said", *used - {""}}


def test_both_languages_have_the_same_words():
    arabic, english = book("ar", "reading"), book("en", "reading")
    assert {k: set(v) for k, v in arabic.items()} == {k: set(v) for k, v in english.items()}
    assert set(english["slots"]) == set(SLOTS)
    assert set(Realis) <= set(english["realis"])


def test_a_report_without_statements_says_so():
    assert book("en", "reading")["page"]["none"] in read("The weather was fine.", "en")


def test_a_report_without_a_title_is_called_by_its_first_line():
    assert '<h2><bdi lang="en" dir="ltr">The weather was fine.</bdi></h2>' in read("\n The weather was fine.\nMore.", "en")
    assert '<bdi lang="en" dir="ltr">…</bdi>' in read("x" * 500, "en")
    assert '<bdi lang="en" dir="ltr"></bdi>' in read("", "en")


# --- the command ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch, capsys):
    def command(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["marsad", "read", *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return command


def test_the_page_stands_beside_the_report_or_where_the_user_says(run, tmp_path):
    file = tmp_path / "r.txt"
    file.write_text("Three soldiers were killed in Mosul.", encoding="utf-8")
    assert run(str(file), "--html")[:2] == (0, f"{file}.html\n")
    first = (tmp_path / "r.txt.html").read_bytes()
    assert run(str(file), "--html", "--out", str(tmp_path / "page.html"))[0] == 0
    assert (tmp_path / "page.html").read_bytes() == first
    assert run(str(file), "--html", "--lang", "ar")[0] == 0
    assert b'<html lang="ar" dir="rtl">' in (tmp_path / "r.txt.html").read_bytes()


def test_a_page_never_takes_the_place_of_its_report(run, tmp_path):
    file = tmp_path / "r.html"
    file.write_text("<p>Three soldiers were killed in Mosul.</p>", encoding="utf-8")
    code, _, err = run(str(file), "--html", "--out", str(file))
    assert (code, "take the place" in err) == (2, True)
    assert run(str(file), "--html")[0] == 0
    assert file.read_text(encoding="utf-8").startswith("<p>")


def test_many_reports_make_one_page_and_a_broken_line_is_told(run, tmp_path):
    file = tmp_path / "many.jsonl"
    file.write_text(
        '{"id": "a", "text": "Three soldiers were killed in Mosul."}\nno\n{"id": "b", "text": "قتل جنديان."}\n',
        encoding="utf-8",
    )
    code, _, err = run(str(file), "--html")
    assert (code, "line 2" in err) == (1, True)
    assert len(Page((tmp_path / "many.jsonl.html").read_text(encoding="utf-8")).texts) == 2


@pytest.mark.parametrize(
    "args", [("--html",), ("r.txt", "--html", "--json"), ("r.txt", "--html", "--lang", "fr"), ("none.txt", "--html")]
)
def test_usage(run, tmp_path, monkeypatch, args):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.txt").write_text("x", encoding="utf-8")
    assert run(*args)[0] == 2


@pytest.mark.parametrize(
    ("name", "width"),
    [("2020-04-08-founding-facts-ar", 1280), ("2020-04-08-founding-facts-ar", 400), ("2020-03-12-taji-en", 400)],
)
def test_the_page_fits_the_window_and_asks_for_nothing(chromium, proxy, run, tmp_path, name, width):  # noqa: F811
    out = tmp_path / "page.html"
    assert run(str(EXAMPLES / f"{name}.txt"), "--html", "--out", str(out))[0] == 0
    seen = look(chromium, proxy, tmp_path, out, width)
    assert seen["scroll"] <= width
    assert seen["over"] == []
    assert seen["requests"] == []
    assert seen["dir"] == ("rtl" if name.endswith("ar") else "ltr")
