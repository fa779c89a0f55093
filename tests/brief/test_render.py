"""What a page promises: it stands alone, hostile text stays text, every number leads to the words, and it is a draft."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.brief import make

from marsad.brief import compose, render
from marsad.brief.charts import maps
from marsad.brief.excerpt import excerpt, safe_url
from marsad.scales import Sensitivity

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202egnp.exe {{ 7*7 }} =cmd|calc </style></svg>"


def page(cut, lang="en", **how):
    return render(cut, compose(cut, lang), **how)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_asks_for_nothing_outside_itself(pages, lang):
    tree = html.parse(str(pages[lang]))
    assert tree.xpath("//script | //link | //iframe | //object | //embed | //img[not(starts-with(@src, 'data:'))]") == []
    assert tree.xpath("//@src | //@srcset | //@poster | //@background | //@action") == []
    style = " ".join(tree.xpath("//style/text() | //@style"))
    assert set(re.findall(r"url\((.{5})", style)) == {"data:"}
    assert "@import" not in style
    for link in tree.xpath("//a[@href]"):
        link.drop_tree() if "://" in link.get("href") else None
    assert "://" not in html.tostring(tree, encoding="unicode")
    tree = html.parse(str(pages[lang]))
    outside = [a.get("href") for a in tree.xpath("//a") if "://" in a.get("href")]
    assert all(safe_url(h) for h in outside)
    assert tree.xpath("//*[local-name()='use']/@*[local-name()='href'][not(starts-with(., '#'))]") == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_number_leads_to_marked_words_and_every_link_arrives(pages, lang):
    tree = html.parse(str(pages[lang]))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")} <= set(ids)
    sentences = tree.xpath("//span[@class='s']")
    assert len(sentences) > 50
    for s in sentences:
        assert s.get("data-evidence")
        assert s.xpath("following-sibling::*[1][@class='refs']"), s.text_content()
    words = tree.xpath("//*[@class='excerpt']")
    assert len(words) > 40
    assert all(w.xpath(".//mark") for w in words)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_says_that_it_is_a_draft_and_made_of_examples(pages, lang):
    tree = html.parse(str(pages[lang]))
    text = tree.getroot().text_content()
    assert tree.getroot().get("dir") == {"ar": "rtl", "en": "ltr"}[lang]
    assert {"ar": "مسودة", "en": "Draft"}[lang] in text
    assert {"ar": "أمثلة كتبها مشروع مرصد", "en": "examples that the Marsad project wrote"}[lang] in text


def test_the_pictures_are_drawn_with_the_words_of_their_language(pages):
    for lang, word in (("ar", "هجمات"), ("en", "Attacks")):
        pictures = html.parse(str(pages[lang])).xpath("//*[@class='pic']")
        assert len(pictures) == 5
        assert all(p.get("aria-label") and p.xpath(".//*[local-name()='path']") for p in pictures)
        assert any(word in p.text_content() for p in pictures)


def test_the_same_cut_gives_the_same_bytes(demo):
    assert page(demo, "ar") == page(demo, "ar")


def hostile_cut(**how):
    r = make.report(HOSTILE + " Taji", title=HOSTILE, source=HOSTILE, url="javascript:alert(1)", retells="https://e.org/<b>")
    here = make.place(r, "Taji", HOSTILE, gazetteer="")
    s = make.said(r, places=(here,), targets=(make.party(r, HOSTILE, "Taji"),))
    return make.material([r], [s], **how)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_hostile_text_is_shown_as_text(lang):
    made = page(hostile_cut(), lang)
    tree = html.fromstring(made)
    assert tree.xpath("//script | //img | //*[@onerror]") == []
    assert not [h for h in tree.xpath("//a/@href") if h.lower().startswith(("javascript", "data"))]
    assert "{{ 7*7 }}" in tree.text_content()
    words = tree.xpath("//*[@class='excerpt']")[0].text_content()
    assert "<script>alert(1)</script>" in words
    assert "\u202e" not in made


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80), st.data())
def test_an_excerpt_shows_the_words_and_only_as_text(text, data):
    r = make.report(text or "x")
    start = data.draw(st.integers(0, len(text) - 1))
    s = make.said(r, anchor=make.Span(start, data.draw(st.integers(start + 1, len(text)))))
    tree = html.fromstring(f"<div>{excerpt(s, text)}</div>")
    assert {e.tag for e in tree.iter()} <= {"div", "mark", "span"}
    shown = "".join(tree.xpath(".//mark//text()"))
    plain = s.anchor.of(text)
    if plain.isalnum() and plain.isascii():
        assert plain in shown


def test_a_line_of_five_million_letters_makes_a_page_of_ordinary_size():
    text = "Taji " + "a" * 5_000_000
    r = make.report(text, title="x")
    s = make.said(r, places=(make.place(r, "Taji"),), anchor=make.Span(0, 4))
    assert len(page(make.material([r], [s]))) < 600_000


def test_a_public_release_quotes_nothing_but_says_where_the_words_are():
    reports, statements = make.taji()
    made = page(make.material(reports, statements, release=Sensitivity.PUBLIC), quotes=False)
    tree = html.fromstring(made)
    assert reports[0].text not in tree.text_content()
    assert reports[0].title not in made
    assert tree.xpath("//blockquote | //mark") == []
    said = tree.xpath("//*[@class='excerpt']")[0].text_content()
    assert f"characters 0–{len(reports[0].text)} of text {reports[0].id[:12]}" in said
    assert "https://example.org/1" in tree.xpath("//a/@href")


def test_an_old_record_carries_a_banner():
    reports, statements = make.taji()
    fresh = make.material(reports, statements)
    assert "26 days older" not in page(replace(fresh, as_of=make.DAY + timedelta(days=2)))
    stale = page(fresh)
    assert "The newest report is 27 days older than this brief." in stale
    assert "أقدم من هذا الموجز بمدة 27 يوماً" in page(fresh, "ar")


def test_a_country_without_shapes_still_has_its_points():
    r = make.report("Shells hit Kharkiv.")
    here = make.place(r, "Kharkiv", "Kharkiv", country="UA", admin1="Kharkiv", lat=49.99, lon=36.23, gazetteer="")
    made = page(make.material([r], [make.said(r, places=(here,))]))
    assert "No shapes of this country are at hand" in made


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "https://[bad", "//e.org", ""]
)
def test_only_addresses_of_the_web_are_links(url):
    assert safe_url(url) == ""
    assert safe_url("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_words_that_were_taken_down_are_said_to_be_gone(tmp_path):
    from marsad import pipeline  # noqa: PLC0415
    from marsad.store import Store  # noqa: PLC0415

    reports, statements = make.taji()
    with Store.open(tmp_path / "s.db") as store:
        store.put_reports(reports)
        store.put_readings("test-1", [(r.id, [s for s in statements if s.report == r.id]) for r in reports])
        pipeline.link(store)
        store.take_down(reports[0].id, reason="asked")
        cut = pipeline.material(store, as_of=make.AS_OF, days=60)
    made = page(cut)
    assert "were taken down" in made
    assert "Ten rockets hit" not in made
    assert "15 صاروخا" in html.fromstring(made).text_content()
    assert all(s.evidence for s in compose(cut, "ar").sentences)


def test_a_label_of_a_map_steps_aside_from_points_and_from_other_labels():
    labels = [
        {"lon": 0.0, "lat": 0.0, "text": "a"},
        {"lon": 0.0, "lat": 0.01, "text": "b"},
        {"lon": 10.0, "lat": 10.0, "text": "c"},
    ]
    moved = maps.apart(labels, [{"lon": 10.0, "lat": 10.0}])
    assert [m["text"] for m in moved] == ["a", "b", "c"]
    assert moved[0]["lat"] == 0.0, "what nothing covers stays"
    assert abs(moved[1]["lat"] - moved[0]["lat"]) > 0.045 * 10
    assert moved[2]["lat"] != 10.0
