"""The quiz engine: `step(session, event, now)` returns the next session and the effects to carry out in order.

It knows no clock, no terminal, no runner and no store; whoever drives it performs the effects and reports
back with events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from msgspec import structs

from ptquiz.domain.answers import Answer, GaveUp
from ptquiz.domain.judging.judge import refusal
from ptquiz.domain.judging.words import corrected
from ptquiz.domain.questions import CodeTask, Question, QuestionId
from ptquiz.domain.reviews import (
    Buried,
    Entry,
    Noted,
    Rated,
    Rating,
    Resumed,
    Starred,
    Suspended,
    Undone,
    Unstarred,
)
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.session.events import (
    Answered,
    Ask,
    Bury,
    BuryAsked,
    Chosen,
    Effect,
    Event,
    Finish,
    Helped,
    HintAsked,
    Judge,
    Judged,
    Left,
    Notice,
    Reasked,
    Record,
    RetryAsked,
    ShowHint,
    ShowPoints,
    ShowVerdict,
    Skipped,
    Suspend,
    SuspendAsked,
    TakeBack,
    TakenBack,
    Ticked,
    UndoAsked,
)
from ptquiz.session.proposing import proposal
from ptquiz.session.state import Asking, Done, Judging, Over, Rate, Session, Ticking, Waiting

AGAIN_AFTER = timedelta(minutes=10)
"""A question rated Again comes back this much later, or sooner when nothing else is left."""

Step = tuple[Session, tuple[Effect, ...]]


class Engine:
    """Steps sessions over a fixed set of questions."""

    def __init__(self, questions: Mapping[QuestionId, Question]) -> None:
        self._questions = questions

    def start(self, queue: Sequence[QuestionId], now: datetime) -> Step:
        """Open a session over a queue; an empty queue is over at once."""
        return self._next(Session(stage=Over(left=False), queue=tuple(queue), started=now), now)

    def step(self, session: Session, event: Event, now: datetime) -> Step:
        """Apply one event; an event that has no meaning at this stage changes nothing and says so."""
        match event:
            case Left():
                return _leave(session)
            case UndoAsked():
                return self._undo(session, now)
            case TakenBack(entry=entry):
                return self._taken_back(session, entry, now)
            case RetryAsked():
                return self._retry(session, now)
        match session.stage:
            case Asking() as asked:
                return self._asking(session, asked, event, now)
            case Judging() as judging:
                return self._judging(session, judging, event)
            case Ticking() as ticking:
                return self._ticking(session, ticking, event, now)
            case Rate() as rating:
                return self._rating(session, rating, event, now)
            case Over():
                return session, (Notice("the session is over"),)
            case _:
                assert_never(session.stage)

    def _asking(self, session: Session, asked: Asking, event: Event, now: datetime) -> Step:
        question = self._questions[asked.question]
        match event:
            case Answered(answer=answer):
                if reason := refusal(question, answer):
                    return session, (Notice(reason),)
                return structs.replace(session, stage=Judging(asked, answer)), (Judge(question, answer),)
            case HintAsked():
                return self._hint(session, asked, question)
            case Helped():
                return structs.replace(session, stage=structs.replace(asked, helped=True)), (
                    self._ask(session, question),
                )
            case Reasked():
                return session, (self._ask(session, question),)
            case Skipped():
                later = structs.replace(
                    session,
                    queue=(*session.queue, asked.question),
                    skipped=session.skipped | {asked.question},
                )
                return self._next(later, now, (Notice("skipped: it comes back at the end"),))
            case SuspendAsked() | BuryAsked():
                return self._put_away(session, question, event, now)
            case _:
                return session, (Notice("answer the question first"),)

    def _hint(self, session: Session, asked: Asking, question: Question) -> Step:
        if not question.hints:
            return session, (Notice("there is no hint for this question"),)
        if asked.hints == len(question.hints):
            return session, (Notice("that was the last hint"),)
        shown = asked.hints + 1
        effect = ShowHint(question.hints[asked.hints], shown, len(question.hints))
        return structs.replace(session, stage=structs.replace(asked, hints=shown)), (effect,)

    def _judging(self, session: Session, judging: Judging, event: Event) -> Step:
        if not isinstance(event, Judged):
            return session, (Notice("still judging"),)
        question = self._questions[judging.asked.question]
        verdict, asked = event.verdict, judging.asked
        given_up = isinstance(judging.answer, GaveUp)
        if isinstance(question, CodeTask) and verdict.result is Result.WRONG and not given_up:
            again = structs.replace(asked, attempts=asked.attempts + 1)
            counts = not session.retrying
            shown = ShowVerdict(question, judging.answer, verdict, None, again.attempts, counts)
            return structs.replace(session, stage=again), (shown,)
        if verdict.points:
            points = ShowPoints(question, verdict)
            return structs.replace(session, stage=Ticking(asked, judging.answer, verdict)), (points,)
        return self._judged(session, asked, judging.answer, verdict)

    def _judged(self, session: Session, asked: Asking, answer: Answer, verdict: Verdict) -> Step:
        question = self._questions[asked.question]
        proposed = proposal(verdict, asked.hints, len(question.hints), asked.attempts, helped=asked.helped)
        shown = ShowVerdict(question, answer, verdict, proposed, asked.attempts + 1, not session.retrying)
        return structs.replace(session, stage=Rate(asked, answer, verdict, proposed)), (shown,)

    def _ticking(self, session: Session, ticking: Ticking, event: Event, now: datetime) -> Step:
        question = self._questions[ticking.asked.question]
        match event:
            case Ticked(said=said):
                return self._judged(session, ticking.asked, ticking.answer, corrected(ticking.verdict, said))
            case SuspendAsked() | BuryAsked():
                return self._put_away(session, question, event, now)
            case Reasked():
                return session, (self._ask(session, question), ShowPoints(question, ticking.verdict))
            case _:
                return session, (Notice("say first which points you made"),)

    def _rating(self, session: Session, rating: Rate, event: Event, now: datetime) -> Step:
        question = self._questions[rating.asked.question]
        match event:
            case Chosen() if session.retrying:
                again = Done(question.id, rating.proposed, rating.verdict)
                return self._next(structs.replace(session, retried=(*session.retried, again)), now)
            case Chosen(rating=chosen):
                seconds = max(0.0, (now - rating.asked.since).total_seconds())
                record = Record(question, rating.answer, rating.verdict, chosen, rating.asked.hints, seconds)
                back = (Waiting(now + AGAIN_AFTER, question.id),) if chosen is Rating.AGAIN else ()
                rated = structs.replace(
                    session,
                    waiting=tuple(sorted((*session.waiting, *back), key=lambda w: w.due)),
                    done=(*session.done, Done(question.id, chosen, rating.verdict)),
                    skipped=session.skipped - {question.id},
                )
                return self._next(rated, now, (record,))
            case SuspendAsked() | BuryAsked():
                return self._put_away(session, question, event, now)
            case Reasked():
                attempt, counts = rating.asked.attempts + 1, not session.retrying
                shown = ShowVerdict(question, rating.answer, rating.verdict, rating.proposed, attempt, counts)
                return session, (self._ask(session, question), shown)
            case _:
                return session, (Notice("rate the answer first: 1 to 4"),)

    def _put_away(self, session: Session, question: Question, event: SuspendAsked | BuryAsked, now: datetime) -> Step:
        if isinstance(event, SuspendAsked):
            said = Notice("suspended {about}; {undo} undoes it", question.id)
            return self._next(session, now, (Suspend(question), said))
        said = Notice("buried {about} until tomorrow; {undo} undoes it", question.id)
        return self._next(session, now, (Bury(question), said))

    def _undo(self, session: Session, now: datetime) -> Step:
        match session.stage:
            case Rate(asked=asked) | Ticking(asked=asked):
                stage = Asking(asked.question, now, asked.hints)
                back = structs.replace(session, stage=stage)
                return back, (Notice("taken back: answer again"), self._ask(back, self._questions[asked.question]))
            case Judging():
                return session, (Notice("still judging"),)
            case _:
                return session, (TakeBack(),)

    def _retry(self, session: Session, now: datetime) -> Step:
        """Ask what was wrong once more; nothing of it is recorded."""
        if not isinstance(session.stage, Over) or not session.missed:
            return session, (Notice("there is nothing to retry"),)
        put_off = (*session.put_off, *session.queue, *(waiting.question for waiting in session.waiting))
        again = structs.replace(session, queue=session.missed, waiting=(), put_off=put_off, retrying=True, retried=())
        return self._next(again, now)

    def _taken_back(self, session: Session, entry: Entry | None, now: datetime) -> Step:
        match entry:
            case None:
                return session, (Notice("nothing to undo"),)
            case Rated() | Suspended() | Buried():
                return self._brought_back(session, entry, now)
            case Starred():
                return session, (Notice("undone: {about} has no star", entry.question),)
            case Unstarred():
                return session, (Notice("undone: {about} has its star again", entry.question),)
            case Noted():
                return session, (Notice("undone: the note on {about} is gone", entry.question),)
            case Resumed() | Undone():
                return session, (Notice("undone: {about}", entry.question),)
            case _:
                assert_never(entry)

    def _brought_back(self, session: Session, entry: Rated | Suspended | Buried, now: datetime) -> Step:
        """Ask a question again whose rating, suspending or burying was taken back."""
        id_ = entry.question
        if id_ not in self._questions:
            return session, (Notice("undone: {about}, which is in no deck now", id_),)
        rated = isinstance(entry, Rated)
        last = max((i for i, done in enumerate(session.done) if rated and done.question == id_), default=None)
        coming = () if session.retrying else (*session.on_screen, *session.queue)
        back = structs.replace(
            session,
            stage=Asking(id_, now),
            queue=tuple(q for q in (*coming, *session.put_off) if q != id_),
            waiting=tuple(w for w in session.waiting if w.question != id_),
            done=tuple(done for i, done in enumerate(session.done) if i != last),
            put_off=(),
            retrying=False,
        )
        undone = "undone: {about} is back, its rating is removed" if rated else "undone: {about} is back"
        return back, (Notice(undone, id_), self._ask(back, self._questions[id_]))

    def _next(self, session: Session, now: datetime, effects: tuple[Effect, ...] = ()) -> Step:
        """Take the next question: one that waited long enough, else the queue's, else one that still waits."""
        queue, waiting = session.queue, session.waiting
        if waiting and (waiting[0].due <= now or not queue):
            id_, waiting = waiting[0].question, waiting[1:]
        elif queue:
            id_, queue = queue[0], queue[1:]
        else:
            return structs.replace(session, stage=Over(left=False)), (*effects, Finish())
        going = structs.replace(session, stage=Asking(id_, now), queue=queue, waiting=waiting)
        return going, (*effects, self._ask(going, self._questions[id_]))

    def _ask(self, session: Session, question: Question) -> Ask:
        asked = len(session.retried if session.retrying else session.done)
        return Ask(question, asked + 1, asked + session.left_over)


def _leave(session: Session) -> Step:
    """End a session; what was on screen counts as not reached."""
    stage = Over(left=True, unrated=isinstance(session.stage, Rate | Ticking) and not session.retrying)
    if session.retrying:
        return structs.replace(session, stage=stage, queue=(), retrying=False), (Finish(),)
    return structs.replace(session, stage=stage, queue=(*session.on_screen, *session.queue)), (Finish(),)
