"""Ratings, the review log and the state of a question."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as Seq
from datetime import date, datetime, timedelta
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


class EntryBase(Struct, frozen=True, kw_only=True, tag_field="entry", omit_defaults=True):
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
    text: str = ""
    """What was asked, when it is not what was asked the time before: how a question is listed that is gone."""
    cram: bool = False
    """Whether it was practice only: the schedule does not move."""
    back_by: date | None = None
    """The study day on which the question returns at the latest: a last look before an interview."""


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


class Starred(EntryBase, frozen=True, kw_only=True, tag="starred"):
    """The learner marked the question."""


class Unstarred(EntryBase, frozen=True, kw_only=True, tag="unstarred"):
    """The mark was taken away."""


class Noted(EntryBase, frozen=True, kw_only=True, tag="noted"):
    """The learner wrote a private note on the question; a later one is added to it."""

    text: str


Entry = Rated | Undone | Suspended | Resumed | Buried | Starred | Unstarred | Noted


class QuestionState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the log says about one question; always the same for the same log."""

    question: QuestionId
    phase: Phase = Phase.NEW
    memory: Memory | None = None
    due: datetime | None = None
    """Aware, UTC; None while new. A review is due on a day, `due_on`: this is when it begins where it was rated."""
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
    starred: bool = False
    """Whether the learner marked it."""
    wording: str = ""
    """At the last review."""
    meaning: str = ""
    """At the last review."""

    @property
    def due_on(self) -> date | None:
        """The study day on which a review is due, wherever the learner is then; None in the other phases."""
        if self.phase is not Phase.REVIEW or self.reviewed_on is None:
            return None
        return self.reviewed_on + timedelta(days=self.interval)


def is_due(state: QuestionState, *, now: datetime, today: date) -> bool:
    """Tell whether a question is due: a review on its study day, what is being learned at its instant."""
    if state.due_on is not None:
        return state.due_on <= today
    return state.due is not None and state.due <= now


def may_be_asked(state: QuestionState, *, today: date) -> bool:
    """Tell whether a question is neither suspended nor buried on a study day."""
    return not state.suspended and (state.buried_until is None or state.buried_until <= today)


def overdue_among(states: Iterable[QuestionState], *, day: date) -> tuple[QuestionId, ...]:
    """Return the questions in the review phase that are due, and may be asked, on a study day.

    The one least likely remembered comes first: that with most days since its review for each day of stability,
    whatever the weights. Of equals the longest due comes first, then it goes by id.
    """
    due = [
        (-_strain(state, day), due_on, state.question)
        for state in states
        if (due_on := state.due_on) is not None and due_on <= day and may_be_asked(state, today=day)
    ]
    return tuple(question for _, _, question in sorted(due))


def _strain(state: QuestionState, day: date) -> float:
    if state.memory is None or state.reviewed_on is None:
        return 0.0
    return max((day - state.reviewed_on).days, 0) / state.memory.stability


class Replay(Protocol):
    """Folds a log into states."""

    def __call__(self, question: QuestionId, entries: Seq[Entry], start: QuestionState | None = None) -> QuestionState:
        """Fold the entries of one question, oldest first, into its state.

        With a start, the state that all older entries lead to, only what follows them is needed; an `Undone`
        needs all.
        """


class Journal(Protocol):
    """The review log and the states that follow from it."""

    def append(self, entry: Entry) -> QuestionState:
        """Write an entry and the state that follows, in one transaction that is on disk on return."""

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question; a fresh state when nothing is."""

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""

    def pertinent(self, *, until: datetime, day: date, reviews: bool = True) -> dict[QuestionId, QuestionState]:
        """Return the states a queue is made of: due at an instant of a study day, rated on it, or never.

        Without `reviews` those are left out that `overdue` tells of, unless they were rated on the day.
        """

    def overdue(self, *, day: date) -> tuple[QuestionId, ...]:
        """Return the reviews that are due, and may be asked, on a study day, as `overdue_among` does."""

    def scheduled(self) -> set[QuestionId]:
        """Return every question that has a due time."""

    def first_due(self, after: datetime) -> datetime | None:
        """Return the first due time after an instant, of the questions that are not suspended."""

    def entries(self, question: QuestionId | None = None, *, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the log, one question's part of it, or what is not older than an instant; oldest first."""

    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Return every set of FSRS weights that was adopted, oldest first; an empty one is the published one."""

    def newest(self, count: int) -> tuple[Entry, ...]:
        """Return the entries written last, newest first."""

    def latest(self) -> Entry | None:
        """Return the newest entry that an undo would take back."""
