"""What can happen in a session, and what it asks its surroundings to do."""

from __future__ import annotations

from msgspec import Struct

from ptquiz.domain.answers import Answer
from ptquiz.domain.questions import Question
from ptquiz.domain.reviews import Entry, Rating
from ptquiz.domain.verdicts import Verdict


class Answered(Struct, frozen=True):
    """The learner answered."""

    answer: Answer


class Judged(Struct, frozen=True):
    """The answer was judged."""

    verdict: Verdict


class Ticked(Struct, frozen=True):
    """The learner says which key points the answer made, by place from 0."""

    said: frozenset[int]


class Chosen(Struct, frozen=True):
    """The learner rated."""

    rating: Rating


class HintAsked(Struct, frozen=True):
    """The learner asked for a hint."""


class Skipped(Struct, frozen=True):
    """The learner wants the question later in the session; nothing is recorded."""


class SuspendAsked(Struct, frozen=True):
    """The learner never wants to see the question again."""


class BuryAsked(Struct, frozen=True):
    """The learner wants the question tomorrow."""


class UndoAsked(Struct, frozen=True):
    """The learner takes back the last thing done."""


class Helped(Struct, frozen=True):
    """The learner ran code of the question before answering."""


class RetryAsked(Struct, frozen=True):
    """The learner wants what was wrong once more, without rating."""


class TakenBack(Struct, frozen=True):
    """The log took back its newest entry; None when there was none."""

    entry: Entry | None


class Reasked(Struct, frozen=True):
    """The learner wants the question on screen again."""


class Left(Struct, frozen=True):
    """The learner quits."""


Event = (
    Answered
    | Judged
    | Ticked
    | Chosen
    | HintAsked
    | Skipped
    | SuspendAsked
    | BuryAsked
    | UndoAsked
    | TakenBack
    | Helped
    | RetryAsked
    | Reasked
    | Left
)


class Ask(Struct, frozen=True):
    """Show a question."""

    question: Question
    number: int
    """Counts from 1."""
    of: int


class Judge(Struct, frozen=True):
    """Judge an answer and report it as Judged."""

    question: Question
    answer: Answer


class ShowHint(Struct, frozen=True):
    """Show a hint."""

    text: str
    number: int
    of: int


class ShowPoints(Struct, frozen=True):
    """Show the key points with the proposed ticks and ask for the learner's, as Ticked."""

    question: Question
    verdict: Verdict


class ShowVerdict(Struct, frozen=True):
    """Show a verdict; `proposed` is None when the answer can be tried again."""

    question: Question
    answer: Answer
    verdict: Verdict
    proposed: Rating | None
    attempt: int = 1
    counts: bool = True
    """Whether a rating is asked for; not when the wrong ones are tried once more."""


class Record(Struct, frozen=True):
    """Write a rating to the log, before anything else is shown."""

    question: Question
    answer: Answer
    verdict: Verdict
    rating: Rating
    hints: int
    seconds: float


class Suspend(Struct, frozen=True):
    """Write to the log that a question is suspended."""

    question: Question


class Bury(Struct, frozen=True):
    """Write to the log that a question is buried until tomorrow."""

    question: Question


class TakeBack(Struct, frozen=True):
    """Take back the newest entry of the log and report it as TakenBack."""


class Notice(Struct, frozen=True):
    """Tell the learner something in one line: {about} stands for what it is about, {undo} for the key that undoes."""

    text: str
    about: str = ""


class Finish(Struct, frozen=True):
    """Show the summary; the session is over unless something is undone."""


Effect = Ask | Judge | ShowHint | ShowPoints | ShowVerdict | Record | Suspend | Bury | TakeBack | Notice | Finish
