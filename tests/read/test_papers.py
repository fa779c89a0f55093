"""What whole sentences of newspapers were once read wrong in, each in a sentence of our own, and reports that tell of no war at all."""

from collections.abc import Callable

import pytest
from tests.read.make import events, first_of

from marsad.records import Statement
from marsad.scales import Realis

Check = Callable[[Statement], object]


def actors(s: Statement) -> list[str]:
    return [a.name for a in s.actors]


def targets(s: Statement) -> list[str]:
    return [t.name for t in s.targets]


def killed(s: Statement) -> int | None:
    return s.killed and s.killed.low


# what the case protects: (text, kind of the event, slot, value)
SLOTS: dict[str, tuple[str, str, Check, object]] = {
    "activists of a group are hit": ("أطلقت طائرة بدون طيار صاروخا على سيارة تقل ثلاثة من نشطاء «سرايا القدس» في غزة أمس.", "air_strike", targets, ["Palestinian Islamic Jihad"]),
    "two of its members": ("اغتال الجيش الإسرائيلي عنصرين من «ألوية الناصر صلاح الدين» قرب مركز شرطة رفح أمس.", "assassination", lambda s: (targets(s), killed(s)), (["Popular Resistance Committees"], 2)),
    "whom others fight did not do it": ("استهدف انتحاري اجتماعا لقوات الصحوة في بغداد أمس فقتل اثنين من هذه القوات التي تحارب «القاعدة».", "suicide_bombing", targets, ["Sahwa"]),
    "an officer who speaks did not do it": ("وقال العميد سالم محمود مدير شرطة الأقضية والنواحي، «انفجرت عبوة ناسفة أمس في قرية قرب كركوك وأصيب مدنيان».", "bombing", actors, ["unknown armed group"]),
    "an arm of a movement between commas": ("وكانت «كتائب عز الدين القسام»، الجناح العسكري لحركة حماس، قد أطلقت عشرات الصواريخ أمس على بلدات قرب غزة.", "shelling", actors, ["Izz ad-Din al-Qassam Brigades"]),
    "while a patrol passed": ("انفجرت سيارة مفخخة لدى مرور دورية للجيش الأميركي في بعقوبة أمس.", "bombing", targets, ["United States Armed Forces"]),
    "near whose headquarters": ("انفجرت شاحنة مفخخة أمس قرب مقر الاتحاد الوطني الكردستاني في كركوك.", "bombing", targets, ["Patriotic Union of Kurdistan"]),
    "beside whose offices": ("A car bomb exploded near the offices of the Patriotic Union of Kurdistan in Kirkuk on Sunday.", "bombing", targets, ["Patriotic Union of Kurdistan"]),
    "a checkpoint that is none": ("اختطف مسلحون 15 شخصا عند نقطة تفتيش وهمية وسط بغداد أمس.", "abduction", targets, ["civilians"]),
    "those and, among them, foreigners": ("قال مصدر إن ثمانية أشخاص، بينهم ثلاثة أجانب، قتلوا أمس في هجوم انتحاري في قندهار.", "suicide_bombing", killed, 8),
    "about fifty more": ("أعلن الجيش أن نحو 200 مسلح ونحو 50 جنديا باكستانيا قتلوا أمس في ضربات جوية في شمال وزيرستان.", "air_strike", killed, 250),
    "nine in the attack": ("استشهد في الهجوم على الثكنة قرب القصرين أمس تسعة عسكريين.", "armed_attack", killed, 9),
    "of one family": ("Three citizens of one family, including a woman, were killed when warplanes bombed Saada on Sunday.", "air_strike", killed, 3),
    "a secretary is one": ("اغتيل الأمين العام السابق للحزب الشيوعي أمس بسيارة مفخخة في بيروت.", "assassination", killed, 1),
    "wounds are no surgeon": ("أصيب جندي ثالث بجراح خطيرة في هجوم انتحاري قرب هرات أمس.", "suicide_bombing", lambda s: "health workers" in targets(s), False),
    "Baquba is no penalty": ("انفجرت سيارة مفخخة في بعقوبة أمس وقتل مدني.", "bombing", lambda s: (killed(s), s.realis), (1, Realis.ACTUAL)),
    "the storming force is no raid": ("وأضاف أن «الانتحاريين فجرا نفسيهما أمس قرب القوة المداهمة لأحد المنازل، ما أسفر عن إصابة ثلاثة جنود».", "suicide_bombing", lambda s: s.injured and s.injured.low, 3),
    "the attacker blew himself up": ("فجر المهاجم نفسه أمس في السوق ليقتل خمسة مدنيين.", "suicide_bombing", killed, 5),
    "a helicopter that was hit": ("تعرضت مروحية أباتشي لهجوم من نيران أرضية أمس في حي بغداد الجديدة.", "armed_attack", lambda s: [w.name for w in s.weapons], ["small_arms"]),
    "launchers are no bombers": ("فتح مسلحون نيران أسلحتهم الرشاشة وقاذفات «آر بي جي» أمس على مقر الحزب في البصرة.", "shelling", lambda s: "aircraft" in [w.name for w in s.weapons], False),
    "students with stones": ("اشتبك طلاب مؤيدون ومعارضون بالحجارة أمام جامعة الزقازيق أمس، ما أدى إلى إصابة خمسة عشر.", "riot", lambda s: s.injured and s.injured.low, 15),
    "held, not arrested": ("خطف مسلحون تسعة أشخاص قرب كركوك أمس واحتجزوهم لمدة يوم.", "abduction", lambda s: s.abducted and s.abducted.low, 9),
    "a province where the name is a town's too": ("قتل شرطي أمس في هجوم في إقليم السند.", "armed_attack", lambda s: [p.country for p in s.places], ["PK"]),
    "across the border is not here": ("وقع التفجير أمس في منطقة باجور على الحدود مع أفغانستان.", "bombing", lambda s: s.places[0].country, "PK"),
    "two clauses of a headline": ("المقاومة تستعيد مبنى المحافظة في تعز والتحالف يدك مخازن السلاح في صعدة", "territory_retaken", lambda s: "Saudi-led coalition" in targets(s), False),
    "what is bombed is a place": ("Army planes bombed Hamrat al-Wiz, in North Kordofan, on Sunday.", "air_strike", lambda s: s.places[0].name, "Hamrat al-Wiz"),
    "a curfew with no word of by whom": ("فرض حظر للتجول في القاهرة أمس.", "curfew", actors, ["Government of Egypt"]),
    "arrested with no word of by whom": ("Eight suspects were arrested in Tunis on Sunday.", "arrest", actors, ["Tunisian security forces"]),
    "soldiers and rebels in one number": ("Clashes killed 70 soldiers and rebels near Taiz on Sunday.", "clash", killed, 70),
    "an army of occupation by the country beside it": ("قصف جيش الاحتلال التركي قرية قرب عفرين أمس.", "shelling", actors, ["Turkish Armed Forces"]),
    "a rifle's name is no toll": ("Gunmen with AK-47 rifles attacked a post near Kirkuk on Sunday, killing two.", "armed_attack", killed, 2),
    "prisoners who mutiny": ("اندلع تمرد في سجن رومية أمس وأصيب ثلاثة من السجناء.", "riot", lambda s: s.injured and s.injured.low, 3),
    "gunmen in a hotel": ("Gunmen stormed a hotel in Mogadishu on Sunday and held guests for hours, killing nine.", "armed_attack", killed, 9),
    "a crowd against police": ("Protesters clashed with police in Basra on Sunday.", "riot", lambda s: (actors(s), targets(s)), (["protesters"], ["police"])),
    "youths and soldiers": ("اندلعت مواجهات بين شبان وقوات الاحتلال الإسرائيلي في البيرة أمس.", "riot", lambda s: (actors(s), targets(s)), (["protesters"], ["Israeli Armed Forces"])),
    "people hurt in clashes with the police": ("More than 300 Palestinians were injured in clashes with Israeli police in Jerusalem on Sunday.", "riot", lambda s: s.injured and s.injured.low, 300),
    "gunmen against the police": ("Five militants were killed in clashes with police in Kano on Sunday.", "clash", killed, 5),
    "tear gas at a march": ("فرقت الشرطة مئات المحتجين في البصرة أمس بالغاز المسيل للدموع وأصيب 12 متظاهرا.", "protest", lambda s: s.injured and s.injured.low, 12),
    "shots at protesters": ("Soldiers opened fire on protesters in Sanaa on Sunday, killing four.", "armed_attack", targets, ["protesters"]),
    "whose headquarters was taken": ("أعلنت قوات الدعم السريع سيطرتها على مقر الجيش في نيالا أمس.", "territory_seized", targets, ["Sudanese Armed Forces"]),
    "a government's air strikes": ("Six civilians were killed in government air strikes on the Syrian town of Douma on Sunday.", "air_strike", actors, ["Syrian Armed Forces"]),
    "a birthplace is not Muscat": ("سيطر مقاتلو حركة الشباب أمس على بلدة جوهر مسقط رأس الرئيس.", "territory_seized", lambda s: "Muscat" in [p.name_en for p in s.places], False),
    "the middle of a city is no second place": ("تظاهر المئات قرب جسر الجمهورية وسط بغداد أمس.", "protest", lambda s: len(s.places), 2),
}  # fmt: skip


