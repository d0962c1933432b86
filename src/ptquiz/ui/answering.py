"""Read an answer to a question of each kind, or an action instead of one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import assert_never

from ptquiz.domain.answers import Answer, Claimed, Explained, Filled, Ordered, Picked, Recalled, Typed
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
from ptquiz.ui.coding import Coding
from ptquiz.ui.keymap import Action
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.question_view import Places
from ptquiz.ui.terminal.keys import Key

Said = Answer | Action

TYPED_ACTIONS = frozenset(
    {
        Action.HINT,
        Action.SHOW,
        Action.SKIP,
        Action.UNDO,
        Action.BURY,
        Action.SUSPEND,
        Action.KEYS,
        Action.QUIT,
    }
)
"""What a line with a single key does where text is typed; everything else has a slash before its key."""


@dataclass
class Answering:
    """Asks for answers on one screen."""

    prompting: Prompting
    coding: Coding
    lines_expected: Callable[[Predict], int]
    _gathered: tuple[Places, list[int]] = ((), [])
    """Digits that were pressed when an action came in between, and the options they are about."""

    def show_bar(self, question: Question, order: Places) -> None:
        """Print what can be pressed at a question."""
        without = set()
        if not question.hints:
            without.add(Action.HINT)
        if isinstance(question, Flashcard):
            without.add(Action.SHOW)
        if question.code is None or isinstance(question, Predict | Fill | Number | Short):
            without.add(Action.EXPERIMENT)
        common = [f"{key} {self._words(label)}" for key, label in self.prompting.keymap.bar(without)]
        self.prompting.screen.bar([*self._own_keys(question, len(order)), *common])

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
                return self.coding.read(question)
            case _:
                assert_never(question)

    def _own_keys(self, question: Question, options: int) -> list[str]:
        words = self._words
        match question:
            case Choice():
                return [words("1-{n} answer", n=options)]
            case Choices():
                return [words("1-{n} toggle", n=options), words("enter submit"), words("0 none of these")]
            case TrueFalse():
                return [words("1 True"), words("2 False")]
            case Predict():
                return [words('type what is printed; "error" if it raises')]
            case Fill():
                return [words("type what belongs in each blank")]
            case Short():
                return [words("answer in your own words, enter submits")]
            case Order():
                return [words("type the digits in order"), words("backspace"), words("enter submit")]
            case Number():
                return [words("a number or a formula, e.g. 2*3/4, 1e-5, 3 GiB")]
            case Flashcard():
                return [words("space show answer")]
            case Write() | Fix():
                outside = self.prompting.keymap.key(Action.OUTSIDE)
                return [words("enter edit"), f"{outside} $EDITOR", words("r reset")]
            case _:
                assert_never(question)

    def _words(self, message: str, **values: object) -> str:
        return self.prompting.screen.words(message, **values)

    def _one_key(self, answers: dict[Key, Answer]) -> Said:
        prompting = self.prompting
        while True:
            key = prompting.key()
            if key in answers:
                prompting.end(key)
                return answers[key]
            if action := prompting.keymap.action(key):
                prompting.end(key)
                return action
            prompting.complain(key)

    def _several(self, order: Places) -> Said:
        """Gather digits until Enter; a digit pressed twice is taken away again."""
        prompting = self.prompting
        picked = self._kept(order)
        while True:
            key = prompting.key("> " + " ".join(map(str, picked)), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= len(order):
                digit = int(key)
                picked = [d for d in picked if d != digit] if digit in picked else sorted([*picked, digit])
            elif key == "backspace":
                picked = picked[:-1]
            elif key == "esc":
                picked = []
            elif key == "0":
                prompting.end(self._words("none of these"))
                return Picked(())
            elif key == "enter" and picked:
                prompting.end(" ".join(map(str, picked)))
                return Picked(tuple(order[digit - 1] for digit in picked))
            elif key == "enter":
                prompting.say(self._words("nothing chosen yet; 0 = none of these, {skip} = skip"))
            elif action := prompting.keymap.action(key):
                self._gathered = (order, picked)
                prompting.end(key)
                return action
            else:
                prompting.keys.drain()
                prompting.complain(key)

    def _kept(self, order: Places) -> list[int]:
        """Return the digits gathered before an action came in between; once."""
        about, digits = self._gathered
        self._gathered = ((), [])
        return digits if about is order else []

    def _ordered(self, order: Places) -> Said:
        """Gather digits in the learner's order until Enter."""
        prompting = self.prompting
        placed = self._kept(order)
        while True:
            key = prompting.key("> " + " ".join(map(str, placed)), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= len(order):
                if int(key) in placed:
                    prompting.screen.line(self._words("{n} is placed already; backspace takes it away", n=key))
                else:
                    placed.append(int(key))
            elif key == "backspace":
                placed = placed[:-1]
            elif key == "esc":
                placed = []
            elif key == "enter" and len(placed) == len(order):
                prompting.end(" ".join(map(str, placed)))
                return Ordered(tuple(order[digit - 1] for digit in placed))
            elif key == "enter":
                left = len(order) - len(placed)
                prompting.screen.line(self._words("{n} of {of} steps are not placed yet", n=left, of=len(order)))
            elif action := prompting.keymap.action(key):
                self._gathered = (order, placed)
                prompting.end(key)
                return action
            else:
                prompting.keys.drain()
                prompting.complain(key)

    def ticks(self, verdict: Verdict) -> frozenset[int] | Action:
        """Let the learner correct the proposed ticks; Enter accepts what is shown."""
        prompting = self.prompting
        said = {place for place, point in enumerate(verdict.points) if point.said}
        while True:
            key = prompting.key("> " + " ".join(str(place + 1) for place in sorted(said)), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= len(verdict.points):
                said ^= {int(key) - 1}
            elif key == "esc":
                said = set()
            elif key in ("enter", "space"):
                prompting.end(" ".join(str(place + 1) for place in sorted(said)) or self._words("none"))
                return frozenset(said)
            elif action := prompting.keymap.action_after_verdict(key):
                prompting.end(key)
                return action
            else:
                prompting.complain(key)

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
            text = self.prompting.line(prompt)
            word = text.strip()
            keymap = self.prompting.keymap
            if word.startswith("/") and (action := keymap.action(word[1:])):
                return action
            if not word.isdecimal() and word not in letters and len(word) == 1:
                action = keymap.action(word)
                if action in TYPED_ACTIONS:
                    return action
            if word:
                return Typed(text)
            said = self._words("nothing typed yet; {skip} = skip, {show} = show the answer, {keys} = keys")
            self.prompting.say(said)

    def _number(self) -> Said:
        """Read a number or a formula, and echo the value of a formula before it is judged."""
        said = self._typed("= ")
        if isinstance(said, Typed) and not said.text.strip().replace(".", "").isdecimal():
            with suppress(NotANumberError):
                self.prompting.screen.line(f"  = {read_number(said.text):.6g}")
        return said

    def _output(self, question: Predict) -> Said:
        first = self._typed("out> ")
        if not isinstance(first, Typed):
            return first
        lines = [first.text]
        expected = self.lines_expected(question)
        while len(lines) < expected:
            lines.append(self.prompting.line(f"out {len(lines) + 1}/{expected}> "))
        return Typed("\n".join(lines))
