"""What composing promises: no sentence without evidence, disagreement kept, the unknown said to be unknown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief import make

from marsad.brief import compose, lint
from marsad.brief.document import Block, Brief, Sentence
from marsad.brief.material import Material
from marsad.brief.words import Words
from marsad.records import Toll
from marsad.scales import DatePrecision, Family, Sensitivity, WherePrecision

KEYS = ["highlights", "incidents", "posture", "signals", "expect", "outlook"]


def texts(brief: Brief, key: str) -> list[str]:
    return [
        s.text for section in brief.sections if section.key == key for b in section.blocks for s in (*b.sentences, *b.points)
    ]


def block(brief: Brief, words: str) -> Block:
    return next(b for section in brief.sections for b in section.blocks if words in b.title)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_sentence_of_the_demo_rests_on_evidence_and_passes_the_linter(demo, lang):
    brief = compose(demo, lang)
    assert len(brief.sentences) > 50
    assert all(s.evidence for s in brief.sentences)
    assert all(demo.knows(key) for s in brief.sentences for key in s.evidence)
    assert lint(brief, demo) == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_sections_stand_in_the_order_of_a_desk(demo, lang):
    brief = compose(demo, lang)
    assert [s.key for s in brief.sections][: len(KEYS)] == KEYS
    assert {"gaps", "methods", "sources", "ledger"} <= {s.key for s in brief.sections}
    assert 2 <= len(texts(brief, "highlights")) <= 5


def test_the_same_cut_gives_the_same_brief(demo):
    assert compose(demo, "ar") == compose(demo, "ar")


def test_reports_that_differ_stand_side_by_side():
    reports, statements = make.taji()
    cut = make.material(reports, statements)
    assert len(cut.current) == 1
    brief = compose(cut, "en")
    told = block(brief, "Camp Taji")
    assert "with 10 to 15 rockets" in told.sentences[0].text
    assert any("number (10 or 15)" in s.text for s in told.sentences)
    assert [p.text for p in told.points] == [
        "Source A, 12 March 2020: 10 rockets; three killed.",
        "Source B, 12 March 2020: 15 rockets; three killed.",
    ]
    assert [p.evidence for p in told.points] == [(s.id,) for s in statements]
    arabic = compose(cut, "ar")
    assert any("العدد (10 أو 15)" in t for t in texts(arabic, "incidents"))
    assert any("باستخدام ما بين 10 و15 صاروخاً" in t for t in texts(arabic, "incidents"))


def test_a_toll_tells_its_range_and_an_open_end():
    reports, statements = make.taji()
    told = replace(statements[0], killed=Toll(low=5, best=5), injured=Toll(low=24), count=None)
    brief = compose(make.material(reports[:1], [told]), "en")
    assert any("at least five killed; at least 24 injured" in t for t in texts(brief, "incidents"))


def test_what_is_unknown_is_said_to_be_unknown():
    r = make.report("Gunmen attacked somewhere.")
    s = make.said(r, kind="armed_attack", when=None, places=(), actors=(make.party(r, "unknown armed group", "Gunmen"),))
    brief = compose(make.material([r], [s]), "en")
    (told,) = [t for t in texts(brief, "incidents") if "armed attack" in t]
    assert (
        told
        == "On a day that no report gives, according to one report, an armed attack took place; those behind it are not known."
    )
    gaps = " ".join(texts(brief, "gaps"))
    assert "one incident of this period has no day" in gaps.lower()
    assert "tells of no place" in gaps


def test_a_place_that_is_not_resolved_is_named_as_written():
    r = make.report("قصف على مكيشيفة", lang="ar")
    here = make.place(r, "مكيشيفة", "", gazetteer="", admin1="", country="", lat=None, lon=None, precision=None)
    brief = compose(make.material([r], [make.said(r, places=(here,))]), "en")
    assert any("“مكيشيفة”" in t for t in texts(brief, "gaps"))


def test_posture_changes_stand_beside_attacks_with_their_forces():
    r = make.report("NATO suspended training in Iraq and French forces left.")
    iraq = make.place(r, "Iraq", "Iraq", admin1="", lat=None, lon=None, gazetteer="IQ", precision=WherePrecision.COUNTRY)
    nato = make.said(r, "s-1", kind="suspension", places=(iraq,), actors=(make.party(r, "NATO", "NATO"),))
    french = make.said(
        r, "s-2", kind="withdrawal", places=(iraq,), actors=(make.party(r, "French Armed Forces", "French forces"),)
    )
    cut = make.material([r], [nato, french])
    assert "On 11 March 2020, according to one report, NATO suspended training or operations in Iraq." in texts(
        compose(cut, "en"), "posture"
    )
    assert "في 11 آذار/مارس 2020، وبحسب تقرير واحد، سُجّل انسحاب القوات الفرنسية من العراق." in texts(
        compose(cut, "ar"), "posture"
    )


def test_a_handover_tells_who_gave_what_to_whom():
    r = make.report("The coalition handed K1 to Iraqi forces.")
    base = make.place(r, "K1", "K1 Air Base", admin1="Kirkuk", gazetteer="")
    parties = {
        "actors": (make.party(r, "Coalition against the Islamic State", "coalition"),),
        "targets": (make.party(r, "Iraqi Security Forces", "Iraqi forces"),),
    }
    cut = make.material([r], [make.said(r, kind="handover", places=(replace(base, name="كي وان"),), **parties)])
    assert texts(compose(cut, "en"), "posture")[0].endswith(
        "the coalition against Islamic State handed over K1 Air Base (Kirkuk) to the Iraqi Security Forces."
    )
    assert texts(compose(cut, "ar"), "posture")[0].endswith(
        "سُجّل تسليم كي وان (كركوك) من التحالف الدولي إلى قوات الأمن العراقية."
    )


def test_a_period_total_is_told_as_one():
    r = make.report("Thirty attacks in March.")
    s = make.said(
        r, when=make.on(date(2020, 3, 1), date(2020, 3, 31), DatePrecision.MONTH),
        count=make.Count(value=30, unit="attacks"), aggregate=True, kind="armed_attack",
    )  # fmt: skip
    told = texts(compose(make.material([r], [s]), "en"), "incidents")
    assert any("(30 attacks)" in t for t in told)
    assert any("not added to single incidents" in t for t in told)


@pytest.mark.parametrize(
    ("p", "en", "ar"),
    [(0.7, "is likely (70%)", "مرجّح (70%)"), (0.5, "has a roughly even chance (50%)", "احتمالان متقاربان (50%)"), (0.1, "is very unlikely (10%)", "مستبعد جداً (10%)")],
)  # fmt: skip
def test_the_outlook_gives_the_word_of_the_band_and_the_number(p, en, ar):
    reports, statements = make.taji()
    cut = make.material(reports, statements, forecasts=[make.forecast(p)])
    assert any(t.endswith(f"{en}.") for t in texts(compose(cut, "en"), "outlook"))
    assert any(t.endswith(f"{ar}.") for t in texts(compose(cut, "ar"), "outlook"))


def test_baselines_never_speak_in_the_outlook():
    cut = make.material([], [], forecasts=[make.forecast(0.9, id="z", method="zero")])
    assert not any("likely" in t for t in texts(compose(cut, "en"), "outlook"))


def test_a_forecast_that_missed_is_owned_up_to_at_the_head_of_the_brief():
    reports, statements = make.taji()
    missed = make.forecast(0.02, id="f-old", origin="2020-W10", target="2020-W11", atoms=((0.0, 1.0),), as_of=date(2020, 3, 8))
    brief = compose(make.material(reports, statements, forecasts=[missed]), "en")
    assert brief.sections[0].key == "ledger"
    told = texts(brief, "ledger")
    assert told[0] == "One forecast came due; 0 of them hold the outcome within their middle 80%."
    assert told[1].startswith("Baghdad, attacks, the week of 9 to 15 March 2020: the middle 80% ran from 0 to 0")
    assert told[1].endswith("holds 1.")


def test_a_signal_tells_its_false_alarms_and_a_thin_one_says_so():
    reports, statements = make.taji()
    evidence = (statements[0].id,)
    cut = make.material(reports, statements, signals=[make.signal(evidence=evidence), make.signal(id="g-2", thin=True)])
    told = texts(compose(cut, "en"), "signals")
    assert "Baghdad: attacks at a record high." in told
    assert any("0.4 false alarms a year" in t and "3 times the usual rate" in t for t in told)
    assert any(t.startswith("In 1 pairs") for t in told)
    assert "Baghdad: attacks at a record high." in texts(compose(cut, "en"), "highlights")


def test_what_sources_expect_is_checked_against_the_record():
    first, last = make.report("Nothing happened.", date(2020, 1, 20)), make.report("Nothing happened today.", date(2020, 4, 8))
    old = make.report("An expert expects more attacks.", date(2020, 3, 1))
    said = make.outlook(old, expected_by=make.party(old, "an expert", "An expert"))
    attacks = [make.said(last, f"s-{n}", kind="armed_attack", when=make.on(date(2020, 3, 2 + 3 * n))) for n in range(8)]
    cut = make.material([first, old, last], [said, *attacks])
    told = texts(compose(cut, "en"), "expect")
    assert told[0] == "Expected by an expert: more armed attacks."
    assert told[1] == (
        "So far it is borne out: no incidents of that sort in the 41 days before it was published, eight incidents in the 39 days since."
    )
    assert any(t.startswith("حتى الآن صدق التوقع: لا حوادث من هذا النوع") for t in texts(compose(cut, "ar"), "expect"))


def test_what_was_planned_or_denied_never_counts_as_an_incident(demo):
    brief = compose(demo, "en")
    shown = {i for s in brief.sections if s.key == "incidents" for b in s.blocks for i in ([b.about] if b.about else [])}
    assert shown <= {i.id for i in demo.incidents}
    assert not any(i.recalled for i in demo.current)


def test_a_release_shows_no_more_than_its_level_and_says_what_is_withheld():
    reports, statements = make.taji()
    secret = [reports[0], replace(reports[1], sensitivity=Sensitivity.INTERNAL)]
    cut = make.material(secret, statements, release=Sensitivity.PUBLIC)
    assert cut.current == ()
    assert set(cut.reports) == {reports[0].id}
    assert "One incident is withheld from this release." in texts(compose(cut, "en"), "gaps")


def test_a_public_release_tells_of_a_hospital_only_the_district():
    r = make.report("Shells hit the hospital in Tarmiyah.")
    here = make.place(r, "hospital in Tarmiyah", "Tarmiyah hospital", gazetteer="")
    cut = make.material([r], [make.said(r, places=(here,))], release=Sensitivity.PUBLIC)
    (place,) = cut.current[0].places
    assert (place.lat, place.lon, place.name_en) == (None, None, "Baghdad")
    assert not any("hospital" in s.text for s in compose(cut, "en").sentences)
    assert any("بغداد" in s.text for s in compose(cut, "ar").sentences)
    inside = make.material([r], [make.said(r, places=(here,))], release=Sensitivity.PARTNERS)
    assert inside.current[0].places[0].lat is not None


def test_area_and_family_narrow_the_brief():
    reports, statements = make.taji()
    cut = make.material(reports, statements, area="IQ/Kirkuk")
    assert cut.current == ()
    assert len(make.material(reports, statements, area="IQ/Baghdad", families=[Family.ATTACK]).current) == 1
    assert make.material(reports, statements, families=[Family.POSTURE]).current == ()


def test_an_empty_record_gives_a_brief_that_says_so():
    cut = make.material([], [])
    for lang in ("ar", "en"):
        brief = compose(cut, lang)
        assert lint(brief, cut) == []
        assert texts(brief, "highlights")
        assert texts(brief, "gaps") == [
            {
                "en": "This store holds no report that was published in the period.",
                "ar": "لا يضم هذا المخزن أي تقرير نُشر في هذه الفترة.",
            }[lang]
        ]


def test_rejected_inputs_are_told_in_words_that_pass():
    for n in (1, 2, 11):
        cut = make.material([], [], rejected=n)
        assert [lint(compose(cut, lang), cut) for lang in ("ar", "en")] == [[], []]
    assert "One input was unreadable and is kept aside with the reason." in texts(
        compose(make.material([], [], rejected=1), "en"), "gaps"
    )


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_month_is_a_word_of_likelihood(lang, month):
    told = make.report(f"Ten rockets hit Taji base on 15 {Words('en').month(month)} 2020.", date(2020, month, 16))
    said = make.said(told, when=make.on(date(2020, month, 15), date(2020, month, 16)), places=(make.place(told, "Taji base"),))
    period = (date(2020, 1, 1), date(2020, 12, 31))
    cut = make.material([told], [said], period=period, as_of=period[1])
    assert cut.current
    assert lint(compose(cut, lang), cut) == []


def test_may_is_a_word_of_likelihood_where_it_is_no_month():
    cut = make.material(*make.taji())
    good = compose(cut, "en")
    for text in ("May attacks follow.", "Attacks may follow in May.", "They left. May they return in 2020?"):
        block = Block(sentences=(make_sentence(text, next(iter(cut.statements))),))
        found = lint(replace(good, sections=(replace(good.sections[0], blocks=(block,)),)), cut)
        assert [f.rule for f in found] == ["likelihood"], text


def test_the_linter_finds_what_it_is_for():
    reports, statements = make.taji()
    cut: Material = make.material(reports, statements)
    good = compose(cut, "en")
    bad = {
        "It is probable that attacks follow.": "likelihood",
        "Attacks are likely and we say so with high confidence.": "likelihood_and_confidence",
        "The terrorist group attacked.": "loaded",
    }
    for text, rule in bad.items():
        section = replace(good.sections[0], blocks=(Block(sentences=(make_sentence(text, statements[0].id),)),))
        assert [f.rule for f in lint(replace(good, sections=(section,)), cut)] == [rule]
    arabic = replace(
        good.sections[0],
        blocks=(Block(sentences=(make_sentence("هاجم الإرهابيون البلدة ومن المحتمل أن يعودوا", statements[0].id),)),),
    )
    assert {f.rule for f in lint(replace(good, lang="ar", sections=(arabic,)), cut)} == {"loaded", "likelihood"}
    lost = replace(good.sections[0], blocks=(Block(sentences=(make_sentence("x", "nowhere"), make_sentence("y", ""))),))
    assert [f.rule for f in lint(replace(good, sections=(lost,)), cut)] == ["unknown_evidence", "evidence"]


def make_sentence(text: str, evidence: str) -> Sentence:
    return Sentence(text, (evidence,) if evidence else ())


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.integers(0, 500),
    st.sampled_from(["shelling", "withdrawal", "curfew", "arrest"]),
)
def test_no_name_or_number_breaks_a_sentence(name, n, kind):
    r = make.report("x" * 80, source=name)
    here = make.place(r, "xx", name, gazetteer="", admin1="")
    s = make.said(r, kind=kind, places=(replace(here, name=name),), killed=make.toll(n), count=make.rounds(n))
    for lang in ("ar", "en"):
        brief = compose(make.material([r], [s]), lang)
        assert all(x.text and "{" not in x.text and x.evidence for x in brief.sentences)


def test_days_and_places_that_differ_are_told_as_days_and_places():
    reports, statements = make.taji()
    second = replace(statements[1], when=make.on(date(2020, 3, 12)))
    brief = compose(make.material(reports, [statements[0], second]), "ar")
    told = " ".join(texts(brief, "incidents"))
    assert "التاريخ (11 آذار/مارس 2020 أو 12 آذار/مارس 2020)" in told


def test_a_record_of_many_countries_names_none_in_its_title():
    said, reports = [], []
    for n, code in enumerate(("IQ", "SY", "YE", "LY", "SO", "ML")):
        r = make.report(f"Shells hit Town{n} in the morning.")
        reports.append(r)
        said.append(make.said(r, places=(make.place(r, f"Town{n}", f"Town{n}", country=code, admin1="", gazetteer=""),)))
    assert compose(make.material(reports, said), "en").title == "Situation brief"
    assert compose(make.material(reports[:2], said[:2]), "en").title == "Situation brief: Iraq and Syria"
    assert compose(make.material(reports[:1], said[:1]), "ar").title == "موجز الوضع: العراق"


def test_trends_with_a_number_come_first_and_the_rest_are_counted():
    r = make.report("Attacks rose. " * 12)
    vague = [
        make.said(r, f"t-{n}", cls="trend", kind="", when=None, direction="up", places=(make.place(r, "Attacks", f"P{n}"),))
        for n in range(12)
    ]
    firm = make.said(r, "t-x", cls="trend", kind="shelling", when=None, direction="up", ratio=2.0)
    brief = compose(make.material([r], [*vague, firm]), "en")
    told = [t for t in texts(brief, "signals") if t.startswith("According to")]
    assert (len(told), told[0]) == (8, "According to Source A, the rate of shelling doubled.")
    assert "Five statements beyond these tell of a trend." in texts(brief, "signals")


def test_the_model_speaks_and_climatology_only_where_there_is_no_other():
    pool = make.forecast(0.7, id="p", method="pool")
    beside = make.forecast(0.1, id="c", method="last12")
    both = texts(compose(make.material([], [], forecasts=[beside, pool]), "en"), "outlook")
    assert [t for t in both if "at least one" in t] == [
        "Baghdad, attacks, the week of 13 to 19 April 2020: at least one event is likely (70%)."
    ]
    alone = texts(compose(make.material([], [], forecasts=[beside]), "en"), "outlook")
    assert any("very unlikely (10%)" in t for t in alone)


def test_what_a_reviewer_rejected_is_not_told_and_what_one_confirmed_says_so():
    reports, statements = make.taji()
    (incident,) = make.material(reports, statements).incidents
    rejected = make.material(reports, statements, incidents=[replace(incident, review="rejected")])
    assert rejected.current == ()
    confirmed = make.material(reports, statements, incidents=[replace(incident, review="confirmed")])
    assert "confirmed by a reviewer" in block(compose(confirmed, "en"), "Camp Taji").tags


def test_a_toll_tells_its_groups_and_its_range_in_brackets():
    reports, statements = make.taji()
    more = replace(statements[1], killed=make.toll(5))
    first = replace(statements[0], killed=make.toll(3, security_forces=2, civilians=1))
    told = " ".join(texts(compose(make.material(reports, [first, more]), "en"), "incidents"))
    assert "three killed (security forces 2, civilians 1)" in told
    assert "(3 to 5 across reports" in told
    arabic = " ".join(texts(compose(make.material(reports, [first, more]), "ar"), "incidents"))
    assert "ثلاثة قتلى (قوات أمن 2، مدنيون 1)" in arabic
