"""Stars, private notes, and what the log knows of one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ptquiz.commands.clock import utc_offset
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Entry, Journal, Noted, QuestionState, Rated, Starred, Undone, Unstarred
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.queue import recall_now

LONGEST_NOTE = 2000
"""Characters of a note that the log keeps."""


@dataclass(frozen=True)
class Biography:
    """What is known of a question and of the learner with it."""

    question: Question
    state: QuestionState
    ratings: tuple[Rated, ...]
    """Oldest first; what was undone is left out."""
    notes: tuple[Noted, ...]
    recall: float | None
    """The predicted probability of recall now, from 0 to 1; None while new."""
    today: date


@dataclass(frozen=True)
class Notebook:
    """Writes stars and notes to the log; each is on disk when its method returns."""

    journal: Journal
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    fsrs: Fsrs

    def toggle_star(self, question: QuestionId) -> bool:
        """Star a question, or take its star away; return whether it has one now."""
        now = self.clock()
        kind = Unstarred if self.journal.state(question).starred else Starred
        entry = kind(id=self.new_id(), question=question, at=now.astimezone(UTC), utc_offset=utc_offset(now))
        return self.journal.append(entry).starred

    def note(self, question: QuestionId, text: str) -> None:
        """Add a private note."""
        now = self.clock()
        storable = text.strip()[:LONGEST_NOTE].encode("utf-8", "replace").decode("utf-8")
        self.journal.append(
            Noted(
                id=self.new_id(), question=question, at=now.astimezone(UTC), utc_offset=utc_offset(now), text=storable
            )
        )

    def biography(self, question: Question) -> Biography:
        """Gather what is known of a question."""
        now = self.clock()
        today = study_day(now, utc_offset=utc_offset(now))
        state = self.journal.state(question.id)
        counted = _counted(self.journal.entries(question.id))
        return Biography(
            question=question,
            state=state,
            ratings=tuple(entry for entry in counted if isinstance(entry, Rated)),
            notes=tuple(entry for entry in counted if isinstance(entry, Noted)),
            recall=recall_now(state, today=today, fsrs=self.fsrs) if state.memory else None,
            today=today,
        )

    def notes(self, question: QuestionId) -> tuple[Noted, ...]:
        """Return the notes on a question, oldest first."""
        return tuple(entry for entry in _counted(self.journal.entries(question)) if isinstance(entry, Noted))


def _counted(entries: tuple[Entry, ...]) -> list[Entry]:
    """Leave out what was undone."""
    undone = {entry.target for entry in entries if isinstance(entry, Undone)}
    return [entry for entry in entries if entry.id not in undone]
