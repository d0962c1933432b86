"""Which key does what; the key bar, the overlay and the numbered menu are made from these tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a key can do besides answering."""

    HINT = "hint"
    SKIP = "skip"
    SHOW = "show answer"
    UNDO = "undo"
    BURY = "bury until tomorrow"
    SUSPEND = "suspend, never show again"
    AGAIN = "show the question again"
    KEYS = "keys"
    MENU = "menu"
    QUIT = "quit"


@dataclass(frozen=True)
class Binding:
    """The keys of an action; the first is shown."""

    action: Action
    keys: tuple[str, ...]
    in_bar: bool = False


BINDINGS = (
    Binding(Action.HINT, ("h",), in_bar=True),
    Binding(Action.SHOW, ("a",), in_bar=True),
    Binding(Action.SKIP, ("s",), in_bar=True),
    Binding(Action.UNDO, ("u",)),
    Binding(Action.BURY, ("-",)),
    Binding(Action.SUSPEND, ("!", "@")),
    Binding(Action.AGAIN, ("ctrl-l", "redraw", "resize")),
    Binding(Action.MENU, ("0",)),
    Binding(Action.KEYS, ("?",), in_bar=True),
    Binding(Action.QUIT, ("q", "ctrl-d"), in_bar=True),
)

ACTION_OF = {key: binding.action for binding in BINDINGS for key in binding.keys}

MENU = tuple(binding.action for binding in BINDINGS if binding.action is not Action.MENU)
"""What the numbered menu offers, in order: every action without a letter, for active input methods."""

ALLOWED_AFTER_VERDICT = frozenset(
    {Action.UNDO, Action.BURY, Action.SUSPEND, Action.AGAIN, Action.KEYS, Action.MENU, Action.QUIT}
)


def bar(*, has_hints: bool, may_give_up: bool) -> list[str]:
    """List the keys of the bar below a question."""
    without = {Action.HINT: not has_hints, Action.SHOW: not may_give_up}
    return [
        f"{binding.keys[0]} {binding.action}"
        for binding in BINDINGS
        if binding.in_bar and not without.get(binding.action, False)
    ]
