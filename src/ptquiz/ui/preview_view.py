"""Show one question as practice would, then everything that practice keeps back until later."""

from __future__ import annotations

import random
from collections.abc import Callable

from ptquiz.banks.report import show_problem
from ptquiz.commands.preview import Preview
from ptquiz.domain.questions import Choice, Choices, CodeTask, Fix, Question, Short, TrueFalse, Write
from ptquiz.domain.reviews import Rating
from ptquiz.session.events import Ask, ShowVerdict
from ptquiz.ui.question_view import Places, offered, show_question
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.verdict_view import show_verdict


def show_preview(screen: Screen, seen: Preview, *, torch: Callable[[], str], lines: Callable[[str], list[str]]) -> None:
    """Print the question, its hints, its answer with the run that shows it, and whether it holds.

    `torch` is asked for its version only after a run; `lines` gives the lines of a deck file.
    """
    show_as_asked(screen, seen, torch=torch)
    _proof(screen, seen, torch, lines)


def show_as_asked(screen: Screen, seen: Preview, *, torch: Callable[[], str]) -> None:
    """Print the question, its hints, and its answer with the run that shows it."""
    words, question = screen.words, seen.question
    order = _order(question, seen.seed)
    show_question(screen, Ask(question, 1, 1), order, stands=words("seed {n}", n=seen.seed), changed=False)
    for number, hint in enumerate(question.hints, start=1):
        screen.text(words("hint {n}/{of}: {text}", n=number, of=len(question.hints), text=hint), indent=2)
    if isinstance(question, CodeTask):
        _task(screen, question)
    shown = ShowVerdict(question, seen.answer, seen.verdict, Rating.AGAIN)
    show_verdict(screen, shown, order, torch=torch() if seen.verdict.evidence else "", seconds=0)
    _kept_back(screen, question, order)
    if question.follows:
        screen.line(f"  {words('followed by')}  {', '.join(question.follows)}")
    screen.blank()


def _order(question: Question, seed: int) -> tuple[int, ...]:
    places = range(len(offered(question)))
    return tuple(random.Random(f"{question.id}:{seed}").sample(places, len(places)))


def _kept_back(screen: Screen, question: Question, order: Places) -> None:
    """Print what practice shows only of some answers: why options are right or wrong, wordings, wrong solutions."""
    words = screen.words
    match question:
        case Choice() | Choices():
            for digit, place in enumerate(order, start=1):
                option = question.options[place]
                slug = f" ({option.misconception})" if option.misconception else ""
                screen.text(words("why {n}: {why}", n=digit, why=option.why.rstrip() + slug), indent=2)
        case TrueFalse(misconception=slug) if slug:
            screen.text(words("misconceptions: {names}", names=slug), indent=2)
        case Short(points=points):
            for number, point in enumerate(points, start=1):
                screen.item(f"{number}", f"{point.text} ({words('accepted: {forms}', forms=', '.join(point.accept))})")
        case Write() | Fix():
            for wrong in question.wrong:
                screen.text(words("a wrong solution: {why}", why=wrong.why), indent=2)
                screen.code(wrong.code.code, indent=4)
        case _:
            pass


def _task(screen: Screen, question: CodeTask) -> None:
    screen.line("  " + screen.words("the editor opens with"))
    screen.code(question.starter.code, indent=4)
    screen.line("  " + screen.words("a solution"))
    screen.code(question.solution.code, indent=4)


def _proof(screen: Screen, seen: Preview, torch: Callable[[], str], lines: Callable[[str], list[str]]) -> None:
    words = screen.words
    if seen.not_proven:
        screen.text(words("not proven here: {why}", why=words.tell(seen.not_proven)))
    elif not seen.problems:
        screen.line(words("everything it claims holds (torch {torch})", torch=torch()))
    for problem in seen.problems:
        for line in show_problem(problem, lines(problem.place.file), hint=words("hint")):
            screen.line(line)
