"""A candidate who reads answers from a script: for tests, and for trying a bank out.

Each line is a JSON object: `{"answer": ...}` as in `practice --json`, `{"aloud": "good"}` or
`{"pass": true}`, with `"seconds"` that it took, and for a flashcard how good the answer `"felt"`.
With a `"question"` it answers only that one. In the debriefing
`{"ticks": [1, 2]}` and `{"grade": "fair"}` belong to the question they name; without them what is
proposed is kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from ptquiz.commands.interviewing import Aloud, Asked, Ended, Passed, Reply, Told
from ptquiz.domain.answers import Answer, Explained
from ptquiz.domain.interviews import Grade, Interview, Style, Turn
from ptquiz.domain.judging.judge import refusal
from ptquiz.domain.questions import Question
from ptquiz.domain.verdicts import Verdict
from ptquiz.errors import UsageError, said
from ptquiz.ui.protocol.decoding import Message, NotUnderstoodError, answer_of, message_of
from ptquiz.ui.question_view import offered


class Script(Struct):
    """Answers in order; those for a question that is never asked are never used."""

    lines: list[tuple[int, Message]]
    debriefing: dict[str, Message] = field(default_factory=dict)

    def reply(self, asked: Asked) -> Reply:
        """Answer with the first line for this question, else with the next that names none; without one, end."""
        id_ = asked.question.id
        named = next((i for i, (_, line) in enumerate(self.lines) if line.get("question") == id_), None)
        place = next((i for i, (_, line) in enumerate(self.lines) if "question" not in line), None)
        place = named if named is not None else place
        if place is None:
            return Ended()
        number, line = self.lines.pop(place)
        self.debriefing[id_] = line
        try:
            return _reply(asked, line)
        except NotUnderstoodError as error:
            raise UsageError(said("line {n} of the script: {reason}", n=number, reason=str(error))) from None

    def hear(self, asked: Asked, turn: Turn, interview: Interview, verdict: Verdict | None) -> None:
        """Read on."""

    def tick(self, question: Question, turn: Turn) -> frozenset[int]:
        """Tick what the line of the question says, else what is proposed."""
        ticks = self.debriefing.get(question.id, {}).get("ticks")
        if isinstance(ticks, list):
            return frozenset(n - 1 for n in ticks if isinstance(n, int) and 1 <= n <= len(turn.points))
        return frozenset(place for place, point in enumerate(turn.points) if point.said)

    def grade(self, question: Question, turn: Turn) -> Grade:
        """Grade as the line of the question says, else as it stands."""
        return _grade(self.debriefing.get(question.id, {}).get("grade")) or turn.grade


def read_script(lines: Iterable[str]) -> Script:
    """Read a script. Raises UsageError for a line that is no JSON object."""
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append((number, message_of(line)))
            except NotUnderstoodError as error:
                raise UsageError(said("line {n} of the script: {reason}", n=number, reason=str(error))) from None
    return Script(found)


def _grade(word: object) -> Grade | None:
    return Grade(word) if isinstance(word, str) and word in tuple(Grade) else None


def _reply(asked: Asked, line: Message) -> Reply:
    taken = line.get("seconds", 0)
    seconds = float(taken) if isinstance(taken, int | float) else 0.0
    match line:
        case {"aloud": str() as felt} if felt in tuple(Grade) and asked.style is Style.SPOKEN:
            return Aloud(Grade(felt), seconds)
        case {"pass": True}:
            return Passed(seconds)
        case {"answer": str() as text} if asked.style is Style.SPOKEN:
            return Told(Explained(text), seconds, _grade(line.get("felt")))
        case {"answer": answer}:
            # A script numbers options as the deck does: it cannot see how they were shuffled.
            told: Answer = answer_of(answer, asked.question, range(len(offered(asked.question))))
            if reason := refusal(asked.question, told):
                raise NotUnderstoodError(reason)
            return Told(told, seconds)
        case _:
            raise NotUnderstoodError('a line has "answer", "aloud" (poor, fair, good) or "pass"')
