"""Drive a practice session: turn keys into events of the engine, and have its effects shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from ptquiz.domain.answers import GaveUp
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.session.engine import Engine
from ptquiz.session.events import (
    Answered,
    BuryAsked,
    Chosen,
    Event,
    HintAsked,
    Left,
    Reasked,
    RetryAsked,
    Skipped,
    SuspendAsked,
    Ticked,
    UndoAsked,
)
from ptquiz.session.state import Asking, Over, Rate, Session, Ticking
from ptquiz.ui.answering import Answering
from ptquiz.ui.keymap import EVENTS as TERMINAL_EVENTS
from ptquiz.ui.keymap import Action
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.showing import Showing
from ptquiz.ui.terminal.screen import Screen

if TYPE_CHECKING:
    from ptquiz.ui.asides import Asides

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


class Practice(Struct):
    """One session on one screen."""

    screen: Screen
    prompting: Prompting
    answering: Answering
    asides: Callable[[], Asides]
    """Made when first used: what few sessions need must not delay the first question."""
    engine: Engine
    questions: Mapping[QuestionId, Question]
    """Shared with the engine; after a rating or its undoing, the member of a family that is asked then."""
    showing: Showing
    clock: Callable[[], datetime]

    def run(self, queue: tuple[QuestionId, ...]) -> Session:
        """Hold a session over a queue until it is over or left; return how it ended."""
        session, effects = self.engine.start(queue, self.clock())
        try:
            while True:
                event = self.showing.perform(session, effects)
                while event is None:
                    event = self._event(session)
                session, effects = self.engine.step(session, event, self.clock())
        except Ended:
            return session
        except KeyboardInterrupt:
            self.screen.end_live()
            self.showing.summary(session)
            raise

    def _event(self, session: Session) -> Event | None:
        """Wait for the next event; None when what was done concerns the session in no way."""
        try:
            match session.stage:
                case Asking(question=id_):
                    answer = self.answering.read(self.questions[id_], self.showing.options.places)
                    return self._acted(answer, session) if isinstance(answer, Action) else Answered(answer)
                case Ticking(verdict=verdict):
                    said = self.answering.ticks(verdict)
                    if not isinstance(said, Action):
                        return Ticked(said)
                    event = self._acted(said, session)
                    if event is None:
                        self.showing.remind(session)
                    return event
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
        prompting, keymap = self.prompting, self.prompting.keymap
        ratings = {} if session.retrying else dict(keymap.rating_keys)
        ratings |= {"space": proposed, "enter": proposed}
        while True:
            key = prompting.key()
            if key in ratings:
                prompting.end("" if session.retrying else str(ratings[key].value))
                return Chosen(ratings[key])
            if action := keymap.action_after_verdict(key):
                prompting.end(key)
                event = self._acted(action, session)
                if event is None:
                    self.showing.remind(session)
                return event
            if keymap.action(key) is Action.SHOW and self.showing.has_more_to_show(session):
                prompting.end(key)
                self.showing.solution(session)
                self.showing.remind(session)
                return None
            prompting.complain(key)

    def _after_summary(self, session: Session) -> Event | None:
        if not session.done:
            raise Ended
        words, keymap = self.screen.words, self.prompting.keymap
        items = [f"{keymap.key(Action.UNDO)} {words('undo the last rating')}"]
        if session.missed:
            missed = len(session.missed)
            retry = words.count(
                "r retry the one missed (without rating)", "r retry the {n} missed (without rating)", missed
            )
            items.append(retry)
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
                self.asides().keys(after_verdict=after_verdict, solution=self.showing.has_more_to_show(session))
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
            case Action.LANGUAGE:
                return self.asides().switch_language(question)
            case Action.EXPLAIN:
                return self.asides().explain(question, session)
            case Action.EXPERIMENT:
                code = self.answering.coding.code_now(question)
                return self.asides().experiment(question, session, code)
            case Action.OUTSIDE:
                self.screen.line("  " + self.screen.words("this question asks for no code"))
        return None
