"""The journal in memory: the twin of the SQLite one for tests and for sessions that are not saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, EntryId, QuestionState, Replay, Undone, is_due, overdue_among
from ptquiz.errors import StoreError, said
from ptquiz.store.codec import canonical, encode_entry


class MemoryJournal:
    """A review log that is gone when the program ends."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._entries: dict[EntryId, Entry] = {}
        self._by_question: dict[QuestionId, list[Entry]] = {}
        self._states: dict[QuestionId, QuestionState] = {}

    def append(self, entry: Entry) -> QuestionState:
        """Add an entry and return the state that follows."""
        encode_entry(entry)
        if entry.id in self._entries:
            raise StoreError(said("the review log already has an entry {entry}", entry=entry.id))
        self._add(entry)
        return self._refreshed(entry.question)

    def merge(self, entries: Iterable[Entry]) -> int:
        """Add the entries that are not in the log yet, all or none; return how many."""
        fresh: dict[EntryId, Entry] = {}
        for entry in sorted(entries, key=canonical):
            encode_entry(entry)
            ours = self._entries.get(entry.id) or fresh.get(entry.id)
            if ours is None:
                fresh[entry.id] = entry
            elif ours != entry:
                raise StoreError(said("the logs disagree on the entry {entry}", entry=entry.id))
        for entry in fresh.values():
            self._add(entry)
        for question in {entry.question for entry in fresh.values()}:
            self._refreshed(question)
        return len(fresh)

    def state(self, question: QuestionId) -> QuestionState:
        """Return what is known of a question; a fresh state when nothing is."""
        return self._states.get(question) or QuestionState(question=question)

    def states(self) -> dict[QuestionId, QuestionState]:
        """Return the state of every question that has an entry."""
        return dict(self._states)

    def pertinent(self, *, until: datetime, day: date, reviews: bool = True) -> dict[QuestionId, QuestionState]:
        """Return the states a queue is made of: due at an instant of a study day, rated on it, or never."""
        left_out = set() if reviews else set(self.overdue(day=day))
        return {
            question: state
            for question, state in self._states.items()
            if state.reviewed_on == day
            or (question not in left_out and (state.due is None or is_due(state, now=until, today=day)))
        }

    def overdue(self, *, day: date) -> tuple[QuestionId, ...]:
        """Return the reviews that are due, and may be asked, on a study day, least remembered first."""
        return overdue_among(self._states.values(), day=day)

    def scheduled(self) -> set[QuestionId]:
        """Return every question that has a due time."""
        return {question for question, state in self._states.items() if state.due is not None}

    def first_due(self, after: datetime) -> datetime | None:
        """Return the first due time after an instant, of the questions that are not suspended."""
        dues = (state.due for state in self._states.values() if not state.suspended and state.due is not None)
        return min((due for due in dues if due > after), default=None)

    def entries(self, question: QuestionId | None = None, *, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the log, one question's part of it, or what is not older than an instant; in canonical order."""
        chosen = self._entries.values() if question is None else self._by_question.get(question, ())
        return tuple(sorted((entry for entry in chosen if since is None or entry.at >= since), key=canonical))

    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Return no weights: this journal uses those of its replay."""
        return ()

    def newest(self, count: int) -> tuple[Entry, ...]:
        """Return the entries written last, newest first."""
        return tuple(reversed(self._entries.values()))[:count]

    def latest(self) -> Entry | None:
        """Return the entry written last that is no undoing and is not undone."""
        undone = {(entry.question, entry.target) for entry in self._entries.values() if isinstance(entry, Undone)}
        for entry in reversed(self._entries.values()):
            if not isinstance(entry, Undone) and (entry.question, entry.id) not in undone:
                return entry
        return None

    def _add(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self._by_question.setdefault(entry.question, []).append(entry)

    def _refreshed(self, question: QuestionId) -> QuestionState:
        state = self._replay(question, self.entries(question))
        self._states[question] = state
        return state
