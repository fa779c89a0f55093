"""What collect promises: every input becomes a report or a rejection that says why and keeps the bytes."""

import codecs
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.collect import canonical, collect_paths, detect_lang, report_id
from marsad.errors import UsageError
from marsad.records import Rejection, Report
from marsad.scales import Sensitivity

ARABIC = "سقطت عشرة صواريخ على قاعدة التاجي شمال بغداد، ولم تعلن أي جهة مسؤوليتها عن الهجوم."


def take(path: Path, name: str, content: bytes | str) -> list[Report | Rejection]:
    file = path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(collect_paths([file]))


def one(path: Path, name: str, content: bytes | str) -> Report:
    (found,) = take(path, name, content)
    assert isinstance(found, Report), found
    return found


def refused(path: Path, name: str, content: bytes | str) -> Rejection:
    (found,) = take(path, name, content)
    assert isinstance(found, Rejection)
    return found


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
@pytest.mark.parametrize("content", [b"", b" \n\n", codecs.BOM_UTF8])
def test_an_empty_file_is_rejected_by_name(tmp_path, name, content):
    found = refused(tmp_path, name, content)
    assert name in found.where
    assert "empty" in found.reason or "no text" in found.reason
    assert found.mend


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_a_binary_file_is_rejected_and_its_bytes_are_kept(tmp_path, name):
    raw = b"\x89PNG\r\x1a\x00\x00\x00\rIHDR" + bytes(range(9)) * 20
    found = refused(tmp_path, name, raw)
    assert "not text" in found.reason
    assert found.raw == raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso8859-6"])
