"""The mentions around one event's triggers, and the side each is on.

From each trigger the words to its right are walked once. What governs a mention is the last preposition or verb before it: a verb's
first bare mention is its doer, the next its object; a verbal noun's genitive is its doer if that is armed (قصف التحالف), its object if
not (قصف أحياء); على and ضد give the target, ل the doer of a verbal noun without one. To its left stands a subject put before its verb,
or the doer of the light verb that carries the noun (شن الجيش هجوما).
"""

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.parties import Mention, force_name, mentions, span_of
from marsad.read.rolewords import governors, speakers, words
from marsad.read.tolls import Told
from marsad.records import Party
from marsad.scales import FAMILY_OF, Family

_RIGHT, _LEFT, _OWNED = 18, 9, 16
AGENT, TARGET, BOTH = "agent", "target", "both"
Sides = dict[int, tuple[str, Mention]]  # first token of a mention -> (side, mention)


class Scene:
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
        self.all = mentions(note, sent, home)
        self.at = {m.first: m for m in reversed(self.all) if m.first not in spoken}
        self.victims = {k for t in tolls for k in range(t.group.first, t.group.last + 1)}
        self.sides: Sides = {}

    def take_inside(self, act: Hit) -> None:
        """A doer that a trigger's own words name (قصفت طائرات التحالف)."""
        for mention in self.all:
            if mention.first < act.last and mention.last > act.first and mention.side != "civil":
                self._take(mention, AGENT)

    # --- to the right

    def walk_right(self, act: Hit) -> None:
        """Give each mention after `act` the side that the words between say."""
        state, at, bare = self._opening(act), act.last, True
        stop = min(self.last, act.last + _RIGHT, len(self.sent.toks))
        previous: Mention | None = None
        while at < stop and not self._ends(at, act):
            mention = self.at.get(at)
            if mention is None and self._after_the_way(at, state, act):
                state = "subject"
            if mention is None:
                state, at, bare = self._next_state(state, at, bare)
                continue
            joined = previous is not None and at - previous.last <= 4 and self._joined(previous, mention)
            side = (
                self.sides.get(previous.first, ("", previous))[0]
                if joined and previous
                else self._side(state, mention, act, at)
            )
            if side:
                self._take(mention, side)
                state = self._after(state, side, act)
            previous, at = mention, mention.last

    def _after_the_way(self, at: int, state: str, act: Hit) -> bool:
        """Whether the place or day that a verb of moving takes ends before `at`: its subject may follow (وصلت إلى تيساليت أمس قوات)."""
        if self.lang != "ar" or state not in ("", "place", "time") or FAMILY_OF[self.kind] is not Family.POSTURE:
            return False
        told = any(h.last == at for h in self.sent.layer("place")) or any(f.last == at for f in self.sent.dates)
        return told and act.entry.info.pos == "verb" and not any(side == AGENT for side, _ in self.sides.values())

    def _opening(self, act: Hit) -> str:
        info = act.entry.info
        if info.pos == "phrase" and self.lang == "ar" and self._with_a_verb(act):
            return "subject"
        if info.pos == "verb":
            if self.kind in _UNDERGONE.get(self.lang, ()) and info.lemma in ("تعرض",):
                return TARGET
            if act.suffix and self.lang == "ar":
                return AGENT
            if self._of_an_act(act):
                return "object"
            done = any(side == AGENT and m.last <= act.last for side, m in self.sides.values())
            return "victim" if info.voice == "p" else "object" if self.lang == "en" or done else "subject"
        if self.lang == "en" and info.pos == "phrase" and any(side == AGENT for side, _ in self.sides.values()):
            return "object"
        if info.role == "result" or info.lemma in self.words["of_victims"]:
            return "victim"
        return "genitive"

    def _of_an_act(self, act: Hit) -> bool:
        """Whether the verb is a relative clause's whose subject is a word of doing ("the attack that hit a garrison")."""
        if self.lang != "ar" or act.entry.info.voice == "p" or self.sent.form(act.first - 1) not in self.words["relative"]:
            return False
        return any(a.last in (act.first - 1, act.first - 2) and a.entry.info.pos != "verb" for a in self.acts)

    def _ends(self, at: int, act: Hit) -> bool:
        """Whether the words that `act` governs end at token `at`."""
        if self.governors.get(self.sent.form(at)) == AGENT:
            return False
        if self.sent.form(at) in "؛;.!?؟" or self.sent.is_cue(at, "connective.clause"):
            return True
        for hit in self.sent.starts(at, "trigger"):
            if any(a.first == hit.first for a in self.acts):
                return True
            if hit.entry.info.role == "act" and (hit.entry.info.pos == "verb" or not hit.prefix.endswith("ال")):
                return True
        return at > act.last and (self.sent.is_cue(at, "speech.verbs") or self._another_verb(at))

    def _another_verb(self, at: int) -> bool:
        """Whether a finite verb that is surely one begins a clause of its own at `at` (جنودا دربهم التحالف)."""
        if self.lang != "ar" or self.sent.form(at - 1) in self.words["relative"] or self.sent.form(at) in self.governors:
            return False
        hits = self.sent.starts(at, "verb")
        return any(
            h.suffix or h.entry.info[0] == "present" or self.sent.form(at).endswith(("وا", "ت")) for h in hits
        ) and not any(h.entry.value in self.words["auxiliary"] or h.entry.value in self.words["causal"] for h in hits)

    def _next_state(self, state: str, at: int, bare: bool) -> tuple[str, int, bool]:
        """The state after the token at `at`, which is no mention."""
        form = self.sent.form(at)
        two = f"{form} {self.sent.form(at + 1)}"
        table = self.governors
        if self.kind in _CONTROL and form in ("من", "from"):
            return TARGET, at + 1, False
        if self.kind == "handover" and form in ("الي", "to", "من", "from"):
            return TARGET, at + 1, False
        if state == "subject" and form in self.words["of_unit"] and self._counted_or_unit(at):
            return state, at + 1, bare  # "a unit of the National Guard", "hundreds of policemen"
        if form in self.words["blamed"]:
            return "blamed", at + 1, False
        if state == "blamed":
            return (AGENT if form in ("الي", "to", "on") else state), at + 1, False
        for said, width in (
            (two, 2),
            (two[1:] if form[:1] == "و" else two, 2),
            (form, 1),
            (form[1:] if form[:1] in "وف" else form, 1),
        ):
            if said in table:
                return table[said], at + width, False
        if form in "،,":
            return ("" if state in ("genitive", "place", "time") else state), at + 1, bare
        if (
            self.lang == "ar"
            and state in ("subject", "genitive")
            and form[:1] in "بل"
            and len(form) > 4
            and self._noun_with(form)
        ):
            return ("place" if form[0] == "ب" else state), at + 1, False
        return state, at + 1, bare

    def _counted_or_unit(self, at: int) -> bool:
        return self.sent.in_set("forces", at - 2, at) is not None or any(n.last == at for n in self.sent.numbers)

    def _noun_with(self, form: str) -> bool:
        return form[1:3] == "ال" or form.startswith("لل") or form[1:] in self.words["place_words"]

    def _side(self, state: str, mention: Mention, act: Hit, at: int) -> str:
        """The side of `mention` in `state`."""
        info = act.entry.info
        if self.governors.get(self.sent.form(mention.first)) == AGENT:
            return AGENT  # "by Indian fire"
        if self.lang == "ar" and mention.bound and state in ("genitive", "subject", "object", "place", TARGET, "victim"):
            state = self._bound(state, mention, act)
        if state == "between" or (state == "with" and self.kind in ("clash", "agreement")):
            return BOTH
        if mention.first in self.victims and state not in (AGENT,):
            return "" if state in ("place", "time", "") else TARGET
        if state in (AGENT, TARGET):
            return state
        if state == "with":
            return AGENT if mention.side != "civil" else ""
        if state == "victim":
            return TARGET
        if state == "subject":
            doer = mention.side != "civil" or self.kind in CIVIL
            return (AGENT if doer else TARGET) if at - act.last <= 6 else ""
        if state == "object":
            return TARGET
        if state == "genitive":
            if info.kind in _OF_OBJECT or mention.side == "civil":
                return TARGET if self.kind not in CIVIL else AGENT
            return AGENT if at - act.last <= 5 else ""
        return ""

    def _bound(self, state: str, mention: Mention, act: Hit) -> str:
        """ل on a mention makes it the doer of a verbal noun that has none, else the owner of what is hit; ب and ك make it neither."""
        if state == TARGET:
            return TARGET
        to = mention.prefix.removeprefix("و").removeprefix("ف").startswith("ل")
        if not to:
            return "victim" if mention.prefix.startswith("ب") and act.entry.info.lemma in self.words["with_b"] else ""
        if act.entry.info.pos == "verb":
            return "object" if act.entry.info.lemma in ("كمن", "تصدى", "تعرض") or state == "object" else ""
        has_doer = any(side == AGENT for side, _ in self.sides.values())
        has_doer = has_doer or any(self.sent.in_set(name, act.last, mention.first) for name in ("base", "owned"))
        return TARGET if has_doer or act.entry.info.lemma in self.words["of_victims"] else AGENT

    def _after(self, state: str, side: str, act: Hit) -> str:
        if state == "subject" and side == AGENT:
            return "object"
        return state

    def _take(self, mention: Mention, side: str) -> None:
        self.sides.setdefault(mention.first, (side, mention))

    # --- to the left

    def walk_left(self, act: Hit) -> None:
        """The subject before its verb, the doer of the light verb that carries the noun, or whose the noun is (سيطرتها)."""
        if self._own_forces(act):
            return
        verb = act.entry.info.pos == "verb" or (act.entry.info.pos == "phrase" and self._with_a_verb(act))
        owned = not verb and (
            act.suffix in ("ه", "ها", "هم", "هما") or self.sent.form(act.first).endswith(("ته", "تها", "تهم"))
        )
        for mention in sorted(self.all if owned else self.at.values(), key=lambda m: -m.first):
            if mention.last > act.first:
                continue
            if (
                act.first - mention.last > _LEFT + 6 * (not verb or self.lang == "en")
                or (mention.first < self.first and not self._antecedent(mention, act))
                or mention.first in self.sides
            ):
                return
            if owned and not mention.bound:
                self._take(mention, AGENT if mention.side != "civil" else TARGET)
                return
            if not (self._owner(mention) or self._antecedent(mention, act)) and (mention.bound or self._governed(mention)):
                continue
            if self.lang == "en" and not verb and self._modifies(mention, act):
                side = AGENT
            else:
                side = self._subject(mention, act) if verb else self._of_light_verb(mention, act)
            if side and not (mention.first in self.victims and side == AGENT):
                self._take(mention, side)
                self._chain(mention, side)
            return

    def _own_forces(self, act: Hit) -> bool:
        """Whether what acts is told as somebody's own ("the army said that its aircraft struck"): takes the party named last."""
        before = (h for h in self.sent.starts(act.first - 1, "set") if h.entry.value in ("forces", "arms_of_state"))
        theirs = any(h.suffix in ("ه", "ها", "هم") for h in before)
        if not theirs or act.entry.info.pos != "verb" or act.entry.info.voice == "p":
            return False
        owners = [m for m in self.all if m.last < act.first and m.side != "civil" and act.first - m.last <= _OWNED]
        if owners:
            self._take(owners[-1], AGENT)
        return bool(owners)

    def _antecedent(self, mention: Mention, act: Hit) -> bool:
        """Whether a relative pronoun alone stands between a mention and the verb: whatever governs the mention, it is whose act it is."""
        return mention.last == act.first - 1 and self.sent.form(mention.last) in self.words["relative"]

    def _modifies(self, mention: Mention, act: Hit) -> bool:
        """Whose attack it is, told right before the noun ("a coalition air raid", "army artillery fire")."""
        between = range(mention.last, act.first)
        return mention.side != "civil" and all(self.sent.starts(k, "weapon") for k in between)

    def _with_a_verb(self, act: Hit) -> bool:
        """Whether a phrase begins with a finite verb (علقت عملياتها); English phrases nearly all do."""
        return self.lang == "en" or any(h.suffix == "" for h in self.sent.starts(act.first, "verb"))

    def _chain(self, mention: Mention, side: str) -> None:
        """Those joined to `mention` by "and" before it."""
        for other in list(self.at.values()):
            if other.first < mention.first and 0 <= mention.first - other.last <= 3 and self._joined(other, mention):
                self._take(other, side)
                self._chain(other, side)

    def _joined(self, one: Mention, other: Mention) -> bool:
        """Whether "and" joins two mentions."""
        return other.prefix.startswith("و") or any(
            self.sent.form(k) in ("and", ",", "و") for k in range(one.last, other.first)
        )

    def _subject(self, mention: Mention, act: Hit) -> str:
        """Whether `mention` before the verb `act` is its subject: nothing governs it, and only names or a relative stand between."""
        goes_on = self.lang == "en" and self.sent.form(act.first - 1) == "and"  # "broke into the store and looted it"
        if not goes_on and (self._verb_between(mention.last, act.first) or act.first - mention.last > 5):
            return ""
        relative = any(self.sent.form(k) in self.words["relative"] for k in range(mention.last, act.first))
        info = act.entry.info
        if act.suffix and relative:
            return TARGET
        if self.lang == "en":
            passive = info.tense == "past" and any(
                self.sent.form(k) in self.words["be"] for k in range(mention.last, act.first)
            )
            return TARGET if passive else AGENT if mention.side != "civil" or self.kind in CIVIL else ""
        if info.voice == "p" or (info.role == "result" and info.number == "p" and mention.first in self.victims):
            return TARGET
        adjacent = any(m.first in range(act.last, act.last + 2) and not m.bound for m in self.at.values())
        if adjacent and not relative and info.number == "s" and self._fronted(mention) is False:
            return ""
        return AGENT if mention.side != "civil" or self.kind in CIVIL else ""

    def _fronted(self, mention: Mention) -> bool:
        """Whether the mention opens its clause (after أن، a comma, or at the start)."""
        before = self.sent.form(mention.first - 1)
        return not before or not before.isalnum() or before in self.words["openers"]

    def _of_light_verb(self, mention: Mention, act: Hit) -> str:
        """The doer of شن، نفذ، قام ب... that stands before the noun `act`; what undergoes, of تعرض ل."""
        for at in range(act.first - 1, max(self.first, mention.first - 4) - 1, -1):
            if self.sent.form(at) in "،,؛;:":
                return ""
            lemmas = {h.entry.value for h in self.sent.starting.get(at, ()) if h.entry.layer == "verb"}
            form = self.sent.form(at).lstrip("وفب")
            if lemmas & self.words["undergo"]:
                return TARGET
            if lemmas & self.words["repel"]:
                return TARGET
            if lemmas & self.words["light"] or form in self.words["light_nouns"]:
                return AGENT if mention.side != "civil" or self.kind in CIVIL else ""
        return ""

    def _governed(self, mention: Mention) -> bool:
        before = self.sent.form(mention.first - 1)
        return before in self.governors or (before[:1] in "وف" and before[1:] in self.governors)

    def _owner(self, mention: Mention) -> bool:
        """Whose the subject is: بعثات التدريب التابعة للناتو، قيادي في حماس."""
        before = self.sent.form(mention.first - 1).removeprefix("و").removeprefix("ال")
        member = before in ("في", "من") and self.sent.form(mention.first - 2).removeprefix("ال") in self.words["members"]
        return member or before in ("تابع", "تابعه", "تابعين", "تابعون")

    def _verb_between(self, first: int, last: int) -> bool:
        return any(
            h.entry.layer == "verb" and h.first < last and h.entry.value not in self.words["auxiliary"]
            for k in range(first, last)
            for h in self.sent.starting.get(k, ())
            if self.sent.form(k) not in self.words["be"]
        )

    # --- the outcome

    def parties(self) -> tuple[list[Party], list[Party]]:
        """(actors, targets) in order of the text, states as doers and the people of tolls among them."""
        ordered = [self.sides[k] for k in sorted(self.sides)]
        actors = [p for side, m in ordered if side in (AGENT, BOTH) for p in m.parties]
        targets = [p for side, m in ordered if side == TARGET for p in m.parties]
        if self.kind == "clash":
            armed = [m for side, m in ordered if side == TARGET and m.side != "civil"]
            actors += [p for m in armed for p in m.parties]
            targets = [t for t in targets if t.name not in {p.name for m in armed for p in m.parties}]
        actors += [
            p
            for act in self.acts
            if act.entry.info.role == "act" and act.entry.info.pos != "verb"
            for p in self._adjective(act)
        ]
        for told in self.tolls:
            for hit in told.group.who:
                mention = self.at.get(hit.first)
                if (
                    mention is not None
                    and self.sides.get(hit.first, ("", mention))[0] != AGENT
                    and "unknown" not in mention.parties[0].name
                ):
                    targets += mention.parties
        return actors, targets

    def _adjective(self, act: Hit) -> list[Party]:
        after = (act.last, act.last + 1) if self.lang == "ar" else (act.first - 1, act.first - 2)
        for k in after:
            for d in self.sent.starts(k, "demonym"):
                if d.first in self.victims or any(m.first <= d.first < m.last for m in self.at.values()):
                    continue
                if self.lang == "en" or act.definite == d.prefix.endswith("ال"):
                    return [Party(force_name("military", d.entry.value), span_of(self.note, d))]
        return []


_CONTROL = frozenset(("territory_seized", "territory_retaken"))
CIVIL = frozenset(("protest", "riot"))
_OF_OBJECT = frozenset(("assassination", "abduction", "arrest", "seizure", "arson"))
_UNDERGONE: dict[str, tuple[str, ...]] = {"ar": ("armed_attack", "shelling", "air_strike", "bombing")}
