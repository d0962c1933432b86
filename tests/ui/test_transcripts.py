"""What a whole session looks like at 80 columns, in English and Chinese.

With UPDATE_TRANSCRIPTS=1 the transcripts are written anew; read the difference before you keep it.
"""

from __future__ import annotations

import io
import os
import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from ptquiz.cli.environment import Environment
from ptquiz.cli.practising import gather, session_on
from ptquiz.cli.wiring import open_decks, open_journal
from ptquiz.commands.agenda import Wishes
from ptquiz.runner import LiveRunner
from ptquiz.ui.terminal.abilities import UNICODE, Abilities
from ptquiz.ui.terminal.keys import ScriptKeys
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.terminal.wrap import CLOSING
from ptquiz.ui.words import words_for
from tests.cli.program import write_deck

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FOLDER = Path(__file__).parent / "transcripts"

KEYS = (
    *("h", "h", "1", "z", "i", "*", "1"),  # choice: hints, wrong, a key without meaning, history, star, Again
    *("enter", "1", "2", "enter", "space"),  # choices
    *("2", "3"),  # true-false
    *("(2, 3)", "1.0", "1"),  # predict
    *("abc", "2**4", "3"),  # number
    *("space", "3"),  # flashcard
    *("eval", "inference_mode", "3"),  # fill
    *("one flag", "1", "2", "enter", "2"),  # short: the ticks corrected
    *("2", "1", "enter", "3", "enter", "1"),  # order: one step forgotten
    *("enter", "def soft(x):", "    return x.softmax(-2)", ".", "a", "1"),  # fix, then the answer shown
    *("!", "u", "s", "q"),  # write: suspended, undone, skipped
)


def transcript(tmp_path: Path, runner: LiveRunner, lang: str, columns: int) -> str:
    """Hold a session over all kinds and return what it shows, times and versions left out."""
    runner.describe()  # so that the first answer does not have to wait for torch, and say so
    out, ids = io.StringIO(), count()
    surroundings = {"PTQUIZ_HOME": str(tmp_path / "home"), "PTQUIZ_SEED": "1", "PTQUIZ_LANG": lang}
    environment = Environment(
        io.StringIO(), out, io.StringIO(), surroundings, lambda: NOON, new_id=lambda: f"entry-{next(ids)}"
    )
    screen = Screen(out, Abilities(glyphs=UNICODE, columns=columns), words=words_for(lang))
    with open_journal(environment) as journal:
        library = open_decks(environment, [write_deck(tmp_path)])
        material = gather(environment, library, journal, Wishes(20))
        session_on(screen, material, ScriptKeys(KEYS), runner).run(material.agenda.queue)
    shown = re.sub(r"torch \d\S*, \d+ ms", "torch 2.x, 1 ms", out.getvalue()).replace(str(tmp_path), "FOLDER")
    return re.sub(r"[ \t]+$", "", shown, flags=re.MULTILINE)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_session_over_all_kinds_looks_as_it_did(tmp_path: Path, runner: LiveRunner, lang: str) -> None:
    file = FOLDER / f"session.{lang}.txt"
    shown = transcript(tmp_path, runner, lang, 80)
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8")


@pytest.mark.parametrize("columns", [40, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_begins_with_closing_punctuation(tmp_path: Path, runner: LiveRunner, lang: str, columns: int) -> None:
    rows = [row.strip() for row in transcript(tmp_path, runner, lang, columns).splitlines()]
    allowed = ("...", ")", "]", "? ")  # code, which is never wrapped, and a key
    assert [row for row in rows if row and row[0] in CLOSING and not row.startswith(allowed)] == []
