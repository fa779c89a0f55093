"""What agencies' reports say in every second sentence: whose gunmen, whose soldiers, who holds an office, who backs whom, what came of it.

Written for these tests, of many countries and years.
"""

import pytest
from tests.read.make import MONDAY, actual, events, first_of, names

from marsad.records import Toll
from marsad.scales import Realis


def low(toll: Toll | None) -> int | None:
    return toll.low if toll else None


# what: (text, kind, actors, targets)
PARTIES: dict[str, tuple[str, str, set[str], set[str]]] = {
    "whose gunmen are suspected to be": ("قتل مسلحون يشتبه في انتمائهم للقاعدة ستة جنود في البيضاء في اليمن.", "killing", {"al-Qaeda"}, {"Yemeni Armed Forces"}),
    "a cell that is a group's": ("هاجمت خلية يعتقد بتبعيتها لداعش صهريج نفط قرب البصيرة في دير الزور أمس بالأسلحة الرشاشة.", "armed_attack", {"Islamic State"}, set()),
    "a unit of an army": ("قضت مفرزة للجيش الوطني الشعبي ليلة أول أمس على ثمانية إرهابيين في كمين قرب الدبداب في الجزائر.", "armed_attack", {"Algerian Armed Forces"}, {"Islamist militants"}),
    "vehicles of a group that leave": ("انسحبت صباح اليوم ثلاث عربات مدرعة تابعة للحوثيين من مفرق شرعب في تعز.", "withdrawal", {"Houthi movement"}, set()),
    "nationals are civilians": ("خطف مسلحون خمسة أتراك في طرابلس أمس.", "abduction", {"unknown armed group"}, {"civilians"}),
    "a noun of killing with its doer": ("شنت القوات المصرية غارات على درنة ردا على إعدام تنظيم الدولة الإسلامية 21 مصريا في سرت.", "killing", {"Islamic State"}, {"civilians"}),
    "who backs a doer acts with him": ("استعاد الجيش السوري أمس بلدة تدمر من تنظيم الدولة الإسلامية بإسناد من الطيران الروسي.", "territory_retaken", {"Syrian Armed Forces", "Russian Armed Forces"}, {"Islamic State"}),
    "those driven out": ("عبرت قوات تشادية الخميس الحدود وطردت عناصر بوكو حرام من بلدة مالام فاتوري في نيجيريا.", "territory_retaken", {"Chadian Army"}, {"Boko Haram"}),
    "a soldier killed at the hands of a group": ("أدى القصف إلى مقتل جندي على يد ميليشيات الحوثي في تعز أمس.", "shelling", {"Houthi movement"}, {"Yemeni Armed Forces"}),
    "soldiers of the army that speaks": ("أعلن الجيش الأمريكي مقتل جندي في انفجار عبوة ناسفة في الأنبار في العراق أمس.", "bombing", {"unknown armed group"}, {"United States Armed Forces"}),
    "soldiers of the ministry that speaks": ("قالت وزارة الدفاع الفرنسية إن جنديا قتل في انفجار لغم في كيدال شمال مالي أمس.", "bombing", {"unknown armed group"}, {"French Armed Forces"}),
    "soldiers of the nation told before": ("قتل جندي فرنسي وجرح ثلاثة جنود في انفجار لغم في كيدال في مالي أمس.", "bombing", {"unknown armed group"}, {"French Armed Forces"}),
    "foreign soldiers are not those of the country": ("لقي ستة جنود أجانب مصرعهم أمس في هجوم انتحاري في ولاية لوغر في أفغانستان.", "suicide_bombing", {"unknown armed group"}, set()),
    "who is over an army is no army that kills": ("قتل رئيس أركان الجيش في تفجير في صنعاء أمس.", "bombing", {"unknown armed group"}, {"Yemeni Armed Forces"}),
    "a capital that sends": ("أرسلت واشنطن ألف جندي إضافي إلى كابل لتأمين عمليات الإجلاء.", "deployment", {"United States Armed Forces"}, set()),
    "a strike that another answered": ("شنت الولايات المتحدة ضربات جوية على مواقع للحرس الثوري في العراق، ردا على هجوم بطائرة مسيرة أودى بحياة ثلاثة جنود أمريكيين في الأردن في 28 يوليو.", "air_strike", {"United States Armed Forces"}, {"Iranian Armed Forces"}),
    "a crowd that answers": ("رد محتجون بإحراق سيارة للشرطة في عدن.", "riot", {"protesters"}, {"Yemeni police"}),
    "it had fallen into their hands": ("استعادت القوات العراقية أمس بلدة الضلوعية من تنظيم الدولة الإسلامية بعد يومين من وقوعها في أيدي المسلحين.", "territory_retaken", {"Iraqi Security Forces"}, {"Islamic State"}),
    "a capital that announces what it sent": ("أعلنت واشنطن أنها أرسلت حاملة طائرات وجنودا إلى الخليج أمس.", "deployment", {"United States Armed Forces"}, set()),
    "ships and aircraft of several states": ("أطلقت مقاتلة فرنسية السبت صاروخا على آلية عسكرية ليبية، وأطلقت سفن أمريكية وبريطانية 110 صواريخ على مواقع حول طرابلس في ليبيا.", "air_strike", {"French Armed Forces", "United States Armed Forces", "British Armed Forces"}, {"Libyan Army"}),
    "a unit against terror is the state's": ("قامت فرقة مقاومة الإرهاب بمداهمة منزل في دوار هيشر في تونس.", "raid", {"Tunisian security forces"}, set()),
    "who signs a truce, not who mediates": ("وقعت حركة طالبان والحكومة الأفغانية هدنة بوساطة قطرية في الدوحة أمس.", "agreement", {"Taliban", "Government of Afghanistan"}, set()),
    "who reaches a truce": ("توصلت فصائل المعارضة السورية والجيش السوري إلى هدنة في حلب أمس برعاية روسيا.", "agreement", {"Syrian opposition forces", "Syrian Armed Forces"}, set()),
    "a state as a side of a truce": ("A truce between Israel and Hamas mediated by Egypt took effect in Gaza on Tuesday.", "agreement", {"Israeli Armed Forces", "Hamas"}, set()),
    "two states that clash": ("اندلعت اشتباكات بين الهند وباكستان في كشمير أمس.", "clash", {"Indian Army", "Pakistani Army"}, set()),
    "in English": ("The U.S. military said a soldier was killed by a roadside bomb in Anbar, Iraq, on Saturday.", "bombing", {"unknown armed group"}, {"United States Armed Forces"}),
    "a nation's shelling": ("Eighteen Palestinians were killed by Israeli shelling in Jabalia on Sunday.", "shelling", {"Israeli Armed Forces"}, {"civilians"}),
    "a verb of taking, of people": ("Gunmen seized a German in Sanaa on Sunday.", "abduction", {"unknown armed group"}, {"civilians"}),
    "a major attack is no officer's": ("It was the first major militant attack in Kabul in more than a year, killing six people on Sunday.", "armed_attack", {"unknown armed group"}, set()),
    "who was abducted, not who freed him": ("Yemeni security forces have freed a German who was abducted in Sanaa last month.", "abduction", {"unknown armed group"}, {"civilians"}),
    "two stations are no verb": ("The militants overran two police stations in Raqqa on Sunday, killing nine officers.", "killing", {"unknown armed group"}, {"Syrian police"}),
    "a second state that acts": ("Belgium raised its alert and France deployed 1,600 police to its borders on Sunday.", "deployment", {"French Armed Forces"}, set()),
    "five more soldiers": ("Hezbollah captured two Israeli soldiers in southern Lebanon on Sunday, and five more soldiers were killed in an ambush.", "armed_attack", {"unknown armed group"}, {"Israeli Armed Forces"}),
    "one nation's soldiers and another's": ("A roadside bomb hit a convoy of Russian soldiers and Syrian policemen near Palmyra on Sunday.", "bombing", {"unknown armed group"}, {"Russian Armed Forces", "Syrian police"}),
    "Shebab are Shabaab": ("Two soldiers were killed in an ambush by Shebab fighters outside Mogadishu on Monday.", "armed_attack", {"Al-Shabaab"}, {"Somali Armed Forces"}),
}  # fmt: skip


