"""A report, annotated: sentences of tokens with the lexicon's hits, the dates and the numbers that stand in them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from marsad.read.lexicon import QUOTES, Hit
from marsad.read.load import grammar, lexicon
from marsad.text.dates import Found, dates
from marsad.text.fold import Folded, fold
from marsad.text.numerals import Number, beginners, number_at
from marsad.text.sentences import sentences
from marsad.text.tokens import Token, tokens

_AND = ("و", "ف")
_STOPS = frozenset('،,;؛:()[]«»"-–.!?؟')


class _Forms(dict[int, str]):
    """Forms by token; what is not there is empty, without a function of Python being called for what is."""

    def __missing__(self, at: int) -> str:
        return ""


@dataclass(slots=True)
class Sentence:
    """One sentence. Token ranges count in `toks`; offsets of tokens count in the folded text of the whole report."""

    at: int
    toks: list[Token]
    hits: list[Hit]
    dates: list[Found]
    numbers: list[Number]
    by_layer: dict[str, list[Hit]] = field(default_factory=dict)
    starting: dict[int, list[Hit]] = field(default_factory=dict)
    begun: dict[str, dict[int, list[Hit]]] = field(default_factory=dict)  # by layer, then first token; once asked for
    forms: list[str] = field(default_factory=list)
    form: Callable[[int], str] = field(init=False, repr=False)  # of token `at`, "" outside; asked hundreds of times a sentence
    vocabulary: frozenset[str] = frozenset()  # its forms, also without و and ف
    cue_names: frozenset[str] = frozenset()
    named: frozenset[str] = (
        frozenset()
    )  # place names that are words too and that the report announces as places (placehood.py)
    dateline: int = 0  # tokens of a dateline at its beginning (BAGHDAD, 5 May - ...)
    bombed: bool = False  # whether the report has told of air strikes, so that bare strikes are such
    item: bool = False  # one of a list of incidents: told for itself, at the place that it begins with
    bullet: bool = False  # one of a list with a mark before each
    asides: Mapping[int, int] | None = None  # tokens said by the way, once asked for (asides.py)
    words_here: dict[int, bool] = field(default_factory=dict)  # place hits, by first token, that are only words (placehood.py)

    def __post_init__(self) -> None:
        self.forms = [t.form for t in self.toks]
        self.form = _Forms(enumerate(self.forms)).__getitem__
        for hit in self.hits:
            self.by_layer.setdefault(hit.entry.layer, []).append(hit)
            self.starting.setdefault(hit.first, []).append(hit)
        self.vocabulary = frozenset(self.forms).union([f[1:] for f in self.forms if f[0] in _AND])
        self.cue_names = frozenset([h.entry.value for h in self.by_layer.get("cue", ())])

    def add(self, hit: Hit) -> None:
        """Take in one more hit, in its order."""
        self.hits = sorted([*self.hits, hit], key=lambda h: h.first)
        self.by_layer[hit.entry.layer] = sorted([*self.by_layer.get(hit.entry.layer, ()), hit], key=lambda h: h.first)
        self.starting.setdefault(hit.first, []).append(hit)
        self.begun.pop(hit.entry.layer, None)

    def swap(self, old: Hit, new: Hit) -> None:
        """Put `new` where `old` stood: the same words, meaning more."""
        self.hits[self.hits.index(old)] = new
        self.by_layer[old.entry.layer] = [new if h is old else h for h in self.by_layer[old.entry.layer]]
        self.starting[old.first] = [new if h is old else h for h in self.starting[old.first]]
        self.begun.pop(old.entry.layer, None)

    def layer(self, name: str, first: int = 0, last: int = 1 << 30) -> list[Hit]:
        """Hits of one layer that lie within tokens first..last. Not to be changed: it may be the sentence's own list."""
        hits = self.by_layer.get(name)
        if not hits or (first <= 0 and last >= len(self.toks)):
            return hits or []
        return [h for h in hits if h.first >= first and h.last <= last]

    def starts(self, at: int, layer: str) -> Sequence[Hit]:
        """Hits of one layer that begin at token `at`."""
        begun = self.begun.get(layer)
        if begun is None:
            begun = self.begun[layer] = {}
            for hit in self.by_layer.get(layer, ()):
                begun.setdefault(hit.first, []).append(hit)
        return begun.get(at, ())

    def countries(self) -> list[Hit]:
        """Names of countries, in order."""
        return [h for h in self.layer("place") if h.entry.info[0][0].kind == "country"]

    def bare_verb(self, at: int) -> bool:
        """Whether a verb with nothing written onto it begins at token `at`: what stands right before it is its subject."""
        return any(not v.prefix and not v.suffix for v in self.starts(at, "verb"))

    def lacks(self, words: frozenset[str]) -> bool:
        """Whether none of `words` is a form of the sentence, with or without و or ف: a quick look before a search."""
        return self.vocabulary.isdisjoint(words)

    def is_cue(self, at: int, *names: str) -> bool:
        """Whether a cue of one of these names begins at token `at`."""
        if at not in self.starting or self.cue_names.isdisjoint(names):
            return False
        return any(hit.entry.value in names for hit in self.starts(at, "cue"))

    def cues(self, names: Collection[str], first: int, last: int) -> Iterator[Hit]:
        """Cues of these names whose first token lies in first..last."""
        if not self.cue_names.isdisjoint(names):
            for hit in self.by_layer["cue"]:
                if first <= hit.first < last and hit.entry.value in names:
                    yield hit

    def has_cue(self, names: Collection[str], first: int, last: int) -> bool:
        """Whether a cue of these names begins in first..last."""
        return not self.cue_names.isdisjoint(names) and next(self.cues(names, first, last), None) is not None

    def in_set(self, name: str, first: int, last: int) -> Hit | None:
        """The first word of a set (forces, base, ...) within tokens first..last."""
        for hit in self.by_layer.get("set", ()):
            if first <= hit.first < last and hit.entry.value == name:
                return hit
        return None

    def past_a_day(self, at: int) -> int:
        """The token where a clause goes on that ends at `at`, where only a day stands between two commas there (استعادت، السبت، المعسكر)."""
        if self.form(at) not in ("،", ","):
            return at
        close = next((k for k in range(at + 2, at + 9) if self.form(k) in ("،", ",")), 0)
        return close + 1 if close and any(at < f.first and f.last <= close for f in self.dates) else at

    def clause(self, at: int, *, through_quotes: bool = False) -> tuple[int, int]:
        """Tokens of the clause around token `at`: between punctuation marks."""
        stops = _STOPS - QUOTES if through_quotes else _STOPS
        first = at
        while first > 0 and (self.toks[first - 1].form not in stops or self._hyphen(first - 1)):
            first -= 1
        last = at
        while last < len(self.toks) and (last == at or self.toks[last].form not in stops or self._hyphen(last)):
            last += 1
        return first, last

    def _hyphen(self, at: int) -> bool:
        """Whether a dash is written onto what stands on both sides of it (24-hour)."""
        here = self.toks[at]
        if here.form != "-" or not 0 < at < len(self.toks) - 1:
            return False
        return self.toks[at - 1].end == here.start and here.end == self.toks[at + 1].start


