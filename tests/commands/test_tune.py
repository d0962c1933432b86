"""Tuning fits weights to a log and uses them only where they predict better."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fsrs_rs_python import FSRS
from msgspec import structs

from ptquiz.commands.agenda import model
from ptquiz.commands.renames import RenamedJournal
from ptquiz.commands.tune import ENOUGH, go_back, tune
from ptquiz.domain.reviews import Entry, Memory, QuestionState, Rating
from ptquiz.errors import UsageError
from ptquiz.scheduling.fitting import fit, lessons
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from ptquiz.scheduling.replay import rate, replay, replayer
from ptquiz.store.journal import SqliteJournal
from tests.scheduling.logs import NOON, rated

FORGETFUL = (*(weight / 6 for weight in DEFAULT_WEIGHTS[:4]), *DEFAULT_WEIGHTS[4:8], 0.6, *DEFAULT_WEIGHTS[9:20], 0.5)
"""Somebody who forgets six times as fast at first, and whose memory grows slowly."""


def history(questions: int, *, learner: Fsrs, seed: int = 1, reviews: int = 9) -> list[Entry]:
    """Let a learner answer as the published weights schedule it."""
    chance, log = random.Random(seed), list[Entry]()
    for number in range(questions):
        question, at = f"q{number}", NOON + timedelta(days=number % 5, minutes=number)
        state, memory, last = QuestionState(question=question), None, at
        for repetition in range(reviews):
            days = (at - last).days
            rating = Rating.GOOD if chance.random() < _recall(learner, memory, days) else Rating.AGAIN
            entry = rated(f"{question}-{repetition}", at, rating, question=question)
            log.append(entry)
            memory = learner.after(memory=memory, rating=rating, days=days, retention=0.9).memory
            state = rate(state, entry, fsrs=Fsrs())
            last, at = at, at + timedelta(days=max(state.interval, 1))
    return log


def _recall(learner: Fsrs, memory: Memory | None, days: int) -> float:
    return 0.7 if memory is None else learner.retrievability(memory=memory, days=days)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    path = tmp_path / "reviews.db"
    with SqliteJournal(path, replay, replay_with=lambda weights: replayer(Fsrs(weights))) as journal:
        yield journal


def test_weights_that_predict_better_are_used_and_every_state_follows_them(journal: SqliteJournal) -> None:
    journal.merge(history(100, learner=Fsrs(FORGETFUL)))
    found = tune(journal, now=NOON)
    assert found.applied
    assert found.loss_after < found.loss_before
    assert found.rebuilt == 100
    assert model(journal).weights == found.weights != DEFAULT_WEIGHTS
    assert journal.state("q1") == replayer(Fsrs(found.weights))("q1", journal.entries("q1"))
    assert journal.check() == ()


def test_the_next_process_uses_them_and_can_go_back(journal: SqliteJournal) -> None:
    journal.merge(history(100, learner=Fsrs(FORGETFUL)))
    before = journal.states()
    found = tune(journal, now=NOON)
    with SqliteJournal(journal.path, replay, replay_with=lambda weights: replayer(Fsrs(weights))) as other:
        state = other.append(rated("later", NOON + timedelta(days=900), question="q1"))
        assert state == replayer(Fsrs(found.weights))("q1", other.entries("q1"))
        other.append(rated("gone", NOON, question="only here"))
        assert go_back(other, now=NOON) == 101
    assert journal.weights() == (found.weights, ())
    assert model(journal).weights == DEFAULT_WEIGHTS
    assert {id: state for id, state in journal.states().items() if id not in ("q1", "only here")} == {
        id: state for id, state in before.items() if id != "q1"
    }
    assert journal.check() == ()


def test_a_dry_run_changes_nothing(journal: SqliteJournal) -> None:
    journal.merge(history(100, learner=Fsrs(FORGETFUL)))
    content = journal.path.read_bytes()
    found = tune(journal, now=NOON, dry_run=True)
    assert found.loss_after < found.loss_before
    assert not found.applied
    assert journal.path.read_bytes() == content


def test_too_few_reviews_are_not_fitted(journal: SqliteJournal) -> None:
    journal.merge(history(10, learner=Fsrs()))
    found = tune(journal, now=NOON)
    assert found.reviews < ENOUGH
    assert (found.is_enough, found.applied, journal.weights()) == (False, False, ())


def test_a_renamed_question_is_fitted_as_one_history(journal: SqliteJournal) -> None:
    log = history(100, learner=Fsrs(FORGETFUL))
    journal.merge(log)
    never_renamed = tune(journal, now=NOON, dry_run=True)
    cut = {entry.question: entry.at for entry in log if entry.id.endswith("-4")}
    names = {f"old-{question}": question for question in cut}
    path = journal.path.with_name("renamed.db")
    with SqliteJournal(path, replay, replay_with=lambda weights: replayer(Fsrs(weights))) as renamed:
        renamed.merge(
            structs.replace(entry, question=f"old-{entry.question}") if entry.at < cut[entry.question] else entry
            for entry in log
        )
        told = RenamedJournal(renamed, names, lambda: replayer(model(renamed)))
        assert tune(renamed, now=NOON, dry_run=True).reviews < never_renamed.reviews
        assert tune(renamed, now=NOON, dry_run=True, history=told) == never_renamed


def test_there_is_nothing_to_go_back_to(journal: SqliteJournal) -> None:
    with pytest.raises(UsageError):
        go_back(journal, now=NOON)


def test_histories_without_a_later_day_are_left_out() -> None:
    same_day = [rated("1", NOON), rated("2", NOON + timedelta(minutes=1))]
    assert list(lessons(same_day)) == []
    assert list(lessons([*same_day, rated("3", NOON + timedelta(days=2))])) == [((3, 0), (3, 0), (3, 2))]
    assert fit({"q": same_day}) == fit({}) == DEFAULT_WEIGHTS


def test_the_fit_is_what_the_engine_itself_returns_for_these_lessons() -> None:
    from fsrs_rs_python import FSRSItem, FSRSReview

    log = history(60, learner=Fsrs(FORGETFUL))
    histories = {f"q{n}": [entry for entry in log if entry.question == f"q{n}"] for n in range(60)}
    items = [
        FSRSItem([FSRSReview(rating, days) for rating, days in steps])
        for entries in histories.values()
        for steps in lessons(entries)  # type: ignore[arg-type]
    ]
    ours = fit(histories)  # type: ignore[arg-type]
    theirs = FSRS(list(DEFAULT_WEIGHTS)).compute_parameters(items)
    assert ours == pytest.approx(theirs)
    engine = FSRS(list(ours))
    assert engine.evaluate(items).log_loss < FSRS(list(DEFAULT_WEIGHTS)).evaluate(items).log_loss