@pytest.mark.parametrize("what", PARTIES)
def test_who_did_it_and_to_whom(what: str) -> None:
    text, kind, actors, targets = PARTIES[what]
    told = first_of(text, kind)
    assert (names(told.actors), names(told.targets)) == (actors, targets)


# what: (text, kind, killed, injured, abducted)
TOLLS: dict[str, tuple[str, str, int | None, int | None, int | None]] = {
    "past whose gunmen they are": ("خطف مسلحون يشتبه بانتمائهم إلى جماعة بوكو حرام ثماني فتيات من قرية واراب في نيجيريا.", "abduction", None, None, 8),
    "the dual before a genitive": ("مقتل ضابطي شرطة في هجوم في كركوك أمس.", "armed_attack", 2, None, None),
    "found killed": ("عثر على ضابطي شرطة مقتولين قرب الحدود السورية في تركيا أمس.", "killing", 2, None, None),
    "wounded beside a woman among the dead": ("أسفر القصف على تعز عن استشهاد أربعة مدنيين بينهم امرأة وجرح 17 آخرين أمس.", "shelling", 4, 17, None),
    "of a group, and of the other side": ("قتل 33 من عناصر القاعدة وستة جنود في معارك حول مدينة جعار في اليمن أمس.", "clash", 39, None, None),
    "risen to, the number first": ("ارتفع إلى 235 عدد قتلى الهجوم الذي شنه مسلحون على مسجد في بئر العبد بشمال سيناء أمس.", "armed_attack", 235, None, None),
    "who holds an office is one": ("اغتيل رئيس الوزراء اللبناني الأسبق في تفجير في بيروت أمس.", "assassination", 1, None, None),
    "those told before, of another toll": ("خطف مسلحون 11 عامل منجم ثم قتلوهم في بلوشستان في باكستان أمس.", "abduction", 11, None, 11),
    "in a march": ("تشهد مدن سودانية احتجاجات قتل فيها 19 شخصا وفق الحكومة.", "protest", 19, None, None),
    "a riot that left": ("Clashes broke out in Port Said after a court sentenced 21 men to death over a football riot last year that left 74 people dead.", "riot", 74, None, None),
    "who vows is not among the dead": ("Israel bombed Gaza on Sunday in air strikes that killed at least 232 Palestinians, and Prime Minister Benjamin Netanyahu vowed a long war.", "air_strike", 232, None, None),
    "the 3rd Brigade counts nobody": ("A marine assigned to the 3rd Brigade was killed in action in Anbar, Iraq, on Saturday.", "killing", 1, None, None),
    "stabbed": ("A man stabbed two Israelis in Jerusalem on Sunday.", "armed_attack", None, 2, None),
    "fatally shot": ("An Iranian diplomat was fatally shot near his residence in Sanaa on Saturday.", "assassination", 1, None, None),
    "a police outpost is nobody held": ("Taliban fighters captured a police outpost in Baghlan on Sunday.", "territory_seized", None, None, None),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLLS)
