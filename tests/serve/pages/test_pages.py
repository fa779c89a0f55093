"""Every page in both languages: it stands, it says the same in .json, and nothing from outside gets loose in it."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.serve.pages import sample
from tests.serve.pages.conftest import opened

from marsad import pipeline
from marsad.collect import report_id
from marsad.records import Report
from marsad.scales import Sensitivity
from marsad.serve import Settings, create, dense, drawing
from marsad.serve.models import browse
from marsad.serve.words import LANGS, catalogue
from marsad.store import Store

PAGES = ("/", "/incidents", "/posture", "/signals", "/forecasts", "/sources", "/briefs", "/review", "/health")
SERVE = Path(__file__).resolve().parents[3] / "src" / "marsad" / "serve"


class Loose(HTMLParser):
    """What could run: scripts without a source of ours, handlers, inline style, addresses that are no address; and depth of the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "hx-get", "formaction"):
                self.links.append(value or "")
                if not re.match(r"(https?://|/|#|\?)", value or ""):
                    self.found.append(f"{tag} {name}={value}")
        if tag in ("style", "iframe", "object", "base") or (
            tag == "script" and not dict(attrs).get("src", "").startswith("/static/")
        ):
            self.found.append(tag)


def loose(html: str) -> Loose:
    parser = Loose()
    parser.feed(html)
    return parser


def every(client: TestClient) -> list[str]:
    """Addresses of all pages, with every incident and report of the record."""
    store = client.store  # type: ignore[attr-defined]
    return [*PAGES, *(f"/incident/{i.id}" for i in store.incidents()), *(f"/report/{r.id}" for r in store.reports())]


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_stands_and_nothing_in_it_can_run(pages, lang):
    for path in every(pages):
        answer = pages.get(path, params={"lang": lang})
        assert answer.status_code == 200, path
        page = answer.text
        assert "&lt;bdi" not in page, path  # our own marks are not shown as text
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page
        assert loose(page).found == [], path
        assert sample.RTL not in page, f"{path} lets a sign that turns its text round through"
        assert len(page) < 400_000, path


def test_every_page_has_its_json_with_the_same_data(pages):
    for path in (*PAGES, *(p for p in every(pages)[len(PAGES) :: 9])):
        answer = pages.get("/index.json" if path == "/" else f"{path}.json")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert isinstance(answer.json(), dict)
    found = pages.get("/incidents.json?kind=attack").json()["found"]
    assert found["total"] == len([i for i in pages.store.incidents() if i.family == "attack" and not i.recalled])
    assert f"{found['total']} incidents" in pages.get("/incidents?kind=attack&lang=en").text


def test_both_languages_hold_the_same_words_and_no_template_asks_for_another():
    assert catalogue("ar").keys() == catalogue("en").keys()
    written = "".join(p.read_text(encoding="utf-8") for p in [*SERVE.glob("templates/*.html"), *SERVE.rglob("*.py")])
    keys = set(re.findall(r"""\bt\(['"]([\w.]+)['"][,)]""", written)) | set(
        re.findall(r"""say\([^"()]*, "([\w.]+)\"""", written)
    )
    assert len(keys) > 150
    assert keys - catalogue("en").keys() == set()
    blank = {k for lang in LANGS for k, v in catalogue(lang).items() if not v.strip()}
    assert blank == set()
    slots = {k: [sorted(re.findall(r"\{(\w+)\}", catalogue(lang)[k])) for lang in LANGS] for k in catalogue("en")}
    assert {k: v for k, v in slots.items() if v[0] != v[1]} == {}


def test_a_hostile_report_is_shown_as_text(pages):
    told = sample.hostile()
    page = pages.get(f"/report/{told.id}?lang=en").text
    assert "&lt;script&gt;window.bitten=1&lt;/script&gt;" in page
    assert "\ufffdgnp.exe\ufffd" in page, "the override is told by a mark"
    assert not [a for a in loose(page).links if "javascript" in a]
    assert "Its address is not one to follow" in page
    made = {i for s in pages.store.statements(reports=[told.id]) for i in pages.store.resting([s.id]).values()}
    assert made, "the record holds an incident of it"
    for key in made:
        assert "&lt;script&gt;" in pages.get(f"/incident/{key}?lang=ar").text


