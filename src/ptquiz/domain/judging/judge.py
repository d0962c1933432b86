"""Judge an answer to any kind of question, live or from the record."""

from __future__ import annotations

from msgspec import structs

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
from ptquiz.domain.judging.code import judge_task
from ptquiz.domain.judging.fills import fill_verdict, judge_fill
from ptquiz.domain.judging.orders import judge_order, order_verdict
from ptquiz.domain.judging.picks import (
    choice_verdict,
    choices_verdict,
    judge_choice,
    judge_choices,
    judge_true_false,
    true_false_verdict,
)
from ptquiz.domain.judging.programs import evidence, failure, program
from ptquiz.domain.judging.typed import judge_number, judge_predict
from ptquiz.domain.judging.words import judge_short, short_verdict
from ptquiz.domain.numbers import NotANumberError, read_number
from ptquiz.domain.questions import (
    Choice,
    Choices,
    CodeTask,
    Fill,
    Fix,
    Flashcard,
    Number,
    Order,
    Predict,
    Question,
    Short,
    TrueFalse,
    Write,
)
from ptquiz.domain.snippets import Trial
from ptquiz.domain.verdicts import Result, Verdict
from ptquiz.errors import Message


def refusal(question: Question, answer: Answer) -> str:
    """Say why an answer is not graded at all; empty when it is."""
    match question, answer:
        case Number(), Typed(text=text):
            try:
                read_number(text)
            except NotANumberError as error:
                return str(error)
            return ""
        case Predict(), Typed(text=text) if not text.strip():
            return "nothing typed yet"
        case Choice(), Picked(options=options) if len(options) != 1:
            return "pick one option"
        case Write() | Fix(), Coded(code=code) if not code.strip():
            return "no code yet"
        case Short(), Explained(text=text) if not text.strip():
            return "nothing typed yet"
        case Order(steps=steps), Ordered(places=places) if len(places) != len(steps):
            return f"place all {len(steps)} steps"
        case _:
            return ""


def judge(question: Question, answer: Answer) -> Trial[Verdict]:
    """Judge an answer by running what can be run.

    Raises ValueError for an answer that does not fit the kind of question.
    """
    match question, answer:
        case _, GaveUp():
            return (yield from _given_up(question))
        case Choice(), Picked():
            return (yield from judge_choice(question, answer))
        case Choices(), Picked():
            return (yield from judge_choices(question, answer))
        case TrueFalse(), Claimed():
            return (yield from judge_true_false(question, answer))
        case Predict(), Typed():
            return (yield from judge_predict(question, answer))
        case Fill(), Filled():
            return (yield from judge_fill(question, answer))
        case Number(), Typed():
            return (yield from judge_number(question, answer))
        case Short(), Explained():
            return (yield from judge_short(question, answer))
        case Order(), Ordered():
            return (yield from judge_order(question, answer))
        case Flashcard(), Recalled():
            return (yield from _judge_flashcard(question))
        case Write() | Fix(), Coded():
            return (yield from judge_task(question, answer))
        case _:
            raise ValueError(f"{type(answer).__name__} does not answer a {type(question).__name__}")


def judge_recorded(question: Question, answer: Answer, why: str | Message) -> Verdict:
    """Judge without running anything; OPEN where only a run could tell."""
    match question, answer:
        case Choice(), Picked():
            return choice_verdict(question, answer, unproven=why)
        case Choices(), Picked():
            return choices_verdict(question, answer, unproven=why)
        case TrueFalse(), Claimed():
            return true_false_verdict(question, answer, unproven=why)
        case Flashcard(), _:
            unproven = why if question.proof else ""
            return Verdict(result=Result.OPEN, answer=question.answer, unproven=unproven)
        case Fill(), Filled():
            return fill_verdict(question, answer, unproven=why)
        case Short(), Explained():
            return short_verdict(question, answer)
        case Short(), _:
            return Verdict(result=Result.WRONG, answer=question.answer)
        case Order(), Ordered():
            return order_verdict(question, answer, unproven=why)
        case Write() | Fix(), _:
            return Verdict(result=Result.OPEN, answer=question.solution.code, unproven=why)
        case _:
            return Verdict(result=Result.OPEN, unproven=why)


def needs_run(question: Question) -> bool:
    """Tell whether only a live run can say what is right."""
    match question:
        case Predict() | Number() | Write() | Fix():
            return True
        case Choice():
            return not any(option.right for option in question.options)
        case Choices() | TrueFalse() | Fill() | Short() | Order() | Flashcard():
            return False


def runs(question: Question) -> bool:
    """Tell whether judging a question runs anything."""
    has_holds = (isinstance(question, Choices) and any(option.holds for option in question.options)) or (
        isinstance(question, TrueFalse) and question.holds is not None
    )
    has_value = isinstance(question, Choice) and question.value is not None
    return question.proof is not None or has_holds or has_value or isinstance(question, Predict | Number | CodeTask)


def _judge_flashcard(question: Flashcard) -> Trial[Verdict]:
    if question.proof is None:
        return Verdict(result=Result.OPEN, answer=question.answer)
    outcome = yield program(question, question.proof)
    shown = (evidence(outcome, question.proof),)
    return Verdict(result=Result.OPEN, answer=question.answer, evidence=shown, unproven=failure(outcome))


def _given_up(question: Question) -> Trial[Verdict]:
    """Show the answer: judge what nobody would answer, and call it wrong."""
    match question:
        case Choice() | Choices():
            verdict = yield from judge(question, Picked((0,)))
        case TrueFalse():
            verdict = yield from judge(question, Claimed(not question.answer))
        case Predict():
            verdict = yield from judge(question, Typed(""))
        case Fill():
            verdict = yield from judge(question, Filled(tuple(blank.answer for blank in question.blanks)))
        case Number():
            verdict = yield from judge(question, Typed("nan"))
        case Short():
            verdict = Verdict(result=Result.WRONG, answer=question.answer)
        case Order():
            verdict = yield from judge(question, Ordered(tuple(range(len(question.steps)))))
        case Flashcard():
            verdict = yield from _judge_flashcard(question)
        case Write() | Fix():
            verdict = Verdict(result=Result.WRONG, answer=question.solution.code)
    shown: Verdict = structs.replace(verdict, result=Result.WRONG, whys=(), misconceptions=(), got=0)
    return shown
