"""Drive a practice session: perform the engine's effects, turn keys into its events."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.performing import Performer
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
    Ticked,
    UndoAsked,
)
from ptquiz.session.state import Asking, Over, Rate, Session, Ticking
from ptquiz.ui.answering import Answering
from ptquiz.ui.keymap import EVENTS as TERMINAL_EVENTS
from ptquiz.ui.keymap import Action
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.question_view import Places, offered, show_question, standing
from ptquiz.ui.summary_view import show_summary
from ptquiz.ui.terminal.screen import Screen

if TYPE_CHECKING:
    from ptquiz.ui.asides import Asides

SETTLE = 0.25
"""Seconds after a verdict in which keys are dead, so that a double press cannot rate."""

EVENTS: Mapping[Action, Event] = {
    Action.HINT: HintAsked(),
    Action.SHOW: Answered(GaveUp()),
    Action.SKIP: Skipped(),
    Action.UNDO: UndoAsked(),
    Action.BURY: BuryAsked(),
    Action.SUSPEND: SuspendAsked(),
    Action.REDRAW: Reasked(),
    Action.QUIT: Left(),
}
"""What an action is to the session; the others are asides."""


class Ended(Exception):  # noqa: N818 - the way out of the loop, and no error
    """The learner has seen the summary and is done."""


@dataclass
class Practice:
    """One session on one screen."""

    screen: Screen
    prompting: Prompting
    answering: Answering
    asides: Callable[[], Asides]
    """Made when first used: what few sessions need must not delay the first question."""
    engine: Engine
    questions: dict[QuestionId, Question]
    """Shared with the engine; after a rating the next member of a family takes its place."""
    performer: Performer
    clock: Callable[[], datetime]
    upcoming: Callable[[], Upcoming | None]
    torch: Callable[[], str]
    """The version that judges; asked only after a run."""
    shuffle: random.Random
    first_drawn: Callable[[Question], None]
    """Called once the first question is on the screen: the time to warm up what comes later."""
    ready: Callable[[], bool]
    """Whether a run would start at once."""
    wait_ready: Callable[[], None]
    """Waits until a run would start at once, or never will."""
    paged: bool = False
    """Whether each question begins at the top of the screen."""
    _showing: tuple[QuestionId, int, int] = ("", 0, 0)
    """What is on the screen: while it stays the same, so does the order of its options."""
    _order: Places = ()
    _since: datetime | None = field(default=None)
    _drawn: bool = False

    def run(self, queue: tuple[QuestionId, ...]) -> Session:
        """Hold a session over a queue until it is over or left; return how it ended."""
        session, effects = self.engine.start(queue, self.clock())
        try:
            while True:
                event = self._perform(session, effects)
                while event is None:
                    event = self._event(session)
                session, effects = self.engine.step(session, event, self.clock())
        except Ended:
            return session
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
                self.screen.text(self.screen.words("hint {n}/{of}: {text}", n=number, of=of, text=text), indent=2)
            case ShowPoints():
                self._show_points(effect)
            case ShowVerdict():
                self._show_verdict(effect)
            case Record() | Suspend() | Bury() | TakeBack():
                return self.performer.perform(effect)
            case Notice(text=text, about=about):
                self.prompting.say(self.screen.words(text).replace("{about}", about), indent=2)
            case Finish():
                self._summary(session)
            case _:
                assert_never(effect)
        return None

    def _ask(self, ask: Ask) -> None:
        question, now = ask.question, self.clock()
        places = range(len(offered(question)))
        showing = (question.id, ask.number, len(places))
        if showing != self._showing:
            self._showing, self._since = showing, now
            self._order = self.shuffle.sample(places, len(places))
        recorder = self.performer.recorder
        today = study_day(now, utc_offset=utc_offset(now))
        stands = standing(recorder.state(question), self.screen.words, today=today, utc_offset=utc_offset(now))
        if self.paged:
            self.screen.fresh()
        show_question(self.screen, ask, self._order, stands=stands, changed=recorder.has_changed(question))
        self.answering.show_bar(question, self._order)
        if not self._drawn:
            self._drawn = True
            self.screen.live("> ") if self.screen.is_live else None
            self.first_drawn(question)

    def _judge(self, effect: Judge) -> Event | None:
        words = self.screen.words
        running = runs(effect.question)
        if running and not self.ready():
            tell = self.screen.live if self.screen.is_live else self.screen.line
            tell(words("starting torch ..."))
            self.wait_ready()
        if running and self.screen.is_live:
            self.screen.live(words("running ..."))
        report = self.performer.perform(effect)
        if running and self.screen.is_live:
            self.screen.live("")
        return report

    def _show_points(self, shown: ShowPoints) -> None:
        from ptquiz.ui.verdict_view import show_points  # not before the first question

        show_points(self.screen, shown.verdict)
        self.prompting.keys.drain(SETTLE)

    def _show_verdict(self, shown: ShowVerdict) -> None:
        from ptquiz.ui.rating_view import show_going_on, show_ratings  # not before the first question
        from ptquiz.ui.verdict_view import show_verdict

        spent = (self.clock() - self._since).total_seconds() if self._since else 0.0
        torch = self.torch() if shown.verdict.evidence else ""
        if self.screen.is_live:
            self.screen.live("")
        draft = self.answering.coding.code_now(shown.question)
        show_verdict(self.screen, shown, self._order, torch=torch, seconds=max(spent, 0.0), draft=draft)
        if shown.proposed is None:
            self.answering.show_bar(shown.question, self._order)
        elif shown.counts:
            ahead = self.performer.recorder.outlook(shown.question)
            show_ratings(self.screen, ahead, shown.proposed, self.prompting.keymap)
        else:
            show_going_on(self.screen)
        self.prompting.keys.drain(SETTLE)

    def _summary(self, session: Session) -> None:
        show_summary(self.screen, session, self.questions, self.upcoming(), self.clock())

    def _event(self, session: Session) -> Event | None:
        """Wait for the next event; None when what was done concerns the session in no way."""
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
            if isinstance(session.stage, Over):
                raise Ended from None
            return Left()

    def _rating(self, proposed: Rating, session: Session) -> Event | None:
        prompting = self.prompting
        keys = prompting.keymap.rating_keys
        ratings = {} if session.retrying else dict(keys)
        ratings |= {"space": proposed, "enter": proposed}
        while True:
            key = prompting.key()
            if key in ratings:
                prompting.end("" if session.retrying else str(ratings[key].value))
                return Chosen(ratings[key])
            if action := prompting.keymap.action_after_verdict(key):
                prompting.end(key)
                return self._acted(action, session)
            prompting.complain(key)

    def _after_summary(self, session: Session) -> Event | None:
        if not session.done:
            raise Ended
        words, keymap = self.screen.words, self.prompting.keymap
        items = [f"{keymap.key(Action.UNDO)} {words('undo the last rating')}"]
        if session.missed:
            missed = len(session.missed)
            items.append(words.count("r retry the one missed, not rated", "r retry the {n} missed, not rated", missed))
        self.screen.bar([*items, words("enter done")])
        while True:
            key = self.prompting.key()
            if keymap.action(key) is Action.UNDO:
                self.prompting.end(key)
                return UndoAsked()
            if key == "r" and session.missed:
                self.prompting.end(key)
                return RetryAsked()
            if key in ("enter", "space", "esc") or keymap.action(key) is Action.QUIT:
                self.prompting.end("")
                raise Ended
            if key not in TERMINAL_EVENTS:
                self.prompting.complain(key)

    def _acted(self, action: Action, session: Session) -> Event | None:
        """Turn an action into an event, or do what is beside the session."""
        if action in EVENTS:
            return EVENTS[action]
        stage = session.stage
        if isinstance(stage, Over):
            return None
        question = self.questions[stage.question if isinstance(stage, Asking) else stage.asked.question]
        after_verdict = not isinstance(stage, Asking)
        match action:
            case Action.KEYS:
                self.asides().keys(after_verdict=after_verdict)
                return None if after_verdict else Reasked()
            case Action.MENU:
                chosen = self.asides().menu(after_verdict=after_verdict)
                return self._acted(chosen, session) if chosen else Reasked()
            case Action.STAR:
                self.asides().star(question)
            case Action.INFO:
                self.asides().info(question)
            case Action.EDIT:
                return self.asides().edit(question, session)
            case Action.EXPERIMENT:
                code = self.answering.coding.code_now(question)
                return self.asides().experiment(question, session, code)
            case Action.OUTSIDE:
                self.screen.line("  " + self.screen.words("this question asks for no code"))
        return None
