"""An interview sheet: what to ask, in the order of the ladder, and what to listen for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ptquiz.domain.decks import Deck
from ptquiz.domain.interviews import Style, Terms, budget, style_of
from ptquiz.domain.questions import (
    Choice,
    Choices,
    CodeTask,
    Flashcard,
    Question,
    QuestionId,
    Short,
    TrueFalse,
)
from ptquiz.domain.variants import drawn
from ptquiz.session.interview.interviewer import BOUNDS, DEPTH
from ptquiz.ui.words import Words


def sheet(decks: Sequence[Deck], terms: Terms, title: str, words: Words) -> str:
    """Write a sheet in Markdown: the questions asked in words and in code, follow-ups below what they follow."""
    minutes = terms.minutes // max(len(decks), 1)
    lines = [f"# {title}", "", words("{level}, about {n} min a topic", level=terms.seniority.value, n=minutes)]
    for deck in decks:
        lines += ["", f"## {deck.title}"]
        for depth, question in ladder(_asked(deck, terms)):
            lines += ["", *_question(words, drawn(question, 0), depth)]
    return "\n".join(lines) + "\n"


def ladder(questions: Mapping[QuestionId, Question]) -> Iterator[tuple[int, Question]]:
    """Yield each question once with how many others lead to it: a question, then what follows from it."""
    followed = {id_ for question in questions.values() for id_ in question.follows}
    seen: set[QuestionId] = set()

    def below(id_: QuestionId, depth: int) -> Iterator[tuple[int, Question]]:
        if id_ in seen or id_ not in questions:
            return
        seen.add(id_)
        yield depth, questions[id_]
        for next_ in questions[id_].follows:
            yield from below(next_, depth + 1)

    roots = sorted((q for q in questions.values() if q.id not in followed), key=lambda q: DEPTH[q.level])
    for id_ in (*(root.id for root in roots), *questions):
        yield from below(id_, 0)


def _asked(deck: Deck, terms: Terms) -> dict[QuestionId, Question]:
    bounds, levels = BOUNDS[terms.seniority], terms.levels.get(deck.deck)
    return {
        question.id: question
        for question in deck.questions
        if style_of(question) is not Style.PREDICTED
        and (question.level in levels if levels else DEPTH[question.level] <= bounds.deepest)
        and question.difficulty <= bounds.hardest
    }


def _question(words: Words, question: Question, depth: int) -> list[str]:
    marker = "####" if depth else "###"
    minutes = max(1, round(budget(question) / 60))
    first, _, rest = question.ask.strip().partition("\n\n")
    lines = [f"{marker} {_one_line(first)}", "", *([rest, ""] if rest else [])]
    if question.code is not None:
        lines += ["```python", question.code.code.rstrip("\n"), "```", ""]
    lines += [f"*{words(question.level.value)}, {words('about {n} min', n=minutes)}, `{question.id}`*", ""]
    return [*lines, *_listen_for(words, question)]


def _listen_for(words: Words, question: Question) -> list[str]:
    match question:
        case Short(points=points, answer=answer):
            return [*(f"- [ ] {point.text}" for point in points), "", words("model answer: {answer}", answer=answer)]
        case Flashcard(answer=answer):
            return _boxes(_heard(answer))
        case CodeTask(checks=checks, solution=solution):
            return [*_boxes(check.name for check in checks), "", "```python", solution.code.rstrip("\n"), "```"]
        case TrueFalse(answer=truth):
            return _boxes(_heard(f"{words(str(truth))}. {question.explain}"))
        case Choice() | Choices() if any(option.right for option in question.options):
            return _boxes(f"{_one_line(o.text)}: {_one_line(o.why)}" for o in question.options if o.right)
        case _:
            return _boxes(_heard(question.explain))


def _boxes(texts: Iterable[str]) -> list[str]:
    return [f"- [ ] {text}" for text in texts]


def _heard(text: str) -> list[str]:
    """Return what is ticked one by one: the items of a list and the paragraphs around it; code stays as it is."""
    if "```" in text:
        return [text.strip().replace("\n", "\n      ")]
    found: list[list[str]] = []
    begins = True
    for line in text.strip().splitlines():
        item = line.startswith("- ")
        if begins or item:
            found.append([])
        found[-1].append(line.removeprefix("- ") if item else line)
        begins = not line.strip()
    if not any(line.startswith("- ") for line in text.strip().splitlines()):
        return [_one_line(text)]
    return [_one_line(" ".join(lines)) for lines in found]


def _one_line(text: str) -> str:
    return " ".join(text.split())
