"""The words of a session's questions: in which language they are, and what their files say now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from ptquiz.banks.collection import Collection
from ptquiz.banks.reading import Reading
from ptquiz.commands.overlay import Overlay
from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.questions import Question
from ptquiz.domain.snippets import Place
from ptquiz.domain.translations import Translation, mismatches
from ptquiz.errors import BrokenDeckError, UsageError, said

LANGUAGES = ("en", "zh")


class Telling(Struct):
    """Keeps the questions of a session in one language; changes to them are seen wherever they are used."""

    collection: Collection
    originals: Overlay
    """The questions as their decks have them."""
    told: Overlay
    """The questions in the language of the session, as far as they are translated."""
    questions: Overlay
    """Those that are asked, made of the ones that are told: of a family, one member."""
    language: str
    reread_decks: dict[str, Collection] = field(default_factory=dict)
    """Decks that were read again since the session began, each with its translations."""

    def switch(self, question: Question) -> bool:
        """Tell everything in the other language from now on; return False when a question is not translated."""
        other = LANGUAGES[1 - LANGUAGES.index(self.language)]
        there = self._now(question.deck).in_language(other).questions
        if there.get(question.id) == self.told[question.id]:
            return False
        self.language = other
        self.told.lie_over(self.collection.in_language(other).questions)
        self.questions.lie_over(self.told)
        for deck in self.reread_decks.values():
            self._tell(deck)
        return True

    def section_of(self, question: Question) -> tuple[Deck, Section, int] | None:
        """Return the section of the explanation that fits a question best, with its deck and its number from 1."""
        from ptquiz.domain.fitting import best_section

        collection = self._now(question.deck)
        deck = collection.deck(question.deck)
        if deck is None or not deck.explain:
            return None
        # Words are compared in the language of the deck, which is never cut into words by guessing.
        place = best_section(self.originals[question.id], deck.explain)
        told = collection.in_language(self.language).deck(question.deck) or deck
        return told, told.explain[place], place + 1

    def translated_at(self, question: Question) -> Place | None:
        """Return where the translation that is shown of a question stands; None for a question as its deck has it."""
        text = self._now(question.deck).translation(question.deck, self.language)
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
        now = Collection(decks=(deck,), translations=tuple(self._reread_texts(deck)))
        self.reread_decks[question.deck] = now
        self.originals.update((read.id, read) for read in deck.questions if read.id in self.originals)
        self._tell(now)
        return self.questions[question.id]

    def _now(self, deck: str) -> Collection:
        """Return where a deck is as it was read last."""
        return self.reread_decks.get(deck, self.collection)

    def _reread_texts(self, deck: Deck) -> Iterator[Translation]:
        for language in LANGUAGES:
            text = self._now(deck.deck).translation(deck.deck, language)
            if text is not None:
                yield _reread_text(text, deck)

    def _tell(self, deck: Collection) -> None:
        """Tell the questions of a deck that was read again."""
        for id, question in deck.in_language(self.language).questions.items():
            if id in self.told:
                self.told[id] = question
                del self.questions[id]


def _reread_text(text: Translation, deck: Deck) -> Translation:
    read = _read(Path(text.place.file)).translation or text
    for problem in mismatches(read, deck):
        raise BrokenDeckError(
            "the translation does not fit the deck now; the session goes on with what it had",
            details=(str(problem),),
        )
    return read


def _read(file: Path) -> Reading:
    """Read a deck or a translation; BrokenDeckError when it cannot be."""
    from ptquiz.banks.reader import read_deck
    from ptquiz.banks.report import show_problem

    reading = read_deck(file)
    if reading.problems:
        lines = [line for problem in reading.problems for line in show_problem(problem, reading.lines)]
        raise BrokenDeckError("the deck has problems now; the session goes on with what it had", details=tuple(lines))
    return reading
