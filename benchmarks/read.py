"""How fast the reader is, how soon `marsad read FILE` answers, and how its time grows with the text. Run: python benchmarks/read.py

CPU time of one process (time.process_time), so that other work on the machine hardly counts; five repeats, median and range.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from marsad.collect import collect_paths
from marsad.read.reader import Reader
from marsad.records import Report
from marsad.text.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / "data"
EXAMPLES = ROOT / "examples" / "reports"
REPEATS = 5
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
"""Bytes of UTF-8."""
CHILD = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); r = resource.getrusage(resource.RUSAGE_CHILDREN); print(r.ru_utime + r.ru_stime, r.ru_maxrss)"  # fmt: skip


def spread(values: Sequence[float], form: str) -> str:
    """Median, and lowest to highest."""
    low, middle, high = (format(v, form) for v in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low} to {high})"


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that `work` takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def gold_sentences() -> list[Report]:
    """The judged sentences, each a report without a day."""
    path = SHARED / "arabic_event_gsr.dev.jsonl"
    if not path.exists():
        print(f"skipped: {path.name} (no development data beside the project; set MARSAD_SHARED)")
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Report(id=r["id"], text=r["text"], lang="ar") for r in rows]


def examples() -> list[Report]:
    """The example reports."""
    return [r for r in collect_paths([EXAMPLES]) if isinstance(r, Report)]


def speed(name: str, reports: Sequence[Report], count: int) -> None:
    """Sentences and megabytes a CPU-second over `reports`, memory of word forms warm and cold."""
    size = sum(len(r.text.encode()) for r in reports) / 1e6
    times = []
    for _ in range(REPEATS + 1):
        reader = Reader()
        times.append(cpu(lambda reader=reader: [reader.read(r) for r in reports]))
    first, *warm = times
    print(f"{name:28s} {count:6d} sentences  {spread([count / t for t in warm], '.0f')} a CPU-second; first pass {count / first:.0f}; {size / statistics.median(warm):.2f} MB/s")  # fmt: skip


def cold(path: Path) -> None:
    """A fresh process each: wall and CPU seconds, and the largest memory held."""
    wall, used, held = [], [], []
    for _ in range(REPEATS):
        began = time.perf_counter()
        command = [sys.executable, "-c", "from marsad.cli import main; main()", "read", str(path)]
        told = subprocess.run([sys.executable, "-S", "-c", CHILD, *command], capture_output=True, text=True, check=True).stdout
        wall.append(time.perf_counter() - began)
        seconds, kilobytes = told.split()
        used.append(float(seconds))
        held.append(float(kilobytes) / 1024)
    print(
        f"marsad read {path.name}: wall {spread(wall, '.2f')} s, CPU {spread(used, '.2f')} s, memory {spread(held, '.0f')} MB"
    )


def growth(reports: Sequence[Report]) -> None:
    """Time against length, from 10 KB to 10 MB: the same news over and over, one report."""
    news = "\n".join(r.text for r in reports if r.lang == "ar") + "\n"
    reader, per_megabyte = Reader(), []
    for size in SIZES:
        times = -(-size // len(news.encode()))
        text = (news * times).encode()[:size].decode("utf-8", "ignore")
        report = Report(id="x", text=text, lang="ar", published=date(2020, 4, 8))
        repeats = REPEATS if size <= 100_000 else 1
        took = statistics.median(cpu(lambda report=report: reader.read(report)) for _ in range(repeats))
        per_megabyte.append(took / size * 1e6)
        print(f"{size / 1e6:8.2f} MB  {took:9.2f} s CPU  {per_megabyte[-1]:7.2f} s a MB", flush=True)
        if per_megabyte[-1] > 2.5 * min(per_megabyte):
            print("          time grows faster than the text: longer texts are left out")
            return
    print(f"          a MB takes {max(per_megabyte) / min(per_megabyte):.2f} times as long at most as at least")


def main() -> None:
    """Print the tables."""
    own = examples()
    Reader().read(own[0])
    print(f"Reading, {REPEATS} repeats: median (lowest to highest)")
    if gold := gold_sentences():
        speed("gold sentences", gold, len(gold))
    speed("example reports", own, sum(len(sentences(r.text)) for r in own))
    print(f"\nCold start, {REPEATS} fresh processes")
    for name in ("2020-04-08-founding-facts-ar.txt", "2020-03-12-taji-en.txt"):
        cold(EXAMPLES / name)
    print("\nGrowth with length")
    growth(own)
    print(f"\npeak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
