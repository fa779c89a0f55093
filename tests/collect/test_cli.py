"""Bad inputs at the command line: the exit code says so, the message says what and how to mend it, and nothing is lost."""

import json
import sys
from pathlib import Path

import pytest

from marsad import cli
from marsad.store import Store

ARABIC = "سقطت عشرة صواريخ على قاعدة التاجي شمال بغداد يوم 11 آذار 2020، ولم تعلن أي جهة مسؤوليتها عن الهجوم."


class Run:
    """Runs `marsad ...` in this process; returns the exit code and what was printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Path) -> None:
        self.monkeypatch, self.capsys, self.store = monkeypatch, capsys, store

    def __call__(self, *args: object) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["marsad", *map(str, args)])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        told = self.capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    def held(self) -> Store:
        return Store.open(self.store)


@pytest.fixture
def marsad(monkeypatch, capsys, tmp_path):
    return Run(monkeypatch, capsys, tmp_path / "s.db")


def collect(marsad: Run, folder: Path, name: str, raw: bytes) -> tuple[int, str, str]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(raw)
    return marsad("collect", folder, "--store", marsad.store)


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(32)), "not text"),
        ("big.txt", b"word " * 10_000_000, "5 MB"),
    ],
)
def test_what_cannot_be_read_ends_with_code_1_and_is_kept_with_its_reason(marsad, tmp_path, name, raw, reason):
    collect(marsad, tmp_path / "in", "good.txt", ARABIC.encode())
    code, out, err = collect(marsad, tmp_path / "in", name, raw)
    assert code == 1
    assert "1 rejected" in out
    assert name in err
    assert reason in err
    with marsad.held() as store:
        (kept,) = store.rejected()
        assert kept.size == len(raw)
        assert reason in kept.reason
        assert [r.text for r in store.reports()] == [ARABIC]


def test_windows_1256_is_read_and_read_again_without_a_double(marsad, tmp_path):
    code, out, _ = collect(marsad, tmp_path / "in", "a.txt", ARABIC.encode("cp1256"))
    assert (code, "1 new reports" in out) == (0, True)
    code, out, _ = collect(marsad, tmp_path / "in", "b.txt", ARABIC.encode("utf-8"))
    assert (code, "0 new reports, 2 seen before, 0 rejected" in out) == (0, True)
    with marsad.held() as store:
        assert [r.text for r in store.reports()] == [ARABIC]


def test_line_3_is_rejected_by_its_number_and_the_other_lines_go_in(marsad, tmp_path):
    lines = ['{"text": "one"}', '{"text": "two"}', '{"text": "thr', '{"text": "four"}']
    code, out, err = collect(marsad, tmp_path / "in", "a.jsonl", "\n".join(lines).encode())
    assert code == 1
    assert "3 new reports" in out
    assert "a.jsonl line 3" in err
    with marsad.held() as store:
        assert sorted(r.text for r in store.reports()) == ["four", "one", "two"]
        assert store.rejected()[0].raw == lines[2].encode()


def test_what_was_rejected_is_listed_and_written_out_to_be_mended(marsad, tmp_path):
    lines = ['{"text": "one"}', '{"text": "thr', '{"text": "fo']
    collect(marsad, tmp_path / "in", "a.jsonl", "\n".join(lines).encode())
    code, out, _ = marsad("rejected", "--store", marsad.store, "--json")
    first, second = json.loads(out)
    assert (code, first["where"].endswith("line 2"), first["kept"]) == (0, True, True)
    assert {"reason", "mend", "recorded", "size", "sha256"} < first.keys()
    assert "2 rejected inputs" in marsad("rejected", "--store", marsad.store)[1]
    for since, shown in (("2020-01-01", 2), ("2999-01-01", 0)):
        assert len(json.loads(marsad("rejected", "--since", since, "--store", marsad.store, "--json")[1])) == shown
    assert marsad("rejected", second["id"][:10], "--out", tmp_path / "mend.jsonl", "--store", marsad.store)[0] == 0
    assert (tmp_path / "mend.jsonl").read_bytes() == lines[2].encode()


@pytest.mark.parametrize(("args", "told"), [
    (["--out", "x"], "which one"), (["zz"], "no rejected input"), (["%"], "no rejected input"), (["--since", "soon"], "--since"),
])  # fmt: skip
def test_asking_for_a_rejected_input_that_is_not_there_says_so(marsad, tmp_path, args, told):
    collect(marsad, tmp_path / "in", "a.jsonl", b'{"text": "thr')
    code, _, err = marsad("rejected", *args, "--store", marsad.store)
    assert (code, told in err) == (2, True)


def test_the_bytes_of_a_rejected_input_are_listed_without_being_loaded(marsad, tmp_path):
    collect(marsad, tmp_path / "in", "big.txt", b"word " * 10_000_000)
    with marsad.held() as store:
        assert store.rejected_count() == 1
        (kept,) = store.rejected_inputs()
        assert not hasattr(kept, "raw")
        assert store.rejected_bytes(kept.id) == b"word " * 10_000_000
        assert store.rejected_bytes("none") is None


def test_a_report_without_a_date_goes_the_whole_way_and_enters_no_cut_in_time(marsad, tmp_path):
    assert collect(marsad, tmp_path / "in", "a.txt", ARABIC.encode())[0] == 0
    for verb in ("read", "link"):
        assert marsad(verb, "--store", marsad.store)[0] == 0
    code, _, err = marsad("brief", "--store", marsad.store, "--out", tmp_path / "out")
    assert (code, "no report in the store has a date" in err, "--as-of" in err) == (2, True, True)
    code, _, _ = marsad("brief", "--store", marsad.store, "--out", tmp_path / "out", "--as-of", "2020-04-08")
    assert code == 0
    assert "التاجي" not in (tmp_path / "out" / "brief.en.html").read_text(encoding="utf-8")


def test_reading_a_file_with_a_broken_line_writes_a_line_for_each_and_says_so(marsad, tmp_path):
    file, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    file.write_text('{"id": "a", "text": "A bomb killed two people in Baghdad."}\n{"id": "b", \n{"id": "c", "text": "c"}\n')
    code, _, err = marsad("read", file, "--out", out)
    assert code == 1
    assert "line 2" in err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["collect", "nowhere"], 2, "no such file"),
        (["brief", "--store", "nowhere.db"], 2, "no store here"),
        (["brief", "--no-such-option"], 2, ""),
        (["read", "nowhere.txt"], 2, "no such file"),
    ],
)
def test_what_does_not_exist_is_a_usage_error_with_its_mend(marsad, tmp_path, monkeypatch, args, code, told):
    monkeypatch.chdir(tmp_path)
    found, _, err = marsad(*args)
    assert (found, told in err) == (code, True)


def test_a_file_that_is_no_store_could_not_run_and_is_left_as_it_was(marsad, tmp_path):
    marsad.store.write_bytes(b"not a database at all" * 100)
    code, _, err = marsad("link", "--store", marsad.store)
    assert code == 3
    assert str(marsad.store.name) in err
    assert marsad.store.read_bytes() == b"not a database at all" * 100
