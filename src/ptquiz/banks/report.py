"""Show a problem as a good compiler would: place, message, the line, a caret, a hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from ptquiz.banks.collection import Collection
from ptquiz.domain.decks import Problem

MAX_EXCERPT = 160


def show_problem(problem: Problem, lines: Sequence[str], *, hint: str = "hint") -> tuple[str, ...]:
    """Render one problem; `lines` is the text of its file, empty when there is none, `hint` the word for one."""
    shown = [str(problem)]
    at = problem.place
    if 0 < at.line <= len(lines) and lines[at.line - 1].strip():
        text = lines[at.line - 1][:MAX_EXCERPT].replace("\t", " ")
        gutter = f"{at.line:>5} | "
        before = "".join("  " if unicodedata.east_asian_width(c) in "WF" else " " for c in text[: at.column - 1])
        shown += [gutter + text, " " * (len(gutter) - 2) + "| " + before + "^"]
    if problem.hint:
        shown.append(f"      {hint}: {problem.hint}")
    return tuple(shown)


def show_problems(collection: Collection, *, hint: str = "hint") -> tuple[str, ...]:
    """Render every problem of every broken deck."""
    return tuple(
        line
        for reading in collection.broken
        for problem in reading.problems
        for line in show_problem(problem, reading.lines or _lines(reading.path), hint=hint)
    )


def _lines(path: Path) -> Sequence[str]:
    from ptquiz.banks.nodes import read_bytes  # yaml is only for those whose deck is broken

    try:
        return read_bytes(path).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
