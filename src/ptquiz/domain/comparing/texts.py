"""Compare typed text with printed text, forgiving what is not the point and saying what was forgiven."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

TOKEN = re.compile(
    r"""(?P<number>(?:(?<![\w.)\]])[+-])?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))
      | (?P<word>[^\W\d]\w*|\d\w+)
      | (?P<sign>[^\w\s])""",
    re.VERBOSE,
)
"""A number with its sign, a word, or one sign; a minus between two values is an operator."""

QUOTES = str.maketrans({'"': "'", "‘": "'", "’": "'", "“": "'", "”": "'", "，": ",", "。": "."})


class Match(Struct, frozen=True):
    """Whether two texts say the same, and what was forgiven."""

    same: bool
    note: str = ""


def fold(text: str) -> str:
    """Fold full-width forms and line ends, and drop the space at the ends of lines and of the text."""
    folded = unicodedata.normalize("NFKC", text.replace("\r\n", "\n")).translate(QUOTES)
    return "\n".join(line.rstrip() for line in folded.split("\n")).strip()


def compare_texts(typed: str, printed: str) -> Match:
    """Compare what the learner typed with what a run printed."""
    ours, theirs = fold(typed), fold(printed)
    if ours == theirs:
        return Match(True)
    if ours.split() == theirs.split():
        return Match(True, "accepted: spacing differs")
    left, right = _tokens(_bare_size(ours)), _tokens(_bare_size(theirs))
    if len(left) != len(right):
        return Match(False)
    notes = []
    for (kind, a), (kind_b, b) in zip(left, right, strict=True):
        if a == b:
            continue
        note = _number_note(a, b) if kind == kind_b == "number" else _word_note(a, b)
        if note is None:
            return Match(False)
        notes.append(note)
    return Match(True, f"accepted: {notes[0] if notes else 'the same, written differently'}")


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(match.lastgroup or "", match.group()) for match in TOKEN.finditer(text)]


def _bare_size(text: str) -> str:
    """Rewrite `torch.Size([2, 3])`, `[2, 3]` and `(2, 3)` when they are all there is, so that they are equal."""
    inner = re.fullmatch(r"(?:torch\.Size\()?[\[(]?((?:\s*\d+\s*,?)*)[\])]?\)?", text)
    return inner.group(1).rstrip(", ") if inner and inner.group(1).strip() else text


def _number_note(typed: str, printed: str) -> str | None:
    """Say what makes two numbers the same: their value, or the learner's rounding to 3 digits or more."""
    a, b = float(typed), float(printed)
    if a == b:
        return "the same number, written differently"
    digits = typed.lower().partition("e")[0].lstrip("+-0.").replace(".", "")
    decimals = len(typed.partition(".")[2]) if "e" not in typed.lower() else None
    if decimals and len(digits) >= 3 and abs(a - b) <= 0.5000001 * 10**-decimals:
        return "rounded"
    return None


def _word_note(typed: str, printed: str) -> str | None:
    if printed in ("True", "False", "None", "nan", "inf") and typed.lower() == printed.lower():
        return "capital letters differ"
    return None


def first_difference(typed: str, printed: str) -> tuple[int, int]:
    """Return the line and column, from 0, at which folded texts part."""
    ours, theirs = fold(typed).split("\n"), fold(printed).split("\n")
    for line, (a, b) in enumerate(zip(ours, theirs, strict=False)):
        if a != b:
            return line, next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return min(len(ours), len(theirs)), 0
