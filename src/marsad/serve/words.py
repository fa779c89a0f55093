"""The words of the pages: words/<lang>/*.toml, each a flat table of key -> text. Both languages hold the same keys (a test)."""

import tomllib
from functools import cache
from importlib.resources import files

from marsad.records import Lang

LANGS: tuple[Lang, ...] = ("ar", "en")


@cache
def catalogue(lang: Lang) -> dict[str, str]:
    """Every text of `lang` by its key."""
    folder = files("marsad.serve").joinpath("words", lang)
    found: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def say(lang: Lang, key: str, **slots: object) -> str:
    """The text of `key`, its {slots} filled. Raises KeyError for a key that is not in the catalogue."""
    text = catalogue(lang)[key]
    return text.format(**slots) if slots else text
