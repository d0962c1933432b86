"""What became of reading one deck file. Apart from the reader, so that a warm start does not import yaml."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ptquiz.domain.courses import Course
from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.translations import Translation


class Reading(Struct, frozen=True):
    """What became of one file: a deck, a translation, a course, or the problems that keep it from being one."""

    path: Path
    deck: Deck | None = None
    translation: Translation | None = None
    """What the file is instead, when it translates a deck."""
    course: Course | None = None
    """What the file is instead, when it orders topics."""
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    """The text, for showing a problem's line; empty when there is none."""
