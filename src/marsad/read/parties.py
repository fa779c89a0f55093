"""Who is named: forces, armed groups, states and broad groups of people, by canonical names, with the words that name them."""

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import QUOTES, Hit
from marsad.read.load import coalitions, grammar
from marsad.read.mention import Mention, army_of, force_name, government, span_of, thought_to_be
from marsad.read.nations import also_theirs, by_demonym, states
from marsad.read.rolewords import WHOSE, governors, past_belonging, says_whose, words
from marsad.records import Party

_WHO = {"army": "military", "police": "police", "security": "security forces"}
_ARMED = frozenset(("armed_group", "militia", "unknown"))
_COALITIONS: dict[str, str] = coalitions()["coalition"]
_EARLIER: dict[str, tuple[str, int]] = coalitions()["earlier"]
_OWN_ARMY: dict[str, str] = coalitions()["own_army"]


def named(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The party an actor names; bare forces belong to the country told beside them, else `home`."""
    kind, country = hit.entry.info[:2]
    if kind == "rulers":
        land = _land_beside(sent, hit) or home
        return Party(government(land), span_of(note, hit)) if land else None
    if kind == "military" and (land := _land_beside(sent, hit)) not in ("", country) and not sent.lacks(_OCCUPIER):
        return Party(force_name("military", land), span_of(note, hit))  # جيش الاحتلال التركي
    if kind != "force":
        name = _militants(sent, hit, home) if hit.entry.value == "militants" else hit.entry.value
        return Party(name, span_of(note, hit))
    if hit.entry.value == "Coalition":
        return Party(_coalition(note, sent, home), span_of(note, hit))
    land = _land_beside(sent, hit) or country or _their_nation(sent, hit) or _other_land(sent, hit, home) or home
    own = _OWN_ARMY.get(land, "") if hit.entry.value in ("military", "air force") else ""
    if own and any(a.entry.value == own for s in note.sents for a in s.layer("actor")):
        return Party(own, span_of(note, hit))
    return Party(force_name(hit.entry.value, land), span_of(note, hit))


def _land_beside(sent: Sentence, hit: Hit) -> str:
    """The country of the demonym right beside a force, or that it is thought to be of (طائرات يرجح أنها روسية)."""
    beside: tuple[int, ...] = (hit.last, thought_to_be(sent, hit.last), hit.last + 1, hit.first - 1)
    if sent.toks[hit.first].kind == "latin":  # "Russian soldiers and Syrian policemen": before it first
        beside = (hit.first - 1, hit.last) if sent.form(hit.last) == "and" else (hit.first - 1, *beside[:3])
    return next((d.entry.value for k in beside for d in sent.starts(k, "demonym")), "")


def _other_land(sent: Sentence, hit: Hit, home: str) -> str:
    """The one country, other than the report's own, that a sentence opens with: what it tells of is there ("in Niger, the army")."""
    lands = [
        p for p in sent.layer("place", 0, hit.first) if not p.entry.info[1] and len({e.country for e in p.entry.info[0]}) == 1
    ]
    here = {p.entry.info[0][0].country for p in lands}
    where = lands and (lands[0].prefix.endswith("ب") or sent.form(lands[0].first - 1) in _IN)
    return here.pop() if where and len(here) == 1 and lands[0].first <= _OPENING and home not in here else ""


_OCCUPIER = grammar("parties", "occupier")
_IN, _OPENING = grammar("parties", "in"), 4  # tokens


_ALSO_ABSTRACT = frozenset(("government officials", "politicians"))
_NO_FORCE = frozenset(("broad", "broad_civil", "unknown", "political"))


def _coalition(note: Annotated, sent: Sentence, home: str) -> str:
    """The coalition meant by the bare word, by where and when the news is of."""
    lands = (h.entry.info[0][0].country for h in sent.countries())
    name, last = _EARLIER.get(next((c for c in lands if c in _EARLIER), home), ("", 0))
    if name and (note.published.year <= last if note.published is not None else not _of_the_islamic_state(note)):
        return name
    return _COALITIONS.get(home, "Coalition against the Islamic State")


def _of_the_islamic_state(note: Annotated) -> bool:
    """Whether a report names the Islamic State: of a report of no known day, that tells of which years it is."""
    return any(a.entry.value == "Islamic State" for sent in note.sents for a in sent.layer("actor"))


def people_party(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The broad group or force a noun for people stands for; None for people of no group (persons, victims)."""
    who = hit.entry.info.who
    if hit.suffix == "ه" and who in _ALSO_ABSTRACT:
        return None  # a province (محافظة) is not his governor
    if not who or (who == "civilians" and sent.form(hit.first) == "men" and _theirs(sent, hit)):
        return None
    if who in _WHO:
        if _possessed(sent, hit, note.lang):
            if (owner := _owner(sent, hit)) is not None:
                return named(note, sent, owner, home)
            if _land_before(sent, hit.first):
                return None  # "its soldiers": those of the country told before
        beside = next((d.entry.value for k in (hit.last, hit.last + 1) for d in sent.starts(k, "demonym")), "")
        force = next((a for k in _up_to_an_agent(sent, hit.last, note.lang) for a in sent.starts(k, "actor")), None)
        if note.lang == "en":  # "a British soldier", "a police colonel"
            beside = next((d.entry.value for d in sent.layer("demonym") if d.last == hit.first), beside)
            force = force or next((a for a in sent.layer("actor") if a.last == hit.first), None)
        if force is None and not beside and _foreign(sent, hit):
            return None  # not those of the country
        if force is not None and force.entry.info[0] not in _NO_FORCE:
            return named(note, sent, force, home)
        if not beside and who == "army" and (speaker := _speaking(note, sent, hit, home)) is not None:
            return speaker
        nation = beside or _told_nation(sent, hit, note.lang) or home
        # "attacked a police station, killing two officers"
        police = sent.form(hit.last - 1) in _OFFICERS and "police" in sent.forms
        return Party(force_name("police" if police else _WHO[who], nation), span_of(note, hit))
    if who == "militants":
        return Party(_militants(sent, hit, home), span_of(note, hit))
    return Party(who, span_of(note, hit))


def _told_nation(sent: Sentence, hit: Hit, lang: str) -> str:
    """The nation of the soldiers told before in the sentence, where all that have one are of the same ("two Israeli soldiers ..., and five
    more soldiers"); "" where none has."""
    told = [p for p in sent.layer("people", 0, hit.first) if p.entry.info.who == hit.entry.info.who]
    ends = {p.last for p in told} if lang == "ar" else {p.first for p in told}
    nations = {d.entry.value for d in sent.layer("demonym") if (d.first if lang == "ar" else d.last) in ends}
    return nations.pop() if len(nations) == 1 else ""


def _their_nation(sent: Sentence, hit: Hit) -> str:
    """The nation of English soldiers told by that word alone, where others of one nation are told before them in the sentence."""
    soldiers = next((p for p in sent.starts(hit.first, "people") if p.entry.info.who == "army"), None)
    return _told_nation(sent, soldiers, "en") if soldiers is not None and sent.toks[hit.first].kind == "latin" else ""


def _speaking(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The army, or that of the ministry, that tells of soldiers by no other name: its own ("the US army said two soldiers were killed")."""
    for force in sent.layer("actor"):
        if force.last > hit.first or force.entry.info[0] not in ("military", "force"):
            continue
        beside = (force.first - 1,) if note.lang == "ar" else (force.last, force.last + 1)
        if any(sent.is_cue(k, "speech.verbs") for k in beside):
            return named(note, sent, force, home)
    ministry = next((k for k in range(hit.first) if sent.form(k) in _DEFENCE), None)
    if ministry is None or not any(sent.is_cue(k, "speech.verbs") for k in range(max(0, ministry - 2), ministry + 3)):
        return None
    land = next((d.entry.value for k in range(ministry - 3, ministry + 2) for d in sent.starts(k, "demonym")), home)
    return Party(force_name("military", land), span_of(note, hit))


_DEFENCE = grammar("context", "of_defence")


def _foreign(sent: Sentence, hit: Hit) -> bool:
    """Whether an adjective says that soldiers are of no nation told ("foreign troops", جنود أجانب)."""
    return any(sent.form(k) in _FOREIGN for k in (hit.last, hit.first - 1))


_FOREIGN = grammar("parties", "foreign")


def _up_to_an_agent(sent: Sentence, at: int, lang: str) -> range:
    """The tokens behind a soldier in which his force is told: none beyond "by" (مقتل جندي على يد ...)."""
    ends = (k for k in range(at, at + 3) if _governs(sent, k, lang) == "agent" or sent.starts(k, "trigger") or _joins(sent, k))
    end = next(ends, at + 3)
    return range(at, end)


def _joins(sent: Sentence, at: int) -> bool:
    """Whether "and" or a comma at `at` begins another party."""
    return sent.form(at) in ("and", ",", "،") or any(a.prefix.startswith("و") for a in sent.starts(at, "actor"))


def _governs(sent: Sentence, at: int, lang: str) -> str:
    """What a preposition of one word or two at `at` makes of the party behind it; "" if there is none."""
    table = governors(lang)
    return table.get(f"{sent.form(at)} {sent.form(at + 1)}") or table.get(sent.form(at), "")


_OFFICERS = grammar("parties", "officers")


def _militants(sent: Sentence, hit: Hit, home: str) -> str:
    """Whom a noun for militants means in the news of a country (codebooks/*/generics.toml, home); else nobody known."""
    meant = next((name for g in sent.starts(hit.first, "generic") if (name := g.entry.info[1].get(home))), "")
    return meant or "unknown armed group"


def _theirs(sent: Sentence, hit: Hit) -> bool:
    """ "Its men", "the group's men": no civilians."""
    before = sent.form(hit.first - 1)
    return before in ("its", "their", "his") or before.endswith(("'s", "’s"))


def _owner(sent: Sentence, hit: Hit) -> Hit | None:
    """The force told before in the sentence whose soldiers "its soldiers" are ("the US army announced the death of three of its men")."""
    before = [a for a in sent.layer("actor") if a.last <= hit.first and a.entry.info[0] in ("military", "coalition", "force")]
    return before[-1] if before else None


def _possessed(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a pronoun tells whose they are: جنودها, "its remaining troops"."""
    return bool(hit.suffix) if lang == "ar" else any(sent.form(k) in ("its", "their") for k in (hit.first - 1, hit.first - 2))


def _land_before(sent: Sentence, at: int) -> bool:
    """Whether a country is named before token `at`."""
    return any(h.first < at for h in sent.countries())


def mentions(note: Annotated, sent: Sentence, home: str) -> list[Mention]:
    """Every mention of `sent` that can play a part in an event, in order; none inside another."""
    doings = {k for t in sent.layer("trigger") if t.last - t.first > 1 for k in range(t.first, t.last)}  # "armed attack"
    actors = [a for a in sent.layer("actor") if not (a.entry.value in NAMELESS and (a.first in doings or described(sent, a)))]
    if note.lang == "en":  # "coalition warplanes": whose they are stands before
        ends = {a.last for a in actors if a.entry.info[0] != "force"}
        actors = [a for a in actors if a.entry.info[0] != "force" or a.first not in ends]
    longest = {a.first: a.last for a in sorted(actors, key=lambda a: a.last)}
    actors = [a for a in actors if a.last == longest[a.first]]
    covered = {k for a in actors for k in range(a.first, a.last)}
    found = [m for hit in actors if (m := _of_actor(note, sent, hit, home))]
    armed = {k for w in sent.layer("weapon") if w.last - w.first > 1 for k in range(w.first, w.last)}  # "without a pilot"
    for hit in sent.layer("people"):
        if (
            hit.first in covered | doings | armed
            or sent.form(hit.first) == "العسكري"  # an adjective, and a name
            or hit.entry.info.not_people
            or described(sent, hit)
            or _an_adjective(note, sent, hit)
            or _an_aircraft(sent, hit)
            or _after_name(sent, hit, covered)
        ):
            continue
        party = people_party(note, sent, hit, home)
        if party is not None:
            first, prefix = _with_its_noun(sent, hit)
            others = also_theirs(note, sent, hit.first) if note.lang == "en" and hit.entry.info.who in _WHO else ()
            found.append(Mention(first, hit.last, (*others, party), prefix, _SIDES.get(hit.entry.info.group, "civil")))
    taken = covered | {k for m in found for k in range(m.first, m.last)}
    found += by_demonym(note, sent, taken) + states(note, sent, taken)
    return sorted({m.first: m for m in reversed(found)}.values(), key=lambda m: (m.first, -m.last))


def _an_aircraft(sent: Sentence, hit: Hit) -> bool:
    """Whether an Arabic fighter is an aircraft, by whose it is (مقاتلة فرنسية)."""
    return sent.in_set("planes", hit.first, hit.last) is not None and bool(sent.starts(hit.last, "demonym"))


def _an_adjective(note: Annotated, sent: Sentence, hit: Hit) -> bool:
    """Whether an English rank is an adjective where it stands ("a major attack", "a general strike")."""
    after = sent.toks[hit.last : hit.last + 1]
    if note.lang != "en" or sent.form(hit.first) not in _RANKS_TOO or not after or not after[0].form.isalpha():
        return False
    written = note.text[note.folded.index[after[0].start]]
    return written.islower() and not sent.starts(hit.last, "verb") and after[0].form not in words("en")["prepositions"]


_RANKS_TOO = grammar("parties", "ranks_too")


def _with_its_noun(sent: Sentence, hit: Hit) -> tuple[int, str]:
    """Where a mention begins and what is written onto it: عسكرية is the adjective of the noun before it (لدورية عسكرية)."""
    noun = hit.first - 1
    if sent.form(hit.first) != "عسكريه" or noun < 0 or not sent.form(noun).endswith("ه"):
        return hit.first, hit.prefix
    form = sent.form(noun)
    return noun, form[0] if form[0] in "لب" and form[1:] in _UNITS else ""


_UNITS = grammar("parties", "units")


_SIDES = {"militants": "armed", "security_forces": "state"}
NAMELESS = frozenset(("militants", "unknown armed group", "insurgents", "Islamist militants"))


def names_group(hit: Hit) -> bool:
    """Whether the hit of an actor names an armed group: not merely "gunmen"."""
    return hit.entry.info[0] in ("armed_group", "militia") and hit.entry.value not in NAMELESS


def described(sent: Sentence, hit: Hit) -> bool:
    """A nameless noun beside the name of the group ("fighters of the Houthis", "Islamic State militants"): the name tells more."""
    return hit.entry.value in NAMELESS and (_name_after(sent, hit) is not None or _name_before(sent, hit))


def _name_after(sent: Sentence, hit: Hit) -> Hit | None:
    """The named group right after a noun, or after "of"."""
    at = past_belonging(sent, hit.last)
    at += sent.form(at) in QUOTES  # "fighters of «X»"
    at += bool(sent.starts(at, "generic")) and not sent.starts(at, "actor")  # "fighters of the organisation X"
    return next((a for a in sent.starts(at, "actor") if names_group(a)), None) or next(
        (
            p
            for p in sent.starts(at, "people")
            if p.entry.info.group == "militants" and p.entry.info.who not in ("", "militants")
        ),
        None,
    )


def _name_before(sent: Sentence, hit: Hit) -> bool:
    return sent.toks[hit.first].kind == "latin" and any(a.last == hit.first and names_group(a) for a in sent.layer("actor"))


def _noun_before(sent: Sentence, hit: Hit) -> Hit | None:
    """The nameless noun that a name belongs to, so that the two are one mention ("gunmen of Boko Haram")."""
    if hit.prefix.startswith("و"):
        return None  # "the Houthis and the forces of X" are two
    at = next((k for k in range(hit.first - 1, hit.first - WHOSE - 2, -1) if not says_whose(sent, k)), hit.first - 1)
    beside = [*sent.starts(at, "actor"), *sent.starts(at, "people")]
    return next((h for h in beside if h.entry.value in NAMELESS and h.last == at + 1), None)


def _after_name(sent: Sentence, hit: Hit, covered: set[int]) -> bool:
    """ "The terrorist organisation X": a noun that only describes the name before it."""
    at = hit.first - 1
    while at >= 0 and sent.form(at) in QUOTES:
        at -= 1
    return (
        at in covered
        and hit.entry.info.group == "militants"
        and not hit.prefix.startswith("و")
        and hit.prefix.removesuffix("ال") == ""
    )


def _of_actor(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Mention | None:
    if sent.form(hit.first - 1) in _BRANCH:
        return None  # "the branch of al-Qaeda": another's name for the group told before
    if hit.entry.info[0] == "force" and _possessed(sent, hit, note.lang) and _land_before(sent, hit.first):
        return None  # "its troops"
    if hit.entry.info[0] == "force" and note.lang == "ar" and _belongs(sent, hit):
        return None  # whose they are is told behind it
    if hit.entry.value in NAMELESS and sent.form(hit.first) in _UNKNOWN and _of_people(sent, hit):
        return None  # two unknown men who were found dead
    party = named(note, sent, hit, home)
    if party is None:
        return None
    kind = hit.entry.info[0]
    side = "armed" if kind in _ARMED else "civil" if kind in ("broad_civil", "international", "political") else "state"
    if kind == "broad":
        side = "armed" if "militant" in hit.entry.value else "civil"
    if kind in ("armed_group", "militia") and (noun := _noun_before(sent, hit)) is not None:
        return Mention(noun.first, hit.last, (party,), noun.prefix, side)
    if kind == "rulers":
        whose = note.lang == "ar" and bool(sent.starts(hit.last, "demonym"))
        return Mention(hit.first, hit.last + whose, (party,), hit.prefix, side, _land_beside(sent, hit) or home)
    shared = next((d for d in sent.starts(hit.last, "demonym") if d.prefix.startswith("و")), None)
    if shared is None or side != "state":
        whose = (
            note.lang == "ar"
            and kind == "force"
            and any(not d.prefix.startswith("و") for d in sent.starts(hit.last, "demonym"))
        )
        others = also_theirs(note, sent, hit.first) if note.lang == "en" and kind == "force" else ()
        return Mention(hit.first, hit.last + whose, (*others, party), hit.prefix, side)
    return Mention(hit.first, shared.last, (party, army_of(note, shared)), hit.prefix, side)


def _belongs(sent: Sentence, hit: Hit) -> bool:
    """Whether an Arabic force is told to be that of another (طائرات حربية تابعة لحكومة الوفاق)."""
    owner = sent.starts(hit.last + 1, "actor") if sent.form(hit.last) in words("ar")["belongs"] else ()
    return any(a.prefix in ("ل", "لل") for a in owner)


def _of_people(sent: Sentence, hit: Hit) -> bool:
    """Whether an adjective stands right behind people who are no gunmen (جثتي رجلين مجهولين، ثلاثة أشخاص مجهولين)."""
    return any(p.last == hit.first and p.entry.info.group != "militants" for p in sent.layer("people"))


_BRANCH, _UNKNOWN = grammar("parties", "branch"), grammar("parties", "unknown")
