"""Ask for code: the editor, the learner's own editor, and the drafts of both."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ptquiz.commands.drafts import Drafts
from ptquiz.domain.answers import Coded
from ptquiz.domain.questions import Fix, Question, QuestionId, Write
from ptquiz.errors import EnvironmentProblem
from ptquiz.ui.dates import weekday
from ptquiz.ui.keymap import Action
from ptquiz.ui.lines import show_error
from ptquiz.ui.prompting import Prompting


class Coding(Struct):
    """Edits code on one screen; what was typed outlives whatever ends the program."""

    prompting: Prompting
    drafts: Drafts
    environ: Mapping[str, str]
    """Says which editor is the learner's."""
    _code: dict[QuestionId, str] = field(default_factory=dict)
    """Code as it stood when the editor was last left, by question."""
    _rated: dict[QuestionId, str] = field(default_factory=dict)
    """Code of questions that are done, in case their rating is taken back."""

    def read(self, question: Write | Fix) -> Coded | Action:
        """Wait for code that is to be run, or an action."""
        prompting = self.prompting
        words = prompting.screen.words
        while True:
            key = prompting.key()
            action = prompting.keymap.action(key)
            coded = None
            if key in ("enter", "space"):
                prompting.end("enter")
                coded = self._edited(question)
            elif action is Action.OUTSIDE:
                prompting.end(key)
                coded = self._edited_outside(question)
            elif key == "r":
                prompting.end("r")
                self.forget(question)
                prompting.screen.line(words("back to the starter"))
            elif action:
                prompting.end(key)
                return action
            else:
                prompting.complain(key)
            if coded is not None:
                return coded

    def code_now(self, question: Question) -> str:
        """Return the learner's code as it stands; empty when none was written."""
        return self._code.get(question.id, "")

    def forget(self, question: Question) -> None:
        """Drop the code of a question: it begins anew."""
        self._code.pop(question.id, None)
        self.drafts.drop(question.id)

    def done_with(self, question: Question) -> None:
        """Drop the code of a question that was rated; it begins anew when it is asked again."""
        if question.id in self._code:
            self._rated[question.id] = self._code[question.id]
        self.forget(question)

    def back_to(self, question: QuestionId) -> None:
        """Bring back the code of a question whose rating was taken back."""
        if question in self._rated:
            self._code[question] = self._rated.pop(question)
            self.drafts.save(question, self._code[question])

    def _begun(self, question: Write | Fix) -> str:
        """Return what the editor opens with, and say when it is a draft of an earlier session."""
        if question.id in self._code:
            return self._code[question.id]
        draft = self.drafts.load(question.id)
        if draft is None or draft == question.starter.code:
            return question.starter.code
        if saved := self.drafts.saved_at(question.id):
            screen = self.prompting.screen
            at = saved.astimezone()
            day = f"{weekday(screen.words, at)} {at:%H:%M}"
            screen.line(screen.words("your draft from {at} is loaded; Ctrl-R goes back to the starter", at=day))
        return draft

    def _edited(self, question: Write | Fix) -> Coded | None:
        from ptquiz.ui.terminal.editor import END_OF_CODE, edit_code

        screen = self.prompting.screen
        code = self._begun(question)
        if not screen.is_live:
            screen.line(screen.words('type the code; a line with only "{end}" ends it. It begins as', end=END_OF_CODE))
            screen.code(code)
        edited = edit_code(
            screen,
            self.prompting.keys,
            code,
            original=question.starter.code,
            keep=lambda text: self.drafts.save(question.id, text),
            environ=self.environ,
            vi=self.prompting.keymap.vi,
        )
        self._code[question.id] = edited.text
        if not edited.submitted:
            self.prompting.say(screen.words("left; the code is kept. enter edits on, {skip} skips, {quit} quits"))
            return None
        return self._shown(edited.text)

    def _edited_outside(self, question: Write | Fix) -> Coded | None:
        from ptquiz.ui.terminal.external import edit_outside

        screen = self.prompting.screen
        code = self._begun(question)
        try:
            with self.prompting.keys.suspended():
                text = edit_outside(code, self.environ)
        except EnvironmentProblem as problem:
            show_error(screen, problem)
            return None
        self._code[question.id] = text
        self.drafts.save(question.id, text)
        return self._shown(text)

    def _shown(self, code: str) -> Coded:
        """Keep submitted code in the transcript: the editor has erased itself."""
        screen = self.prompting.screen
        if screen.is_live:
            screen.code(code, indent=4, highlight=True)
        return Coded(code)
