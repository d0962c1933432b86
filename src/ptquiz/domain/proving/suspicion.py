"""Find wrong solutions that are rejected for a slip of their author instead of for what they are to show."""

from __future__ import annotations

import re

from ptquiz.domain.answers import Coded
from ptquiz.domain.decks import Problem
from ptquiz.domain.judging.code import judge_task
from ptquiz.domain.questions import CodeTask
from ptquiz.domain.snippets import Trial
from ptquiz.domain.variants import first_member

SLIPS = frozenset({
    "NameError", "UnboundLocalError", "AttributeError", "SyntaxError", "IndentationError", "ImportError",
    "ModuleNotFoundError",
})  # fmt: skip
"""What a mistyped program raises, and a plausible one hardly ever."""

_RAISED = re.compile(r"(?:expected \S+, got )?(\w+)(?::|$)")


def suspect_wrongs(question: CodeTask) -> Trial[tuple[Problem, ...]]:
    """Warn of wrong solutions that every check rejects for a slip which their `why` does not name.

    Of a family, its first member is looked at.
    """
    member = first_member(question)
    found = []
    for wrong in member.wrong:
        first = yield from judge_task(member, Coded(wrong.code.code), until_failed=True)
        slip = _slip(first.checks[-1].message)
        if not slip or slip in wrong.why or len(first.checks) > 1:
            continue  # a check that passes shows that the code does something
        every = yield from judge_task(member, Coded(wrong.code.code))
        if all(_slip(result.message) for result in every.checks):
            message = f'this wrong solution fails every check with "{every.checks[0].message}"'
            hint = f'mend the typo; or, if it is meant, name {slip} in its "why"'
            found.append(Problem(wrong.code.place, message, hint))
    return tuple(found)


def _slip(message: str) -> str:
    """Return the slip that a check's message tells of; empty when it tells of something else."""
    raised = _RAISED.match(message)
    return raised[1] if raised and raised[1] in SLIPS else ""
