"""Siblings: questions that give each other's answer away, because one follows from the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ptquiz.domain.questions import QuestionId

Siblings = Mapping[QuestionId, Collection[QuestionId]]
"""The siblings of each question that has any."""


def without_siblings(
    ids: Iterable[QuestionId], siblings: Siblings, taken: Collection[QuestionId] = ()
) -> Iterator[QuestionId]:
    """Yield the questions in their order, leaving out each that is a sibling of one yielded before or of one taken."""
    given_away = {other for id in taken for other in siblings.get(id, ())}
    for id in ids:
        if id not in given_away:
            given_away.update(siblings.get(id, ()))
            yield id
