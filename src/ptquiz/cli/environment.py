"""What the program finds around it, gathered once so that tests can give another."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO
from uuid import uuid4

from ptquiz.cli.streams import silence
from ptquiz.errors import Message, UsageError, said
from ptquiz.paths import Paths, shipped_questions, user_paths

if TYPE_CHECKING:
    from ptquiz.commands.config import Settings
    from ptquiz.ui.words import Words


@dataclass(frozen=True)
class Environment:
    """Streams, variables, the clock, and where things are."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    clock: Callable[[], datetime]
    """The time now, aware, in the learner's time zone."""
    new_id: Callable[[], str] = field(default_factory=lambda: new_ids())
    """Makes the ids of entries, each unique over all logs of the world."""
    questions: Path = field(default_factory=shipped_questions)
    python: str = sys.executable
    """The interpreter whose torch judges."""
    flags: Mapping[str, str] = field(default_factory=dict)
    """Settings from the command line."""

    @cached_property
    def settings(self) -> Settings:
        """The settings: a flag beats a variable, a variable the file; ConfigError when they cannot be read."""
        from ptquiz.commands.config import read_settings

        return read_settings(self.paths.settings, self.environ, self.flags)

    @property
    def lang(self) -> str:
        """The language of translated decks: en or zh; en where Chinese cannot be printed."""
        from ptquiz.commands.config import language

        return _printable(language(self.settings, self.environ), self.stdout)

    @property
    def ui_lang(self) -> str:
        """The language of the program itself: en or zh; en where Chinese cannot be printed."""
        from ptquiz.commands.config import ui_language

        return _printable(ui_language(self.settings, self.environ), self.stdout)

    @cached_property
    def words(self) -> Words:
        """The learner's language as far as standard error can print it; by the locale when no setting can be read."""
        from ptquiz.commands.config import ConfigError, locale_language, ui_language
        from ptquiz.ui.words import words_for

        try:
            lang = ui_language(self.settings, self.environ)
        except (ConfigError, UsageError):
            lang = locale_language(self.environ)
        return words_for(_printable(lang, self.stderr))

    def narrate(self, message: str | Message, details: Sequence[str | Message] = ()) -> None:
        """Print a message and what to do about it to standard error."""
        try:
            print(f"ptquiz: {self.words.tell(message)}", file=self.stderr)
            for line in details:
                print(f"  {self.words.tell(line)}", file=self.stderr)
        except OSError:
            silence(self.stderr)  # nobody listens; the exit code still says it

    @property
    def for_editors(self) -> Mapping[str, str]:
        """The variables, in which PTQUIZ_EDITOR and PTQUIZ_PAGER are what the settings say."""
        chosen = {f"PTQUIZ_{key.upper()}": self.settings.text(key) for key in ("editor", "pager")}
        return {**self.environ, **{name: value for name, value in chosen.items() if value}}

    @property
    def paths(self) -> Paths:
        """The user's folders; UsageError when nothing says where they are."""
        try:
            return user_paths(self.environ)
        except RuntimeError:
            raise UsageError(
                "the home folder is not known", details=("set HOME, or PTQUIZ_HOME to a folder of yours",)
            ) from None


def _printable(lang: str, stream: TextIO) -> str:
    return lang if lang == "en" or _can_print(stream, "中文") else "en"


def _can_print(stream: TextIO, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def new_ids() -> Callable[[], str]:
    """Return what numbers ids behind a random beginning: the log holds those of one run in little space."""
    run, numbers = uuid4().hex, count()
    return lambda: f"{run}-{next(numbers)}"


def with_flags(environment: Environment, flags: Mapping[str, str]) -> Environment:
    """Return the surroundings with settings from the command line; say on stderr what in the file is unknown.

    Raises ConfigError when the settings cannot be read.
    """
    flagged = replace(environment, flags=flags)
    settings = flagged.settings
    for warning in settings.warnings:
        flagged.narrate(warning)
    if settings.keymap:
        from ptquiz.ui.keymap import key_map  # only for those who have one

        for problem in key_map(settings.preset, settings.keys)[1]:
            flagged.narrate(f"{settings.file}: {flagged.words.tell(problem)}")
    named = settings.text("runner.python")
    return replace(flagged, python=os.path.expanduser(named) if named else environment.python)  # noqa: PTH111


def system_environment() -> Environment:
    """Return the real surroundings."""
    return Environment(sys.stdin, sys.stdout, sys.stderr, os.environ, clock(os.environ))


YEARS = range(1900, 9000)
"""In which it may be now: intervals and plans have to find room in the calendar."""


def clock(environ: Mapping[str, str]) -> Callable[[], datetime]:
    """Return the clock: the system's, or one that started at PTQUIZ_NOW when the program did.

    The clock raises UsageError for a PTQUIZ_NOW that is no time with an offset, or too near an end of the calendar.
    """
    moved = environ.get("PTQUIZ_NOW")
    if not moved:
        return lambda: datetime.now(UTC).astimezone()
    try:
        start = datetime.fromisoformat(moved)
    except ValueError:
        start = datetime.min
    if start.tzinfo is None or start.year not in YEARS:
        return lambda: _no_time(moved)
    began = datetime.now(UTC)
    return lambda: start + (datetime.now(UTC) - began)


def _no_time(text: str) -> NoReturn:
    raise UsageError(said('PTQUIZ_NOW is "{value}"', value=text), details=("write it like 2026-11-24T09:00:00+01:00",))
