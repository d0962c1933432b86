"""Judge filled blanks: a proof accepts every equivalent answer, accepted forms decide where nothing runs."""

from __future__ import annotations

import re

from msgspec import structs

from ptquiz.domain.answers import Filled
from ptquiz.domain.comparing.texts import fold
from ptquiz.domain.judging.programs import evidence, failure, program
from ptquiz.domain.questions import Blank, Fill
from ptquiz.domain.snippets import Ran, Snippet, Trial
from ptquiz.domain.verdicts import Evidence, Result, Verdict
from ptquiz.errors import Message

BLANK = re.compile(r"\{\{(\d)\}\}")
"""A blank in code or in the question: `{{1}}`."""


def filled(question: Fill, texts: tuple[str, ...]) -> Snippet | None:
    """Return the question's code with the blanks filled; None for blanks in prose."""
    if question.code is None:
        return None
    return structs.replace(question.code, code=BLANK.sub(lambda match: texts[int(match[1]) - 1], question.code.code))


def judge_fill(question: Fill, answer: Filled) -> Trial[Verdict]:
    """Judge filled blanks."""
    if question.proof is None:
        return fill_verdict(question, answer)
    code = filled(question, tuple(text.strip() for text in answer.texts))
    outcome = yield program(structs.replace(question, code=code), question.proof)
    shown = evidence(outcome, _joined(code, question.proof))
    if isinstance(outcome, Ran):
        return fill_verdict(question, answer, passed=True, evidence=(shown,))
    verdict = fill_verdict(question, answer, evidence=(shown,))
    if verdict.result is Result.CORRECT:
        return structs.replace(verdict, unproven=failure(outcome))
    return verdict


def fill_verdict(
    question: Fill,
    answer: Filled,
    *,
    passed: bool = False,
    unproven: str | Message = "",
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Conclude with a run that passed, or with the accepted forms."""
    parts = tuple(passed or _accepts(blank, text) for blank, text in zip(question.blanks, answer.texts, strict=True))
    right = sum(parts)
    return Verdict(
        result=Result.CORRECT if all(parts) else Result.PARTLY if right else Result.WRONG,
        answer="; ".join(blank.answer for blank in question.blanks),
        right_parts=parts,
        got=right,
        total=len(parts),
        evidence=evidence,
        unproven=unproven,
    )


def _accepts(blank: Blank, text: str) -> bool:
    return _bare(text) in {_bare(form) for form in (blank.answer, *blank.accept)}


def _bare(text: str) -> str:
    return "".join(fold(text).split()).casefold()


def _joined(*snippets: Snippet | None) -> Snippet:
    return Snippet("\n".join(snippet.code for snippet in snippets if snippet))
