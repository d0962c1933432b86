"""A mock interview: what was agreed, what was asked and answered, as it is stored."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from ptquiz.domain.questions import (
    Choice,
    Choices,
    Fill,
    Fix,
    Flashcard,
    Level,
    Number,
    Order,
    Predict,
    Question,
    QuestionId,
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.verdicts import CheckResult, PointResult


class Seniority(StrEnum):
    """Whom the interviewer believes to speak to."""

    JUNIOR = "junior"
    SENIOR = "senior"
    RESEARCH = "research"


class Style(StrEnum):
    """How a question is put; an interview mixes them."""

    SPOKEN = "spoken"
    """Answered in words, typed or said aloud."""
    PREDICTED = "predicted"
    """Outputs and numbers."""
    PICKED = "picked"
    """Options, claims, blanks, orders."""
    CODED = "coded"


class Grade(StrEnum):
    """How good an answer was, as far as the interviewer can tell at once."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"


SCORES = {Grade.POOR: 0.0, Grade.FAIR: 0.5, Grade.GOOD: 1.0}
"""What a grade is worth where nothing finer is known."""

GOOD_FROM, FAIR_FROM = 0.75, 0.5
"""The scores from which an answer is good, and fair."""


class Terms(Struct, frozen=True, kw_only=True):
    """What is agreed before the first question."""

    topics: tuple[str, ...]
    """In the order in which they are opened."""
    seniority: Seniority
    minutes: int
    timed: bool = True
    """Whether the clock counts; else each question counts as long as it should take."""
    coach: bool = False
    """Whether a verdict follows each answer."""
    levels: dict[str, tuple[Level, ...]] = {}
    """Of a topic, the only levels to be asked."""
    profile: str = ""
    """The course it was taken from."""


class Turn(Struct, frozen=True, kw_only=True):
    """One question and what became of it."""

    question: QuestionId
    member: int = 0
    """Which member of a family was asked."""
    topic: str
    level: Level
    style: Style
    answer: str
    """As it was typed, or in words; empty where it was spoken or missing."""
    spoken: bool = False
    """Whether it was said aloud."""
    passed_over: bool = False
    """Whether there was no answer at all."""
    score: float
    """From 0 to 1; until the debriefing a proposal for what was said in words."""
    open: bool = False
    """Whether the candidate has still to say how good it was."""
    seconds: float
    """Taken to answer."""
    budget: float
    """Seconds that an interviewer would allow."""
    points: tuple[PointResult, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    whys: tuple[str, ...] = ()
    """What is wrong with the answer."""
    misconceptions: tuple[str, ...] = ()
    right: str = ""
    """The right answer."""

    @property
    def grade(self) -> Grade:
        """How good the answer was."""
        return Grade.GOOD if self.score >= GOOD_FROM else Grade.FAIR if self.score >= FAIR_FROM else Grade.POOR


class Interview(Struct, frozen=True, kw_only=True):
    """One interview, as it is stored after every answer."""

    schema: int = 1
    id: str
    started: datetime
    terms: Terms
    turns: tuple[Turn, ...] = ()
    finished: bool = False
    """Whether the last question was asked; what is open may still have to be debriefed."""
    debriefed: bool = False
    accepted: tuple[QuestionId, ...] = ()
    """Whose ratings the candidate has let into the schedule."""


def style_of(question: Question) -> Style:
    """Say how a question is put."""
    match question:
        case Short() | Flashcard():
            return Style.SPOKEN
        case Predict() | Number():
            return Style.PREDICTED
        case Write() | Fix():
            return Style.CODED
        case Choice() | Choices() | TrueFalse() | Fill() | Order():
            return Style.PICKED


def budget(question: Question) -> float:
    """Return the seconds that an interviewer would allow for a question."""
    match question:
        case Write():
            return 420.0
        case Fix():
            return 240.0
        case Short():
            return 150.0
        case Flashcard():
            return 120.0
        case Order():
            return 75.0
        case TrueFalse():
            return 40.0
        case Predict() | Number() | Choice() | Choices() | Fill():
            return 60.0
