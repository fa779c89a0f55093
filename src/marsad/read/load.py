"""Fill a lexicon from the codebooks of a language."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from marsad.read.lexicon import Entry, Lexicon, People, Trigger
from marsad.read.pause import uncollected
from marsad.read.placenames import names
from marsad.text.fold import fold_text

TRIGGER_BOOKS = ("attack", "operation", "control", "posture", "unrest", "measure")


@cache
def book(*path: str) -> Mapping[str, Any]:
    """One codebook file: of a language (book("ar", "cues")) or of none (book("coalitions")). Several rules read the same one."""
    *folder, name = path
    return tomllib.loads(files("marsad.codebooks").joinpath(*folder, f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _grammars() -> dict[str, Mapping[str, Any]]:
    return {lang: book(lang, "grammar") for lang in ("ar", "en")}


def grammar_of(module: str, name: str) -> dict[str, frozenset[str]]:
    """Language -> a word list of grammar.toml, from the table of the module that reads with it."""
    return {lang: frozenset(told[module][name]) for lang, told in _grammars().items() if name in told.get(module, ())}


def grammar(module: str, name: str) -> frozenset[str]:
    """Such a list in all languages at once; raises TypeError if none has it."""
    return frozenset.union(*grammar_of(module, name).values())


@cache
def coalitions() -> Mapping[str, Any]:
    """Under which names states fight, abroad and at home (coalitions.toml)."""
    return book("coalitions")


def rows(*path: str) -> list[list[str]]:
    """The rows of a codebook table, without its header; comments (#) and blank lines left out."""
    lines = files("marsad.codebooks").joinpath(*path).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


@cache
@uncollected()
def lexicon(lang: str) -> Lexicon:
    """The whole lexicon of `lang`, loaded once."""
    lex = Lexicon(lang)
    for add in (_triggers, _verbs, _people, _weapons, _sets, _cues, _stand_ins, _actors, _generics, _countries):
        for said, entry in add(lang):
            lex.add(said, entry)
    for name in names(lang):
        for said in sorted(english_variants(name)) if lang == "en" else (name,):
            lex.add_late(said, partial(_place, lang, name))
    for said, capital in _capitals(lang):
        lex.add_late(said, capital)
    return lex.ready()


def _place(lang: str, name: str) -> Entry:
    return Entry("place", name, (tuple(names(lang)[name]), _also_words().get(name, 0)))


def variants(word: str) -> set[str]:
    """The written forms of an Arabic noun or adjective beside itself: tanwin alif, dual, sound plural (folded)."""
    w = fold_text(word)
    if " " in w or len(w) < 3:
        return {w}
    if w.endswith("ه"):
        stem = w[:-1]
        return {w, stem + "تين", stem + "تان", stem + "ات"}
    if w.endswith(("ا", "ات", "ون", "ين", "ان", "ء")):
        return {w}
    return {w, w + "ا", w + "ين", w + "ان", w + "ون"}


def _triggers(lang: str) -> Iterator[tuple[str, Entry]]:
    forms = _verb_forms(lang)
    homographs = {row[0] for row in rows(lang, "homographs.tsv")}
    for name in TRIGGER_BOOKS:
        for row in book(lang, name)["trigger"]:
            kind = row.get("as", row["kind"])
            common = {
                "kind": kind,
                "role": row["role"],
                "needs": tuple(row.get("needs", ())),
                "never_after": frozenset(fold_text(w) for w in row.get("never_after", ())),
                "never_before": frozenset(fold_text(w) for w in row.get("never_before", ())),
                "weak_alone": row.get("weak_alone", False),
                "toll": row.get("toll", ""),
            }
            for lemma in row.get("verb", ()):
                listed = [told for told in forms.get(lemma, ()) if told[0] not in homographs]
                yield from _of_a_verb(lemma, listed, kind, common)
            for lemma, *objects in row.get("verb_phrase", ()):
                yield from _of_a_verb(lemma, forms[lemma], kind, {**common, "objects": frozenset(objects)})
            for noun, *objects in row.get("noun_phrase", ()):
                info = Trigger(pos="noun", lemma=noun, objects=frozenset(objects), **common)
                yield noun, Entry("trigger", kind, info)
            for noun in row.get("noun", ()):
                entry = Entry("trigger", kind, Trigger(pos="noun", lemma=noun, **common))
                for form in sorted(noun_forms(noun, lang)):
                    yield form, entry
            for phrase in row.get("phrase", ()):
                yield phrase, Entry("trigger", kind, Trigger(pos="phrase", lemma=phrase, **common))


def _of_a_verb(
    lemma: str, forms: list[tuple[str, str, str, str]], kind: str, common: Mapping[str, Any]
) -> Iterator[tuple[str, Entry]]:
    """The forms of a verb that triggers; those told the same way (masculine and feminine, say) share one entry."""
    made: dict[tuple[str, ...], Entry] = {}
    for form, *how in forms:
        entry = made.get(tuple(how))
        if entry is None:
            tense, voice, number = how
            info = Trigger(pos="verb", lemma=lemma, tense=tense, voice=voice, number=number, **common)
            entry = made[tuple(how)] = Entry("trigger", kind, info)
        yield form, entry


def noun_forms(noun: str, lang: str) -> set[str]:
    """The forms of a noun in `lang`."""
    if lang == "ar":
        return variants(noun) - ({noun + "ين", noun + "ون", noun + "ان"} if noun in _NO_SOUND_PLURAL else set())
    return {
        noun,
        noun + "es" if noun.endswith(("s", "sh", "ch", "x")) else noun[:-1] + "ies" if noun.endswith("y") else noun + "s",
    }


_NO_SOUND_PLURAL = grammar("load", "no_sound_plural")


@cache
def _verb_forms(lang: str) -> dict[str, list[tuple[str, str, str, str]]]:
    forms: dict[str, list[tuple[str, str, str, str]]] = {}
    for lemma, form, tense, voice, number in rows(lang, "verb_forms.tsv"):
        forms.setdefault(lemma, []).append((form, tense, voice, number))
    return forms


_ARTICLES = re.compile(r"\b(?:a[dnrstz]|ash|el)[ -](?=\w)")


def english_variants(name: str) -> set[str]:
    """A romanised name and the ways the news writes it: without apostrophes, with al- for the article however it sounds."""
    if name.isalpha():
        return {name}
    plain = name.replace("'", "").replace("\u2019", "").replace("`", "")
    if " " not in name and "-" not in name:
        return {name, plain}
    return {name, plain, _ARTICLES.sub("al-", name), _ARTICLES.sub("al-", plain)}


def _verbs(lang: str) -> Iterator[tuple[str, Entry]]:
    """Every known finite verb, trigger or not: where clauses begin, and what has a subject, hangs on it."""
    for lemma, listed in _verb_forms(lang).items():
        for form, tense, voice, number in listed:
            yield form, Entry("verb", lemma, (tense, voice, number))


@cache
def _also_words() -> dict[str, int]:
    """Folded place names that are words too -> how far to mistrust them (codebooks/places/homographs.tsv)."""
    return {fold_text(form): int(risk) for form, risk, _ in rows("places", "homographs.tsv")}


def _generics(lang: str) -> Iterator[tuple[str, Entry]]:
    begun = _begun_with() if lang == "ar" else {}
    for row in book(lang, "generics").get("generic", ()):
        for said in row["said"]:
            never = frozenset(row.get("never_after", ()))
            meant = frozenset(row["for"]) | begun.get(fold_text(said), frozenset())
            yield (
                said,
                Entry(
                    "generic", said, (meant, dict(row.get("home", {})), row.get("after", ""), never, row.get("bare", False))
                ),
            )


def _begun_with() -> dict[str, frozenset[str]]:
    """First word of an armed group's Arabic names (حركة، كتيبة) -> the groups that "the movement", "the battalion" can stand for."""
    made: dict[str, set[str]] = {}
    for canonical, kind, _, _, arabic in rows("actors.tsv"):
        if kind in ("armed_group", "militia"):
            for name in arabic.split("|"):
                made.setdefault(fold_text(name).partition(" ")[0], set()).add(canonical)
    return {word: frozenset(groups) for word, groups in made.items()}


def _people(lang: str) -> Iterator[tuple[str, Entry]]:
    for row in book(lang, "people")["noun"]:
        for word in row["sg"]:
            yield word, _person(row, "s")
            if lang == "ar":
                for form in sorted(_counted(word)):
                    yield form, _person(row, "d" if form.endswith(("ين", "ان")) and form != fold_text(word) else "s")
        for word in row["pl"]:
            yield word, _person(row, "p")
            if lang == "ar" and word.endswith("ين"):
                yield word[:-2] + "ون", _person(row, "p")
                yield word[:-1], _person(row, "p")  # مرافقيه، إرهابيي داعش
        for form in sorted(_duals_of(row["sg"], row["pl"])) if lang == "ar" else ():
            yield form, _person(row, "d", possessed=True)
            if form.endswith("ي"):
                yield form, _person(row, "d")  # before a genitive: ضابطي شرطة
    for word, number in _nationals() if lang == "en" else ():
        yield word, _person(_NATIONAL, number)


_NATIONAL = {"group": "unknown", "who": ""}


def _nationals() -> Iterator[tuple[str, str]]:
    """(word, s or p) of English words for the people of a nation: each demonym that has a plural, and that plural ("a German", "Germans")."""
    for _, _, english, _, _ in rows("demonyms.tsv"):
        words = english.split("|")
        for word in words:
            for plural in {f"{word}s", f"{word[:-2]}en"} & set(words):
                yield from ((word, "s"), (plural, "p"))


def _duals_of(singulars: list[str], plurals: list[str]) -> set[str]:
    """The duals that take a pronoun (طفليها، ابناه); where the sound plural looks the same (مرافقيه) no one knows which it is."""
    stems = [w[:-1] + "ت" if w.endswith("ه") else w for w in map(fold_text, singulars) if " " not in w and len(w) > 2]
    return {stem + end for stem in stems for end in ("ي", "ا") if stem + "ين" not in plurals}


def _person(row: Mapping[str, Any], number: str, *, possessed: bool = False) -> Entry:
    people = People(row["group"], row["who"], number, row.get("not_people", False), possessed or row.get("possessed", False))
    return Entry("people", row["group"], people)


def _counted(word: str) -> set[str]:
    """Singular accusative, dual, and the dual before a genitive (جنديا، جنديين، جنديان، جنديي)."""
    head, _, rest = fold_text(word).partition(" ")
    if rest:
        return {f"{head}ين {rest}", f"{head}ان {rest}", f"{head}ا {rest}"}
    stem = head[:-1] + "ت" if head.endswith("ه") else head
    return {head, stem + "ين", stem + "ان"} | ({head + "ا"} if stem == head else set())


def _weapons(lang: str) -> Iterator[tuple[str, Entry]]:
    for name, row in book(lang, "weapons").items():
        for said in row["said"]:
            yield said, Entry("weapon", name, row["kind"])


def _sets(lang: str) -> Iterator[tuple[str, Entry]]:
    for name, words in book(lang, "sets").items():
        for word in words:
            for form in sorted(variants(word)) if lang == "ar" and name in _NOUN_SETS else (word,):
                yield form, Entry("set", name)


_NOUN_SETS = frozenset(("base", "arms", "territory", "property", "offices"))


def _cues(lang: str) -> Iterator[tuple[str, Entry]]:
    for section, lists in book(lang, "cues").items():
        for name, words in lists.items():
            if name != "prefix":
                for word in words:
                    yield word, Entry("cue", f"{section}.{name}")


def _stand_ins(lang: str) -> Iterator[tuple[str, Entry]]:
    for name, words in book(lang, "roles")["stands_for"].items():
        for word in words:
            for form in sorted({word, fold_text(word) + "ا"}) if lang == "ar" and " " not in word else (word,):
                yield form, Entry("stands_for", name)


def _actors(lang: str) -> Iterator[tuple[str, Entry]]:
    for canonical, kind, country, english, arabic in rows("actors.tsv"):
        for said in (arabic if lang == "ar" else f"{canonical}|{english}").split("|"):
            if said.strip():
                yield said, Entry("actor", canonical, (kind, country, said.strip()[0].isupper()))


def _countries(lang: str) -> Iterator[tuple[str, Entry]]:
    for code, _, demonym_en, demonyms_ar, capital in rows("demonyms.tsv"):
        ar, _, en = capital.partition("|")
        for name in filter(None, (ar if lang == "ar" else en,)):
            yield name, Entry("capital", code)
        if lang == "en":
            for word in demonym_en.split("|"):
                yield word, Entry("demonym", code)
            continue
        for base in filter(None, demonyms_ar.split("|")):
            folded = fold_text(base)
            for form in (
                folded,
                folded + "ه",
                folded + "ين",
                folded + "ون",
                folded + "ا",
                folded + "ان",
                folded + "تين",
                folded + "ات",
            ):
                yield form, Entry("demonym", code)


@cache
def capitals() -> frozenset[tuple[str, str]]:
    """(country, English name) of every capital that demonyms.tsv names."""
    return frozenset((row[0], row[4].partition("|")[2]) for row in rows("demonyms.tsv") if row[4])


def _capitals(lang: str) -> Iterator[tuple[str, Callable[[], Entry | None]]]:
    """Capitals told by whose they are (العاصمة العراقية), as the places that bear their names."""
    for code, _, english, arabic, capital in rows("demonyms.tsv"):
        name, _, name_en = capital.partition("|")
        for word in filter(None, (english if lang == "en" else arabic).split("|")):
            said = f"{word} capital" if lang == "en" else f"العاصمة ال{word}ة"
            yield fold_text(said), partial(_capital, lang, said, code, name_en if lang == "en" else name)


@cache
def capital_of(lang: str, country: str) -> Entry | None:
    """The capital of an ISO country code as a place told without its name; None where no codebook has it."""
    for code, _, _, _, capital in rows("demonyms.tsv"):
        if code == country and capital:
            name, _, name_en = capital.partition("|")
            return _capital(lang, name_en, code, name_en if lang == "en" else name)
    return None


def _capital(lang: str, said: str, code: str, name: str) -> Entry | None:
    here = tuple(e for e in names(lang).get(fold_text(name), ()) if e.country == code and e.kind != "country")
    return Entry("place", said, (here, 0)) if here else None


@cache
def _forces() -> dict[str, tuple[str, str]]:
    return {code: (english.split("|")[0], armed) for code, armed, english, _, _ in rows("demonyms.tsv")}


def forces_of(country: str) -> tuple[str, str]:
    """(English demonym, name of the armed forces) of an ISO country code; ("", "") if unknown."""
    return _forces().get(country, ("", ""))
