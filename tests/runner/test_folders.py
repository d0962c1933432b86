"""A folder of any depth is measured and removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ptquiz.runner.worker import folders


def nest(folder: Path, name: str, depth: int) -> None:
    """Make folders inside folders, with a file in each."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(os.open("file", os.O_CREAT, dir_fd=below))
        os.close(here)
        here = below
    os.close(here)


@pytest.mark.parametrize(("name", "depth"), [("d", 1), ("d", 1100), ("n" * 255, 40)])
def test_any_depth_is_removed(tmp_path: Path, name: str, depth: int) -> None:
    target = tmp_path / "scratch"
    target.mkdir()
    nest(target, name, depth)
    folders.remove(target)
    assert not target.exists()


def test_a_link_is_removed_and_not_followed(tmp_path: Path) -> None:
    target, outside = tmp_path / "scratch", tmp_path / "outside"
    target.mkdir()
    outside.mkdir()
    (outside / "kept").touch()
    (target / "link").symlink_to(outside)
    folders.remove(target)
    assert not target.exists()
    assert (outside / "kept").exists()


def test_a_folder_that_nobody_may_enter_is_removed(tmp_path: Path) -> None:
    (tmp_path / "scratch" / "closed").mkdir(parents=True)
    (tmp_path / "scratch" / "closed" / "file").touch()
    (tmp_path / "scratch" / "closed").chmod(0)
    folders.remove(tmp_path / "scratch")
    assert not (tmp_path / "scratch").exists()


def test_a_folder_that_is_not_there_is_removed_already(tmp_path: Path) -> None:
    folders.remove(tmp_path / "none")


def test_sizes_and_entries_are_counted_at_all_depths(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(bytes(100_000))
    size, entries = folders.measure(tmp_path, 2000)
    assert entries == 3
    assert size >= 100_000


def test_counting_stops_at_too_many(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / str(number)).touch()
    assert folders.measure(tmp_path, 10)[1] == 11


def test_a_path_too_long_to_look_at_counts_as_too_many(tmp_path: Path) -> None:
    nest(tmp_path, "n" * 255, 40)
    assert folders.measure(tmp_path, 2000)[1] == 2001
    folders.remove(tmp_path)