def test_how_many(what: str) -> None:
    text, kind, killed, injured, abducted = TOLLS[what]
    told = first_of(text, kind)
    assert (low(told.killed), low(told.injured), low(told.abducted)) == (killed, injured, abducted)


# what: (text, kind, day)
DAYS: dict[str, tuple[str, str, str]] = {
    "a week after the announcement of": ("قتل عشرة في بغداد الأحد بعد أسبوع من إعلان القوات العراقية استعادة مدينة الفلوجة.", "territory_retaken", "2015-07-26"),
    "the day before what was told": ("Gunmen killed eight people in Jerusalem on Thursday. The day before, Israel withdrew its troops from northern Gaza.", "withdrawal", "2015-07-29"),
    "a series told one by one": ("قتل 102 شخص في سلسلة هجمات في العراق أمس. ففي الحلة انفجرت سيارتان مفخختان فقتل 45. وفي البصرة قتل 21 بانفجار ثلاث سيارات مفخخة.", "bombing", "2015-08-02"),
    "a town that is called as a month": ("قتل 600 مدني في بلدة ماي كادرا في إثيوبيا يوم الثاني من الشهر الجاري.", "killing", "2015-08-02"),
    "an operation that began a month ago": ("اعتقل الجيش الأمريكي 253 شخصا في بعقوبة خلال عملية السهم التي بدأت قبل شهر.", "arrest", "2015-08-03"),
    "the heaviest in months": ("تعرضت بلدة كفرنبل في سوريا لغارات روسية هي الأعنف منذ أشهر.", "air_strike", "2015-08-03"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAYS)
def test_on_which_day(what: str) -> None:
    text, kind, day = DAYS[what]
    told = [s for s in events(text) if s.kind == kind]
    assert [str(s.when and s.when.start) for s in told] == [day] * len(told) != []


# what: (text, places of the event)
PLACES: dict[str, tuple[str, list[str]]] = {
    "a town whose name is a verb": ("استعاد الجيش السوري أمس بلدة تدمر من تنظيم الدولة الإسلامية.", ["تدمر"]),
    "the airport of the city is not that of Medina": ("أغلق مسلحون مطار المدينة بعد سيطرتهم على مقر الحكومة اليمنية في عدن.", ["عدن"]),
    "south of the city": ("استعادت القوات العراقية 15 قرية جنوب المدينة في نينوى أمس.", ["نينوى"]),
    "tear gas is no town": ("أطلقت قوات الأمن الرصاص والقنابل المسيلة للدموع على محتجين في لحج أمس.", ["لحج"]),
    "where a militia is from": ("دارت أمس معارك بين كتائب من الزنتان وأخرى من مصراتة في طرابلس في ليبيا.", ["طرابلس", "ليبيا"]),
    "whose force it is": ("A drone strike killed the commander of Iran's elite Quds Force at Baghdad airport on Friday.", ["Baghdad airport"]),
    "far from a capital": ("Taliban fighters attacked a checkpoint in Ghazni, 130 km southwest of Kabul, on Sunday.", ["Ghazni"]),
    "a man's name": ("A suicide bomber killed 43 people in a mosque in Jamrud, Pakistan, on Friday, said the official Khalid Mumtaz Kundi.", ["Jamrud", "Pakistan"]),
    "a state that acts": ("The United States is weighing sending 5,000 additional troops to Afghanistan.", ["Afghanistan"]),
    "a dateline where a place is told": ("JOHANNESBURG - Police fired rubber bullets at protesters in Balfour, South Africa, on Tuesday.", ["Balfour", "South Africa"]),
}  # fmt: skip


@pytest.mark.parametrize("what", PLACES)
def test_where(what: str) -> None:
    text, places = PLACES[what]
    told = events(text)[0]
    assert [p.name for p in told.places] == places


# what: (text, kinds of what happened)
KINDS: dict[str, tuple[str, list[str]]] = {
    "who was parked, and went off": ("وقال ضابط إن سيارة مفخخة كانت متوقفة قرب سوق في مدينة الصدر ببغداد انفجرت ما أدى إلى مقتل ثمانية.", ["bombing"]),
    "what had happened before": ("قال الجيش إن التنظيم كان خطف ثلاثة جنود في سرت.", []),
    "an order": ("أمر رئيس الوزراء الإثيوبي الجيش الخميس بشن الهجوم النهائي على ميكيلي.", []),
    "a proposal under study": ("يبحث قادة غرب أفريقيا إرسال قوة قوامها ثلاثة آلاف جندي إلى شمال مالي.", []),
    "shots into the air": ("أطلقت القوات الأمريكية النار في الهواء في مطار كابل أمس لتفريق الحشود.", []),
    "power is no place": ("استولى ضباط على السلطة في بوركينا فاسو مساء الجمعة.", []),
    "demonstrating": ("واصل العراقيون التظاهر في بغداد للأسبوع الثاني على التوالي.", ["protest"]),
    "the right to demonstrate": ("دعت المنظمة إلى احترام حق التظاهر في بغداد.", []),
    "an attempt repelled": ("صدت المعارضة الليبية محاولة من كتائب القذافي لدخول مصراتة أمس بعد معركة استمرت ساعات.", ["clash"]),
    "aircraft that destroyed tanks": ("دمرت طائرات حلف شمال الأطلسي 17 دبابة قرب مصراتة في ليبيا أمس.", ["air_strike"]),
    "gunmen, and the aircraft that pursued them": ("قتل 235 شخصا في هجوم شنه مسلحون على مسجد في بئر العبد في مصر أمس. وأعلن المتحدث العسكري أن طائرات سلاح الجو دمرت عددا من السيارات المستخدمة في الهجوم.", ["air_strike", "armed_attack"]),
    "rioters who accuse a state": ("أضرم محتجون النار في السفارة الفرنسية في واغادوغو السبت، متهمين باريس بإيواء الرئيس المخلوع.", ["riot"]),
    "what followed an attack": ("أوقع هجوم انتحاري بشاحنة مفخخة في كركوك 85 قتيلا أمس. وأعقب الهجوم تفجير سيارة مفخخة قرب سوق شعبي. وقتل ثلاثة جنود في انفجار عبوات في بغداد.", ["bombing", "bombing", "suicide_bombing"]),
    "a crowd behind the noun of what it did": ("قتل شاب أمس خلال اقتحام محتجين مديرية الأمن في الإسكندرية.", ["riot"]),
    "after a verdict": ("At least 30 people were killed in clashes in Port Said on Saturday after a court sentenced 21 men to death.", ["clash"]),
    "a dateline of another town": ("BAGHDAD - At least nine people were killed on Sunday when suicide bombers stormed a council building in Baquba.", ["suicide_bombing"]),
    "each with a toll of its own": ("Gunmen killed a police colonel in Mosul on Sunday, and a roadside bomb wounded four soldiers in Baquba.", ["assassination", "bombing"]),
    "villages captured are nobody abducted": ("Syrian rebels captured two villages in northern Hama on Friday.", ["territory_seized"]),
    "troops sent to guard": ("The army sent troops to the city of Suez on Saturday to guard public buildings.", ["deployment"]),
    "as he left home": ("Gunmen killed a police colonel as he left home in Mosul on Sunday.", ["assassination"]),
    "a message sent": ("The Taliban said in a message sent to reporters in Kabul on Sunday that talks had failed.", []),
}  # fmt: skip


@pytest.mark.parametrize("what", KINDS)
def test_what_happened(what: str) -> None:
    text, kinds = KINDS[what]
    assert sorted(s.kind or "" for s in actual(text)) == kinds


def test_a_total_of_a_country_is_no_attack_told_before() -> None:
    (bombing,) = actual(
        "انفجرت عبوة ناسفة في حي المزة في دمشق أمس وأدت إلى إصابة مسؤول. وأحصى المرصد سقوط 117 قتيلا في مختلف أنحاء البلاد الأحد."
    )
    assert low(bombing.killed) in (None, 0)


def test_who_only_claimed_others_did_not_claim_this() -> None:
    (bombing,) = actual(
        "A truck bomb killed 80 people in Kabul on Sunday. Islamic State, which has claimed several attacks in the capital, did not comment."
    )
    assert bombing.claimed_by is None
    assert names(bombing.actors) == {"unknown armed group"}


def test_a_claim_is_of_the_attack_that_it_names() -> None:
    shot, blast = actual(
        "هاجم مسلحون مستشفى في كابول الثلاثاء فقتلوا 16 شخصا، بينما أودى تفجير انتحاري خلال جنازة في ننغرهار بحياة 24 شخصا. وقالت الشرطة إن قواتها قتلت المهاجمين. وأعلن تنظيم الدولة الإسلامية مسؤوليته عن تفجير ننغرهار."
    )
    assert (shot.claimed_by, blast.claimed_by and blast.claimed_by.name) == (None, "Islamic State")


def test_whoever_moves_brings_no_means_of_attack() -> None:
    deployed = first_of("أرسلت تركيا دبابات وقوات إلى الحدود السورية أمس.", "deployment")
    assert deployed.weapons == ()


def test_a_place_is_taken_from_the_forces_of_its_country() -> None:
    """Who else is told of in the report did not hold the town."""
    text = "Taliban fighters seized the town of Nahrin in Afghanistan on Sunday. British troops killed two militants in Helmand. Afghan soldiers shelled the town on Monday."
    taken = first_of(text, "territory_seized")
    assert names(taken.targets) <= {"Afghan Army"}


def test_what_one_side_took_before_the_other_retook_it_is_two_events() -> None:
    """What follows "before" was done, and by the others."""
    taken, retaken = actual(
        "قال حاكم ولاية قندوز في أفغانستان إن مقاتلي طالبان استولوا على ثلاث نقاط تفتيش قبل أن تستعيدها القوات الحكومية مساء."
    )
    assert (taken.kind, names(taken.actors)) == ("territory_seized", {"Taliban"})
    assert (retaken.kind, names(retaken.targets)) == ("territory_retaken", {"Taliban"})


def test_a_town_retaken_after_it_fell_years_ago_is_history_too() -> None:
    assert not actual("سيطرت المعارضة على معردس في حماة عام 2012، قبل أن يستعيدها الجيش السوري.")


def test_the_dead_of_earlier_protests_do_not_date_the_news() -> None:
    text = "فرقت الشرطة السودانية متظاهرين في أم درمان الأحد. ورشق المتظاهرون الشرطة بالحجارة. وكان أربعة متظاهرين قد قتلوا في مدينة القضارف الخميس الماضي."
    riot = first_of(text, "riot")
    assert riot.when is not None
    assert riot.when.start.isoformat() == "2015-08-02"


def test_the_dead_since_a_siege_began_are_of_no_strike() -> None:
    text = "Warplanes bombed suspected positions of the Maute group in Marawi on Friday. More than 400 people have been killed since the siege began in May."
    (strike,) = actual(text)
    assert (strike.kind, strike.killed) == ("air_strike", None)


def test_who_fights_is_no_fight_of_its_own() -> None:
    (truce,) = actual("وقع طرفا القتال في طرابلس هدنة الثلاثاء.")
    assert truce.kind == "agreement"


def test_a_truce_agreed_to_is_one_that_was_made() -> None:
    (truce,) = events("The warring sides in Tripoli agreed to a ceasefire on Sunday.", MONDAY)
    assert (truce.kind, truce.realis) == ("agreement", Realis.ACTUAL)


TOTALS = {
    "سجل المرصد 47 هجوما بالعبوات الناسفة في ديالى خلال الشهر الماضي.": True,
    "قتل 61 شخصا في هجمات في ديالى منذ مطلع العام الحالي.": True,
    "نفذ التحالف 12 غارة على الرقة خلال الأسبوع الماضي.": True,
    "قتل خمسة أشخاص في انفجار سيارة مفخخة في بعقوبة الشهر الماضي.": False,
    "قتل 61 شخصا في هجوم على سوق في ديالى أمس.": False,
    "The group carried out 30 attacks in Diyala in March.": True,
    "A car bomb killed five people in Baquba last month.": False,
}


@pytest.mark.parametrize(("text", "total"), TOTALS.items())
def test_a_total_over_a_period_is_marked_so_that_it_is_not_counted_beside_its_parts(text: str, total: bool) -> None:
    (told,) = events(text)
    assert told.aggregate is total
