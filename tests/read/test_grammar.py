"""The word lists of grammar.toml are those that the modules of read/ ask for: none is left over, none is missing."""

import re
from pathlib import Path

import marsad.read
from marsad.read.load import book

ASKED = re.compile(r'\bgrammar(?:_of)?\("(\w+)", "(\w+)"\)')


def test_every_list_is_read_and_every_list_read_is_there() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in Path(marsad.read.__file__).parent.glob("*.py"))
    told = {(module, name) for lang in ("ar", "en") for module, lists in book(lang, "grammar").items() for name in lists}
    assert set(ASKED.findall(code)) == told
