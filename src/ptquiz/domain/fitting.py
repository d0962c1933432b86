"""Find the section of an explanation that is about a question: the one that shares its rarest words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from ptquiz.domain.decks import Section
from ptquiz.domain.questions import Choice, Choices, Flashcard, Level, Question, Short

COMMON = {
    *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how", "if"),
    *("in", "is", "it", "its", "not", "of", "on", "one", "or", "that", "the", "this", "to", "what", "when", "which"),
    *("with", "you"),
}
"""Words that say nothing of what a text is about."""
DEEPER = 0.7
"""What a section counts for each rung that it lies below the question: a first answer needs no source code."""
RUNGS = tuple(Level)
WORD = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")


def best_section(question: Question, sections: Sequence[Section]) -> int:
    """Return the place of the section that fits a question best; the first of equals.

    A word counts the more the fewer sections have it, and a long section has to share more than a short one, a deeper
    one more than one of the question's level.
    """
    asked = _words_of_question(question)
    texts = [_words_of_section(section) for section in sections]
    spread = Counter(word for words in texts for word in words)
    scores = [
        _depth(question.level, section.level) * _score(asked & words, words, spread, len(sections))
        for section, words in zip(sections, texts, strict=True)
    ]
    return scores.index(max(scores))


def _depth(asked: Level, told: Level) -> float:
    return DEEPER ** max(RUNGS.index(told) - RUNGS.index(asked), 0)


def _score(shared: set[str], words: set[str], spread: Counter[str], of: int) -> float:
    return sum(math.log(1 + of / spread[word]) for word in sorted(shared)) / math.sqrt(1 + len(words))


def _words_of_question(question: Question) -> set[str]:
    options = question.options if isinstance(question, Choice | Choices) else ()
    code = question.code.code if question.code else ""
    answer = question.answer if isinstance(question, Flashcard | Short) else ""
    return _words(question.ask, question.explain, code, answer, *question.tags, *(option.text for option in options))


def _words_of_section(section: Section) -> set[str]:
    return _words(section.title, section.text, section.run.code if section.run else "", section.source or "")


def _words(*texts: str) -> set[str]:
    """Return words and names, and of a dotted name its parts, too."""
    found = {word.lower() for text in texts for word in WORD.findall(text)} - COMMON
    return found | {part for word in found for part in word.split(".")}
