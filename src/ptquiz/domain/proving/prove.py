"""Prove one question or one section of an explanation."""

from __future__ import annotations

from typing import assert_never

from ptquiz.domain.answers import Coded
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.decks import Deck, Problem, Section
from ptquiz.domain.judging.code import judge_write
from ptquiz.domain.judging.picks import is_true, matching_options
from ptquiz.domain.judging.programs import failure, program
from ptquiz.domain.judging.typed import live_number
from ptquiz.domain.questions import Choice, Choices, Flashcard, Number, Predict, Question, TrueFalse, Write
from ptquiz.domain.snippets import Crashed, Outcome, Place, Program, Raised, Ran, Scalar, Snippet, TimedOut, Trial
from ptquiz.domain.verdicts import Result

Problems = tuple[Problem, ...]

SEEDS = (0, 20261)
"""Every proof must hold for both: a claim that depends on the seed is not a claim."""


def prove_question(question: Question) -> Trial[Problems]:
    """Prove everything that a question claims."""
    problems: list[Problem] = []
    match question:
        case Choice():
            problems += yield from _prove_choice(question)
        case Choices():
            problems += yield from _prove_choices(question)
        case TrueFalse() | Flashcard():
            problems += yield from _prove_alone(question)
        case Predict():
            problems += yield from _prove_predict(question)
        case Number():
            problems += yield from _prove_number(question)
        case Write():
            problems += yield from _prove_write(question)
        case _:
            assert_never(question)
    for name in question.source:
        problems += yield from _prove_source(name, question.place)
    return tuple(problems)


def prove_section(section: Section, deck: Deck) -> Trial[Problems]:
    """Prove that a section runs, shows what it says, and that its source can be shown."""
    problems: list[Problem] = []
    if section.run is not None:
        for seed in SEEDS[: 2 if section.shows is not None else 1]:
            outcome = yield section_program(section, deck, seed)
            if not isinstance(outcome, Ran):
                problems.append(_failed(outcome, section.run))
                break
            if section.shows is not None and fold(outcome.stdout) != fold(section.shows):
                problems.append(
                    Problem(
                        section.run.place,
                        f'the run does not show what "shows" says (seed {seed})',
                        f"it printed {outcome.stdout.rstrip()!r}",
                    )
                )
                break
    if section.source is not None:
        place = section.run.place if section.run else deck.place
        problems += yield from _prove_source(section.source, place, code=True)
    return tuple(problems)


def section_program(section: Section, deck: Deck, seed: int = 0) -> Program:
    """Build the program that runs a section's code."""
    return Program(tuple(snippet for snippet in (deck.setup, section.run) if snippet is not None), seed=seed)


def source_program(name: str) -> Program:
    """Build the program that finds a dotted name: its values are the code, the file and the first line.

    The code is empty where Python cannot show any: a built-in operator.
    """
    code = f"""\
import importlib, inspect
_parts = {name!r}.split(".")
for _n in range(len(_parts), 0, -1):
    try:
        _found = importlib.import_module(".".join(_parts[:_n]))
    except ImportError:
        continue
    break
for _part in _parts[_n:]:
    _found = getattr(_found, _part)
_found = inspect.unwrap(_found) if callable(_found) else _found
try:
    _lines, _first = inspect.getsourcelines(_found)
    _code, _file = "".join(_lines), inspect.getsourcefile(_found)
except (TypeError, OSError):
    _code, _file, _first = "", "", 0
"""
    return Program((Snippet(code),), values=tuple(Snippet(name) for name in ("_code", "_file", "_first")))


def _prove_source(name: str, place: Place, *, code: bool = False) -> Trial[list[Problem]]:
    if "://" in name:
        return []
    outcome: Outcome = yield source_program(name)
    match outcome:
        case Ran(values=(found, *_)):
            if code and found.value == Scalar(""):
                return [Problem(place, f'"{name}" has no Python source to show', "name a Python function or class")]
            return []
        case _:
            return [Problem(place, f'source "{name}" does not exist: {failure(outcome)}')]


def _failed(outcome: Outcome, snippet: Snippet) -> Problem:
    """Report a failed run at the line of the deck at which it failed."""
    place = snippet.place
    match outcome:
        case Raised(frames=frames):
            line = next((frame.line for frame in reversed(frames) if frame.file == place.file), place.line)
            printed = f"it printed {outcome.stdout.rstrip()!r}" if outcome.stdout.strip() else ""
            return Problem(Place(place.file, line, place.column), failure(outcome), printed)
        case TimedOut() | Crashed() | Ran():
            return Problem(place, failure(outcome))
        case _:
            assert_never(outcome)


