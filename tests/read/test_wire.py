"""Sentences as the wires write them: what is easily misread where tolls, clauses, days, means and sums crowd. Written for these tests."""

from datetime import date

import pytest
from tests.read.make import actual, events

from marsad.scales import Realis

Told = tuple[str, int | None, int | None]
"""Kind, at least how many dead, at least how many wounded."""


def told(text: str) -> list[Told]:
    return [(s.kind or "", s.killed and s.killed.low, s.injured and s.injured.low) for s in actual(text)]


TOLLS: dict[str, tuple[str, list[Told]]] = {
    "a clause of its own for the wounded": ("أعلن الجيش أن 14 من جنوده قتلوا وأن 86 جرحوا منذ أن هاجم مسلحون مواقعه في عرسال أمس.", [("armed_attack", 14, 86)]),
    "one who holds an office": ("قال مسؤول إن مدير شرطة المدينة، وهو برتبة مقدم، قتل مساء أمس برصاص مسلحين في تعز.", [("armed_attack", 1, None)]),
    "an officer, and those who shot him": ("وفي شمال المدينة قتل عقيد في الجيش بنيران مسلحين أمام منزله في بعقوبة أمس.", [("assassination", 1, None)]),
    "of them": ("فتح مسلحون النار أمس على متظاهرين في صنعاء فقتل منهم أكثر من 45.", [("armed_attack", 45, None)]),
    "the toll has reached": ("وصل عدد القتلى في بيت حانون أمس إلى سبعة، والجرحى إلى أكثر من 62 جراء قصف مدفعي.", [("shelling", 7, 62)]),
    "what came of it": ("فجرت انتحاريتان نفسيهما أمس في سوق بمدينة مايدوجوري فقتلتا 14 شخصا.", [("suicide_bombing", 14, None)]),
    "both sides": ("دارت معارك أمس في لحج. وقال مصدر إن المعارك أسفرت عن مقتل 70 من المتمردين، فيما سقط 15 قتيلا في صفوف المقاومة.", [("clash", 85, None)]),
    "no news of casualties": ("شنت الطائرات غارات على صعدة أمس. ولم ترد أنباء عن سقوط ضحايا.", [("air_strike", None, None)]),
    "sources are no dead": ("Gunmen attacked a base in Jakana on Sunday, killing at least eight soldiers, two military sources said.", [("armed_attack", 8, None)]),
    "nor is an official": ("Fighting in Murzuq on Sunday killed seven people and wounded 54, a health official said.", [("clash", 7, 54)]),
    "somebody named, and seven others": ("A car bomb exploded in Beirut on Sunday, killing Brigadier General Samir Haddad, the chief of a police branch, and seven other people.", [("bombing", 8, None)]),
    "who was shot dead": ("A Sunni sheikh was shot dead outside his home in Baquba on Sunday.", [("armed_attack", 1, None)]),
    "bullet wounds wound nobody": ("Police in Mosul said on Sunday they had found 29 bodies with bullet wounds.", [("killing", 29, None)]),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLLS)
def test_tolls_are_of_whom_their_clause_tells(what: str) -> None:
    text, events_told = TOLLS[what]
    assert told(text) == events_told