@pytest.mark.parametrize("what", SLOTS)
def test_the_slot_is_filled_from_what_stands_there(what: str) -> None:
    text, kind, slot, value = SLOTS[what]
    assert slot(first_of(text, kind)) == value


NOTHING = {
    "where forces are": ("القوات الأفريقية متمركزة في المطار حيث تتمركز القوات منذ عام.", "redeployment"),
    "who controls fighters": ("مقاتلون يسيطر عليهم متشددون قرب كابول.", "territory_seized"),
    "a crowd of police": ("وقف انتحاري وسط حشد للشرطة في الحلة.", "redeployment"),
    "a convoy slowed down": ("عندما خفف الموكب العسكري سرعته وسط السوق ركض نحوه صبي.", "reduction"),
    "buses stopped by gunmen": ("أوقف مسلحون حافلتين قرب رفح.", "arrest"),
    "attacks that receded": ("هجمات التنظيم في ديالى تراجعت خلال شباط إلى تسع.", "withdrawal"),
    "failed to reap lives": ("فشلت العملية في حصد أرواح أكبر عدد من الطلاب.", "killing"),
    "an army's name": ("A spokesman of the Arakan Liberation Army spoke in Sittwe on Sunday.", "territory_retaken"),
    "under fire, not shot": ("Smoke rose from an inferno of burning cars in Kirkuk on Sunday.", "arson"),
    "a closed mosque": ("Heavy snow closed the school in Kabul on Sunday.", "blockade"),
    "a fighting position": ("Five rebels were killed in their fighting positions near Taiz on Sunday.", "clash"),
    "a crime in a family": (
        "A man shot his wife and her sister dead in Lahore on Sunday. A neighbour said the husband had accused her of an affair.",
        "armed_attack",
    ),
    "a mark of who somebody is": (
        "Three gunmen, among them a planner of the shrine blast, were killed near Quetta on Sunday.",
        "bombing",
    ),
}


