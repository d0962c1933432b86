"""Agree on an interview: its topics, what may be asked, and whether an earlier one goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from ptquiz.domain.decks import Deck
from ptquiz.domain.interviews import Interview
from ptquiz.domain.judging.judge import needs_run
from ptquiz.domain.questions import Question, QuestionId

MINUTES_A_TOPIC = 6
"""So long an interviewer stays with a topic, where the candidate has named none."""

RESUMABLE = timedelta(days=1)
"""After this an interview that was cut off is not offered again."""


def topics_for(minutes: int, decks: Sequence[Deck], earlier: Iterable[Interview]) -> tuple[str, ...]:
    """Choose topics for an interview about anything: those that came least in earlier ones, in deck order."""
    had = Counter(topic for interview in earlier for topic in {turn.topic for turn in interview.turns})
    wanted = max(1, minutes // MINUTES_A_TOPIC)
    ranked = sorted(enumerate(decks), key=lambda pair: (had[pair[1].deck], pair[0]))[:wanted]
    return tuple(deck.deck for _, deck in sorted(ranked, key=lambda pair: pair[0]))


def askable(
    questions: Mapping[QuestionId, Question], topics: Iterable[str], can_run: Callable[[Question], bool]
) -> dict[QuestionId, Question]:
    """Return the questions of some topics that can be judged here."""
    wanted = set(topics)
    return {id: q for id, q in questions.items() if q.deck in wanted and (can_run(q) or not needs_run(q))}


def cut_off(interviews: Iterable[Interview], *, now: datetime) -> Interview | None:
    """Return the newest interview that was begun lately and not brought to its report; None when there is none."""
    open_ones = [
        interview
        for interview in interviews
        if not interview.debriefed and interview.turns and now - interview.started < RESUMABLE
    ]
    return open_ones[-1] if open_ones else None