def _run_twice(question: Question, *values: Snippet) -> Trial[tuple[list[Problem], tuple[Ran, ...]]]:
    """Run a question's proof with every seed; return the problems, or the outcomes when there are none."""
    ran: list[Ran] = []
    proof = None if isinstance(question, Predict) else question.proof
    for seed in SEEDS:
        outcome: Outcome = yield program(question, proof, values=values, seed=seed)
        if not isinstance(outcome, Ran):
            at = proof or question.code or (values[0] if values else Snippet("", question.place))
            return [_failed(outcome, at)], ()
        ran.append(outcome)
    return [], tuple(ran)


def _prove_alone(question: TrueFalse | Flashcard) -> Trial[list[Problem]]:
    if question.proof is None and question.code is None:
        return []
    problems, _ = yield from _run_twice(question)
    return problems


def _prove_choice(question: Choice) -> Trial[list[Problem]]:
    if question.proof is None and question.value is None and question.code is None:
        return []
    values = (question.value,) if question.value else ()
    problems, outcomes = yield from _run_twice(question, *values)
    for outcome in outcomes if question.value else ():
        matches = matching_options(question, outcome.values[0])
        text = outcome.values[0].text
        place = question.value.place if question.value else question.place
        if len(matches) != 1:
            return [Problem(place, f"the value is {text}, which is {len(matches) or 'none'} of the options")]
        recorded = [i for i, option in enumerate(question.options) if option.right]
        if recorded and recorded[0] != matches[0]:
            marked = question.options[recorded[0]].text
            return [Problem(place, f'the value is {text}, but "{marked}" is marked right')]
    return problems


def _prove_choices(question: Choices) -> Trial[list[Problem]]:
    live = [option for option in question.options if option.holds is not None]
    if not live and question.proof is None and question.code is None:
        return []
    problems, outcomes = yield from _run_twice(question, *(option.holds for option in live if option.holds))
    for outcome in outcomes:
        for option, seen in zip(live, outcome.values, strict=True):
            if is_true(seen) != option.right and option.holds is not None:
                problems.append(
                    Problem(option.holds.place, f'"{option.text}" is marked {option.right}, but this is {seen.text}')
                )
        if problems:
            break
    return problems


def _prove_predict(question: Predict) -> Trial[list[Problem]]:
    texts = []
    at = question.code or Snippet("", question.place)
    for seed in SEEDS:
        outcome: Outcome = yield program(question, seed=seed)
        match outcome:
            case Ran(stdout=stdout):
                texts.append(fold(stdout))
            case Raised():
                texts.append(failure(outcome))
            case _:
                return [_failed(outcome, at)]
    if texts[0] != texts[1]:
        return [Problem(at.place, "the output depends on the seed", f"{texts[0]!r} and {texts[1]!r}")]
    if not texts[0]:
        return [Problem(at.place, "the code prints nothing", "end it with print(...)")]
    return []


def _prove_number(question: Number) -> Trial[list[Problem]]:
    problems, outcomes = yield from _run_twice(question, question.value)
    seen = [live_number(outcome.values[0]) for outcome in outcomes]
    if any(value is None for value in seen):
        return [Problem(question.value.place, f"the value is {outcomes[0].values[0].text}, which is not a number")]
    if len(set(seen)) > 1:
        spread = abs((seen[0] or 0) - (seen[1] or 0))
        if spread > question.abs_tol + question.rel_tol * abs(seen[0] or 0):
            return [Problem(question.value.place, f"the value depends on the seed: {seen[0]} and {seen[1]}")]
    return problems


def _prove_write(question: Write) -> Trial[list[Problem]]:
    problems: list[Problem] = []
    verdict = yield from judge_write(question, Coded(question.solution.code))
    for result in verdict.checks:
        if not result.passed:
            problems.append(Problem(question.solution.place, f'the solution fails "{result.name}"', result.message))
    verdict = yield from judge_write(question, Coded(question.starter.code), until_failed=True)
    if verdict.result is Result.CORRECT:
        problems.append(Problem(question.starter.place, "the starter passes every check"))
    for wrong in question.wrong:
        verdict = yield from judge_write(question, Coded(wrong.code.code), until_failed=True)
        if verdict.result is Result.CORRECT:
            problems.append(
                Problem(wrong.code.place, "this wrong solution passes every check", "add a check that rejects it")
            )
    return problems
