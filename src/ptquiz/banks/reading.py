"""What became of reading one deck file. Apart from the reader, so that a warm start does not import yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ptquiz.domain.decks import Deck, Problem
from ptquiz.domain.translations import Translation


@dataclass(frozen=True)
class Reading:
    """What became of one file: a deck, or the problems that keep it from being one."""

    path: Path
    deck: Deck | None = None
    translation: Translation | None = None
    """What the file is instead, when it translates a deck."""
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    """The text, for showing a problem's line; empty when there is none."""
