"""A file is replaced whole, or stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptquiz.files import replace_whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_replaced_and_nothing_else_is_left_beside_it(folder: Path, durable: bool) -> None:
    file = folder / "file"
    file.write_bytes(b"old and longer")
    replace_whole(file, b"new", durable=durable)
    assert file.read_bytes() == b"new"
    assert list(folder.iterdir()) == [file]


def test_a_file_keeps_its_permissions(folder: Path) -> None:
    file = folder / "file"
    file.touch(mode=0o600)
    replace_whole(file, b"private", durable=False)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_and_what_it_points_to_is_replaced(folder: Path, tmp_path: Path) -> None:
    target, link = folder / "file", tmp_path / "link"
    link.symlink_to(target)
    replace_whole(link, b"new", durable=False)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_when_a_file_cannot_be_replaced_it_stays_and_no_draft_is_left(folder: Path) -> None:
    in_the_way = folder / "file"
    (in_the_way / "full").mkdir(parents=True)
    with pytest.raises(OSError):
        replace_whole(in_the_way, b"a folder cannot be replaced with a file", durable=True)
    assert list(folder.iterdir()) == [in_the_way]


def test_who_holds_a_file_open_still_reads_it_whole(folder: Path) -> None:
    file = folder / "file"
    file.write_bytes(b"old")
    with file.open("rb") as reading:
        replace_whole(file, b"new", durable=False)
        assert reading.read() == b"old"
