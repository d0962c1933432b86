"""Mark answers: what an answer is worth at once, and what is left for the candidate to say."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import structs

from ptquiz.domain.interviews import SCORES, Grade, Style, Turn, budget, style_of
from ptquiz.domain.questions import Fix, Flashcard, Question, Short, Write
from ptquiz.domain.verdicts import PointResult, Result, Verdict


def marked(question: Question, verdict: Verdict, *, answer: str, seconds: float, member: int = 0) -> Turn:
    """Mark an answer that was typed."""
    empty = _empty(question, member)
    return structs.replace(
        empty,
        answer=answer,
        score=_score(question, verdict),
        open=empty.style is Style.SPOKEN,
        seconds=seconds,
        points=verdict.points or empty.points,
        checks=verdict.checks,
        whys=verdict.whys,
        misconceptions=verdict.misconceptions,
        right=verdict.answer or empty.right,
    )


def spoken(question: Question, felt: Grade, *, seconds: float, member: int = 0) -> Turn:
    """Take down an answer that was said aloud, with what the candidate thinks of it until the debriefing."""
    empty = _empty(question, member)
    return structs.replace(empty, spoken=True, score=SCORES[felt], open=True, seconds=seconds)


def passed_over(question: Question, verdict: Verdict, *, seconds: float, member: int = 0) -> Turn:
    """Take down a question that the candidate did not answer; the verdict tells what would have been right."""
    empty = _empty(question, member)
    return structs.replace(empty, passed_over=True, seconds=seconds, right=verdict.answer or empty.right)


def graded(turn: Turn, grade: Grade) -> Turn:
    """Close an answer with the candidate's own grade."""
    return structs.replace(turn, score=SCORES[grade], open=False)


def ticked(turn: Turn, said: Collection[int]) -> Turn:
    """Close an answer with the key points that the candidate says were made, by place from 0."""
    points = tuple(structs.replace(point, said=place in said) for place, point in enumerate(turn.points))
    score = sum(point.said for point in points) / len(points) if points else turn.score
    return structs.replace(turn, points=points, score=score, open=False)


def _empty(question: Question, member: int) -> Turn:
    right = ""
    points: tuple[PointResult, ...] = ()
    match question:
        case Short():
            right, points = question.answer, tuple(PointResult(point.text, said=False) for point in question.points)
        case Flashcard():
            right = question.answer
        case Write() | Fix():
            right = question.solution.code
    return Turn(
        question=question.id,
        member=member,
        topic=question.deck,
        level=question.level,
        style=style_of(question),
        answer="",
        score=0.0,
        seconds=0.0,
        budget=budget(question),
        points=points,
        right=right,
    )


def _score(question: Question, verdict: Verdict) -> float:
    """Return what an answer is worth: parts count where a question has parts, but not in options."""
    match verdict.result:
        case Result.CORRECT:
            return 1.0
        case Result.OPEN:
            return SCORES[Grade.FAIR]
        case Result.PARTLY | Result.WRONG:
            has_parts = style_of(question) is not Style.PICKED or verdict.right_parts
            return verdict.got / verdict.total if has_parts and verdict.total > 1 else 0.0
