"""What became of an answer, and the runs that show it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from ptquiz.domain.snippets import Outcome
from ptquiz.errors import Message


class Result(StrEnum):
    """How good an answer is."""

    CORRECT = "correct"
    PARTLY = "partly"
    WRONG = "wrong"
    OPEN = "open"
    """Only the learner can say: a flashcard."""


class Evidence(Struct, frozen=True):
    """One run: the code that was shown to be run, and how it ended."""

    code: str
    outcome: Outcome
    expressions: tuple[str, ...] = ()
    """The expressions whose values the outcome holds, in order."""


class CheckResult(Struct, frozen=True):
    """One named check of a code answer."""

    name: str
    passed: bool
    message: str = ""
    """What is wrong, for the learner."""
    line: int | None = None
    """The line of the answer at which it failed."""


class PointResult(Struct, frozen=True):
    """One key point of an answer in words."""

    text: str
    said: bool
    matched: str = ""
    """The wording that was found."""


class Verdict(Struct, frozen=True, kw_only=True):
    """What became of an answer."""

    result: Result
    answer: str = ""
    """The right answer, in the learner's terms; option numbers are the screen's business."""
    right_options: tuple[int, ...] = ()
    """The right options by their place in the deck; for choice and choices."""
    whys: tuple[str, ...] = ()
    """What is wrong with what was answered."""
    got: int = 0
    """How many parts are right."""
    total: int = 1
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    points: tuple[PointResult, ...] = ()
    """Proposed ticks, until the learner has corrected them."""
    right_parts: tuple[bool, ...] = ()
    """Which blanks are right."""
    misconceptions: tuple[str, ...] = ()
    note: str = ""
    """What was forgiven: `accepted: spacing differs`."""
    unproven: str | Message = ""
    """Why the recorded answer decided and not a run; empty when a run, or nothing runnable, decided."""
