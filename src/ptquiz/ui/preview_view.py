"""Show one question as practice would, then everything that practice keeps back until later."""

from __future__ import annotations

import random
from collections.abc import Callable

from ptquiz.banks.report import show_problem
from ptquiz.commands.preview import Preview
from ptquiz.domain.questions import CodeTask, Question
from ptquiz.domain.reviews import Rating
from ptquiz.session.events import Ask, ShowVerdict
from ptquiz.ui.question_view import offered, show_question
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.verdict_view import show_verdict


def show_preview(screen: Screen, seen: Preview, *, torch: Callable[[], str], lines: Callable[[str], list[str]]) -> None:
    """Print the question, its hints, its answer with the run that shows it, and whether it holds.

    `torch` is asked for its version only after a run; `lines` gives the lines of a deck file.
    """
    question = seen.question
    order = _order(question, seen.seed)
    show_question(screen, Ask(question, 1, 1), order, stands=f"seed {seen.seed}", changed=False)
    for number, hint in enumerate(question.hints, start=1):
        screen.text(f"hint {number}/{len(question.hints)}: {hint}", indent=2)
    if isinstance(question, CodeTask):
        _task(screen, question)
    shown = ShowVerdict(question, seen.answer, seen.verdict, Rating.AGAIN)
    show_verdict(screen, shown, order, torch=torch() if seen.verdict.evidence else "", seconds=0)
    if question.follows:
        screen.line(f"  followed by  {', '.join(question.follows)}")
    screen.blank()
    _proof(screen, seen, torch, lines)


def _order(question: Question, seed: int) -> tuple[int, ...]:
    places = range(len(offered(question)))
    return tuple(random.Random(f"{question.id}:{seed}").sample(places, len(places)))


def _task(screen: Screen, question: CodeTask) -> None:
    screen.line("  the editor opens with")
    screen.code(question.starter.code, indent=4)
    screen.line("  a solution")
    screen.code(question.solution.code, indent=4)


def _proof(screen: Screen, seen: Preview, torch: Callable[[], str], lines: Callable[[str], list[str]]) -> None:
    if seen.not_proven:
        screen.text(f"not proven here: {seen.not_proven}")
    elif not seen.problems:
        screen.line(f"everything it claims holds (torch {torch()})")
    for problem in seen.problems:
        for line in show_problem(problem, lines(problem.place.file)):
            screen.line(line)
