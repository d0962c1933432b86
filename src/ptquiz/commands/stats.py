"""Count what was learned, topic by topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ptquiz.commands.clock import utc_offset
from ptquiz.domain.decks import Deck
from ptquiz.domain.reviews import Journal, Phase, Rated, Rating, Undone
from ptquiz.scheduling.days import study_day

MATURE = 21
"""Days of interval from which a question counts as mature."""


@dataclass(frozen=True)
class TopicCount:
    """The questions of one topic, by where they stand."""

    topic: str
    questions: int
    new: int
    learning: int
    young: int
    mature: int
    suspended: int
    due: int


@dataclass(frozen=True)
class Stats:
    """Counts over everything."""

    topics: tuple[TopicCount, ...]
    reviews: int
    reviews_today: int
    days: int
    """Study days with a review."""
    recalled: int
    """Reviews of known questions that were not rated Again."""
    asked_again: int
    """Reviews of known questions."""
    archived: int
    """Questions with a history that are in no deck now."""


def count(decks: Sequence[Deck], journal: Journal, now: datetime) -> Stats:
    """Count the log and the states."""
    entries = journal.entries()
    undone = {entry.target for entry in entries if isinstance(entry, Undone)}
    rated = [entry for entry in entries if isinstance(entry, Rated) and entry.id not in undone]
    days = [study_day(entry.at, utc_offset=entry.utc_offset) for entry in rated]
    seen: set[str] = set()
    later = []
    for entry in rated:
        if entry.question in seen:
            later.append(entry)
        seen.add(entry.question)
    known = {question.id for deck in decks for question in deck.questions}
    return Stats(
        topics=tuple(_topic(deck, journal, now) for deck in decks),
        reviews=len(rated),
        reviews_today=days.count(study_day(now, utc_offset=utc_offset(now))),
        days=len(set(days)),
        recalled=sum(entry.rating is not Rating.AGAIN for entry in later),
        asked_again=len(later),
        archived=len(seen - known),
    )


def _topic(deck: Deck, journal: Journal, now: datetime) -> TopicCount:
    states = journal.states()
    ours = [states[question.id] for question in deck.questions if question.id in states]
    started = [state for state in ours if state.due is not None]
    learned = [state for state in started if state.phase is Phase.REVIEW]
    mature = sum(state.interval >= MATURE for state in learned)
    return TopicCount(
        topic=deck.deck,
        questions=len(deck.questions),
        new=len(deck.questions) - len(started),
        learning=len(started) - len(learned),
        young=len(learned) - mature,
        mature=mature,
        suspended=sum(state.suspended for state in ours),
        due=sum(state.due is not None and state.due <= now and not state.suspended for state in started),
    )
