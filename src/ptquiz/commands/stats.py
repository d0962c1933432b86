"""Report what was learned: activity, what comes, recall, readiness, calibration, time, misconceptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from statistics import median

from msgspec import Struct

from ptquiz.commands.agenda import model
from ptquiz.commands.clock import utc_offset
from ptquiz.commands.pace import kind_of
from ptquiz.commands.selection import counted
from ptquiz.commands.topics import TopicReport, report_topic
from ptquiz.domain.decks import Deck
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.domain.reviews import Entry, Journal, QuestionState, Rated, may_be_asked
from ptquiz.scheduling.calibration import Bin, Prediction, bins, off_by, predictions
from ptquiz.scheduling.days import study_day
from ptquiz.scheduling.leeches import is_leech
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import Plan
from ptquiz.scheduling.queue import due_at

WEEKS = 26
"""Of activity."""
FORECAST_DAYS = 14
RECALL_DAYS = 30


class DayCount(Struct, frozen=True):
    """How many on a study day."""

    day: date
    count: int


class Recall(Struct, frozen=True, kw_only=True):
    """How much of what was known before was remembered lately."""

    days: int
    asked: int
    recalled: int
    target: float
    """The mean desired retention at that time, from 0 to 1; 0 when nothing was asked."""


class KindTime(Struct, frozen=True, kw_only=True):
    """How long answers to a kind of question take."""

    kind: str
    answers: int
    median_seconds: float


class Misconception(Struct, frozen=True, kw_only=True):
    """A misconception that wrong answers have shown."""

    name: str
    times: int
    questions: int
    last: date


class Leech(Struct, frozen=True, kw_only=True):
    """A question that is forgotten again and again."""

    question: QuestionId
    topic: str
    lapses: int


class Stats(Struct, frozen=True, kw_only=True):
    """Everything that `ptquiz stats` shows."""

    today: date
    reviews: int
    crammed: int
    """Of the reviews, those that moved no schedule."""
    reviews_today: int
    days: int
    """Study days with a review."""
    streak: int
    """Study days in a row with a review, up to today or yesterday."""
    recall: Recall
    readiness_on: date
    """The day that readiness is about: the interview's, or today."""
    topics: tuple[TopicReport, ...]
    activity: tuple[DayCount, ...]
    """Reviews of the last 26 weeks, days without any left out."""
    forecast: tuple[DayCount, ...]
    """What is due on the next days; today's count holds what is late."""
    later: int
    """What is due after those days."""
    calibration: tuple[Bin, ...]
    off_by: float
    """How far predictions are off, from 0 to 1."""
    times: tuple[KindTime, ...]
    misconceptions: tuple[Misconception, ...]
    leeches: tuple[Leech, ...]
    archived: int
    """Questions with a history that are in no deck now."""


def report(
    decks: Sequence[Deck],
    journal: Journal,
    *,
    now: datetime,
    topics: Collection[str] = (),
    plan: Plan | None = None,
) -> Stats:
    """Read the log and the states into one report, of some topics or of all."""
    chosen = [deck for deck in decks if not topics or deck.deck in topics]
    questions = {question.id: question for deck in chosen for question in deck.questions}
    in_decks = {question.id for deck in decks for question in deck.questions}
    log, states, fsrs = journal.entries(), journal.states(), model(journal)
    if topics:
        log = tuple(entry for entry in log if entry.question in questions)
    rated = counted(log)
    offset = utc_offset(now)
    today = study_day(now, utc_offset=offset)
    predicted = tuple(_all_predictions(log, fsrs))
    ours = {id: states[id] for id in questions if id in states}
    calibrated = bins(predicted)
    activity = Counter(_day(entry) for entry in rated)
    forecast = _forecast(ours.values(), today=today, utc_offset=offset)
    readiness_on = plan.interview if plan else today
    return Stats(
        today=today,
        reviews=len(rated),
        crammed=sum(entry.cram for entry in rated),
        reviews_today=activity[today],
        days=len(activity),
        streak=_streak(activity, today),
        recall=_recall(predicted, today),
        readiness_on=readiness_on,
        topics=tuple(
            report_topic(deck, ours, predicted, now=now, today=today, readiness_on=readiness_on, fsrs=fsrs)
            for deck in chosen
        ),
        activity=tuple(DayCount(day, activity[day]) for day in sorted(activity) if 0 <= (today - day).days < 7 * WEEKS),
        forecast=tuple(
            DayCount(day, forecast[day]) for day in (today + timedelta(days=n) for n in range(FORECAST_DAYS))
        ),
        later=sum(count for day, count in forecast.items() if (day - today).days >= FORECAST_DAYS),
        calibration=calibrated,
        off_by=off_by(calibrated),
        times=_times(rated, questions),
        misconceptions=_misconceptions(rated),
        leeches=_leeches(ours, questions),
        archived=0 if topics else len(states.keys() - in_decks),
    )


