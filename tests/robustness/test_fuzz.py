"""Random command lines made of the real ones, in homes with random settings and damage.

ROBUSTNESS=3000 tries so many, each time others; without it a few, always the same.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptquiz.commands.config import SETTINGS
from ptquiz.errors import ExitCode
from tests.robustness.places import FILES, Place
from tests.robustness.program import Program
from tests.robustness.tree import EVERY, LEAVES, is_option, takes_number, takes_path, working

EXAMPLES = int(os.environ.get("ROBUSTNESS", "0"))
ENDLESS = {"--watch", "--install-completion", "--show-completion"}
"""Options that wait for Ctrl-C, or write into the files of a shell."""

characters = st.characters(exclude_characters="/\x00", exclude_categories=[])
words = st.text(characters, max_size=8) | st.sampled_from(["own", "sample", "track", "s-choices", "last", "2027-01-31"])
numbers = st.integers().map(str) | st.sampled_from(["0", "3", "5", "x", "1e9"])
paths = (
    st.sampled_from([*FILES, "folder.yaml", "loop.yaml", "gone.yaml", "out.md", "out.html", "out.apkg", "."]) | words
)
everywhere = st.sampled_from([("--lang", "zh"), ("--lang", "xx"), ("--color", "always"), ("--debug",), ("--help",)])


def values(parameter: Any) -> st.SearchStrategy[str]:
    return paths if takes_path(parameter) else numbers if takes_number(parameter) else words | paths


def options(path: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw one option of a command, with a value where it takes one, or an argument."""
    drawn: list[st.SearchStrategy[tuple[str, ...]]] = [everywhere, st.tuples(words)]
    for parameter in EVERY[path].params:
        if ENDLESS & set(parameter.opts):
            continue
        names = st.sampled_from([*parameter.opts, *parameter.secondary_opts])
        flag = getattr(parameter, "is_flag", False)
        drawn.append(st.tuples(names) if flag else st.tuples(*[names] * is_option(parameter), values(parameter)))
    return st.one_of(drawn)


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw a command line: one that works or one from nothing, with more behind it."""
    path = draw(st.sampled_from(list(EVERY)))
    begins = working(path) if path in LEAVES and draw(st.booleans()) else path
    more = draw(st.lists(options(path), max_size=4))
    return (*draw(st.sampled_from([(), (), ("--lang", "zh")])), *begins, *(word for one in more for word in one))


settable = st.sampled_from([setting.key for setting in SETTINGS if "." not in setting.key] + ["keymap", "runner", "x"])
held = st.one_of(
    st.booleans().map(lambda value: str(value).lower()),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.sampled_from(
        ['""', '"zh"', '"never"', '"a\\u0000b"', "[]", "[1]", '{preset = "vi"}', '{hint = "q"}', "1979-05-27"]
    ),
)
configs = st.binary(max_size=40) | st.dictionaries(settable, held, max_size=4).map(
    lambda table: "".join(f"{key} = {value}\n" for key, value in table.items()).encode()
)
FILES_OF_A_HOME = ("data/decks.json", "data/plan.json", "data/backups", "cache/index", "data/reviews.sqlite3")
damages = st.tuples(st.sampled_from(FILES_OF_A_HOME), st.sampled_from(["gone", "empty", "half", "garbage", "folder"]))
typed = st.lists(st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(["1", "3", "q", "u", "h", "!"]))


@dataclass(frozen=True)
class Home:
    """What is unusual about a home."""

    config: bytes | None
    damage: tuple[tuple[str, str], ...]

    @property
    def log_is_whole(self) -> bool:
        """Whether the review log was left alone."""
        return all(file != "data/reviews.sqlite3" for file, _ in self.damage)

    def settle(self, place: Place) -> None:
        """Make a home so."""
        ours = place.home / "ptquiz"
        if self.config is not None:
            (ours / "config").mkdir()
            (ours / "config" / "config.toml").write_bytes(self.config)
        for file, how in self.damage:
            for target in ours.glob(f"{file}*") if (ours / file).is_file() else list((ours / file).glob("*")):
                damage(target, how)


def damage(file: Path, how: str) -> None:
    """Do something to a file of a home that no program should do."""
    if not file.is_file():
        return
    content = file.read_bytes()
    file.unlink()
    if how == "folder":
        file.mkdir()
    elif how != "gone":
        file.write_bytes({"empty": b"", "half": content[: len(content) // 2], "garbage": content[::-1]}[how])


homes = st.builds(Home, st.none() | configs, st.lists(damages, max_size=1).map(tuple))
numbered = count()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder for the homes."""
    return tmp_path_factory.mktemp("fuzz")


@settings(
    max_examples=EXAMPLES or 40,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(home=homes, first=lines(), second=lines(), keys=typed)
def test_no_command_line_ends_badly_or_loses_anything(
    program: Program,
    lived: Place,
    room: Path,
    home: Home,
    first: tuple[str, ...],
    second: tuple[str, ...],
    keys: list[str],
) -> None:
    place = lived.copy(room / str(next(numbered)))
    home.settle(place)
    strays = place.strays()
    before = exported(program, place) if home.log_is_whole else set()
    for argv in (first, second):
        kept = place.kept()
        ended = program.run(argv, place, keys="\n".join(keys))
        assert ended.faults == (), ended
        assert ended.code == ExitCode.DONE or place.kept() == kept, ended
        assert place.strays() == strays, ended
    if home.log_is_whole and not {"restore", "merge", "import"} & {*first, *second}:
        assert before <= exported(program, place)
    shutil.rmtree(place.folder)


def exported(program: Program, place: Place) -> set[str]:
    """Return the entries of the review log, read with no settings."""
    log = program.run(("state", "export"), place, variables={"PTQUIZ_CONFIG": "/nowhere"})
    assert log.code == ExitCode.DONE, log
    return set(log.out.splitlines()[1:])
