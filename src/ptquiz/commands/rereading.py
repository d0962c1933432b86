"""Read a question again from its file, when its author has just mended it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Journal
from ptquiz.domain.variants import drawn
from ptquiz.errors import BrokenDeckError, UsageError


@dataclass(frozen=True)
class Rereader:
    """Puts a deck's questions, as they are now, in the place of those that a session began with."""

    originals: dict[QuestionId, Question]
    """The questions as their decks have them."""
    questions: dict[QuestionId, Question]
    """Those that are asked: of a family, one member."""
    journal: Journal

    def __call__(self, question: Question) -> Question:
        """Return a question as its file has it now.

        Raises BrokenDeckError for a file that cannot be read, UsageError when the question is no longer there;
        the session then goes on with what it had.
        """
        from ptquiz.banks.reader import read_deck
        from ptquiz.banks.report import show_problem

        reading = read_deck(Path(question.place.file))
        if reading.deck is None:
            lines = [line for problem in reading.problems for line in show_problem(problem, reading.lines)]
            message = "the deck has problems now; the session goes on with what it had"
            raise BrokenDeckError(message, details=tuple(lines))
        found = {read.id: read for read in reading.deck.questions}
        if question.id not in found:
            raise UsageError(f"{question.id} is no longer in the deck; the session goes on with what it had")
        for id_, read in found.items():
            if id_ in self.originals:
                self.originals[id_] = read
                self.questions[id_] = drawn(read, self.journal.state(id_).repetitions)
        return self.questions[question.id]
