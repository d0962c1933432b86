"""What a session tells another program, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from ptquiz.commands.agenda import Agenda
from ptquiz.commands.notes import Biography
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.questions import Choice, Choices, CodeTask, Fill, Flashcard, Number, Order, Question
from ptquiz.domain.reviews import QuestionState, Rating
from ptquiz.domain.snippets import Crashed, Outcome, Raised, Ran, TimedOut
from ptquiz.domain.verdicts import Evidence, Verdict
from ptquiz.scheduling.outlook import Next
from ptquiz.session.events import Ask, ShowVerdict
from ptquiz.session.state import Session
from ptquiz.ui.question_view import Places, offered

SCHEMA = 1
"""Goes up when a message changes its meaning or loses a field; new fields may come at any time."""

Data = dict[str, Any]


def session_data(agenda: Agenda) -> Data:
    """Say what a session asks."""
    return {
        "type": "session",
        "schema": SCHEMA,
        "questions": len(agenda.queue),
        "due": agenda.due,
        "new": agenda.new,
        "minutes": agenda.minutes,
    }


def question_data(ask: Ask, order: Places, state: QuestionState, *, changed: bool) -> Data:
    """Describe a question without giving anything away."""
    question = ask.question
    data: Data = {
        "type": "question",
        "id": question.id,
        "deck": question.deck,
        "kind": question.__struct_config__.tag,
        "level": question.level.value,
        "difficulty": question.difficulty,
        "tags": list(question.tags),
        "number": ask.number,
        "of": ask.of,
        "phase": state.phase.value,
        "starred": state.starred,
        "changed": changed,
        "ask": question.ask,
        "code": question.code.code if question.code else None,
        "hints": len(question.hints),
        "file": question.place.file,
        "line": question.place.line,
    }
    if isinstance(question, Choice | Choices | Order):
        data["options"] = [offered(question)[place] for place in order]
    elif isinstance(question, Fill):
        data["blanks"] = len(question.blanks)
    elif isinstance(question, Number):
        data["unit"] = question.unit
    elif isinstance(question, CodeTask):
        data |= {"starter": question.starter.code, "forbid": list(question.forbid)}
        data["checks"] = [check.name for check in question.checks]
    return data


def points_data(verdict: Verdict) -> Data:
    """Propose ticks for an answer in words."""
    return {
        "type": "points",
        "answer": verdict.answer,
        "points": [{"text": p.text, "said": p.said, "matched": p.matched} for p in verdict.points],
    }


def verdict_data(shown: ShowVerdict, order: Places, ahead: Mapping[Rating, Next], *, torch: str) -> Data:
    """Say what became of an answer, with every run behind it."""
    question, verdict = shown.question, shown.verdict
    tried_again = shown.proposed is None
    data: Data = {
        "type": "verdict",
        "id": question.id,
        "result": verdict.result.value,
        "got": verdict.got,
        "total": verdict.total,
        "attempt": shown.attempt,
        "final": not tried_again,
        "counts": shown.counts,
        "note": verdict.note,
        "unproven": str(verdict.unproven),
        "misconceptions": list(verdict.misconceptions),
        "checks": [{"name": c.name, "passed": c.passed, "message": c.message, "line": c.line} for c in verdict.checks],
        "evidence": [_evidence(evidence, torch) for evidence in verdict.evidence],
    }
    if shown.proposed is not None:
        data |= {
            "answer": verdict.answer or _solution(question),
            "right": _right(question, verdict, order),
            "parts": list(verdict.right_parts),
            "points": [{"text": p.text, "said": p.said} for p in verdict.points],
            "explain": question.explain,
            "source": list(question.source),
            "proposed": shown.proposed.value,
            "days": {str(rating.value): round(next_.interval, 3) for rating, next_ in ahead.items()},
        }
        if isinstance(question, Choice | Choices):
            data["whys"] = [question.options[place].why for place in order]
    return data


def _right(question: Question, verdict: Verdict, order: Places) -> list[int]:
    """Number what is right as the question numbered it; for steps, in their order."""
    if not isinstance(question, Choice | Choices | Order):
        return []
    numbers = [list(order).index(place) + 1 for place in verdict.right_options]
    return numbers if isinstance(question, Order) else sorted(numbers)


def _solution(question: Question) -> str:
    if isinstance(question, CodeTask):
        return question.solution.code
    return question.answer if isinstance(question, Flashcard) else ""


def _evidence(evidence: Evidence, torch: str) -> Data:
    data = {"code": evidence.code, "torch": torch, **outcome_data(evidence.outcome)}
    if isinstance(evidence.outcome, Ran):
        texts = (value.text for value in evidence.outcome.values)
        data["values"] = [{"expression": e, "text": t} for e, t in zip(evidence.expressions, texts, strict=False)]
    return data


def outcome_data(outcome: Outcome) -> Data:
    """Say how a run ended."""
    data: Data = {"stdout": outcome.stdout, "stderr": outcome.stderr, "error": failure(outcome)}
    match outcome:
        case Ran(milliseconds=spent):
            return {"outcome": "ran", "milliseconds": round(spent, 3), **data}
        case Raised(milliseconds=spent, frames=frames):
            line = frames[-1].line if frames else None
            return {"outcome": "raised", "milliseconds": round(spent, 3), **data, "line": line}
        case TimedOut():
            return {"outcome": "timed out", **data}
        case Crashed():
            return {"outcome": "crashed", **data}
        case _:
            assert_never(outcome)


def biography_data(known: Biography) -> Data:
    """Say what is known of a question and of the learner with it."""
    state = known.state
    return {
        "type": "info",
        "id": known.question.id,
        "phase": state.phase.value,
        "due": state.due.isoformat() if state.due else None,
        "stability": state.memory.stability if state.memory else None,
        "difficulty": state.memory.difficulty if state.memory else None,
        "recall": known.recall,
        "repetitions": state.repetitions,
        "lapses": state.lapses,
        "starred": state.starred,
        "ratings": [
            {"at": r.at.isoformat(), "rating": r.rating.value, "seconds": r.seconds, "answer": r.answer}
            for r in known.ratings
        ],
        "notes": [{"at": note.at.isoformat(), "text": note.text} for note in known.notes],
    }


def summary_data(session: Session, *, seconds: float) -> Data:
    """Say what a session has done."""
    return {
        "type": "summary",
        "seconds": round(seconds, 1),
        "not_reached": session.left_over,
        "missed": list(session.missed),
        "done": [_done(done.question, done.rating, done.verdict) for done in session.done],
        "retried": [_done(done.question, None, done.verdict) for done in session.retried],
    }


def _done(question: str, rating: Rating | None, verdict: Verdict) -> Data:
    return {
        "id": question,
        "rating": rating.value if rating else None,
        "result": verdict.result.value,
        "misconceptions": list(verdict.misconceptions),
    }
