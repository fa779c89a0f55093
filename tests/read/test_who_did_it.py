"""Who did it and to whom where the words stand far apart: asides, clauses, pronouns, claims, accusations, lists, exercises."""

import pytest
from tests.read.make import events

from marsad.read.annotate import annotate
from marsad.read.asides import asides
from marsad.records import Statement
from marsad.scales import Realis


def one(text: str, kind: str) -> Statement:
    told = [s for s in events(text) if s.kind == kind and s.realis is Realis.ACTUAL]
    assert len(told) == 1, [(s.kind, s.realis.value) for s in events(text)]
    return told[0]


ACTORS = {
    "behind an aside": ("وأضاف المصدر أن عناصر جيش المهدي، بعدما تلقوا مددا من أحياء مجاورة، سيطروا أمس على مركزين للشرطة في الديوانية.", "territory_seized", ["Mahdi Army"]),
    "of two verbs": ("عناصر جيش المهدي، بعدما تلقوا مددا، سيطروا أمس على مركز للشرطة في الديوانية وأحرقوا أربع سيارات حكومية.", "arson", ["Mahdi Army"]),
    "between members of two": ("اندلعت مواجهات في الديوانية أمس بين عناصر من جيش المهدي ودورية من الجيش.", "clash", ["Mahdi Army", "Iraqi Armed Forces"]),
    "a unit that speaks of itself": ("أعلنت الكتيبة 116 التابعة لقوات حفتر أنها استعادت أمس بلدة براك الشاطئ في ليبيا.", "territory_retaken", ["Libyan National Army"]),
    "who is accused": ("اتهم قائد محلي قوات تابعة للحكومة السورية بإطلاق عشر قذائف مورتر على قرية قرب إدلب أمس.", "shelling", ["Syrian Armed Forces"]),
    "a light verb behind an aside": ("حققت المقاومة الشعبية تقدما في لحج حيث تمكنت، وفق مصدر عسكري، من استعادة مدينة الحوطة أمس.", "territory_retaken", ["Popular Resistance (Yemen)"]),
    "the clause, not the nearest": ("Egyptian police fired tear gas at supporters who marched towards a square in Cairo and arrested 41 of them on Sunday.", "arrest", ["Egyptian police"]),
    "a participle's": ("Israeli jets flattened a house in Tyre early on Sunday, killing seven members of a family.", "air_strike", ["Israeli Armed Forces"]),
    "behind an English aside": ("The Taliban, who had held the hills for a week, attacked an army post in Kunduz on Sunday.", "armed_attack", ["Taliban"]),
    "the army of another": ("JENIN, West Bank - The military said its forces had arrested three men in Jenin on Sunday.", "arrest", ["Israeli Armed Forces"]),
    "of what, not the arm": ("Warplanes of the Saudi-led coalition carried out seven raids on Houthi positions around Zabid on Sunday.", "air_strike", ["Saudi-led coalition"]),
}  # fmt: skip


@pytest.mark.parametrize("what", ACTORS)
def test_the_doer_is_found_where_the_words_stand_far_apart(what: str) -> None:
    text, kind, actors = ACTORS[what]
    assert [a.name for a in one(text, kind).actors] == actors


TARGETS = {
    "one of its vehicles": ("قالت قوات سوريا الديمقراطية إن لغما انفجر في سيارة تابعة لها قرب بلدة الكسرة أمس.", "bombing", ["Syrian Democratic Forces"]),
    "a leader in a group": ("أطلق مسلحان مجهولان يستقلان دراجة نارية النار أمس على قيادي محلي في فيلق الشام بمدينة معرة النعمان.", "armed_attack", ["Faylaq al-Sham"]),
    "who came under fire": ("A patrol of the Iraqi army came under fire near Mosul on Sunday.", "armed_attack", ["Iraqi Armed Forces"]),
    "whom buses carried": ("Rebels ambushed two buses carrying soldiers near Saraqeb in Syria on Sunday.", "armed_attack", ["Syrian Armed Forces"]),
}  # fmt: skip


@pytest.mark.parametrize("what", TARGETS)
def test_the_target_is_found_by_whose_it_is(what: str) -> None:
    text, kind, targets = TARGETS[what]
    assert [t.name for t in one(text, kind).targets] == targets


def test_a_claim_is_of_the_attack_beside_it() -> None:
    """An attack in another sentence, long before the claim, is not claimed with it."""
    text = "Gunmen shot dead a judge in Kirkuk on Sunday. A bomb killed four people in Baghdad on Sunday. Islamic State claimed the bombing."
    assert [(s.kind, s.claimed_by and s.claimed_by.name) for s in events(text)] == [
        ("assassination", None),
        ("bombing", "Islamic State"),
    ]


def test_an_exercise_tells_of_no_attack() -> None:
    """What forces play in a drill has no doer, dead or day."""
    assert not [s for s in events("انطلاق التدريب المشترك «سهم البحر»\nونفذت المقاتلات طلعات قصفت خلالها أهدافا عائمة بدقة عالية.") if s.kind == "air_strike"]  # fmt: skip


def test_the_days_that_point_back_and_the_day_of_a_dateline() -> None:
    """ "The next day" counts from the day told last; a dateline's day is that of the writing."""
    told = events(
        "MOSUL, Aug 3 - A bomb killed four people in Kirkuk on Saturday. Gunmen shot dead two soldiers in Mosul the next day."
    )
    assert [str(s.when and s.when.start) for s in told] == ["2015-08-01", "2015-08-02"]


def test_the_dead_of_a_war_are_not_those_of_an_attack() -> None:
    text = "A car bomb exploded in Aleppo on Sunday, wounding four. The war has killed more than 280,000 people."
    assert [s.killed for s in events(text) if s.realis is Realis.ACTUAL] == [None]


def test_a_road_is_closed_by_a_crowd_or_by_force() -> None:
    """Gunmen who close a road blockade it; residents who burn tyres protest."""
    assert [s.kind for s in events("أغلق مسلحون الطريق بين كادوقلي والدلنج في السودان أمس.")] == ["blockade"]
    assert [s.kind for s in events("أغلق الأهالي الطريق في البصرة أمس احتجاجا على انقطاع الكهرباء.")] == ["protest"]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("The Rangers, acting on a tip-off, traded fire with a gang", [2, 3, 4, 5, 6, 7]),
        ("سيطرت القوات، التي يقودها حفتر، على البلدة", []),  # no verb goes on after it
        ("القوات، التي يقودها حفتر، سيطرت على البلدة", [1, 2, 3, 4, 5]),
        ("The army (180 km south) attacked", [2, 3, 4, 5, 6]),
        ("bread, water, fuel and salt", []),
    ],
)
def test_an_aside_is_what_stands_between_a_subject_and_its_verb(text: str, aside: list[int]) -> None:
    lang = "ar" if text[0] > "\u0600" else "en"
    [sent] = annotate(text, lang, None).sents
    assert sorted(asides(sent, lang)) == aside
