"""Homes, variables, clocks, folders and limits that nobody wishes for: each is met by a share of all commands."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from ptquiz.commands.config import SETTINGS, Setting
from ptquiz.errors import ExitCode
from tests.robustness.places import Place
from tests.robustness.program import Program
from tests.robustness.tree import LEAVES, working

SHARE = 1 if os.environ.get("ROBUSTNESS") else 9
"""One in so many commands meets a surrounding, and others the next one."""


@dataclass(frozen=True)
class Around:
    """What is unusual."""

    variables: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    change: Callable[[Place], None] = lambda place: None
    limits: Mapping[str, int] = field(default_factory=dict)


def config(text: str) -> Around:
    """Give the user a configuration."""

    def write(place: Place) -> None:
        folder = place.home / "ptquiz" / "config"
        folder.mkdir(exist_ok=True)
        (folder / "config.toml").write_bytes(text.encode("utf-8", "surrogateescape"))

    return Around(change=write)


def scribble(pattern: str, content: bytes) -> Around:
    """Overwrite files of the home."""

    def write(place: Place) -> None:
        files = [file for file in (place.home / "ptquiz").glob(pattern) if file.is_file()]
        assert files
        for file in files:
            file.write_bytes(content)

    return Around(change=write)


def truncate(pattern: str) -> Around:
    """Cut files of the home in half."""

    def cut(place: Place) -> None:
        for file in (place.home / "ptquiz").glob(pattern):
            if file.is_file():
                os.truncate(file, file.stat().st_size // 2)

    return Around(change=cut)


def folder_at(name: str) -> Around:
    """Put a folder where a file is expected."""

    def put(place: Place) -> None:
        target = place.home / "ptquiz" / name
        if target.exists():
            target.unlink()
        target.mkdir(parents=True)

    return Around(change=put)


def gone(place: Place) -> None:
    """Let the working folder vanish before the program starts."""
    shutil.rmtree(place.cwd)
    (place.folder / "gone").mkdir()
    place.cwd.symlink_to("gone")


AROUND = {
    "no HOME": Around(without=("HOME",)),
    "a HOME that is nowhere": Around({"HOME": "{place}/not/yet"}, without=("PTQUIZ_HOME",)),
    "the home of nobody": Around({"PTQUIZ_HOME": "~nobody-here/ptquiz"}),
    "a home that is a file": Around({"PTQUIZ_HOME": "/etc/hostname"}),
    "a home that is a device": Around({"PTQUIZ_HOME": "/dev/null"}),
    "a home below proc": Around({"PTQUIZ_HOME": "/proc/self"}),
    "data in a file": Around({"PTQUIZ_DATA": "/etc/hostname/data"}),
    "a cache in a file": Around({"PTQUIZ_CACHE": "/dev/null"}),
    "state in a file": Around({"PTQUIZ_STATE": "/dev/null/x"}),
    "a configuration in a file": Around({"PTQUIZ_CONFIG": "/dev/null"}),
    "another encoding of the home": Around({"PTQUIZ_DATA": "{place}/data-\udcff"}),
    "a dumb terminal": Around({"TERM": "dumb", "COLUMNS": "20", "LINES": "5"}),
    "an unknown terminal": Around({"TERM": "\udcff", "COLUMNS": "²", "LINES": "-3"}),
    "one column": Around({"TERM": "xterm", "COLUMNS": "1"}),
    "five hundred columns": Around({"COLUMNS": "500", "NO_COLOR": "1"}),
    "too many columns": Around({"COLUMNS": "9" * 30}),
    "forced colours": Around({"FORCE_COLOR": "1", "COLUMNS": "garbage", "PTQUIZ_LANG": "zh"}),
    "no time zone of that name": Around({"TZ": "garbage/nowhere"}),
    "a time zone far away": Around({"TZ": "XXX-24:59:59"}),
    "1970": Around({"PTQUIZ_NOW": "1970-01-01T00:00:00+00:00"}),
    "2100": Around({"PTQUIZ_NOW": "2100-02-28T23:59:59-12:00"}),
    "the first day": Around({"PTQUIZ_NOW": "0001-01-01T00:00:00+14:00"}),
    "the last day": Around({"PTQUIZ_NOW": "9999-12-31T23:59:59-14:00"}),
    "no time": Around({"PTQUIZ_NOW": "half past eight"}),
    "no seed": Around({"PTQUIZ_SEED": "\udcff"}),
    "a working folder that is gone": Around(change=gone),
    "an empty configuration": config(""),
    "a configuration of wrong types": config('lang = 3\nnew_per_day = "many"\n[keymap]\nhint = 7\n'),
    "a configuration of arrays": config("color = [1]\nrunner = []\n"),
    "no keymap": config('keymap = "vi"\n'),
    "unknown keys": config('[keymap]\npreset = "emacs"\nhint = ["ctrl-nothing", ""]\nno-such = "x"\n'),
    "a key map of clashes": config('[keymap]\nhint = "q"\nquit = "h"\nundo = "1"\n'),
    "zeros in texts": config('editor = "\\u0000"\npager = "\\u0000"\nrunner = {python = "\\u0000"}\n'),
    "an interpreter that is none": config('[runner]\npython = "/etc/hostname"\n'),
    "numbers too large": config(f"new_per_day = {'9' * 40}\ndesired_retention = inf\n"),
    "not a number": config("desired_retention = nan\nrun_timeout = -1\n"),
    "not TOML": config("= = =\n"),
    "not text": config("lang = \udcff\n"),
    "a folder as configuration": folder_at("config/config.toml"),
    "a folder as list of decks": folder_at("data/decks.json"),
    "a folder as plan": folder_at("data/plan.json"),
    "a cache of garbage": scribble("cache/**/*", b"\x93garbage" * 50),
    "an empty cache": scribble("cache/**/*", b""),
    "half a cache": truncate("cache/**/*"),
    "a list of decks that is none": scribble("data/decks.json", b'{"decks": [{"path": 3}]}'),
    "half a list of decks": truncate("data/decks.json"),
    "a plan that is none": scribble("data/plan.json", b'{"schema": 1, "made": "yesterday"}'),
    "a plan of the future": scribble("data/plan.json", b'{"schema":9,"made":"2026-01-01"}'),
    "a log of garbage": scribble("data/reviews.sqlite3", b"Dear diary" * 999),
    "half a log": truncate("data/reviews.sqlite3"),
    "backups of garbage": scribble("data/backups/*", b"garbage"),
    "an own deck that is broken": scribble("../../own.yaml", b"format: 1\n"),
    "few descriptors": Around(limits={"RLIMIT_NOFILE": 9}),
    "files of one block": Around(limits={"RLIMIT_FSIZE": 4096}),
    "little time": Around(limits={"RLIMIT_CPU": 30, "RLIMIT_NPROC": 0}),
}  # fmt: skip


@pytest.mark.parametrize("name", AROUND)
def test_commands_end_well_and_keep_what_the_user_has(name: str, program: Program, places: Iterator[Place]) -> None:
    around = AROUND[name]
    faulty = []
    for number, path in enumerate(LEAVES):
        if (number + zlib.crc32(name.encode())) % SHARE:
            continue
        place = next(places)
        around.change(place)
        kept, strays = place.kept(), place.strays()
        variables = {key: value.replace("{place}", str(place.folder)) for key, value in around.variables.items()}
        ended = program.run(
            working(path), place, keys="1\n\nq\n", limits=around.limits, without=around.without, variables=variables
        )
        if ended.faults or (ended.code != ExitCode.DONE and place.kept() != kept) or place.strays() != strays:
            faulty.append(f"{ended} {place.strays() - strays}")
    assert faulty == [], "\n".join(faulty)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_a_variable_that_does_not_fit_is_named(setting: Setting, program: Program, place: Place) -> None:
    variable = setting.variable
    for value in ("\udcff", "9" * 5000, "nan"):
        ended = program.run(("config", "show"), place, variables={variable: value})
        assert ended.faults == (), ended
        assert ended.code == ExitCode.DONE or variable in ended.error
