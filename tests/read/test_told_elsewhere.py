"""What reports of many outlets say that our own had not said: who died with whom, who managed what, whose aircraft, what is only left of a bomb.

Each sentence was written for these tests.
"""

import pytest
from tests.read.make import actual, events, names

from marsad.records import Toll
from marsad.scales import Realis


def best(toll: Toll | None) -> int | None:
    return toll.best if toll else None


KILLED = {
    "قتل مدير أمن المحافظة وأربعة آخرون في تفجير.": 5,
    "أسفر الهجوم عن مقتل قائد الشرطة في المدينة و3 من حراسه.": 4,
    "قتل 18 فردا من ميليشيات قوات حكومة الوفاق الوطني و14 مقاتلا من الجيش الوطني الليبي في معارك جنوب طرابلس.": 32,
    "قتل قائد «كتيبة النور» وثلاثة من مرافقيه في كمين في درعا.": 4,
    "خسر الجيش اليمني تسعة من جنوده في انفجار لغم في أبين.": 9,
    "وقضى رجل وزوجته بقذيفة سقطت على منزلهما في حي الميدان.": 2,
    "قتل أجنبي وآخر أفغاني السبت بهجوم تبنته حركة طالبان على مجمع للأجانب في كابل.": 2,
    "عثر على جثتين مجهولتي الهوية في بعقوبة أمس. وأضاف المصدر أن التحقيق جار.": 2,
}


@pytest.mark.parametrize(("text", "dead"), KILLED.items())
def test_those_told_with_somebody_are_counted_with_him(text: str, dead: int) -> None:
    assert best(actual(text)[0].killed) == dead


DOERS = {
    "تمكنت القوات العراقية من طرد المتمردين من بلدة بيجي.": ("territory_retaken", {"Iraqi Security Forces"}, {"insurgents"}),
    "نجحت القوات العراقية في طرد داعش من بلدة بيجي.": ("territory_retaken", {"Iraqi Security Forces"}, {"Islamic State"}),
    "وأكد المتحدث أن قوات البيشمركة نجحت في صد هجوم لداعش على سنجار.": ("clash", {"Peshmerga", "Islamic State"}, set()),
    "وأغارت طائرات حربية تابعة لحكومة الوفاق على مواقع لقوات حفتر قرب مطار طرابلس.": ("air_strike", {"Government of National Accord forces"}, {"Libyan National Army"}),
    "قتل خمسة دركيين في هجوم نسب إلى جماعة جند الخلافة قرب تيزي وزو.": ("armed_attack", {"Jund al-Khilafah"}, {"Algerian police"}),
    "توصلت الحكومة السورية وفصائل المعارضة إلى اتفاق في حرستا ودوما بريف دمشق ينص على وقف شامل لإطلاق النار وتسليم السلاح.": ("agreement", {"Government of Syria", "Syrian opposition forces"}, set()),
    "وسد شبان غاضبون الطريق الوطنية بالحجارة والإطارات في بجاية احتجاجا على البطالة.": ("protest", set(), {"civilians"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), DOERS.items())
def test_who_did_it_and_to_whom(text: str, told: tuple[str, set[str], set[str]]) -> None:
    event = actual(text)[0]
    assert (event.kind, names(event.actors), names(event.targets)) == told


NONE = {
    "rockets that arrive": ("صواريخ القسام تصل إلى تل أبيب", "deployment"),
    "what is left of a bomb": ("عثرت الشرطة في المكان على بقايا حزام ناسف بعد الانفجار الذي أوقع عشرة قتلى في أضنة.", "seizure"),
    "a government that is to fall": ("تجمع آلاف في صفاقس أمس وهتفوا بسقوط الحكومة.", "territory_seized"),
    "crimes for which they were wanted": ("قتل خمسة مسلحين في اشتباك في بيشاور. وكانوا مطلوبين في جرائم واعتداءات على رجال الأمن.", "armed_attack"),
    "wounded who fall": ("وأسفرت الاشتباكات عن سقوط 32 مصابا نقلوا إلى مستشفى في مدينة ترهونة.", "territory_seized"),
    "an aim": ("مات رجلا أمن تحت نفق انهار بينما كان الفريق يفخخه لنسفه.", "bombing"),
    "expected": ("The army has left the city, and an offensive is expected.", "clash"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), NONE.values(), ids=NONE.keys())
def test_what_is_none(text: str, kind: str) -> None:
    assert kind not in {s.kind for s in actual(text)}


def test_the_bombardment_told_after_strikes_from_the_air_is_those_strikes() -> None:
    told = actual(
        "شن طيران التحالف غارات على مواقع للحوثيين في محافظة حجة. وأوضحت المصادر أن القصف استهدف منطقة حرض ومنطقة ميدي."
    )
    assert {s.kind for s in told} == {"air_strike"}
    assert all("Saudi-led coalition" in names(s.actors) for s in told)


def test_two_policewomen_who_were_seized_are_no_town() -> None:
    (event,) = actual("Two policewomen were seized on Sunday together with three civilians near a camp on Basilan island.")
    assert event.kind == "abduction"


def test_cars_that_burn_are_no_attacks_and_two_rockets_of_a_make_are_two() -> None:
    burnt = actual("انفجرت عبوة ناسفة في كركوك ما أدى إلى مقتل شخص واحتراق أربع سيارات تابعة للشرطة.")[0]
    assert burnt.count is None
    fell = actual("سقط صاروخا كاتيوشا قرب معسكر التاجي أمس.")[0]
    assert fell.count is not None
    assert fell.count.value == 2


def test_days_ago_is_news_in_a_report_of_no_known_day() -> None:
    (event,) = events("وكانت حركة الشباب قد وضعت يدها قبل أيام على بلدة مركا في جنوب الصومال.", None)
    assert (event.kind, event.realis) == ("territory_seized", Realis.ACTUAL)
