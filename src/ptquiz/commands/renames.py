"""Read the history of a renamed question under its new id; the log itself stays as it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from msgspec.structs import replace

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, EntryId, Journal, QuestionState, Replay, Undone, is_due, overdue_among
from ptquiz.store.codec import canonical

Names = Mapping[QuestionId, QuestionId]
"""The new id of each old one."""


@dataclass(frozen=True)
class RenamedJournal:
    """A journal in which the entries of an old id count for the new one, together with its own."""

    journal: Journal
    names: Names
    replay: Callable[[], Replay]
    """Makes the replay of the weights in use; only states of renamed questions are computed here."""

    def append(self, entry: Entry) -> QuestionState:
        """Write an entry and return the state that follows; what undoes an old entry is written under its old id."""
        written = self.journal.append(replace(entry, question=self._written_under(entry)))
        return self._state(entry.question) if entry.question in self._old_ids else written

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question under any of its ids."""
        return self._state(question) if question in self._old_ids else self.journal.state(question)

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""
        return self._told(self.journal.states()) | self._renamed()

    def pertinent(self, *, until: datetime, day: date, reviews: bool = True) -> dict[QuestionId, QuestionState]:
        """Return the states a queue is made of: due at an instant of a study day, rated on it, or never."""
        renamed = self._renamed()
        left_out = set() if reviews else set(overdue_among(renamed.values(), day=day))
        ours = {
            id: state
            for id, state in renamed.items()
            if state.reviewed_on == day
            or (id not in left_out and (state.due is None or is_due(state, now=until, today=day)))
        }
        return self._told(self.journal.pertinent(until=until, day=day, reviews=reviews)) | ours

    def overdue(self, *, day: date) -> tuple[QuestionId, ...]:
        """Return the reviews that are due, and may be asked, on a study day, least remembered first."""
        if not self._shadowed:
            return self.journal.overdue(day=day)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return overdue_among(self.pertinent(until=midnight, day=day).values(), day=day)

    def scheduled(self) -> set[QuestionId]:
        """Return every question that has a due time."""
        return (self.journal.scheduled() - self._shadowed) | {
            id for id, state in self._renamed().items() if state.due is not None
        }

    def first_due(self, after: datetime) -> datetime | None:
        """Return the first due time after an instant, of the questions that are not suspended."""
        ours = [s.due for s in self._renamed().values() if s.due is not None and s.due > after and not s.suspended]
        hidden = {self.journal.state(id).due for id in self._shadowed}
        first = self.journal.first_due(after)
        while first is not None and first in hidden and not self._others_due(first):
            first = self.journal.first_due(first)
        return min((*ours, *(() if first is None else (first,))), default=None)

    def entries(self, question: QuestionId | None = None, *, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the log, one question's part of it, or what is not older than an instant; oldest first."""
        if question is None:
            return tuple(self._now_called(entry) for entry in self.journal.entries(since=since))
        ids = (*self._old_ids.get(question, ()), question)
        found = (self._now_called(entry) for id in ids for entry in self.journal.entries(id, since=since))
        return tuple(sorted(found, key=canonical))

    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Return every set of FSRS weights that was adopted, oldest first; an empty one is the published one."""
        return self.journal.weights()

    def newest(self, count: int) -> tuple[Entry, ...]:
        """Return the entries written last, newest first."""
        return tuple(self._now_called(entry) for entry in self.journal.newest(count))

    def latest(self) -> Entry | None:
        """Return the newest entry that an undo would take back."""
        latest = self.journal.latest()
        return None if latest is None else self._now_called(latest)

    @cached_property
    def _old_ids(self) -> dict[QuestionId, tuple[QuestionId, ...]]:
        """The old ids that have entries, by the new one."""
        found: dict[QuestionId, tuple[QuestionId, ...]] = {}
        for old, new in self.names.items():
            if self.journal.entries(old):
                found[new] = (*found.get(new, ()), old)
        return found

    @cached_property
    def _shadowed(self) -> frozenset[QuestionId]:
        """The ids whose states in the journal below tell only a part of a history."""
        return frozenset((*self._old_ids, *(old for ids in self._old_ids.values() for old in ids)))

    def _state(self, question: QuestionId) -> QuestionState:
        return self.replay()(question, self.entries(question))

    def _renamed(self) -> dict[QuestionId, QuestionState]:
        return {id: self._state(id) for id in self._old_ids}

    def _told(self, states: Mapping[QuestionId, QuestionState]) -> dict[QuestionId, QuestionState]:
        return {id: state for id, state in states.items() if id not in self._shadowed}

    def _others_due(self, at: datetime) -> bool:
        """Tell whether a question that was not renamed is due at an instant."""
        states = self._told(self.journal.pertinent(until=at, day=at.date() + timedelta(days=1)))
        return any(state.due == at and not state.suspended for state in states.values())

    def _now_called(self, entry: Entry) -> Entry:
        new = self.names.get(entry.question)
        return entry if new is None else replace(entry, question=new)

    def _written_under(self, entry: Entry) -> QuestionId:
        """Return the id under which an entry is written: an undoing belongs to the log of its target."""
        if isinstance(entry, Undone):
            return self._owner(entry.question, entry.target)
        return entry.question

    def _owner(self, question: QuestionId, target: EntryId) -> QuestionId:
        for old in self._old_ids.get(question, ()):
            if any(entry.id == target for entry in self.journal.entries(old)):
                return old
        return question
