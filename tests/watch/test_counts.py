"""A user's CSV of counts: what would lose or shift a count is refused, with where and how to mend it."""

import gzip

import pytest

from marsad.cli.counts import read_series
from marsad.errors import SeriesError

GOOD = "period,A\n2020-01,1\n2020-02,2\n"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"period,A,A\n2020-01,1,2\n", "column 'A' stands twice"),
        (b"period,A,B\n2020-01,1\n", "line 2: the line has more or fewer cells"),
        (b"period,A\n2020-01,1,2\n", "line 2: the line has more or fewer cells"),
        ("period,A\n2020-01,é\n".encode("latin-1"), "UTF-8"),
        (b"period,A\n2020-01,NaN\n", "'NaN' is no count"),
        (b"period,A\n2020-01,-1\n", "'-1' is no count"),
        (b"period,A\n2020-01,1\n2020-01,1\n", "2020-01 stands twice"),
        (b"period,A\n2020-01,1\n2020-03,1\n", "2020-02"),
        (b"", "no row"),
    ],
)
def test_a_table_that_would_lose_a_count_is_refused(tmp_path, raw, says):
    (tmp_path / "c.csv").write_bytes(raw)
    with pytest.raises(SeriesError, match=says):
        read_series(tmp_path / "c.csv")


def test_a_gzipped_table_is_read_and_a_cut_off_one_refused(tmp_path):
    whole = gzip.compress(GOOD.encode())
    (tmp_path / "c.csv.gz").write_bytes(whole)
    assert [s.counts.tolist() for s in read_series(tmp_path / "c.csv.gz")] == [[1, 2]]
    (tmp_path / "c.csv.gz").write_bytes(whole[:-10])
    with pytest.raises(SeriesError):
        read_series(tmp_path / "c.csv.gz")


def test_a_unit_without_any_value_is_left_out_and_named(tmp_path, capsys):
    (tmp_path / "c.csv").write_text("period,A,B\n2020-01,1,\n2020-02,2,\n")
    assert [s.unit for s in read_series(tmp_path / "c.csv")] == ["A"]
    assert "every value is missing: B" in capsys.readouterr().err