APART: dict[str, tuple[str, list[Told]]] = {
    "a day after an attack": ("فجر انتحاري نفسه أمس في مايدوجوري فقتل تسعة، وذلك بعد يوم من هجوم شنه مسلحون على قرية ذبحوا فيها 11 رجلا.", [("suicide_bombing", 9, None), ("armed_attack", 11, None)]),
    "bodies that were found": ("قتل ثمانية أشخاص بانفجار عبوة في بغداد أمس. وقالت الشرطة إنها عثرت على 29 جثة في أنحاء العاصمة.", [("bombing", 8, None), ("killing", 29, None)]),
    "those shot beside a bombing": ("قتل ثلاثة بانفجار عبوة في بعقوبة أمس. وقتل مسلحون أربعة من عناصر الشرطة بالرصاص في بعقوبة.", [("bombing", 3, None), ("armed_attack", 4, None)]),
    "several of another kind": ("هاجم انتحاري بشاحنة قافلة للجيش في أبو غريب أمس فقتل جنديين. وانفجرت في المدينة ثلاث سيارات مفخخة.", [("suicide_bombing", 2, None), ("bombing", None, None)]),
    "dead since a war began": ("شنت الطائرات غارتين على السواني جنوب طرابلس أمس. وبلغ عدد القتلى منذ بدء الهجوم 147 قتيلا.", [("air_strike", None, None), ("armed_attack", 147, None)]),
    "another bomb": ("Two bombs exploded in a market in Baghdad on Sunday, killing eight people. Another bomb killed a policeman in the west of the city.", [("bombing", 8, None), ("bombing", 1, None)]),
    "a town's dead, the sum of other provinces by chance": ("قتل 12 شخصا في هجوم مسلحين على بلدة هيت أمس. وفي كركوك قتل سبعة في انفجار عبوة أمس. وفي الموصل قتل خمسة بالرصاص أمس.", [("armed_attack", 12, None), ("bombing", 7, None), ("armed_attack", 5, None)]),
}  # fmt: skip


@pytest.mark.parametrize("what", APART)
def test_what_is_another_event_stays_one(what: str) -> None:
    text, events_told = APART[what]
    assert told(text) == events_told


ONE: dict[str, tuple[str, Told]] = {
    "a rise of the toll, and the attack in full": ("أعلنت السلطات السبت ارتفاع حصيلة تفجير سوق في ديالى إلى 120 قتيلا. وكان انتحاري يقود شاحنة مفخخة فجر نفسه مساء الجمعة وسط السوق.", ("suicide_bombing", 120, None)),
    "forces and those who attacked them": ("قتل ثلاثة شرطيين في هجوم لحركة طالبان على نقطة تفتيش في هلمند أمس. وقال متحدث إن الاشتباك استمر ساعتين وقتل خلاله ثمانية من المسلحين.", ("armed_attack", 11, None)),
    "a hotel stormed": ("Al-Shabaab fighters stormed a hotel in Mogadishu on Sunday, setting off bombs and exchanging fire with guards. Three soldiers were killed, police said on Monday. All five attackers were killed after a siege that lasted 13 hours.", ("armed_attack", 3, None)),
    "a protest that clashed": ("أغلق محتجون الطريق في القصرين أمس بالإطارات المشتعلة واشتبكوا مع قوات الأمن.", ("riot", None, None)),
}  # fmt: skip


@pytest.mark.parametrize("what", ONE)
def test_what_one_event_is_told_by_is_one(what: str) -> None:
    text, event = ONE[what]
    assert told(text) == [event]


KINDS = {
    "a helicopter that was shot at": ("قتل جندي أمس عندما فتح مسلحون النار على طائرة هليكوبتر عسكرية في شرناق.", "armed_attack"),
    "a helicopter that was shot down": ("Rebels shot down an army helicopter over Nairab in Syria on Sunday.", "armed_attack"),
    "a peaceful march is no drone": ("هاجمت قوات الأمن مسيرة سلمية في صنعاء أمس فقتل عشرة متظاهرين.", "armed_attack"),
    "gunmen who raid": ("أغار عشرات المسلحين على ثكنة عسكرية في مايدوغوري أمس.", "armed_attack"),
    "those who burn what they attacked": ("هاجم مسلحون قرية قرب بعقوبة أمس وقتلوا تسعة من سكانها وأحرقوا منازل.", "armed_attack"),
    "militants killed in an operation": ("قتلت قوات الأمن ستة مسلحين خلال عملية في شمال وزيرستان أمس.", "raid"),
    "the same in English": ("Security forces killed six militants during an operation in Spinwam in Pakistan on Sunday.", "raid"),
    "repelled": ("The Sudanese army said it had repelled an attack by the Rapid Support Forces on its base in Nyala on Sunday.", "clash"),
    "captured a district": ("The Taliban captured Nahrin district in Afghanistan on Sunday after security forces retreated.", "territory_seized"),
    "arrests in raids": ("ألقت الشرطة القبض على 251 شخصا أمس في عمليات دهم في ديار بكر.", "arrest"),
}  # fmt: skip


