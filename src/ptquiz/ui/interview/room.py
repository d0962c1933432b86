"""A candidate at a terminal: questions without verdicts, answers typed or said aloud."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from ptquiz.commands.interviewing import Aloud, Asked, Ended, Passed, Reply, Told
from ptquiz.domain.answers import Answer, Explained, GaveUp
from ptquiz.domain.interviews import Grade, Interview, Style, Turn, budget
from ptquiz.domain.judging.judge import refusal
from ptquiz.domain.questions import Flashcard, Question, TrueFalse
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.session.events import ShowVerdict
from ptquiz.session.interview.interviewer import spent
from ptquiz.ui.answering import Answering
from ptquiz.ui.keymap import Action
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.question_view import Places, kind_name, offered, show_asked
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import marked

THINK_ALOUD = {
    Style.SPOKEN: marked("Begin with the answer in one sentence, then give the reason."),
    Style.PREDICTED: marked("Say the shape of every tensor first, then what each line does."),
    Style.PICKED: marked("Say why the others are wrong before you answer."),
    Style.CODED: marked("Say the shape of every tensor first, then the plan, then write."),
}
"""What an interviewer would like to hear while the candidate thinks."""

NO_HELP = marked("there is no help in an interview; {skip} passes, {quit} ends it")
NO_HELP_TYPED = marked("there is no help in an interview; /{skip} passes, /{quit} ends it")
NOTHING_TYPED = marked("nothing typed yet; {skip} passes, {quit} ends the interview")
"""What a candidate can do instead of an answer."""

GRADES = {"1": Grade.POOR, "2": Grade.FAIR, "3": Grade.GOOD}

GRADE_NAMES = {Grade.POOR: marked("poor"), Grade.FAIR: marked("fair"), Grade.GOOD: marked("good")}

NEARLY_OVER = 120
"""Seconds before the end at which the candidate is told."""


class Room(Struct):
    """Asks on one screen."""

    screen: Screen
    prompting: Prompting
    answering: Answering
    clock: Callable[[], datetime]
    shuffle: random.Random
    torch: Callable[[], str]
    """The version that judges; asked only after a run."""
    _order: Places = ()
    _answer: Answer = GaveUp()

    def reply(self, asked: Asked) -> Reply:
        """Put a question and wait for the answer; Ctrl-C goes through, the end of input ends the interview."""
        places = range(len(offered(asked.question)))
        self._order = self.shuffle.sample(places, len(places))
        self._put(asked)
        began = self.clock()
        try:
            reply = self._in_words() if asked.style is Style.SPOKEN else self._as_in_practice(asked)
            seconds = max(0.0, (self.clock() - began).total_seconds())
            judged_by_nobody = isinstance(asked.question, Flashcard) and isinstance(reply, Explained)
            felt = self._felt() if judged_by_nobody else None
        except EOFError:
            self.screen.end_live()
            return Ended()
        match reply:
            case Grade():
                return Aloud(reply, seconds)
            case Action.SKIP:
                return Passed(seconds)
            case Action():
                return Ended()
            case _:
                self._answer = reply
                return Told(reply, seconds, felt)

    def hear(self, asked: Asked, turn: Turn, interview: Interview, verdict: Verdict | None) -> None:
        """Say that an answer was recorded and what time is left; a coach's verdict comes before."""
        screen, words = self.screen, self.screen.words
        if verdict is not None:
            self._show(asked.question, turn, verdict)
        parts = [words("recorded"), words("this answer {time}", time=clock_face(turn.seconds))]
        if asked.left is not None:
            left = max(0.0, 60 * interview.terms.minutes - spent(interview))
            parts.append(words("{time} left", time=clock_face(left)))
            half = 30 * interview.terms.minutes
            if left <= half < asked.left:
                parts.append(words("half of the time is over"))
            if left <= NEARLY_OVER < asked.left:
                parts.append(words("one more short question at most"))
        screen.line("  " + screen.glyphs.separator.join(parts))

    def tick(self, question: Question, turn: Turn) -> frozenset[int]:
        """Show an answer in words beside the key points; the candidate corrects the proposed ticks."""
        from ptquiz.ui.verdict_view import show_how_to_tick, show_points

        self._recall(question, turn)
        proposed = Verdict(result=Result.OPEN, answer=turn.right, points=turn.points)
        show_points(self.screen, question, proposed)
        try:
            while isinstance(said := self.answering.ticks(proposed), Action):
                if said is Action.QUIT:
                    break
                if said in (Action.KEYS, Action.MENU, Action.REDRAW):
                    show_how_to_tick(self.screen)
                else:
                    self.prompting.complain(self.prompting.keymap.key(said))
        except EOFError:
            said = Action.QUIT
        if isinstance(said, Action):
            return frozenset(place for place, point in enumerate(turn.points) if point.said)
        return said

    def grade(self, question: Question, turn: Turn) -> Grade:
        """Show an answer in words beside the model answer; the candidate grades it."""
        self._recall(question, turn)
        try:
            return self._felt()
        except EOFError:
            return turn.grade

    def _put(self, asked: Asked) -> None:
        screen, words, question = self.screen, self.screen.words, asked.question
        minutes = max(1, round(budget(question) / 60))
        about = words("about {n} min", n=minutes)
        screen.blank()
        screen.rule(screen.glyphs.separator.join((str(asked.number), question.deck, kind_name(question, words), about)))
        show_asked(screen, question, self._order)
        hint = marked("Say why before you answer.") if isinstance(question, TrueFalse) else THINK_ALOUD[asked.style]
        screen.text(words("({hint})", hint=words(hint)))
        keymap = self.prompting.keymap
        leave = [f"{keymap.key(Action.SKIP)} {words('pass')}", f"{keymap.key(Action.QUIT)} {words('end early')}"]
        if asked.style is Style.SPOKEN:
            leave = [f"/{item}" for item in leave]
            own = [words("type your answer, enter submits"), words("enter alone = said aloud")]
        else:
            own = self.answering.own_keys(question, len(self._order))
        screen.bar([*own, *leave])

    def _in_words(self) -> Answer | Action | Grade:
        """Read an answer in words; an empty line says that it was given aloud."""
        keymap = self.prompting.keymap
        while True:
            text = self.prompting.line("> ").strip()
            if not text:
                return self._felt()
            action = keymap.action(text.removeprefix("/")) if len(text.removeprefix("/")) == 1 else None
            if action in (Action.SKIP, Action.QUIT):
                return action
            if action is None:
                return Explained(text)
            self.prompting.say(self.screen.words(NO_HELP_TYPED))

    def _as_in_practice(self, asked: Asked) -> Answer | Action:
        while True:
            said = self.answering.read(asked.question, self._order)
            if not isinstance(said, Action):
                if reason := refusal(asked.question, said):
                    self.prompting.say(self.screen.words(reason), indent=2)
                    continue
                return said
            if said in (Action.SKIP, Action.QUIT):
                return said
            if said in (Action.REDRAW, Action.KEYS, Action.MENU):
                self._put(asked)
            else:
                self._no_help()

    def _no_help(self) -> None:
        self.prompting.say(self.screen.words(NO_HELP))

    def _felt(self) -> Grade:
        """Ask how good an answer was."""
        words = self.screen.words
        bar = [words("how good was it?"), *(f"{key} {words(GRADE_NAMES[grade])}" for key, grade in GRADES.items())]
        self.screen.bar(bar)
        while True:
            key = self.prompting.key()
            if key in GRADES:
                self.prompting.end(key)
                return GRADES[key]
            if self.prompting.keymap.action(key) in (Action.KEYS, Action.REDRAW):
                self.prompting.end(key)
                self.screen.bar(bar)
            else:
                self.prompting.complain(key)

    def _recall(self, question: Question, turn: Turn) -> None:
        """Print a question again with what was said and what would have been right."""
        screen, words = self.screen, self.screen.words
        screen.blank()
        screen.rule(screen.glyphs.separator.join((turn.question, turn.topic)))
        screen.text(question.ask)
        screen.text(words("you: {answer}", answer=turn.answer or words("(said aloud)")), indent=2)
        show_model_answer(screen, turn)

    def _show(self, question: Question, turn: Turn, verdict: Verdict) -> None:
        """Show a coach's verdict; of an answer in words it was shown when the candidate ticked it."""
        from ptquiz.ui.verdict_view import show_verdict

        if turn.style is Style.SPOKEN and not turn.passed_over:
            self.screen.text(question.explain, indent=2)
            return
        answer = GaveUp() if turn.passed_over else self._answer
        shown = ShowVerdict(question, answer, verdict, None)
        torch = self.torch() if verdict.evidence else ""
        show_verdict(self.screen, shown, self._order, torch=torch, seconds=turn.seconds)
        self.screen.text(question.explain, indent=2)


def show_model_answer(screen: Screen, turn: Turn) -> None:
    """Print what would have been right; of several lines, each at its own place."""
    words = screen.words
    if "\n" in turn.right.strip():
        screen.line("  " + words("model answer"))
        screen.text(turn.right, indent=4)
    else:
        screen.text(words("model answer: {answer}", answer=turn.right), indent=2)


def clock_face(seconds: float) -> str:
    """Write seconds as minutes and seconds: `1:38`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def show_terms(screen: Screen, interview: Interview, names: Sequence[str]) -> None:
    """Print what is agreed before the first question."""
    words, terms = screen.words, interview.terms
    parts = [
        words("{n} min", n=terms.minutes) if terms.timed else words("no clock"),
        ", ".join(names),
        words("a verdict after each answer") if terms.coach else words("no verdicts until the end"),
        words("ratings are not changed"),
    ]
    screen.text(screen.glyphs.separator.join(parts))
    if interview.turns:
        screen.line(words("goes on after question {n}", n=len(interview.turns)))
