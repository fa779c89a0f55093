"""Expand the verb lemmas of codebooks/ar/verbs.tsv into every third-person form: codebooks/ar/verb_forms.tsv.

Uses the package `mazini` (CC BY 4.0, a port of Wiktionary's conjugation tables; see NOTICE) at build time only.
Run: make codebooks
"""

from pathlib import Path

import mazini

from marsad.text.fold import fold_text

BOOK = Path(__file__).resolve().parent.parent / "src" / "marsad" / "codebooks" / "ar"
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
                    before = found.get(folded)
                    both = "ap" if before and before[1] != voice else voice
                    found[folded] = (tense, both, before[2] if before else number)
    return found


def main() -> None:
    """Write verb_forms.tsv."""
    rows = ["lemma\tform\ttense\tvoice\tnumber"]
    lines = (BOOK / "verbs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for line in dict.fromkeys(lines):
        lemma, root, pattern = line.split("\t")
        expanded = forms(root, pattern)
        if "?" in expanded or not expanded:
            raise SystemExit(f"verbs.tsv: {lemma} ({root}, {pattern}) could not be conjugated")
        rows += [f"{lemma}\t{form}\t{t}\t{v}\t{n}" for form, (t, v, n) in expanded.items()]
    (BOOK / "verb_forms.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(lines)} verbs, {len(rows) - 1} forms")


if __name__ == "__main__":
    main()
