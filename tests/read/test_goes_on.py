"""Reports that go on about what they told: who takes a place, what is one event and what another, and what a sentence leaves to the last one.

Written for these tests."""

import pytest
from tests.read.make import events, first_of

from marsad.records import Statement
from marsad.scales import Realis


def kinds(text: str) -> list[str]:
    return sorted(s.kind or "" for s in events(text) if s.realis is Realis.ACTUAL)


def parties(event: Statement) -> tuple[list[str], list[str]]:
    return [a.name for a in event.actors], [t.name for t in event.targets]


KINDS: dict[str, tuple[str, list[str]]] = {
    "who enters a town given up takes it": ("دخل مقاتلو طالبان أمس بلدة نهرين بعد انسحاب القوات الأفغانية منها.", ["territory_seized", "withdrawal"]),
    "in English": ("Al-Shabaab fighters entered the town of Jilib in Somalia on Sunday after government troops had abandoned it.", ["territory_seized", "withdrawal"]),
    "who enters for a visit takes nothing": ("دخل وفد من الأمم المتحدة أمس بلدة مضايا.", []),
    "stones at the police": ("رشق محتجون أمس رجال الشرطة بالحجارة في سيدي بوزيد في تونس.", ["riot"]),
    "a crowd that beats a man to death": ("A mob beat a suspected thief to death in Lagos on Sunday.", ["riot"]),
    "gunmen are no crowd": ("Gunmen shot dead a trader in Lagos on Sunday.", ["armed_attack"]),
    "more strikes elsewhere": ("شنت الطائرات السعودية أمس ثلاث غارات على صعدة وغارتين على الحديدة.", ["air_strike", "air_strike"]),
    "a base handed on": ("Coalition troops handed over Camp Speicher base in Iraq to Iraqi forces on Sunday.", ["handover"]),
    "fighters led away a teacher": ("Armed men led away three teachers from a school in Maradi, Niger, on Sunday.", ["abduction"]),
    "roads barricaded": ("Residents barricaded the road to Basra airport with burning tyres on Sunday in protest at power cuts.", ["protest"]),
    "police disperse a march": ("قتل متظاهران أمس عندما فرقت الشرطة السودانية بالرصاص مسيرة في مدني.", ["protest"]),
}  # fmt: skip


@pytest.mark.parametrize("what", KINDS)
def test_the_events_told_of(what: str) -> None:
    text, expected = KINDS[what]
    assert kinds(text) == expected


def test_towns_of_one_word_are_one_event_and_each_by_its_own_word_one_each() -> None:
    """«بلدتي كذا وكذا»: the word tells how many were hit by one shelling."""
    (together,) = events("قصفت الدبابات أمس بلدتي الرستن وتلبيسة في سوريا.")
    assert [p.name for p in together.places][:2] == ["الرستن", "تلبيسة"]
    assert kinds("قصفت الدبابات أمس بلدة الرستن وبلدة تلبيسة في سوريا.") == ["shelling", "shelling"]


REALIS: dict[str, tuple[str, str, Realis]] = {
    "starts on a coming day": ("يبدأ عمال السكك الحديدية في تونس إضرابا عاما يوم الخميس المقبل.", "protest", Realis.PLANNED),
    "before he could": ("Police in Tunis shot dead a man wearing an explosive belt on Sunday before he could blow himself up at a checkpoint.", "suicide_bombing", Realis.FOILED),
    "before it went off": ("فككت الشرطة سيارة مفخخة في بعقوبة أمس قبل أن تنفجر.", "bombing", Realis.HYPOTHETICAL),
    "it went off and killed": ("انفجرت سيارة مفخخة في بعقوبة أمس وقتلت شرطيا قبل أن يتمكن من تفكيكها.", "bombing", Realis.ACTUAL),
}  # fmt: skip


@pytest.mark.parametrize("what", REALIS)
def test_what_is_to_come_or_came_to_nothing_is_not_actual(what: str) -> None:
    text, kind, realis = REALIS[what]
    assert {s.realis for s in events(text) if s.kind == kind} <= {realis}
    if realis is Realis.ACTUAL:
        assert kind in kinds(text)


