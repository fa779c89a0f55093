"""The same text gives the same statements in every process: no set's order, which Python draws anew each time, decides a reading."""

import os
import subprocess
import sys
from pathlib import Path

OWN = Path(__file__).parent.parent / "eval"
SAID = "استشهد جندي سعودي أمس إثر إصابته بمقذوف عسكري من الأراضي اليمنية."


def test_reading_does_not_hang_on_the_seed_of_hashes(tmp_path: Path) -> None:
    """Evidence and incidents are kept by the ids of statements: a reading that changes by itself would break them."""
    text = tmp_path / "said.txt"
    text.write_text(f"published: 2015-08-05\nlang: ar\n---\n{SAID}\n", encoding="utf-8")
    for source in (text, OWN / "arabic.jsonl", OWN / "english.jsonl"):
        assert len({_read(source, seed, tmp_path) for seed in ("0", "1", "2")}) == 1


def _read(source: Path, seed: str, folder: Path) -> bytes:
    out = folder / f"{seed}.jsonl"
    command = [sys.executable, "-c", "from marsad.cli import main; main()", "read", str(source), "--out", str(out)]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    return out.read_bytes()
