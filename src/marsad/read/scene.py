"""The mentions around one event's triggers, and the side each is on.

From each trigger the words to its right are walked once. What governs a mention is the last preposition or verb before it: a verb's
first bare mention is its doer, the next its object; a verbal noun's genitive is its doer if that is armed (قصف التحالف), its object if
not (قصف أحياء); على and ضد give the target, ل the doer of a verbal noun without one. To its left stands a subject put before its verb,
or the doer of the light verb that carries the noun (شن الجيش هجوما).
"""

from dataclasses import replace

from marsad.read.carried import Carried
from marsad.read.leftward import AGENT, BOTH, CIVIL, TARGET
from marsad.read.lexicon import QUOTES, Hit
from marsad.read.mention import Mention, army_of, thought_to_be
from marsad.read.nations import ruling_party
from marsad.read.placehood import word_here
from marsad.read.rolewords import unit_of
from marsad.read.triggers import at_dawn
from marsad.records import Party
from marsad.scales import FAMILY_OF, Family

RIGHT = 18
_LET_OFF = 6  # tokens between a verb and the weapon it lets off


class Scene(Carried):
    """The mentions around one event's triggers, and the side each is found to be on."""

    def take_inside(self, act: Hit) -> None:
        """A doer that a trigger's own words name (قصفت طائرات التحالف)."""
        for mention in self.all:
            if mention.first < act.last and mention.last > act.first and mention.side != "civil":
                self.take(mention, AGENT)

    def walk_right(self, act: Hit) -> None:
        """Give each mention after `act` the side that the words between say."""
        state, at, bare = self._opening(act), act.last, True
        stop = min(self.last, act.last + RIGHT, len(self.sent.toks))
        previous: Mention | None = None
        while at < stop and not self._ends(at, act):
            mention = self.at.get(at)
            if mention is None and self._after_the_way(at, state, act):
                state = "subject"
            if mention is None:
                state, at, bare = self._next_state(state, at, bare)
                continue
            if self._begins_a_clause(mention):
                break
            joined = previous is not None and at - previous.last <= 4 and self._joined(previous, mention)
            if joined and previous and self.kind in CIVIL and (previous.side == "civil") != (mention.side == "civil"):
                joined = False  # a crowd and the police do not march together
            side = (
                self.sides.get(previous.first, ("", previous))[0]
                if joined and previous
                else self._side(state, mention, act, at)
            )
            if side:
                self.take(mention, side)
                state = self._after(state, side, act)
            previous, at = mention, mention.last

    def _begins_a_clause(self, mention: Mention) -> bool:
        """Whether "and" and an Arabic subject put before its verb begin another clause (المقاومة تستعيد مبنى والتحالف يدك مخازن)."""
        return self.lang == "ar" and mention.prefix.startswith("و") and self.sent.bare_verb(mention.last)

    def _acts_anew(self, act: Hit) -> bool:
        """Whether an Arabic "and" and a verb of striking have a force of their own right behind them (وأطلقت سفن أمريكية صواريخ)."""
        behind = self.at.get(act.last)
        strikes = self.lang == "ar" and act.prefix.startswith("و") and self.kind in ("shelling", "air_strike")
        return strikes and behind is not None and behind.side == "state" and not behind.bound

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
            if self._acts_anew(act):
                return "subject"
            done = any(side == AGENT and m.last <= act.last for side, m in self.sides.values())
            return "victim" if info.voice == "p" else "object" if self.lang == "en" or done else "subject"
        if self.lang == "en" and info.pos != "verb" and (info.objects or self.sent.form(act.last - 1) in self.words["hits"]):
            return "object"  # "rockets hit the base"
        if self.lang == "en" and info.pos == "phrase" and any(side == AGENT for side, _ in self.sides.values()):
            return "object"
        if info.role == "result" or info.lemma in self.words["of_victims"]:
            return "victim"
        return "genitive"

    def _ends(self, at: int, act: Hit) -> bool:
        """Whether the words that `act` governs end at token `at`."""
        named = self.at.get(at)
        if named is not None and named.last - at > 1:
            return False  # a name of several words is no verb (فيلق الشام)
        if self.lang == "ar" and self.sent.starts(at, "verb") and self._a_place(at):
            return False
        governs = self.governors.get(self.sent.form(at))
        if governs == AGENT or (governs == TARGET and self.sent.form(at).endswith("ing")):
            return False  # "by", "carrying soldiers"
        if self.sent.form(at) in "؛;.!?؟" or self.sent.is_cue(at, "connective.clause"):
            return True
        if at in self.in_weapons and any(w.first < at < w.last for w in self.sent.layer("weapon", max(0, at - 3), at + 3)):
            return False  # a drone (طائرة مسيرة) is no march
        for hit in self.sent.starts(at, "trigger"):
            if at_dawn(self.sent, hit) or self._let_off(at, act):
                continue
            if any(a.first == hit.first for a in self.acts):
                return True
            if hit.entry.info.lemma in self.words["causal"] and FAMILY_OF[hit.entry.info.kind] is Family.MEASURE:
                continue  # "clashes that took place" sign no agreement
            known = hit.prefix.endswith("ال") and not self._with_a_clause(hit)
            if hit.entry.info.role == "act" and (hit.entry.info.pos == "verb" or not known):
                return True
        return at > act.last and (self.sent.is_cue(at, "speech.verbs") or self._another_verb(at))

    def _let_off(self, at: int, act: Hit) -> bool:
        """Whether a weapon at `at` is what the verb `act` lets off, after who does it (أطلقت طائرة صاروخا على)."""
        near = act.entry.info.pos == "verb" and at - act.last <= _LET_OFF
        return near and bool(self.sent.starts(at, "weapon"))

    def _a_place(self, at: int) -> bool:
        """Whether what is written like a verb is a town's name (بلدة تدمر)."""
        return any(not word_here(self.sent, p, self.lang) for p in self.sent.starts(at, "place"))

    def _with_a_clause(self, hit: Hit) -> bool:
        """ "The attacks, which": an act that is told of by a clause of its own."""
        return any(self.sent.form(k) in self.words["relative"] for k in (hit.last, hit.last + 1))

    def _another_verb(self, at: int) -> bool:
        """Whether a finite verb that is surely one begins a clause of its own at `at` (جنودا دربهم التحالف)."""
        if self.lang != "ar" or self.sent.form(at - 1) in self.words["relative"] or self.sent.form(at) in self.governors:
            return False
        if at in self.described:
            return False  # it only describes whom it follows (مسلحان يستقلان دراجة)
        hits = self.sent.starts(at, "verb")
        return (
            bool(hits)
            and any(h.suffix or h.entry.info[0] == "present" or self.sent.form(at).endswith(("وا", "ت")) for h in hits)
            and not any(h.entry.value in self.words["auxiliary"] or self._only_joins(h) for h in hits)
        )

    def _only_joins(self, verb: Hit) -> bool:
        """Whether a verb joins an act to what it did; one with a pronoun is a clause of its own ("routes that the rebels use")."""
        return verb.entry.value in self.words["causal"] and not (verb.suffix and verb.entry.info[0] == "present")

    def _next_state(self, state: str, at: int, bare: bool) -> tuple[str, int, bool]:
        """The state after the token at `at`, which is no mention."""
        form = self.sent.form(at)
        two = f"{form} {self.sent.form(at + 1)}"
        if two == "علي ما":
            return state, at + 3, bare  # "as it seems"
        if state == "with" and form == "من":
            return state, at + 1, bare  # "with air support from"
        if self.kind in _CONTROL and form in ("من", "from"):
            return TARGET, at + 1, False
        if self.kind == "handover" and form in ("الي", "to", "من", "from"):
            return TARGET, at + 1, False
        if self._owned_aircraft(state, form, at):
            return AGENT, at + 1, False
        if FAMILY_OF[self.kind] is Family.POSTURE and form in self.words["belongs"]:
            return AGENT, at + 1, False  # "three vehicles that belong to the Houthis withdrew"
        if (state in _OF_A_UNIT and form in self.words["of_unit"] and self._counted_or_unit(at)) or self._in_a_force(form, at):
            return state, at + 1, bare  # "a unit of the National Guard", "between hundreds of policemen and"
        if state in ("subject", "object", "victim", TARGET) and form in ("في", "من") and self._member(at):
            accusative = state == "subject" and self.sent.form(at - 1).endswith("ا")  # "assassinated a leader of Hamas"
            return "object" if accusative else state, at + 1, bare
        if form in self.words["blamed"]:
            return "blamed", at + 1, False
        if state == "blamed":
            return (AGENT if form in ("الي", "to", "on") else state), at + 1, False
        governed, taken = self._governed_by(form, two, at)
        if governed is not None:
            return governed, at + taken, False
        if form in "،,":
            return ("" if state in ("genitive", "place", "time") else state), at + 1, bare
        with_noun = self.lang == "ar" and form[:1] in "بل" and len(form) > 4 and self._noun_with(form)
        if with_noun and state in ("subject", "genitive"):
            return ("place" if form[0] == "ب" else state), at + 1, False
        return state, at + 1, bare

    def _governed_by(self, form: str, two: str, at: int) -> tuple[str | None, int]:
        """What a preposition of two words or one at `at` makes of the mention after it, and of how many it is."""
        governs = self.governors.get
        if (governed := governs(two) or governs(two[1:] if form[:1] == "و" else two)) is not None:
            fell = governed == AGENT and self.kind in _CONTROL and any(side == AGENT for side, _ in self.sides.values())
            return "" if fell else governed, 2  # "retook the town, two days after it fell into the hands of"
        governed = governs(form) or governs(form[1:] if form[:1] in "وف" else form)
        leaders = form in self.words["members"] and self.sent.form(at - 1) == "من"  # قاده, "leaders"
        return (None if leaders else governed), 1

    def _in_a_force(self, form: str, at: int) -> bool:
        """Whether "in" stands before the force that a unit is of ("the 14th division in the army")."""
        force = self.at.get(at + 1) if form == "في" else None
        return force is not None and force.side == "state" and not force.bound

    def _owned_aircraft(self, state: str, form: str, at: int) -> bool:
        """ "A drone that belongs to": whose it is did it, where the drone itself is the doer."""
        belongs = state in ("subject", "genitive", "other", AGENT) and form in ("تابعه", "التابعه", "تابع")
        return belongs and any(w.entry.value in ("aircraft", "drone") for w in self.sent.layer("weapon", max(0, at - 6), at))

    def _member(self, at: int) -> bool:
        """Whether the preposition at `at` stands between one who belongs to a party and the party (قيادي في حماس)."""
        after = at + 1 + (self.sent.form(at + 1) in QUOTES)
        if any(n.last == at for n in self.sent.numbers) and self.sent.form(after) in self.words["members"]:
            return True  # "three of the activists of"
        before = (self.sent.form(k).removeprefix("ال") for k in (at - 1, at - 2))  # an adjective may stand between
        return any(form in self.words["members"] for form in before) and after in self.at

    def _counted_or_unit(self, at: int) -> bool:
        listed = any(self.sent.in_set(name, at - 2, at) is not None for name in ("forces", "arms_of_state"))
        return (
            listed
            or self.sent.form(at - 1).removeprefix("و") in self.words["members"]
            or any(n.last == at for n in self.sent.numbers)
        )

    def _noun_with(self, form: str) -> bool:
        return form[1:3] == "ال" or form.startswith("لل") or form[1:] in self.words["place_words"]

    def _side(self, state: str, mention: Mention, act: Hit, at: int) -> str:
        """The side of `mention` in `state`."""
        info = act.entry.info
        if self.governors.get(self.sent.form(mention.first)) == AGENT:
            return AGENT  # "by Indian fire"
        if self.lang == "ar" and mention.bound and state in ("genitive", "subject", "object", "place", TARGET, "victim"):
            state = self._bound(state, mention, act)
        elif state == AGENT and mention.prefix == "ل" and any(side == AGENT for side, _ in self.sides.values()):
            return TARGET  # "an ambush that gunmen laid for a patrol"
        if self.kind == "riot" and mention.side == "state" and state in ("subject", "genitive", "object", "victim"):
            return TARGET  # the crowd does it, whoever stands behind the verb (رشق الشرطة)
        if self.kind == "blockade" and mention.side == "armed" and state in ("victim", "genitive"):
            return AGENT  # "under the siege of"
        if state == "between" and self.kind in CIVIL:
            return AGENT if mention.side == "civil" else TARGET
        if state == "between" or (state == "with" and self.kind in ("clash", "agreement")):
            return BOTH
        if mention.first in self.victims and state not in (AGENT,):
            return "" if state in ("place", "time", "") else TARGET
        if state in (AGENT, TARGET):
            return state
        if state == "with":
            return self._beside_them(mention, act)
        if state in ("victim", "genitive") and self._does_to_others(mention, act):
            return AGENT
        if state == "victim":
            storms = info.kind == "raid" and info.pos == "noun" and mention.side == "state" and at == act.last
            return AGENT if storms else TARGET  # اقتحام الجيش البلدة, not اقتحام مقر الجيش
        if state == "subject" and self.lang == "ar" and (info.number == "p" or self._accusative(mention)):
            # a plural verb has its subject behind it, and an accusative is no subject (رشقوا الشرطة، اغتال ضابطا)
            return TARGET
        if state == "subject" and self._suffers(info.lemma, mention):
            return TARGET
        if state == "subject":
            doer = mention.side != "civil" or self.kind in CIVIL
            return (AGENT if doer else TARGET) if at - act.last <= 6 else ""
        if state == "object":
            return TARGET
        return self._genitive(mention, act, at) if state == "genitive" else ""

    def _suffers(self, lemma: str, mention: Mention) -> bool:
        """Whether who stands behind a verb lost men, or is driven out ("and drove Boko Haram from the town")."""
        return lemma in self.words["loses"] or (lemma in self.words["expels"] and self.sent.form(mention.last) == "من")

    def _does_to_others(self, mention: Mention, act: Hit) -> bool:
        """Whether the one right behind a verbal noun did it, to those counted behind him (إعدام التنظيم 21 مصريا)."""
        info = act.entry.info
        does = self.lang == "ar" and info.pos == "noun" and mention.side != "civil" and mention.first - act.last <= 1
        if not does or info.lemma in self.words["only_of_victims"]:
            return False
        return any(mention.last <= t.group.first <= mention.last + 2 for t in self.tolls if t.head == act.first)

    def _genitive(self, mention: Mention, act: Hit, at: int) -> str:
        """The side of one whose the act of a noun is, or whom it befell."""
        if self.kind in CIVIL and mention.side != "civil":
            return ""  # the protesters' demands of the police
        doer = next((m for side, m in self.sides.values() if side == AGENT and act.last <= m.first < mention.first), None)
        if doer and any(self.sent.in_set(name, doer.last, mention.first) for name in ("base", "owned")):
            return TARGET  # قصف الجيش مواقع الحوثيين
        driven_out = self.kind in _CONTROL and act.entry.info.lemma in self.words["of_victims"]
        if act.entry.info.kind in _OF_OBJECT or mention.side == "civil" or driven_out:
            return TARGET if self.kind not in CIVIL else AGENT
        return AGENT if at - act.last <= 5 else ""

    def _beside_them(self, mention: Mention, act: Hit) -> str:
        """The side of one "with" whom an act was: a doer too, unless shots were exchanged with it (gunmen who storm a hotel, with guards)."""
        if act.entry.info.kind == "clash" and mention.side == "state":
            return TARGET
        return AGENT if mention.side != "civil" else ""

    def _accusative(self, mention: Mention) -> bool:
        """Whether a mention is one person told by an indefinite accusative (ضابطا)."""
        people = self.sent.starts(mention.first, "people")
        form = self.sent.form(mention.first)
        if not form.endswith("ا") or self.sent.starts(mention.first, "place"):
            return False  # تركيا is a state
        return any(p.entry.info.number == "s" and not p.definite for p in people)

    def _bound(self, state: str, mention: Mention, act: Hit) -> str:
        """ل on a mention makes it the doer of a verbal noun that has none, else the owner of what is hit; ب and ك make it neither."""
        if state == TARGET:
            return TARGET
        if self.kind in ("seizure", "arrest") and mention.side != "state" and mention.prefix.endswith("ل"):
            return TARGET  # "three caches of the group": whose they were
        to = mention.prefix.removeprefix("و").removeprefix("ف").startswith("ل")
        if not to:
            return "victim" if mention.prefix.startswith("ب") and act.entry.info.lemma in self.words["with_b"] else ""
        if state == "subject" and unit_of(self.sent, act.last, mention.first):
            return "subject"
        if act.entry.info.pos == "verb":
            return "object" if act.entry.info.lemma in ("كمن", "تصدى", "تعرض") or state == "object" else ""
        has_doer = any(side == AGENT for side, _ in self.sides.values())
        has_doer = has_doer or any(self.sent.in_set(name, act.last, mention.first) for name in ("base", "owned"))
        return TARGET if has_doer or act.entry.info.lemma in self.words["of_victims"] else AGENT

    def _after(self, state: str, side: str, act: Hit) -> str:
        if state == "subject" and side == AGENT:
            return "object"
        if state == "subject" and side == TARGET and act.entry.info.role == "result" and self.lang == "ar":
            return "victim"  # the verb was passive: "four policemen were killed, among them an officer"
        return state

    def parties(self) -> tuple[list[Party], list[Party]]:
        """(actors, targets) in order of the text, states as doers and the people of tolls among them."""
        ordered = [self.sides[k] for k in sorted(self.sides)]
        actors = [p for side, m in ordered if side in (AGENT, BOTH) for p in self._doing(m)]
        targets = [p for side, m in ordered if side == TARGET for p in m.parties]
        if self.kind == "clash":
            armed = [m for side, m in ordered if side == TARGET and m.side != "civil"]
            actors += [p for m in armed for p in m.parties]
            targets = [t for t in targets if t.name not in {p.name for m in armed for p in m.parties}]
            actors = [a for a in actors if a.name != "civilians"] or actors
        actors += [
            p
            for act in self.acts
            if act.entry.info.role == "act" and (act.entry.info.pos != "verb" or self.sent.form(act.first).endswith("ing"))
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

    def _doing(self, mention: Mention) -> tuple[Party, ...]:
        """The parties of a doer; people who do violence and are no crowd are gunmen nobody knows ("by men in uniform")."""
        plain = mention.side == "civil" and mention.parties[0].name == "civilians"
        if plain and self.kind not in CIVIL and FAMILY_OF[self.kind] is Family.ATTACK and self.kind not in ("arson", "clash"):
            return (replace(mention.parties[0], name="unknown armed group"),)
        return mention.parties

    def _adjective(self, act: Hit) -> list[Party]:
        near = (act.last, thought_to_be(self.sent, act.last), act.last + 1)
        if self.lang == "ar" and self.governors.get(self.sent.form(act.last)) == "other":
            return []  # "a truce by Qatari mediation"
        within = (act.first,) if act.last - act.first > 1 else ()  # "an Israeli air strike" is one trigger
        after = near if self.lang == "ar" else (*within, act.first - 1, act.first - 2)
        for k in after:
            for d in self.sent.starts(k, "demonym"):
                if d.first in self.victims or any(m.first <= d.first < m.last for m in self.at.values()):
                    continue
                if self.lang == "en" or act.definite == d.prefix.endswith("ال") or d.first > act.last + 1:
                    return [army_of(self.note, d)]
        attack = self.lang == "en" and FAMILY_OF[self.kind] is Family.ATTACK
        return ruling_party(self.note, self.sent, after, self.home) if attack else []


_OF_A_UNIT = frozenset(("subject", "between", "with", AGENT))
_CONTROL = frozenset(("territory_seized", "territory_retaken"))
_OF_OBJECT = frozenset(("assassination", "abduction", "arrest", "seizure", "arson"))
_UNDERGONE: dict[str, tuple[str, ...]] = {"ar": ("armed_attack", "shelling", "air_strike", "bombing")}
