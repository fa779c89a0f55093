"""One event told several times in a report is one; two that look alike are two. The reports are written for these tests."""

import pytest
from tests.read.make import events

from marsad.scales import Realis

Told = list[tuple[str, str | None, int | None]]
"""Kind, first town or none, at least how many dead, of every actual event, in order."""


def told(text: str) -> Told:
    return [
        (s.kind or "", next((p.name for p in s.places if (p.precision or 1) <= 2), None), s.killed and s.killed.low)
        for s in events(text)
        if s.realis is Realis.ACTUAL
    ]


ONE: dict[str, tuple[str, tuple[str, int | None]]] = {
    "another source counts otherwise": (
        "A car bomb killed nine people in Baquba on Sunday, police said. A hospital doctor put the toll at eleven dead.",
        ("bombing", 9),
    ),
    "the gunfight after an assault": (
        "Gunmen attacked a police post in Kirkuk on Sunday, killing two officers. A gunfight followed for an hour.",
        ("armed_attack", 2),
    ),
    "how the gunmen came": (
        "Gunmen killed four farmers near Baquba on Sunday. The gunmen arrived in two pickup trucks before dawn.",
        ("armed_attack", 4),
    ),
    "the attacker shot": (
        "A gunman opened fire on worshippers in Kirkuk on Sunday, killing three people. The attacker was shot dead.",
        ("armed_attack", 3),
    ),
    "the bomb exploded": (
        "Five soldiers were killed by a roadside bomb near Tikrit on Sunday. The bomb exploded as their patrol passed.",
        ("bombing", 5),
    ),
    "nobody was hurt": (
        "Rockets hit the outskirts of Mosul on Sunday. There were no casualties.",
        ("shelling", 0),
    ),
    "the dead of a riot": (
        "Riots broke out in Karachi on Sunday. Three people were killed.",
        ("riot", 3),
    ),
    "several, then six": (
        "انفجرت سيارة مفخخة في بعقوبة أمس ما أسفر عن مقتل عدة أشخاص. وقال طبيب إن ستة قتلى نقلوا إلى المستشفى.",
        ("bombing", 6),
    ),
    "wounded in a sentence of their own": (
        "انفجرت عبوة ناسفة في تكريت أمس. وأصيب أربعة من عناصر الشرطة بجروح.",
        ("bombing", None),
    ),
    "the attacker was killed": (
        "هاجم مسلح حاجزا للجيش في القائم أمس فقتل جنديين. وقتل المهاجم.",
        ("armed_attack", 2),
    ),
}


@pytest.mark.parametrize("what", ONE)
def test_one_event_told_twice_is_one(what: str) -> None:
    text, event = ONE[what]
    assert [(kind, killed) for kind, _, killed in told(text)] == [event]


TWO = {
    "guns and aircraft": (
        "Artillery shelled Saada on Sunday. Warplanes bombed Saada at night.",
        ["shelling", "air_strike"],
    ),
    "another town": (
        "Protesters marched in Basra on Sunday. The protesters marched in Nasiriyah too.",
        ["protest", "protest"],
    ),
    "two bullets": (
        "Security incidents on Sunday:\n\n* KIRKUK - Gunmen killed a policeman in the north of the city.\n\n"
        "* KIRKUK - A policeman was killed by gunmen near his home.\n\n* BAQUBA - A roadside bomb killed two.",
        ["armed_attack", "armed_attack", "bombing"],
    ),
    "differing counts": (
        "شن الطيران خمس غارات على صعدة أمس. وشن الطيران أربع غارات على حجة.",
        ["air_strike", "air_strike"],
    ),
}


@pytest.mark.parametrize("what", TWO)
def test_two_events_that_look_alike_are_two(what: str) -> None:
    text, kinds = TWO[what]
    assert [kind for kind, _, _ in told(text)] == kinds


NO_NEWS = {
    "recalled with its year": "The bombing in Karrada in 2011 killed dozens of people. Traders there still speak of it.",
    "an anniversary": "Hundreds marked the anniversary of the 2014 attack on the market in Baquba.",
    "last month, in a report of no day": "مقتل ثلاثة جنود في هجوم قرب كركوك. وكان مسلحون قتلوا الشهر الماضي ستة جنود في تكريت.",
    "attacks counted over months": "Militants have carried out many attacks in Diyala over the past months.",
    "what is demanded": "تظاهر العشرات في البصرة أمس يطالبون بسحب القوات من المدينة.",
}


@pytest.mark.parametrize("what", NO_NEWS)
def test_what_is_only_recalled_or_asked_for_is_no_news(what: str) -> None:
    actual = [s for s in events(NO_NEWS[what], None) if s.realis is Realis.ACTUAL]
    assert not [s for s in actual if s.kind in ("bombing", "withdrawal") or (s.killed and s.killed.low == 6)]
    assert not [s for s in actual if s.kind == "armed_attack" and not s.killed]


def test_each_town_of_a_list_was_hit_though_the_gazetteer_lacks_some() -> None:
    """Towns that no list holds are read from the towns beside them; each is an event, but where one word tells of all."""
    text = "قصفت المدفعية أمس تلبيسة والرستن في ريف حمص."
    assert [p[1] for p in told(text)] == ["تلبيسة", "الرستن"]
    (together,) = events("قصفت المدفعية أمس بلدات تلبيسة والفرحانية والكندارية في ريف حمص.")
    assert [p.name for p in together.places][:3] == ["تلبيسة", "الفرحانية", "الكندارية"]


def test_a_headline_glued_to_its_text_is_read_apart() -> None:
    text = "Bomb kills four in SyriaThe bomb went off at a market in Manbij on Sunday, killing four people."
    assert [(k, n) for k, _, n in told(text)] == [("bombing", 4)]


def test_a_guess_at_whose_an_aircraft_was_makes_the_strike_no_plan() -> None:
    text = "قصفت طائرات يرجح أنها روسية مدينة إدلب أمس."
    assert [s.realis for s in events(text) if s.kind == "air_strike"] == [Realis.ACTUAL]
