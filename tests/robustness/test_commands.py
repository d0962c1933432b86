"""Every command in a home that has been lived in, and all that can be typed wrongly behind it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from ptquiz.errors import ExitCode
from tests.robustness.places import Place
from tests.robustness.program import Ended, Program
from tests.robustness.tree import EVERY, LEAVES, Path, is_option, takes_number, takes_path, working

WHOLE = bool(os.environ.get("ROBUSTNESS"))
"""Try every value with every parameter; otherwise a few with each, others with the next."""
FEW = 2
LONG = "x" * 5000
PATHS = (
    "binary.yaml", "folder.yaml", "missing.yaml", "", "bad.yaml", "loop.yaml", "binary.csv", "\udcff.yaml",
    "good.yaml", "gone.yaml", "empty.yaml", "no/such/out.md", "broken.apkg", f"{LONG}.yaml", "out.html", "/dev/full",
    "good.yaml/out", "cards.csv", "lines.jsonl", "\u202elmay.txt", "a\nb.csv", "~nobody-here/x", "/proc/self/environ",
    "-", "other.sqlite3", "out.apkg", "out.json", "\udcff.html", "\udcff.csv", ".",
)  # fmt: skip
TEXTS = (
    "", "\udcff", "2026-02-30", LONG, "sample", "\u202etxet", "9999-12-31", "o-flashcard", "p=", "=", "{name}", "a\nb",
    "0001-01-01", "../..", "\x1b[31m", "2.p=0.9", "-1", "2027-01-31", "last", "bad.yaml", "folder.yaml", "%s",
)  # fmt: skip
NUMBERS = ("-1", "9" * 30, "x", "0", "1e3", "", "9" * 5000, "²", "٣", "1", "1.5", "\udcff", "240")
WITHOUT_VALUE = "--watch"
"""It ends with Ctrl-C alone."""


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_a_command_works_in_a_home_that_has_been_lived_in(path: Path, program: Program, place: Place) -> None:
    before, argv = place.strays(), working(path)
    if path == ("state", "resume"):
        program.run(("practice", "--plain", "--cram", "-t", "sample"), place, keys="!\nq\n")
        argv = (*path, program.run(("state", "suspended"), place).out.split()[0])
    ended = program.run(argv, place, without=("PTQUIZ_PYTHON",))
    assert (ended.faults, ended.code) == ((), ExitCode.DONE), ended
    assert place.strays() == before


@pytest.mark.parametrize("path", EVERY, ids=lambda path: " ".join(path) or "ptquiz")
def test_a_command_says_what_is_wrong_when_its_words_are(path: Path, program: Program, place: Place) -> None:
    wrong = [(*path, "--no-such-option"), (*path, "\udcff", "\u202e", "", "one", "too", "many"), (*path, "--=x", "---")]
    for argv in wrong:
        ended = program.run(argv, place)
        assert ended.faults == (), ended
        assert ended.code != ExitCode.DONE, ended


def lines(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield command lines with a value that may not fit; which values a parameter gets depends on its place."""
    for place, parameter in enumerate(LEAVES[path].params):
        if WITHOUT_VALUE in parameter.opts:
            continue
        if getattr(parameter, "is_flag", False):
            yield (*working(path), parameter.opts[0])
            continue
        values = PATHS if takes_path(parameter) else NUMBERS if takes_number(parameter) else TEXTS
        start = (place + sum(map(len, path))) * FEW
        some = values if WHOLE else [values[(start + n) % len(values)] for n in range(FEW)]
        for value in some:
            yield (
                (*_others(path, parameter), parameter.opts[0], value) if is_option(parameter) else (*path, "--", value)
            )


def _others(path: Path, parameter: Any) -> tuple[str, ...]:
    words = working(path)
    return tuple(word for word in words if word not in parameter.opts)


@pytest.mark.parametrize("path", [path for path in LEAVES if LEAVES[path].params], ids=" ".join)
def test_values_that_do_not_fit_are_told(path: Path, program: Program, places: Iterator[Place]) -> None:
    faulty = [ended for argv in lines(path) if (ended := _in_order(argv, program, next(places))) is not None]
    assert faulty == [], "\n".join(map(str, faulty))


def _in_order(argv: tuple[str, ...], program: Program, place: Place) -> Ended | None:
    """Return how a line ended where something is wrong with that."""
    kept, before = place.kept(), place.strays()
    ended = program.run(argv, place, keys="1\n\nq\n")
    changed = ended.code != ExitCode.DONE and place.kept() != kept
    return ended if ended.faults or changed or place.strays() != before else None