PARTIES: dict[str, tuple[str, str, list[str], list[str]]] = {
    "whom the army blames": ("A bomb killed two soldiers in Mubi, Nigeria, on Sunday. The army blamed Boko Haram for the attack.", "bombing", ["Boko Haram"], ["Nigerian Armed Forces"]),
    "who is suspected": ("Gunmen killed two soldiers in Mubi, Nigeria, on Sunday. Boko Haram was suspected of being behind the attack.", "armed_attack", ["Boko Haram"], ["Nigerian Armed Forces"]),
    "whom a ministry accuses": ("قتل جنديان بانفجار عبوة ناسفة في حضرموت أمس. واتهمت وزارة الداخلية تنظيم القاعدة بالوقوف وراء الهجوم.", "bombing", ["Al-Qaeda in the Arabian Peninsula"], ["Yemeni Armed Forces"]),
    "whom nobody blames": ("قتل جنديان بانفجار عبوة ناسفة في حضرموت أمس. وقال المحافظ إن تنظيم القاعدة لا يزال نشطا في المحافظة.", "bombing", ["unknown armed group"], ["Yemeni Armed Forces"]),
    "whom they hold": ("Boko Haram fighters attacked an army post in Mubi, Nigeria, on Sunday and killed two soldiers. Troops later arrested five suspects in the town.", "arrest", ["Nigerian Armed Forces"], ["Boko Haram"]),
    "a sentence without a subject": ("هاجم مسلحو حركة الشباب قاعدة للجيش الصومالي في كيسمايو أمس. وخطفوا ثلاثة معلمين من مدرسة في المدينة.", "abduction", ["Al-Shabaab"], ["civilians"]),
    "a party by its short name": ("قتل جنديان في هجوم شنه مقاتلو حزب العمال الكردستاني في هكاري أمس. وهاجم حزب العمال أيضا مخفرا للشرطة في شرناخ أمس.", "armed_attack", ["Kurdistan Workers' Party"], []),
}  # fmt: skip


@pytest.mark.parametrize("what", PARTIES)
def test_who_it_was_by_what_was_told_shortly_before(what: str) -> None:
    text, kind, actors, targets = PARTIES[what]
    event = first_of(text, kind)
    assert parties(event)[0] == actors
    if targets:
        assert parties(event)[1] == targets


def test_a_report_goes_on_about_where_and_when_it_is() -> None:
    text = "Gunmen attacked a village near Mopti in Mali on Friday, killing ten people. The attackers also abducted six women."
    attack, abduction = first_of(text, "armed_attack"), first_of(text, "abduction")
    assert attack.places
    assert {p.name for p in abduction.places} <= {p.name for p in attack.places}
    assert abduction.places
    assert attack.when is not None
    assert abduction.when is not None
    assert abduction.when.start == attack.when.start


def test_where_another_event_is_told_in_its_own_place_nothing_is_handed_on() -> None:
    text = "Gunmen attacked a village near Mopti in Mali on Friday, killing ten people. A car bomb killed two soldiers in Gao on Saturday."
    assert [p.name for p in first_of(text, "bombing").places] == ["Gao"]


def test_a_driver_who_was_hurt_is_no_attacker() -> None:
    event = first_of("أصيب سائق شاحنة بجروح في انفجار عبوة ناسفة في كركوك أمس.", "bombing")
    assert parties(event)[0] == ["unknown armed group"]


TOLLS = {
    "one whom no list of people holds": ("Gunmen killed a weaver in Lagos on Sunday.", 1),
    "to death": ("Herders hacked four farmers to death in Benue on Sunday.", 4),
    "were, to death": ("Ten people were stabbed to death in Izmir on Sunday.", 10),
    "to death, one": ("A mob beat a suspected weaver to death in Lagos on Sunday.", 1),
    "what they were killed with, before them": ("اغتال مسلحون بأسلحة كاتمة للصوت ضابطين في الكوت أمس.", 2),
}


@pytest.mark.parametrize("what", TOLLS)
def test_who_died_is_who_is_told_to_have(what: str) -> None:
    text, killed = TOLLS[what]
    (event,) = events(text)
    assert event.killed is not None
    assert event.killed.low == killed


def test_a_court_kills_nobody_by_a_sentence() -> None:
    assert events("A court in Cairo sentenced ten men to death on Sunday.") == []
