"""The subject that an earlier verb of a sentence has, carried over to one that names none of its own."""

from marsad.read.leftward import AGENT, TARGET, Leftward
from marsad.read.lexicon import Hit
from marsad.read.mention import Mention

_LIGHT, _NEAR = 16, 3  # tokens before a noun in which its light verb stands; those of them that are looked at


class Carried(Leftward):
    """Sides by the subject of an earlier verb."""

    def carry_subject(self, act: Hit) -> None:
        """The subject of an earlier verb of the sentence is that of a verb that names none of its own, if the two agree in gender
        (أحرزت القوات تقدما حيث سيطرت على التبة)."""
        if self._answered(act):
            return
        info = act.entry.info
        told = self._light_verb_of(act) if info.pos == "noun" else act.first
        if (
            told is None
            or (info.pos != "noun" and not self._with_a_verb(act))
            or info.voice == "p"
            or (info.number == "p" and info.role == "result")
            or (act.suffix and self._of_an_act(act))
        ):
            return
        behind = range(told + 1, max(act.last, told + 1) + 3)
        here = (m for m in self.all if m.first in behind and self.sides.get(m.first, (AGENT, m))[0] != TARGET)
        own = any(not m.bound and not self._by_the_way(m.first, act) for m in here)
        if own or any(side == AGENT for side, _ in self.sides.values()):
            return
        ending = self._ending(told)
        for mention in reversed(self.all):
            if mention.last > told or mention.side == "civil" or mention.bound or mention.first in self.victims:
                continue
            verb = self._verb_of(mention)
            if verb is not None and self._ending(verb) == ending:
                self.take(mention, AGENT)
                self._chain_after(mention)
                return

    def _light_verb_of(self, act: Hit) -> int | None:
        """The token of the light verb that carries a noun (تمكنت من استعادة), asides between them left out; None if there is none."""
        near = [k for k in range(act.first - 1, max(-1, act.first - _LIGHT), -1) if not self._by_the_way(k, act)][:_NEAR]
        return next((k for k in near if any(v.entry.value in self.words["light"] for v in self.sent.starts(k, "verb"))), None)

    def _ending(self, at: int) -> str:
        """What agrees with its subject in the past verb at `at`: feminine, plural, or neither."""
        suffixes = {h.suffix for h in self.sent.starts(at, "trigger") if h.entry.info.pos == "verb"}
        form = self.sent.form(at).removesuffix(max(suffixes, key=len, default=""))
        return next((end for end in ("ت", "وا") if form.endswith(end)), "")

    def _verb_of(self, mention: Mention) -> int | None:
        """The token of the finite past verb that a mention is the subject of: right before it, or right after it where it opens a clause."""
        at = self._ahead_of(mention)
        if self.lang == "ar" and self._oblique(mention):
            return None
        if any(v.entry.info[0] == "past" and not v.suffix for v in self.sent.starts(at, "verb")):
            return at
        if self.sent.is_cue(at, "speech.verbs") and self.sent.form(mention.last) in self.words["of_itself"]:
            return at  # "the forces said that they drove ... and took"
        after = mention.last
        while after in self.aside:
            after += 1
        if self._fronted(mention) and any(v.entry.info[0] == "past" for v in self.sent.starts(after, "verb")):
            return after
        return None

    def _oblique(self, mention: Mention) -> bool:
        """Whether a mention is several people in the case of no subject (أجبرت مقاتلي المجلس)."""
        people = (p.entry.info.number for p in self.sent.starts(mention.first, "people"))
        return self.sent.form(mention.first).endswith(("ين", "ي")) and not {"p", "d"}.isdisjoint(people)

    def _chain_after(self, mention: Mention) -> None:
        """Those that "and" joins right after `mention`."""
        for other in self.all:
            if 0 <= other.first - mention.last <= 2 and other.prefix.startswith("و"):
                self.take(other, AGENT)
                mention = other

    def _of_an_act(self, act: Hit) -> bool:
        """Whether a word of doing, or a weapon, before the verb is its subject ("the attack that hit", "a bomb that hit")."""
        if self.lang != "ar" or act.entry.info.voice == "p":
            return False
        relative = self.sent.form(act.first - 1) in self.words["relative"]
        nouns = [a for a in self.acts if a.entry.info.pos != "verb" and a.entry.info.role == "act"]
        if (
            any(a.last < act.first and self.sent.form(a.first - 1) in ("ان", "بان") for a in nouns)
            and act.entry.info.role == "weak"
        ):
            return True  # "that an attack, followed by clashes, hit the post"
        if relative:
            return any(a.last in (act.first - 1, act.first - 2) for a in nouns)
        closed = self.sent.form(act.first - 1) == ")"  # "(the ambush) was aimed at"
        return any(a.last == act.first - closed for a in (*nouns, *self.sent.layer("weapon")))
