"""News of countries and groups all over the world, told as agencies tell it: who, to whom, where and when. Written for these tests."""

from datetime import date

import pytest
from tests.read.make import first_of

DAY = date(2024, 5, 20)  # a Monday

# what the case protects: (sentence, kind, place, doers, targets, least killed)
TOLD: dict[str, tuple[str, str, str, list[str], list[str], int | None]] = {
    "a country by its usual name": ("Myanmar's military bombed a village in Sagaing region on Tuesday, killing at least 20 people.", "air_strike", "Sagaing", ["Burmese Army"], ["civilians"], 20),
    "a group that is called an army": ("The Arakan Army captured a junta outpost in Rakhine state on Monday.", "territory_seized", "Rakhine", ["Arakan Army"], [], None),
    "letters and a number": ("M23 rebels seized the town of Rubaya in eastern Congo on Tuesday.", "territory_seized", "Rubaya", ["M23"], [], None),
    "guerrillas by their letters": ("Colombia's ELN guerrillas kidnapped two soldiers in Arauca on Monday.", "abduction", "Arauca", ["National Liberation Army (Colombia)"], ["Colombian Army"], None),
    "police of a country named by its capital": ("Police detained 47 protesters in Minsk on Sunday.", "arrest", "Minsk", ["Belarusian police"], ["protesters"], None),
    "a nation by its letters": ("A UK soldier was killed by a bomb in Helmand on Wednesday.", "bombing", "Helmand", ["unknown armed group"], ["British Armed Forces"], 1),
    "nations listed": ("Rockets hit Taji base on Wednesday, killing a US soldier, a UK soldier and a US contractor.", "shelling", "Taji base", ["unknown armed group"], ["United States Armed Forces", "British Armed Forces"], 3),
    "police in a country": ("Police in the UK arrested two men on Wednesday.", "arrest", "", ["British police"], ["civilians"], None),
    "who hit a mine": ("A military vehicle struck a mine near Kidal on Thursday, killing three soldiers.", "bombing", "Kidal", ["unknown armed group"], ["Malian Armed Forces"], 3),
    "suicide bombers fly no aircraft": ("Two suicide bombers blew themselves up outside a mosque in Peshawar on Friday, killing 30 worshippers.", "suicide_bombing", "Peshawar", ["unknown armed group"], ["civilians"], 30),
    "fired at protesters": ("Security forces fired live ammunition at protesters in Khartoum on Thursday, killing four.", "armed_attack", "Khartoum", ["Sudanese security forces"], ["protesters"], 4),
    "a place by its name": ("RSF fighters took Wad Madani on Monday, the army's main base in the state.", "territory_seized", "Wad Madani", ["Rapid Support Forces"], ["Sudanese Armed Forces"], None),
    "officers of the police": ("Gunmen attacked a police station in Imo on Tuesday, killing two officers.", "armed_attack", "Imo", ["unknown armed group"], ["Nigerian police"], 2),
    "a capital that only speaks": ("Three soldiers were killed by shelling in Kupiansk on Monday, Kyiv said.", "shelling", "Kupiansk", ["unknown armed group"], ["Ukrainian Army"], 3),
    "fans that clash": ("Dozens of people were injured when rival fans clashed after a soccer match in Cairo on Friday.", "riot", "Cairo", ["protesters"], [], None),
    "supporters of the opposition": ("Opposition supporters hurled rocks at security forces in Kampala on Wednesday.", "riot", "Kampala", ["protesters"], ["Ugandan security forces"], None),
    "a port shut by ships": ("The port of Odesa remained blocked by Russian warships on Tuesday.", "blockade", "Odesa", ["Russian Armed Forces"], [], None),
    "سكان غاضبون يحرقون": ("أضرم سكان غاضبون النار في مركز للشرطة في غوما الاثنين.", "riot", "غوما", ["protesters"], [], None),
    "دكا بعد في": ("تظاهر الآلاف في دكا أمس الأحد للمطالبة باستقالة رئيسة الوزراء.", "protest", "دكا", ["protesters"], [], None),
    "صد هجوما ثانيا": ("صد الجيش المالي هجوما ثانيا قرب كيدال الاثنين وقتل أربعة من المتمردين.", "clash", "كيدال", ["Malian Armed Forces", "insurgents"], [], 4),
    "حركة تعلن قتل جندي": ("أعلنت حركة طالبان قتل جندي أميركي في غزنة أمس.", "killing", "غزنة", ["Taliban"], ["United States Armed Forces"], 1),
    "حركة تعلن تفجير سيارة": ("أعلنت حركة الشباب تفجير سيارة مفخخة أمام فندق في مقديشو أمس.", "bombing", "مقديشو", ["Al-Shabaab"], ["civilians"], None),
    "سيطرة ينفيها الجيش": ("وقالت قوات الدعم السريع إنها سيطرت على مطار الخرطوم، وهو ما نفاه الجيش.", "territory_seized", "مطار الخرطوم", ["Rapid Support Forces"], [], None),
    "براميل تسقط": ("أفاد ناشطون بسقوط براميل متفجرة على مدينة داريا ما أدى لإصابة عائلة كاملة.", "air_strike", "داريا", [], ["civilians"], None),
    "جيش ميانمار": ("قتل 20 مدنيا على الأقل في غارة جوية شنها جيش ميانمار على قرية في إقليم ساغاينغ الثلاثاء.", "air_strike", "إقليم ساغاينغ", ["Burmese Army"], ["civilians"], 20),
    "جنود أرمن": ("قتل ثلاثة جنود أرمن في قصف أذربيجاني على الحدود بين البلدين الثلاثاء.", "shelling", "", ["Azerbaijani Army"], ["Armenian Army"], 3),
    "مسيرة أطلقت عليها النار": ("فتح أفراد عصابة النار على مسيرة في بورت أو برنس عاصمة هايتي السبت فقتلوا سبعة أشخاص.", "armed_attack", "بورت أو برنس", ["unknown armed group"], ["protesters"], 7),
    "لا أم في أم روابة": ("استعاد الجيش السوداني السيطرة على مدينة أم روابة في ولاية شمال كردفان أمس الأحد.", "territory_retaken", "أم روابة", ["Sudanese Armed Forces"], [], None),
    "دولة تعلن سحب جنودها": ("أعلنت فرنسا سحب جنودها من غاو أمس.", "withdrawal", "غاو", ["French Armed Forces"], [], None),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD)
