"""Choose what an interviewer asks next: deeper after a good answer, sideways after a poor one.

The choice depends on nothing but the terms and the answers so far, so that an interview that was cut off
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ptquiz.domain.digests import blake2b
from ptquiz.domain.interviews import Grade, Interview, Seniority, Style, Turn, budget, style_of
from ptquiz.domain.questions import Level, Question, QuestionId

DEPTH = {Level.ANSWER: 0, Level.FOLLOW_UP: 1, Level.SOURCE: 2}

SHARES = {Style.SPOKEN: 3, Style.PREDICTED: 2, Style.PICKED: 2}
"""How often each style is put, relative to the others; code has its own time."""

CODE_FROM = 0.4
"""The share of an interview after which a code task may come."""

GIVE_UP_AFTER = 2
"""Poor answers in a row after which an interviewer leaves a topic."""


class Bounds(Struct, frozen=True):
    """What somebody of a seniority is asked."""

    hardest: int
    deepest: int


BOUNDS = {Seniority.JUNIOR: Bounds(3, 1), Seniority.SENIOR: Bounds(4, 2), Seniority.RESEARCH: Bounds(5, 2)}


class Interviewer:
    """Chooses from the questions of some topics, in the order of their decks."""

    def __init__(self, questions: Mapping[QuestionId, Question]) -> None:
        self._questions = questions
        self._before: dict[QuestionId, list[QuestionId]] = {}
        for question in questions.values():
            for follower in question.follows:
                self._before.setdefault(follower, []).append(question.id)

    def next(self, interview: Interview) -> QuestionId | None:
        """Return the next question; None when the time is used up or nothing is left to ask."""
        if spent(interview) >= 60 * interview.terms.minutes:
            return None
        if self._time_for_code(interview) and (task := self._code_task(interview)) is not None:
            return task
        here = self._here(interview)
        if here is not None and (onward := self._onward(interview, here)) is not None:
            return onward
        return self._elsewhere(interview, here) or self._code_task(interview)

    def _onward(self, interview: Interview, topic: str) -> QuestionId | None:
        """Stay in a topic: follow up the last answer, unless the topic has had its time or goes badly."""
        turns = [turn for turn in interview.turns if turn.topic == topic]
        if not turns:
            return self._opening(interview, topic)
        share = 60 * interview.terms.minutes / len(interview.terms.topics)
        poor = [turn.grade is Grade.POOR for turn in turns[-GIVE_UP_AFTER:]]
        others = any(self._open_to(interview, other) for other in interview.terms.topics if other != topic)
        if others and (_time(interview, turns) >= share or (len(poor) == GIVE_UP_AFTER and all(poor))):
            return None
        candidates = self._open_to(interview, topic)
        last = next((turn for turn in reversed(turns) if turn.style is not Style.CODED), turns[-1])
        near = self._deeper(last, candidates) if last.grade is Grade.GOOD else self._sideways(last, candidates)
        return self._pick(interview, near or candidates)

    def _elsewhere(self, interview: Interview, here: str | None) -> QuestionId | None:
        """Open the next topic; when all were opened, go back to the first with something left."""
        opened = {turn.topic for turn in interview.turns}
        for topic in interview.terms.topics:
            if topic not in opened and (opening := self._opening(interview, topic)) is not None:
                return opening
        for topic in interview.terms.topics:
            if topic != here and (left := self._open_to(interview, topic)):
                return self._pick(interview, left)
        return None

    def _opening(self, interview: Interview, topic: str) -> QuestionId | None:
        """Return the first rung of a topic's ladder: a question that follows no other, preferably in words."""
        candidates = self._open_to(interview, topic)
        roots = [question for question in candidates if question.id not in self._before] or candidates
        ranked = sorted(
            roots, key=lambda q: (DEPTH[q.level], not q.follows, style_of(q) is not Style.SPOKEN, q.difficulty)
        )
        return ranked[0].id if ranked else None

    def _time_for_code(self, interview: Interview) -> bool:
        """Tell whether a code task should come now: one for each half hour, once the interview is under way."""
        total, used = 60 * interview.terms.minutes, spent(interview)
        had = sum(turn.style is Style.CODED for turn in interview.turns)
        wanted = max(1, interview.terms.minutes // 30)
        return had < wanted and used >= total * (CODE_FROM + had * (1 - CODE_FROM) / wanted)

    def _code_task(self, interview: Interview) -> QuestionId | None:
        """Return a code task of a topic that was talked about, if one fits into the time that is left."""
        left = 60 * interview.terms.minutes - spent(interview)
        opened = {turn.topic for turn in interview.turns}
        tasks = [
            task
            for topic in interview.terms.topics
            if topic in opened
            for task in self._allowed(interview, topic)
            if style_of(task) is Style.CODED and budget(task) <= left
        ]
        strong = {turn.topic for turn in interview.turns if turn.grade is not Grade.POOR}
        return _drawn(interview, [task for task in tasks if task.deck in strong] or tasks)

    def _deeper(self, last: Turn, candidates: Sequence[Question]) -> list[Question]:
        """Return the follow-ups of the last question, or else whatever is one rung further down."""
        followers = self._questions[last.question].follows if last.question in self._questions else ()
        below = [question for question in candidates if question.id in followers]
        return below or [q for q in candidates if DEPTH[q.level] == DEPTH[last.level] + 1]

    def _sideways(self, last: Turn, candidates: Sequence[Question]) -> list[Question]:
        """Return what else follows from the same question, or else what is no deeper."""
        parents = self._before.get(last.question, ())
        beside = {id_ for parent in parents if parent in self._questions for id_ in self._questions[parent].follows}
        level = [q for q in candidates if DEPTH[q.level] <= DEPTH[last.level]]
        return [question for question in level if question.id in beside] or level

    def _pick(self, interview: Interview, candidates: Sequence[Question]) -> QuestionId | None:
        """Take the style that was put least for its share; of its questions, one drawn by chance."""
        if not candidates:
            return None
        put = {style: sum(turn.style is style for turn in interview.turns) for style in SHARES}
        style = min((style_of(question) for question in candidates), key=lambda s: (put[s] + 0.5) / SHARES[s])
        return _drawn(interview, [question for question in candidates if style_of(question) is style])

    def _open_to(self, interview: Interview, topic: str) -> list[Question]:
        """Return what may still be asked of a topic besides code."""
        return [q for q in self._allowed(interview, topic) if style_of(q) is not Style.CODED]

    def _allowed(self, interview: Interview, topic: str) -> list[Question]:
        terms = interview.terms
        bounds, levels = BOUNDS[terms.seniority], terms.levels.get(topic)
        asked = {turn.question for turn in interview.turns}
        return [
            question
            for question in self._questions.values()
            if question.deck == topic
            and question.id not in asked
            and (question.level in levels if levels else DEPTH[question.level] <= bounds.deepest)
            and question.difficulty <= bounds.hardest
        ]

    def _here(self, interview: Interview) -> str | None:
        """Return the topic that is being talked about; a code task may be about an earlier one."""
        talked = [turn.topic for turn in interview.turns if turn.style is not Style.CODED]
        return talked[-1] if talked else next((t for t in interview.terms.topics if self._open_to(interview, t)), None)


def spent(interview: Interview) -> float:
    """Return the seconds that count: those taken, or those allowed where the clock does not count."""
    return _time(interview, interview.turns)


def _time(interview: Interview, turns: Iterable[Turn]) -> float:
    return sum(turn.seconds if interview.terms.timed else turn.budget for turn in turns)


def _drawn(interview: Interview, candidates: Sequence[Question]) -> QuestionId | None:
    """Draw one by chance, the same one whenever the interview stands at this question."""
    if not candidates:
        return None
    seed = f"{interview.id}:{len(interview.turns)}".encode()
    return candidates[int.from_bytes(blake2b(seed, digest_size=8).digest(), "big") % len(candidates)].id
