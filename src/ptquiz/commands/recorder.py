"""Write what happens in a session to the review log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct, field

from ptquiz.commands.clock import utc_offset
from ptquiz.commands.defaults import RETENTION
from ptquiz.domain.answers import (
    Answer,
    Claimed,
    Coded,
    Explained,
    Filled,
    GaveUp,
    Ordered,
    Picked,
    Recalled,
    Typed,
)
from ptquiz.domain.fingerprints import meaning, wording
from ptquiz.domain.questions import Choice, Choices, Question, QuestionId
from ptquiz.domain.reviews import Buried, Entry, Journal, QuestionState, Rated, Rating, Suspended, Undone
from ptquiz.domain.variants import drawn
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.outlook import Next, outlook
from ptquiz.session.events import Record

LONGEST_NOTE = 2000
"""Characters of an answer that the log keeps."""


LastLook = Callable[[QuestionId, datetime], date | None]
"""The study day on which a question has to be back, if it is rated at a time."""


def no_last_look(question: QuestionId, now: datetime) -> None:
    """Leave every interval as it is."""


class Recorder(Struct, frozen=True):
    """Appends entries; each is on disk when its method returns."""

    journal: Journal
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    originals: Mapping[QuestionId, Question]
    """The questions as the deck has them: a family has one history, whatever member was asked."""
    crammed: frozenset[QuestionId] = frozenset()
    """Questions whose schedule does not move in this session."""
    fsrs: Fsrs = field(default_factory=Fsrs)
    last_look: LastLook = no_last_look
    retention: float = RETENTION
    """The desired retention, from 0 to 1."""
    told: Mapping[QuestionId, Question] | None = None
    """The questions in the learner's language; the history is that of the originals."""

    def rate(self, record: Record) -> QuestionState:
        """Append a rating."""
        question, verdict = record.question, record.verdict
        now, original = self.clock(), self.originals[question.id]
        printed, known = wording(original), self.journal.state(question.id).wording
        return self.journal.append(
            Rated(
                id=self.new_id(),
                question=question.id,
                at=now.astimezone(UTC),
                utc_offset=utc_offset(now),
                rating=record.rating,
                retention=self.retention,
                result=verdict.result.value,
                answer=_storable(spell(question, record.answer)),
                misconceptions=verdict.misconceptions,
                hints=record.hints,
                seconds=round(record.seconds, 1),
                wording=printed,
                meaning=meaning(original),
                text="" if printed == known else _storable(original.ask),
                cram=question.id in self.crammed,
                back_by=self.last_look(question.id, now),
            )
        )

    def suspend(self, question: Question) -> QuestionState:
        """Append that a question is suspended."""
        now = self.clock()
        entry = Suspended(id=self.new_id(), question=question.id, at=now.astimezone(UTC), utc_offset=utc_offset(now))
        return self.journal.append(entry)

    def bury(self, question: Question) -> QuestionState:
        """Append that a question is buried until the next study day."""
        now = self.clock()
        offset = utc_offset(now)
        tomorrow = study_day(now, utc_offset=offset) + timedelta(days=1)
        entry = Buried(
            id=self.new_id(), question=question.id, at=now.astimezone(UTC), utc_offset=offset, until=tomorrow
        )
        return self.journal.append(entry)

    def take_back(self) -> Entry | None:
        """Undo the newest entry and return it; None when there is nothing to undo."""
        latest = self.journal.latest()
        if latest is None:
            return None
        now = self.clock()
        undone = Undone(
            id=self.new_id(),
            question=latest.question,
            at=now.astimezone(UTC),
            utc_offset=utc_offset(now),
            target=latest.id,
        )
        self.journal.append(undone)
        return latest

    def outlook(self, question: Question) -> dict[Rating, Next]:
        """Return when each rating would bring a question back; nothing when the schedule does not move."""
        if question.id in self.crammed:
            return {}
        now = self.clock()
        return outlook(
            self.journal.state(question.id),
            now=now.astimezone(UTC),
            utc_offset=utc_offset(now),
            retention=self.retention,
            fsrs=self.fsrs,
            back_by=self.last_look(question.id, now),
        )

    def next_member(self, question: Question) -> Question:
        """Return the member of the question's family that is asked next."""
        return drawn((self.told or self.originals)[question.id], self.journal.state(question.id).repetitions)

    def has_changed(self, question: Question) -> bool:
        """Tell whether the answer or the code is another than at the last review."""
        seen = self.journal.state(question.id).meaning
        return bool(seen) and seen != meaning(self.originals[question.id])

    def state(self, question: Question) -> QuestionState:
        """Return what the log says about a question."""
        return self.journal.state(question.id)


def _storable(text: str) -> str:
    """Shorten a text and replace what a terminal can send but UTF-8 cannot say."""
    return text[:LONGEST_NOTE].encode("utf-8", "replace").decode("utf-8")


def spell(question: Question, answer: Answer) -> str:
    """Write an answer down for the history: option texts, not their places."""
    match answer:
        case Picked(options=options):
            offered = question.options if isinstance(question, Choice | Choices) else ()
            return "; ".join(offered[i].text for i in options)
        case Claimed(truth=truth):
            return str(truth)
        case Typed(text=text):
            return text
        case Filled(texts=texts):
            return "; ".join(texts)
        case Explained(text=text):
            return text
        case Ordered(places=places):
            return " ".join(str(place + 1) for place in places)
        case Coded(code=code):
            return code
        case Recalled():
            return ""
        case GaveUp():
            return "(gave up)"
