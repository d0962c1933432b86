"""After the report: look at answers again, keep the report, let the schedule hear of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from ptquiz.domain.interviews import Interview
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Rating
from ptquiz.errors import PtquizError
from ptquiz.session.interview.report import proposal
from ptquiz.ui.interview.report_view import show_turn
from ptquiz.ui.keymap import EVENTS, Action
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.terminal.keydecoder import Key


class Ending(Struct, frozen=True):
    """Asks on one screen what becomes of a report."""

    prompting: Prompting
    questions: Mapping[QuestionId, Question]
    take: Callable[[Interview, bool], Interview]
    """Accepts the proposed ratings, or only those of what was missed."""
    write: Callable[[Interview], tuple[Path, ...]]
    """Saves the report and returns its files."""

    def run(self, interview: Interview) -> Interview:
        """Do what the candidate wants until there is nothing more."""
        prompting, keymap = self.prompting, self.prompting.keymap
        self._bar(interview)
        while True:
            try:
                key = self._key(len(interview.turns))
            except EOFError:
                prompting.screen.end_live()
                return interview
            action = keymap.action(key)
            if key in ("enter", "space", "esc") or action is Action.QUIT:
                prompting.end("")
                return interview
            if key.isdecimal() and 1 <= int(key) <= len(interview.turns):
                prompting.end(key)
                show_turn(prompting.screen, int(key), interview.turns[int(key) - 1], self.questions)
            elif key == "w":
                prompting.end(key)
                self._save(interview)
            elif key in ("a", "g"):
                prompting.end(key)
                interview = self._accepted(interview, only_missed=key == "a")
            elif action in (Action.KEYS, Action.REDRAW):
                prompting.end(key)
            else:
                prompting.complain(key)
                continue
            self._bar(interview)

    def _key(self, last: int) -> Key:
        """Wait for a key, or for the digits of a number up to `last`: enter ends those that could go on."""
        prompting, digits = self.prompting, ""
        while True:
            key = prompting.key("> " + digits)
            if key.isdecimal():
                digits += key
                if int(digits) * 10 > last or int(digits) == 0 or not prompting.screen.is_live:
                    return digits
            elif digits and key in ("enter", "space"):
                return digits
            elif digits and key in ("backspace", "esc"):
                digits = digits[:-1] if key == "backspace" else ""
            elif not digits:
                return key
            elif key in EVENTS:
                continue
            else:
                prompting.complain(key)

    def _bar(self, interview: Interview) -> None:
        words = self.prompting.screen.words
        missed = [t for t in interview.turns if proposal(t) is Rating.AGAIN and t.question not in interview.accepted]
        digits = f"1-{len(interview.turns)}" if len(interview.turns) > 1 else "1"
        items = [words("{digits} look at an answer", digits=digits), words("w write the report")]
        if len(interview.turns) > 9:
            items[0] = words("{digits} look at an answer (then enter)", digits=digits)
        if missed:
            items.append(words.count("a practise the one missed", "a practise the {n} missed", len(missed)))
        if len(interview.accepted) < len({turn.question for turn in interview.turns}):
            items.append(words("g let all ratings count"))
        self.prompting.screen.bar([*items, words("enter done")])

    def _save(self, interview: Interview) -> None:
        screen = self.prompting.screen
        try:
            paths = self.write(interview)
        except PtquizError as problem:
            screen.text(screen.words.tell(problem.told))
            return
        for path in paths:
            screen.line("  " + screen.words("saved to {file}", file=path))

    def _accepted(self, interview: Interview, *, only_missed: bool) -> Interview:
        words = self.prompting.screen.words
        before = len(interview.accepted)
        interview = self.take(interview, only_missed)
        new = len(interview.accepted) - before
        said = words.count("{n} rating is in the schedule now", "{n} ratings are in the schedule now", new)
        self.prompting.screen.line("  " + said)
        return interview