def test_arabic_is_read_right_in_the_encodings_it_is_kept_in(tmp_path, encoding):
    text = ARABIC if encoding != "iso8859-6" else ARABIC.replace("پ", "ب")
    assert one(tmp_path, "a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("text", ["Le café est fermé à Paris, l’armée s’est retirée", "“Quoted” words – he said"])
def test_windows_1252_is_not_taken_for_arabic(tmp_path, text):
    assert one(tmp_path, "a.txt", text.encode("cp1252")).text == text


def test_every_gold_report_is_read_right_from_windows_1256(tmp_path, shared):
    lines = (shared / "data" / "arabic_gold.dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    raws = [t.encode("cp1256", "ignore") for t in texts]
    wrong = [n for n, raw in enumerate(raws) if one(tmp_path, "a.txt", raw).text != raw.decode("cp1256")]
    assert wrong == []


def test_a_text_of_50_mb_is_rejected_with_the_limit_and_the_mend(tmp_path):
    raw = b"word " * 10_000_000
    found = refused(tmp_path, "big.txt", raw)
    assert "50.0 MB" in found.reason
    assert "5 MB" in found.reason
    assert "Split" in found.mend
    assert (found.size, found.raw == raw) == (len(raw), True)


def test_a_text_just_over_the_limit_is_rejected_and_one_at_it_is_taken(tmp_path):
    assert one(tmp_path, "a.txt", b"x" * 5_000_000)
    assert "limit" in refused(tmp_path, "a.txt", b"x" * 5_000_001).reason


def test_a_long_line_does_not_hide_the_lines_after_it(tmp_path):
    long = b'{"text": "' + b"x" * 45_000_000 + b'"}\n'
    found = take(tmp_path, "a.jsonl", b'{"text": "one"}\n' + long + b'{"text": "three"}')
    assert [f.text if isinstance(f, Report) else f.where[-6:] for f in found] == ["one", "line 2", "three"]


def test_a_report_without_a_date_has_none(tmp_path):
    assert one(tmp_path, "a.txt", "Two men were hurt.").published is None
    assert one(tmp_path, "a.jsonl", '{"text": "Two men were hurt.", "published": null}').published is None


def test_a_broken_line_3_is_rejected_with_its_number_and_the_others_go_in(tmp_path):
    lines = ['{"id": 1, "text": "one"}', '{"text": "two"}', '{"text": "thr', '{"text": "four", "published": "2020-04-08"}']
    found = take(tmp_path, "a.jsonl", "\n".join(lines))
    assert [f.text for f in found if isinstance(f, Report)] == ["one", "two", "four"]
    (broken,) = [f for f in found if isinstance(f, Rejection)]
    assert broken.where.endswith("a.jsonl line 3")
    assert broken.raw == lines[2].encode()
    assert "not JSON" in broken.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x", "published": "8 نيسان"}', '"published" is "8 نيسان"; a date like 2020-04-08 is needed'),
        ('{"text": "x", "published": "2020-02-30"}', "a date like"),
        ('{"text": 7}', '"text" is 7; words are needed'),
        ('{"title": "x"}', 'there is no "text"'),
        ('{"text": ["x"]}', '"text" is'),
        ('{"text": "x", "lang": "fr"}', '"lang" is "fr"'),
        ('{"text": "x", "sensitivity": "secret"}', '"sensitivity" is "secret"'),
        ('{"text": "x", "grade": "Z"}', '"grade"'),
        ("[1, 2]", "not a JSON object"),
        ('{"text": "  "}', "no text"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_wrong_field_is_named(tmp_path, line, reason):
    assert reason in refused(tmp_path, "a.jsonl", line).reason


def test_a_json_line_keeps_its_text_to_the_letter_and_its_fields(tmp_path):
    told = {
        "id": "x-1",
        "published": "2020-04-08T23:30:00+03:00",
        "lang": "ar-IQ",
        "source": "S",
        "url": "https://e.org/1",
        "title": "T",
        "text": "  a\r\n\tb ",
        "retells": "https://e.org/0",
        "sensitivity": "partners",
        "grade": "B2",
    }
    found = one(tmp_path, "a.jsonl", json.dumps(told))
    assert found.text == told["text"]
    assert found.published == date(2020, 4, 8)
    assert (found.lang, found.key, found.grade, found.sensitivity) == ("ar", "x-1", "B", Sensitivity.PARTNERS)
    assert found.retells == told["retells"]


def test_lone_surrogates_and_nuls_are_replaced_one_for_one_so_that_offsets_hold(tmp_path):
    found = one(tmp_path, "a.jsonl", r'{"text": "a\ud800b\u0000c\ud83d\ude00"}')
    assert found.text == "a\ufffdb\ufffdc😀"


def test_a_header_is_read_and_the_text_after_it_is_kept_to_the_letter(tmp_path):
    head = "---\nsource: Marsad example\npublished: 2020-03-12\nurl: https://e.org/a:b\nretells: https://e.org/0\n---\n"
    found = one(tmp_path, "a.txt", head + "\n  First line.\r\nSecond\n")
    assert found.text == "\n  First line.\r\nSecond\n"
    assert (found.source, found.published, found.url) == ("Marsad example", date(2020, 3, 12), "https://e.org/a:b")


def test_a_header_with_an_unknown_key_is_rejected_with_its_line(tmp_path):
    found = refused(tmp_path, "a.txt", "---\nsource: x\npubished: 2020-03-12\n---\nText")
    assert "line 3" in found.reason
    assert "published" in found.mend


def test_a_dashed_first_line_without_fields_is_text(tmp_path):
    assert one(tmp_path, "a.txt", "---\nJust words here\n---\nmore").text.startswith("---")


PAGE = """<html lang="ar"><head><meta charset="{enc}"><title>قصف قاعدة التاجي | موقع</title>
<meta property="og:title" content="قصف قاعدة التاجي"><meta property="og:site_name" content="Example Site">
<meta property="article:published_time" content="2020-03-12T01:00:00+03:00"><link rel="canonical" href="https://e.org/p"></head>
<body><nav>الرئيسية أخبار رياضة</nav><article><p>{p}</p><p>{p} {p}</p></article></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_a_page_gives_its_title_as_the_first_line_and_what_its_head_declares(tmp_path, encoding):
    found = one(tmp_path, "a.html", PAGE.format(enc=encoding, p=ARABIC).encode(encoding))
    assert found.text.splitlines()[0] == found.title == "قصف قاعدة التاجي"
    assert ARABIC in found.text
    assert "رياضة" not in found.text
    assert (found.lang, found.source, found.url) == ("ar", "Example Site", "https://e.org/p")
    assert found.published == date(2020, 3, 12)


def test_a_page_without_a_declared_date_has_none_although_its_words_name_one(tmp_path):
    page = PAGE.format(enc="utf-8", p=ARABIC + " 11 March 2020").replace("article:published_time", "x")
    assert one(tmp_path, "a.html", page).published is None


def test_the_date_in_linked_data_is_taken(tmp_path):
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2020-03-13"}]}</script>'
    )
    page = PAGE.format(enc="utf-8", p=ARABIC).replace("article:published_time", "x").replace("</head>", linked + "</head>")
    assert one(tmp_path, "a.html", page).published == date(2020, 3, 13)


def test_what_the_user_tells_fills_what_a_report_leaves_empty_and_nothing_else(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n{"text": "y", "published": "2020-01-01"}')
    found = [r for r in collect_paths([tmp_path], told={"published": "2020-04-08", "source": "S"}) if isinstance(r, Report)]
    assert [(r.published, r.source) for r in found] == [(date(2020, 4, 8), "S"), (date(2020, 1, 1), "S")]
    with pytest.raises(UsageError, match='no report has a "day"'):
        list(collect_paths([tmp_path], told={"day": "x"}))


def test_a_folder_is_searched_in_order_and_other_files_are_passed_over(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.txt", "a.txt", "b/1.TXT", ".git/x.txt", "README.md"):
        (tmp_path / name).write_text(name)
    assert [r.text for r in collect_paths([tmp_path]) if isinstance(r, Report)] == ["a.txt", "b/1.TXT", "b/2.txt"]


def test_a_file_of_another_kind_given_by_name_is_rejected_not_passed_over(tmp_path):
    assert "not read" in refused(tmp_path, "a.docx", b"PK").reason


def test_a_missing_path_stops_before_anything_is_read(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        list(collect_paths([tmp_path, tmp_path / "no"]))


def test_one_canonical_text_is_one_report_whatever_its_spacing_and_composition():
    assert report_id("e\u0301 a\n\n b ") == report_id("\u00e9 a b")
    assert report_id("A b") != report_id("a b")


@given(st.text())
def test_canonical_text_is_its_own_canonical_text(text):
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(("text", "lang"), [(ARABIC, "ar"), ("Two men", "en"), ("قال تنظيم ISIS Daesh", "ar"), ("2020", "en")])
def test_the_language_is_told_by_the_script(text, lang):
    assert detect_lang(text) == lang


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    raw=st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
    head=st.sampled_from([b"", b"---\nsource: ", b"<html><body><p>", b'{"text": "', codecs.BOM_UTF16_LE, codecs.BOM_UTF8]),
    name=st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.bin"]),
)
def test_any_bytes_become_reports_or_rejections_that_lose_nothing(tmp_path, raw, head, name):
    found = take(tmp_path, name, head + raw)
    assert found
    for item in found:
        if isinstance(item, Report):
            assert item.text.encode("utf-8").decode("utf-8") == item.text
            assert item.id == report_id(item.text)
        else:
            assert item.reason
            assert item.where
            assert item.raw is not None
            assert name == "a.jsonl" or item.raw == head + raw
