"""The one place that prints: what it may use of the terminal is decided once, when it is made."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from typing import Self, TextIO

from msgspec import structs
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.text import Text

from ptquiz.errors import EnvironmentProblem, said
from ptquiz.ui.terminal.abilities import Abilities, ColorChoice, GlyphChoice, Glyphs, can_encode, decide
from ptquiz.ui.terminal.markup import Line, layout
from ptquiz.ui.terminal.wrap import Span, wrap_spans
from ptquiz.ui.words import Words

WIDEST_TEXT = 100
CODE_STYLE = "cyan"

DIRECTION_OVERRIDES = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
VISIBLE = (
    {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
    | {0x7F: 0x2421}
    | dict.fromkeys((*range(0x80, 0xA0), *DIRECTION_OVERRIDES), 0xFFFD)
)
"""Control characters and direction overrides, each as one visible character."""


class OutputError(EnvironmentProblem):
    """What the output goes to takes no more: a full disk, a terminal that is gone."""


class Screen:
    """An append-only transcript with at most one live line, the last."""

    def __init__(
        self,
        out: TextIO,
        abilities: Abilities | None = None,
        environ: Mapping[str, str] | None = None,
        words: Words | None = None,
    ) -> None:
        self._out = out
        self.words = words or Words()
        self._can = abilities or Abilities(columns=80)
        self._environ = environ or {}
        # With a size, since it would trip over a COLUMNS that is no number.
        self._styles = Console(file=io.StringIO(), color_system="standard", force_terminal=True, width=80, height=25)
        self._line_open = False

    @classmethod
    def for_streams(
        cls,
        stdin: TextIO,
        stdout: TextIO,
        environ: Mapping[str, str],
        plain: bool,
        color: ColorChoice = "auto",
        *,
        glyphs: GlyphChoice = "auto",
        words: Words | None = None,
    ) -> Self:
        """Make the screen of a program run; text that an encoding lacks becomes `?` instead of an error."""
        for stream in (stdin, stdout):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        abilities = decide(stdin, stdout, environ, plain=plain, color=color, glyphs=glyphs)
        return cls(stdout, abilities, environ, words)

    def through(self, out: TextIO) -> Screen:
        """Return a screen that looks the same and writes to a program instead, which has the keys to itself."""
        return Screen(out, structs.replace(self._can, live=False, columns=self.columns), self._environ, self.words)

    def can_print(self, text: str) -> bool:
        """Tell whether the encoding of the output has every character of a text."""
        return can_encode(self._out, text)

    @property
    def is_live(self) -> bool:
        """Whether keys come one by one and the last line may be rewritten."""
        return self._can.live

    @property
    def has_colour(self) -> bool:
        """Whether styles are sent."""
        return self._can.colour

    @property
    def glyphs(self) -> Glyphs:
        """The decoration that the encoding allows; what is a comma separates as the language does."""
        glyphs = self._can.glyphs
        return glyphs if glyphs.separator != ", " else structs.replace(glyphs, separator=self.words(", "))

    @property
    def columns(self) -> int:
        """The width now: the terminal's, else COLUMNS, else 80."""
        return self.row_width or 80

    @property
    def row_width(self) -> int | None:
        """The width that rows of tables should keep to; None in a pipe, where each row is one line for programs."""
        return self._can.columns or _terminal_size(self._out).columns or _number(self._environ.get("COLUMNS")) or None

    @property
    def text_width(self) -> int:
        """The width at which text is wrapped."""
        return min(self.columns, WIDEST_TEXT)

    def line(self, content: Text | str = "") -> None:
        """Print one line as it is, never wrapped or cut."""
        if self._line_open:
            self._leave_live_line()
        self._write(self._rendered(content) + "\n")

    def blank(self) -> None:
        """Print an empty line."""
        self.line()

    def text(self, markup: str, indent: int = 0) -> None:
        """Print deck text, wrapped."""
        for line in layout(markup.translate(VISIBLE), self.text_width, indent=indent, ticks=not self.has_colour):
            self.line(_styled(line))

    def item(self, mark: str, markup: str, indent: int = 2) -> None:
        """Print deck text beside a mark, its further lines below the text."""
        hang = indent + len(mark) + 2
        first, *others = layout(markup.translate(VISIBLE), self.text_width, indent=hang, ticks=not self.has_colour) or [
            []
        ]
        self.line(Text.assemble(" " * indent, (mark, "bold"), "  ", _styled(first)[hang:]))
        for line in others:
            self.line(_styled(line))

    def code(self, snippet: str, indent: int = 4, *, highlight: bool = False) -> None:
        """Print Python code, never wrapped or cut; `highlight` loads pygments, so not on the first question."""
        source = snippet.expandtabs(4).strip("\n").translate(VISIBLE)  # rich would drop some of these
        content = _highlighted(source) if highlight and self.has_colour else Text(source)
        for row in content.split("\n"):
            self.line(Text(" " * indent) + row if row.plain else "")

    def rule(self, title: str) -> None:
        """Print a heading between two short dashes."""
        dashes = self.glyphs.dash * 2
        self.line(Text.assemble((dashes, "dim"), " ", (title, "bold"), " ", (dashes, "dim")))

    def bar(self, items: Iterable[str]) -> None:
        """Print what can be pressed, wrapped between the items; only one that fills a line is cut."""
        separator = self.glyphs.separator.rstrip()
        row = ""
        for item in items:
            joined = f"{row}{self.glyphs.separator}{item}" if row else item
            if row and cell_len(joined + separator) > self.text_width:
                fits = cell_len(row + separator) <= self.text_width
                self._bar_row(row + separator if fits else row)
                joined = item
            row = joined
        self._bar_row(row)

    def _bar_row(self, row: str) -> None:
        for line in wrap_spans([Span(row)], self.text_width):
            self.line(Text("".join(span.text for span in line), "dim"))

    def live(self, prompt: str) -> None:
        """Rewrite the live line; in line mode print the prompt once."""
        if self.is_live:
            self._write("\r\x1b[K" + self._rendered(prompt))
        elif not self._line_open:
            self._write(self._rendered(prompt))
        self._line_open = True

    def end_live(self) -> None:
        """Keep the live line as it stands and go to the next."""
        if self._line_open and (self.is_live or not self._can.echoes):
            self._write("\n")
        self._line_open = False

    def fresh(self) -> None:
        """Begin at the top of an empty screen; what stood there is in the scrollback."""
        self.end_live()
        if self.is_live:
            self._write("\n" * (_terminal_size(self._out).lines or 24) + "\x1b[H")

    def _leave_live_line(self) -> None:
        """Make room for a line that comes while the live line stands."""
        if self.is_live:
            self._write("\r\x1b[K")
            self._line_open = False
        else:
            self.end_live()

    def _rendered(self, content: Text | str) -> str:
        """Give the characters to write, with every control character of the content made visible."""
        if isinstance(content, str):
            return content.translate(VISIBLE)
        if not self.has_colour:
            return content.plain.translate(VISIBLE)
        styled = content.copy()
        styled.stylize_before(content.style)  # render() leaves the base style to the console
        parts = ((text.translate(VISIBLE), style) for text, style, _ in styled.render(self._styles))
        return "".join(
            style.render(text, color_system=ColorSystem.STANDARD) if style else text for text, style in parts
        )

    def _write(self, characters: str) -> None:
        try:
            self._out.write(characters)
            self._out.flush()  # a closed pipe shows here, where the caller can still act, and not at exit
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise OutputError(said("cannot write the output: {reason}", reason=problem.strerror)) from None


def _styled(line: Line) -> Text:
    return Text.assemble(*((text, style.replace("code", CODE_STYLE)) for text, style in line))


def _highlighted(source: str) -> Text:
    from rich.syntax import Syntax  # only after an answer: it loads pygments

    return Syntax("", "python", theme="ansi_dark").highlight(source)


def _terminal_size(stream: TextIO) -> os.terminal_size:
    try:
        return os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):  # no terminal, or no descriptor at all
        return os.terminal_size((0, 0))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
