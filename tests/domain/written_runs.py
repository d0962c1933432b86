"""Runs that are written down, for every way in which one can end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from ptquiz.domain.answers import (
    Answer,
)
from ptquiz.domain.judging.judge import judge
from ptquiz.domain.questions import Question
from ptquiz.domain.snippets import (
    Observation,
    Outcome,
    Program,
    Raised,
    Ran,
    Scalar,
    TimedOut,
    Trial,
    conduct,
)
from ptquiz.domain.verdicts import Verdict

SLOW = TimedOut(2.5)
NOPE = Raised("AssertionError", "nope")
T = TypeVar("T")


@dataclass
class Script:
    """Answers programs with outcomes in turn, and remembers the programs."""

    outcomes: Iterator[Outcome]
    programs: list[Program] = field(default_factory=list)

    def __call__(self, program: Program) -> Outcome:
        self.programs.append(program)
        return next(self.outcomes)


def conclude(trial: Trial[T], *outcomes: Outcome) -> tuple[T, list[Program]]:
    script = Script(iter(outcomes))
    concluded = conduct(trial, script)
    assert next(script.outcomes, None) is None
    return concluded, script.programs


def verdict(asked: Question, answer: Answer, *outcomes: Outcome) -> Verdict:
    return conclude(judge(asked, answer), *outcomes)[0]


def ran(*values: tuple[object, str], stdout: str = "") -> Ran:
    """Write down a run with plain values and how they print."""
    return Ran(stdout, values=tuple(Observation(Scalar(value), text) for value, text in values))  # type: ignore[arg-type]
