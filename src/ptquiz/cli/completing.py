"""What the shell completes: names from the compiled decks, never by reading a deck or importing torch."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptquiz.commands.completion import Names


def complete_topics(incomplete: str) -> list[tuple[str, str]]:
    """Complete a topic, with its title."""
    try:
        return _names().topics(incomplete)
    except Exception:  # noqa: BLE001 - a shell that completes has no place for an error
        return []


def complete_courses(incomplete: str) -> list[tuple[str, str]]:
    """Complete a course, with its title."""
    try:
        return _names().courses(incomplete)
    except Exception:  # noqa: BLE001 - as above
        return []


def complete_questions(incomplete: str) -> list[tuple[str, str]]:
    """Complete the id of a question, from its second letter on."""
    try:
        return _names().questions(incomplete)
    except Exception:  # noqa: BLE001 - as above
        return []


def complete_languages(incomplete: str) -> list[tuple[str, str]]:
    """Complete a language."""
    return _beginning(incomplete, {"en": "English", "zh": "中文"})


def complete_colours(incomplete: str) -> list[tuple[str, str]]:
    """Complete when to use colours."""
    return _beginning(incomplete, {"always": "", "auto": "on a terminal", "never": ""})


def _beginning(incomplete: str, known: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, about) for name, about in known.items() if name.startswith(incomplete)]


def _names() -> Names:
    from ptquiz.commands.completion import Names
    from ptquiz.paths import shipped_questions, user_paths

    return Names(user_paths(os.environ).index, shipped_questions())