@dataclass(slots=True)
class Annotated:
    """A report's text, folded, and its sentences."""

    text: str
    folded: Folded
    sents: list[Sentence]
    lang: str
    published: date | None
    countries: frozenset[str] | None = None  # that it names; filled when first asked for (where.named_countries)


def annotate(text: str, lang: str, published: date | None) -> Annotated:
    """Fold, split, match, and read dates and numbers. O(n) in the text; never raises."""
    folded = fold(text)
    lex = lexicon(lang)
    if published is not None and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None  # 0001-01-01 is how many systems write "no date"
    sents: list[Sentence] = []
    unbroken = _gone_on(folded, text) if lang == "en" else folded.text
    for at, toks in enumerate(_pieces(unbroken, _run_together(folded, text) if lang == "en" else [])):
        found = [f for f in dates(toks, lang, published) if not _names_a_quarter(toks, f)]
        hits = _arabic(toks, lex.hits(toks)) if lang == "ar" else lex.hits(toks, lambda hit: _cased(text, folded, hit))
        sents.append(Sentence(at, toks, hits, found, _numbers(toks, lang, found)))
        sents[-1].bombed = bool(at and sents[-2].bombed) or any(
            h.entry.value == "air_strike" for h in sents[-1].layer("trigger")
        )
    return Annotated(text, folded, sents, lang, published)


