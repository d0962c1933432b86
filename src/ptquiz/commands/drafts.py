"""Keep unfinished code answers, so that nothing typed is ever lost."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from ptquiz.domain.questions import QuestionId


class Drafts(Struct, frozen=True):
    """One file per question; a folder that cannot be written only means that drafts are not kept."""

    folder: Path

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
        part = target.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(code, "utf-8")
            part.replace(target)

    def drop(self, question: QuestionId) -> None:
        """Forget the draft of a question that is done."""
        with contextlib.suppress(OSError):
            self._file(question).unlink(missing_ok=True)

    def _file(self, question: QuestionId) -> Path:
        return self.folder / f"{question}.py"
