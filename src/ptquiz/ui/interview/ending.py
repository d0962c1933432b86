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
from ptquiz.ui.prompting import Prompting


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
        prompting = self.prompting
        self._bar(interview)
        while True:
            try:
                text = prompting.line("> ").strip()
            except EOFError:
                prompting.screen.end_live()
                return interview
            if text in ("", "q", "/q"):
                return interview
            if text.isdecimal() and 1 <= int(text) <= len(interview.turns):
                show_turn(prompting.screen, int(text), interview.turns[int(text) - 1], self.questions)
            elif text == "w":
                self._save(interview)
            elif text in ("a", "g"):
                interview = self._accepted(interview, only_missed=text == "a")
            else:
                prompting.complain(text)
            self._bar(interview)

    def _bar(self, interview: Interview) -> None:
        words = self.prompting.screen.words
        missed = [t for t in interview.turns if proposal(t) is Rating.AGAIN and t.question not in interview.accepted]
        digits = f"1-{len(interview.turns)}" if len(interview.turns) > 1 else "1"
        items = [words("{digits} look at an answer", digits=digits), words("w write the report")]
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
