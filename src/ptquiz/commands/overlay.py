"""Questions of a session: those of the decks, with what the session makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping

from ptquiz.domain.questions import Question, QuestionId


class Overlay(MutableMapping[QuestionId, Question]):
    """Questions that can be replaced; those that were not are made from the ones below when they are looked at."""

    def __init__(
        self, below: Mapping[QuestionId, Question], make: Callable[[Question], Question] = lambda question: question
    ) -> None:
        """Lie over some questions, with what is made of each."""
        self._below = below
        self._make = make
        self._own: dict[QuestionId, Question] = {}

    def __getitem__(self, id: QuestionId) -> Question:
        if id not in self._own:
            self._own[id] = self._make(self._below[id])
        return self._own[id]

    def __setitem__(self, id: QuestionId, question: Question) -> None:
        self._own[id] = question

    def __delitem__(self, id: QuestionId) -> None:
        """Make the question from the one below again when it is looked at."""
        self._own.pop(id, None)

    def __contains__(self, id: object) -> bool:
        return id in self._below

    def __iter__(self) -> Iterator[QuestionId]:
        return iter(self._below)

    def __len__(self) -> int:
        return len(self._below)

    def lie_over(self, below: Mapping[QuestionId, Question]) -> None:
        """Lie over other questions, and forget what was made of the ones before."""
        self._below = below
        self._own.clear()
