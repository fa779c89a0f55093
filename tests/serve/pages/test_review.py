"""The desk: decisions by form, with undo; what selected words tell; what is refused."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from tests.serve.pages import sample

from marsad.records import Report
from marsad.serve.models.form import meant
from marsad.serve.models.told import writer
from marsad.serve.models.understood import understood


def csrf(client: TestClient) -> str:
    return re.search(r'name="csrf" value="(\w+)"', client.get("/review?lang=en").text)[1]


def taji(client: TestClient) -> str:
    """The incident that most reports tell of."""
    return max(client.store.incidents(), key=lambda i: (i.kind == "shelling", len(i.statements))).id


def send(client: TestClient, key: str, verdict: str, **fields: object) -> TestClient:
    return client.post(f"/review/{key}?lang=en", data={"csrf": csrf(client), "verdict": verdict, **fields})


def newest(client: TestClient, key: str):
    return client.store.history(key)[-1]


def test_confirm_goes_on_to_the_next_and_can_be_undone(desk):
    queue = desk.get("/review.json").json()["review"]["queue"]
    first, second = queue[0]["id"], queue[1]["id"]
    answer = send(desk, first, "confirm", next=second)
    assert "Confirmed." in answer.text
    assert f"incident={second}" in str(answer.url)
    assert newest(desk, first).review == "confirmed"
    assert first not in [i["id"] for i in desk.get("/review.json").json()["review"]["queue"]]
    assert "Taken back." in send(desk, first, "undo").text
    assert newest(desk, first).review == ""
    deeds = [d.detail for d in desk.store.deeds()]
    assert any(w.startswith(f"confirm {first}") for w in deeds)


def test_a_correction_keeps_what_was_not_touched(desk):
    key = taji(desk)
    page = desk.get(f"/review.json?incident={key}").json()["review"]["current"]
    form = {**page["fields"], **page["hidden"], "killed_best": "4", "killed_low": "4", "killed_high": "4", "note": "RH rang"}
    answer = send(desk, key, "correct", **form)
    assert "Corrected." in answer.text
    now = newest(desk, key)
    assert (now.killed.low, now.killed.best, now.killed.high) == (4, 4, 4)
    assert now.review == "corrected"
    assert set(desk.store.reviews(key)[0].values) <= {"killed_low", "killed_best", "killed_high"}
    assert "RH rang" in desk.get(f"/incident/{key}").text
    send(desk, key, "undo")
    assert newest(desk, key).review == ""


def form_of(client: TestClient, key: str, lang: str) -> dict[str, str]:
    """The fields of the correction as a browser would send them back."""
    page = client.get(f"/review?incident={key}&lang={lang}").text
    form = page[page.index('<form id="decide"') : page.index("</form>", page.index('<form id="decide"'))]
    inputs = re.findall(r"<input[^>]*>", form)
    found = {re.search(r'name="(\w+)"', i)[1]: unescape(re.search(r'value="([^"]*)"', i)[1]) for i in inputs}
    found["kind"] = re.search(r'<option value="(\w+)" selected', form)[1]
    return found


def test_an_arabic_form_shows_arabic_names_and_changes_nothing_by_being_sent(desk):
    key = taji(desk)
    form = form_of(desk, key, "ar")
    assert (form["place"], form["said_place"]) == ("Camp Taji", "معسكر التاجي")
    assert (form["weapons"], form["said_weapons"]) == ("rocket", "صواريخ")
    shown = "".join(form[f"said_{slot}"] for slot in ("place", "actors", "targets", "weapons"))
    assert not re.search("[A-Za-z]", shown)
    assert meant(writer("ar"), form, newest(desk, key)) == form
    send(desk, key, "correct", **form | {"injured_best": "7", "injured_low": "7", "injured_high": "7"})
    assert set(desk.store.reviews(key)[0].values) <= {"injured_low", "injured_best", "injured_high"}


def test_names_typed_in_arabic_are_kept_as_the_records_own(desk):
    key = taji(desk)
    form = form_of(desk, key, "ar") | {"said_actors": "داعش؛ جماعة ما", "said_weapons": "عبوة ناسفة", "said_place": "كركوك"}
    desk.post(f"/review/{key}?lang=ar", data={**form, "csrf": csrf(desk), "verdict": "correct"})
    now = newest(desk, key)
    assert now.actors == ("Islamic State", "جماعة ما")
    assert now.weapons == ("ied",)
    assert (now.places[0].name_en, now.places[0].country) == ("Kirkuk", "IQ")


def test_split_and_merge_and_their_undo(desk):
    key = taji(desk)
    before = newest(desk, key)
    out = before.statements[0]
    send(desk, key, "split", statement=[out])
    homes = desk.store.resting(before.statements)
    assert len(set(homes.values())) == 2
    other = next(h for h in set(homes.values()) if h != homes[out])
    send(desk, homes[out], "merge", other=other)
    assert len(set(desk.store.resting(before.statements).values())) == 1


def test_what_cannot_be_is_refused_and_nothing_is_kept(desk):
    key = taji(desk)
    token, held = csrf(desk), len(desk.store.reviews())
    assert desk.post(f"/review/{key}", data={"verdict": "confirm"}).status_code == 403
    for fields in (
        {"verdict": "praise"},
        {"verdict": "correct"},
        {"verdict": "correct", "killed_best": "many"},
        {"verdict": "split"},
        {"verdict": "merge"},
    ):
        assert desk.post(f"/review/{key}", data={"csrf": token, **fields}).status_code in (400, 404, 422), fields
    assert desk.post("/review/none", data={"csrf": token, "verdict": "confirm"}).status_code == 404
    version = newest(desk, key).version
    assert desk.post(f"/review/{key}", data={"csrf": token, "verdict": "confirm", "version": version + 1}).status_code == 409
    assert len(desk.store.reviews()) == held


def test_a_signal_is_approved_dismissed_and_put_back(desk):
    token = csrf(desk)
    for status in ("approved", "dismissed", "draft"):
        answer = desk.post("/signals/sig-strong?lang=en", data={"csrf": token, "status": status})
        assert answer.status_code == 200
        assert next(s for s in desk.store.signals() if s.id == "sig-strong").status == status
        assert f"signal sig-strong: {status}" in [d.detail for d in desk.store.deeds()]
    assert desk.post("/signals/sig-strong", data={"csrf": token, "status": "sent"}).status_code in (400, 422)
    assert desk.post("/signals/sig-strong", data={"status": "approved"}).status_code == 403


def test_a_brief_that_is_made_stays_in_the_list(desk):
    told = {"csrf": csrf(desk), "as_of": "2020-03-31", "days": "31", "release": "internal", "lang": "ar", "family": "attack"}
    answer = desk.post("/briefs", data=told)
    assert answer.status_code == 200
    assert answer.url.path == "/brief"
    assert '<html lang="ar"' in answer.text
    made = desk.get("/briefs.json?lang=en").json()["briefs"]["made"]
    assert made[0]["words"] == "1 to 31 March 2020"
    assert made[0]["family"] == "attack"
    assert desk.post("/briefs", data={**told, "csrf": ""}).status_code == 403


AR = Report(id="a", text="", lang="ar", published=sample.AS_OF)
EN = Report(id="e", text="", lang="en", published=sample.AS_OF)


@pytest.mark.parametrize(("slot", "words", "report", "values"), [
    ("killed", "مقتل خمسة وعشرين", AR, {"killed_low": "25", "killed_best": "25", "killed_high": "25"}),
    ("injured", "12 others", EN, {"injured_low": "12", "injured_best": "12", "injured_high": "12"}),
    ("when", "يوم الاثنين 6 نيسان", AR, {"date_start": "2020-04-06", "date_end": "2020-04-06", "date_precision": "1"}),
    ("when", "yesterday", EN, {"date_start": "2020-04-07", "date_end": "2020-04-07", "date_precision": "1"}),
    ("actors", "تنظيم داعش", AR, {"actors": "Islamic State"}), ("targets", "ISIS", EN, {"targets": "Islamic State"}),
    ("targets", "Some Militia", EN, {"targets": "Some Militia"}), ("killed", "several", EN, {"killed_low": "3", "killed_best": "", "killed_high": ""}), ("killed", "nobody knows", EN, {}), ("when", "Taji", EN, {}),
])  # fmt: skip
def test_selected_words_are_understood_as_the_reader_would(slot, words, report, values):
    assert understood(slot, words, report, []) == values


def test_a_selected_place_brings_its_point_and_an_unknown_one_takes_the_old_away():
    found = understood("places", "كركوك", AR, [])
    assert (found["place"], found["country"], found["admin1"]) == ("Kirkuk", "IQ", "Kirkuk")
    lost = understood("places", "Zorgville", EN, [])
    assert lost["place"] == "Zorgville"
    assert {lost[k] for k in ("country", "admin1", "lat", "lon", "where_precision")} == {""}


def test_selected_words_are_asked_of_the_report_itself(desk):
    key = taji(desk)
    said = desk.store.statements_by_id(newest(desk, key).statements)
    killed = next(s for s in said if s.killed and s.killed.span)
    asked = {"report": killed.report, "start": killed.killed.span.start, "end": killed.killed.span.end, "slot": "killed"}
    told = desk.get("/review/words.json", params=asked).json()
    assert told["values"]["killed_best"] == str(killed.killed.best)
    placed = next(s for s in said if s.places)
    span = placed.places[0].span
    place = {"report": placed.report, "start": span.start, "end": span.end, "slot": "places", "lang": "ar"}
    assert re.search("[؀-ۿ]", desk.get("/review/words.json", params=place).json()["said"]["place"])
    assert desk.get("/review/words.json", params=asked | {"end": 10**8}).status_code == 404
    assert desk.get("/review/words.json", params=asked | {"slot": "note"}).status_code == 404
