"""Siblings: questions that give each other's answer away, because one follows from the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ptquiz.domain.questions import QuestionId


def families(follows: Mapping[QuestionId, Sequence[QuestionId]]) -> dict[QuestionId, QuestionId]:
    """Return the root of every question, given its follow-ups: questions with one root are siblings.

    The root is the first question, in the order given, of all that hang together; a follow-up of two
    questions joins their families, and a circle is one family. Follow-ups that do not exist are ignored.
    """
    parent = {id: id for id in follows}
    for id, next_ones in follows.items():
        for other in next_ones:
            if other in parent:
                parent[_root(parent, other)] = _root(parent, id)
    first: dict[QuestionId, QuestionId] = {}
    return {id: first.setdefault(_root(parent, id), id) for id in follows}


def one_of_each_family(
    queue: Iterable[QuestionId], roots: Mapping[QuestionId, QuestionId], *, seen_today: Collection[QuestionId] = ()
) -> tuple[QuestionId, ...]:
    """Keep the first question of each family in a queue, and none of a family that was seen today."""
    taken = {roots.get(id, id) for id in seen_today}
    kept = []
    for id in queue:
        root = roots.get(id, id)
        if root not in taken:
            taken.add(root)
            kept.append(id)
    return tuple(kept)


def _root(parent: dict[QuestionId, QuestionId], id: QuestionId) -> QuestionId:
    while parent[id] != id:
        parent[id] = parent[parent[id]]
        id = parent[id]
    return id
