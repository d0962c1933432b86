"""Where a session stands."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from msgspec import Struct

from ptquiz.domain.answers import Answer
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.domain.verdicts import Verdict


class Asking(Struct, frozen=True):
    """A question is on screen and waits for an answer."""

    question: QuestionId
    since: datetime
    hints: int = 0
    """How many have been shown."""
    attempts: int = 0
    """How many runs of a code answer have failed."""
    helped: bool = False
    """Whether code of the question was run before the answer."""


class Judging(Struct, frozen=True):
    """An answer is being judged."""

    asked: Asking
    answer: Answer


class Ticking(Struct, frozen=True):
    """Proposed key points are on screen and wait for the learner's ticks."""

    asked: Asking
    answer: Answer
    verdict: Verdict


class Rate(Struct, frozen=True):
    """A verdict is on screen and waits for a rating."""

    asked: Asking
    answer: Answer
    verdict: Verdict
    proposed: Rating


class Over(Struct, frozen=True):
    """The summary is on screen."""

    left: bool
    """Whether the learner quit before the end."""
    unrated: bool = False
    """Whether the last answer was left without a rating."""


Stage = Asking | Judging | Ticking | Rate | Over


class Waiting(Struct, frozen=True):
    """A question that comes back in this session."""

    due: datetime
    question: QuestionId


class Done(Struct, frozen=True):
    """One rated answer."""

    question: QuestionId
    rating: Rating
    verdict: Verdict


class Session(Struct, frozen=True, kw_only=True):
    """A session: what is on screen, what comes, what was done."""

    stage: Stage
    queue: tuple[QuestionId, ...] = ()
    """In the order in which they are asked."""
    waiting: tuple[Waiting, ...] = ()
    done: tuple[Done, ...] = ()
    skipped: frozenset[QuestionId] = frozenset()
    retrying: bool = False
    """Whether what was wrong is asked once more, without rating."""
    put_off: tuple[QuestionId, ...] = ()
    """What was not reached when the retrying began."""
    retried: tuple[Done, ...] = ()
    """What came of that, with the rating that was proposed."""
    started: datetime

    @property
    def on_screen(self) -> tuple[QuestionId, ...]:
        """The question on screen, if there is one."""
        match self.stage:
            case Asking(question=id_):
                return (id_,)
            case Judging(asked=asked) | Ticking(asked=asked) | Rate(asked=asked):
                return (asked.question,)
            case Over():
                return ()
            case _:
                assert_never(self.stage)

    @property
    def left_over(self) -> int:
        """How many questions are still to be asked, the one on screen included."""
        put_off = len(self.put_off) if isinstance(self.stage, Over) else 0
        return len(self.on_screen) + len(self.queue) + len(self.waiting) + put_off

    @property
    def missed(self) -> tuple[QuestionId, ...]:
        """What was rated Again or Hard, each once."""
        return tuple(dict.fromkeys(done.question for done in self.done if done.rating <= Rating.HARD))
