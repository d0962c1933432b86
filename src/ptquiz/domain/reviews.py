"""Ratings, the review log and the state of a question."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Seq
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Protocol

from msgspec import Struct

from ptquiz.domain.questions import QuestionId

EntryId = str


class Rating(IntEnum):
    """How well a question was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(StrEnum):
    """Where a question stands."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class Memory(Struct, frozen=True):
    """The FSRS memory of one question."""

    stability: float
    """Days until the probability of recall has fallen to 90 %."""
    difficulty: float
    """From 1 to 10."""


class EntryBase(Struct, frozen=True, kw_only=True, tag_field="entry"):
    """What every row of the log has."""

    id: EntryId
    """Unique over all logs of the world."""
    question: QuestionId
    at: datetime
    """Aware, UTC."""
    utc_offset: int = 0
    """Minutes east of UTC where the learner was: study days are local."""


class Rated(EntryBase, frozen=True, kw_only=True, tag="rated"):
    """A question was answered and rated."""

    rating: Rating
    retention: float
    """The desired retention at that time: the interval follows from it."""
    result: str = ""
    """The verdict's result."""
    answer: str = ""
    """What was answered, for the history."""
    misconceptions: tuple[str, ...] = ()
    hints: int = 0
    """How many were shown."""
    seconds: float = 0.0
    """From the question's appearance to the rating."""
    wording: str = ""
    """The fingerprint of the question's text."""
    meaning: str = ""
    """The fingerprint of its answer and code."""


class Undone(EntryBase, frozen=True, kw_only=True, tag="undone"):
    """An earlier entry no longer counts."""

    target: EntryId


class Suspended(EntryBase, frozen=True, kw_only=True, tag="suspended"):
    """The question is not asked until it is resumed."""


class Resumed(EntryBase, frozen=True, kw_only=True, tag="resumed"):
    """The question is asked again."""


class Buried(EntryBase, frozen=True, kw_only=True, tag="buried"):
    """The question is not asked until a study day."""

    until: date
    """The first study day on which it may be asked again."""


Entry = Rated | Undone | Suspended | Resumed | Buried


class QuestionState(Struct, frozen=True, kw_only=True):
    """What the log says about one question; always the same for the same log."""

    question: QuestionId
    phase: Phase = Phase.NEW
    memory: Memory | None = None
    due: datetime | None = None
    """Aware, UTC; None while new."""
    interval: float = 0.0
    """Days between the last review and the due time."""
    reviewed: datetime | None = None
    """The last review; aware, UTC."""
    reviewed_on: date | None = None
    """The study day of the last review, where the learner was then."""
    introduced_on: date | None = None
    """The study day of the first review; None while new."""
    repetitions: int = 0
    """How often it was rated."""
    lapses: int = 0
    """How often it was forgotten after it had been learned."""
    suspended: bool = False
    buried_until: date | None = None
    wording: str = ""
    """At the last review."""
    meaning: str = ""
    """At the last review."""


Replay = Callable[[QuestionId, Seq[Entry]], QuestionState]
"""Fold the entries of one question, oldest first, into its state."""


class Journal(Protocol):
    """The review log and the states that follow from it."""

    def append(self, entry: Entry) -> QuestionState:
        """Write an entry and the state that follows, in one transaction that is on disk on return."""

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question; a fresh state when nothing is."""

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""

    def entries(self, question: QuestionId | None = None) -> tuple[Entry, ...]:
        """Return the log, or one question's part of it, oldest first."""

    def latest(self) -> Entry | None:
        """Return the newest entry that an undo would take back."""
