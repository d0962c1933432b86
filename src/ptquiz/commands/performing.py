"""Carry out what the engine asks for beyond showing: judging and writing to the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ptquiz.commands.judge import Examiner
from ptquiz.commands.recorder import Recorder
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.session.events import Bury, Event, Judge, Judged, Record, Suspend, TakeBack, TakenBack

Work = Judge | Record | Suspend | Bury | TakeBack


@dataclass(frozen=True)
class Performer:
    """Does the work of a session, whatever it is shown on."""

    questions: dict[QuestionId, Question]
    """Shared with the engine; after a rating the next member of a family takes its place."""
    examiner: Examiner
    recorder: Recorder
    done_with: Callable[[Question], None] = lambda _: None
    """Called when a question was rated: what was kept for it can go."""

    def perform(self, work: Work) -> Event | None:
        """Do one thing and return what it has to report; what is written is on disk on return."""
        match work:
            case Judge(question=question, answer=answer):
                return Judged(self.examiner.judge(question, answer))
            case Record(question=question):
                self.recorder.rate(work)
                self.questions[question.id] = self.recorder.next_member(question)
                self.done_with(question)
            case Suspend(question=question):
                self.recorder.suspend(question)
            case Bury(question=question):
                self.recorder.bury(question)
            case TakeBack():
                return TakenBack(self.recorder.take_back())
        return None
