"""The words of a session's questions: in which language they are, and what their files say now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from ptquiz.banks.collection import Collection
from ptquiz.banks.reading import Reading
from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Journal
from ptquiz.domain.snippets import Place
from ptquiz.domain.translations import Translation, mismatches
from ptquiz.domain.variants import drawn
from ptquiz.errors import BrokenDeckError, UsageError, said

LANGUAGES = ("en", "zh")


class Telling(Struct):
    """Keeps the questions of a session in one language; changes to them are seen wherever they are used."""

    collection: Collection
    originals: dict[QuestionId, Question]
    """The questions as their decks have them."""
    told: dict[QuestionId, Question]
    """The questions in the language of the session, as far as they are translated."""
    questions: dict[QuestionId, Question]
    """Those that are asked: of a family, one member."""
    journal: Journal
    language: str

    def switch(self, question: Question) -> bool:
        """Tell everything in the other language from now on; return False when a question is not translated."""
        other = LANGUAGES[1 - LANGUAGES.index(self.language)]
        there = self.collection.in_language(other).questions
        if there.get(question.id) == self.told[question.id]:
            return False
        self.language = other
        self._tell(there.values())
        return True

    def section_of(self, question: Question) -> tuple[Deck, Section, int] | None:
        """Return the section of the explanation that fits a question best, with its deck and its number from 1."""
        from ptquiz.domain.fitting import best_section

        deck = self.collection.deck(question.deck)
        if deck is None or not deck.explain:
            return None
        # Words are compared in the language of the deck, which is never cut into words by guessing.
        place = best_section(self.originals[question.id], deck.explain)
        told = self.collection.in_language(self.language).deck(question.deck) or deck
        return told, told.explain[place], place + 1

    def translated_at(self, question: Question) -> Place | None:
        """Return where the translation that is shown of a question stands; None for a question as its deck has it."""
        text = self._translation(question.deck)
        return next((entry.place for entry in text.questions if entry.id == question.id), None) if text else None

    def reread(self, question: Question) -> Question:
        """Return a question as its files have it now, in the language in which it was shown.

        Raises BrokenDeckError for a file that cannot be read, UsageError when the question is no longer there;
        nothing has changed then.
        """
        deck = _read(Path(question.place.file)).deck
        if deck is None or question.id not in {read.id for read in deck.questions}:
            raise UsageError(
                said("{question} is no longer in the deck; the session goes on with what it had", question=question.id)
            )
        texts = tuple(self._reread_text(text, deck) for text in self.collection.translations)
        decks = tuple(deck if one.deck == deck.deck else one for one in self.collection.decks)
        self.collection = Collection(decks=decks, translations=texts)
        self.originals.update((read.id, read) for read in deck.questions if read.id in self.originals)
        self._tell(self.collection.in_language(self.language).questions.values())
        return self.questions[question.id]

    def _translation(self, deck: str) -> Translation | None:
        texts = self.collection.translations
        return next((text for text in texts if (text.translates, text.language) == (deck, self.language)), None)

    def _reread_text(self, text: Translation, deck: Deck) -> Translation:
        if text.translates != deck.deck:
            return text
        read = _read(Path(text.place.file)).translation or text
        for problem in mismatches(read, deck):
            raise BrokenDeckError(
                "the translation does not fit the deck now; the session goes on with what it had",
                details=(str(problem),),
            )
        return read

    def _tell(self, questions: Iterable[Question]) -> None:
        for question in questions:
            if question.id in self.told:
                self.told[question.id] = question
                self.questions[question.id] = drawn(question, self.journal.state(question.id).repetitions)


def _read(file: Path) -> Reading:
    """Read a deck or a translation; BrokenDeckError when it cannot be."""
    from ptquiz.banks.reader import read_deck
    from ptquiz.banks.report import show_problem

    reading = read_deck(file)
    if reading.problems:
        lines = [line for problem in reading.problems for line in show_problem(problem, reading.lines)]
        raise BrokenDeckError("the deck has problems now; the session goes on with what it had", details=tuple(lines))
    return reading
