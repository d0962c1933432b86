"""Questions that are not asked: archived and suspended ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ptquiz.commands.clock import utc_offset
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Journal, Rated, Resumed
from ptquiz.errors import UsageError, said


@dataclass(frozen=True)
class PutAway:
    """A question that is not asked."""

    question: QuestionId
    repetitions: int
    text: str
    """What it asked, as far as is known."""


def archived(questions: Collection[QuestionId], journal: Journal) -> tuple[PutAway, ...]:
    """Return the questions with a history that are in no deck, with their last known text."""
    gone = [state for id, state in sorted(journal.states().items()) if id not in questions]
    return tuple(PutAway(state.question, state.repetitions, _last_text(journal, state.question)) for state in gone)


def suspended(questions: Mapping[QuestionId, Question], journal: Journal) -> tuple[PutAway, ...]:
    """Return the questions of the decks that are suspended."""
    states = journal.states()
    return tuple(
        PutAway(id, states[id].repetitions, question.ask)
        for id, question in questions.items()
        if id in states and states[id].suspended
    )


def resume(journal: Journal, ids: Iterable[QuestionId], *, now: datetime, new_id: Callable[[], str]) -> int:
    """Resume questions; return how many.

    Raises UsageError, before anything is written, for one that is neither suspended nor buried.
    """
    ids = tuple(dict.fromkeys(ids))
    for id in ids:
        state = journal.state(id)
        if not state.suspended and state.buried_until is None:
            raise UsageError(
                said('"{question}" is not suspended', question=id),
                details=("ptquiz state suspended lists those that are",),
            )
    for id in ids:
        # After what it ends, even when the clock was put back in between.
        newest = max(entry.at for entry in journal.entries(id)) + timedelta(microseconds=1)
        at = max(now.astimezone(UTC), newest)
        journal.append(Resumed(id=new_id(), question=id, at=at, utc_offset=utc_offset(now)))
    return len(ids)


def _last_text(journal: Journal, question: QuestionId) -> str:
    texts = [entry.text for entry in journal.entries(question) if isinstance(entry, Rated) and entry.text]
    return texts[-1] if texts else ""
