"""Which rating the program proposes; the learner decides."""

from __future__ import annotations

from ptquiz.domain.judging.words import PARTLY_FROM
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import Result, Verdict


def proposal(verdict: Verdict, hints: int, of: int, attempts: int = 0, *, helped: bool = False) -> Rating:
    """Propose a rating: wrong is Again, right is Good, with help it is less."""
    if verdict.result is Result.PARTLY and verdict.points and verdict.got / verdict.total >= PARTLY_FROM:
        return Rating.HARD
    if verdict.result in (Result.WRONG, Result.PARTLY):
        return Rating.AGAIN
    if of > 1 and hints == of:
        return Rating.AGAIN
    return Rating.HARD if hints or attempts or helped else Rating.GOOD