_QUARTERS = grammar("annotate", "quarters")
_FIRST_YEAR, _LAST_YEAR = 1800, 2500
_LONGEST = 300  # tokens: no sentence of news is longer; what is (a table, a page without stops) is read piece by piece


def _pieces(folded: str, cuts: list[int]) -> Iterator[list[Token]]:
    """The tokens of each sentence; of an endless one, of each piece. cuts: folded offsets where one begins without a stop before it."""
    for start, end in sentences(folded):
        inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)] if cuts else []
        for begin, stop in pairwise([start, *inside, end]):
            toks = tokens(folded, begin, stop)
            for first in range(0, len(toks), _LONGEST):
                yield toks[first : first + _LONGEST]


def _gone_on(folded: Folded, text: str) -> str:
    """The folded text with a blank for each line break within a sentence, as pages of lines of one length have them."""
    breaks = [bisect_left(folded.index, k.start() + 1) for k in _WRAPPED.finditer(text)]
    if not breaks:
        return folded.text
    chars = list(folded.text)
    for at in breaks:
        chars[at] = " "
    return "".join(chars)


_WRAPPED = re.compile(r"[a-z,]\n(?=[a-z])")


def _run_together(folded: Folded, text: str) -> list[int]:
    """Folded offsets at which a sentence begins that a page's title or caption is glued to ("officer in SyriaThe desert")."""
    return [bisect_left(folded.index, glued.start()) for glued in _GLUED.finditer(text)]


_BEGINS = sorted(grammar("annotate", "begins_a_sentence"))
_GLUED = re.compile(rf"(?<=[a-z]{{3}})(?:{'|'.join(_BEGINS)})\b")


def _arabic(toks: list[Token], hits: list[Hit]) -> list[Hit]:
    """Without the hits that are none where they stand."""
    forms = [t.form for t in toks]
    return _no_halves(_no_guesses(forms, _no_ranks(forms, _no_countries(toks, hits))))


def _no_countries(toks: list[Token], hits: list[Hit]) -> list[Hit]:
    """Without demonyms that are the country's name: سوريا is Syrian only after an indefinite accusative (جنديا سوريا)."""
    countries = {h.first for h in hits if h.entry.layer == "place" and _is_country(h) and not h.suffix and not h.definite}
    if not countries:
        return hits
    counted = {k for k in countries if k > 0 and toks[k - 1].kind == "number"}
    return [
        h
        for h in hits
        if not (h.entry.layer == "place" and h.first in counted)
        if h.entry.layer != "demonym" or h.first not in countries or (h.first > 0 and _counts_one(toks[h.first - 1]))
    ]


def _is_country(place: Hit) -> bool:
    return bool(place.entry.info[0][0].kind == "country")


def _no_ranks(forms: list[str], hits: list[Hit]) -> list[Hit]:
    """Without the ranks that officers bear (ضابط برتبة عقيد): nobody more."""
    if "برتبه" not in forms:
        return hits
    ranks = {at + 1 for at, form in enumerate(forms) if form == "برتبه"}
    return [h for h in hits if h.entry.layer != "people" or h.first not in ranks]


def _no_guesses(forms: list[str], hits: list[Hit]) -> list[Hit]:
    """Without the cues that only guess whose gunmen or aircraft are (يرجح انتماؤهم إلى، يعتقد أنها روسية): what they did is no guess."""
    guessed = {at - 1 for at, form in enumerate(forms) if form.startswith("انتما")}
    for at in [at for at, form in enumerate(forms[:-1]) if form in _THAT_THEY]:
        named = any(
            h.first == at + 1 and (h.entry.layer == "demonym" or (h.entry.layer == "actor" and h.prefix.endswith("ل")))
            for h in hits
        )
        if named or forms[at + 1] in _OF_WHOM or forms[at + 1].startswith("لل"):
            guessed.add(at - 1)
    return [h for h in hits if h.entry.layer != "cue" or h.first not in guessed] if guessed else hits


_THAT_THEY, _OF_WHOM = grammar("annotate", "that_they"), grammar("annotate", "of_whom")


