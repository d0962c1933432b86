"""What a terminal can show, decided once from its streams and variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TextIO

from msgspec import Struct

ColorChoice = Literal["auto", "always", "never"]
GlyphChoice = Literal["auto", "unicode", "ascii"]


class Glyphs(Struct, frozen=True):
    """Decoration; the words beside it say the same."""

    right: str
    wrong: str
    partly: str
    dash: str
    separator: str
    full: str
    empty: str


UNICODE = Glyphs(right="✓", wrong="✗", partly="~", dash="─", separator=" · ", full="█", empty="·")
ASCII = Glyphs(right="+", wrong="x", partly="~", dash="-", separator=", ", full="#", empty=".")


class Abilities(Struct, frozen=True):
    """What may be sent to the terminal."""

    live: bool = False
    """Single keys and a rewritten line; otherwise line mode."""
    colour: bool = False
    glyphs: Glyphs = ASCII
    echoes: bool = False
    """Whether the Enter that ends an answer also ends the line on the screen."""
    columns: int | None = None
    """A fixed width; None asks the terminal each time."""


def decide(
    stdin: TextIO,
    stdout: TextIO,
    environ: Mapping[str, str],
    *,
    plain: bool = False,
    color: ColorChoice = "auto",
    glyphs: GlyphChoice = "auto",
) -> Abilities:
    """Choose between live mode and line mode, colour and none, Unicode and ASCII."""
    terminal = environ.get("TERM", "").lower()
    wordless = plain or terminal == "dumb" or _is_on(environ.get("ACCESSIBLE", ""))
    live = stdin.isatty() and stdout.isatty() and not wordless and terminal not in ("", "unknown")
    return Abilities(
        live=live,
        colour=not wordless and wants_colour(environ, tty=stdout.isatty() and terminal != "unknown", color=color),
        glyphs=ASCII if wordless or glyphs == "ascii" or not can_encode(stdout, "✓─█") else UNICODE,
        echoes=stdin.isatty(),
    )


def wants_colour(environ: Mapping[str, str], *, tty: bool, color: ColorChoice = "auto") -> bool:
    """Apply the precedence: flag, NO_COLOR, FORCE_COLOR or CLICOLOR_FORCE, CLICOLOR=0, a terminal."""
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if force := environ.get("FORCE_COLOR"):
        return _is_on(force)
    if _is_on(environ.get("CLICOLOR_FORCE", "")):
        return True
    return tty and environ.get("CLICOLOR") != "0"


def _is_on(value: str) -> bool:
    return value.lower() not in ("", "0", "false")


def can_encode(stream: TextIO, text: str) -> bool:
    """Tell whether the encoding of a stream has every character of a text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