def _all_predictions(log: Iterable[Entry], fsrs: Fsrs) -> Iterable[Prediction]:
    for question, entries in groupby(sorted(log, key=lambda entry: entry.question), key=lambda entry: entry.question):
        yield from predictions(question, tuple(entries), fsrs=fsrs)


def _day(entry: Entry) -> date:
    return study_day(entry.at, utc_offset=entry.utc_offset)


def _streak(activity: Collection[date], today: date) -> int:
    day = today if today in activity else today - timedelta(days=1)
    length = 0
    while day in activity:
        length, day = length + 1, day - timedelta(days=1)
    return length


def _recall(predicted: Iterable[Prediction], today: date) -> Recall:
    lately = [p for p in predicted if 0 <= (today - _day(p.entry)).days < RECALL_DAYS]
    target = sum(p.entry.retention for p in lately) / len(lately) if lately else 0.0
    return Recall(days=RECALL_DAYS, asked=len(lately), recalled=sum(p.recalled for p in lately), target=target)


def _forecast(states: Iterable[QuestionState], *, today: date, utc_offset: int) -> Counter[date]:
    """Count what is due by study day; a burial puts a question off."""
    days: Counter[date] = Counter()
    for state in states:
        due = due_at(state, utc_offset=utc_offset)
        if due is None or state.suspended:
            continue
        day = max(study_day(due, utc_offset=utc_offset), today)
        if not may_be_asked(state, today=day) and state.buried_until is not None:
            day = state.buried_until
        days[day] += 1
    return days


def _times(rated: Iterable[Rated], questions: Mapping[QuestionId, Question]) -> tuple[KindTime, ...]:
    times: dict[str, list[float]] = {}
    for entry in rated:
        if entry.question in questions and entry.seconds > 0:
            times.setdefault(kind_of(questions[entry.question]), []).append(entry.seconds)
    return tuple(
        KindTime(kind=kind, answers=len(seconds), median_seconds=round(median(seconds), 1))
        for kind, seconds in sorted(times.items())
    )


def _misconceptions(rated: Iterable[Rated]) -> tuple[Misconception, ...]:
    shown: dict[str, list[Rated]] = {}
    for entry in rated:
        for name in entry.misconceptions:
            shown.setdefault(name, []).append(entry)
    found = [
        Misconception(
            name=name,
            times=len(entries),
            questions=len({entry.question for entry in entries}),
            last=max(map(_day, entries)),
        )
        for name, entries in shown.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.times, item.name)))


def _leeches(states: Mapping[QuestionId, QuestionState], questions: Mapping[QuestionId, Question]) -> tuple[Leech, ...]:
    found = [
        Leech(question=id, topic=questions[id].deck, lapses=state.lapses)
        for id, state in states.items()
        if is_leech(state)
    ]
    return tuple(sorted(found, key=lambda leech: (-leech.lapses, leech.question)))