def test_a_long_report_is_shown_by_passages(pages):
    told = sample.long_line()
    first = pages.get(f"/report/{told.id}?lang=en").text
    assert len(first) < 60_000
    assert "of 5,000,0" in first
    after = re.search(r'href="(/report/[^"]*start=\d+[^"]*)">Next part', first)
    assert after
    said = next(s for s in pages.store.statements(reports=[told.id]))
    middle = pages.get(f"/statement/{said.id}?lang=en")
    assert middle.status_code == 200
    assert "start=" in str(middle.url)
    assert f'id="s-{said.id}"' in middle.text
    assert "Gunmen" in middle.text


def test_a_place_that_is_not_known_is_told_and_drawn_nowhere(pages):
    found = pages.get("/incidents.json").json()["found"]
    lost = [i for i in found["incidents"] if i["placed"] == "unresolved"]
    assert lost
    assert all(i["lat"] is None and i["lon"] is None for i in lost)
    assert "place not resolved" in pages.get(f"/incident/{lost[0]['id']}?lang=en").text
    cells = pages.get("/incidents/cells.json?zoom=6").json()["cells"]
    assert cells
    assert not [c for c in cells if abs(c["lat"]) < 1 and abs(c["lon"]) < 1]


def test_the_choice_is_one_for_map_timeline_table_and_download(pages):
    query = "kind=shelling&area=IQ/Baghdad&since=2020-03-01&until=2020-03-31"
    found = pages.get(f"/incidents.json?{query}").json()["found"]
    assert 0 < found["total"] < 10
    assert sum(sum(c["counts"].values()) for c in found["tempo"]) == found["total"]
    points = sum(c["n"] for c in pages.get(f"/incidents/cells.json?{query}&zoom=8").json()["cells"])
    assert points == sum(i["placed"] == "point" for i in found["incidents"])
    rows = list(csv.DictReader(io.StringIO(pages.get(f"/incidents/download?{query}&form=csv").text)))
    assert {r["id"] for r in rows} == {i["id"] for i in found["incidents"]}
    features = pages.get(f"/incidents/download?{query}&form=geojson").json()["features"]
    lines = [json.loads(x) for x in pages.get(f"/incidents/download?{query}&form=jsonl").text.splitlines()]
    assert len(features) == len(lines) == found["total"]
    assert pages.get(f"/incidents/download?{query}&form=json").json() == lines
    assert [c["label"] for c in found["chips"]]


def test_the_killed_stand_before_the_injured_in_both_directions(pages):
    """One left-to-right box around both would put the killed under the heading of the injured on an Arabic page."""
    row = pages.get("/incidents.json").json()["found"]["incidents"][0]
    cell = str(dense.rows([row | {"killed": "6–10", "injured": "4"}], lambda key: key, str))
    assert '<bdi dir="ltr">6–10</bdi> / <bdi dir="ltr">4</bdi>' in cell


def test_ticks_of_a_picture_say_what_they_stand_at():
    """A tick at a quarter was once called 20%."""
    ticks = drawing.calibration([], rtl=True)["ticks"]
    assert [t["value"] for t in ticks] == [0, 0.25, 0.5, 0.75, 1]


def test_health_tells_an_age_in_words(pages):
    page = pages.get("/health?lang=ar").text
    assert " s</td>" not in page
    assert "ومضى عليه يوماً" not in page


def test_a_timeline_says_what_it_leaves_out(pages):
    found = pages.get("/incidents.json?lang=en").json()["found"]
    drawn = sum(sum(c["counts"].values()) for c in found["tempo"])
    dated = sum(i["start"] is not None for i in found["incidents"])
    assert drawn < dated == found["total"] - sum(i["start"] is None for i in found["incidents"])
    assert found["tempo_rest"] == f"Earlier, not drawn: {('one incident', f'{dated - drawn} incidents')[dated - drawn > 1]}."


