"""Compare what to ask before an interview: the plan, and plain FSRS order, with the same minutes a day.

Each learner has a memory of its own, drawn around the published FSRS-6 weights, which neither scheduler
knows; both see only the ratings. Counted is the learner's true mean recall, over all questions, on the
day of the interview; a question never seen counts as 0. Prints a table in Markdown.

    python scripts/simulate.py --seeds 10
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import mean

from msgspec.structs import replace

from ptquiz.domain.reviews import Memory, Phase, QuestionState, Rated, Rating
from ptquiz.scheduling.memory import DEFAULT_WEIGHTS, Fsrs
from ptquiz.scheduling.plan import Plan, Task, last_look, plan_queue
from ptquiz.scheduling.queue import Candidate, Limits, build_queue
from ptquiz.scheduling.replay import rate

TODAY = date(2026, 3, 2)
RETENTION = 0.9
AGAIN_TIME = 0.6
"""The share of a question's time that it takes when it comes back the same day."""
UNLIMITED = 10**6

SETTINGS = ((150, 45, 30), (200, 30, 20), (300, 30, 30), (600, 30, 30), (100, 10, 30), (300, 90, 20))
"""Questions, days, minutes a day."""


@dataclass
class Learner:
    """Somebody whose memory follows FSRS with weights of their own."""

    chance: random.Random
    model: Fsrs
    known_at_first: dict[str, float]
    memories: dict[str, tuple[Memory, int]] = field(default_factory=dict)
    """The memory and the day of the last review."""

    def answer(self, question: str, day: int) -> Rating:
        """Answer a question and remember it."""
        memory, last = self.memories.get(question, (None, day))
        right = self.known_at_first[question] if memory is None else self._recall(memory, day - last)
        rating = Rating.AGAIN
        if self.chance.random() < right:
            rating = self.chance.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (0.1, 0.8, 0.1))[0]
        after = self.model.after(memory=memory, rating=rating, days=day - last, retention=RETENTION)
        self.memories[question] = after.memory, day
        return rating

    def mean_recall(self, day: int) -> float:
        """Return the true mean recall over all questions."""
        recalls = [self._recall(memory, day - last) for memory, last in self.memories.values()]
        return sum(recalls) / len(self.known_at_first)

    def _recall(self, memory: Memory, days: int) -> float:
        return self.model.retrievability(memory=memory, days=max(days, 0.01))


def draw_learner(seed: int, questions: list[str]) -> Learner:
    """Draw weights around the published ones: each larger or smaller by about 30 %."""
    chance = random.Random(seed)
    weights = [weight * math.exp(chance.gauss(0, 0.3)) for weight in DEFAULT_WEIGHTS]
    weights[:4] = sorted(weights[:4])
    weights[4], weights[7] = min(weights[4], 9.5), DEFAULT_WEIGHTS[7]
    weights[15], weights[16] = min(weights[15], 0.95), max(weights[16], 1.05)
    weights[20] = min(max(weights[20], 0.1), 0.5)
    return Learner(chance, Fsrs(tuple(weights)), {question: chance.uniform(0.3, 0.8) for question in questions})


Order = Callable[[list[Task], Plan, datetime], Iterator[str]]
"""What a scheduler asks on a day, as long as there is time."""


def planned(tasks: list[Task], plan: Plan, now: datetime) -> Iterator[str]:
    """Ask what the plan says."""
    yield from plan_queue(tasks, plan, now=now, utc_offset=0, fsrs=Fsrs())


def plain(new: int, *, fill: bool) -> Order:
    """Ask what is due and some new questions; then, to fill the time, the rest, least remembered first."""

    def order(tasks: list[Task], plan: Plan, now: datetime) -> Iterator[str]:
        candidates = [Candidate(task.question, task.topic) for task in tasks]
        states = {task.question: task.state for task in tasks if task.state is not None}
        limits = Limits(new=new, reviews=UNLIMITED)
        queue = build_queue(candidates, states, now=now, utc_offset=0, limits=limits)
        yield from queue
        if fill:
            limits = Limits(new=UNLIMITED, reviews=UNLIMITED)
            seen = {id for id, state in states.items() if state.reviewed_on == now.date()} | set(queue)
            early = {id: replace(state, due=now, phase=Phase.REVIEW) for id, state in states.items() if id not in seen}
            others = [candidate for candidate in candidates if candidate.id not in seen]
            yield from build_queue(others, early, now=now, utc_offset=0, limits=limits)

    return order


ORDERS: dict[str, Order] = {
    "FSRS, 10 new a day": plain(10, fill=False),
    "FSRS, 20 new a day": plain(20, fill=False),
    "FSRS, 10 new a day, time filled": plain(10, fill=True),
    "FSRS, 20 new a day, time filled": plain(20, fill=True),
    "the plan": planned,
}


def prepare(order: Order, *, questions: int, days: int, minutes: int, seed: int) -> float:
    """Let a learner follow a scheduler until the day; return the true mean recall on it."""
    ids = [f"q{number}" for number in range(questions)]
    learner = draw_learner(seed, ids)
    plan = Plan(made=TODAY, interview=TODAY + timedelta(days=days), minutes=minutes)
    tasks = {
        id: Task(question=id, topic=f"t{number % 8}", seconds=learner.chance.choice((20, 30, 30, 40, 40, 60, 120)))
        for number, id in enumerate(ids)
    }
    whole = sum(task.seconds for task in tasks.values())
    for day in range(days):
        now = datetime.combine(TODAY + timedelta(days=day), time(12), UTC)
        left = minutes * 60.0
        for question in order(list(tasks.values()), plan, now):
            if left <= 0:
                break
            look = last_look(question, plan, today=now.date(), seconds=whole) if order is planned else None
            tasks[question], took = ask(learner, tasks[question], now, day, look)
            left -= took
    return learner.mean_recall(days)


def ask(learner: Learner, task: Task, now: datetime, day: int, look: date | None) -> tuple[Task, float]:
    """Ask a question until it is known; return it with its new state, and the seconds that took."""
    state, took = task.state or QuestionState(question=task.question), task.seconds
    while True:
        rating = learner.answer(task.question, day)
        entry = Rated(id="", question=task.question, at=now, rating=rating, retention=RETENTION, back_by=look)
        state = rate(state, entry, fsrs=Fsrs())
        if rating is not Rating.AGAIN:
            return replace(task, state=state), took
        took += AGAIN_TIME * task.seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=10, help="learners for each row")
    seeds = range(parser.parse_args().seeds)
    print("| questions | days | minutes a day |", " | ".join(ORDERS), "|")
    print("|" + "---:|" * (3 + len(ORDERS)))
    for questions, days, minutes in SETTINGS:
        cells = []
        for order in ORDERS.values():
            found = [prepare(order, questions=questions, days=days, minutes=minutes, seed=seed) for seed in seeds]
            cells.append(f"{mean(found):.0%} ({min(found):.0%} to {max(found):.0%})".replace("%", " %"))
        print("|", " | ".join((str(questions), str(days), str(minutes), *cells)), "|", flush=True)


if __name__ == "__main__":
    main()
