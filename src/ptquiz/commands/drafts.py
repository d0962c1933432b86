"""Keep unfinished code answers, so that nothing typed is ever lost."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from ptquiz.domain.questions import QuestionId
from ptquiz.files import replace_whole

EXPERIMENT = "--experiment"
"""Ends the name of a draft that is an experiment with a question."""


class Drafts(Struct, frozen=True):
    """One file per question; a folder that cannot be written only means that drafts are not kept."""

    folder: Path

    def follow(self, renamed: Mapping[QuestionId, QuestionId]) -> None:
        """Give the drafts of renamed questions their names of today."""
        for file in self.folder.glob("*.py") if renamed else ():
            question, separator, rest = file.stem.partition(EXPERIMENT)
            now = self._file(f"{renamed.get(question, question)}{separator}{rest}")
            with contextlib.suppress(OSError):
                if not now.exists():
                    file.rename(now)

    def load(self, question: QuestionId) -> str | None:
        """Return the draft of a question."""
        try:
            return self._file(question).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def saved_at(self, question: QuestionId) -> datetime | None:
        """Return when the draft of a question was saved, aware; None when there is none."""
        try:
            return datetime.fromtimestamp(self._file(question).stat().st_mtime, UTC)
        except OSError:
            return None

    def save(self, question: QuestionId, code: str) -> None:
        """Replace the draft of a question."""
        target = self._file(question)
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_whole(target, code.encode(), durable=False)

    def drop(self, question: QuestionId) -> None:
        """Forget the draft of a question that is done."""
        with contextlib.suppress(OSError):
            self._file(question).unlink(missing_ok=True)

    def _file(self, question: QuestionId) -> Path:
        return self.folder / f"{question}.py"
