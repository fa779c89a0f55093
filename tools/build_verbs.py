"""Expand the verb lemmas of codebooks/{ar,en}/verbs.tsv into their forms: codebooks/{ar,en}/verb_forms.tsv.

English is regular but for the past forms that verbs.tsv gives. Arabic uses the package `mazini` (CC BY 4.0, a port of Wiktionary's conjugation tables; see NOTICE) at build time only.
Run: make codebooks
"""

from pathlib import Path

import mazini

from marsad.text.fold import fold_text

BOOKS = Path(__file__).resolve().parent.parent / "src" / "marsad" / "codebooks"
SLOTS = {"past": "past", "ind": "present", "sub": "present", "juss": "present"}
PERSONS = {"3ms": "s", "3fs": "s", "3md": "d", "3fd": "d", "3mp": "p", "3fp": "p"}


def forms(root: str, pattern: str) -> dict[str, tuple[str, str, str]]:
    """Folded form -> (tense, voice, number). Voices that fold alike are written "ap"."""
    table = mazini.conjugate(root, pattern, passive=True).slots
    found: dict[str, tuple[str, str, str]] = {}
    for mood, tense in SLOTS.items():
        for voice, infix in (("a", ""), ("p", "pass_")):
            for person, number in PERSONS.items():
                for form in table.get(f"{mood}_{infix}{person}", []):
                    folded = fold_text(form.form)
                    if folded.startswith("وو"):
                        continue  # the news writes "and arrived" so (ووصل), hardly ever the passive of واصل
                    before = found.get(folded)
                    both = "ap" if before and before[1] != voice else voice
                    found[folded] = (tense, both, before[2] if before else number)
    return found


def english(lemma: str, past: str, participle: str) -> dict[str, tuple[str, str, str]]:
    """Form -> (tense, voice, number) of an English verb. A participle may be active past or passive: "ap"."""
    vowels = "aeiou"
    y = lemma.endswith("y") and lemma[-2] not in vowels
    short = (
        len(lemma) >= 3 and lemma[-1] in "bdglmnprt" and lemma[-2] in vowels and lemma[-3] not in vowels and lemma in DOUBLING
    )
    stem = lemma + lemma[-1] if short else lemma
    third = lemma[:-1] + "ies" if y else lemma + "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else lemma + "s"
    regular = lemma[:-1] + "ied" if y else lemma + "d" if lemma.endswith("e") else stem + "ed"
    gerund = lemma[:-2] + "ying" if lemma.endswith("ie") else lemma[:-1] + "ing" if lemma.endswith("e") else stem + "ing"
    found = {lemma: ("present", "a", "p"), third: ("present", "a", "s"), gerund: ("ing", "a", "s")}
    for form in (past or regular, participle or regular):
        found[form] = ("past", "ap", "s")
    return found


DOUBLING = frozenset(("stab", "kidnap", "cut", "hit", "gun", "drop", "overrun", "plan", "plot", "repel", "occur"))


def write(folder: str, rows: list[str]) -> None:
    """Write one language's verb_forms.tsv."""
    (BOOKS / folder / "verb_forms.tsv").write_text(
        "\n".join(["lemma\tform\ttense\tvoice\tnumber", *rows]) + "\n", encoding="utf-8"
    )
    print(f"{folder}: {len(rows)} forms")


def lemmas(folder: str) -> list[list[str]]:
    """The rows of a language's verbs.tsv, each once."""
    return [
        line.split("\t")
        for line in dict.fromkeys((BOOKS / folder / "verbs.tsv").read_text(encoding="utf-8").splitlines()[1:])
        if line
    ]


def main() -> None:
    """Write both verb_forms.tsv."""
    rows: list[str] = []
    for lemma, root, pattern in lemmas("ar"):
        expanded = forms(root, pattern)
        if "?" in expanded or not expanded:
            raise SystemExit(f"verbs.tsv: {lemma} ({root}, {pattern}) could not be conjugated")
        rows += [f"{lemma}\t{form}\t{t}\t{v}\t{n}" for form, (t, v, n) in expanded.items()]
    write("ar", rows)
    rows = []
    for lemma, *irregular in lemmas("en"):
        past, participle = irregular if irregular else ("", "")
        rows += [f"{lemma}\t{form}\t{t}\t{v}\t{n}" for form, (t, v, n) in english(lemma, past, participle).items()]
    write("en", rows)


if __name__ == "__main__":
    main()
