"""A question that comes back, after its rating was undone or its deck was edited, is as it was."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck
from tests.cli.test_beside import editor, practising
from tests.cli.test_telling import folder_with
from tests.domain.decks import deck
from tests.ui.terminal.pty_driver import Pty

FAMILY = """\
  - id: s-family
    kind: number
    level: answer
    ask: How much is ${n} + 1?
    explain: One more.
    vary: {n: ["1", "2", "3", "4", "5", "6", "7", "8"]}
    value: ${n} + 1
"""


def test_undoing_a_rating_brings_back_the_code(tmp_path: Path) -> None:
    with practising(write_deck(tmp_path, "write", "choice")) as pty:
        pty.send("\r")
        pty.wait_for("Ctrl-D run")
        pty.paste("\n\n\ndef soft(x):\n    return x.softmax(-1)\n")
        pty.wait_for("softmax(-1)")
        pty.send("\x04")
        pty.wait_for("CORRECT")
        pty.wait_for_prompt()
        pty.send("3")
        pty.wait_for("── 2/2")
        pty.wait_for_prompt()
        pty.send("u")
        pty.wait_for("its rating is removed")
        pty.wait_for_prompt()
        pty.send("\r")
        pty.wait_for(" 6     return x.softmax(-1)")


def test_a_translated_question_comes_back_translated_after_its_deck_was_edited(tmp_path: Path) -> None:
    path = folder_with(tmp_path, "flashcard")
    script = "sed -i 's/是什么？/到底是什么？/; s/What is eval/What exactly is eval/' \"$file\""
    with Pty(
        [*PTQUIZ, "practice", "-d", str(path.parent)],
        env=surroundings(PTQUIZ_EDITOR=editor(tmp_path, script), PTQUIZ_LANG="zh", PTQUIZ_UI_LANG="en"),
    ) as pty:
        pty.wait_for("eval() 是什么？")
        pty.wait_for_prompt()
        for place, asked in (("3", "eval() 是什么？"), ("4", "eval() 到底是什么？")):
            seen = pty.transcript.count(asked)
            pty.send("e")
            pty.wait_for("open its translation here", times=int(place) - 2)
            pty.wait_for_prompt()
            pty.send(place)
            pty.wait_for("checked: it holds", times=int(place) - 2)
            pty.wait_for(asked, times=seen + 1)
            pty.wait_for_prompt()
    assert "What exactly is eval()?" in path.read_text("utf-8")


def test_undoing_asks_the_same_member_of_a_family_again(tmp_path: Path) -> None:
    path = tmp_path / "family.yaml"
    path.write_text(deck("number", extra=FAMILY), "utf-8")
    ended = ptquiz("practice", "-d", str(path), "--plain", keys=["16", "3", "0", "3", "u", "q"])
    asked = [line for line in ended.stdout.splitlines() if line.startswith("How much is")]
    assert len(asked) == 2
    assert asked[0] == asked[1]
