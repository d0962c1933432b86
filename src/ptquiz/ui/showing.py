"""Carry out the effects of a session on one screen: ask, judge, show what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import assert_never

from msgspec import Struct

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.performing import Performer
from ptquiz.domain.answers import Answer, Coded
from ptquiz.domain.judging.judge import runs
from ptquiz.domain.questions import CodeTask, Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.queue import Upcoming
from ptquiz.session.events import (
    Ask,
    Bury,
    Effect,
    Event,
    Finish,
    Judge,
    Notice,
    Record,
    ShowHint,
    ShowPoints,
    ShowVerdict,
    Suspend,
    TakeBack,
)
from ptquiz.session.state import Rate, Session, Ticking
from ptquiz.ui.answering import Answering
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.question_view import Shuffled, show_question, standing
from ptquiz.ui.summary_view import show_summary
from ptquiz.ui.terminal.screen import Screen

SETTLE = 0.25
"""Seconds after a verdict in which keys are dead, so that a double press cannot rate."""


class Showing(Struct):
    """What a session shows, and what of it is on the screen now."""

    screen: Screen
    prompting: Prompting
    answering: Answering
    questions: Mapping[QuestionId, Question]
    performer: Performer
    clock: Callable[[], datetime]
    upcoming: Callable[[], Upcoming | None]
    due_now: Callable[[], int]
    """How many questions are due already."""
    torch: Callable[[], str]
    """The version that judges; asked only after a run."""
    options: Shuffled
    first_drawn: Callable[[Question], None]
    """Called once the first question is on the screen: the time to warm up what comes later."""
    ready: Callable[[], bool]
    """Whether a run would start at once."""
    wait_ready: Callable[[], None]
    """Waits until a run would start at once, or never will."""
    paged: bool = False
    """Whether each question begins at the top of the screen."""
    _since: datetime | None = None
    """When the question came on the screen."""
    _drawn: bool = False

    def perform(self, session: Session, effects: tuple[Effect, ...]) -> Event | None:
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
                self.summary(session)
            case _:
                assert_never(effect)
        return None

    def _ask(self, ask: Ask) -> None:
        question, now = ask.question, self.clock()
        if self.options.begin(ask):
            self._since = now
        recorder = self.performer.recorder
        today = study_day(now, utc_offset=utc_offset(now))
        stands = standing(recorder.state(question), self.screen.words, today=today, utc_offset=utc_offset(now))
        if self.paged:
            self.screen.fresh()
        show_question(self.screen, ask, self.options.places, stands=stands, changed=recorder.has_changed(question))
        self.answering.show_bar(question, self.options.places)
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

        show_points(self.screen, shown.question, shown.verdict)
        self.prompting.keys.drain(SETTLE)

    def _show_verdict(self, shown: ShowVerdict) -> None:
        from ptquiz.ui.verdict_view import show_verdict  # not before the first question

        spent = (self.clock() - self._since).total_seconds() if self._since else 0.0
        torch = self.torch() if shown.verdict.evidence else ""
        if self.screen.is_live:
            self.screen.live("")
        draft = self.answering.coding.code_now(shown.question)
        show_verdict(self.screen, shown, self.options.places, torch=torch, seconds=max(spent, 0.0), draft=draft)
        if shown.proposed is None:
            self.answering.show_bar(shown.question, self.options.places)
        else:
            more = _has_solution(shown.question, shown.answer)
            self._ratings(shown.question, shown.proposed, counts=shown.counts, solution=more)
        self.prompting.keys.drain(SETTLE)

    def remind(self, session: Session) -> None:
        """Say again what is waited for after a verdict: what came in between may have pushed it off the screen."""
        match session.stage:
            case Rate(asked=asked, proposed=proposed):
                more, counts = self.has_more_to_show(session), not session.retrying
                self._ratings(self.questions[asked.question], proposed, counts=counts, solution=more)
            case Ticking():
                from ptquiz.ui.verdict_view import show_how_to_tick

                show_how_to_tick(self.screen)

    def has_more_to_show(self, session: Session) -> bool:
        """Tell whether there is a solution that was not shown: beside code of the learner's own."""
        stage = session.stage
        return isinstance(stage, Rate) and _has_solution(self.questions[stage.asked.question], stage.answer)

    def solution(self, session: Session) -> None:
        """Print the solution of the code question on the screen."""
        from ptquiz.ui.verdict_view import show_solution

        for id_ in session.on_screen:
            question = self.questions[id_]
            if isinstance(question, CodeTask):
                show_solution(self.screen, question)

    def _ratings(self, question: Question, proposed: Rating, *, counts: bool, solution: bool) -> None:
        from ptquiz.ui.rating_view import show_going_on, show_ratings  # not before the first question

        if counts:
            ahead = self.performer.recorder.outlook(question)
            show_ratings(self.screen, ahead, proposed, self.prompting.keymap, solution=solution)
        else:
            show_going_on(self.screen)

    def summary(self, session: Session) -> None:
        """Print what was done and what comes next."""
        upcoming, due = self.upcoming(), self.due_now()
        show_summary(self.screen, session, self.questions, upcoming, self.clock(), due=due)


def _has_solution(question: Question, answer: Answer) -> bool:
    """Tell whether a learner who answered has not seen the solution: who gave up was shown it."""
    return isinstance(question, CodeTask) and isinstance(answer, Coded)
