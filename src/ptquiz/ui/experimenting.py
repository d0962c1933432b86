"""Play with the code of a question: edit it and run it, as often as one likes, beside the schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ptquiz.commands.drafts import EXPERIMENT, Drafts
from ptquiz.domain.questions import Question
from ptquiz.domain.snippets import Outcome, Program
from ptquiz.errors import EnvironmentProblem
from ptquiz.ui.lines import show_error
from ptquiz.ui.prompting import Prompting


@dataclass(frozen=True)
class Laboratory:
    """Experiments on one screen."""

    prompting: Prompting
    drafts: Drafts
    run: Callable[[Program], Outcome]
    may_run: Callable[[Question], bool]
    """Whether a question's code may run."""
    torch: Callable[[], str]
    """The version that runs; asked after a run."""
    environ: Mapping[str, str]

    def play(self, question: Question, code: str, *, answered: bool) -> bool:
        """Edit and run until the learner goes back; return whether anything ran.

        `code` is the learner's own, if any; else it begins with the question's.
        """
        from ptquiz.commands.experiment import beginning

        screen = self.prompting.screen
        if not self.may_run(question):
            screen.line(screen.words("this deck's code may not run yet: ptquiz deck trust {deck}", deck=question.deck))
            return False
        given = beginning(question, answered=answered)
        draft = f"{question.id}{EXPERIMENT}"
        text = self.drafts.load(draft) or code or given
        ran = False
        wants = "edit" if screen.is_live else self._wish(text)
        while wants != "back":
            submitted = True
            if wants == "edit":
                submitted, text = self._edited(text, given, draft)
            if submitted:
                ran = self._show_run(text, question) or ran
            wants = self._wish(text)
        return ran

    def _edited(self, text: str, given: str, draft: str) -> tuple[bool, str]:
        from ptquiz.ui.terminal.editor import END_OF_CODE, edit_code

        screen = self.prompting.screen
        if not screen.is_live:
            screen.line(screen.words('type the code; a line with only "{end}" ends it', end=END_OF_CODE))
        edited = edit_code(
            screen,
            self.prompting.keys,
            text,
            original=given,
            note=screen.words("experiment"),
            keep=lambda now: self.drafts.save(draft, now),
            environ=self.environ,
            vi=self.prompting.keymap.vi,
        )
        if edited.submitted and screen.is_live:
            screen.code(edited.text, indent=4, highlight=True)
        return edited.submitted, edited.text

    def _wish(self, text: str) -> str:
        """Ask whether to edit, to run or to go back to the question."""
        screen = self.prompting.screen
        words = screen.words
        if not screen.is_live:
            screen.code(text)
        screen.bar([words("enter edit"), words("r run again"), words("0 back to the question")])
        while True:
            key = self.prompting.key()
            if key in ("enter", "space", "x"):
                self.prompting.end(key)
                return "edit"
            if key == "r":
                self.prompting.end(key)
                return "run"
            if key in ("0", "q", "esc"):
                self.prompting.end(key)
                return "back"
            if key not in ("resize", "redraw"):
                self.prompting.complain(key)

    def _show_run(self, text: str, question: Question) -> bool:
        """Run the code and show what came of it; return whether it ran."""
        from ptquiz.commands.experiment import experiment
        from ptquiz.ui.evidence_view import show_outcome

        screen = self.prompting.screen
        if screen.is_live:
            screen.live(screen.words("running ..."))
        try:
            outcome = experiment(text, self.run, question)
        except EnvironmentProblem as problem:
            show_error(screen, problem)
            return False
        if screen.is_live:
            screen.live("")
        show_outcome(screen, outcome, self.torch())
        self.prompting.keys.drain()
        return True
