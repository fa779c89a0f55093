"""Forces told by whose they are (طائرات روسية) and states that act as one (سحبت أستراليا وإسبانيا ...)."""

from dataclasses import replace

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.mention import Mention, army_of, force_name, span_of
from marsad.records import Party, Span
from marsad.scales import FAMILY_OF, Family


def by_demonym(note: Annotated, sent: Sentence, taken: set[int]) -> list[Mention]:
    """Forces named by what they are and whose: طائرات روسية، مدفعية تركية، 3,000 Turkish soldiers."""
    found: list[Mention] = []
    parties: tuple[Party, ...]
    for demonym in sent.layer("demonym"):
        places = _beside(sent, demonym, taken, note.lang)
        what = (
            None
            if demonym.first in taken
            else next((h for at in places if at not in taken and (h := _force_at(sent, at))), None)
        )
        if what is None:
            if found and found[-1].last == demonym.first and demonym.prefix.startswith("و"):  # سفن أمريكية وبريطانية
                parties = (*found[-1].parties, army_of(note, demonym))
                found[-1] = replace(found[-1], last=demonym.last, parties=parties)
            continue
        first, last = min(what.first, demonym.first), max(what.last, demonym.last)
        prefix = what.prefix if note.lang == "ar" else ""
        span = Span(*note.folded.span(sent.toks[first].start + len(prefix.removesuffix("ال")), sent.toks[last - 1].end))
        parties = (Party(force_name("military", demonym.entry.value), span),)
        if found and found[-1].first == first:  # "Syrian and Russian aircraft"
            parties = (*found.pop().parties, *parties)
        found.append(Mention(first, last, parties, prefix, "state"))
    return found


def also_theirs(note: Annotated, sent: Sentence, at: int) -> tuple[Party, ...]:
    """The forces of the nation that "and" joins to the one right before the noun at `at` ("French and Malian troops")."""
    own = next((d for d in sent.layer("demonym") if d.last == at), None)
    if own is None or sent.form(own.first - 1) != "and":
        return ()
    other = next((d for d in sent.layer("demonym") if d.last == own.first - 1), None)
    return (army_of(note, other),) if other else ()


def _beside(sent: Sentence, demonym: Hit, taken: set[int], lang: str) -> tuple[int, ...]:
    """Where the force of a demonym can stand: next to it, or beyond one adjective (الطائرات الحربية الروسية)."""
    if lang == "en":
        return (demonym.last, demonym.last + 1)
    if sent.form(demonym.first - 1) in _THAT_THEY:
        return (demonym.first - 3, demonym.first - 4)  # "warplanes, thought to be Russian"
    far = demonym.first - 1 not in taken and sent.form(demonym.first - 1).startswith("ال")
    return (demonym.first - 1, demonym.first - 2) if far else (demonym.first - 1,)


_THAT_THEY = grammar("annotate", "that_they")


def ruling_party(note: Annotated, sent: Sentence, at: tuple[int, ...], home: str) -> list[Party]:
    """The forces of the report's country where "government" or "regime" stands at one of the tokens `at` right before an act ("killed in
    government air strikes")."""
    ruling = next((k for k in at if sent.form(k) in _RULERS), None)
    if ruling is None or not home or sent.form(ruling + 1) in _NOT_THEIRS:
        return []
    token = sent.toks[ruling]
    return [Party(force_name("military", home), Span(*note.folded.span(token.start, token.end)))]


_RULERS, _NOT_THEIRS = grammar("nations", "rulers"), grammar("nations", "not_theirs")


def states(note: Annotated, sent: Sentence, taken: set[int]) -> list[Mention]:
    """States as subjects of verbs (سحبت أستراليا وإسبانيا ...): their armed forces."""
    found: list[Mention] = []
    ordered = [h for h in sent.countries() if h.first not in taken]
    ordered = [h for h in ordered if not h.prefix.removeprefix("و").startswith(("ب", "ل", "ك"))]
    for hit in (
        ordered if note.lang == "ar" else reversed(ordered)
    ):  # an English list ends at its verb, an Arabic one begins there
        joined = bool(found) and _joined_states(sent, found[-1], hit, note.lang)
        if joined or subject_place(sent, hit, note.lang) or _one_side(sent, hit):
            name = force_name("military", hit.entry.info[0][0].country)
            party = Party(f"{hit.entry.info[0][0].name_en} Armed Forces" if name == "military" else name, span_of(note, hit))
            found.append(Mention(hit.first, hit.last, (party,), hit.prefix, "state"))
    return found + [m for m in _sending(note, sent) if m.first not in taken]


