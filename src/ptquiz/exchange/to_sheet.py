"""Write a deck as a cheat sheet: Markdown to print, the explanation first and then every question with its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ptquiz.domain.decks import Deck, Section
from ptquiz.domain.questions import Level
from ptquiz.domain.variants import fill_in
from ptquiz.exchange.faces import FENCE, Face

HEADINGS = {
    Level.ANSWER: "The opening answer",
    Level.FOLLOW_UP: "Follow-up questions",
    Level.SOURCE: "How torch does it",
}


def to_sheet(deck: Deck, faces: Sequence[Face]) -> str:
    """Return a deck as Markdown."""
    parts = [f"# {deck.title}", deck.about]
    if deck.explain:
        parts.append("## In short")
        parts += [text for section in deck.explain for text in _section(section)]
    for level, heading in HEADINGS.items():
        if asked := [face for face in faces if face.question.level is level]:
            parts.append(f"## {heading}")
            parts += [text for number, face in enumerate(asked, start=1) for text in _question(face, number)]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _section(section: Section) -> Iterator[str]:
    first = fill_in(section, {name: values[0] for name, values in section.vary.items()})
    yield f"### {first.title}"
    yield first.text
    if first.run:
        yield f"{FENCE}python\n{first.run.code}\n{FENCE}"
    if first.shows:
        yield f"{FENCE}text\n{first.shows}\n{FENCE}"
    if first.source:
        yield f"Source: `{first.source}`"


def _question(face: Face, number: int) -> Iterator[str]:
    """Yield a question with its answer indented as a quotation, so that it can be covered or skipped."""
    yield f"### {number}. {_heading(face)}"
    front = face.front.removeprefix(face.question.ask).strip("\n") if _is_heading(face) else face.front
    yield front
    yield _quoted(f"**Answer**\n\n{face.back}")
    if face.question.explain.strip() != face.back.strip():
        yield face.question.explain
    if face.question.source:
        yield "Source: " + ", ".join(f"`{name}`" for name in face.question.source)


def _is_heading(face: Face) -> bool:
    return "\n" not in face.question.ask and len(face.question.ask) <= 120


def _heading(face: Face) -> str:
    return face.question.ask if _is_heading(face) else face.question.id


def _quoted(text: str) -> str:
    return "\n".join(f"> {row}".rstrip() for row in text.split("\n"))
