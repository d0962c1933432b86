"""Where the questions of a topic stand, and how ready one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Phase, QuestionState, is_due, may_be_asked
from ptquiz.scheduling.calibration import Prediction
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import recall_on

MATURE = 21
"""Days of interval from which a question counts as mature."""
WEEKS_OF_RECALL = 7
RECALL_DAYS = 30


class TopicReport(Struct, frozen=True, kw_only=True):
    """One topic."""

    topic: str
    questions: int
    due: int
    new: int
    """Never rated."""
    learning: int
    young: int
    mature: int
    suspended: int
    readiness: float
    """The mean predicted recall over all its questions, those never seen counting as 0; from 0 to 1."""
    asked: int
    """Reviews of known questions in the last 30 days."""
    recalled: int
    """Of those, remembered."""
    weeks: tuple[float | None, ...]
    """The share remembered in each of the last 7 weeks, oldest first; None for a week without a review."""


def report_topic(
    deck: Deck,
    states: Mapping[QuestionId, QuestionState],
    predicted: Iterable[Prediction],
    *,
    now: datetime,
    today: date,
    readiness_on: date,
    fsrs: Fsrs,
) -> TopicReport:
    """Report on a deck's questions."""
    ids = {question.id for question in deck.questions}
    ours = [states[id] for id in ids if id in states]
    started = [state for state in ours if state.due is not None]
    learned = [state for state in started if state.phase is Phase.REVIEW]
    mature = sum(state.interval >= MATURE for state in learned)
    reviews = [(_days_ago(p, today), p.recalled) for p in predicted if p.entry.question in ids]
    lately = [recalled for ago, recalled in reviews if 0 <= ago < RECALL_DAYS]
    weeks = [[recalled for ago, recalled in reviews if ago // 7 == week] for week in reversed(range(WEEKS_OF_RECALL))]
    return TopicReport(
        topic=deck.deck,
        questions=len(ids),
        due=sum(_is_due(state, now, today) for state in started),
        new=len(ids) - len(started),
        learning=len(started) - len(learned),
        young=len(learned) - mature,
        mature=mature,
        suspended=sum(state.suspended for state in ours),
        readiness=sum(recall_on(state, readiness_on, fsrs=fsrs) for state in started) / len(ids) if ids else 0.0,
        asked=len(lately),
        recalled=sum(lately),
        weeks=tuple(sum(week) / len(week) if week else None for week in weeks),
    )


def _days_ago(prediction: Prediction, today: date) -> int:
    return (today - study_day(prediction.entry.at, utc_offset=prediction.entry.utc_offset)).days


def _is_due(state: QuestionState, now: datetime, today: date) -> bool:
    return is_due(state, now=now, today=today) and may_be_asked(state, today=today)
