"""The live line: wait for a key or a line, show what was pressed, say what has no meaning."""

from __future__ import annotations

from msgspec import Struct

from ptquiz.ui.keymap import EVENTS, KeyMap
from ptquiz.ui.terminal.keys import Key, Keys
from ptquiz.ui.terminal.prompts import ask_line
from ptquiz.ui.terminal.screen import Screen


class Prompting(Struct, frozen=True):
    """Asks on one screen, by one key map."""

    screen: Screen
    keys: Keys
    keymap: KeyMap

    def key(self, prompt: str = "> ", *, collecting: bool = False) -> Key:
        """Wait for one key at the live line; a resize counts only when the width has changed."""
        while True:
            before = self.screen.columns  # before it is drawn: whoever sees it may resize at once
            self.screen.live(prompt)
            key = self.keys.get(collecting=collecting)
            if key != "resize" or self.screen.columns != before:
                return key

    def end(self, shown: str) -> None:
        """Leave the live line with what was pressed."""
        if self.screen.is_live:
            self.screen.live(f"> {'' if shown in EVENTS else shown}")
        self.screen.end_live()

    def line(self, prompt: str) -> str:
        """Read one line of text; KeyboardInterrupt at Ctrl-C, EOFError at the end of input."""
        return ask_line(self.screen, self.keys, prompt, vi=self.keymap.vi)

    def optional_line(self, prompt: str) -> str:
        """Read one line of text that may be left out; Ctrl-C and Ctrl-D leave it out, too."""
        try:
            return self.line(prompt).strip()
        except (KeyboardInterrupt, EOFError):
            self.screen.end_live()
            return ""

    def say(self, words: str, *, indent: int = 0) -> None:
        """Print a line in the learner's language in which {undo}, {skip} and the like stand for their keys."""
        self.screen.line(" " * indent + self.filled(words))

    def filled(self, words: str) -> str:
        """Put the keys of actions in the place of their names in braces."""
        for binding in self.keymap.bindings:
            words = words.replace(f"{{{binding.action}}}", binding.keys[0])
        return words

    def complain(self, key: Key) -> None:
        """Say that a key has no meaning here."""
        words = self.screen.words
        if key == "paste":
            self.screen.line(words("pasted text is ignored here"))
        elif key not in ("enter", "space", "esc") or not self.screen.is_live:
            self.say(words("'{key}' does nothing here; {keys} lists the keys").replace("{key}", key))

    def choose(self, labels: list[str]) -> int | None:
        """Offer things by number, from 1; None for going back."""
        words = self.screen.words
        self.screen.bar([*(f"{i} {label}" for i, label in enumerate(labels, start=1)), f"0 {words('back')}"])
        while True:
            key = self.key()
            if key in ("0", "esc", "q"):
                self.end(key)
                return None
            if key.isdecimal() and 1 <= int(key) <= len(labels):
                self.end(key)
                return int(key) - 1
            if key not in EVENTS:
                self.complain(key)