def test_a_download_is_whole_or_says_why_not(pages, monkeypatch):
    monkeypatch.setattr(browse, "EXPORT", 3)
    answer = pages.get("/incidents/download?form=csv&lang=en")
    assert answer.status_code in (400, 422)
    assert "marsad export" in answer.text


@pytest.mark.parametrize(("query", "holds"), [
    ("actor=nato", lambda i: any("NATO" in a for a in i["actors"])), ("confidence=single", lambda i: i["voices"] == 1),
    ("confidence=disputed", lambda i: i["disputed"]), ("realis=background", lambda i: i["recalled"]),
    ("bbox=43.9,33.2,44.6,33.7", lambda i: 43.9 <= i["lon"] <= 44.6), ("area=IQ/Kirkuk", lambda i: i["admin1"] == "Kirkuk"),
    ("source=Marsad example", lambda i: True), ("least=0.8", lambda i: i["confidence"] >= 0.8 or i["review"] in ("confirmed", "corrected")),
])  # fmt: skip
def test_each_filter_holds(pages, query, holds):
    found = pages.get(f"/incidents.json?{query}").json()["found"]
    whole = pages.get("/incidents.json?realis=any").json()["found"]["total"]
    assert 0 < found["total"] < whole
    assert all(holds(i) for i in found["incidents"])


def test_what_was_only_planned_is_shown_and_never_counted(pages):
    found = pages.get("/incidents.json?realis=planned").json()["found"]
    assert found["total"] == sum(s.realis.value == "planned" and s.cls == "event" for s in pages.store.statements())
    assert found["total"]
    page = pages.get("/incidents?realis=planned&lang=en").text
    assert "never counted" in page
    assert found["incidents"][0]["href"].startswith("/statement/")
    assert pages.get(found["incidents"][0]["href"]).status_code == 200


def test_an_earlier_day_knows_less(pages):
    then = pages.get("/incidents.json?as_of=2020-03-20").json()["found"]
    assert 0 < then["total"] < pages.get("/incidents.json").json()["found"]["total"]
    assert all(i["published"] <= "2020-03-20" for i in then["incidents"])
    page = pages.get("/incidents?as_of=2020-03-20&lang=en").text
    assert "as it had been published by 20 March 2020" in page
    assert "as_of=2020-03-20" in re.search(r'href="(/incident/[^"]+)"', page)[1], "links keep the day"


def test_the_overview_tells_what_changed_since_the_last_visit(desk):
    assert desk.get("/index.json").json()["overview"]["changes"]["new"] > 0
    seen = int(sample.NOW.timestamp()) + 1
    desk.cookies.set("marsad_seen", f"{seen}.{seen}", domain="127.0.0.1")
    assert desk.get("/index.json").json()["overview"]["changes"]["total"] == 0
    assert "Nothing in the record has changed" in desk.get("/?lang=en").text
    assert desk.get("/index.json?since=7d").json()["overview"]["changes"]["new"] > 0
    desk.cookies.set("marsad_seen", "x.y", domain="127.0.0.1")
    assert desk.get("/").status_code == 200


def test_a_brief_opens_in_both_languages_and_bound(pages):
    for lang in LANGS:
        answer = pages.get(f"/brief?lang={lang}&as_of=2020-04-08&days=100&release=internal")
        assert answer.status_code == 200
        assert "script" not in answer.headers["content-security-policy"]
        assert "sandbox" in answer.headers["content-security-policy"]
        assert f'<html lang="{lang}"' in answer.text
    public = pages.get("/brief?as_of=2020-04-08&days=100").text
    assert "internal note" not in public
    assert pages.get("/brief?as_of=2020-04-08&form=md&release=internal").text.startswith("# ")
    assert "as_of=2020-04-08" in pages.get("/briefs").text


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_store_says_what_to_do(tmp_path, lang):
    Store.open(tmp_path / "empty.db").close()
    client = opened(tmp_path / "empty.db")
    for path in PAGES:
        answer = client.get(path, params={"lang": lang})
        assert answer.status_code == 200
        if path not in ("/signals", "/forecasts"):
            assert "marsad collect" in answer.text, path
    assert "marsad watch" in client.get("/signals").text
    assert "marsad forecast" in client.get("/forecasts").text
    client.store.close()


