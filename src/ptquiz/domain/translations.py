"""A deck in another language: the same questions, ids, options and code, other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct, structs

from ptquiz.domain.decks import Deck, Problem, Section
from ptquiz.domain.questions import (
    FILLED,
    Choice,
    Choices,
    CodeTask,
    Fill,
    Flashcard,
    Identifier,
    Option,
    Order,
    Question,
    Short,
    Statement,
)
from ptquiz.domain.snippets import Place, Snippet
from ptquiz.domain.variants import literal

OptionT = TypeVar("OptionT", Option, Statement)


class OptionText(Struct, frozen=True, kw_only=True):
    """One option, in the order of the deck."""

    text: str | None = None
    """Left out where it is code, a value or a name that stays as it is."""
    why: str


class BlankText(Struct, frozen=True, kw_only=True):
    """One blank in prose."""

    answer: str
    accept: tuple[str, ...] = ()


class QuestionText(Struct, frozen=True, kw_only=True):
    """The words of one question."""

    id: Identifier
    ask: str
    explain: str
    hints: tuple[str, ...] = ()
    options: tuple[OptionText, ...] = ()
    answer: str | None = None
    """The back of a flashcard, or the model answer of a short question."""
    points: tuple[str, ...] = ()
    """The key points of a short question; their accepted wordings serve every language."""
    blanks: tuple[BlankText, ...] = ()
    """Only for blanks in prose."""
    steps: tuple[str, ...] = ()
    """Only for steps that are not code."""
    checks: tuple[str, ...] = ()
    """The names of the checks of a code task."""
    wrong: tuple[str, ...] = ()
    """Why each wrong solution is wrong."""
    place: Annotated[Place, Meta(extra=FILLED)] = Place()


class SectionText(Struct, frozen=True, kw_only=True):
    """The words of one section, in the order of the deck."""

    title: str
    text: str


class Translation(Struct, frozen=True, kw_only=True):
    """One translation file, which lies beside its deck."""

    format: Literal[1]
    translates: Identifier
    """The id of the deck."""
    language: Literal["en", "zh"]
    title: str
    about: str = ""
    explain: tuple[SectionText, ...] = ()
    questions: tuple[QuestionText, ...] = ()
    place: Annotated[Place, Meta(extra=FILLED)] = Place()


def mismatches(translation: Translation, deck: Deck) -> Iterator[Problem]:
    """Yield what keeps a translation from fitting its deck."""
    if translation.language == deck.language:
        yield Problem(translation.place, f'"{deck.deck}" is in {deck.language} already')
    if translation.explain and len(translation.explain) != len(deck.explain):
        sections = f"{len(translation.explain)} sections, the deck has {len(deck.explain)}"
        yield Problem(translation.place, f"the explanation has {sections}")
    originals = {question.id: question for question in deck.questions}
    seen: set[str] = set()
    for text in translation.questions:
        if text.id in seen:
            yield Problem(text.place, f'"{text.id}" is translated twice')
        elif text.id not in originals:
            yield Problem(text.place, f'"{text.id}" is no question of {deck.deck}')
        else:
            yield from _unlike(text, originals[text.id])
        seen.add(text.id)


def missing(translation: Translation, deck: Deck) -> Iterator[Problem]:
    """Yield what is not translated yet; it is shown in the deck's own language."""
    there = {text.id for text in translation.questions}
    if deck.explain and not translation.explain:
        yield Problem(translation.place, "the explanation is not translated")
    for question in deck.questions:
        if question.id not in there:
            yield Problem(translation.place, f'"{question.id}" is not translated')


def _unlike(text: QuestionText, question: Question) -> Iterator[Problem]:
    expected = {
        "hints": (len(text.hints), len(question.hints)),
        "options": (len(text.options), len(question.options) if isinstance(question, Choice | Choices) else 0),
        "points": (len(text.points), len(question.points) if isinstance(question, Short) else 0),
        "blanks": (len(text.blanks), len(question.blanks) if isinstance(question, Fill) and not question.code else 0),
        "steps": (len(text.steps), len(question.steps) if isinstance(question, Order) and not question.proof else 0),
        "checks": (len(text.checks), len(question.checks) if isinstance(question, CodeTask) else 0),
        "wrong": (len(text.wrong), len(question.wrong) if isinstance(question, CodeTask) else 0),
        "answer": (int(text.answer is not None), int(isinstance(question, Flashcard | Short))),
    }
    for name, (ours, theirs) in expected.items():
        if ours != theirs:
            yield Problem(text.place, f'"{text.id}" has {ours} {name}, the deck has {theirs}')
    if isinstance(question, Choice) and question.value is not None:
        for option, original in zip(text.options, question.options, strict=False):
            if option.text is not None and option.text != original.text:
                hint = "leave the text out"
                yield Problem(text.place, f'"{option.text}" is compared with a live value and stays as it is', hint)


def localized(deck: Deck, translation: Translation) -> Deck:
    """Return a deck in the words of a translation; what is not translated stays as it is."""
    texts = {text.id: text for text in translation.questions}
    sections = zip(deck.explain, translation.explain, strict=False) if translation.explain else ()
    return structs.replace(
        deck,
        title=translation.title,
        about=translation.about or deck.about,
        explain=tuple(_section(*pair) for pair in sections) or deck.explain,
        questions=tuple(
            _question(question, texts[question.id]) if question.id in texts else question for question in deck.questions
        ),
    )


def localized_question(question: Question, translation: Translation) -> Question:
    """Return a question in the words of a translation; one that is not translated stays as it is."""
    text = next((text for text in translation.questions if text.id == question.id), None)
    return question if text is None else _question(question, text)


def _section(section: Section, text: SectionText) -> Section:
    text = text if section.vary else literal(text)
    return structs.replace(section, title=text.title, text=text.text)


def _question(question: Question, text: QuestionText) -> Question:
    text = text if question.vary else literal(text)
    words = structs.replace(question, ask=text.ask, explain=text.explain, hints=text.hints)
    match words:
        case Choice(options=options):
            pairs = zip(options, text.options, strict=True)
            return structs.replace(words, options=tuple(_option(option, other) for option, other in pairs))
        case Choices(options=statements):
            both = zip(statements, text.options, strict=True)
            return structs.replace(words, options=tuple(_option(option, other) for option, other in both))
        case Flashcard():
            return structs.replace(words, answer=text.answer or words.answer)
        case Short(points=points):
            told = zip(points, text.points, strict=True)
            said = tuple(structs.replace(point, text=other) for point, other in told)
            return structs.replace(words, answer=text.answer or words.answer, points=said)
        case Fill(blanks=blanks) if text.blanks:
            filled = zip(blanks, text.blanks, strict=True)
            changed = tuple(structs.replace(b, answer=o.answer, accept=o.accept) for b, o in filled)
            return structs.replace(words, blanks=changed)
        case Order(steps=steps) if text.steps:
            other_steps = tuple(Snippet(o, step.place) for step, o in zip(steps, text.steps, strict=True))
            return structs.replace(words, steps=other_steps)
        case CodeTask(checks=checks, wrong=wrong):
            named = tuple(structs.replace(c, name=name) for c, name in zip(checks, text.checks, strict=True))
            told_why = tuple(structs.replace(w, why=why) for w, why in zip(wrong, text.wrong, strict=True))
            return structs.replace(words, checks=named, wrong=told_why)
        case _:
            return words


def _option(option: OptionT, text: OptionText) -> OptionT:
    return structs.replace(option, why=text.why, **({} if text.text is None else {"text": text.text}))
