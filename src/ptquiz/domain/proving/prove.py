"""Prove one question or one section of an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgspec import structs

from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.decks import Deck, Problem, Section
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.proving.kinds import (
    SEEDS,
    failed,
    prove_alone,
    prove_choice,
    prove_choices,
    prove_fill,
    prove_number,
    prove_order,
    prove_predict,
    prove_task,
    prove_true_false,
)
from ptquiz.domain.questions import (
    Choice,
    Choices,
    Fill,
    Fix,
    Flashcard,
    Needs,
    Number,
    Order,
    Predict,
    Question,
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.snippets import Outcome, Place, Program, Ran, Scalar, Snippet, Trial
from ptquiz.domain.variants import fill_in, members

Problems = tuple[Problem, ...]


def prove_question(question: Question) -> Trial[Problems]:
    """Prove everything that a question claims, of every member of its family."""
    problems: list[Problem] = []
    for values, member in members(question):
        found = yield from _prove_member(member)
        if found and values:
            shown = ", ".join(f"{name}={value}" for name, value in values.items())
            found = tuple(structs.replace(problem, message=f"{problem.message} (with {shown})") for problem in found)
        problems += found
        if found:
            break
    for name in question.source:
        problems += yield from _prove_source(name, question.place)
    return tuple(problems)


def _prove_member(question: Question) -> Trial[Problems]:
    problems: list[Problem] = []
    match question:
        case Choice():
            problems += yield from prove_choice(question)
        case Choices():
            problems += yield from prove_choices(question)
        case TrueFalse():
            problems += yield from prove_true_false(question)
        case Flashcard() | Short():
            problems += yield from prove_alone(question)
        case Predict():
            problems += yield from prove_predict(question)
        case Number():
            problems += yield from prove_number(question)
        case Fill():
            problems += yield from prove_fill(question)
        case Order():
            problems += yield from prove_order(question)
        case Write() | Fix():
            problems += yield from prove_task(question)
        case _:
            assert_never(question)
    return tuple(problems)


def prove_section(section: Section, deck: Deck) -> Trial[Problems]:
    """Prove that a section runs, shows what it says, and that its source can be shown."""
    problems: list[Problem] = []
    section = chosen(section)
    if section.run is not None:
        for seed in SEEDS[: 2 if section.shows is not None else 1]:
            outcome = yield section_program(section, deck, seed)
            if not isinstance(outcome, Ran):
                problems.append(failed(outcome, section.run))
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


def chosen(section: Section, values: Mapping[str, str] | None = None) -> Section:
    """Fill in a section's values: the first of each, or what the reader chose."""
    first = {name: options[0] for name, options in section.vary.items()}
    wanted = {name: value for name, value in (values or {}).items() if name in first}
    return fill_in(section, first | wanted)


def section_program(section: Section, deck: Deck, seed: int = 0) -> Program:
    """Build the program that runs a section's code."""
    snippets = tuple(snippet for snippet in (deck.setup, section.run) if snippet is not None)
    return Program(snippets, seed=seed, workers=section.needs is Needs.WORKERS)


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
