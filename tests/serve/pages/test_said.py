"""An Arabic page is Arabic wholly: what the parts behind it say in English is said in Arabic."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.serve.conftest import ORIGIN

import marsad
from marsad.collect.decode import AS_UTF8, BINARY, UNKNOWN
from marsad.link.incidents import METHOD
from marsad.serve.docs import calls as described
from marsad.serve.said import holds, told

SOURCES = Path(marsad.__file__).parent
RAISED = {"Refused", "UsageError"}
"""Errors that a visitor may be told of; others are of the start or of the routes."""
FILLED = {"kind": "riot", "name": "Kirkuk", "at": ""}
OF_A_START = {"serve/settings.py", "serve/assets.py"}


def spoken(node: ast.expr) -> str:
    """A sentence of the source, with a kind, a place or a number for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            v.value if isinstance(v, ast.Constant) else FILLED.get(ast.unparse(v.value).rpartition(".")[2], "7")
            for v in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def calls(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]


def errors():
    for path in sorted((SOURCES / "serve").rglob("*.py")):
        if str(path.relative_to(SOURCES)) in OF_A_START:
            continue
        for call in calls(path):
            if call.func.id in RAISED:
                given = [*call.args, *(k.value for k in call.keywords if k.arg == "mend")]
                yield from ((path.name, said) for a in given if (said := spoken(a)))


def reasons():
    """Every short sentence of link/compare.py that may stand in a reason."""
    tree = ast.parse((SOURCES / "link" / "compare.py").read_text(encoding="utf-8"))
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Part"):
        for arg in call.args[2:]:
            parts = [arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg]
            yield from (said for p in parts if (said := spoken(p)))
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.Return) and n.value is not None):
        found = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
        yield from (said for p in found if (said := spoken(p)))


def rejections():
    """What collecting and importing say of an input that they do not take; a number or a name for what is filled in."""
    for folder in ("collect", "formats"):
        for path in sorted((SOURCES / folder).rglob("*.py")):
            for call in calls(path):
                if call.func.id == "Rejected":
                    given = [*call.args, *(k.value for k in call.keywords if k.arg == "mend")]
                    yield from ((path.name, said) for a in given if (said := spoken(a)))


@pytest.mark.parametrize(("file", "said"), sorted(set(rejections())))
def test_every_reason_of_a_rejection_has_its_arabic(file, said):
    assert holds(said)
    assert re.search("[؀-ۿ]", told("ar", said))


def test_rejections_that_are_put_together_have_their_arabic():
    assert len(set(rejections())) > 50
    size = "it has 9.1 MB; the limit for one report is 5 MB of text"
    taken_down = "this text was taken down on 2020-05-01: a name in it"
    for said in (BINARY, UNKNOWN, AS_UTF8, size, taken_down, "this is not JSON at character 7"):
        assert holds(said), said


def test_the_page_of_the_api_is_arabic_in_arabic(house):
    for call in described(house.app.openapi()):
        for said in (
            call["summary"],
            call["description"],
            *(x for p in call["parameters"] for x in (p["description"], p["kind"])),
        ):
            assert not said or holds(said), said


def test_the_rule_of_linking_has_its_arabic():
    assert holds(METHOD)


def test_there_are_sentences_to_look_for():
    assert len(list(errors())) > 60
    assert len(set(reasons())) > 20


@pytest.mark.parametrize("said", sorted(set(reasons())))
def test_every_reason_of_a_link_has_its_arabic(said):
    assert holds(said)
    assert re.search("[؀-ۿ]", told("ar", said))


@pytest.mark.parametrize(("file", "said"), sorted(set(errors())))
def test_every_error_has_its_arabic(file, said):
    assert holds(said)
    assert re.search("[؀-ۿ]", told("ar", said))


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("both shelling", "في كليهما: قصف"),
        ("both in kirkuk", "كلاهما في كركوك"),
        ("both 12", "في كليهما 12"),
        ("there is no such incident", "لا يوجد حادث بهذا الاسم"),
    ],
)
def test_what_stands_in_a_sentence_is_told_in_arabic_too(english, arabic):
    assert told("ar", english) == arabic


def test_an_english_reason_names_kinds_by_their_names():
    assert told("en", "both armed_attack") == "both armed attack"


@given(st.text())
def test_what_the_book_does_not_hold_stays_as_it_is(said):
    assert told("ar", said) == said or holds(said)


@pytest.mark.parametrize(
    "path",
    [
        "/incident/none", "/report/none", "/nowhere", "/incidents?kind=x", "/incidents?bbox=1", "/incidents?since=x", "/incidents?realis=x",
        "/incidents?least=7", "/incidents?confidence=x", "/?since=9", "/brief?days=0", "/brief?form=x", "/audit?before=x", "/?as_of=1700-01-01",
    ],
)  # fmt: skip
def test_an_error_page_in_arabic_has_no_english_sentence(house, path):
    house.user("amal", "admin")
    browser, _ = house.logged_in("amal")
    page = browser.get(path, headers={"Accept-Language": "ar", "Origin": ORIGIN})
    assert page.status_code in (400, 404)
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    words = re.sub(r"<[^>]*>|\([^)]*\)", " ", main)
    assert re.search("[؀-ۿ]", words)
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", words), words


def test_days_in_figures_stand_the_right_way_round_in_arabic():
    """After an Arabic letter 2020-04-08 is shown as 08-04-2020, unless it is set apart (UAX 9, rule W2)."""
    assert "\u20662020-04-08\u2069" in told("ar", "A day is needed, like 2020-04-08.")
    assert "\u20662020-04-01/2020-04-08\u2069" in told("ar", "Write 2020-04-01/2020-04-08, or .. for an open end.")
