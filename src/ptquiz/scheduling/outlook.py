"""Outlook: what each rating would do, for the prompt that asks for one."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from ptquiz.domain.reviews import Phase, QuestionState, Rated, Rating
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.replay import rate


class Next(Struct, frozen=True, kw_only=True):
    """When a question would return."""

    phase: Phase
    due: datetime
    """Aware, UTC."""
    interval: float
    """Study days; 0 when it returns the same day."""


def outlook(
    state: QuestionState,
    *,
    now: datetime,
    utc_offset: int,
    retention: float,
    fsrs: Fsrs | None = None,
    back_by: date | None = None,
) -> dict[Rating, Next]:
    """Return exactly what the replay does on each rating, as long as the clock has not gone backwards."""
    return {
        rating: _next(
            state,
            Rated(
                id="",
                question=state.question,
                at=now,
                utc_offset=utc_offset,
                rating=rating,
                retention=retention,
                back_by=back_by,
            ),
            fsrs=fsrs or Fsrs(),
        )
        for rating in Rating
    }


def _next(state: QuestionState, entry: Rated, *, fsrs: Fsrs) -> Next:
    rated = rate(state, entry, fsrs=fsrs)
    assert rated.due is not None
    return Next(phase=rated.phase, due=rated.due, interval=rated.interval)
