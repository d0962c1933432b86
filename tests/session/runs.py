"""A session that is stepped by hand, for tests of the engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ptquiz.domain.answers import Picked
from ptquiz.domain.reviews import Rated, Rating, Starred, Suspended
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.session.engine import Engine
from ptquiz.session.events import Answered, Effect, Event
from ptquiz.session.state import Asking
from tests.domain.decks import deck, read

QUESTIONS = {question.id: question for question in read(deck()).questions}
QUEUE = ("s-choice", "s-claim", "s-number")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RIGHT = Verdict(result=Result.CORRECT)
WRONG = Verdict(result=Result.WRONG)
PICK = Answered(Picked((0,)))


def rated(question: str) -> Rated:
    return Rated(id="r", question=question, at=NOON, rating=Rating.GOOD, retention=0.9)


def suspended(question: str) -> Suspended:
    return Suspended(id="s", question=question, at=NOON)


def starred(question: str) -> Starred:
    return Starred(id="*", question=question, at=NOON)


class Run:
    """Steps an engine and keeps the last effects; a minute passes with each event."""

    def __init__(self, *queue: str) -> None:
        self.engine = Engine(QUESTIONS)
        self.now = NOON
        self.session, self.effects = self.engine.start(queue, self.now)

    def __call__(self, *events: Event) -> tuple[Effect, ...]:
        for event in events:
            self.now += timedelta(minutes=1)
            self.session, self.effects = self.engine.step(self.session, event, self.now)
        return self.effects

    @property
    def asked(self) -> str | None:
        return self.session.stage.question if isinstance(self.session.stage, Asking) else None


def kinds(effects: tuple[Effect, ...]) -> list[type]:
    return [type(effect) for effect in effects]
