"""Is a name a place where it stands, or only a word? What the words beside it say, and what the report says elsewhere."""

from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.phrases import words as toll_words
from marsad.read.placenames import names
from marsad.read.placewords import among, words
from marsad.text.fold import fold_text


def _in_street(sent: Sentence, at: int, lang: str) -> bool:
    """Whether what begins at `at` only names a street, a square, a mosque: no town."""
    return among(sent.form(at - 1), words(lang)["streets"], lang)


def word_here(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a name is only a word here; remembered, since each event of a sentence asks again."""
    known = sent.words_here.get(hit.first)
    if known is None:
        known = sent.words_here[hit.first] = _is_word(sent, hit, lang)
    return known


def _an_act(sent: Sentence, at: int, lang: str) -> bool:
    """Whether token `at` is of a word that tells of an act, and no verb behind "in" or a word for a town (في دكا، مدينة تدمر)."""
    acts = [t for t in sent.layer("trigger") if t.first <= at < t.last and t.entry.info.role == "act"]
    named = sent.form(at - 1) == "في" or (lang == "ar" and among(sent.form(at - 1), words(lang)["kinds"], lang))
    return bool(acts) and not (named and all(t.entry.info.pos == "verb" for t in acts))


def _by_itself(sent: Sentence, hit: Hit) -> bool:
    """Whether a country told by its letters stands for itself ("in the UK on Sunday"), and does not say whose something is ("a UK soldier")."""
    told = hit.entry.info[0][0].kind == "country" and sent.form(hit.first - 1) in ("the", ",", *words("en")["at"])
    after = sent.form(hit.last)
    rest = not after.isalpha() or after in toll_words("en")["prepositions"] or any(f.first == hit.last for f in sent.dates)
    return told and rest


def _is_word(sent: Sentence, hit: Hit, lang: str) -> bool:
    """A name that is also a word needs a place word or "in" before it (risk 1), or a place word right before it (risk 2)."""
    if any(a.first <= hit.first and hit.last <= a.last for a in sent.layer("actor")):
        return True
    if lang == "ar" and (_no_name_by_form(sent, hit) or _only_a_kind(sent, hit)):
        return True
    if lang == "ar" and sent.form(hit.first).startswith("ال") and _of_a_nation(sent, hit.first):
        return True
    nation = lang == "en" and any(d.last >= hit.last for d in sent.starts(hit.first, "demonym"))  # no Central African Republic
    if nation and sent.form(hit.last) not in words("en")["kinds"]:
        return not _by_itself(sent, hit)  # the Somali government; the Somali region is a place
    if not hit.prefix.removesuffix("ال") and _in_street(sent, hit.first, lang):
        return True
    if sent.dates and any(f.first <= hit.first < f.last for f in sent.dates):
        return True
    if hit.last - hit.first == 1 and _an_act(sent, hit.first, lang):
        return True
    entries, word = hit.entry.info
    before = sent.form(hit.first - 1)
    if lang == "ar" and hit.prefix.startswith("و") and before in words(lang)["at"]:
        return True  # "near Wajo": after a preposition the letter is the name's own
    announced = _is_announced(sent, hit, lang)
    own = entries[0].risk if entries[0].kind not in ("country", "region", "admin1") and " " not in hit.entry.value else 0
    risk = max(own, word) - (hit.entry.value in sent.named)
    if risk and lang == "ar" and not hit.prefix and _listed_with(sent, hit):
        return False  # "Douma and Harasta"
    if risk >= 2:
        return not (announced or _struck(sent, hit) or _by_its_way(sent, hit, lang))
    if risk == 1:
        return not (
            announced
            or among(before, words(lang)["directions"], lang)
            or before in words(lang)["at"]
            or hit.prefix in ("ب", "بال", "ل", "وب")
        )
    after = {sent.form(hit.last), sent.form(hit.last + 1) if lang == "en" else ""}
    if after & words(lang)["named_for"] and entries[0].kind != "country" and not sent.starts(hit.last, "place"):
        return True  # "Al Manar TV", "Makkah Almukarramah street", مسقط رأسه (but not رأس العين)
    return bool(lang == "en" and entries[0].kind == "country" and sent.form(hit.last) in ("forces", "troops", "army"))


def _by_its_way(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a name behind "in" is told by the way to it from another (في الخالص شمال بعقوبة)."""
    there = sent.form(hit.first - 1) in words(lang)["at"] or hit.prefix in ("ب", "بال")
    way = among(sent.form(hit.last), words(lang)["directions"], lang)
    return there and way and any(sent.starts(k, "place") for k in (hit.last + 1, hit.last + 2))


def _only_a_kind(sent: Sentence, hit: Hit) -> bool:
    """Whether a name is the word for what kind of place follows (أهالي مدينة البصرة: no Medina), and not a name behind such (ولاية معسكر)."""
    kinds = words("ar")["kinds"]
    return hit.entry.value in kinds and not among(sent.form(hit.first - 1), kinds, "ar")


def _is_announced(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a place word right before a name says that it is one (مدينة صور، مستشفى بلد)."""
    before, listed = sent.form(hit.first - 1), words(lang)
    if among(before, listed["kinds"], lang):
        return not (among(before, listed["directions"], lang) or among(before, listed["near"], lang))
    return before in listed["of_place"] and not hit.prefix.removesuffix("ال")


def _struck(sent: Sentence, hit: Hit) -> bool:
    """ "A strike on Sur" (صور): pictures are not struck; a town (مدينة) is no Medina."""
    if sent.form(hit.first - 1) != "علي" or hit.entry.value in words("ar")["kinds"]:
        return False
    return any(t.entry.info.kind in ("air_strike", "shelling") for t in sent.starts(hit.first - 2, "trigger"))


def _of_a_nation(sent: Sentence, at: int) -> bool:
    """Whether what is a town's name too is the adjective of a mission (القنصلية السويدية)."""
    return bool(sent.starts(at, "demonym")) and sent.form(at - 1).removeprefix("ب") in _MISSIONS


_MISSIONS = grammar("placehood", "missions")


def note_names(note: Annotated) -> None:
    """Tell every sentence which names the report announces as places: there they are less likely to be words elsewhere too."""
    named = frozenset(
        hit.entry.value
        for sent in note.sents
        for hit in sent.layer("place")
        if (hit.entry.info[1] or hit.entry.info[0][0].risk) and _is_announced(sent, hit, note.lang)
    )
    for sent in note.sents if named else ():
        sent.named = named
    people: set[str] = set()  # names of places that are people's here
    for sent in note.sents if note.lang == "en" else ():
        for hit in sent.layer("place"):
            if _ends_a_name(note, sent, hit):
                people.add(hit.entry.value)
            if hit.entry.value in people or _begins_a_longer_name(note, sent, hit):
                sent.words_here[hit.first] = True
    begun = [(sent, _dateline(sent)) for sent in note.sents]
    bullets = sum(sent.form(0) in BULLETS for sent in note.sents) >= _A_LIST  # "- Gunmen opened fire ... - Two bodies were"
    listed = sum(bool(last) for _, last in begun) >= _A_LIST
    for at, (sent, last) in enumerate(begun):
        written = at < _DATELINES or (note.lang == "en" and bool(last) and _in_capitals(note, sent))
        sent.dateline, sent.item = (0, bool(last)) if listed else (last if written else 0, False)
        sent.bullet = bullets and sent.form(0) in BULLETS


_DATELINES, _A_LIST, _LONG = 3, 3, 12  # sentences that may begin with one; how many make a list; its tokens
BULLETS = frozenset("-–—*•▪●■")


def _in_capitals(note: Annotated, sent: Sentence) -> bool:
    """Whether a sentence begins with a word in capitals (RIYADH - Five people)."""
    start, end = note.folded.span(sent.toks[0].start, sent.toks[0].end)
    return note.text[start:end].isupper() and end - start > 2


def _begins_a_longer_name(note: Annotated, sent: Sentence, hit: Hit) -> bool:
    """Whether an English name goes on with a word in capitals that nothing knows ("Hassan Sham", "Chahar Dara"): it is another's name."""
    after = hit.last
    if hit.last - hit.first > 1 or after >= len(sent.toks) or sent.toks[after].kind != "latin" or after in sent.starting:
        return False
    listed = words("en")
    if sent.form(after) == "city" and all(e.kind == "admin1" for e in hit.entry.info[0]):
        return True  # Isabela City is not in the province Isabela
    if sent.form(after) in listed["kinds"] | listed["sites"] | listed["no_place"] | listed["institutions"]:
        return False
    entry = hit.entry.info[0][0]
    return entry.kind not in ("country", "region", "admin1") and note.text[note.folded.index[sent.toks[after].start]].isupper()


def _ends_a_name(note: Annotated, sent: Sentence, hit: Hit) -> bool:
    """Whether an English name stands behind two words in capitals that nothing knows ("Khalid Mumtaz Kundi"), or one behind who
    somebody is ("cleric Moqtada Sadr"): a person's."""

    def unknown(at: int) -> bool:
        if at <= 0 or sent.toks[at].kind != "latin" or at in sent.starting or len(sent.form(at)) < _SHORTEST:
            return False
        return note.text[note.folded.index[sent.toks[at].start]].isupper()

    titled = bool(sent.starts(hit.first - 2, "people")) or sent.in_set("offices", hit.first - 2, hit.first - 1) is not None
    return unknown(hit.first - 1) and (titled or unknown(hit.first - 2))


_SHORTEST = 4  # letters: Al, El, Abu, Deir begin the names of places


def _dateline(sent: Sentence) -> int:
    """The token after a dateline: a place, an agency or a day, and a dash or colon, with nothing that happens before it."""
    first = next((k for k in range(min(3, len(sent.toks))) if sent.form(k) not in BULLETS), 0)
    day = next((f for f in sent.dates if first and f.first == first), None)
    if day is not None and sent.form(day.last) in "-–—:":
        return day.last + 1  # "- 5 May: gunmen ..."
    if not sent.starts(first, "place"):
        return 0
    at = next((k for k in range(first + 1, min(first + _LONG, len(sent.toks))) if sent.form(k) in "-–—:/"), 0)
    if sent.form(at) == "/" and sent.starts(at + 1, "place"):  # NAIROBI/MOGADISHU -
        at = next((k for k in range(at + 1, min(first + _LONG, len(sent.toks))) if sent.form(k) in "-–—:"), 0)
    if not at or any(h.entry.layer in ("verb", "trigger") for h in sent.hits if h.first < at):
        return 0
    return at + 1


@cache
def _with_the_article(name: str) -> bool:
    """Whether one of the places that bear an Arabic name (folded, as it is kept) is written with the article (الموصل)."""
    written = (fold_text(n) for e in names("ar").get(name, ()) for n in e.names_ar)
    return any(f"ال{name}" in n for n in written)


def _no_name_by_form(sent: Sentence, hit: Hit) -> bool:
    """Whether an Arabic hit's form is none of a name: by an article that is not its own, or as the beginning of another name."""
    if hit.prefix.endswith("ال") and hit.entry.value in words("ar")["kinds"] and hit.last - hit.first == 1:
        return True  # "the city" is not Medina, whose whole name is kept
    if sent.form(hit.first) in words("ar")["directions"] and sent.form(hit.last).startswith("ال"):
        return True  # "15 villages south of the city"
    if hit.prefix and sent.form(hit.first) in words("ar")["kinds"]:
        return True  # a valley (وادي) is no "and Edd"
    article = hit.prefix.endswith(("ال", "لل"))
    if article and not _bears_the_article(hit):
        return True  # "the scene" (المشهد) is not Mashhad
    if article and hit.entry.info[0][0].kind == "country":
        return True  # السورية is an adjective; names with an article are kept with it
    if hit.entry.value.startswith("العاصمة ") and sent.starts(hit.last, "place"):
        return True  # "the Jordanian capital Amman": its name follows
    return hit.last - hit.first == 1 and hit.entry.value in words("ar")["first_parts"]  # باب الشرقي، البو مرعي


def _bears_the_article(hit: Hit) -> bool:
    return hit.entry.value.startswith("ال") or " " in hit.entry.value or _with_the_article(hit.entry.value)


def _listed_with(sent: Sentence, hit: Hit) -> bool:
    """Whether "and" joins a name that can be nothing else to this one."""
    return any(
        h.prefix == "و" and not h.entry.info[1] and h.entry.info[0][0].risk == 0 for h in sent.starts(hit.last, "place")
    )
