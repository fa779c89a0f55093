"""The mentions around one event's triggers, and what stands to the left of a trigger: a subject put before its verb, the doer of the
light verb that carries the noun (شن الجيش هجوما), or whose the noun is (سيطرتها). scene.py walks to the right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from marsad.read.annotate import Annotated, Sentence
from marsad.read.asides import asides
from marsad.read.lexicon import QUOTES, Hit
from marsad.read.mention import Mention, force_name
from marsad.read.parties import mentions
from marsad.read.phrases import words as counted
from marsad.read.rolewords import governors, speakers, words
from marsad.read.subjects import auxiliaries, subjects
from marsad.read.told import Told
from marsad.scales import FAMILY_OF, Family

_LEFT, _OWNED, _NOUN = 9, 16, 6
_JOINED = 3  # tokens between two that "and" joins
_UNIT = 7  # tokens between a verb of saying and whose unit says it
AGENT, TARGET, BOTH = "agent", "target", "both"
Sides = dict[int, tuple[str, Mention]]  # first token of a mention -> (side, mention)
CIVIL = frozenset(("protest", "riot"))


class Leftward:
    """The mentions around one event's triggers, and the side each is found to be on."""

    def __init__(
        self,
        note: Annotated,
        sent: Sentence,
        acts: list[Hit],
        tolls: list[Told],
        segment: tuple[int, int],
        home: str,
        kind: str,
    ) -> None:
        self.note, self.sent, self.acts, self.tolls, self.home, self.kind = note, sent, acts, tolls, home, kind
        self.first, self.last = segment
        self.lang = note.lang
        self.words, self.governors = words(note.lang), governors(note.lang)
        spoken = speakers(sent, note.lang)
        told = map(self._ruling, mentions(note, sent, home))
        self.all = [m for m in told if m is not None and not self._worn(m) and not self._describes(m)]
        self.aside = asides(sent, note.lang)
        self.in_weapons = {k for w in sent.layer("weapon") for k in range(w.first + 1, w.last)}
        self.described = {m.last for m in self.all if not m.prefix.endswith("ال")}  # tokens where a verb only describes
        self.at = {m.first: m for m in reversed(self.all) if m.first not in spoken}
        self.victims = {k for t in tolls for k in range(t.group.first, self._among_them(t.group.last) + 1)}
        self.sides: Sides = {}

    def _among_them(self, at: int) -> int:
        """The last token of "among them five soldiers" at `at`; `at` itself where nothing such follows."""
        among = self.sent.form(at) in counted(self.lang)["subset"]
        return self.sent.clause(at)[1] - 1 if among else at

    def _ruling(self, mention: Mention) -> Mention | None:
        """A government imposes; what it is told to search or arrest, its security forces do; in any other event it has no part."""
        family = FAMILY_OF[self.kind]
        if not mention.rules or family is Family.MEASURE:
            return mention
        forces = (replace(mention.parties[0], name=force_name("security forces", mention.rules)),)
        return replace(mention, parties=forces) if family is Family.OPERATION else None

    def _worn(self, mention: Mention) -> bool:
        """Whether a force is named only for its dress, that others wear."""
        beside = (mention.first - 1,) if self.lang == "ar" else (mention.last, mention.last + 1)
        return any(self.sent.form(k) in self.words["disguise"] for k in beside)

    def _describes(self, mention: Mention) -> bool:
        """Whether a party is named only to tell whom another fights, backs or obeys ("the forces, which fight the Taliban")."""
        at = mention.first - 1
        at -= self.sent.form(at) in QUOTES
        verb = self.sent.form(at) in self.words["describing"]
        return verb and any(self.sent.form(k) in self.words["relative"] for k in (at - 1, at - 2))

    def take(self, mention: Mention, side: str) -> None:
        self.sides.setdefault(mention.first, (side, mention))

    def walk_left(self, act: Hit) -> None:
        """The subject before its verb, the doer of the light verb that carries the noun, or whose the noun is (سيطرتها)."""
        if self._own_forces(act) or self._answered(act):
            return
        itself = self._said_of_itself if self.lang == "en" else self._announced_itself
        speaker = next((m for m in reversed(self.all) if itself(m, act)), None)
        if speaker is not None:
            repelled = range(speaker.last, act.first)
            lemmas = {v.entry.value for k in repelled for v in self.sent.starts(k, "verb")}
            self.take(speaker, TARGET if lemmas & self.words["repel"] else AGENT)
            return
        if self.lang == "en" and act.entry.info.pos in ("verb", "phrase"):
            self._english_subject(act)
            return
        verb = act.entry.info.pos == "verb" or (act.entry.info.pos == "phrase" and self._with_a_verb(act))
        told = self._owned_by(act) if not verb and self._has_owner(act) else self._before(act, verb=verb)
        if told is not None and not (told[0].first in self.victims and told[1] == AGENT):
            self.take(*told)
            self._chain(*told)

    def _answered(self, act: Hit) -> bool:
        """Whether the act is only what another answered (ردا على إطلاق الصواريخ): whoever stands before it did not do it."""
        before = self.sent.form(act.first - 1), self.sent.form(act.first - 2).removeprefix("و")
        return before[0] in ("علي", "to", "for") and before[1] in self.words["answers"] and act.entry.info.pos != "verb"

    def _has_owner(self, act: Hit) -> bool:
        """Whether a pronoun on a noun tells whose act it is (سيطرتها)."""
        return act.suffix in ("ه", "ها", "هم", "هما") or self.sent.form(act.first).endswith(("ته", "تها", "تهم"))

    def _reached(self, act: Hit, mentions: Iterable[Mention], reach: int) -> Iterator[Mention]:
        """The mentions before `act` that it can belong to, the nearest first: none beyond `reach`, nor beyond one that has its side."""
        for mention in sorted(mentions, key=lambda m: -m.first):
            if mention.last > act.first or self._by_the_way(mention.first, act):
                continue
            outside = mention.first < self.first and not self._antecedent(mention, act)
            if self._gap(mention, act) > reach or outside or mention.first in self.sides:
                return
            yield mention

    def _owned_by(self, act: Hit) -> tuple[Mention, str] | None:
        """Whose the act of a noun is, or who suffered it (مقتله)."""
        suffered = act.entry.info.role == "result" or self.kind == "assassination"
        for mention in self._reached(act, self.all, _LEFT + _NOUN):
            if not mention.bound:
                return mention, TARGET if suffered or mention.side == "civil" else AGENT
            if not self._governed(mention) and self._owner(mention):
                side = self._of_light_verb(mention, act)
                return (mention, side) if side else None
        return None

    def _before(self, act: Hit, *, verb: bool) -> tuple[Mention, str] | None:
        """The subject put before a verb, or the doer of the light verb that carries a noun."""
        for mention in self._reached(act, self.at.values(), _LEFT + _NOUN * (not verb or self.lang == "en")):
            if self.lang == "en" and self._modifies(mention, act):
                return mention, AGENT
            if not (self._owner(mention) or self._antecedent(mention, act)) and (mention.bound or self._governed(mention)):
                continue
            side = self._subject(mention, act) if verb else self._accused(mention, act) or self._of_light_verb(mention, act)
            return (mention, side) if side else None
        return None

    def _english_subject(self, act: Hit) -> None:
        """The subject of an English verb: who does it, or in the passive whom it befalls."""
        info = act.entry.info
        participle = info.tense == "past" or any(v.entry.info[0] == "past" for v in self.sent.starts(act.first, "verb"))
        been = range(auxiliaries(self.sent, act.first), act.first)
        passive = participle and any(self.sent.form(k) in self.words["be"] for k in been)
        suffers = (passive and FAMILY_OF[info.kind] is not Family.POSTURE) or info.lemma in self.words["befalls"]
        for told in subjects(self.sent, act.first, sorted(self.at.values(), key=lambda m: m.first), self.aside):
            does = told.side != "civil" or self._crowd(told)
            if suffers:
                self.take(told, TARGET)
            elif does and told.first not in self.victims:
                self.take(told, AGENT)

    def _own_forces(self, act: Hit) -> bool:
        """Whether what acts is told as somebody's own ("the army said that its aircraft struck"): takes the party named last."""
        before = (h for h in self.sent.starts(act.first - 1, "set") if h.entry.value in ("forces", "arms_of_state"))
        theirs = any(h.suffix in ("ه", "ها", "هم") for h in before)
        if not theirs or act.entry.info.pos != "verb" or act.entry.info.voice == "p" or self._befell(act):
            return False
        owners = [m for m in self.all if m.last < act.first and m.side != "civil" and act.first - m.last <= _OWNED]
        if owners:
            self.take(self._who_goes_on(act) or owners[-1], AGENT)
        return bool(owners)

    def _who_goes_on(self, act: Hit) -> Mention | None:
        """Who spoke first in an Arabic sentence, where "and it said that its aircraft" has no subject of its own."""
        that = act.first - 2
        said = (
            self.sent.form(that) == "ان"
            and self.sent.form(that - 1).startswith("و")
            and self.sent.is_cue(that - 1, "speech.verbs")
        )
        first = (c for c in self.sent.cues(("speech.verbs",), 0, that - 1) for m in self.all if m.first == c.last)
        cue = next(first, None) if said else None
        return next((m for m in self.all if cue is not None and m.first == cue.last and m.side != "civil"), None)

    def _antecedent(self, mention: Mention, act: Hit) -> bool:
        """Whether a relative pronoun alone stands between a mention and the verb: whatever governs the mention, it is whose act it is."""
        return mention.last == act.first - 1 and self.sent.form(mention.last) in self.words["relative"]

    def _modifies(self, mention: Mention, act: Hit) -> bool:
        """Whose attack it is, told right before the noun ("a coalition air raid", "army artillery fire")."""
        between = range(mention.last, act.first)
        return mention.side != "civil" and all(self.sent.starts(k, "weapon") for k in between)

    def _with_a_verb(self, act: Hit) -> bool:
        """Whether a phrase begins with a finite verb (علقت عملياتها; not نجحت في صد هجوم); English phrases nearly all do."""
        if self.lang == "en":
            return True
        noun = self.sent.form(act.first - 1) in ("في", "من")
        return not noun and any(h.suffix == "" for h in self.sent.starts(act.first, "verb"))

    def _chain(self, mention: Mention, side: str) -> None:
        """Those joined to `mention` by "and" before it."""
        for other in list(self.at.values()):
            if (
                other.first < mention.first
                and 0 <= mention.first - other.last <= self._reach_of(other)
                and self._joined(other, mention)
            ):
                self.take(other, side)
                self._chain(other, side)

    def _reach_of(self, one: Mention) -> int:
        """How far one joined to `one` by "and" may stand: its short name between brackets takes none of it."""
        return _JOINED + 3 * (self.sent.form(one.last) == "(")

    def _joined(self, one: Mention, other: Mention) -> bool:
        """Whether "and" joins two mentions."""
        return other.prefix.startswith("و") or any(
            self.sent.form(k) in ("and", ",", "و") for k in range(one.last, other.first)
        )

    def _subject(self, mention: Mention, act: Hit) -> str:
        """Whether `mention` before the Arabic verb `act` is its subject: nothing governs it, and only names or a relative stand between."""
        between = [k for k in range(mention.last, act.first) if not self._by_the_way(k, act)]
        if self.verb_among(between) or len(between) > 5:
            return ""
        relative = any(self.sent.form(k) in self.words["relative"] for k in between)
        info = act.entry.info
        if act.suffix and relative:
            return TARGET
        if (
            info.voice == "p"
            or info.lemma == "استشهد"
            or (info.role == "result" and info.number == "p" and self._among_victims(mention, act))
            or self._befell(act)
        ):
            return TARGET
        adjacent = any(m.first in range(act.last, act.last + 2) and not m.bound for m in self.at.values())
        if adjacent and not relative and info.number == "s" and self._fronted(mention) is False:
            return ""
        return AGENT if mention.side != "civil" or self._crowd(mention) else ""

    def _befell(self, act: Hit) -> bool:
        """Whether those whom a verb of killing tells of stand before it, so that it is passive ("14 of its soldiers were killed")."""
        before = (t for t in self.tolls if t.head == act.first and t.group.last <= act.first and t.group.low)
        return any(t.name in ("killed", "injured") for t in before)

    def _crowd(self, mention: Mention) -> bool:
        """Whether a mention of no force acts as a crowd does: in unrest, or protesters who burn and loot."""
        return self.kind in CIVIL or (self.kind == "arson" and mention.parties[0].name == "protesters")

    def _announced_itself(self, mention: Mention, act: Hit) -> bool:
        """Whether an Arabic party announces an act of its own: أعلن الجيش تنفيذ ضربة; no other stands between."""
        if mention.side == "civil" or mention.last > act.first:
            return False
        noun = mention.last == act.first and self.sent.form(act.first) in self.words["own_act"]  # أعلنت الكتائب قتل جندي
        if not noun and (act.entry.info.pos == "verb" or self._with_a_verb(act)):  # "the army said that it repelled"
            of_itself = self.sent.form(act.first - 1) in self.words["of_itself"] and self._gap(mention, act) <= _LEFT
            return of_itself and self._speaks(mention)
        begin = self.sent.past_a_day(mention.last)
        begin += any(p.first == begin for p in self.sent.layer("place")) if begin == mention.last else 0
        at = mention.first - 1 - (self.sent.form(mention.first - 1) in self.words["heads"])
        said = self.sent.form(at).removeprefix("و")
        return act.first - begin <= 2 and said in self.words["announce"] and self.sent.form(begin) in self.words["own_act"]

    def _speaks(self, mention: Mention) -> bool:
        """Whether an Arabic verb of saying stands right before a mention, or before the unit that is of it (أعلنت الكتيبة التابعة له)."""
        if self.sent.is_cue(mention.first - 1, "speech.verbs"):
            return True
        before = range(mention.first - 1, mention.first - _UNIT - 1, -1)
        verb = next((k for k in before if self.sent.starts(k, "verb") or self.sent.form(k) in "،,؛:"), None)
        return verb is not None and self.sent.is_cue(verb, "speech.verbs") and self._owner(mention)

    def _said_of_itself(self, mention: Mention, act: Hit) -> bool:
        """Whether the speaker tells of its own act ("the group said it had killed", "the army said its aircraft struck")."""
        speaks = next((k for k in (mention.last, mention.last + 1) if self.sent.is_cue(k, "speech.verbs")), None)
        if speaks is None or mention.side == "civil" or act.first - speaks > 5:
            return False
        between = [self.sent.form(k) for k in range(speaks + 1, act.first)]
        passive = any(form in ("was", "were", "been") for form in between)
        return not passive and any(form in ("it", "they", "its", "their") for form in between)

    def _among_victims(self, mention: Mention, act: Hit) -> bool:
        """Whether a mention is of those whom the verb counts before itself, or of a part of them ("six, among them five soldiers")."""
        counted = (t.group for t in self.tolls if t.head == act.first and t.group.last <= act.first)
        return mention.first in self.victims or any(g.first <= mention.first < act.first for g in counted)

    def _fronted(self, mention: Mention) -> bool:
        """Whether the mention opens its clause (after أن، a comma, or at the start)."""
        before = self.sent.form(self._ahead_of(mention))
        return not before or not before.isalnum() or before in self.words["openers"]

    def _ahead_of(self, mention: Mention) -> int:
        """The token before a mention and the arm that it commands ("that the artillery of the army shelled")."""
        at = mention.first - 1
        return at - any(h.entry.value in ("forces", "arms_of_state") for h in self.sent.starts(at, "set"))

    def _accused(self, mention: Mention, act: Hit) -> str:
        """Whoever is accused of an act did it, as is said (اتهم قوات الحكومة بإطلاق قذائف)."""
        verbs = (v for k in range(mention.first - _LEFT, mention.first) for v in self.sent.starts(k, "verb"))
        said = act.prefix.startswith("ب") and any(v.entry.value in self.words["accuse"] for v in verbs)
        return AGENT if said and mention.side != "civil" else ""

    def _of_light_verb(self, mention: Mention, act: Hit) -> str:
        """The doer of شن، نفذ، قام ب... that stands before the noun `act`; what undergoes, of تعرض ل."""
        for at in range(act.first - 1, max(self.first, mention.first - 4) - 1, -1):
            if self._by_the_way(at, act):
                continue
            if self.sent.form(at) in "،,؛;:":
                return ""
            lemmas = {h.entry.value for h in self.sent.starting.get(at, ()) if h.entry.layer == "verb"}
            form = self.sent.form(at).lstrip("وفب")
            if lemmas & self.words["undergo"] or form == "تعرض":
                return TARGET if mention.first > at or self.sent.form(at + 1).startswith(("ل", "الي")) else ""
            if lemmas & self.words["repel"]:
                return TARGET
            if form in self.words["light_nouns"] and mention.first < at and self.sent.form(at + 1).isalpha():
                then = next((f.last for f in self.sent.dates if f.first == at + 1), at + 1)  # "its doing, this week, of"
                return "" if then < act.first and not self.sent.form(then).startswith(("ب", "ل")) else AGENT
            if lemmas & self.words["light"] or form in self.words["light_nouns"]:
                return AGENT if mention.side != "civil" or self._crowd(mention) else ""
        return ""

    def _governed(self, mention: Mention) -> bool:
        before = self.sent.form(mention.first - 1)
        return before in self.governors or (before[:1] in "وف" and before[1:] in self.governors)

    def _owner(self, mention: Mention) -> bool:
        """Whose the subject is: بعثات التدريب التابعة للناتو، قيادي في حماس."""
        before = self.sent.form(mention.first - 1).removeprefix("و").removeprefix("ال")
        member = before in ("في", "من") and self.sent.form(mention.first - 2).removeprefix("ال") in self.words["members"]
        return member or before in ("تابع", "تابعه", "تابعين", "تابعون")

    def _by_the_way(self, at: int, act: Hit) -> bool:
        """Whether the token at `at` is in an aside that `act` is not in."""
        return at in self.aside and self.aside[at] != self.aside.get(act.first)

    def _gap(self, mention: Mention, act: Hit) -> int:
        """The tokens between a mention and the trigger after it, without those told by the way."""
        return sum(not self._by_the_way(k, act) for k in range(mention.last, act.first))

    def verb_among(self, tokens: Iterable[int]) -> bool:
        return any(
            h.entry.layer == "verb" and h.entry.value not in self.words["auxiliary"]
            for k in tokens
            for h in self.sent.starting.get(k, ())
            if self.sent.form(k) not in self.words["be"]
        )
