"""Siblings: questions that give each other's answer away, because one follows from the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ptquiz.domain.questions import QuestionId

Siblings = Mapping[QuestionId, Collection[QuestionId]]
"""The siblings of each question that has any."""


def siblings_of(
    follows: Mapping[QuestionId, Collection[QuestionId]], among: Collection[QuestionId] | None = None
) -> dict[QuestionId, set[QuestionId]]:
    """Return the siblings of each question, given its follow-ups: a question and its follow-ups are siblings.

    The follow-ups of a follow-up are not: what hangs together in the end is a whole topic. Follow-ups that are
    not among the questions, all that `follows` tells of if none are given, are ignored.
    """
    known = follows if among is None else among
    found: dict[QuestionId, set[QuestionId]] = {}
    for id, next_ones in follows.items():
        family = {id, *(other for other in next_ones if other in known)} if next_ones else ()
        for member in family:
            found.setdefault(member, set()).update(other for other in family if other != member)
    return {id: others for id, others in found.items() if others}


def without_siblings(
    ids: Iterable[QuestionId], siblings: Siblings, taken: Collection[QuestionId] = ()
) -> Iterator[QuestionId]:
    """Yield the questions in their order, leaving out each that is a sibling of one yielded before or of one taken."""
    given_away = {other for id in taken for other in siblings.get(id, ())}
    for id in ids:
        if id not in given_away:
            given_away.update(siblings.get(id, ()))
            yield id
