"""Leeches: questions that are forgotten again and again."""

from __future__ import annotations

from ptquiz.domain.reviews import QuestionState

LEECH_LAPSES = 8
"""From this many lapses on a question needs another explanation, not another repetition."""


def is_leech(state: QuestionState) -> bool:
    """Tell whether a question has been forgotten too often."""
    return state.lapses >= LEECH_LAPSES
