"""What the program finds around it, gathered once so that tests can give another."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from ptquiz.errors import UsageError
from ptquiz.paths import Paths, shipped_questions, user_paths


@dataclass(frozen=True)
class Environment:
    """Streams, variables, the clock, and where things are."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    clock: Callable[[], datetime]
    """The time now, aware, in the learner's time zone."""
    new_id: Callable[[], str] = field(default=lambda: uuid4().hex)
    questions: Path = field(default_factory=shipped_questions)
    python: str = sys.executable
    """The interpreter whose torch judges."""

    @property
    def paths(self) -> Paths:
        """The user's folders."""
        return user_paths(self.environ)


def system_environment() -> Environment:
    """Return the real surroundings."""
    return Environment(sys.stdin, sys.stdout, sys.stderr, os.environ, clock(os.environ))


def clock(environ: Mapping[str, str]) -> Callable[[], datetime]:
    """Return the clock: the system's, or one that started at PTQUIZ_NOW when the program did.

    Raises UsageError for a PTQUIZ_NOW that is no time with an offset.
    """
    moved = environ.get("PTQUIZ_NOW")
    if not moved:
        return lambda: datetime.now(UTC).astimezone()
    try:
        start = datetime.fromisoformat(moved)
    except ValueError:
        start = datetime.min
    if start.tzinfo is None:
        raise UsageError(f'PTQUIZ_NOW is "{moved}"', details=("write it like 2026-11-24T09:00:00+01:00",))
    began = datetime.now(UTC)
    return lambda: start + (datetime.now(UTC) - began)
