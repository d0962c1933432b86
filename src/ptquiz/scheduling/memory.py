"""The memory model: FSRS-6, computed by the Rust engine that Anki uses.

The engine computes in 32 bits. Every number it returns is kept as it is, so that the same reviews
give the same memory bit for bit on the same machine.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ptquiz.domain.reviews import Memory, Rating

if TYPE_CHECKING:
    from fsrs_rs_python import FSRS, ItemState, MemoryState, NextStates

DEFAULT_WEIGHTS = (
    *(0.212, 1.2931, 2.3065, 8.2956),
    *(6.4133, 0.8334, 3.0194, 0.001),
    *(1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729),
    *(0.5425, 0.0912, 0.0658),
    0.1542,
)
"""The published FSRS-6 parameters: first stability, difficulty, stability, same-day reviews, decay."""

_RETENTIONS = (0.01, 0.999)
"""Desired retentions outside have no finite, positive interval."""

_NAMES = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}
"""What the engine calls the ratings."""


class Forecast(Struct, frozen=True):
    """What one rating would do to a memory."""

    memory: Memory
    interval: float
    """Days, unrounded, until recall has fallen to the desired retention."""


class Fsrs(Struct, frozen=True):
    """FSRS-6 with one set of weights; no clock, no randomness."""

    weights: tuple[float, ...] = DEFAULT_WEIGHTS

    def __post_init__(self) -> None:
        if len(self.weights) != len(DEFAULT_WEIGHTS):
            raise ValueError(f"FSRS-6 has {len(DEFAULT_WEIGHTS)} weights, not {len(self.weights)}")

    def forecasts(self, *, memory: Memory | None, days: int, retention: float) -> dict[Rating, Forecast]:
        """Return what each rating would do, `days` study days after the last review (0: the same day)."""
        states = self._next_states(memory, days, retention)
        return {rating: _forecast(getattr(states, name)) for rating, name in _NAMES.items()}

    def after(self, *, memory: Memory | None, rating: Rating, days: int, retention: float) -> Forecast:
        """Return what one rating does, `days` study days after the last review (0: the same day)."""
        return _forecast(getattr(self._next_states(memory, days, retention), _NAMES[rating]))

    def _next_states(self, memory: Memory | None, days: int, retention: float) -> NextStates:
        lowest, highest = _RETENTIONS
        known = None if memory is None else _memory_state()(memory.stability, memory.difficulty)
        return _engine(self.weights).next_states(known, min(max(retention, lowest), highest), max(days, 0))

    def retrievability(self, *, memory: Memory, days: float) -> float:
        """Return the probability of recall, from 0 to 1, `days` after the last review."""
        decay = -self.weights[20]
        factor = 0.9 ** (1 / decay) - 1
        return float((1 + factor * max(days, 0.0) / memory.stability) ** decay)


@cache
def _engine(weights: tuple[float, ...]) -> FSRS:
    """Build the engine once for each set of weights; the import is deferred because most commands need none."""
    from fsrs_rs_python import FSRS

    return FSRS(weights)


@cache
def _memory_state() -> type[MemoryState]:
    from fsrs_rs_python import MemoryState

    return MemoryState


def _forecast(item: ItemState) -> Forecast:
    return Forecast(Memory(item.memory.stability, item.memory.difficulty), item.interval)
