"""Hold a mock interview: ask, judge, and store every answer before the next question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, assert_never

from msgspec import Struct, structs

from ptquiz.commands.judge import Examiner
from ptquiz.commands.recorder import Recorder, spell
from ptquiz.domain.answers import Answer, Explained, GaveUp, Recalled
from ptquiz.domain.interviews import SCORES, Grade, Interview, Style, Turn, style_of
from ptquiz.domain.questions import Flashcard, Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.domain.variants import drawn
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.session.events import Record
from ptquiz.session.interview.interviewer import Interviewer, spent
from ptquiz.session.interview.marking import graded, marked, passed_over, spoken, ticked
from ptquiz.session.interview.report import proposal


class Asked(Struct, frozen=True):
    """A question of an interview."""

    question: Question
    """Of a family the member that is asked."""
    member: int
    number: int
    """From 1."""
    style: Style
    left: float | None
    """Seconds left of the interview; None where the clock does not count."""


class Told(Struct, frozen=True):
    """The candidate typed an answer."""

    answer: Answer
    seconds: float
    felt: Grade | None = None
    """What the candidate thinks of an answer that nothing can judge."""


class Aloud(Struct, frozen=True):
    """The candidate said the answer aloud and thinks this of it."""

    felt: Grade
    seconds: float


class Passed(Struct, frozen=True):
    """The candidate has no answer."""

    seconds: float


class Ended(Struct, frozen=True):
    """The candidate ends the interview early; the question counts as not asked."""


Reply = Told | Aloud | Passed | Ended


class Candidate(Protocol):
    """Who is interviewed: somebody at a terminal, or a script."""

    def reply(self, asked: Asked) -> Reply:
        """Answer a question."""
        ...

    def hear(self, asked: Asked, turn: Turn, interview: Interview, verdict: Verdict | None) -> None:
        """Take note that an answer was recorded; a verdict comes only with a coach."""
        ...

    def tick(self, question: Question, turn: Turn) -> frozenset[int]:
        """Say which key points the answer made, by place from 0."""
        ...

    def grade(self, question: Question, turn: Turn) -> Grade:
        """Say how good an answer without key points was."""
        ...


class Sitting(Struct, frozen=True):
    """What an interview is held with."""

    questions: Mapping[QuestionId, Question]
    """Those that may be asked, in the candidate's language."""
    examiner: Examiner
    save: Callable[[Interview], None]

    def hold(self, interview: Interview, candidate: Candidate) -> Interview:
        """Ask until the time is used up, nothing is left, or the candidate ends it."""
        interviewer = Interviewer(self.questions)
        while not interview.finished:
            asked = self._next(interviewer, interview)
            reply = candidate.reply(asked) if asked is not None else Ended()
            if asked is None or isinstance(reply, Ended):
                interview = structs.replace(interview, finished=True)
                self.save(interview)
                break
            turn, verdict = self._take_down(asked, reply)
            if interview.terms.coach and turn.open:
                turn = self._close(turn, candidate, asked.question)
            interview = structs.replace(interview, turns=(*interview.turns, turn))
            self.save(interview)
            candidate.hear(asked, turn, interview, verdict if interview.terms.coach else None)
        return interview

    def debrief(self, interview: Interview, candidate: Candidate) -> Interview:
        """Let the candidate correct what was proposed for answers in words, each stored as it is said."""
        for place, turn in enumerate(interview.turns):
            if turn.open:
                closed = self._close(turn, candidate, member(self.questions, turn))
                turns = (*interview.turns[:place], closed, *interview.turns[place + 1 :])
                interview = structs.replace(interview, turns=turns)
                self.save(interview)
        interview = structs.replace(interview, debriefed=True)
        self.save(interview)
        return interview

    def _next(self, interviewer: Interviewer, interview: Interview) -> Asked | None:
        id_ = interviewer.next(interview)
        if id_ is None:
            return None
        number = len(interview.turns)
        left = 60 * interview.terms.minutes - spent(interview) if interview.terms.timed else None
        # Each interview draws other members of a family, each question of one always the same.
        repetition = int(interview.started.timestamp()) + number
        question = drawn(self.questions[id_], repetition)
        return Asked(question, repetition, number + 1, style_of(question), left)

    def _take_down(self, asked: Asked, reply: Told | Aloud | Passed) -> tuple[Turn, Verdict | None]:
        question, at = asked.question, asked.member
        match reply:
            case Told(answer=answer, seconds=seconds, felt=felt):
                verdict = self._judge(question, answer)
                turn = marked(question, verdict, answer=spell(question, answer), seconds=seconds, member=at)
                return structs.replace(turn, score=SCORES[felt]) if felt else turn, verdict
            case Aloud(felt=felt, seconds=seconds):
                return spoken(question, felt, seconds=seconds, member=at), self._judge(question, Explained(""))
            case Passed(seconds=seconds):
                verdict = self.examiner.judge(question, GaveUp())
                return passed_over(question, verdict, seconds=seconds, member=at), verdict
            case _:
                assert_never(reply)

    def _judge(self, question: Question, answer: Answer) -> Verdict:
        """Judge an answer; one in words to a flashcard only shows what is right."""
        recalled = isinstance(question, Flashcard) and isinstance(answer, Explained)
        return self.examiner.judge(question, Recalled() if recalled else answer)

    def _close(self, turn: Turn, candidate: Candidate, question: Question | None) -> Turn:
        if question is None:
            return structs.replace(turn, open=False)
        if turn.points:
            return ticked(turn, candidate.tick(question, turn))
        return graded(turn, candidate.grade(question, turn))


def member(questions: Mapping[QuestionId, Question], turn: Turn) -> Question | None:
    """Return the question as it was asked; None when it is in no deck any more."""
    family = questions.get(turn.question)
    return drawn(family, turn.member) if family is not None else None


def accept(
    interview: Interview, questions: Mapping[QuestionId, Question], recorder: Recorder, *, only_missed: bool
) -> Interview:
    """Tell the schedule what the interview showed, once for each question; return the interview that says so."""
    done = set(interview.accepted)
    for turn in interview.turns:
        rating = proposal(turn)
        question = member(questions, turn)
        if question is None or turn.question in done or (only_missed and rating is not Rating.AGAIN):
            continue
        result = Result.CORRECT if rating is Rating.GOOD else Result.PARTLY if rating is Rating.HARD else Result.WRONG
        verdict = Verdict(result=result, misconceptions=turn.misconceptions)
        answer: Answer = GaveUp() if turn.passed_over else Explained(turn.answer)
        recorder.rate(Record(question, answer, verdict, rating, 0, turn.seconds))
        done.add(turn.question)
    return structs.replace(interview, accepted=tuple(t.question for t in interview.turns if t.question in done))
