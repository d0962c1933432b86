"""Export a deck for other programs, or for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from ptquiz.commands.writing import write_whole
from ptquiz.domain.answers import GaveUp
from ptquiz.domain.decks import Deck
from ptquiz.domain.judging.judge import judge
from ptquiz.domain.questions import Choice, Number, Predict, Question, QuestionId
from ptquiz.domain.snippets import Outcome, Program, conduct
from ptquiz.domain.variants import drawn
from ptquiz.errors import UsageError, said
from ptquiz.exchange.faces import Face, face

Format = Literal[".apkg", ".csv", ".json", ".md"]
FORMATS: tuple[Format, ...] = (".apkg", ".csv", ".json", ".md")


@dataclass(frozen=True)
class Exported:
    """What an export wrote."""

    path: Path
    questions: int
    not_run: int = 0
    """Questions whose answer only a run could give."""


def format_of(target: Path) -> Format:
    """Return the format that a file's suffix asks for.

    Raises UsageError for any other.
    """
    for known in FORMATS:
        if target.suffix.lower() == known:
            return known
    details = (said("--to FILE, where FILE ends in {formats}", formats=", ".join(FORMATS)),)
    raise UsageError(said('cannot export to "{file}"', file=target), details=details)


def needs_run(question: Question) -> bool:
    """Tell whether a question's answer is nowhere recorded, because the live run is the answer."""
    match question:
        case Predict() | Number():
            return True
        case Choice():
            return not any(option.right for option in question.options)
        case _:
            return False


def live_answers(questions: Iterable[Question], run: Callable[[Program], Outcome]) -> dict[QuestionId, str]:
    """Run questions for their answers; what does not end well is left out.

    Raises EnvironmentProblem when nothing can run.
    """
    verdicts = ((question.id, conduct(judge(drawn(question, 0), GaveUp()), run)) for question in questions)
    return {id_: verdict.answer for id_, verdict in verdicts if verdict.answer and not verdict.unproven}


def export_deck(deck: Deck, target: Path, answers: Mapping[QuestionId, str], now: datetime) -> Exported:
    """Write a deck to a file in the format of its suffix.

    Raises UsageError for a file that cannot be written, EnvironmentProblem without what the format needs.
    """
    format_ = format_of(target)
    faces = tuple(face(question, answers.get(question.id, "")) for question in deck.questions)
    write_whole(target, _content(format_, deck, faces, now))
    missing = 0 if format_ == ".json" else sum(needs_run(q) and q.id not in answers for q in deck.questions)
    return Exported(target, len(faces), missing)


def _content(format_: Format, deck: Deck, faces: tuple[Face, ...], now: datetime) -> bytes:
    match format_:
        case ".apkg":
            from ptquiz.exchange.to_package import to_package

            return to_package(deck, faces, now)
        case ".csv":
            from ptquiz.exchange.to_table import to_csv

            return to_csv(faces).encode()
        case ".json":
            from ptquiz.exchange.to_json import to_json

            return to_json(deck).encode()
        case ".md":
            from ptquiz.exchange.to_sheet import to_sheet

            return to_sheet(deck, faces).encode()
