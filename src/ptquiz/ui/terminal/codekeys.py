"""The keys of the code editor. Imports prompt_toolkit, like the editor itself."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import emacs_mode, vi_insert_mode, vi_replace_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from ptquiz.ui.terminal.editing import INDENT, backspaces, cleaned, indent_after, replaces_indent

inserting = emacs_mode | vi_insert_mode | vi_replace_mode
"""Whether keys are text; in the other modes of vi they are commands."""

TYPED_GAP = 0.005
"""Seconds between two keys below which nobody pressed them."""


class Pastes:
    """Tells text that a terminal pastes without brackets from keys that somebody presses."""

    def __init__(self, buffer: Buffer, clock: Callable[[], float]) -> None:
        self._buffer = buffer
        self._clock = clock
        self._last_key = float("-inf")
        self._left: Document | None = None

    def insert(self, text: str) -> None:
        """Insert pasted text; it replaces the indent it is pasted after if it brings its own."""
        before = self._buffer.document.current_line_before_cursor
        if replaces_indent(before, text):
            self._buffer.delete_before_cursor(len(before))
        self._buffer.insert_text(text)

    def is_typed(self, event: KeyPressEvent) -> bool:
        """Tell whether this key was pressed by hand; call once per key."""
        now = self._clock()
        waited, self._last_key = now - self._last_key, now
        return waited >= TYPED_GAP and not event.key_processor.input_queue

    def take(self, event: KeyPressEvent) -> bool:
        """Insert the whole packet that came with this key, if it is text with a line end inside."""
        text, count = _packet(event)
        if "\n" not in text.rstrip("\n"):
            return False
        for _ in range(count):
            event.key_processor.input_queue.popleft()
        if self._buffer.document == self._left:  # nothing happened since the packet before: the paste goes on
            self._buffer.insert_text(cleaned(text))
        else:
            self.insert(cleaned(text))
        self._left = self._buffer.document
        return True


def _packet(event: KeyPressEvent) -> tuple[str, int]:
    """Give the text of this key and of those that came with it, and how many those are."""
    text, count = _text(event.key_sequence[-1]) or "", 0
    for press in event.key_processor.input_queue:
        more = _text(press)
        if more is None:
            break
        text, count = text + more, count + 1
    return text, count


def _text(press: KeyPress) -> str | None:
    """Give the text that a key press stands for in a paste; None for any other key."""
    if press.key in (Keys.ControlM, Keys.ControlJ):
        return "\n"
    if press.key == Keys.ControlI:
        return "\t"
    return press.data if len(press.key) == 1 else None


def code_keys(
    buffer: Buffer,
    *,
    python: bool,
    reset: Callable[[], None],
    edit_outside: Callable[[], Coroutine[None, None, None]],
    clock: Callable[[], float],
) -> KeyBindings:
    """Bind the keys of the editor; `python` adds the indenting."""
    keys = KeyBindings()
    pastes = Pastes(buffer, clock)
    _bind_leaving(keys)
    _bind_typing(keys, buffer, pastes, python=python)
    if python:
        _bind_indenting(keys, buffer, pastes)

    @keys.add("c-r")
    def _(event: KeyPressEvent) -> None:
        reset()

    @keys.add("c-g")
    @keys.add("c-x", "c-e")
    def _(event: KeyPressEvent) -> None:
        event.app.create_background_task(edit_outside())

    return keys


def _bind_leaving(keys: KeyBindings) -> None:
    @keys.add("c-d")
    @keys.add("c-s")
    @keys.add("escape", "enter", filter=emacs_mode)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=True)

    @keys.add("c-c")
    @keys.add("<sigint>")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=False)

    @keys.add("c-z")
    def _(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    @keys.add("c-l")
    def _(event: KeyPressEvent) -> None:
        event.app.renderer.clear()


def _bind_typing(keys: KeyBindings, buffer: Buffer, pastes: Pastes, *, python: bool) -> None:
    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        pastes.insert(cleaned(event.data))

    @keys.add("enter", filter=inserting)
    @keys.add("c-j", filter=inserting)
    def _(event: KeyPressEvent) -> None:
        typed = pastes.is_typed(event)
        if not pastes.take(event):
            before = buffer.document.current_line_before_cursor
            buffer.insert_text("\n" + " " * indent_after(before) if typed and python else "\n")

    # Undo goes back word by word.
    @keys.add(Keys.Any, filter=inserting, save_before=lambda event: not event.is_repeat or event.data == " ")
    def _(event: KeyPressEvent) -> None:
        pastes.is_typed(event)
        if not pastes.take(event) and event.data.isprintable():
            buffer.insert_text(event.data)


def _bind_indenting(keys: KeyBindings, buffer: Buffer, pastes: Pastes) -> None:
    @keys.add("tab", filter=inserting)
    def _(event: KeyPressEvent) -> None:
        if not pastes.take(event):
            buffer.insert_text(" " * (INDENT - buffer.document.cursor_position_col % INDENT))

    @keys.add("s-tab", filter=inserting)
    def _(event: KeyPressEvent) -> None:
        document = buffer.document
        before = document.cursor_position_col
        start = document.cursor_position - before
        surplus = len(document.current_line) - len(document.current_line.lstrip(" "))
        cut = min(surplus, INDENT)
        text = document.text[:start] + document.text[start + cut :]
        buffer.set_document(Document(text, start + max(before - cut, 0)))

    @keys.add("backspace", filter=inserting)
    def _(event: KeyPressEvent) -> None:
        buffer.delete_before_cursor(backspaces(buffer.document.current_line_before_cursor))
