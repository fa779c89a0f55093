"""marsad score read: the gold's texts, read and compared; the tables and the JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from marsad.cli.common import console, print_json, progress, table
from marsad.cli.read import coded
from marsad.collect.decode import decode
from marsad.collect.entry import entry_of, report_of
from marsad.collect.lines import raw_lines
from marsad.errors import Rejected, UsageError
from marsad.score.reading import Reading, Sentences, Share, alias_table, score_reports, score_sentences

Row = dict[str, Any]
FORMS = 'Gold has "id", "text" and "statements", or "id", "text", "event_type" and "label" (docs/formats.md).'


def score_file(gold: Path, *, predicted: Path | None, out: Path | None, actors: Path | None, as_json: bool) -> None:
    """Score a gold file and print it. Raises UsageError where a file is not there or not of its form."""
    if predicted is not None and out is not None:
        raise UsageError("--out keeps what is read, but with --predicted nothing is", where="--out", mend="Leave one out.")
    wanted = rows(gold)
    answers = read_all(gold, wanted) if predicted is None else rows(predicted)
    if out is not None:
        out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in answers), encoding="utf-8")
    if all("statements" in r for r in wanted):
        reading = score_reports(wanted, answers, names=_names(actors))
        print_json(_numbers(reading)) if as_json else _show_reading(reading)
    elif all({"event_type", "label"} <= r.keys() for r in wanted):
        judged = score_sentences(wanted, answers)
        print_json({k: asdict(v) | {"f1_all": v.f1_all} for k, v in judged.items()}) if as_json else _show_sentences(judged)
    else:
        raise UsageError("some lines hold no gold", where=str(gold), mend=FORMS)


def rows(path: Path) -> list[Row]:
    """The objects of a file of JSON lines. Raises UsageError, with the line, at the first that is none or has no id."""
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), mend="Check the path.")
    made: list[Row] = []
    for number, raw, _ in raw_lines(path):
        try:
            row = json.loads(decode(raw))
        except (Rejected, ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise UsageError('this is no JSON object with an "id"', where=f"{path} line {number}", mend="Mend the line.")
        made.append(row)
    if not made:
        raise UsageError("the file is empty", where=str(path), mend=FORMS)
    return made


def read_all(path: Path, wanted: Sequence[Row]) -> list[Row]:
    """Each text of gold, read as `marsad read` would."""
    made: list[Row] = []
    with progress("read", len(wanted)) as tick:
        for row in wanted:
            if row.get("text"):
                try:
                    report = report_of(entry_of(row), key=row["id"])
                except Rejected as error:
                    raise UsageError(error.what, where=f"{path}, {row['id']}", mend=error.mend) from None
                made.append({"id": row["id"], "statements": coded(report)})
            tick(1)
    if not made:
        raise UsageError("no line has a text to read", where=str(path), mend="Give the texts, or score with --predicted.")
    return made


def _names(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    try:
        return alias_table(path.read_text(encoding="utf-8"))
    except (KeyError, UnicodeDecodeError):
        mend = 'One actor a line, parted by tabs, with a "canonical" and an "aliases" column.'
        raise UsageError("this is no table of actors", where=str(path), mend=mend) from None


def _numbers(reading: Reading) -> Row:
    return asdict(reading) | {"precision": reading.precision, "recall": reading.recall, "f1": reading.f1}


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.hits:g}/{share.of})"


def _show_reading(told: Reading) -> None:
    certain = told.matched + told.missed
    console.print(
        f"{told.reports} reports, {told.unanswered} not coded; {certain} certain actual events in gold.", highlight=False
    )
    console.print(
        f"Events: precision {told.precision:.3f}, recall {told.recall:.3f}, F1 {told.f1:.3f}. Not actual, called so: "
        f"{told.called_actual.hits:g} of {told.called_actual.of}.", highlight=False,
    )  # fmt: skip
    slots = [(name, f"{s.value:.3f}", f"{s.hits:g}", s.of) for name, s in told.slots.items()]
    table("Slots of matched events, where gold fills them", ("slot", "agree", "sum", "of"), slots)
    kinds = [(name, k.gold, k.matched, k.kind_right, k.missed, k.extra) for name, k in told.kinds.items()]
    table("Actual events by kind", ("kind", "gold", "matched", "as this kind", "missed", "extra"), kinds)
    classes = [(name, c.gold, c.found, c.coded) for name, c in told.classes.items()]
    table("Other classes, by sentence", ("class", "gold", "found", "coded"), classes)


def _show_sentences(told: dict[str, Sentences]) -> None:
    columns = ("type", "recall on yes", "fires on clean no", "on audited yes", "F1 against all easy no", "not coded")
    cells = [
        (k, _share(s.recall), _share(s.clean_no), _share(s.audited_yes), f"{s.f1_all:.3f}", s.unanswered)
        for k, s in told.items()
    ]
    table("Sentences with an event (the last two shares are for information)", columns, cells)
