"""Carry out what the engine asks for beyond showing: judging and writing to the log."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

from msgspec import Struct

from ptquiz.commands.judge import Examiner
from ptquiz.commands.recorder import Recorder
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.session.events import Bury, Event, Judge, Judged, Record, Suspend, TakeBack, TakenBack

Work = Judge | Record | Suspend | Bury | TakeBack


class Performer(Struct, frozen=True):
    """Does the work of a session, whatever it is shown on."""

    questions: MutableMapping[QuestionId, Question]
    """Shared with the engine; after a rating or its undoing, the member of a family that is asked then."""
    examiner: Examiner
    recorder: Recorder
    done_with: Callable[[Question], None] = lambda _: None
    """Called when a question was rated: what was kept for it can go."""
    back_to: Callable[[QuestionId], None] = lambda _: None
    """Called when the rating of a question was taken back: what was kept for it is needed again."""

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
                entry = self.recorder.take_back()
                if entry is not None and entry.question in self.questions:
                    self.questions[entry.question] = self.recorder.next_member(self.questions[entry.question])
                    self.back_to(entry.question)
                return TakenBack(entry)
        return None
