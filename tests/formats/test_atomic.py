"""Files that are whole or absent."""

import os
import stat
from pathlib import Path

import pytest

from marsad.formats.atomic import replacing, replacing_bytes


def test_a_file_that_was_there_stays_whole_where_writing_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")

    def breaks_off() -> None:
        with replacing(path) as out:
            out.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """`--out /dev/null`, run by root, must not put a file in the place of the device."""
    link = tmp_path / "null"
    link.symlink_to(os.devnull)
    with replacing(link) as out:
        out.write("nothing")
    assert link.is_symlink()
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    path, link = tmp_path / "out.bin", tmp_path / "newest"
    path.write_bytes(b"before")
    link.symlink_to(path)
    with replacing_bytes(link) as out:
        out.write(b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"