@pytest.mark.parametrize("what", KINDS)
def test_the_kind_is_that_of_the_act(what: str) -> None:
    text, kind = KINDS[what]
    assert actual(text)[0].kind == kind


WEAPONS = {
    "his own car": ("فجر انتحاري سيارته أمس قرب حاجز للجيش في تكريت.", {"car_bomb"}),
    "the lorry he came with": ("هاجم انتحاري بشاحنة وقود قافلة للجيش في أبو غريب أمس.", {"car_bomb"}),
    "fire behind who opened it": ("فتح مسلحون مجهولون النار أمس على دورية للشرطة في كركوك.", {"small_arms"}),
    "her car": ("A suicide bomber rammed her car into a checkpoint in Mosul on Sunday.", {"car_bomb"}),
}  # fmt: skip


@pytest.mark.parametrize("what", WEAPONS)
def test_weapons_are_read_that_no_word_for_one_tells(what: str) -> None:
    text, weapons = WEAPONS[what]
    assert {w.name for w in actual(text)[0].weapons} == weapons


PARTIES = {
    "fighters of a group in quotation marks": ("أعدم مسلحو «داعش» 15 من عناصر الشرطة في كركوك أمس.", ["Islamic State"], ["Iraqi police"]),
    "gunmen laid an ambush for a patrol": ("قتل جنديان في كمين نصبه متشددون لدورية عسكرية في القصرين في تونس أمس.", ["Islamist militants"], ["Tunisian Armed Forces"]),
    "a ministry that announces it": ("أعلنت وزارة الداخلية المصرية مقتل 16 مسلحا في تبادل لإطلاق النار في العريش أمس.", ["Egyptian security forces"], []),
    "those among the dead did not do it": ("قتل 12 شخصا في هجوم على فندق في سيفاري وسط مالي أمس بينهم خمسة جنود.", ["unknown armed group"], ["Malian Armed Forces"]),
    "a verb behind 'became'": ("قال مسؤول إن تنظيم داعش أصبح يسيطر على قضاء سنجار.", ["Islamic State"], []),
    "a name with a small letter": ("The US military carried out an airstrike on al-Shabaab fighters near Jilib in Somalia on Sunday.", ["United States Armed Forces"], ["Al-Shabaab"]),
    "whose strike it was, within its name": ("An Israeli air strike hit a house in Gaza City on Sunday.", ["Israeli Armed Forces"], ["civilians"]),
    "two nations' troops": ("French and Malian troops killed six jihadists near Kidal in Mali on Sunday.", ["French Armed Forces", "Malian Armed Forces"], ["Islamist militants"]),
    "the base is no al-Qaeda": ("سلم الجيش الأميركي أمس معسكر فيكتوري قرب بغداد. وقال متحدث إن القاعدة سلمت بعد أن غادرها آخر الجنود.", ["United States Armed Forces"], []),
}  # fmt: skip


@pytest.mark.parametrize("what", PARTIES)
def test_doers_and_targets_are_the_ones_told(what: str) -> None:
    text, actors, targets = PARTIES[what]
    event = actual(text)[0]
    assert [a.name for a in event.actors] == actors
    assert [t.name for t in event.targets] == targets
    assert all("Qaeda" not in p.name for s in actual(text) for p in s.actors)


PLACES = {
    "the capital alone": ("دمشق: سقطت قذائف هاون أمس على أحياء سكنية في العاصمة وأدت إلى مقتل امرأة.", ["العاصمة"], ["Damascus"]),
    "in English": ("Shells hit a market in the capital on Sunday, Libyan officials in Tripoli said.", ["capital"], ["Tripoli"]),
    "how far from a city": ("قتل ثمانية بانفجار سيارة ملغومة في بلدة مندلي على بعد 100 كيلومتر الى الشمال الشرقي من بغداد أمس.", ["مندلي"], ["Mandali"]),
    "a quarter with the name of a country": ("اغتال مسلحون أستاذا في حي الجزائر وسط البصرة أمس.", ["حي الجزائر", "البصرة"], ["", "Basra"]),
    "a name of two words": ("شن مسلحون أمس هجوما على قرية غوش تبه في ولاية قندوز وقتلوا ستة.", ["غوش تبه", "قندوز"], ["", "Kunduz"]),
    "a town called Battle": ("أغار الطيران الإسرائيلي أمس على منزل في بلدة معركة قضاء صور.", ["معركة", "صور"], ["", "Tyre"]),
    "whose attack it was": ("اشتبك مسلحون أمس مع الجنود الذين حاصروا في جنين منزل منفذ عملية تل أبيب.", ["جنين"], ["Jenin"]),
}  # fmt: skip


