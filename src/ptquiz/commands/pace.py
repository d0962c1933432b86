"""How long the learner takes for a question of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.selection import counted
from ptquiz.domain.outlines import Outline
from ptquiz.domain.questions import Fix, Question, QuestionId, Write
from ptquiz.domain.reviews import Journal
from ptquiz.scheduling.days import day_begins, study_day

SECONDS_EACH = 35.0
SECONDS_EACH_CODE = 240.0

RECENT = 300
"""Entries of the log: more would make the start slow."""
ENOUGH = 5
"""Answers of a kind from which its time is the learner's own."""

_CODE = frozenset(str(kind.__struct_config__.tag) for kind in (Write, Fix))

_LEAST, _MOST = 5.0, 900.0
"""A shorter time is a slip, a longer one a pause."""


def seconds_each(kind: str) -> float:
    """Return how long a question of a kind takes while nothing is known of the learner."""
    return SECONDS_EACH_CODE if kind in _CODE else SECONDS_EACH


def pace(outlines: Mapping[QuestionId, Outline], journal: Journal) -> Callable[[Outline], float]:
    """Return what tells the seconds a question takes: the median of its kind lately, or a guess."""
    times: dict[str, list[float]] = {}
    for entry in counted(journal.newest(RECENT)):
        if entry.question in outlines and entry.seconds > 0:
            times.setdefault(outlines[entry.question].kind, []).append(min(max(entry.seconds, _LEAST), _MOST))
    usual = {kind: _median(seconds) for kind, seconds in times.items() if len(seconds) >= ENOUGH}
    return lambda outline: usual.get(outline.kind, seconds_each(outline.kind))


def kind_of(question: Question) -> str:
    """Return the kind of a question as a deck spells it."""
    return str(question.__struct_config__.tag)


def spent_today(journal: Journal, *, now: datetime) -> float:
    """Return the seconds that were spent on answers this study day."""
    offset = utc_offset(now)
    begins = day_begins(study_day(now, utc_offset=offset), utc_offset=offset)
    return sum(entry.seconds for entry in counted(journal.entries(since=begins)))


def _median(values: list[float]) -> float:
    """Return the middle one; the statistics module would cost the start more than all else here."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
