"""Hold a session with another program: effects become messages, messages become events."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO, assert_never

from ptquiz.commands.experiment import beginning, experiment
from ptquiz.commands.notes import Notebook
from ptquiz.commands.performing import Performer
from ptquiz.commands.recorder import spell
from ptquiz.commands.reports import Reports
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.snippets import Outcome, Program
from ptquiz.errors import EnvironmentProblem, PtquizError
from ptquiz.session.engine import Engine
from ptquiz.session.events import (
    Ask,
    Bury,
    Effect,
    Event,
    Finish,
    Helped,
    Judge,
    Left,
    Notice,
    Record,
    ShowHint,
    ShowPoints,
    ShowVerdict,
    Suspend,
    TakeBack,
)
from ptquiz.session.state import Asking, Over, Rate, Session, Ticking
from ptquiz.ui.protocol.decoding import ASIDES, Message, NotUnderstoodError, event_of, message_of
from ptquiz.ui.protocol.encoding import (
    Data,
    biography_data,
    outcome_data,
    points_data,
    question_data,
    summary_data,
    verdict_data,
)
from ptquiz.ui.question_view import Shuffled


@dataclass
class Talk:
    """One session with one program."""

    incoming: TextIO
    outgoing: TextIO
    engine: Engine
    questions: Mapping[QuestionId, Question]
    """Shared with the engine; after a rating the next member of a family takes its place."""
    performer: Performer
    notebook: Notebook
    reports: Reports
    run_code: Callable[[Program], Outcome]
    clock: Callable[[], datetime]
    torch: Callable[[], str]
    """The version that judges; asked only after a run."""
    options: Shuffled

    def hold(self, queue: tuple[QuestionId, ...]) -> None:
        """Hold a session until the other program quits or says no more."""
        session, effects = self.engine.start(queue, self.clock())
        while True:
            event = self._perform(session, effects)
            while event is None:
                try:
                    event = self._event(session)
                except NotUnderstoodError as problem:
                    self._tell({"type": "error", "message": str(problem)})
                except EOFError:
                    if isinstance(session.stage, Over):
                        return
                    event = Left()
            if isinstance(event, Left) and isinstance(session.stage, Over):
                return
            session, effects = self.engine.step(session, event, self.clock())

    def _perform(self, session: Session, effects: tuple[Effect, ...]) -> Event | None:
        report: Event | None = None
        for effect in effects:
            report = self._effect(session, effect) or report
        return report

    def _effect(self, session: Session, effect: Effect) -> Event | None:
        match effect:
            case Ask(question=question):
                self._ask(effect, question)
            case Judge() | Record() | Suspend() | Bury() | TakeBack():
                return self._work(effect)
            case ShowHint(text=text, number=number, of=of):
                self._tell({"type": "hint", "text": text, "number": number, "of": of})
            case ShowPoints(verdict=verdict):
                self._tell(points_data(verdict))
            case ShowVerdict(question=question, verdict=verdict):
                ahead = self.performer.recorder.outlook(question) if effect.counts else {}
                torch = self.torch() if verdict.evidence else ""
                self._tell(verdict_data(effect, self.options.places, ahead, torch=torch))
            case Notice(text=text, about=about):
                self._tell({"type": "notice", "text": text.replace("{about}", about).replace("{undo}", "undo")})
            case Finish():
                self._tell(summary_data(session, seconds=(self.clock() - session.started).total_seconds()))
            case _:
                assert_never(effect)
        return None

    def _work(self, work: Judge | Record | Suspend | Bury | TakeBack) -> Event | None:
        report = self.performer.perform(work)
        if isinstance(work, Record):
            due = self.performer.recorder.state(work.question).due
            said = {"type": "recorded", "id": work.question.id, "rating": work.rating.value}
            self._tell({**said, "due": due.isoformat() if due else None})
        return report

    def _ask(self, ask: Ask, question: Question) -> None:
        self.options.begin(ask)
        recorder = self.performer.recorder
        changed = recorder.has_changed(question)
        self._tell(question_data(ask, self.options.places, recorder.state(question), changed=changed))

    def _event(self, session: Session) -> Event | None:
        """Read the next message; None when what it asked for concerns the session in no way."""
        line = self.incoming.readline()
        if not line:
            raise EOFError
        if not line.strip():
            return None
        message = message_of(line)
        question = self._on_screen(session)
        if message.get("action") in ASIDES:
            if question is None:
                raise NotUnderstoodError("there is no question on screen")
            return self._aside(message, question, session)
        waits = question if isinstance(session.stage, Asking) else None
        return event_of(message, waits, self.options.places)

    def _on_screen(self, session: Session) -> Question | None:
        match session.stage:
            case Asking(question=id_):
                return self.questions[id_]
            case Over():
                return None
            case _:
                return self.questions[session.stage.asked.question]

    def _aside(self, message: Message, question: Question, session: Session) -> Event | None:
        text = message.get("text", "")
        if message["action"] in ("note", "report") and (not isinstance(text, str) or not text.strip()):
            raise NotUnderstoodError(f'a {message["action"]} has a "text"')
        match message["action"]:
            case "star":
                starred = self.notebook.toggle_star(question.id)
                self._tell({"type": "starred", "id": question.id, "starred": starred})
            case "info":
                self._tell(biography_data(self.notebook.biography(question)))
            case "note":
                self.notebook.note(question.id, str(text))
                self._tell({"type": "noted", "id": question.id})
            case "report":
                self._report(question, str(text), session)
            case "experiment":
                return self._experiment(message, question, session)
        return None

    def _report(self, question: Question, text: str, session: Session) -> None:
        answer = spell(question, session.stage.answer) if isinstance(session.stage, Rate | Ticking) else ""
        try:
            file = self.reports.write(question, text, answer, torch="", now=self.clock())
        except PtquizError as problem:
            raise NotUnderstoodError(problem.message) from None
        self._tell({"type": "reported", "file": str(file)})

    def _experiment(self, message: Message, question: Question, session: Session) -> Event | None:
        """Run code beside the schedule; without "code", say what to begin with."""
        answered = not isinstance(session.stage, Asking)
        code = message.get("code")
        if not isinstance(code, str):
            self._tell({"type": "snippet", "id": question.id, "code": beginning(question, answered=answered)})
            return None
        if not self.performer.examiner.trusts(question):
            raise NotUnderstoodError("this deck's code may not run yet")
        try:
            outcome = experiment(code, self.run_code, question)
        except EnvironmentProblem as problem:
            raise NotUnderstoodError(problem.message) from None
        values = getattr(outcome, "values", ())
        shown = {"torch": self.torch(), "value": values[0].text if values else None}
        self._tell({"type": "ran", "id": question.id, **outcome_data(outcome), **shown})
        return None if answered else Helped()

    def _tell(self, data: Data) -> None:
        """Send one message; at once, because the other side waits for it."""
        self.outgoing.write(json.dumps(data, ensure_ascii=False) + "\n")
        self.outgoing.flush()
