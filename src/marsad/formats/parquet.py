"""Parquet: the columns of the CSV, typed (lists stay lists, days are days). Needs pyarrow: pip install "marsad[parquet]"."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

from marsad.errors import UsageError
from marsad.formats.table import LATER, Row, row_of
from marsad.records import Incident


def _arrow() -> Any:
    try:
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "pyarrow is not installed", where="Parquet", mend='Install it: pip install "marsad[parquet]".'
        ) from None
    return pyarrow


def schema() -> Any:
    """The Arrow schema: a field for each column of the CSV."""
    pa = _arrow()
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
             datetime: pa.timestamp("us", tz="UTC"), tuple[str, ...]: pa.list_(pa.string())}  # fmt: skip
    hints = get_type_hints(Row)
    made = []
    for f in fields(Row):
        kind = hints[f.name]
        options = [k for k in getattr(kind, "__args__", ()) if k is not type(None)]
        empty = type(None) in getattr(kind, "__args__", ())
        made.append(pa.field(f.name, plain[options[0] if empty else kind], nullable=empty))
    return pa.schema(made)


def dump(incidents: Iterable[Incident], out: BinaryIO) -> int:
    """Write them; how many."""
    pa = _arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows = [row_of(i) for i in incidents]
    columns = {f.name: [_plain(getattr(r, f.name)) for r in rows] for f in fields(Row)}
    pq.write_table(pa.table(columns, schema=schema()), out, compression="zstd")
    return len(rows)


def load(path: Path) -> list[Row]:
    """The rows of a file that `dump` wrote."""
    _arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415

    made: Any = Row
    rows = pq.read_table(path).to_pylist()
    later = dict.fromkeys(LATER)
    return [made(**later | {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}) for row in rows]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
