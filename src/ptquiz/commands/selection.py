"""Which questions a session is about, when it is not simply what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import assert_never

from msgspec import Struct

from ptquiz.commands.suggesting import meant
from ptquiz.domain.outlines import Outline
from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, Journal, QuestionState, Rated, Rating, Undone, is_due, may_be_asked
from ptquiz.errors import UsageError, said
from ptquiz.scheduling.days import day_begins, study_day
from ptquiz.scheduling.interleave import apart
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.queue import due_at, recall_now

WEAKEST = 20
"""So many questions are a session of the weakest."""


class Due(Struct, frozen=True):
    """What is due, then new questions."""


class Ahead(Struct, frozen=True):
    """What is due, then what becomes due within some days."""

    days: int


class Cram(Struct, frozen=True):
    """Everything, whether it is due or not."""


class Weakest(Struct, frozen=True):
    """The questions that would most likely be missed now."""


class AgainFailed(Struct, frozen=True):
    """What was rated Again on the last study day."""


class Believed(Struct, frozen=True):
    """Questions about a misconception, and those it was shown in."""

    misconception: str


class WithStar(Struct, frozen=True):
    """What the learner has starred."""


Selection = Due | Ahead | Cram | Weakest | AgainFailed | Believed | WithStar


def select(
    selection: Selection,
    outlines: Mapping[QuestionId, Outline],
    states: Mapping[QuestionId, QuestionState],
    journal: Journal,
    *,
    now: datetime,
    utc_offset: int,
    fsrs: Fsrs,
) -> tuple[QuestionId, ...]:
    """Return the questions of a selection in the order in which they are asked, topics apart; for `Due` none.

    Those that are known come first, the lowest probability of recall first; then the new ones, in deck
    order. Suspended and buried ones are left out. Raises UsageError for a misconception that nothing names.
    """
    if isinstance(selection, Due):
        return ()
    today = study_day(now, utc_offset=utc_offset)
    free = [id for id in outlines if id not in states or may_be_asked(states[id], today=today)]
    known = [states[id] for id in free if id in states and states[id].due is not None]
    known.sort(key=lambda state: (recall_now(state, today=today, fsrs=fsrs), state.question))
    new = [id for id in free if id not in states or states[id].due is None]
    every = [*(state.question for state in known), *new]
    match selection:
        case Ahead(days=days):
            end = day_begins(today + timedelta(days=days + 1), utc_offset=utc_offset)
            waiting = [state for state in known if not is_due(state, now=now, today=today)]
            chosen = [s.question for s in waiting if (at := due_at(s, utc_offset=utc_offset)) is not None and at < end]
        case Cram():
            chosen = every
        case Weakest():
            chosen = [state.question for state in known[:WEAKEST]]
        case AgainFailed():
            failed = failed_on_last_day(journal)
            chosen = [id for id in every if id in failed]
        case Believed(misconception=name):
            shown = _questions_about(name, outlines.values(), journal.entries())
            chosen = [id for id in every if id in shown]
        case WithStar():
            starred = {state.question for state in states.values() if state.starred}
            chosen = [id for id in every if id in starred]
        case _:
            assert_never(selection)
    return tuple(apart(chosen, topic=lambda id: outlines[id].deck))


def not_due(
    ids: Iterable[QuestionId], states: Mapping[QuestionId, QuestionState], *, now: datetime, today: date
) -> set[QuestionId]:
    """Return those questions whose schedule should not move when they are practised now."""
    return {id for id in ids if (state := states.get(id)) is None or not is_due(state, now=now, today=today)}


def failed_on_last_day(journal: Journal) -> set[QuestionId]:
    """Return what was rated Again on the study day of the newest rating, cramming included."""
    latest = journal.latest()
    if latest is None:
        return set()
    begins = day_begins(study_day(latest.at, utc_offset=latest.utc_offset), utc_offset=latest.utc_offset)
    return {entry.question for entry in counted(journal.entries(since=begins)) if entry.rating is Rating.AGAIN}


def counted(entries: Iterable[Entry]) -> list[Rated]:
    """Return the ratings that were not undone."""
    entries = tuple(entries)
    undone = {(entry.question, entry.target) for entry in entries if isinstance(entry, Undone)}
    return [entry for entry in entries if isinstance(entry, Rated) and (entry.question, entry.id) not in undone]


def _questions_about(name: str, outlines: Iterable[Outline], entries: Iterable[Entry]) -> set[QuestionId]:
    """Return the questions that name a misconception or in which it was shown."""
    about: dict[str, set[QuestionId]] = {}
    for outline in outlines:
        for misconception in outline.misconceptions:
            about.setdefault(misconception, set()).add(outline.id)
    for entry in counted(entries):
        for misconception in entry.misconceptions:
            about.setdefault(misconception, set()).add(entry.question)
    if name not in about:
        raise unknown_misconception(name, about)
    return about[name]


def unknown_misconception(name: str, known: Collection[str]) -> UsageError:
    """Say that nothing names a misconception, with a suggestion."""
    return UsageError(
        said('no misconception "{name}".{meant}', name=name, meant=meant(name, known)),
        details=("ptquiz stats lists those you have shown",),
    )
