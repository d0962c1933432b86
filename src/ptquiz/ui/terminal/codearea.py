"""The code editor: an inline prompt_toolkit application with line numbers and a bar of keys.

Importing this module imports prompt_toolkit, so only `editor` does it, and late.
"""

from __future__ import annotations

import time
from asyncio import TimerHandle
from collections.abc import Callable, Mapping

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.application.run_in_terminal import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input
from prompt_toolkit.layout import BufferControl, Dimension, FormattedTextControl, HSplit, Layout, NumberedMargin, Window
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style
from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]

from ptquiz.errors import EnvironmentProblem
from ptquiz.ui.terminal.applications import ended_by_signals
from ptquiz.ui.terminal.codekeys import code_keys
from ptquiz.ui.terminal.external import edit_outside
from ptquiz.ui.words import Words

STYLE = Style.from_dict(
    {
        "line-number": "ansiyellow",
        "bar": "reverse",
        "pygments.keyword": "ansiblue",
        "pygments.keyword.constant": "ansicyan",
        "pygments.operator.word": "ansiblue",
        "pygments.literal.string": "ansigreen",
        "pygments.literal.number": "ansicyan",
        "pygments.comment": "ansigreen italic",
        "pygments.name.builtin": "ansicyan",
        "pygments.name.decorator": "ansimagenta",
        "pygments.name.function": "bold",
        "pygments.name.class": "bold",
    }
)


KEPT_WITHIN = 0.2
"""Seconds after a change within which the text is kept, so that not even a kill loses more."""


class CodeArea:
    """One editing of one text."""

    def __init__(
        self,
        text: str,
        *,
        original: str,
        note: str,
        python: bool,
        colour: bool,
        environ: Mapping[str, str],
        words: Words | None = None,
        vi: bool = False,
        keep: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._original = original
        self._note = note
        self._environ = environ
        self._colour = colour
        self._python = python
        self._words = words or Words()
        self._vi = vi
        self._buffer = Buffer(document=Document(text, len(text)), multiline=True, on_text_changed=self._changed)
        self._keep = keep
        self._saving: TimerHandle | None = None
        self._message = ""

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self._buffer.text

    def run(self, source: Input | None = None, sink: Output | None = None) -> bool:
        """Edit until the learner submits (True) or leaves (False)."""
        application = self.application(source, sink)
        with ended_by_signals(application):
            return application.run()

    def application(self, source: Input | None = None, sink: Output | None = None) -> Application[bool]:
        """Build the application; it erases itself when it ends."""
        lexer = PygmentsLexer(PythonLexer, sync_from_start=True) if self._python else None
        code = Window(
            BufferControl(self._buffer, lexer=lexer),
            left_margins=[NumberedMargin()],
            wrap_lines=True,
            dont_extend_height=True,
        )
        bar = Window(
            FormattedTextControl(self._bar),
            height=Dimension(min=1),
            wrap_lines=True,
            dont_extend_height=True,
            style="class:bar",
        )
        return Application(
            Layout(HSplit([code, bar])),
            key_bindings=code_keys(
                self._buffer,
                python=self._python,
                reset=self.reset,
                edit_outside=self._outside,
                clock=self._clock,
            ),
            editing_mode=EditingMode.VI if self._vi else EditingMode.EMACS,
            style=STYLE,
            color_depth=ColorDepth.DEPTH_4_BIT if self._colour else ColorDepth.DEPTH_1_BIT,
            erase_when_done=True,
            input=source,
            output=sink,
        )

    def _changed(self, _: Buffer) -> None:
        """See to it that what was typed is kept soon, also while the typing goes on."""
        application = get_app()
        if self._keep and self._saving is None and application.loop is not None:
            self._saving = application.loop.call_later(KEPT_WITHIN, self._save)

    def _save(self) -> None:
        self._saving = None
        if self._keep:
            self._keep(self.text)

    def reset(self) -> None:
        """Go back to the given text; undo brings the learner's back."""
        self._replace(self._original)

    async def _outside(self) -> None:
        """Hand the text to the learner's own editor; what goes wrong is said in the bar."""
        try:
            text = await run_in_terminal(lambda: edit_outside(self.text, self._environ), in_executor=True)
        except EnvironmentProblem as problem:
            self._message = " ".join((problem.message + ".", *problem.details))
        else:
            self._message = ""
            self._replace(text if self.text.endswith("\n") else text.removesuffix("\n"))
        get_app().invalidate()

    def _replace(self, text: str) -> None:
        self._buffer.save_to_undo_stack()
        self._buffer.set_document(Document(text, min(self._buffer.cursor_position, len(text))))

    def _bar(self) -> FormattedText:
        document = self._buffer.document
        words = self._words
        hints = [words("Ctrl-D run") if self._python else words("Ctrl-D submit"), "Ctrl-G $EDITOR"]
        if self.text != self._original:
            hints.append(words("Ctrl-R reset"))
        hints.append(words("Ctrl-C leave (text is kept)"))
        hints.append(f"{document.cursor_position_row + 1}:{document.cursor_position_col + 1}")
        lines = [" " + "   ".join(part for part in (self._note, *hints) if part)]
        if self._message:
            lines.append(" " + self._message)
        return FormattedText([("class:bar", "\n".join(lines))])
