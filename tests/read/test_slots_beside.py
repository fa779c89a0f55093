"""Slots that sentences of news were once read wrong in, each in a sentence of our own: what stands there must fill the slot so."""

from collections.abc import Callable

import pytest
from tests.read.make import events, first_of

from marsad.records import Statement

Check = Callable[[Statement], object]


def names(parties: tuple[object, ...]) -> list[str]:
    return [p.name for p in parties]  # type: ignore[attr-defined]


# what the case protects: (sentence, kind of the event, slot, value)
CASES: dict[str, tuple[str, str, Check, object]] = {
    "numbers written onto and": ("قتل سبعة جنود و12 شرطيا في تفجير قرب كركوك أمس.", "bombing", lambda s: s.killed and s.killed.low, 19),
    "wounded that fell": ("أسفر الانفجار في الحلة أمس عن سقوط تسعة جرحى.", "bombing", lambda s: (s.killed, s.injured and s.injured.low), (None, 9)),
    "he and others": ("قتل مدير الناحية مع أربعة من حراسه في تفجير عبوة ناسفة قرب بلد أمس.", "bombing", lambda s: s.killed and s.killed.low, 5),
    "the fourth wounded": ("مقتل ثلاثة جنود وإصابة رابع بانفجار لغم في سنجار أمس.", "bombing", lambda s: s.injured and s.injured.low, 1),
    "people a number alone tells": ("قال شرطي إن تسعة بينهم طفلان قتلوا أمس في قصف على الفلوجة.", "shelling", lambda s: s.killed and s.killed.low, 9),
    "dead and wounded together": ("أوقع تفجير سيارة مفخخة في الكوت أمس 40 شخصا بين قتيل وجريح.", "bombing", lambda s: s.killed, None),
    "zero stays zero": ("انفجرت عبوة ناسفة في النجف أمس من دون أن تسفر عن سقوط ضحايا.", "bombing", lambda s: s.killed and s.killed.low, 0),
    "one number for two nouns": ("أعدم مسلحون 60 رجلا وفتى في القرية أمس.", "killing", lambda s: s.killed and s.killed.low, 60),
    "a capital by whose it is": ("هز انفجار سيارة مفخخة العاصمة السودانية أمس.", "bombing", lambda s: [p.name_en for p in s.places], ["Khartoum"]),
    "a capital by its name": ("قتل جنديان بريطانيان في هجوم انتحاري قرب العاصمة كابول أمس.", "suicide_bombing", lambda s: [p.name for p in s.places], ["كابول"]),
    "Amman is no Oman": ("اعتصم مئات الأردنيين أمس في عمان أمام مقر النقابات الأردنية.", "protest", lambda s: [p.country for p in s.places], ["JO"]),
    "a country is no army": ("وقعت تفجيرات في سوريا أمس.", "bombing", lambda s: (names(s.actors), [p.name for p in s.places]), (["unknown armed group"], ["سوريا"])),
    "the scene is no Mashhad": ("تبدل المشهد بعد تفجير سيارة مفخخة في الكوت أمس.", "bombing", lambda s: [p.name for p in s.places], ["الكوت"]),
    "a citizen of another country": ("قتل مواطن من كندا في هجوم على فندق في بغداد أمس.", "armed_attack", lambda s: [p.country for p in s.places], ["IQ"]),
    "a quarter in quotation marks": ("انفجرت عبوة ناسفة في حي «الزوراب» وسط بغداد أمس.", "bombing", lambda s: s.places[0].name, "الزوراب"),
    "five of al-Qaeda": ("قتل خمسة من القاعدة في غارة أميركية على شبوة أمس.", "air_strike", lambda s: names(s.targets), ["al-Qaeda"]),
    "out of the base": ("سقطت ثلاث قذائف هاون قرب القاعدة غرب الرمادي أمس.", "shelling", lambda s: "al-Qaeda" in names(s.targets), False),
    "the attack that hit": ("قتل جنديان في الهجوم الذي استهدف حامية عسكرية في الشمال الموريتاني أمس.", "armed_attack", lambda s: names(s.targets), ["Mauritanian Army"]),
    "a drone and its owner": ("قتل ستة في غارة شنتها طائرة بلا طيار تابعة على ما يبدو للجيش الأميركي في مأرب أمس.", "air_strike", lambda s: names(s.actors), ["United States Armed Forces"]),
    "airlines are no air force": ("علقت شركات الطيران التركية رحلاتها بعد تفجير سيارة مفخخة في أربيل أمس.", "bombing", lambda s: [w.name for w in s.weapons], ["car_bomb"]),
    "a name is no weapon": ("اغتيل قائد في كتائب القسام بتفجير عبوة ناسفة في خان يونس أمس.", "assassination", lambda s: "rocket" in [w.name for w in s.weapons], False),
    "crowds that attack": ("هاجم آلاف المتظاهرين مقر المحافظة في البصرة أمس.", "riot", lambda s: names(s.actors), ["protesters"]),
    "police and a crowd": ("أصيب عشرة في صدامات وقعت أمس في صفاقس بين الشرطة ومتظاهرين.", "riot", lambda s: (names(s.actors), names(s.targets)), (["protesters"], ["Tunisian police"])),
    "a march that was hit": ("قتل ثلاثة في هجوم انتحاري استهدف تظاهرة في الموصل أمس.", "suicide_bombing", lambda s: (names(s.targets), s.killed and s.killed.low), (["protesters"], 3)),
    "hostages": ("احتجز مسلحون عشرين تلميذا رهائن في مدرسة بباماكو أمس.", "abduction", lambda s: names(s.targets), ["civilians"]),
    "an attempt on a life": ("نجا محافظ الأنبار من محاولة اغتيال في الرمادي أمس.", "assassination", lambda s: s.realis.value, "actual"),
    "a speech denies nothing": ("قال في كلمة من موقع تفجير السيارة المفخخة في زحلة إن ستة قتلوا أمس.", "bombing", lambda s: s.realis.value, "actual"),
    "by the court": ("قتل شخصان في انفجار سيارة مفخخة قرب محكمة بعقوبة أمس.", "bombing", lambda s: s.realis.value, "actual"),
    "demanding protesters are there": ("وطالب مئات المتظاهرين في صفاقس أمس بفرص عمل.", "protest", lambda s: s.realis.value, "actual"),
    "a possible strike": ("تحدثت صحف عن ضربة جوية إسرائيلية أو أميركية محتملة على إيران.", "air_strike", lambda s: s.realis.value, "hypothetical"),
    "or keeps the doubt": ("يمكن للمسلحين شن هجمات على القرى أو ارتكاب اعتداءات على السكان.", "armed_attack", lambda s: s.realis.value, "hypothetical"),
    "they did not launch": ("ولم تشن القوات التركية أي هجوم على سنجار.", "armed_attack", lambda s: s.realis.value, "denied"),
    "revenge for what has been": ("ورجح ضابط أن يكون الخطف انتقاما لما وقع أمس من تفجيرات في تلعفر.", "bombing", lambda s: s.realis.value, "actual"),
    "a cell responsible for": ("اعتقلت الشرطة أمس في الكوت خلية مسؤولة عن تفجيرات في المدينة.", "bombing", lambda s: s.realis.value, "background"),
    "decades ago": ("قاد في السبعينات جماعة نفذت تفجيرات في روما.", "bombing", lambda s: s.realis.value, "background"),
    "the worst this year": ("قتل عشرة أمس في تفجير في الحلة هو الأعنف خلال العام الحالي.", "bombing", lambda s: str(s.when and s.when.start), "2015-08-02"),
    "a door is no August": ("سقطت قذيفة هاون في باب توما مساء الأحد.", "shelling", lambda s: str(s.when and s.when.start), "2015-08-02"),
    "a leader of a group": ("اغتال مسلحون أمس قياديا في حماس في صيدا.", "assassination", lambda s: names(s.targets), ["Hamas"]),
    "a square named for flight": ("قتل عشرة في هجوم انتحاري في ساحة الطيران وسط بغداد أمس.", "suicide_bombing", lambda s: s.weapons, ()),
    "the police are no condition": ("نجا قائد شرطة ديالى من محاولة اغتيال شمال بعقوبة أمس.", "assassination", lambda s: s.realis.value, "actual"),
    "one officer of the police": ("قتل ضابط شرطة وأصيب مجندان في هجوم على حاجز في العريش أمس.", "armed_attack", lambda s: (s.killed and s.killed.best, s.injured and s.injured.best), (1, 2)),
    "its own last soldiers": ("أنهت فرنسا مهمتها وسحبت آخر جنودها من غاو أمس.", "withdrawal", lambda s: (names(s.actors), s.targets), (["French Armed Forces"], ())),
    "strikes of a country": ("مقتل 11 مسلحا في ضربات إسرائيلية على البوكمال أمس.", "air_strike", lambda s: names(s.actors), ["Israeli Armed Forces"]),
    "loyal to a country": ("مقتل 11 مسلحا من ميليشيات موالية لإيران في قصف على البوكمال أمس.", "shelling", lambda s: [p.country for p in s.places], ["SY"]),
    "an army's aviation": ("قتل أربعون في قصف نفذه طيران الجيش على سوق في نيالا أمس، بحسب ناشطين سودانيين.", "air_strike", lambda s: names(s.actors), ["Sudanese Armed Forces"]),
    "settlers that attack": ("اعتدى مستوطنون على مزارعين قرب بورين جنوب نابلس أمس.", "armed_attack", lambda s: names(s.actors), ["Israeli settlers"]),
    "a stand-in": ("نظم الموظفون وقفة أمام قصر العدل في بيروت أمس.", "protest", lambda s: [p.name for p in s.places], ["بيروت"]),
    "an act announced as one's own": ("أعلن الجيش الأميركي تنفيذ ضربة جوية قرب مقديشو أمس.", "air_strike", lambda s: names(s.actors), ["United States Armed Forces"]),
    "a loss that is announced": ("أعلن الجيش المصري مقتل ضابط في هجوم قرب العريش أمس.", "armed_attack", lambda s: names(s.actors), ["unknown armed group"]),
    "a base that is announced as handed over": ("أعلن التحالف الدولي تسليم معسكر بسماية للقوات العراقية أمس.", "handover", lambda s: (names(s.actors), names(s.targets)), (["Coalition against the Islamic State"], ["Iraqi Security Forces"])),
    "answering with fire": ("ردت المدفعية الإسرائيلية أمس بقصف أطراف كفرشوبا في لبنان.", "shelling", lambda s: names(s.actors), ["Israeli Armed Forces"]),
    "the regime's guns": ("استهدف قصف مدفعي للنظام السوري قرية آفس شرقي إدلب أمس.", "shelling", lambda s: "Syria" in names(s.actors)[0], True),
    "whom a group arrests": ("اعتقلت هيئة تحرير الشام ناشطا بريف إدلب أمس.", "abduction", lambda s: (s.abducted and s.abducted.low, s.arrested), (1, None)),
    "a state that deploys": ("نشرت تركيا منظومة دفاع جوي في قاعدة الوطية أمس.", "deployment", lambda s: names(s.actors), ["Turkish Armed Forces"]),
    "a fifth term": ("خرج آلاف الجزائريين أمس في مسيرات رفضا لولاية خامسة.", "protest", lambda s: s.places, ()),
    "peacekeepers of a country": ("قتل أربعة من جنود حفظ السلام في هجوم قرب كيدال في مالي أمس.", "armed_attack", lambda s: "Mali" in names(s.targets)[0] and "Nations" in names(s.targets)[0], True),
    "aircraft of two countries": ("قصفت الطائرات السورية والروسية بلدات في ريف درعا أمس.", "air_strike", lambda s: names(s.actors), ["Syrian Armed Forces", "Russian Armed Forces"]),
    "whom a group killed, told after an aside": ("قتل تنظيم داعش، بحسب مصدر أمني، تسعة مدنيين في الحويجة أمس.", "killing", lambda s: s.killed and s.killed.low, 9),
    "who it is, and then whom": ("خطفت جبهة النصرة، ذراع تنظيم القاعدة في سوريا، من جديد خمسة مقاتلين في قرية قاح أمس.", "abduction", lambda s: s.abducted and s.abducted.low, 5),
    "nobody before a doer was hit": ("وقال مدير المرصد \"خطفت جبهة النصرة بين يوم السبت وأمس خمسة مقاتلين في قرية قاح\".", "abduction", lambda s: s.abducted and s.abducted.low, 5),
    "killed and wounded, nobody knows how many of each": ("قتل وأصيب العشرات في قصف على سوق في معرة النعمان أمس.", "shelling", lambda s: (s.killed, s.injured), (None, None)),
    "killed, and ten wounded": ("مئة شخص قتلوا وأصيب عشرة في قصف على حلب أمس.", "shelling", lambda s: (s.killed and s.killed.low, s.injured and s.injured.low), (100, 10)),
    "dead and wounded of one car bomb": ("مقتل وإصابة 25 شخصا في انفجار سيارة مفخخة بالباب.", "bombing", lambda s: s.killed, None),
    "former shelling": ("قتل طفلان بانفجار قنبلة من مخلفات قصف سابق قرب سراقب أمس.", "shelling", lambda s: s.realis.value, "background"),
    "armed men who close a road": ("أغلق مسلحون الطريق بين عدن وتعز أمس.", "blockade", lambda s: len(s.places), 2),
    "a camp of the other land": ("قصف الجيش الإسرائيلي مدرسة في النصيرات أمس.", "shelling", lambda s: s.places[0].country, "PS"),
    "a truce has no weapons": ("توصلت الفصائل إلى اتفاق لوقف إطلاق النار في درعا أمس.", "agreement", lambda s: s.weapons, ()),
    "soldiers in a town": ("قتل ثلاثة جنود في كركوك أمس.", "killing", lambda s: [p.name for p in s.places], ["كركوك"]),
    "the envoy in a town": ("قال السفير في دمشق إن عشرة قتلوا أمس في قصف على الرستن.", "shelling", lambda s: [p.name for p in s.places], ["الرستن"]),
    "its offices in a town": ("قتل خمسة في هجوم استهدف مقر الحزب في حلب أمس.", "armed_attack", lambda s: [p.name for p in s.places], ["حلب"]),
    "dead, and wounded apart": ("أدى انفجار في الكوت أمس إلى سقوط 28 قتيلا و45 جريحا.", "bombing", lambda s: (s.killed and s.killed.low, s.injured and s.injured.low), (28, 45)),
    "two of the plural": ("مقتل متظاهرين اثنين برصاص الشرطة في السماوة أمس.", "killing", lambda s: s.killed and s.killed.best, 2),
    "his death": ("أطلق مجهولون النار على سيارة محام في الكوت أمس ما أدى إلى مقتله.", "armed_attack", lambda s: s.killed and s.killed.low, 1),
    "so many bodies": ("عثرت الشرطة أمس على تسع جثث لمدنيين في الرطبة.", "killing", lambda s: (s.killed and s.killed.low, names(s.actors)), (9, ["unknown armed group"])),
    "a drone that blows up": ("استهدفت طائرة مسيرة مفخخة معسكرا قرب أربيل أمس.", "air_strike", lambda s: [w.name for w in s.weapons], ["drone"]),
    "silenced arms": ("اغتال مسلحون ضابطا في بغداد أمس بأسلحة كاتمة للصوت.", "assassination", lambda s: [w.name for w in s.weapons], ["small_arms"]),
    "a ballistic missile": ("أطلق الحوثيون أمس صاروخا باليستيا على مأرب.", "shelling", lambda s: [w.name for w in s.weapons], ["missile"]),
    "the occupation's fire": ("استشهد ثلاثة فلسطينيين برصاص الاحتلال في نابلس أمس.", "armed_attack", lambda s: names(s.actors), ["Israeli Armed Forces"]),
    "the national army of Syria": ("دارت اشتباكات أمس بين الجيش الوطني وقوات سوريا الديمقراطية قرب منبج في سوريا.", "clash", lambda s: "Syrian Armed Forces" in names(s.actors), False),
    "a protest is the crowd's": ("قتل متظاهر عندما فرقت قوات الأمن السودانية مسيرة في الخرطوم أمس.", "protest", lambda s: (names(s.actors), s.targets), (["protesters"], ())),
    "hours after what has a day": ("قصفت مدفعية الجيش السوداني أم درمان بعد ساعات على هجوم استهدف الخرطوم أمس.", "shelling", lambda s: str(s.when and s.when.start), "2015-08-02"),
    "what was used, and where, in one line": ("سقط صاروخ على مطار البصرة.", "shelling", lambda s: [p.name for p in s.places], ["مطار البصرة"]),
    "one who shares no verb": ("وقال إن جنديا تركيا قُتل وأصيب آخر بنيران قسد في تل أبيض أمس.", "armed_attack", lambda s: (s.killed and s.killed.low, s.injured and s.injured.low), (1, 1)),
    "his wife and sons": ("قتل رجل وزوجته وثلاثة من أبنائهما في قصف على إدلب أمس.", "shelling", lambda s: s.killed and s.killed.low, 5),
    "her two children": ("مقتل امرأة وطفليها بقذيفة في حلب أمس.", "shelling", lambda s: s.killed and s.killed.low, 3),
    "a captain's companions": ("قتل النقيب واثنان من مرافقيه في كمين قرب لودر أمس.", "armed_attack", lambda s: s.killed and s.killed.low, 3),
    "beyond whose sheikh he was": ("قتل شيخ عشيرة واثنان من أولاده في هجوم مسلح غرب الفلوجة أمس.", "armed_attack", lambda s: s.killed and s.killed.low, 3),
    "colleagues held": ("خطف مسلحون طبيبا وثلاثة من زملائه في درنة أمس.", "abduction", lambda s: s.abducted and s.abducted.low, 4),
    "a sound plural in the nominative": ("قتل ثلاثة نازحون في قصف على غزة أمس.", "shelling", lambda s: names(s.targets), ["civilians"]),
    "shot dead": ("أطلقوا النار عليه فأردوه قتيلا في بنغازي أمس.", "armed_attack", lambda s: s.killed and s.killed.low, 1),
    "fell dead, told twice": ("اغتال مسلحون إمام مسجد في أبين أمس فسقط قتيلا أمام منزله.", "assassination", lambda s: s.killed and s.killed.low, 1),
    "several of the wounded": ("خلف القصف ثمانية قتلى وعددا من الجرحى في دوما أمس.", "shelling", lambda s: s.injured and s.injured.low, 2),
    "a rank is nobody": ("جرح ضابطان أحدهما برتبة عقيد في هجوم على حاجز في الرقة أمس.", "armed_attack", lambda s: (s.injured and s.injured.low, names(s.actors)), (2, ["unknown armed group"])),
    "bodies with bullets": ("عثر على أربع جثث مصابة بطلقات نارية في بعقوبة أمس.", "killing", lambda s: s.killed and s.killed.low, 4),
    "two rockets by their form": ("سقط صاروخا كاتيوشا على قاعدة بلد الجوية أمس.", "shelling", lambda s: [w.name for w in s.weapons], ["rocket"]),
    "near the embassy": ("قتل ثلاثة دبلوماسيين في تفجير قرب السفارة في كابل أمس.", "bombing", lambda s: [p.name for p in s.places], ["كابل"]),
    "stones are no place": ("رشق متظاهرون مقر القنصلية بالحجارة وأحرقوا إطارات في وسط كربلاء أمس.", "riot", lambda s: "الحجارة" in [p.name for p in s.places], False),
    "a strike on Tyre": ("شنت إسرائيل غارة على صور أمس.", "air_strike", lambda s: [(p.name, p.country) for p in s.places], [("صور", "LB")]),
    "one day for both": ("قتلت قوات سوريا الديمقراطية قياديا في داعش واعتقلت اثنين آخرين في الشحيل أمس.", "killing", lambda s: str(s.when and s.when.start), "2015-08-02"),
    "a day of this month": ("سيطرت القوات التركية على تل أبيض في الأول من الشهر الجاري.", "territory_retaken", lambda s: str(s.when and s.when.start), "2015-08-01"),
    "a plural verb has its subject behind it": ("رشقوا عناصر الأمن بالحجارة في الناصرية أمس.", "riot", lambda s: names(s.targets), ["Iraqi security forces"]),
    "an accusative is no subject": ("«مجموعة إرهابية مسلحة» اغتالت أمس ضابطا أمام منزله في حي برزة بدمشق.", "assassination", lambda s: (names(s.actors), "Syrian Armed Forces" in names(s.targets)), (["unknown armed group"], True)),
    "of itself": ("قال الجيش السوداني إنه صد هجوما لقوات الدعم السريع على مدينة بابنوسة أمس.", "clash", lambda s: names(s.actors), ["Sudanese Armed Forces", "Rapid Support Forces"]),
    "the subject of the clause before": ("أحرزت قوات الجيش اليمني تقدما في جبهات غرب مأرب، أمس، حيث سيطرت على تبة البس.", "territory_retaken", lambda s: names(s.actors), ["Yemeni Armed Forces"]),
    "fallen into the hands of": ("سقطت ثلاث عواصم ولايات في شمال أفغانستان، الأحد، بيد مقاتلي حركة طالبان.", "territory_seized", lambda s: names(s.actors), ["Taliban"]),
    "the gunmen named before": ("هاجم مسلحو تنظيم داعش بلدة البغدادي أمس. وقال ضابط إن الجيش قصف تجمعات للمسلحين في البلدة.", "shelling", lambda s: names(s.targets), ["Islamic State"]),
    "drones that belong to the army": ("شنت طائرات مسيرة تابعة للجيش المالي ضربات على معسكر للمسلحين في غابة قرب غاو أمس.", "air_strike", lambda s: names(s.actors), ["Malian Armed Forces"]),
    "an army's guns": ("وأضاف أن مدفعية الجيش العراقي دكت تحصينات المسلحين في الرمادي أمس.", "shelling", lambda s: names(s.actors), ["Iraqi Armed Forces"]),
    "crowds without arms": ("تجددت الاشتباكات بين أنصار الرئيس المعزول وأهالي المدينة أمس في بني مزار بالحجارة وزجاجات المولوتوف، ما أسفر عن إصابة 21 شخصا.", "riot", lambda s: s.injured and s.injured.low, 21),
    "stopped, with a day between": ("أوقفت قوى الأمن الداخلي، ليل أمس، شخصين في محلة أبي سمراء في طرابلس.", "arrest", lambda s: s.kind, "arrest"),
    "where it leaves": ("انسحب الجيش أمس من السعدية إلى خانقين.", "withdrawal", lambda s: [p.name for p in s.places], ["السعدية"]),
}  # fmt: skip
NONE = {
    "recalling an ambassador": "استدعت الخارجية السفير للاحتجاج على التصريحات.",
    "dawn of a day": "غادر الوفد بغداد فجر يوم أول من أمس.",
    "changes are no raids": "قد تغير الحكومة سياستها في شمال العراق.",
    "stopping a thing": "أوقفت الوزارة إصدار التأشيرات للأجانب في أربيل.",
    "walls that fall": "وأدى الزلزال إلى سقوط عدة مبان في المدينة.",
    "like one who": "يبدو الوزير كمن يسير على حبل في بغداد.",
    "debris of a rocket": "سقط حطام صاروخ صيني في المحيط الهندي قرب جزر المالديف.",
    "a body that defends itself": "يشن الجسم هجوما على الفيروس كما في عدن.",
    "kicks and strikes": "أهدر الفريق ضربة جزاء أمام العراق في عدن.",
    "towns under control": "زار وفد بلدات خاضعة لسيطرة المعارضة في ريف درعا أمس.",
    "the base of data": "تحفظ الأسماء في قاعدة المعلومات في بغداد.",
    "a liberation that is a name": "أعلنت منظمة التحرير الفلسطينية موقفها في رام الله.",
}


