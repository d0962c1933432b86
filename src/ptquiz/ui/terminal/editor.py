"""Ask for code or several lines of text."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptquiz.ui.terminal.applications import no_position_reports
from ptquiz.ui.terminal.keys import Keys
from ptquiz.ui.terminal.screen import Screen

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

END_OF_CODE = "."
"""In line mode a line with only this ends the text, as in mail and ed."""


@dataclass(frozen=True)
class Edited:
    """What came out of an editor; text that was not submitted is a draft."""

    submitted: bool
    text: str


@dataclass(frozen=True)
class Streams:
    """Where the editor reads and draws, instead of the terminal of the program."""

    input: Input
    output: Output


def edit_code(
    screen: Screen,
    keys: Keys,
    text: str,
    *,
    original: str | None = None,
    note: str = "",
    python: bool = True,
    keep: Callable[[str], None] | None = None,
    environ: Mapping[str, str] | None = None,
    vi: bool = False,
    streams: Streams | None = None,
) -> Edited:
    """Let the learner edit `text`; Ctrl-R goes back to `original`, `note` stands in the bottom bar.

    While it is edited and however the editor ends, `keep` gets the text as it stands: the place to save a draft.
    In line mode the text is typed anew, line by line, until a line with a single "." or the end of
    input; ended before its first line it is not submitted and `text` comes back.
    """
    if not screen.is_live:
        return typed_lines(screen, keys, text, keep=keep)
    no_position_reports()
    from ptquiz.ui.terminal.codearea import CodeArea

    given = text if original is None else original
    environ = os.environ if environ is None else environ
    area = CodeArea(
        text,
        original=given,
        note=note,
        python=python,
        colour=screen.has_colour,
        environ=environ,
        words=screen.words,
        vi=vi,
        keep=keep,
    )
    screen.end_live()
    try:
        with keys.suspended():
            submitted = area.run(streams.input, streams.output) if streams else area.run()
    finally:
        if keep:
            keep(area.text)
    return Edited(submitted, area.text)


def ask_block(screen: Screen, keys: Keys, lines: int, *, streams: Streams | None = None) -> Edited:
    """Ask for `lines` lines of plain text; in line mode the last line or a single "." ends it."""
    if not screen.is_live:
        return typed_lines(screen, keys, "", at_most=lines)
    note = f"({lines} line{'s' * (lines != 1)})"
    return edit_code(screen, keys, "", note=note, python=False, streams=streams)


def typed_lines(
    screen: Screen,
    keys: Keys,
    text: str,
    *,
    at_most: int | None = None,
    keep: Callable[[str], None] | None = None,
) -> Edited:
    """Read lines up to a single "." or the end of input; nothing at all leaves `text` as a draft.

    `keep` gets what was typed after each line.
    """
    typed: list[str] = []
    while at_most is None or len(typed) < at_most:
        screen.live(f"{len(typed) + 1}> ")
        try:
            line = keys.line()
        except EOFError:
            if not typed:
                raise
            break
        finally:
            screen.end_live()
        if line == END_OF_CODE:
            break
        typed.append(line)
        if keep:
            keep("\n".join(typed))
    return Edited(True, "\n".join(typed)) if typed else Edited(False, text)
