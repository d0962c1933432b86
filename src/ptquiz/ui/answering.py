"""Read an answer to a question of each kind, or an action instead of one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import assert_never

from ptquiz.commands.drafts import Drafts
from ptquiz.domain.answers import Answer, Claimed, Coded, Explained, Filled, Ordered, Picked, Recalled, Typed
from ptquiz.domain.numbers import NotANumberError, read_number
from ptquiz.domain.questions import (
    Choice,
    Choices,
    Fill,
    Fix,
    Flashcard,
    Number,
    Order,
    Predict,
    Question,
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.verdicts import Verdict
from ptquiz.ui.keymap import ACTION_OF, ALLOWED_AFTER_VERDICT, Action, bar
from ptquiz.ui.question_view import Places
from ptquiz.ui.terminal.keys import Key, Keys
from ptquiz.ui.terminal.prompts import ask_line
from ptquiz.ui.terminal.screen import Screen

Said = Answer | Action


@dataclass
class Answering:
    """Asks for answers on one screen."""

    screen: Screen
    keys: Keys
    drafts: Drafts
    lines_expected: Callable[[Predict], int]
    _code: dict[str, str] = field(default_factory=dict)
    """Code as it stood when the editor was last left, by question."""

    def show_bar(self, question: Question, order: Places) -> None:
        """Print what can be pressed at a question."""
        may_give_up = not isinstance(question, Flashcard)
        common = bar(has_hints=bool(question.hints), may_give_up=may_give_up)
        self.screen.bar([*self._own_keys(question, len(order)), *common])

    def read(self, question: Question, order: Places) -> Said:
        """Wait for an answer or an action.

        Raises EOFError at the end of input and KeyboardInterrupt at Ctrl-C.
        """
        match question:
            case Choice():
                return self._one_key({str(i): Picked((place,)) for i, place in enumerate(order, start=1)})
            case Choices():
                return self._several(order)
            case TrueFalse():
                yes, no = Claimed(True), Claimed(False)
                return self._one_key({"1": yes, "t": yes, "2": no, "f": no, "true": yes, "false": no})
            case Predict():
                return self._output(question)
            case Fill():
                return self._filled(question)
            case Number():
                return self._number()
            case Short():
                said = self._typed("> ")
                return Explained(said.text) if isinstance(said, Typed) else said
            case Order():
                return self._ordered(order)
            case Flashcard():
                return self._one_key({"space": Recalled(), "enter": Recalled()})
            case Write() | Fix():
                return self._written(question)
            case _:
                assert_never(question)

    def forget(self, question: Question) -> None:
        """Drop the code of a question that is done."""
        self._code.pop(question.id, None)
        self.drafts.drop(question.id)

    def _own_keys(self, question: Question, options: int) -> list[str]:
        match question:
            case Choice():
                return [f"1-{options} answer"]
            case Choices():
                return [f"1-{options} toggle", "enter submit", "0 none of these"]
            case TrueFalse():
                return ["1 True", "2 False"]
            case Predict():
                return ['type what is printed; "error" if it raises']
            case Fill():
                return ["type what belongs in each blank"]
            case Short():
                return ["answer in your own words, enter submits"]
            case Order():
                return ["type the digits in order", "backspace", "enter submit"]
            case Number():
                return ["a number or a formula, e.g. 2*3/4, 1e-5, 3 GiB"]
            case Flashcard():
                return ["space show answer"]
            case Write() | Fix():
                return ["enter edit", "r reset"]
            case _:
                assert_never(question)

    def key(self, prompt: str = "> ", *, collecting: bool = False) -> Key:
        """Wait for one key at the live line."""
        self.screen.live(prompt)
        return self.keys.get(collecting=collecting)

    def end(self, shown: str) -> None:
        """Leave the live line with what was pressed."""
        if self.screen.is_live:
            self.screen.live(f"> {shown}")
        self.screen.end_live()

    def _one_key(self, answers: dict[Key, Answer]) -> Said:
        while True:
            key = self.key()
            if key in answers:
                self.end(key)
                return answers[key]
            if action := ACTION_OF.get(key):
                self.end("" if key in ("redraw", "resize") else key)
                return action
            self.complain(key)

    def complain(self, key: Key) -> None:
        """Say that a key has no meaning here."""
        if key == "paste":
            self.screen.line("pasted text is ignored here")
        elif key not in ("enter", "space", "esc") or not self.screen.is_live:
            self.screen.line(f"'{key}' does nothing here; ? lists the keys")

    def _several(self, order: Places) -> Said:
        """Gather digits until Enter; a digit pressed twice is taken away again."""
        picked: list[int] = []
        while True:
            key = self.key("> " + " ".join(map(str, picked)), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= len(order):
                digit = int(key)
                picked = [d for d in picked if d != digit] if digit in picked else sorted([*picked, digit])
            elif key == "backspace":
                picked = picked[:-1]
            elif key == "esc":
                picked = []
            elif key == "0":
                self.end("none of these")
                return Picked(())
            elif key == "enter" and picked:
                self.end(" ".join(map(str, picked)))
                return Picked(tuple(order[digit - 1] for digit in picked))
            elif key == "enter":
                self.screen.line("nothing chosen yet; 0 = none of these, s = skip")
            elif action := ACTION_OF.get(key):
                self.end(key)
                return action
            else:
                self.keys.drain()
                self.complain(key)

    def _ordered(self, order: Places) -> Said:
        """Gather digits in the learner's order until Enter."""
        placed: list[int] = []
        while True:
            key = self.key("> " + " ".join(map(str, placed)), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= len(order) and int(key) not in placed:
                placed.append(int(key))
            elif key == "backspace":
                placed = placed[:-1]
            elif key == "esc":
                placed = []
            elif key == "enter" and len(placed) == len(order):
                self.end(" ".join(map(str, placed)))
                return Ordered(tuple(order[digit - 1] for digit in placed))
            elif key == "enter" and placed:
                self.screen.line(f"{len(order) - len(placed)} of {len(order)} steps are not placed yet")
            elif action := ACTION_OF.get(key):
                self.end(key)
                return action
            else:
                self.keys.drain()
                self.complain(key)

    def ticks(self, verdict: Verdict) -> frozenset[int] | Action:
        """Let the learner correct the proposed ticks; Enter accepts what is shown."""
        said = {place for place, point in enumerate(verdict.points) if point.said}
        while True:
            key = self.key("> " + " ".join(str(place + 1) for place in sorted(said)), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= len(verdict.points):
                said ^= {int(key) - 1}
            elif key == "esc":
                said = set()
            elif key in ("enter", "space"):
                self.end(" ".join(str(place + 1) for place in sorted(said)) or "none")
                return frozenset(said)
            elif (action := ACTION_OF.get(key)) in ALLOWED_AFTER_VERDICT:
                self.end(key)
                return action
            else:
                self.complain(key)

    def _filled(self, question: Fill) -> Said:
        """Ask for each blank; a letter that is a right answer is not an action."""
        texts: list[str] = []
        for number, blank in enumerate(question.blanks, start=1):
            said = self._typed(f"[{number}]> ", letters=frozenset((blank.answer, *blank.accept)))
            if not isinstance(said, Typed):
                return said
            texts.append(said.text.strip())
        return Filled(tuple(texts))

    def _typed(self, prompt: str, *, letters: frozenset[str] = frozenset()) -> Said:
        """Read one line; a line that is only the letter of an action, and not one of `letters`, is that action."""
        while True:
            text = ask_line(self.screen, self.keys, prompt)
            word = text.strip()
            if action := ACTION_OF.get(word) if not word.isdecimal() and word not in letters else None:
                return action
            if text.strip():
                return Typed(text)
            self.screen.line("nothing typed yet; s = skip, a = show the answer, ? = keys")

    def _number(self) -> Said:
        """Read a number or a formula, and echo the value of a formula before it is judged."""
        said = self._typed("= ")
        if isinstance(said, Typed) and not said.text.strip().replace(".", "").isdecimal():
            with suppress(NotANumberError):
                self.screen.line(f"  = {read_number(said.text):.6g}")
        return said

    def _output(self, question: Predict) -> Said:
        first = self._typed("out> ")
        if not isinstance(first, Typed):
            return first
        lines = [first.text]
        expected = self.lines_expected(question)
        while len(lines) < expected:
            lines.append(ask_line(self.screen, self.keys, f"out {len(lines) + 1}/{expected}> "))
        return Typed("\n".join(lines))

    def _written(self, question: Write | Fix) -> Said:
        while True:
            key = self.key()
            if key in ("enter", "space"):
                self.end("enter")
                if (coded := self._edited(question)) is not None:
                    return coded
                self.screen.line("left; the code is kept. enter edits on, s skips, q quits")
            elif key == "r":
                self.end("r")
                self.forget(question)
                self.screen.line("back to the starter")
            elif action := ACTION_OF.get(key):
                self.end(key)
                return action
            else:
                self.complain(key)

    def _edited(self, question: Write | Fix) -> Coded | None:
        from ptquiz.ui.terminal.editor import END_OF_CODE, edit_code

        code = self._code.get(question.id) or self.drafts.load(question.id) or question.starter.code
        if not self.screen.is_live:
            self.screen.line(f'type the code; a line with only "{END_OF_CODE}" ends it. It begins as')
            self.screen.code(code)
        edited = edit_code(
            self.screen,
            self.keys,
            code,
            original=question.starter.code,
            keep=lambda text: self.drafts.save(question.id, text),
        )
        self._code[question.id] = edited.text
        if not edited.submitted:
            return None
        if self.screen.is_live:
            self.screen.code(edited.text, indent=4, highlight=True)
        return Coded(edited.text)