@pytest.mark.parametrize("what", CASES)
def test_the_slot_is_filled_from_what_stands_there(what: str) -> None:
    text, kind, slot, value = CASES[what]
    assert slot(first_of(text, kind)) == value


@pytest.mark.parametrize("what", NONE)
def test_words_that_only_look_like_violence_tell_of_none(what: str) -> None:
    assert [(s.kind, s.realis.value) for s in events(NONE[what])] == []


def test_lists_of_victims_are_summed_and_parts_are_not() -> None:
    told = events("Six policemen, three civilians and two gunmen were killed in an attack in Ramadi on Sunday.")
    assert [s.killed.low for s in told if s.killed] == [11]
    told = events("An air raid killed eleven people, four of them children, in Saada on Sunday.")
    assert [s.killed.low for s in told if s.killed] == [11]


@pytest.mark.parametrize(
    ("text", "news", "before"),
    [
        ("قتل ثلاثة جنود في بغداد بعد يومين من مقتل عشرة آخرين في الموصل.", ("بغداد", 3, "2015-08-03"), ("الموصل", 10, "2015-08-01")),
        ("قتل ثلاثة جنود في بغداد أمس بعد أسبوع على تفجير أوقع عشرة قتلى في الموصل.", ("بغداد", 3, "2015-08-02"), ("الموصل", 10, "2015-07-26")),
        ("بعد يومين على هجوم الموصل الذي أوقع ثلاثين قتيلا، قتل ثلاثة جنود في بغداد أمس.", ("بغداد", 3, "2015-08-02"), ("الموصل", 30, "2015-07-31")),
        ("Gunmen killed three soldiers in Baghdad, two days after ten others were killed in Mosul.", ("Baghdad", 3, "2015-08-03"), ("Mosul", 10, "2015-08-01")),
    ],
)  # fmt: skip
def test_an_earlier_event_that_marks_the_time_lends_nothing_to_the_news(text: str, news: object, before: object) -> None:
    told = {
        s.places[0].name: (s.places[0].name, s.killed and s.killed.low, str(s.when and s.when.start)) for s in events(text)
    }
    assert set(told.values()) == {news, before}


