"""Explanations as data for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ptquiz.commands.explain import Shown
from ptquiz.domain.decks import Deck
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.snippets import Crashed, Outcome, Raised, Ran, TimedOut


def topics_as_data(decks: Sequence[Deck]) -> dict[str, object]:
    """Return the topics with what they hold."""
    topics = [
        {"deck": deck.deck, "title": deck.title, "sections": len(deck.explain), "questions": len(deck.questions)}
        for deck in decks
    ]
    return {"schema": 1, "topics": topics}


def explanation_as_data(deck: Deck, sections: Iterable[Shown], torch: str) -> dict[str, object]:
    """Return an explanation with what its code did; `torch` is the version that ran it, empty when nothing did."""
    return {
        "schema": 1,
        "deck": deck.deck,
        "title": deck.title,
        "torch": torch,
        "sections": [_section(shown) for shown in sections],
    }


def _section(shown: Shown) -> dict[str, object]:
    section, source = shown.section, shown.source
    return {
        "title": section.title,
        "level": section.level.value,
        "text": section.text,
        "code": section.run.code if section.run else None,
        "vary": {name: list(options) for name, options in section.vary.items()},
        "outcome": _outcome(shown.outcome) if shown.outcome is not None else None,
        "not_run": str(shown.not_run) or None,
        "source": {"name": source.name, "file": source.file, "line": source.line, "code": source.code}
        if source
        else None,
    }


def _outcome(outcome: Outcome) -> dict[str, object]:
    kind = {Ran: "ran", Raised: "raised", TimedOut: "timed out", Crashed: "crashed"}[type(outcome)]
    return {"kind": kind, "stdout": outcome.stdout, "failure": failure(outcome) or None}
