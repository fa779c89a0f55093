"""What is said by the way, what is only meant, which day is whose, and what words of war are not: in sentences written for these tests."""

import pytest
from tests.read.make import actual, events

from marsad.records import Statement
from marsad.scales import Realis


def shown(s: Statement) -> tuple[str, list[str], list[str], int | None]:
    return s.kind or "", [a.name for a in s.actors], [t.name for t in s.targets], s.killed and s.killed.low


ASIDES: dict[str, tuple[str, tuple[str, list[str], list[str], int | None]]] = {
    "an hour of a day": ("قتل مسلحون، في ساعة متأخرة من ليل أمس، ثلاثة من أفراد الشرطة في كركوك.", ("killing", ["unknown armed group"], ["Iraqi police"], 3)),
    "a late hour": ("قتل مسلحون، في وقت متأخر أمس، ثلاثة جنود في كركوك.", ("killing", ["unknown armed group"], ["Iraqi Armed Forces"], 3)),
    "who says so": ("قتل مسلحون، بحسب الشرطة، ثلاثة جنود في كركوك أمس.", ("killing", ["unknown armed group"], ["Iraqi Armed Forces"], 3)),
    "a relative clause": ("Gunmen, who arrived on motorbikes, killed four farmers near Maiduguri on Sunday.", ("armed_attack", ["unknown armed group"], ["civilians"], 4)),
    "who says so, and on which day": ("Al-Shabaab fighters, a police spokesman said on Sunday, killed four farmers near Baidoa.", ("killing", ["Al-Shabaab"], ["civilians"], 4)),
    "a verb in quotation marks": ('Soldiers "neutralized" seven militants near Mopti on Sunday, the army said.', ("killing", ["Malian Armed Forces"], ["unknown armed group"], 7)),
}  # fmt: skip


@pytest.mark.parametrize("what", ASIDES)
def test_a_clause_goes_on_behind_what_is_said_by_the_way(what: str) -> None:
    text, wanted = ASIDES[what]
    assert [shown(s) for s in actual(text)] == [wanted]


JOINED = {
    "a bomb": ("Gunmen killed two soldiers in Mosul on Saturday and a bomb killed three people in Kirkuk.", [("armed_attack", ["Mosul"], 2), ("bombing", ["Kirkuk"], 3)]),
    "gunmen": ("A car bomb killed two soldiers in Mosul and gunmen killed three policemen in Kirkuk on Saturday.", [("bombing", ["Mosul"], 2), ("armed_attack", ["Kirkuk"], 3)]),
    "its place first": ("Gunmen shot dead a judge in Kirkuk while in Mosul a car bomb killed six people.", [("assassination", ["Kirkuk"], 1), ("bombing", ["Mosul"], 6)]),
    "فيما": ("هاجم مسلحون حاجزا للجيش في الموصل أمس فيما أدى انفجار سيارة مفخخة في كركوك إلى مقتل ستة أشخاص.", [("armed_attack", ["الموصل"], None), ("bombing", ["كركوك"], 6)]),
    "بينما": ("اغتال مسلحون قاضيا في كركوك أمس بينما قصفت طائرات مواقع للتنظيم في الموصل.", [("assassination", ["كركوك"], 1), ("air_strike", ["الموصل"], None)]),
    "وأسفر": ("قتل جنديان في الموصل أمس برصاص مسلحين، وأسفر انفجار عبوة ناسفة عن مقتل ثلاثة في كركوك.", [("armed_attack", ["الموصل"], 2), ("bombing", ["كركوك"], 3)]),
    "what was before it, by other means": ("Hamas fired a barrage of rockets at Ashkelon on Sunday after an Israeli strike killed three people in Gaza City.", [("shelling", ["Ashkelon"], None), ("air_strike", ["Gaza City"], 3)]),
    "بعد": ("أطلقت حماس صواريخ على عسقلان أمس بعد مقتل ثلاثة من عناصرها في غارة إسرائيلية على غزة.", [("shelling", ["عسقلان"], None), ("air_strike", ["غزة"], 3)]),
    "what came of one act is no other": ("A car bomb exploded in Mosul on Saturday and two people were killed.", [("bombing", ["Mosul"], 2)]),
}  # fmt: skip


