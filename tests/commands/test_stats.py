"""The report counts what the log says, and nothing that was undone."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest

from ptquiz.commands.stats import DayCount, Leech, Misconception, Recall, report
from ptquiz.domain.reviews import Buried, Entry, Rating, Undone
from ptquiz.scheduling.calibration import Prediction, bins, log_loss, off_by, predictions
from ptquiz.scheduling.memory import Fsrs
from ptquiz.scheduling.plan import Plan
from ptquiz.scheduling.replay import replay
from ptquiz.store.memory_journal import MemoryJournal
from ptquiz.ui.bars import bar, spark
from ptquiz.ui.stats_view import show_stats
from ptquiz.ui.terminal.abilities import UNICODE, Abilities
from ptquiz.ui.terminal.screen import Screen
from tests.domain.decks import deck, read
from tests.scheduling.logs import NOON, rated

DECK = read(deck("true-false", "flashcard", "choice"))
MONDAY = date(2026, 3, 2)
AGAIN, HARD, GOOD, EASY = Rating


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


LOG: list[Entry] = [
    rated("1", ago(9), AGAIN, question="s-claim", misconceptions=("eval-is-no-grad",), seconds=10.0),
    rated("2", ago(9) + timedelta(minutes=10), question="s-claim", seconds=20.0),
    rated("3", ago(7), question="s-claim", seconds=60.0),
    rated("4", ago(2), AGAIN, question="s-claim", misconceptions=("eval-is-no-grad",)),
    rated("5", ago(1), question="s-flashcard", seconds=5.0),
    rated("6", ago(1) + timedelta(minutes=1), EASY, question="s-flashcard", cram=True),
    rated("7", ago(0.1), question="gone"),
    rated("8", ago(0.1), question="s-choice"),
    Undone(id="9", question="s-choice", at=NOON, target="8"),
]


@pytest.fixture
def journal() -> MemoryJournal:
    journal = MemoryJournal(replay)
    journal.merge(LOG)
    return journal


def test_totals_leave_out_what_was_undone(journal: MemoryJournal) -> None:
    found = report([DECK], journal, now=NOON)
    assert (found.reviews, found.crammed, found.reviews_today, found.days, found.streak) == (7, 1, 1, 5, 3)
    assert (found.archived, found.activity[-1]) == (1, DayCount(MONDAY, 1))
    assert [item.count for item in found.activity] == [2, 1, 1, 2, 1]


def test_a_streak_lasts_until_a_day_without_a_review_is_over(journal: MemoryJournal) -> None:
    assert report([DECK], journal, now=NOON + timedelta(days=1)).streak == 3
    assert report([DECK], journal, now=NOON + timedelta(days=2)).streak == 0


def test_recall_is_of_known_questions_on_later_days(journal: MemoryJournal) -> None:
    found = report([DECK], journal, now=NOON)
    assert found.recall == Recall(days=30, asked=2, recalled=1, target=0.9)
    assert [topic.weeks for topic in found.topics] == [(None, None, None, None, None, 1.0, 0.0)]


def test_a_topic_is_as_ready_as_its_questions_are_remembered(journal: MemoryJournal) -> None:
    found = report([DECK], journal, now=NOON, plan=Plan(made=MONDAY, interview=date(2026, 3, 12), minutes=30))
    (topic,) = found.topics
    recalls = [
        Fsrs().retrievability(memory=state.memory, days=10 + ago_)
        for id, ago_ in (("s-claim", 2), ("s-flashcard", 1))
        if (state := journal.state(id)).memory is not None
    ]
    assert topic.readiness == pytest.approx(sum(recalls) / 3)
    assert (topic.questions, topic.new, topic.learning, topic.young, topic.due) == (3, 1, 1, 1, 1)
    assert found.readiness_on == date(2026, 3, 12)


def test_the_forecast_puts_what_is_late_on_today_and_what_is_buried_off(journal: MemoryJournal) -> None:
    journal.append(Buried(id="b", question="s-flashcard", at=NOON, until=date(2026, 3, 9)))
    found = report([DECK], journal, now=NOON)
    assert [item for item in found.forecast if item.count] == [DayCount(MONDAY, 1), DayCount(date(2026, 3, 9), 1)]
    assert len(found.forecast) == 14


def test_misconceptions_and_times_and_leeches(journal: MemoryJournal) -> None:
    for n in range(8):
        journal.append(rated(f"good{n}", NOON + timedelta(days=10 * n + 1), GOOD, question="s-flashcard"))
        journal.append(rated(f"bad{n}", NOON + timedelta(days=10 * n + 9), AGAIN, question="s-flashcard"))
    found = report([DECK], journal, now=NOON + timedelta(days=90))
    shown = Misconception(name="eval-is-no-grad", times=2, questions=1, last=MONDAY - timedelta(days=2))
    assert found.misconceptions == (shown,)
    assert [(time.kind, time.answers, time.median_seconds) for time in found.times] == [
        ("flashcard", 1, 5.0),
        ("true-false", 3, 20.0),
    ]
    assert found.leeches == (Leech(question="s-flashcard", topic="sample", lapses=8),)


def test_one_topic_leaves_the_others_out(journal: MemoryJournal) -> None:
    found = report([DECK], journal, now=NOON, topics=["sample"])
    assert (found.reviews, found.archived) == (6, 0)


def test_a_prediction_is_what_the_memory_before_the_answer_says() -> None:
    history = [entry for entry in LOG if entry.question == "s-claim"]
    found = list(predictions("s-claim", history, fsrs=Fsrs()))
    before = replay("s-claim", history[:2]).memory
    assert before is not None
    assert [p.entry.id for p in found] == ["3", "4"]
    assert found[0].recall == Fsrs().retrievability(memory=before, days=2)


def test_bins_and_losses_of_known_predictions() -> None:
    found = [Prediction(rated(str(n), rating=AGAIN if n < 2 else GOOD), 0.85) for n in range(10)]
    (one,) = bins([*found])
    assert (one.low, one.high, one.reviews, one.actual) == (0.8, 0.9, 10, 0.8)
    assert off_by([one]) == pytest.approx(0.05)
    assert log_loss(found) == pytest.approx(0.5094, abs=1e-4)
    assert log_loss([]) == off_by([]) == 0.0
    assert [bin.low for bin in bins([Prediction(rated("1"), 1.0), Prediction(rated("2"), 0.0)])] == [0.0, 0.9]


def text(journal: MemoryJournal, abilities: Abilities) -> str:
    out = io.StringIO()
    show_stats(Screen(out, abilities), report([DECK], journal, now=NOON))
    return out.getvalue()


@pytest.mark.parametrize("abilities", [Abilities(columns=80), Abilities(columns=80, glyphs=UNICODE, colour=True)])
def test_the_report_fits_and_is_ascii_without_unicode(journal: MemoryJournal, abilities: Abilities) -> None:
    shown = text(journal, abilities)
    assert shown.isascii() == (abilities.glyphs is not UNICODE)
    if not abilities.colour:
        assert max(map(len, shown.splitlines())) <= 100


def test_a_report_on_an_empty_log_is_short() -> None:
    shown = text(MemoryJournal(replay), Abilities(columns=80))
    assert shown.startswith("0 reviews on 0 days, 0 today, streak 0 days, recall in 30 days none yet\n")
    assert "reviews a day" not in shown


def test_bars_are_as_long_as_their_values() -> None:
    unicode, plain = Screen(io.StringIO(), Abilities(glyphs=UNICODE)), Screen(io.StringIO())
    assert [len(bar(unicode, value, 10)) for value in (0, 0.01, 5, 10, 20)] == [0, 1, 15, 30, 30]
    assert bar(plain, 5, 10, width=4) == "##"
    assert bar(unicode, 1, 0) == ""
    assert (spark(unicode, [0.0, None, 1.0]), spark(plain, [0.0, None, 0.55, 1.0])) == ("▁·█", "0.59")
