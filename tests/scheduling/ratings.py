"""Ratings for tests; apart from the random logs, so that a process that needs only these starts quickly."""

from __future__ import annotations

from datetime import UTC, datetime

from ptquiz.domain.reviews import Rated, Rating

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""


def rated(id: str, at: datetime = NOON, rating: Rating = Rating.GOOD, *, question: str = "q", **more: object) -> Rated:
    """Make a rating with the usual retention."""
    fields: dict[str, object] = {"retention": 0.9, **more}
    return Rated(id=id, question=question, at=at, rating=rating, **fields)  # type: ignore[arg-type]
