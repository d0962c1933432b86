"""Cloze deletions: a sentence with holes, one card for each number (Anki) or each pair of brackets (hashcards)."""

from __future__ import annotations

import re
from dataclasses import dataclass

CLOZE = re.compile(
    r"\{\{c(?P<number>\d{1,3})::(?P<text>(?:(?!\{\{c\d|\}\}|::).)*)"
    r"(?:::(?P<hint>(?:(?!\{\{c\d|\}\}).)*))?\}\}",
    re.DOTALL,
)
"""The innermost of nested ones."""
DEEPEST = 8
MOST = 50
"""Cards of one sentence."""
BRACKETS = re.compile(r"(?P<picture>!\[[^\]]{0,300}\]\([^)]{0,1000}\))|\[(?P<hole>[^\[\]]+)\]")
MASK = "[...]"


@dataclass(frozen=True)
class Hole:
    """One card of a sentence with holes."""

    number: int
    """From 1."""
    masked: str
    hidden: str
    whole: str


def has_cloze(text: str) -> bool:
    """Tell whether a text contains Anki's `{{c1::...}}`."""
    return CLOZE.search(text) is not None


def numbered_holes(text: str) -> tuple[Hole, ...]:
    """Return one card for each number of Anki's cloze deletions, in order."""
    numbers = sorted({int(found) for found in re.findall(r"\{\{c(\d{1,3})::", text)})[:MOST]
    whole = _filled(text, 0)[0]
    holes = ((number, *_filled(text, number)) for number in numbers)
    return tuple(Hole(number, masked, ", ".join(hidden), whole) for number, masked, hidden in holes if hidden)


def _filled(text: str, number: int) -> tuple[str, list[str]]:
    """Mask the deletions of one number and fill in all others; also return what is hidden."""
    hidden: list[str] = []

    def fill(found: re.Match[str]) -> str:
        if int(found["number"]) != number:
            return found["text"]
        hidden.append(found["text"])
        return f"[{found['hint']}]" if found["hint"] else MASK

    for _ in range(DEEPEST):
        text, count = CLOZE.subn(fill, text)
        if not count:
            break
    return text, hidden


def bracket_holes(text: str) -> tuple[Hole, ...]:
    """Return one card for each pair of square brackets that is no picture."""
    found = list(BRACKETS.finditer(text))
    holes = [match for match in found if match["hole"] is not None]

    def sentence(masked: re.Match[str] | None) -> str:
        parts, end = [], 0
        for match in found:
            shown = MASK if match is masked else match["hole"] if match["hole"] is not None else match.group()
            parts += [text[end : match.start()], shown]
            end = match.end()
        return "".join((*parts, text[end:]))

    whole = sentence(None)
    return tuple(Hole(i, sentence(match), match["hole"], whole) for i, match in enumerate(holes, start=1))