def _no_halves(hits: list[Hit]) -> list[Hit]:
    """Without what is read off pieces of another word: a cue off the rest of a place's name (بعقوبة is no "with a penalty"), a verb with
    a pronoun off a noun with the article (القوة is no "they threw it")."""
    named = {h.first for h in hits if h.entry.layer == "place" and not h.prefix}
    longer = {h.first: h.last for h in hits if h.entry.layer == "place" and h.last - h.first > 1}  # no mother in أم روابة
    nouns = {h.first for h in hits if h.entry.layer == "set" and h.prefix.endswith("ال")}
    if not named and not nouns:
        return hits
    return [
        h
        for h in hits
        if not (h.prefix and h.first in named and h.entry.layer == "cue")
        and not (h.entry.layer == "people" and h.last < longer.get(h.first, 0))
        and not (h.suffix and h.first in nouns and not h.prefix and h.entry.layer in ("trigger", "verb"))
    ]


def _names_a_quarter(toks: list[Token], found: Found) -> bool:
    """Whether a date is only the name of a quarter or a street (حي مايو، شارع 26 سبتمبر)."""
    return found.first > 0 and toks[found.first - 1].form.removeprefix("ب").removeprefix("و") in _QUARTERS


def _counts_one(token: Token) -> bool:
    """Whether an accusative may follow: after an indefinite noun, and after 11 to 99 (جنديا سوريا، 90 سوريا)."""
    return token.form.endswith("ا") or token.kind == "number" or token.form in ("عشر", "عشره")


def _cased(text: str, folded: Folded, hit: Hit) -> bool:
    """Whether a name stands with a capital, as English names do ("IS" is a group, "is" is not; "March" is no protest)."""
    at = folded.index[hit.start]
    first = text[at]
    if hit.entry.layer in ("place", "demonym"):
        return first.isupper()
    if hit.entry.layer == "trigger" and first.isupper() and at > 0 and hit.entry.info.lemma in _NAMES_TOO:
        return text[at - 1] != " " or text[at - 2 : at - 1] in '.!?:\u201d"'  # Shell, the company
    if hit.entry.layer == "actor" and hit.entry.info[2]:
        first = text[at + 3 : at + 4] if text[at : at + 3].lower() in _ARTICLES else first  # al-Shabaab
        return first.isupper() and (
            len(hit.entry.value) > 3 or not text[folded.index[hit.end - 1]].islower() or hit.end - hit.start > 3
        )
    return True


_NAMES_TOO = grammar("english", "names_too")
_ARTICLES = ("al-", "al ", "el-", "el ")


def _part_of_name(token: Token) -> bool:
    """Whether digits written onto a word are part of a name; "and" and prepositions are only written so (و100 جريح)."""
    return token.kind in ("latin", "word") and token.form not in _PROCLITICS


_PROCLITICS = frozenset(("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال"))


def _behind_a_hyphen(toks: list[Token], at: int) -> bool:
    """Whether a hyphen ties digits to the word before them ("AK-47", كيه-47)."""
    if at < 2 or toks[at - 1].form != "-" or toks[at].kind != "number":
        return False
    return toks[at - 2].end == toks[at - 1].start and toks[at - 1].end == toks[at].start and _part_of_name(toks[at - 2])


def _an_age(toks: list[Token], at: int) -> bool:
    """Whether a number that ends at token `at` tells how old somebody is ("20-year-old")."""
    return at + 1 < len(toks) and toks[at].form == "-" and toks[at + 1].form.startswith(("year", "month"))


def _numbers(toks: list[Token], lang: str, found: list[Found]) -> list[Number]:
    """Numbers that are no part of a date, left to right, none overlapping."""
    begins = beginners(lang)
    starting = [at for at, token in enumerate(toks) if begins[token.form]]
    if not starting:
        return []
    dated = {k for f in found for k in range(f.first, f.last)}
    out: list[Number] = []
    free = 0  # the first token after the number read last
    for at in starting:
        named = at > 0 and toks[at - 1].end == toks[at].start and _part_of_name(toks[at - 1])  # "K1"
        named = named or _behind_a_hyphen(toks, at)
        number = None if at < free or at in dated or named else number_at(toks, at, lang)
        if number is None:
            continue
        if not (any(k in dated for k in range(number.first, number.last)) or _an_age(toks, number.last)):
            out.append(number)
        free = number.last
    return out
