"""Leave out questions that are not true for the torch at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec import Struct

from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.requirements import satisfied
from ptquiz.errors import Message, said


class Suited(Struct, frozen=True):
    """The questions for this torch, and how many others there are."""

    questions: Mapping[QuestionId, Question]
    unsuited: Mapping[str, int] = {}
    """How many questions have a requirement that is not met, by requirement."""
    version: str = ""
    """Of torch; empty when nothing asked for it."""


def suited(questions: Mapping[QuestionId, Question], version: Callable[[], str]) -> Suited:
    """Return the questions whose requirement is met; `version` is asked only where one has any.

    A version that cannot be told, an empty one, meets every requirement: the judging says what is missing.
    """
    demanding = [question for question in questions.values() if question.requires is not None]
    ours = version() if demanding else ""
    out = {question.id: question.requires or "" for question in demanding if not _meets(question.requires, ours)}
    kept = {id: question for id, question in questions.items() if id not in out} if out else questions
    return Suited(kept, Counter(out.values()), ours)


def reasons(found: Suited) -> list[Message]:
    """Say in a line for each requirement how many questions it leaves out."""
    return [
        said(
            "{n} question needs {requirement}, this is torch {torch}"
            if count == 1
            else "{n} questions need {requirement}, this is torch {torch}",
            n=count,
            requirement=requirement,
            torch=found.version,
        )
        for requirement, count in sorted(found.unsuited.items())
    ]


def _meets(requirement: str | None, version: str) -> bool:
    return not version or satisfied(requirement, version)
