"""Propose which key points an answer in words makes; the learner has the last word."""

from __future__ import annotations

import re
from functools import cache

from msgspec import structs

from ptquiz.domain.answers import Explained
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.judging.programs import evidence, failure, program
from ptquiz.domain.questions import Point, Short
from ptquiz.domain.snippets import Trial
from ptquiz.domain.verdicts import PointResult, Result, Verdict

WORD = re.compile(r"(?<![a-z0-9_.])[a-z]{4,}(?![a-z0-9_(])(?!\.[a-z])")
"""A word of English that is no part of a name in code."""

PARTLY_FROM = 2 / 3
"""The share of points from which an answer is Hard and not Again."""


def judge_short(question: Short, answer: Explained) -> Trial[Verdict]:
    """Propose ticks, and run the proof of the model answer as evidence."""
    verdict = short_verdict(question, answer)
    if question.proof is None:
        return verdict
    outcome = yield program(question, question.proof)
    shown = (evidence(outcome, question.proof),)
    return structs.replace(verdict, evidence=shown, unproven=failure(outcome))


def short_verdict(question: Short, answer: Explained) -> Verdict:
    """Tick the points whose wordings occur in the answer, whatever the endings of English words."""
    text = _plain(answer.text)
    texts = (text, _stemmed(text))
    return ticked(
        Verdict(result=Result.OPEN, answer=question.answer),
        tuple(_point(point, texts) for point in question.points),
    )


def ticked(verdict: Verdict, points: tuple[PointResult, ...]) -> Verdict:
    """Conclude from ticked points."""
    said = sum(point.said for point in points)
    result = Result.CORRECT if said == len(points) else Result.PARTLY if said else Result.WRONG
    return structs.replace(verdict, result=result, points=points, got=said, total=len(points))


def corrected(verdict: Verdict, said: frozenset[int]) -> Verdict:
    """Conclude from the learner's own ticks, by place from 0."""
    points = (structs.replace(point, said=i in said) for i, point in enumerate(verdict.points))
    return ticked(verdict, tuple(points))


def _point(point: Point, texts: tuple[str, str]) -> PointResult:
    matched = next((wording for wording in point.accept if _says(texts, wording)), "")
    return PointResult(point.text, bool(matched), matched)


def _says(texts: tuple[str, str], wording: str) -> bool:
    """Tell whether every part of a wording occurs as it is written or by its stems."""
    as_written, stemmed = texts
    parts = [_plain(part) for part in wording.split(" + ")]
    return all(_occurs(as_written, part) or _occurs(stemmed, _stemmed(part)) for part in parts)


def _occurs(text: str, part: str) -> bool:
    """Tell whether a part occurs; one in Latin letters begins a word, whatever ends it."""
    if not part:
        return False
    before = r"(?<![a-z0-9_])" if part[0].isascii() and part[0].isalnum() else ""
    return re.search(before + re.escape(part), text) is not None


def _stemmed(text: str) -> str:
    """Reduce English words to their stems; names in code and other languages stay as they are."""
    return WORD.sub(lambda match: _stem(match[0]), text)


@cache
def _stem(word: str) -> str:
    from snowballstemmer import stemmer  # only answers in words need it

    stem: str = stemmer("english").stemWord(word)
    return stem


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("`", "").casefold().split())