@pytest.mark.parametrize("what", PLACES)
def test_places_are_where_it_was(what: str) -> None:
    text, names, english = PLACES[what]
    places = actual(text)[0].places
    told_names = [p.name.removeprefix("بلدة ").removeprefix("قضاء ").removeprefix("قرية ") for p in places]
    assert set(names) <= set(told_names), told_names
    assert {name for name in english if name} <= {p.name_en for p in places}
    assert "Tel Aviv" not in {p.name_en for p in places}
    assert len(places) <= len(names) + 1


NO_EVENT = {
    "hostages who were freed": "حررت القوات العراقية أمس جنديين خطفا قرب الموصل.",
    "fuel that does not arrive": "تمنع الجماعة وصول المحروقات إلى باماكو.",
    "a cordon": "طوق رجال الشرطة المكان بعد الحادث في كركوك أمس.",
    "a zone of operations": "أعلنت الرئاسة الجبل منطقة عمليات عسكرية مغلقة.",
    "getting ready": "تستعد القاهرة للاحتفال بعيد العمال.",
    "an aim": "العملية الرامية إلى تحرير ناحية السجارية دخلت يومها الثاني.",
    "a company": "The government signed a contract with Shell in Lagos on Sunday.",
}


@pytest.mark.parametrize("what", NO_EVENT)
def test_what_tells_of_no_event_tells_of_none(what: str) -> None:
    kinds = {"territory_retaken", "deployment", "blockade", "raid", "shelling"}
    assert not [s.kind for s in actual(NO_EVENT[what]) if s.kind in kinds]


def test_what_followed_an_attack_before_something_else_happened() -> None:
    """Arabic tells it with the subjunctive: «فجروا عبوات قبل أن يفتحوا النار»; of one who was killed before he could, it did not happen."""
    assert told("هاجم مسلحون فندقا في بوساسو أمس وفجروا عبوات قبل أن يفتحوا النار على الحراس.")[0][0] in (
        "armed_attack",
        "bombing",
    )
    foiled = events("قتلت الشرطة انتحاريا في تونس أمس قبل أن يفجر نفسه.")
    assert [s for s in foiled if s.kind == "suicide_bombing" and s.realis is Realis.ACTUAL] == []


def test_a_day_of_speech_is_by_that_day() -> None:
    """ "…, police said on Friday" dates what is said; so does a toll that rose on a day."""
    event = actual("A bomb killed ten people in Kirkuk, police said on Sunday.")[0]
    assert event.when is not None
    assert event.when.basis.value == "by"


def test_a_plan_is_what_is_dated_after_the_report() -> None:
    text = "غادر 2400 جندي القاعدة أمس. وينص الاتفاق على رحيل جميع الجنود بحلول 31 كانون الاول 2015."
    assert next((s.kind, s.realis) for s in events(text)) == ("withdrawal", Realis.ACTUAL)


def test_a_claim_names_those_told_as_militants() -> None:
    text = "Islamist militants attacked a mall in Nairobi on Sunday, killing ten people. Somalia's al Shabaab claimed responsibility for the attack."
    assert [a.name for a in actual(text)[0].actors] == ["Al-Shabaab"]


def test_a_road_between_two_towns_is_one_place_of_a_protest_and_two_towns_are_two() -> None:
    closed = actual("أغلق محتجون أمس الطريق الرابط بين مدينتي عدن ولحج احتجاجا على انقطاع الكهرباء.")
    assert [sorted(p.name for p in s.places) for s in closed] == [["عدن", "لحج"]]
    held = actual("Rival demonstrations were held in Tripoli and Misrata on Friday.")
    assert [[p.name for p in s.places] for s in held] == [["Tripoli"], ["Misrata"]]


