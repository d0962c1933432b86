"""Rules of the deck language that go beyond the types of single fields."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Literal, assert_never

from ptquiz.banks.decode import Decoder, Path
from ptquiz.domain.decks import Deck
from ptquiz.domain.judging.fills import BLANK, filled
from ptquiz.domain.questions import (
    Choice,
    Choices,
    CodeCheck,
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
from ptquiz.domain.requirements import REQUIREMENT
from ptquiz.domain.snippets import Place, Snippet
from ptquiz.domain.variants import fill_in, names_in


def apply_rules(deck: Deck, decoder: Decoder) -> None:
    """Report everything in a well-formed deck that cannot work."""
    _code(deck.setup, "exec", ("setup",), decoder)
    for i, section in enumerate(deck.explain):
        path: Path = ("explain", i)
        first = fill_in(section, {name: values[0] for name, values in section.vary.items()})
        _code(first.run, "exec", (*path, "run"), decoder)
        for name in names_in(section) - set(section.vary):
            decoder.report(decoder.place(path), f"${{{name}}} is not in vary", f"vary: {{{name}: [...]}}")
        _requirement(section.requires, path, decoder)
        if section.shows is not None and section.run is None:
            decoder.report(decoder.place((*path, "shows")), '"shows" without "run"', "add the code that prints it")
    for i, question in enumerate(deck.questions):
        _question(question, ("questions", i), decoder)


def _question(question: Question, path: Path, decoder: Decoder) -> None:
    _variants(question, path, decoder)
    # Code is judged with the first values filled in: a placeholder need not be Python.
    first = fill_in(question, {name: values[0] for name, values in question.vary.items()})
    for i, snippet in enumerate(first.setup):
        _code(snippet, "exec", (*path, "setup", i), decoder)
    if not isinstance(first, Fill):
        _code(first.code, "exec", (*path, "code"), decoder)
    _code(first.proof, "exec", (*path, "proof"), decoder)
    _requirement(first.requires, path, decoder)
    if first.id in first.follows:
        decoder.report(decoder.place((*path, "follows")), "a question cannot follow itself")
    _kind(first, path, decoder)


def _variants(question: Question, path: Path, decoder: Decoder) -> None:
    used = names_in(question)
    for name in used - set(question.vary):
        decoder.report(decoder.place(path), f"${{{name}}} is not in vary", f"vary: {{{name}: [...]}}")
    for name in question.vary:
        if name not in used:
            decoder.report(decoder.place((*path, "vary", name)), f"${{{name}}} does not occur in the question")


def _requirement(requires: str | None, path: Path, decoder: Decoder) -> None:
    if requires is not None and not REQUIREMENT.fullmatch(requires):
        place = decoder.place((*path, "requires"))
        decoder.report(place, f'"{requires}" is not a requirement', 'write it like "torch>=2.6"')


def _kind(question: Question, path: Path, decoder: Decoder) -> None:
    match question:
        case Choice():
            _choice(question, path, decoder)
        case Choices():
            _distinct([option.text for option in question.options], path, decoder)
            for i, statement in enumerate(question.options):
                _code(statement.holds, "eval", (*path, "options", i, "holds"), decoder)
        case Predict():
            if question.code is None:
                decoder.report(
                    decoder.place(path), 'a predict question needs "code"', "the learner predicts its output"
                )
        case Number():
            _code(question.value, "eval", (*path, "value"), decoder)
        case Fill():
            _fill(question, path, decoder)
        case Order():
            _order(question, path, decoder)
        case Write() | Fix():
            _task(question, path, decoder)
        case TrueFalse():
            _code(question.holds, "eval", (*path, "holds"), decoder)
        case Flashcard() | Short():
            pass
        case _:
            assert_never(question)


def _fill(question: Fill, path: Path, decoder: Decoder) -> None:
    text, key = (question.code.code, "code") if question.code else (question.ask, "ask")
    numbers = sorted({int(number) for number in BLANK.findall(text)})
    expected = list(range(1, len(question.blanks) + 1))
    if numbers != expected:
        wanted = " ".join(f"{{{{{n}}}}}" for n in expected)
        decoder.report(decoder.place((*path, key)), f"the blanks are not {wanted}, one for each of blanks")
    elif question.code is not None:
        _code(filled(question, tuple(blank.answer for blank in question.blanks)), "exec", (*path, "code"), decoder)


def _order(question: Order, path: Path, decoder: Decoder) -> None:
    places = list(range(1, len(question.steps) + 1))
    for i, order in enumerate(question.also):
        if sorted(order) != places:
            decoder.report(
                decoder.place((*path, "also", i)), f"an order names each of the places 1 to {places[-1]} once"
            )
    if question.proof is not None:
        for i, step in enumerate(question.steps):
            _code(step, "exec", (*path, "steps", i), decoder)


def _choice(question: Choice, path: Path, decoder: Decoder) -> None:
    _distinct([option.text for option in question.options], path, decoder)
    _code(question.value, "eval", (*path, "value"), decoder)
    right = sum(option.right for option in question.options)
    place = decoder.place((*path, "options"))
    if right > 1:
        decoder.report(place, f'{right} options are "right: true"; a choice question has one', 'or use "kind: choices"')
    elif right == 0 and question.value is None:
        decoder.report(place, "no option is right", 'mark one "right: true", or give "value:" and let torch decide')


def _distinct(texts: list[str], path: Path, decoder: Decoder) -> None:
    counts = Counter(" ".join(text.split()) for text in texts)
    for i, text in enumerate(texts):
        if counts[" ".join(text.split())] > 1:
            decoder.report(decoder.place((*path, "options", i, "text")), "this option is given twice")
            return


def _task(question: Write | Fix, path: Path, decoder: Decoder) -> None:
    if question.proof is not None:
        place = decoder.place((*path, "proof"))
        decoder.report(place, "a code task is proven by its checks, not by a proof", 'move it into "checks"')
    _code(question.starter, "exec", (*path, "starter"), decoder)
    _code(question.solution, "exec", (*path, "solution"), decoder)
    for i, wrong in enumerate(question.wrong):
        _code(wrong.code, "exec", (*path, "wrong", i, "code"), decoder)
    for i, check in enumerate(question.checks):
        _check(check, (*path, "checks", i), decoder)


def _check(check: CodeCheck, path: Path, decoder: Decoder) -> None:
    _code(check.given, "exec", (*path, "given"), decoder)
    _code(check.call, "eval", (*path, "call"), decoder)
    _code(check.like, "eval", (*path, "like"), decoder)
    _code(check.observe, "exec", (*path, "observe"), decoder)
    _code(check.expect, "exec", (*path, "expect"), decoder)
    short = (check.call is not None, check.like is not None)
    long = (check.observe is not None, check.expect is not None)
    if (short, long) not in (((True, True), (False, False)), ((False, False), (True, True))):
        decoder.report(
            decoder.place(path),
            "a check has either call and like, or observe and expect",
            "call: f(x) with like: F.f(x); or observe: what runs beside the answer, expect: what asserts over got",
        )


def _code(snippet: Snippet | None, mode: Literal["exec", "eval"], path: Path, decoder: Decoder) -> None:
    if snippet is None:
        return
    try:
        ast.parse(snippet.code.strip() if mode == "eval" else snippet.code, mode=mode)
    except SyntaxError as error:
        at = snippet.place
        place = Place(at.file, at.line + max((error.lineno or 1) - 1, 0), at.column + max((error.offset or 1) - 1, 0))
        what = "expression" if mode == "eval" else "code"
        decoder.report(place, f"this {what} is not valid Python: {error.msg}")
    except (ValueError, MemoryError, RecursionError) as error:
        decoder.report(decoder.place(path), f"this code cannot be parsed: {error}")
