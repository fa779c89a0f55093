"""The words of one language, loaded from codebooks, and where they stand among tokens.

Single words and phrases are kept in one table keyed by first word. A word of the text is looked up as it stands and with its
legal clitics cut off (Arabic), once per form: the answers are remembered, so reading is one dictionary look-up a token.
A table of forms rather than an automaton over characters: the word's edge and its clitics decide in Arabic, and each form is
analysed once per process.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal, NamedTuple

from marsad.text.fold import fold_text
from marsad.text.tokens import Remembered, Token, tokens

Role = Literal["act", "result", "weak"]
_PROCLITICS = (
    "",
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "س",
    "ال",
    "لل",
    "وال",
    "فال",
    "بال",
    "كال",
    "ولل",
    "وب",
    "ول",
    "وك",
    "وس",
    "فب",
    "فل",
    "فس",
    "وبال",
    "وكال",
    "فلل",
)
_VERB_PROCLITICS = frozenset(("", "و", "ف", "س", "ل", "وس", "فس", "ول", "فل"))
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What tells of an event. tense, voice, number stand for verbs ("" otherwise)."""

    kind: str
    role: Role
    pos: Literal["verb", "noun", "phrase"]
    needs: tuple[str, ...] = ()
    never_after: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()
    weak_alone: bool = False
    toll: str = ""
    lemma: str = ""
    tense: str = ""
    voice: str = ""
    number: str = ""
    objects: frozenset[str] = frozenset()  # one of these must follow the verb closely (أطلق ... النار)


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people (or, not_people, for things that numbers count). number: s, d, p. possessed: only with a pronoun (زوجته)."""

    group: str
    who: str
    number: str
    not_people: bool = False
    possessed: bool = False


class Entry(NamedTuple):
    """One thing a word or phrase can be. layer: trigger, people, weapon, actor, demonym, place, set, cue..."""

    layer: str
    value: str
    info: Any = None


class Hit(NamedTuple):
    """An entry among tokens `first` up to `last` (not included); start, end: folded offsets without clitics."""

    entry: Entry
    first: int
    last: int
    start: int
    end: int
    prefix: str
    suffix: str

    @property
    def definite(self) -> bool:
        """Whether the article or a possessive makes it a known thing."""
        return self.prefix.endswith(("ال", "لل")) or bool(self.suffix)


_hit = tuple.__new__  # what Hit(...) comes to, without a call of Python for each hit


class _Split(NamedTuple):
    prefix: str
    word: str
    suffix: str
    cut: int  # letters cut at the end of the form (for the span)


class _Analysis(NamedTuple):
    """All that a form can mean by itself. singles: (entry, letters before it, letters cut at its end, prefix, suffix), best first."""

    phrases: tuple[tuple[_Split, frozenset[str]], ...]  # the splits that can begin one, and what then stands behind
    singles: tuple[tuple[Entry, int, int, str, str], ...]


class Lexicon:
    """The lexicon of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._singles: dict[str, list[Entry]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._seconds: dict[str, frozenset[str]] = {}
        self._late: dict[str, list[tuple[str, Callable[[], Entry | None]]]] = {}
        self._making = Lock()
        self._known = Remembered(self._analysis, _MOST_REMEMBERED)

    def add(self, said: str, entry: Entry) -> None:
        """Let `said` mean `entry`."""
        if words := self._words(fold_text(said)):
            self._put(words, entry)

    def add_late(self, said: str, make: Callable[[], Entry | None]) -> None:
        """Let `said`, folded, mean the entry that `make` makes of it, or nothing; made when its first word is first met in a text.

        For the names of places: there are more of them than of all other words, and a report holds a handful.
        """
        if words := self._words(said):
            self._late.setdefault(words[0], []).append((said, make))

    def _words(self, key: str) -> list[str]:
        """The tokens of what is said."""
        if self.lang == "ar":
            return key.replace("-", " ").split()
        if key.isascii() and key.replace(" ", "").isalpha():  # most names of places: nothing to part but at spaces
            return key.split()
        return [t.form for t in tokens(key) if t.form not in QUOTES]

    def _put(self, words: list[str], entry: Entry) -> None:
        if len(words) == 1:
            listed = self._singles.setdefault(words[0], [])
            if entry not in listed:
                listed.append(entry)
        else:
            self._phrases.setdefault(words[0], []).append((tuple(words[1:]), entry))

    def ready(self) -> "Lexicon":
        """Order phrases longest first; call once after the last `add`."""
        for word in self._phrases:
            self._order(word)
        self._known.clear()
        return self

    def _order(self, word: str) -> None:
        """The phrases that begin with `word`, longest first, and what can stand behind it where one of them begins."""
        listed = self._phrases[word]
        listed.sort(key=_fewer_words)
        seconds = {rest[0] for rest, _ in listed}
        self._seconds[word] = QUOTES.union(seconds, ("ال" + second for second in seconds))

    def _holds(self, word: str) -> bool:
        """Whether anything begins with `word`, or is it; what comes late is made now."""
        if word in self._late:
            with self._making:  # another thread that meets the word waits until all is made
                for said, make in self._late.get(word, ()):
                    if (entry := make()) is not None:
                        self._put(self._words(said), entry)
                if word in self._phrases:
                    self._order(word)
                self._late.pop(word, None)
        return word in self._singles or word in self._phrases

    def hits(self, toks: Sequence[Token], stands: Callable[[Hit], bool] | None = None) -> list[Hit]:
        """Every entry among `toks`; in each layer the longest wins and none overlap. In order of the text.

        stands: whether a hit can be meant at all; one that cannot takes no words from another ("in Salah al-Din" is not In Salah).
        """
        found: list[Hit] = []
        busy: dict[str, int] = {}  # layer -> first token still free
        for at, token in enumerate(toks):
            if token.kind in ("mark", "number"):
                continue
            phrases, singles = self._known[token.form]
            if not phrases and not singles:
                continue
            here = [_hit(Hit, (e, at, at + 1, token.start + b, token.end - c, pre, suf)) for e, b, c, pre, suf in singles]
            if phrases and (longer := self._longer(toks, at, phrases)):
                here = _one_analysis(sorted([*longer, *here], key=_length))
            if stands is not None:
                here = [hit for hit in here if stands(hit)]
            for hit in here:
                if busy.get(hit.entry.layer, 0) <= at or (hit.entry.layer in ("cue", "set") and hit.last - hit.first == 1):
                    found.append(hit)
            for hit in here:
                if busy.get(hit.entry.layer, 0) < hit.last:
                    busy[hit.entry.layer] = hit.last
        return _unrivalled(found)

    def _analysis(self, form: str) -> _Analysis:
        splits = tuple(self._analyse(form))
        alone = sorted((h for s in splits for h in self._singles_of(form, s)), key=_length)
        singles = tuple((h.entry, h.start, len(form) - h.end, h.prefix, h.suffix) for h in _one_analysis(alone))
        starting = ((s, self._seconds[s.word]) for s in splits if not s.suffix and s.word in self._phrases)
        return _Analysis(tuple(starting), singles)

    def _analyse(self, form: str) -> Iterable[_Split]:
        if self.lang != "ar":
            if self._holds(form):
                return [_Split("", form, "", 0)]
            other = form.removesuffix("h") if form.endswith("ah") else form + "h" if form.endswith("a") else ""
            return (
                [_Split("", other, "", 0)] if len(form) > 4 and other and self._holds(other) and other in self._singles else []
            )
        out: list[_Split] = []
        for joined in ("لل", "ولل", "فلل"):  # ل on a name that is kept with its article (للأمم المتحدة)
            if form.startswith(joined):
                rest = "ال" + form[len(joined) :]
                if self._holds(rest):
                    out.append(_Split(joined, rest, "", 0))
        for prefix in _PROCLITICS:
            if not form.startswith(prefix) or len(form) - len(prefix) < 2:
                continue
            rest = form[len(prefix) :]
            if self._holds(rest):
                out.append(_Split(prefix, rest, "", 0))
            if "ال" in prefix or prefix.endswith("لل"):
                continue
            for suffix in _PRONOUNS:
                if rest.endswith(suffix) and len(rest) - len(suffix) >= 2:
                    stem = rest[: -len(suffix)]
                    out += [
                        _Split(prefix, s, suffix, len(suffix))
                        for s in _without_a_pronoun(stem)
                        if self._holds(s) and s in self._singles
                    ]
        return out

    def _singles_of(self, form: str, split: _Split) -> list[Hit]:
        """The entries of a split, as hits on the first token of a text that is `form`."""
        fitting = [e for e in self._singles.get(split.word, ()) if _fits(e, split)]
        if self.lang == "en" and split.word != form:
            fitting = [e for e in fitting if e.layer == "place"]  # Zawiyah, Zawiya
        if split.suffix and self._holds(whole := form[len(split.prefix) :]) and whole in self._singles:
            fitting = [e for e in fitting if e.layer != "cue"]  # the police (شرطه) is no condition of its (شرطه)
        before = len(split.prefix)
        return [
            Hit(e, 0, 1, _with_article(e, split, before), len(form) - split.cut, split.prefix, split.suffix) for e in fitting
        ]

    def _longer(self, toks: Sequence[Token], at: int, splits: Iterable[tuple[_Split, frozenset[str]]]) -> list[Hit]:
        """The phrases that begin at token `at`, read in any of these ways."""
        after = toks[at + 1].form if at + 1 < len(toks) else ""
        hits: list[Hit] = []
        for split, seconds in splits:
            if after not in seconds:
                continue  # most words that can begin a phrase begin none here
            for rest, entry in self._phrases[split.word]:
                last = self._matches(toks, at + 1, rest)
                if last:
                    start = _with_article(entry, split, toks[at].start + len(split.prefix))
                    hits.append(Hit(entry, at, last, start, toks[last - 1].end, split.prefix, ""))
        return hits

    def _matches(self, toks: Sequence[Token], at: int, words: tuple[str, ...]) -> int:
        """The token after `words` where they stand from token `at` on, quotation marks between passed over; else 0."""
        for word in words:
            while at < len(toks) and toks[at].form in QUOTES:
                at += 1
            form = toks[at].form if at < len(toks) else ""
            if form != word and (self.lang != "ar" or form != "ال" + word):
                return 0
            at += 1
        return at


def _without_a_pronoun(stem: str) -> tuple[str, ...]:
    """What a stem before a pronoun may be by itself: its last letter is written otherwise there."""
    if stem.endswith("ت"):
        return stem, stem[:-1] + "ه"
    if stem.endswith("و"):
        return stem, stem + "ا"
    if stem.endswith("ا"):
        return stem, stem[:-1] + "ي"  # نفى، نفاه
    return (stem,)


def _fewer_words(phrase: tuple[tuple[str, ...], Entry]) -> int:
    """For sorting: the phrase with the most words first."""
    return -len(phrase[0])


def _length(hit: Hit) -> tuple[int, int]:
    """For sorting: longest first, then fewest clitics."""
    return hit.first - hit.last, len(hit.prefix) + len(hit.suffix)


_MOST_REMEMBERED = 200_000  # forms; some 30 MB
QUOTES = frozenset("\"'«»“”")
_SINGLE = frozenset(("place", "actor", "weapon", "trigger", "demonym"))


def _one_analysis(here: list[Hit]) -> list[Hit]:
    """Of the readings that begin at one token, each layer keeps the longest with the fewest clitics."""
    best: dict[str, tuple[int, int, str]] = {}
    kept: list[Hit] = []
    for hit in here:
        mark = (hit.first, hit.last, hit.prefix + "-" + hit.suffix)
        if hit.entry.layer not in _SINGLE or best.setdefault(hit.entry.layer, mark) == mark:
            kept.append(hit)
    return kept


def _with_article(entry: Entry, split: _Split, start: int) -> int:
    """A name keeps its article (الموصل); what is before the article is cut."""
    if entry.layer in ("place", "actor") and split.prefix.endswith("ال"):
        return start - 2
    return start


def _fits(entry: Entry, split: _Split) -> bool:
    """Whether the clitics are legal for the entry: a verb takes no article, a name no pronoun."""
    if entry.layer == "verb" or (entry.layer == "trigger" and entry.info.pos == "verb"):
        tense = entry.info[0] if entry.layer == "verb" else entry.info.tense
        if split.prefix not in _VERB_PROCLITICS or (split.prefix.endswith("س") and tense == "past"):
            return False
        return split.suffix != "ي"
    if entry.layer == "cue" and len(split.word) <= 3 and (split.suffix or split.prefix not in ("", "و", "ف")):
        return False  # "a speech" (كلمه) is not "like not it", a province (ولايه) not "and for any"
    if entry.layer in ("place", "actor"):
        if len(split.word) <= 2 and split.prefix:
            return False
        like = entry.layer == "place" and split.prefix.endswith(("ك", "كال"))  # "great" is not "like Bira"
        return not split.suffix and not split.prefix.endswith("س") and not like
    if entry.layer == "people" and entry.info.possessed and not split.suffix:
        return False
    return not split.prefix.endswith("س")


def _unrivalled(found: list[Hit]) -> list[Hit]:
    """Drop a shorter trigger, actor, place or weapon that lies inside a longer hit of the same layer."""
    kept: list[Hit] = []
    cover: dict[str, tuple[int, int]] = {}
    for hit in found:
        layer = hit.entry.layer
        if layer not in ("cue", "set"):
            first, last = cover.get(layer, (-1, -1))
            if hit.first >= first and hit.last <= last and (hit.first, hit.last) != (first, last):
                continue
            if hit.last > last:
                cover[layer] = (hit.first, hit.last)
        kept.append(hit)
    return kept