def test_a_siege_goes_on_since_the_month_it_began() -> None:
    besieged = actual("تحاصر قوات الدعم السريع مدينة الفاشر منذ مايو الماضي.")
    assert [(s.kind, [a.name for a in s.actors]) for s in besieged] == [("blockade", ["Rapid Support Forces"])]
    roads = actual("قطعت قوات الدعم السريع طرق الإمداد المؤدية إلى الفاشر أمس.")
    assert all("protesters" not in {a.name for a in s.actors} for s in roads)


def test_wages_late_since_months_do_not_date_the_protest() -> None:
    text = "نظم العشرات من موظفي القطاع الصحي في مدينة تعز وقفة احتجاجية أمام مبنى المحافظة للمطالبة بصرف رواتبهم المتأخرة منذ ثلاثة أشهر."
    assert [s.when and s.when.start for s in actual(text)] == [date(2015, 8, 3)]


def test_leaders_of_a_group_who_are_arrested_did_not_arrest() -> None:
    event = actual("اعتقلت قوات الأمن اليمنية ثلاثة من قادة تنظيم القاعدة في محافظة أبين أمس.")[0]
    assert event.kind == "arrest"
    assert ["Qaeda" in t.name for t in event.targets] == [True]


def test_what_a_crowd_goes_on_to_do_is_the_riot_that_it_does() -> None:
    youths = actual("Angry youths threw stones at police and torched a municipal building in Tataouine on Sunday night.")
    assert [(s.kind, [p.name for p in s.places]) for s in youths] == [("riot", ["Tataouine"])]
    stormed = actual("Protesters stormed the parliament in Baghdad, clashing with guards; 15 people were wounded.")
    assert [(s.kind, s.injured and s.injured.best) for s in stormed] == [("riot", 15)]
    assert [s.kind for s in actual("An angry mob attacked a UN convoy in Goma on Monday.")] == ["riot"]


def test_a_state_that_acts_on_a_day_is_told_before_the_day() -> None:
    event = actual("Israel on Monday closed the Kerem Shalom crossing after a rocket attack.")[0]
    assert ([a.name for a in event.actors], [p.name for p in event.places]) == (
        ["Israeli Armed Forces"],
        ["Kerem Shalom crossing"],
    )


def test_a_mine_that_is_dug_is_no_weapon() -> None:
    sit_in = actual("Workers at a phosphate mine in Gafsa staged a sit-in on Monday.")[0]
    assert (sit_in.kind, sit_in.weapons) == ("protest", ())
    assert [w.name for w in actual("A mine killed two soldiers near Ghat on Monday.")[0].weapons] == ["mine"]


@pytest.mark.parametrize(
    "text",
    [
        "واصلت جماعة الحوثي حصار مدينة تعز ومنعت دخول الأدوية والمواد الغذائية.",
        "أعلنت المؤسسة الوطنية للنفط أن مجموعة مسلحة أغلقت حقل الشرارة النفطي أمس.",
        "منعت قوات النظام قافلة مساعدات من دخول مدينة دوما المحاصرة أمس.",
        "Houthi fighters prevented a UN aid convoy from entering Taiz on Monday.",
        "Armed men shut down the Sharara oilfield in southwestern Libya on Sunday.",
    ],
)
def test_what_is_kept_out_or_shut_by_force_is_a_blockade(text: str) -> None:
    assert [s.kind for s in actual(text)] == ["blockade"]


def test_goods_held_up_for_their_papers_are_no_blockade() -> None:
    assert actual("منعت السلطات المغربية دخول شاحنات الخضر الإسبانية بسبب نقص الوثائق.") == []


def test_a_word_for_a_kind_of_place_is_no_town_of_that_name() -> None:
    """مدينة is in the lists as a name of Medina, معسكر as that of an Algerian province, which it is behind ولاية."""
    crowd = actual("احتشد المئات من أهالي مدينة البصرة أمام ديوان المحافظة للمطالبة بفرص العمل.")
    assert [[p.name for p in s.places] for s in crowd] == [["البصرة"]]
    blast = actual("قتل جنديان في انفجار قنبلة في ولاية معسكر غرب الجزائر أمس.")[0]
    assert any("معسكر" in p.name for p in blast.places)
