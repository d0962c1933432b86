"""Drive a practice session: perform the engine's effects, turn keys into its events."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from ptquiz.commands.agenda import utc_offset
from ptquiz.commands.judge import Examiner
from ptquiz.commands.recorder import Recorder
from ptquiz.domain.answers import GaveUp
from ptquiz.domain.judging.judge import runs
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.queue import Upcoming
from ptquiz.session.engine import Engine
from ptquiz.session.events import (
    Answered,
    Ask,
    Bury,
    BuryAsked,
    Chosen,
    Effect,
    Event,
    Finish,
    HintAsked,
    Judge,
    Judged,
    Left,
    Notice,
    Reasked,
    Record,
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
from ptquiz.session.state import Asking, Over, Rate, Session, Ticking
from ptquiz.ui.answering import Answering
from ptquiz.ui.keymap import ACTION_OF, ALLOWED_AFTER_VERDICT, BINDINGS, MENU, Action
from ptquiz.ui.question_view import Places, offered, show_question, standing
from ptquiz.ui.summary_view import show_summary
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.verdict_view import show_points, show_ratings, show_verdict

SETTLE = 0.25
"""Seconds after a verdict in which keys are dead, so that a double press cannot rate."""

EVENTS: Mapping[Action, Event] = {
    Action.HINT: HintAsked(),
    Action.SHOW: Answered(GaveUp()),
    Action.SKIP: Skipped(),
    Action.UNDO: UndoAsked(),
    Action.BURY: BuryAsked(),
    Action.SUSPEND: SuspendAsked(),
    Action.AGAIN: Reasked(),
    Action.KEYS: Reasked(),
    Action.QUIT: Left(),
}


@dataclass
class Practice:
    """One session on one screen."""

    screen: Screen
    answering: Answering
    engine: Engine
    questions: dict[QuestionId, Question]
    """Shared with the engine; after a rating the next member of a family takes its place."""
    examiner: Examiner
    recorder: Recorder
    clock: Callable[[], datetime]
    upcoming: Callable[[], Upcoming | None]
    torch: Callable[[], str]
    """The version that judges; asked only after a run."""
    shuffle: random.Random
    first_drawn: Callable[[Question], None]
    """Called once the first question is on the screen: the time to warm up what comes later."""
    ready: Callable[[], bool]
    """Whether a run would start at once."""
    _order: Places = ()
    _since: datetime | None = field(default=None)
    _drawn: bool = False

    def run(self, queue: tuple[QuestionId, ...]) -> Session:
        """Hold a session over a queue until it is over or left; return how it ended."""
        session, effects = self.engine.start(queue, self.clock())
        try:
            while True:
                event = self._perform(session, effects) or self._event(session)
                if event is None:
                    return session
                session, effects = self.engine.step(session, event, self.clock())
        except KeyboardInterrupt:
            self.screen.end_live()
            self._summary(session)
            raise

    def _perform(self, session: Session, effects: tuple[Effect, ...]) -> Event | None:
        """Carry out effects in order; return what one of them has to report."""
        report: Event | None = None
        for effect in effects:
            report = self._effect(session, effect) or report
        return report

    def _effect(self, session: Session, effect: Effect) -> Event | None:
        match effect:
            case Ask():
                self._ask(effect)
            case Judge():
                return self._judge(effect)
            case ShowHint(text=text, number=number, of=of):
                self.screen.text(f"hint {number}/{of}: {text}", indent=2)
            case ShowPoints(verdict=verdict):
                show_points(self.screen, verdict)
                self.answering.keys.drain(SETTLE)
            case ShowVerdict():
                self._show_verdict(effect)
            case Record(question=question):
                self.recorder.rate(effect)
                self.questions[question.id] = self.recorder.next_member(question)
                self.answering.forget(question)
            case Suspend(question=question):
                self.recorder.suspend(question)
            case Bury(question=question):
                self.recorder.bury(question)
            case TakeBack():
                return TakenBack(self.recorder.take_back())
            case Notice(text=text):
                self.screen.line(f"  {text}")
            case Finish():
                self._summary(session)
            case _:
                assert_never(effect)
        return None

    def _ask(self, ask: Ask) -> None:
        question, now = ask.question, self.clock()
        self._since = now
        places = range(len(offered(question)))
        self._order = self.shuffle.sample(places, len(places))
        state = self.recorder.state(question)
        today = study_day(now, utc_offset=utc_offset(now))
        stands = standing(state, today=today, utc_offset=utc_offset(now))
        show_question(self.screen, ask, self._order, stands=stands, changed=self.recorder.has_changed(question))
        self.answering.show_bar(question, self._order)
        if not self._drawn:
            self._drawn = True
            self.screen.live("> ") if self.screen.is_live else None
            self.first_drawn(question)

    def _judge(self, effect: Judge) -> Judged:
        waiting = runs(effect.question) and not self.ready()
        if waiting and self.screen.is_live:
            self.screen.live("starting torch ...")
        verdict = self.examiner.judge(effect.question, effect.answer)
        if waiting and self.screen.is_live:
            self.screen.live("")
        return Judged(verdict)

    def _show_verdict(self, shown: ShowVerdict) -> None:
        spent = (self.clock() - self._since).total_seconds() if self._since else 0.0
        torch = self.torch() if shown.verdict.evidence else ""
        if self.screen.is_live:
            self.screen.live("")
        show_verdict(self.screen, shown, self._order, torch=torch, seconds=max(spent, 0.0))
        if shown.proposed is None:
            self.answering.show_bar(shown.question, self._order)
        else:
            show_ratings(self.screen, self.recorder.outlook(shown.question), shown.proposed)
        self.answering.keys.drain(SETTLE)

    def _summary(self, session: Session) -> None:
        show_summary(self.screen, session, self.questions, self.upcoming(), self.clock())

    def _event(self, session: Session) -> Event | None:
        """Wait for the next event; None ends the session for good."""
        try:
            match session.stage:
                case Asking(question=id_):
                    answer = self.answering.read(self.questions[id_], self._order)
                    return self._acted(answer, session) if isinstance(answer, Action) else Answered(answer)
                case Ticking(verdict=verdict):
                    said = self.answering.ticks(verdict)
                    return self._acted(said, session) if isinstance(said, Action) else Ticked(said)
                case Rate(proposed=proposed):
                    return self._rating(proposed, session)
                case Over():
                    return self._after_summary(session)
                case _:
                    raise AssertionError(f"nothing to read while {session.stage}")
        except EOFError:
            self.screen.end_live()
            return None if isinstance(session.stage, Over) else Left()

    def _rating(self, proposed: Rating, session: Session) -> Event:
        ratings = {str(rating.value): rating for rating in Rating} | {"space": proposed, "enter": proposed}
        while True:
            key = self.answering.key()
            if key in ratings:
                self.answering.end(str(ratings[key].value))
                return Chosen(ratings[key])
            action = ACTION_OF.get(key)
            if action in ALLOWED_AFTER_VERDICT:
                self.answering.end(key)
                return self._acted(action, session)
            self.answering.complain(key)

    def _after_summary(self, session: Session) -> Event | None:
        if not session.done:
            return None
        self.screen.bar(["u undo the last rating", "enter done"])
        while True:
            key = self.answering.key()
            if ACTION_OF.get(key) is Action.UNDO:
                self.answering.end(key)
                return UndoAsked()
            if key in ("enter", "space", "q", "esc", "ctrl-d"):
                self.answering.end("")
                return None
            self.answering.complain(key)

    def _acted(self, action: Action, session: Session) -> Event:
        if action is Action.MENU:
            return self._menu(session)
        if action is Action.KEYS:
            self._show_keys()
        return EVENTS[action]

    def _show_keys(self) -> None:
        self.screen.line("keys")
        for binding in BINDINGS:
            keys = " ".join(key for key in binding.keys if key not in ("redraw", "resize"))
            self.screen.line(f"  {keys:<10} {binding.action}")

    def _menu(self, session: Session) -> Event:
        """Offer every action by number, for input methods that keep the letters to themselves."""
        self.screen.bar([*(f"{i} {action}" for i, action in enumerate(MENU, start=1)), "0 back"])
        while True:
            key = self.answering.key()
            if key == "0" or key == "esc":
                self.answering.end(key)
                return Reasked()
            if key.isdecimal() and int(key) <= len(MENU):
                self.answering.end(key)
                return self._acted(MENU[int(key) - 1], session)
            self.answering.complain(key)
