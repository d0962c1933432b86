"""What an interview showed: by topic and rung of the ladder, strengths first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from ptquiz.domain.interviews import FAIR_FROM, GOOD_FROM, Grade, Interview, Style, Turn
from ptquiz.domain.questions import Level, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.session.interview.interviewer import spent

SLOW = 1.5
"""How many times its budget an answer may take before it counts as slow."""


class Cell(Struct, frozen=True):
    """What was shown on one rung of one topic's ladder."""

    asked: int
    score: float
    """The mean, from 0 to 1."""


class TopicResult(Struct, frozen=True):
    """What was shown in one topic."""

    topic: str
    asked: int
    score: float
    levels: dict[Level, Cell]
    """Only the rungs that were reached."""


class Pace(Struct, frozen=True):
    """How the time was used, in seconds."""

    used: float
    allowed: float
    """What an interviewer would allow for the questions that were asked."""
    slow: tuple[QuestionId, ...]


class Report(Struct, frozen=True, kw_only=True):
    """The whole picture."""

    score: float
    """The mean over the topics, from 0 to 1."""
    topics: tuple[TopicResult, ...]
    """The best first."""
    strengths: tuple[QuestionId, ...]
    """Answered well, the deepest first."""
    gaps: tuple[QuestionId, ...]
    """Answered poorly or not at all, the simplest first: to be practised first."""
    styles: dict[Style, Cell]
    misconceptions: tuple[tuple[str, int], ...]
    pace: Pace
    proposals: dict[QuestionId, Rating]
    """How the schedule would hear of it, if the candidate accepts."""


def report_on(interview: Interview) -> Report:
    """Report on the answers so far."""
    turns = interview.turns
    by_topic: dict[str, list[Turn]] = {}
    for turn in turns:
        by_topic.setdefault(turn.topic, []).append(turn)
    topics = sorted((_topic(name, group) for name, group in by_topic.items()), key=lambda result: -result.score)
    depth = list(Level)
    missed = Counter(name for turn in turns for name in turn.misconceptions)
    return Report(
        score=sum(result.score for result in topics) / len(topics) if topics else 0.0,
        topics=tuple(topics),
        strengths=tuple(
            turn.question
            for turn in sorted(turns, key=lambda turn: -depth.index(turn.level))
            if turn.grade is Grade.GOOD
        ),
        gaps=tuple(
            turn.question
            for turn in sorted(turns, key=lambda turn: depth.index(turn.level))
            if turn.grade is Grade.POOR
        ),
        styles={style: _cell(group) for style in Style if (group := [t for t in turns if t.style is style])},
        misconceptions=tuple(missed.most_common()),
        pace=Pace(
            used=spent(interview),
            allowed=sum(turn.budget for turn in turns),
            slow=tuple(turn.question for turn in turns if turn.seconds > SLOW * turn.budget),
        ),
        proposals={turn.question: proposal(turn) for turn in turns},
    )


def proposal(turn: Turn) -> Rating:
    """Propose what a practice session would have: poor is Again, fair is Hard."""
    if turn.score < FAIR_FROM:
        return Rating.AGAIN
    return Rating.GOOD if turn.score >= GOOD_FROM else Rating.HARD


def _topic(name: str, turns: list[Turn]) -> TopicResult:
    cells = {level: _cell(group) for level in Level if (group := [t for t in turns if t.level is level])}
    return TopicResult(name, len(turns), _mean(turns), cells)


def _cell(turns: list[Turn]) -> Cell:
    return Cell(len(turns), _mean(turns))


def _mean(turns: Sequence[Turn]) -> float:
    return sum(turn.score for turn in turns) / len(turns)
