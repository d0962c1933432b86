"""Starts in a real terminal, beside the libraries they need and beside other flashcard programs.

`practice` is timed until its first question can be answered, another program until the front of its first card is
shown. `import typer, rich.console` is what no start can be faster than.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.harness import PTQUIZ, PYTHON, Budget, Found, Options, Row, surroundings, take_turns
from benchmarks.others import Other, installed
from benchmarks.terminal import seconds_until

LIBRARIES = "import typer, rich.console"
FIRST = "first question"
SLOWER_THAN_LIBRARIES = 2.0


def measure(options: Options) -> Found:
    """Start everything in turn."""
    others, notes = installed(options.others) if options.others else ([], ["other programs: --others DIR"])
    home = options.folder / "home"
    ways = ours(surroundings(home)) | {other.name: partial(start, other, home) for other in others}
    for way in ways.values():
        way()  # compiles the decks and fills the caches of the system
    found = take_turns(ways, options.often(15, 3))
    rows = [Row(FIRST, found[FIRST], beside=LIBRARIES, theirs=found[LIBRARIES], budget=Budget(SLOWER_THAN_LIBRARIES))]
    rows += [Row(FIRST, found[FIRST], beside=other.beside, theirs=found[other.name]) for other in others]
    rest = [name for name in ways if name not in (FIRST, LIBRARIES, *(other.name for other in others))]
    rows += [Row(name, found[name], beside=LIBRARIES, theirs=found[LIBRARIES]) for name in rest]
    return Found(rows, notes)


def ours(environ: Mapping[str, str]) -> dict[str, Callable[[], float]]:
    """Return the starts of our own that are measured, and what they are compared with."""
    typed = {"_PTQUIZ_COMPLETE": "complete_bash", "COMP_WORDS": "ptquiz explain dr", "COMP_CWORD": "2"}
    return {
        LIBRARIES: _way([PYTHON, "-c", LIBRARIES], environ),
        FIRST: _way([*PTQUIZ, "practice"], environ, b"q quit"),
        "--version": _way([*PTQUIZ, "--version"], environ, b"ptquiz 0"),
        "--help": _way([*PTQUIZ, "--help"], environ, b"practice"),
        "stats": _way([*PTQUIZ, "stats"], environ),
        "completing a topic": _way(PTQUIZ, {**environ, **typed}),
    }


def _way(command: Sequence[str], environ: Mapping[str, str], *texts: bytes) -> Callable[[], float]:
    return partial(seconds_until, command, environ, *texts)


def start(other: Other, home: Path) -> float:
    """Start another program with one card, and return the seconds until the card is shown."""
    folder = home.parent / other.name
    environ = surroundings(folder)
    if not (folder / "ready").exists():
        other.prepare(folder)
        (folder / "ready").touch()
    command = [str(other.program), *(argument.format(folder=folder) for argument in other.arguments)]
    return seconds_until(command, environ, *other.shows, keys=other.keys, folder=folder)