def test_who_did_what_to_whom_and_where(what: str) -> None:
    text, kind, place, actors, targets, killed = TOLD[what]
    event = first_of(text, kind, DAY)
    assert [a.name for a in event.actors] == actors
    assert [t.name for t in event.targets] == targets
    assert [p.name for p in event.places][:1] == [place] * bool(place)
    assert "Kyiv" not in {p.name for p in event.places}
    assert (event.killed.low if event.killed else None) == killed


COMING = {
    "by the end of the year": ("France will pull its 1,500 troops out of Niger by the end of the year.", "2024-12-01", "2024-12-31"),
    "by a day": ("The last Kenyan troops are to leave Goma by July 7.", "2024-07-07", "2024-07-07"),
    "next month": ("The army will withdraw from Hodeidah next month.", "2024-06-01", "2024-06-30"),
    "بحلول نهاية العام": ("تسحب فرنسا جنودها من النيجر بحلول نهاية العام.", "2024-12-01", "2024-12-31"),
    "الشهر المقبل": ("ستنسحب القوات الألمانية من مالي الشهر المقبل.", "2024-06-01", "2024-06-30"),
    "نهاية ديسمبر المقبل": ("أعلنت فرنسا سحب جنودها من النيجر بحلول نهاية ديسمبر المقبل.", "2024-12-21", "2024-12-31"),
}  # fmt: skip


@pytest.mark.parametrize("what", COMING)
def test_a_limit_to_come_is_in_the_future_and_what_it_is_of_is_planned(what: str) -> None:
    text, start, end = COMING[what]
    event = first_of(text, "withdrawal", DAY)
    assert event.realis.value == "planned"
    assert event.when is not None
    assert (str(event.when.start), str(event.when.end)) == (start, end)


def test_what_has_happened_is_of_no_day_to_come() -> None:
    """ "On hold since Sunday, will start again next month"."""
    event = first_of("Gunmen killed a teacher in Yala on Sunday; the school will open again next month.", "armed_attack", DAY)
    assert event.when is not None
    assert str(event.when.start) == "2024-05-19"