@pytest.mark.parametrize("what", JOINED)
def test_and_joins_an_act_that_has_a_doer_and_a_place_of_its_own(what: str) -> None:
    text, wanted = JOINED[what]
    assert [(s.kind, [p.name for p in s.places], s.killed and s.killed.low) for s in actual(text)] == wanted


NOT_YET = {
    "a passive under a modal": ("The minister said on Sunday that troops would be sent to Goma.", "deployment", Realis.PLANNED),
    "a plan": ("The army plans to cut its forces in Gao in May.", "reduction", Realis.PLANNED),
    "may, and no May": ("Farmers may protest in Accra on Sunday.", "protest", Realis.HYPOTHETICAL),
    "a report that is denied": ("Police denied reports that gunmen had attacked the town of Kankara on Sunday.", "armed_attack", Realis.DENIED),
}  # fmt: skip


@pytest.mark.parametrize("what", NOT_YET)
def test_what_stands_under_a_modal_or_a_denial_has_not_happened(what: str) -> None:
    text, kind, realis = NOT_YET[what]
    assert [(s.kind, s.realis) for s in events(text) if s.kind == kind] == [(kind, realis)]
    assert not actual(text)


@pytest.mark.parametrize(
    "text",
    [
        "The coach rallied the troops before the match in Accra.",
        "Critics attacked the budget in parliament in Accra on Sunday.",
        "The party seized on the remarks in Abuja on Sunday.",
        "Heavy fighting talk came from the champion in London on Sunday.",
        "The president called on Sunday for lifting the economic blockade of the island.",
        "A drone fell over Khartoum on Sunday. Two cells of attack planners were named in Tunis.",
        "فرضت الدولة حصارا اقتصاديا على الجزيرة أمس.",
        "يصف الوزير تردي الأوضاع في حلب، ويصب الدعم في مصلحة الجميع.",
        "وقال القاضي إن المحكمة أصدرت حكما في عملية سرقة في البصرة.",
        "زرع مسلحون عبوة ناسفة على طريق عام قرب الرطبة أمس.",
        "احتل الفريق المرتبة الأولى في البطولة التي أقيمت في القاهرة.",
    ],
)
def test_words_of_war_that_tell_of_none(text: str) -> None:
    assert not actual(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Hundreds rallied outside the parliament in Accra on Sunday.", ["protest"]),
        ("The Taliban stormed and captured Kunduz on Sunday.", ["territory_seized"]),
        ("Gunmen stopped a bus near Minna on Sunday and abducted 20 passengers.", ["abduction"]),
        ("تظاهر أمس في بيروت نحو ألفي شخص أمام مقر الحكومة.", ["protest"]),
        ("أعلن الجيش فرض إغلاق شامل على الضفة الغربية أمس.", ["curfew"]),
        ("أصيب ثلاثة فلسطينيين بالرصاص أمس خلال مداهمة نفذها الجيش الإسرائيلي في نابلس.", ["raid"]),
        ("خرج المئات في تظاهرة في الخرطوم أمس. وأطلقت الشرطة الغاز المسيل للدموع واندلعت مواجهات مع المحتجين.", ["protest", "riot"]),
        ("An air strike hit a house in Idlib on Sunday, killing five. Two shops were also destroyed in the strike.", ["air_strike"]),
    ],
)  # fmt: skip
def test_what_was_done_is_told_once_by_its_kind(text: str, kinds: list[str]) -> None:
    assert [s.kind for s in actual(text)] == kinds


def test_a_raid_has_those_who_were_shot_in_it_and_its_force() -> None:
    raid = actual("أصيب ثلاثة فلسطينيين بالرصاص أمس خلال مداهمة نفذها الجيش الإسرائيلي في نابلس.")[0]
    assert raid.injured is not None
    assert raid.injured.low == 3
    assert [a.name for a in raid.actors] == ["Israeli Armed Forces"]


DAYS = {
    "a day told goes on to the next sentence": ("قتل جنديان في انفجار عبوة في كركوك أمس. وقتل شرطي برصاص مسلحين في الحويجة.", ["2015-08-02", "2015-08-02"]),
    "but no further": ("قتل جنديان في انفجار عبوة في الموصل أمس. وتحدث الوزير عن خطة. وعلق المجلس جلسته. وقتل شرطي برصاص مسلحين في كركوك.", ["2015-08-02", "2015-08-03"]),
    "an English one goes on": ("A bomb killed two soldiers in Kirkuk on Sunday. The minister spoke of a plan. Gunmen shot dead a policeman in Hawija.", ["2015-08-02", "2015-08-02"]),
    "the day behind both acts": ("A car bomb killed two soldiers in Mosul and gunmen killed three policemen in Kirkuk on Saturday.", ["2015-08-01", "2015-08-01"]),
    "the day of both acts": ("On Saturday gunmen killed two soldiers in Mosul and a bomb killed three people in Kirkuk.", ["2015-08-01", "2015-08-01"]),
}  # fmt: skip


