"""Fitting the memory model to a learner: ours beside py-fsrs on the same reviews, and how well both predict others.

`ptquiz tune --dry-run` is the whole command: it reads the log, fits to four fifths of it, and judges by the rest.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter

from benchmarks.harness import PTQUIZ, PYTHON, ROOT, Found, Options, Row, say, surroundings, take_turns, timed
from ptquiz.domain.reviews import QuestionState, Rated, Rating
from ptquiz.paths import user_paths
from ptquiz.scheduling.calibration import log_loss, predictions
from ptquiz.scheduling.fitting import fit
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from ptquiz.scheduling.replay import rate, replay
from ptquiz.store.journal import SqliteJournal

REVIEWS, QUICK = 3_600, 450
IN_ONE_HISTORY = 9
BEGIN = datetime(2024, 1, 1, 12, tzinfo=UTC)
FORGETFUL = (*(weight / 6 for weight in DEFAULT_WEIGHTS[:4]), *DEFAULT_WEIGHTS[4:8], 0.6, *DEFAULT_WEIGHTS[9:20], 0.5)
"""The learner: somebody who forgets six times as fast at first, and whose memory grows slowly."""
PY_FSRS = "py-fsrs"

Histories = Mapping[str, Sequence[Rated]]


def measure(options: Options) -> Found:
    """Fit with both in turn, then compare what they predict of reviews that neither has seen."""
    reviews = QUICK if options.quick else REVIEWS
    learned, unseen = histories(reviews, seed=1), histories(reviews, seed=2)
    environ = surroundings(options.folder / "home")
    with SqliteJournal(user_paths(environ).journal, replay) as journal:
        journal.merge([entry for history in learned.values() for entry in history])
    ways = {"fit": partial(_fit_alone, learned), "command": partial(_tune, environ)}
    if options.py_fsrs:
        ways["theirs"] = partial(_fit_with_py_fsrs, options.py_fsrs, learned)
    say(f"tune: {reviews:,} reviews, with {' and '.join(ways)}")
    found = take_turns(ways, options.often(3, 2), few={"theirs": 2})
    return Found(rows(found, unseen, reviews), () if options.py_fsrs else [f"{PY_FSRS}: --py-fsrs PYTHON"])


def rows(found: Mapping[str, list[dict[str, object]]], unseen: Histories, reviews: int) -> list[Row]:
    """Return the rows on time, memory and prediction."""
    ours, theirs = found["fit"], found.get("theirs", [])
    beside = PY_FSRS if theirs else ""
    made = [
        Row(f"fit to {reviews:,} reviews", _all(ours, "seconds"), "s", beside, _all(theirs, "seconds")),
        Row("whole command, or process", _all(found["command"], "whole"), "s", beside, _all(theirs, "whole")),
        Row("memory, resident", _all(ours, "resident"), "MB", beside, _all(theirs, "resident")),
    ]
    made.append(Row("log-loss, unseen reviews", _losses(ours, unseen), "", beside, _losses(theirs, unseen)))
    published = [loss(DEFAULT_WEIGHTS, unseen)]
    made.append(Row("log-loss, unseen reviews", _losses(ours, unseen), "", "published weights", published))
    perfect = [loss(FORGETFUL, unseen)]
    made.append(Row("log-loss, unseen reviews", _losses(ours, unseen), "", "the learner's own weights", perfect))
    return made


def histories(reviews: int, *, seed: int) -> Histories:
    """Let the learner answer questions as the published weights schedule them."""
    chance, learner, made = random.Random(seed), Fsrs(FORGETFUL), dict[str, list[Rated]]()
    for number in range(reviews // IN_ONE_HISTORY):
        question, at = f"question-{number}", BEGIN + timedelta(days=number % 50)
        state, memory, last, history = QuestionState(question=question), None, at, list[Rated]()
        for repetition in range(IN_ONE_HISTORY):
            days = (at - last).days
            recall = 0.7 if memory is None else learner.retrievability(memory=memory, days=days)
            rating = Rating.GOOD if chance.random() < recall else Rating.AGAIN
            entry = Rated(
                id=f"{number:032x}-{repetition}",
                question=question,
                at=at,
                utc_offset=0,
                rating=rating,
                retention=0.9,
                result="correct" if rating is Rating.GOOD else "wrong",
            )
            history.append(entry)
            memory = learner.after(memory=memory, rating=rating, days=days, retention=0.9).memory
            state = rate(state, entry, fsrs=Fsrs())
            last, at = at, at + timedelta(days=max(state.interval, 1))
        made[question] = history
    return made


def loss(weights: Sequence[float], unseen: Histories) -> float:
    """Return the mean logarithmic loss of weights on reviews."""
    fsrs = Fsrs(tuple(weights))
    return log_loss([p for question, history in unseen.items() for p in predictions(question, history, fsrs=fsrs)])


def _losses(runs: list[dict[str, object]], unseen: Histories) -> list[float]:
    return [loss([float(weight) for weight in run["weights"]], unseen) for run in runs]  # type: ignore[attr-defined]


def _all(runs: list[dict[str, object]], name: str) -> list[float]:
    return [float(str(run[name])) for run in runs]


def _fit_alone(learned: Histories) -> dict[str, object]:
    """Fit in a process of its own, which reads the reviews as the other side does."""
    return _asked([PYTHON, "-m", "benchmarks.tune"], learned)


def _fit_with_py_fsrs(python: str, learned: Histories) -> dict[str, object]:
    return _asked([python, "-m", "benchmarks.py_fsrs_side"], learned)


def _asked(command: Sequence[str], learned: Histories) -> dict[str, object]:
    """Give reviews to a process and return what it says, with the seconds it took as a whole."""
    reviews = [
        (number, entry.at.isoformat(), int(entry.rating))
        for number, history in enumerate(learned.values())
        for entry in history
    ]
    began = perf_counter()
    ended = subprocess.run(command, input=json.dumps(reviews), cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{command[0]} does not fit:\n{ended.stderr}")
    return {**json.loads(ended.stdout), "whole": perf_counter() - began}


def _tune(environ: Mapping[str, str]) -> dict[str, object]:
    """Run the whole command."""
    command = [*PTQUIZ, "tune", "--dry-run"]
    return {"whole": timed(lambda: subprocess.run(command, env=environ, check=True, capture_output=True))()}


def _answer() -> dict[str, object]:
    """Fit to the reviews on standard input."""
    from benchmarks.processes import memory

    learned: dict[str, list[Rated]] = {}
    for number, at, rating in json.load(sys.stdin):
        entry = Rated(
            id=f"{at}-{number}",
            question=str(number),
            at=datetime.fromisoformat(at),
            utc_offset=0,
            rating=Rating(rating),
            retention=0.9,
        )
        learned.setdefault(entry.question, []).append(entry)
    began = perf_counter()
    weights = fit(learned)
    return {"seconds": perf_counter() - began, "weights": list(weights), "resident": memory().resident}


if __name__ == "__main__":
    print(json.dumps(_answer()))
