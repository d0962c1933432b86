"""Compare typed text with printed text, forgiving what is not the point and saying what was forgiven."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

TOKEN = re.compile(
    r"""(?P<number>(?:(?<![\w.)\]])[+-])?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?(?![\w.]))
      | (?P<word>[^\W\d]\w*|\d\w+)
      | (?P<sign>[^\w\s])""",
    re.VERBOSE,
)
"""A number with its sign, a word, or one sign; a minus between two values is an operator."""

SIZE = re.compile(r"(torch\.Size\(\[|[\[(])?\s*(\d+(?:\s*,\s*\d+)*)\s*(,?)\s*(?:\]\)|[\])])?")
"""`torch.Size([2, 3])`, `[2, 3]`, `(2, 3)` or `2, 3`."""

QUOTES = str.maketrans({'"': "'", "‘": "'", "’": "'", "“": "'", "”": "'", "，": ",", "。": "."})


class Match(Struct, frozen=True):
    """Whether two texts say the same, and what was forgiven."""

    same: bool
    note: str = ""


def fold(text: str) -> str:
    """Fold full-width forms and line ends, and drop the space at the ends of lines and of the text."""
    folded = unicodedata.normalize("NFKC", text).translate(QUOTES)
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
    """Rewrite a size in any of its forms when it is all there is, so that they are equal; one number alone is none."""
    found = SIZE.fullmatch(text)
    return f"{found[2]}," if found and (found[1] or "," in text) else text


def _number_note(typed: str, printed: str) -> str | None:
    """Say what makes two numbers the same: their value, or the learner's rounding to 3 digits or more."""
    if float(typed) == float(printed):
        return "the same number, written differently"
    from decimal import Decimal  # only a number that was rounded needs it

    ours = Decimal(typed)
    digits, before_point = len(ours.as_tuple().digits), ours.adjusted() + 1
    half = Decimal(5).scaleb(before_point - digits - 1)
    return "rounded" if digits >= 3 and digits > before_point and abs(ours - Decimal(printed)) <= half else None


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