def test_after_days_of_fighting_tells_how_long_it_lasted() -> None:
    told = events("انسحب الجيش من تكريت أمس بعد ثلاثة أيام من الاشتباكات التي أوقعت عشرين قتيلا.")
    assert [(s.kind, s.realis.value) for s in told] == [("withdrawal", "actual"), ("clash", "actual")]


# the same for English: (sentence, kind of the event, slot, value)
ENGLISH: dict[str, tuple[str, str, Check, object]] = {
    "a toll that has risen": ("The death toll from a suicide truck bombing in Karrada district of Baghdad has risen to 165, police said on Sunday.", "suicide_bombing", lambda s: (s.killed and s.killed.low, [w.name for w in s.weapons]), (165, ["car_bomb"])),
    "a soldier of another country": ("An attack on Camp Taji killed a British soldier on Sunday.", "armed_attack", lambda s: names(s.targets), ["British Armed Forces"]),
    "those who are stationed": ("NATO trainers are stationed at the Basmaya base.", "deployment", lambda s: names(s.actors), ["NATO"]),
    "a week after they did": ("The attack came a week after Iraqi forces recaptured Falluja from the militants.", "territory_retaken", lambda s: names(s.actors), ["Iraqi Security Forces"]),
    "allied to another": ("A car bomb killed ten people in Mogadishu on Sunday. Al-Shabaab, which is allied to al-Qaeda, claimed responsibility.", "bombing", lambda s: names(s.actors), ["Al-Shabaab"]),
    "rockets that hit": ("Two rockets hit the Iraqi base of Taji on Sunday.", "shelling", lambda s: names(s.actors), ["unknown armed group"]),
    "shot dead by": ("Security forces shot dead a protester in Omdurman on Sunday.", "armed_attack", lambda s: (names(s.actors), names(s.targets), s.killed and s.killed.low), (["Sudanese security forces"], ["protesters"], 1)),
    "were shot dead": ("Three policemen were shot dead in Mosul on Sunday.", "armed_attack", lambda s: (names(s.targets), s.killed and s.killed.low), (["Iraqi police"], 3)),
    "a protest of its victim's day": ("A protester was killed as police dispersed a march in Omdurman on Sunday.", "protest", lambda s: str(s.when and s.when.start), "2015-08-02"),
    "a people is no army": ("Thousands of Sudanese took to the streets of Khartoum on Sunday.", "protest", lambda s: names(s.actors), ["protesters"]),
    "a crowd that burns": ("Protesters set fire to the Iranian consulate in Najaf on Sunday.", "riot", lambda s: names(s.actors), ["protesters"]),
    "in order to protest": ("Residents blocked the main road in Basra on Sunday to protest power cuts.", "protest", lambda s: s.realis.value, "actual"),
    "its own troops": ("Britain pulled its troops out of Helmand on Sunday.", "withdrawal", lambda s: names(s.actors), ["British Armed Forces"]),
    "who will withdraw": ("France will withdraw its remaining troops from Mali by August.", "withdrawal", lambda s: (names(s.actors), [p.name for p in s.places]), (["French Armed Forces"], ["Mali"])),
    "after nearly twenty years": ("US forces left Bagram airfield on Sunday after nearly 20 years.", "withdrawal", lambda s: (s.realis.value, s.places[0].country), ("actual", "AF")),
    "no one was hurt": ("A roadside bomb hit a convoy in Diwaniya on Sunday; no one was hurt.", "bombing", lambda s: (s.killed and s.killed.low, s.injured and s.injured.low), (0, 0)),
    "among them, and were killed": ("Twelve people, including four women, were killed when shells hit a camp in Idlib on Sunday.", "shelling", lambda s: s.killed and s.killed.low, 12),
    "a shell that landed": ("A mortar shell landed in the Shaab district of Baghdad on Sunday, wounding two children.", "shelling", lambda s: (s.realis.value, s.injured and s.injured.low), ("actual", 2)),
    "hostages taken": ("Armed men stormed a hotel in Bamako on Sunday, taking at least 100 hostages.", "armed_attack", lambda s: s.abducted and s.abducted.low, 100),
    "bodies found": ("The bodies of seven men were found in Tikrit on Sunday.", "killing", lambda s: s.killed and s.killed.low, 7),
    "one colonel of the police": ("Gunmen assassinated a police colonel in Mosul on Sunday.", "assassination", lambda s: (names(s.targets), s.killed and s.killed.best), (["Iraqi police"], 1)),
    "its own act": ("The Kurdistan Workers' Party said it killed seven Turkish soldiers in Hakkari on Sunday.", "killing", lambda s: (names(s.actors), names(s.targets)), (["Kurdistan Workers' Party"], ["Turkish Armed Forces"])),
    "its own aircraft": ("The Egyptian army said its aircraft struck militants in Sinai on Sunday.", "air_strike", lambda s: names(s.actors), ["Egyptian Armed Forces"]),
    "a police station": ("The attack hit a police station in Tikrit on Sunday.", "armed_attack", lambda s: names(s.targets), ["Iraqi police"]),
}  # fmt: skip


@pytest.mark.parametrize("what", ENGLISH)
def test_the_english_slot_is_filled_from_what_stands_there(what: str) -> None:
    text, kind, slot, value = ENGLISH[what]
    assert slot(first_of(text, kind)) == value


def test_how_long_a_battle_has_gone_on_is_no_day_of_the_news() -> None:
    told = events("قتل عشرة جنود في اشتباكات في صيدا بريف درعا أمس. ونزح آلاف السكان منذ بدء الهجوم في 19 حزيران/يونيو.")
    assert [str(s.when and s.when.start) for s in told if s.kind == "clash"] == ["2015-08-02"]
