"""Ways in which the English press words events, and the same words where they tell of none."""

import pytest
from tests.read.make import actual

# a sentence, its kind, and the dead or wounded, abducted or arrested if it tells them
TOLD: list[tuple[str, str, dict[str, int]]] = [
    ("Gunmen whisked away 12 passengers from a bus in Zamfara on Sunday.", "abduction", {"abducted": 12}),
    ("Five engineers were whisked off by armed men in Tripoli on Sunday.", "abduction", {"abducted": 5}),
    ("The government and the rebels inked a peace deal in Juba on Sunday.", "agreement", {}),
    ("Warplanes rained bombs on Maarat al-Numan on Sunday.", "air_strike", {}),
    ("Jet fighters blitzed militant hideouts in Tirah on Sunday.", "air_strike", {}),
    ("A retired schoolteacher was gunned down outside his home in Quetta on Sunday.", "armed_attack", {"killed": 1}),
    ("Gunmen on motorcycles mowed down three shopkeepers in the market of Jalalabad on Sunday.", "armed_attack", {"killed": 3}),
    ("Security agencies rounded up 12 suspected militants in Swabi on Sunday.", "arrest", {"arrested": 12}),
    ("Police picked up five suspects in Kano on Sunday.", "arrest", {"arrested": 5}),
    ("Settlers uprooted 50 olive trees in a village near Nablus on Sunday.", "arson", {}),
    ("Israeli bulldozers demolished three houses in Silwan on Sunday.", "arson", {}),
    ("A lawyer was liquidated by masked men in Derna on Sunday.", "assassination", {"killed": 1}),
    ("Security forces cordoned off the town of Awamiya on Sunday.", "blockade", {}),
    ("An explosives-filled vehicle was blown up outside a bank in Kabul on Sunday.", "bombing", {}),
    ("A powerful bomb tore through a crowded market in Kirkuk on Sunday.", "bombing", {}),
    ("Rival factions traded heavy machine-gun fire in Tripoli on Sunday.", "clash", {}),
    ("Troops beat back a Taliban assault on Kunduz on Sunday.", "clash", {}),
    ("Section 144 was imposed in Quetta on Sunday.", "curfew", {}),
    ("The army beefed up its forces in Diyala on Sunday.", "deployment", {}),
    ("Peacekeepers ceded the camp at Ber to the Malian army on Sunday.", "handover", {}),
    ("Fourteen captives were put to death by the Islamic State group in Mosul on Sunday.", "killing", {"killed": 14}),
    ("Thousands thronged the streets of Algiers on Sunday to demand change.", "protest", {}),
    ("Security forces swooped on a militant hideout in Kano on Sunday.", "raid", {}),
    ("Rangers carried out a targeted operation in Lyari on Sunday.", "raid", {}),
    ("The army shifted two battalions to Maiduguri on Sunday.", "redeployment", {}),
    ("Washington trimmed its troops in Iraq to 2,500 on Sunday.", "reduction", {}),
    ("NATO relaunched its training mission in Baghdad on Sunday.", "resumption", {}),
    ("The army was called out to distribute aid in Swat on Sunday.", "retasking", {}),
    ("Protesters pelted police with stones in Tunis on Sunday.", "riot", {}),
    ("Troops intercepted a truck loaded with weapons near Agadez on Sunday.", "seizure", {}),
    ("An army engineering unit removed 14 mines in Hasakah on Sunday.", "seizure", {}),
    ("Government forces poured shells on Douma on Sunday.", "shelling", {}),
    ("Militants lobbed mortar shells at the stadium in Mogadishu on Sunday.", "shelling", {}),
    ("A man wearing a suicide jacket exploded himself near a mosque in Peshawar on Sunday.", "suicide_bombing", {}),
    ("A bomber strapped with explosives blew himself to pieces in Kabul on Sunday.", "suicide_bombing", {}),
    ("The mission stopped its patrols in Kidal on Sunday.", "suspension", {}),
    ("Iraqi forces wrested the town of Baiji from the Islamic State on Sunday.", "territory_retaken", {}),
    ("Syrian troops restored security and stability to the village of Sheikh Miskin on Sunday.", "territory_retaken", {}),
    ("The Taliban stormed and captured Kunduz on Sunday.", "territory_seized", {}),
    ("Rebels snatched the village of Kafr Nabudah from the army on Sunday.", "territory_seized", {}),
    ("Kenyan troops vacated their base in El Adde on Sunday.", "withdrawal", {}),
    ("The Syrian army abandoned its positions in Palmyra on Sunday.", "withdrawal", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "toll"), TOLD)
def test_the_words_of_the_press_tell_of_one_event(text: str, kind: str, toll: dict[str, int]) -> None:
    told = actual(text)
    assert [s.kind for s in told] == [kind]
    for name, number in toll.items():
        count = getattr(told[0], name)
        assert count is not None
        assert count.best == number


HARMLESS = [
    "The senator hammered the government over the budget on Sunday.",
    "Shoppers descended on the market in Beirut on Sunday.",
    "The president was hammered in the polls on Sunday.",
    "The company engaged consultants to review the project in Lagos on Sunday.",
    "Floodwaters carried away two children in Sukkur on Sunday.",
    "The company liquidated its assets in Tripoli on Sunday.",
    "The municipality demolished illegal kiosks in Karachi on Sunday.",
    "The committee stumbled on the question of quotas in Beirut on Sunday.",
    "The tenant was evicted from his flat in Cairo on Sunday.",
    "The airline trimmed its fares to Basra on Sunday.",
    "The company dispatched a shipment of rice to Mogadishu on Sunday.",
    "The president embarked on a tour of Africa on Sunday.",
    "The road was closed for maintenance in Amman on Sunday.",
    "The film industry exploded in popularity in Lagos last year.",
    "Journalists scrambled for seats as the mob of photographers pressed forward in Beirut on Sunday.",
    "The retailer raided the talent of its rival in Lagos on Sunday.",
    "The cleaner mopped up the water in the hospital in Tripoli on Sunday.",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_the_same_words_elsewhere_tell_of_none(text: str) -> None:
    assert not actual(text)
