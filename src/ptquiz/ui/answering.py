"""Read an answer to a question of each kind, or an action instead of one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import assert_never

from msgspec import Struct

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
from ptquiz.ui.question_view import Places, blank_name
from ptquiz.ui.terminal.keydecoder import Key, fold
from ptquiz.ui.words import marked

Said = Answer | Action
Digits = tuple[int, ...]

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
NOTHING_TYPED = marked("nothing typed yet; {skip} = skip, {show} = show the answer, enter again = menu")
SLASHES = frozenset({"/", "／", "、"})
"""The slash, and what Chinese input methods make of its key."""


class Gathering(Struct, frozen=True):
    """How digits are gathered for one kind of answer."""

    last: int
    """The highest digit."""
    press: Callable[[Digits, int], Digits]
    """What a digit makes of those gathered before."""
    refusal: Callable[[Digits], str]
    """Why the digits are no answer yet; empty when they are."""
    action: Callable[[Key], Action | None]
    may_be_none: bool = False
    """Whether 0 answers that none is right."""


def toggled(digits: Digits, digit: int) -> Digits:
    """Add a digit in its place, or take it away."""
    return tuple(d for d in digits if d != digit) if digit in digits else tuple(sorted((*digits, digit)))


def appended(digits: Digits, digit: int) -> Digits:
    """Add a digit at the end, once."""
    return digits if digit in digits else (*digits, digit)


class Answering(Struct):
    """Asks for answers on one screen."""

    prompting: Prompting
    coding: Coding
    lines_expected: Callable[[Predict], int]
    nothing_typed: str = NOTHING_TYPED
    """What is said to an empty line; an interview offers something else."""
    _kept: tuple[object, Digits] = (None, ())
    """Digits that were pressed when an action came in between, and what they are about."""

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
        self.prompting.screen.bar([*self.own_keys(question, len(order)), *common])

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

    def own_keys(self, question: Question, options: int) -> list[str]:
        """Say how a kind of question is answered, an item for each key."""
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
        """Gather the digits of options, whatever their order."""
        how = Gathering(len(order), toggled, self._unchosen, self.prompting.keymap.action, may_be_none=True)
        digits = self._gathered(order, how)
        return digits if isinstance(digits, Action) else Picked(tuple(order[digit - 1] for digit in digits))

    def _ordered(self, order: Places) -> Said:
        """Gather digits in the learner's order."""
        how = Gathering(len(order), appended, partial(self._unplaced, len(order)), self.prompting.keymap.action)
        digits = self._gathered(order, how)
        return digits if isinstance(digits, Action) else Ordered(tuple(order[digit - 1] for digit in digits))

    def ticks(self, verdict: Verdict) -> frozenset[int] | Action:
        """Let the learner correct the proposed ticks; Enter accepts what is shown."""
        proposed = tuple(place for place, point in enumerate(verdict.points, start=1) if point.said)
        how = Gathering(len(verdict.points), toggled, _nothing, self.prompting.keymap.action_after_verdict)
        digits = self._gathered(verdict, how, proposed)
        return digits if isinstance(digits, Action) else frozenset(digit - 1 for digit in digits)

    def _gathered(self, about: object, how: Gathering, begin: Digits = ()) -> Digits | Action:
        """Gather digits until Enter, beginning where an action about the same thing came in between."""
        prompting = self.prompting
        digits = self._kept[1] if self._kept[0] is about else begin
        self._kept = (None, ())
        while True:
            key = prompting.key("> " + _spaced(digits), collecting=True)
            if key.isdecimal() and 1 <= int(key) <= how.last:
                before, digits = digits, how.press(digits, int(key))
                if digits == before:
                    prompting.screen.line(self._words("{n} is placed already; backspace takes it away", n=key))
            elif key == "backspace":
                digits = digits[:-1]
            elif key == "esc":
                digits = ()
            elif key == "0" and how.may_be_none:
                prompting.end(self._words("none of these"))
                return ()
            elif key in ("enter", "space"):
                if not (refusal := how.refusal(digits)):
                    prompting.end(_spaced(digits) or self._words("none"))
                    return digits
                prompting.say(refusal)
            elif action := how.action(key):
                self._kept = (about, digits)
                prompting.end(key)
                return action
            else:
                prompting.keys.drain()
                prompting.complain(key)

    def _unchosen(self, digits: Digits) -> str:
        return "" if digits else self._words("nothing chosen yet; 0 = none of these, {skip} = skip")

    def _unplaced(self, of: int, digits: Digits) -> str:
        left = of - len(digits)
        return self._words("{n} of {of} steps are not placed yet", n=left, of=of) if left else ""

    def _filled(self, question: Fill) -> Said:
        """Ask for each blank; a letter that is a right answer is not an action."""
        texts: list[str] = []
        for number, blank in enumerate(question.blanks, start=1):
            said = self._typed(f"{blank_name(number)}> ", letters=frozenset((blank.answer, *blank.accept)))
            if not isinstance(said, Typed):
                return said
            texts.append(said.text.strip())
        return Filled(tuple(texts))

    def _typed(self, prompt: str, *, letters: frozenset[str] = frozenset()) -> Said:
        """Read one line; a line that is only the letter of an action, and not one of `letters`, is that action."""
        keymap, asked = self.prompting.keymap, False
        while True:
            text = self.prompting.line(prompt)
            word = text.strip()
            if word[:1] in SLASHES and (action := keymap.action(fold(word[1:]))):
                return action
            if not word.isdecimal() and word not in letters and len(word) == 1:
                action = keymap.action(fold(word))
                if action in TYPED_ACTIONS:
                    return action
            if word:
                return Typed(text)
            if asked:
                return Action.MENU
            asked = True
            self.prompting.say(self._words(self.nothing_typed))

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


def _spaced(digits: Digits) -> str:
    return " ".join(map(str, digits))


def _nothing(_: Digits) -> str:
    return ""