def _one_side(sent: Sentence, hit: Hit) -> bool:
    """Whether a state is one of two sides ("a truce between Israel and Hamas", اشتباكات بين الهند وباكستان)."""
    second = sent.form(hit.first - 1) == "and" or hit.prefix == "و"
    reach = range(hit.first - 1, max(0, hit.first - 1 - _OTHER * second) - 1, -1)
    at = next((k for k in reach if sent.form(k) in _BETWEEN), None)
    if at is None or any(sent.form(k) in "،,.؛" for k in range(at, hit.first)):
        return False
    return any(t.last in (at, at - 1) and t.entry.info.kind in ("clash", "agreement") for t in sent.layer("trigger"))


_BETWEEN, _OTHER = grammar("nations", "between"), 5  # tokens of the other side's name


def _sending(note: Annotated, sent: Sentence) -> list[Mention]:
    """Capitals that send or withdraw forces, which their states do (أرسلت واشنطن ألف جندي, "Paris sent troops")."""

    def moves(hit: Hit) -> bool:
        at = hit.first - 1 if note.lang == "ar" else _past_the_day(sent, hit.last)
        at += note.lang == "en" and sent.form(at) in ("has", "had")
        if note.lang == "ar" and sent.is_cue(at, "speech.verbs") and _announces(sent, hit):
            return True  # أعلنت واشنطن أنها أرسلت
        does = [t.entry.info for t in sent.starts(at, "trigger") if FAMILY_OF[t.entry.info.kind] is Family.POSTURE]
        if note.lang == "ar" and any(info.pos == "noun" for info in does):
            return True  # إرسال أنقرة دبابات
        return any(info.pos == "verb" for info in does) and subject_place(sent, hit, note.lang)

    told = [h for h in sent.layer("capital") if not h.prefix and moves(h)]
    return [Mention(h.first, h.last, (army_of(note, h),), "", "state") for h in told]


def _joined_states(sent: Sentence, last: Mention, hit: Hit, lang: str) -> bool:
    """Whether `hit` and the state found last stand in one list."""
    if lang == "ar":
        return hit.first - last.last <= 1 and hit.prefix.startswith("و")
    between = [sent.form(k) for k in range(hit.last, last.first)]
    return bool(between) and len(between) <= 3 and all(w in (",", "and", "the") for w in between)


def subject_place(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a country's name stands where a verb's subject does."""
    verb_at = _past_the_day(sent, hit.last) if lang == "en" else hit.last
    goes_on = lang == "en" and sent.form(verb_at) in ("is", "was", "are", "were")  # "is weighing"
    verb_at += goes_on or (lang == "en" and sent.form(verb_at) in ("will", "would", "has", "had", "may", "could", "also"))
    after = any(h.entry.info[0] != "ing" for h in sent.starts(verb_at, "verb"))
    after = after or (goes_on and sent.form(verb_at).endswith("ing"))
    if lang == "en":
        before = hit.first - 1 - (sent.form(hit.first - 1) == "the")
        clause = sent.form(before) == "and" and not any(p.last == before for p in sent.layer("place"))  # "... and France sent"
        return after and (clause or sent.form(before) not in _EN_PREPOSITIONS)  # "police in the UK arrested"
    verbs = [h for h in sent.starts(hit.first - 1, "verb") if h.entry.value not in _TAKES_A_PLACE]
    moved = any(FAMILY_OF[t.entry.info.kind] is Family.POSTURE for t in sent.starts(hit.first - 1, "trigger"))
    speaks = sent.is_cue(hit.first - 1, "speech.verbs")
    if (speaks or sent.form(hit.first - 1).removeprefix("و") in _DECIDES) and _announces(sent, hit):
        return True
    if speaks and not moved:
        return False
    fronted = sent.form(hit.first - 1) in ("ان", "بان", "لان", "لكن", "") or not sent.form(hit.first - 1).isalnum()
    return bool(verbs) or (after and fronted)


_DECIDES = grammar("nations", "decides")


def _announces(sent: Sentence, hit: Hit) -> bool:
    """Whether a state told behind a verb of speech announces what its own forces do (أعلنت فرنسا سحب جنودها، قالت كينيا إنها سترسل)."""
    own = (t for k in range(hit.last, hit.last + 3) for t in sent.starts(k, "trigger"))
    return any(FAMILY_OF[t.entry.info.kind] is Family.POSTURE for t in own)


def _past_the_day(sent: Sentence, at: int) -> int:
    """Where the words go on behind a day that stands at `at` ("Israel on Monday closed")."""
    begun = (at, at + 1) if sent.form(at) == "on" else (at,)
    return next((f.last for f in sent.dates if f.first in begun), at)


_TAKES_A_PLACE = grammar("nations", "takes_a_place")
_EN_PREPOSITIONS = grammar("nations", "prepositions")


def _force_at(sent: Sentence, at: int) -> Hit | None:
    if sent.in_set("civil_flight", at - 1, at):
        return None
    return next((h for h in sent.starts(at, "set") if h.entry.value in ("forces", "arms_of_state")), None)
