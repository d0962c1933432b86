"""Which key does what; the key bar, the overlay and the numbered menu are made from these tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, field, structs

from ptquiz.commands.suggesting import meant
from ptquiz.domain.reviews import Rating
from ptquiz.errors import Message, said
from ptquiz.ui.terminal.keydecoder import Key
from ptquiz.ui.words import marked


class Action(StrEnum):
    """What a key can do besides answering; the value is its name in the configuration."""

    HINT = "hint"
    SHOW = "show"
    SKIP = "skip"
    UNDO = "undo"
    EXPERIMENT = "experiment"
    EXPLAIN = "explain"
    LANGUAGE = "language"
    INFO = "info"
    STAR = "star"
    EDIT = "edit"
    BURY = "bury"
    SUSPEND = "suspend"
    OUTSIDE = "outside"
    REDRAW = "redraw"
    KEYS = "keys"
    MENU = "menu"
    QUIT = "quit"


class Binding(Struct, frozen=True):
    """The keys of an action; the first is shown."""

    action: Action
    keys: tuple[Key, ...]
    label: str
    in_bar: bool = False


EVENTS = ("resize", "redraw")
"""What the terminal sends by itself and is answered by showing the question again."""

BINDINGS = (
    Binding(Action.HINT, ("h",), marked("hint"), in_bar=True),
    Binding(Action.SHOW, ("a",), marked("show answer"), in_bar=True),
    Binding(Action.SKIP, ("s",), marked("skip, back later today"), in_bar=True),
    Binding(Action.UNDO, ("u",), marked("undo")),
    Binding(Action.EXPERIMENT, ("x",), marked("experiment with the code"), in_bar=True),
    Binding(Action.EXPLAIN, ("w",), marked("why: read the section on it")),
    Binding(Action.LANGUAGE, ("l",), marked("the other language, English or Chinese")),
    Binding(Action.INFO, ("i",), marked("history and memory")),
    Binding(Action.STAR, ("*",), marked("star")),
    Binding(Action.EDIT, ("e",), marked("note, report an error, open the deck")),
    Binding(Action.BURY, ("-",), marked("bury until tomorrow")),
    Binding(Action.SUSPEND, ("!", "@"), marked("suspend, never show again")),
    Binding(Action.OUTSIDE, ("o",), marked("write the code in $EDITOR")),
    Binding(Action.REDRAW, ("ctrl-l",), marked("show the question again")),
    Binding(Action.MENU, ("0",), marked("menu of everything, by number")),
    Binding(Action.KEYS, ("?",), marked("keys"), in_bar=True),
    Binding(Action.QUIT, ("q", "ctrl-d"), marked("quit, everything is saved"), in_bar=True),
)
SHORT = {Action.SKIP: marked("skip"), Action.EXPERIMENT: marked("experiment"), Action.QUIT: marked("quit")}
"""Labels that are shorter in the bar."""

RATING_KEYS: Mapping[Key, Rating] = {str(rating.value): rating for rating in Rating}

AFTER_VERDICT = frozenset(
    {
        Action.UNDO,
        Action.EXPERIMENT,
        Action.EXPLAIN,
        Action.LANGUAGE,
        Action.INFO,
        Action.STAR,
        Action.EDIT,
        Action.BURY,
        Action.SUSPEND,
        Action.REDRAW,
        Action.KEYS,
        Action.MENU,
        Action.QUIT,
    }
)
"""What can be done once the verdict is on the screen."""

VI_RATING_KEYS: Mapping[Key, Rating] = {**RATING_KEYS, **dict(zip("hjkl", Rating, strict=True))}
PRESETS = ("vi",)


class KeyMap(Struct, frozen=True):
    """The keys in use."""

    bindings: tuple[Binding, ...] = BINDINGS
    rating_keys: Mapping[Key, Rating] = field(default_factory=lambda: RATING_KEYS)
    vi: bool = False
    """Whether typed text is edited as in vi."""

    def action(self, key: Key) -> Action | None:
        """Return what a key does; None for nothing."""
        if key in EVENTS:
            return Action.REDRAW
        return next((binding.action for binding in self.bindings if key in binding.keys), None)

    def action_after_verdict(self, key: Key) -> Action | None:
        """Return what a key does once the verdict is on the screen; None for nothing."""
        action = self.action(key)
        return action if action in AFTER_VERDICT else None

    def key(self, action: Action) -> Key:
        """Return the key that is shown for an action."""
        return next(binding.keys[0] for binding in self.bindings if binding.action is action)

    def bar(self, without: Iterable[Action] = ()) -> list[tuple[Key, str]]:
        """List the keys of the bar below a question, with their labels."""
        left_out = frozenset(without)
        return [
            (binding.keys[0], SHORT.get(binding.action, binding.label))
            for binding in self.bindings
            if binding.in_bar and binding.action not in left_out
        ]

    def menu(self, *, after_verdict: bool) -> list[Binding]:
        """List what the numbered menu offers: every action without a letter, for active input methods."""
        return [
            binding
            for binding in self.bindings
            if binding.action is not Action.MENU and (not after_verdict or binding.action in AFTER_VERDICT)
        ]


def key_map(preset: str = "", keys: Mapping[str, tuple[Key, ...]] | None = None) -> tuple[KeyMap, list[Message]]:
    """Build the key map of a configuration, and say what in it makes no sense and was left out."""
    problems = []
    if preset and preset not in PRESETS:
        there = ", ".join(PRESETS)
        problems.append(
            said('keymap.preset: there is no "{preset}"; what there is: {there}', preset=preset, there=there)
        )
    wanted = {}
    for name, chosen in (keys or {}).items():
        if problem := _problem(name, chosen):
            problems.append(said("keymap.{name}: {problem}", name=name, problem=problem))
        else:
            wanted[Action(name)] = chosen
    taken = {b.action: wanted.get(b.action, b.keys) for b in BINDINGS}
    for action in list(wanted):
        for other, theirs in taken.items():
            if other is not action and (both := set(wanted[action]) & set(theirs)):
                clash = said('"{key}" is the key of {action}; give that another one, too', key=both.pop(), action=other)
                problems.append(said("keymap.{name}: {problem}", name=action, problem=clash))
                del wanted[action]
                break
    bindings = tuple(structs.replace(binding, keys=wanted.get(binding.action, binding.keys)) for binding in BINDINGS)
    vi = preset == "vi"
    return KeyMap(bindings, VI_RATING_KEYS if vi else RATING_KEYS, vi), problems


def _problem(name: str, keys: tuple[Key, ...]) -> Message | None:
    """Say why an action cannot have some keys; None when it can."""
    names = [action.value for action in Action]
    if name not in names:
        return said("there is no such action.{meant}", meant=meant(name, names))
    if not keys:
        return said("no key is named")
    for key in keys:
        if key.isdecimal() and (key != "0" or name != Action.MENU):
            return said('"{key}" is a digit, and digits answer', key=key)
        if key in ("space", "enter", "backspace", "esc"):
            return said('"{key}" answers', key=key)
    return None