@pytest.mark.parametrize("what", DAYS)
def test_each_event_has_its_day(what: str) -> None:
    text, wanted = DAYS[what]
    assert [str(s.when and s.when.start) for s in actual(text)] == wanted


@pytest.mark.parametrize(
    ("text", "town", "country"),
    [
        ("أصيب أربعة في انفجار سيارة مفخخة في الخالص شمالي بغداد أمس.", "الخالص", "IQ"),
        ("قصفت المدفعية أحياء أمدرمان أمس.", "أمدرمان", "SD"),
        ("A car bomb killed three people in Hassakeh on Sunday.", "Hassakeh", "SY"),
        ("Shells killed three people in Taez on Sunday.", "Taez", "YE"),
    ],
)
def test_towns_are_known_by_the_spellings_of_the_press(text: str, town: str, country: str) -> None:
    place = actual(text)[0].places[0]
    assert (place.name, place.country) == (town, country)


COUNTS: dict[str, tuple[str, tuple[str, int | None]]] = {
    "an age is no count": ("Troops shot and killed a 20-year-old man at a checkpoint near Hebron on Sunday.", ("armed_attack", 1)),
    "a toll that is put at": ("A car bomb exploded in Hilla on Sunday. Officials put the death toll at 23.", ("bombing", 23)),
    "the number of dead": ("Gunmen stormed the village of Djibo on Sunday, shooting residents; local officials put the number of dead at 23.", ("armed_attack", 23)),
    "those who fought left others dead": ("Clashes between rival youths left three dead in Kano on Sunday.", ("riot", 3)),
    "two dozen": ("Soldiers killed two dozen jihadists near Mopti on Sunday.", ("killing", 24)),
    "half a dozen": ("Gunmen killed half a dozen farmers near Mopti on Sunday.", ("armed_attack", 6)),
    "a hundred": ("A hundred people were killed when a bomb exploded in Hilla on Sunday.", ("bombing", 100)),
    "several dozen": ("Several dozen people were killed when a bomb exploded in Hilla on Sunday.", ("bombing", 24)),
    "قدر عدد القتلى": ("هاجم مسلحون قرية قرب كركوك أمس، وقدرت مصادر عدد القتلى بنحو 30 شخصا.", ("armed_attack", 30)),
    "قضى طفلان": ("قضى طفلان جراء سقوط قذيفة على منزلهم في حلب أمس.", ("shelling", 2)),
    "one who storms and blows himself up": ("اقتحم انتحاري مبنى المحافظة في كركوك أمس وفجر نفسه ما أدى إلى مقتل ثلاثة.", ("suicide_bombing", 3)),
}  # fmt: skip


@pytest.mark.parametrize("what", COUNTS)
def test_the_dead_are_those_of_their_count(what: str) -> None:
    text, wanted = COUNTS[what]
    assert [(s.kind, s.killed and s.killed.low) for s in actual(text)] == [wanted]


def test_a_march_is_no_month() -> None:
    told = actual("Police in Colombo arrested 12 students during a march against tuition fees on Sunday.")
    assert [str(s.when and s.when.start) for s in told] == ["2015-08-02"]
    assert str(events("The rebels seized Goma in March.")[0].when.start) == "2015-03-01"  # type: ignore[union-attr]


def test_whose_positions_an_army_shelled_is_its_target() -> None:
    shelling = actual("قتل مدني خلال قصف الجيش السوداني مواقع قوات الدعم السريع في الخرطوم أمس.")[0]
    assert [a.name for a in shelling.actors] == ["Sudanese Armed Forces"]
    assert "Rapid Support Forces" in [t.name for t in shelling.targets]


def test_a_future_verb_plans_a_deployment() -> None:
    told = events("سترسل تركيا 500 جندي إلى قاعدتها في بعشيقة الأسبوع المقبل.")
    assert [(s.kind, s.realis) for s in told] == [("deployment", Realis.PLANNED)]
