"""Questions of which nothing matters but what follows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ptquiz.domain.outlines import Outline, Related, in_memory
from ptquiz.domain.questions import Level


def related(follows: Mapping[str, Collection[str]]) -> Related:
    """Return the siblings of questions, given the follow-ups of each."""
    before = {id: tuple(root for root, others in follows.items() if id in others) for id in follows}
    return Related(
        in_memory(Outline(id, "topic", "flashcard", Level.ANSWER, tuple(follows[id]), before[id]) for id in follows)
    )