def test_a_store_of_hostile_names_exports_no_formula(tmp_path):
    text = "Gunmen killed five people in =cmd|' /C calc'!A0 on 2 April 2020."
    with Store.open(tmp_path / "f.db") as store:
        store.put_reports([Report(id=report_id(text), text=text, lang="en", source="=1+1", published=sample.AS_OF)])
        pipeline.read(store)
        pipeline.link(store)
    client = opened(tmp_path / "f.db")
    rows = list(csv.reader(io.StringIO(client.get("/incidents/download?form=csv").text)))
    assert len(rows) == 2
    assert not [c for c in rows[1] if c.startswith(("=", "+", "@", "\t"))]
    client.store.close()


def test_wrong_parameters_are_told_and_never_fail(pages):
    for query in (
        "kind=x",
        "bbox=1,2",
        "bbox=nan,0,0,0",
        "since=8 April",
        "as_of=2020-99-99",
        "after=zz",
        "realis=maybe",
        "confidence=7",
        "least=2",
        "least=nan",
        "area=%00",
        "source=%00",
        "actor=%ff",
    ):
        assert pages.get(f"/incidents?{query}").status_code in (200, 400, 422), query
    for path in ("/incident/none", "/report/none", "/statement/none", "/fonts/9.woff"):
        assert pages.get(path).status_code == 404


WORDS = ("gnp.exe", "HYPERLINK", "police said", "the mayor recalled")
"""Of the reports; a place's name is a fact, and stands where the release level lets it."""


def test_the_public_sees_no_words_of_reports(record):
    settings = Settings.laptop(str(record), release=Sensitivity.PUBLIC)
    client = TestClient(create(settings), base_url="http://127.0.0.1:8760")
    client.get(f"/?token={settings.token}")
    store = client.app.state.store
    secret = sample.guarded().id
    for path in PAGES:
        page = client.get(path).text
        assert "internal note" not in page
        assert not [word for word in WORDS if word in page], path
    for i in [i for i in store.incidents() if i.sensitivity == "public"][::4]:
        page = client.get(f"/incident/{i.id}").text
        assert not [word for word in WORDS if word in page]
        assert "صاروخ" not in page
    assert client.get(f"/report/{secret}").status_code == 404
    store.close()


def test_of_a_great_record_what_rests_on_each_source_is_counted_the_same(pages, monkeypatch):
    """By columns and an index instead of the reports themselves; the languages alone are not told."""
    whole = {s["key"]: s | {"langs": []} for s in pages.get("/sources.json").json()["sources"]}
    monkeypatch.setattr("marsad.serve.pages.sources.GREAT", 0)
    monkeypatch.setattr("marsad.serve.pages.sources.PATIENCE", 60)
    told = pages.get("/sources.json").json()
    assert told["great"]
    assert {s["key"]: s for s in told["sources"]} == whole
    for lang in LANGS:
        assert pages.get(f"/sources?lang={lang}").status_code == 200


def test_until_the_sources_are_counted_an_index_tells_of_them(pages, monkeypatch):
    whole = {s["key"]: s for s in pages.get("/sources.json").json()["sources"]}
    monkeypatch.setattr("marsad.serve.pages.sources.GREAT", 0)
    monkeypatch.setattr("marsad.serve.outlets.counted", lambda look, patience: (None, False))
    told = pages.get("/sources.json").json()
    assert told["note"] == "sources.counting"
    assert {s["key"] for s in told["sources"]} == whole.keys()
    assert all(s["incidents"] is None and s["last"] == whole[s["key"]]["last"] for s in told["sources"])
    assert catalogue("ar")["sources.counting"] in pages.get("/sources?lang=ar").text