@pytest.mark.parametrize("what", NOTHING)
def test_words_that_look_like_an_act_tell_of_none(what: str) -> None:
    text, kind = NOTHING[what]
    assert kind not in [s.kind for s in events(text)]


SPORT = (
    "The home side laid siege to the visitors' goal for an hour. The goalkeeper was bombarded by shots, the striker ambushed the "
    "defenders twice, and the coach said his midfield had won the battle of the league. A rocket from the captain hit the crossbar."
)
MARKET = (
    "شنت أسواق النفط هجوما على الدولار أمس وقصفت الأسعار المستثمرين. وقال متداولون في البورصة إن انفجار سعر البرميل أشعل حرب أسعار بين "
    "المنتجين، وإن أسهم المصارف تعرضت لمجزرة، فيما فجر المضاربون مؤشر السوق وسقطت السندات صرعى."
)


@pytest.mark.parametrize("text", [SPORT, MARKET], ids=["sport", "market"])
def test_a_report_of_sport_or_of_markets_tells_of_no_war(text: str) -> None:
    assert [s.kind for s in events(text)] == []


def test_a_match_that_was_bombed_is_told_in_earnest() -> None:
    """The dead are no figure of speech, however much football stands around them."""
    text = SPORT + " Al-Shabaab bombed the stadium after the match on Sunday, killing nine fans."
    assert [(s.kind, killed(s)) for s in events(text)] == [("bombing", 9)]


def test_an_account_of_one_attack_is_dated_by_its_lead() -> None:
    """Where nobody knows the day of writing, a trial of years after makes no history of the attack that the account is of."""
    text = (
        "On 16 June 2012 a bomb exploded at the bus stand in Peshawar and killed 29 people. In October 2009 a car bomb in the "
        "city had killed a hundred. In February 2016 a court sentenced two men."
    )
    told = {str(s.when.start): s.realis for s in events(text, None) if s.when}
    assert told["2012-06-16"] is Realis.ACTUAL
    assert told["2009-10-01"] is Realis.BACKGROUND


def test_bare_strikes_are_air_strikes_once_such_are_told() -> None:
    """In a list of strikes each is one; a strike of workers in another report is none."""
    told = events(
        "Coalition jets carried out five air strikes near Mosul on Sunday. Near Hit, two strikes denied the group a road."
    )
    assert [s.kind for s in told] == ["air_strike", "air_strike"]
    assert "air_strike" not in [s.kind for s in events("Two strikes paralysed the port of Sfax on Sunday.")]


def test_what_the_headline_tells_stands_first_where_a_later_sentence_tells_it_in_full() -> None:
    text = (
        "Protesters block highway near Basra\n"
        "A roadside bomb exploded in Taji on Monday, wounding a soldier. "
        "Dozens of protesters blocked the highway near Basra on Monday with burning tyres, demanding jobs."
    )
    protest, bombing = events(text)
    assert (protest.kind, bombing.kind) == ("protest", "bombing")
    assert "burning tyres" in protest.anchor.of(text)
