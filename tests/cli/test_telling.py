"""The language of a question and the explanation behind it, from within practice."""

from __future__ import annotations

from pathlib import Path

from ptquiz.errors import ExitCode
from tests.banks.test_translations import TRANSLATION
from tests.cli.program import ptquiz, write_deck

EXPLAIN = """\
explain:
  - {level: answer, title: Modes, text: "`eval()` sets the flag `training`, by `self.train(False)`."}
  - {level: source, title: Scaling, text: What is kept is divided by `1 - p`., run: print(1 / (1 - 0.2))}
"""


def practise(path: Path, *keys: str, lang: str = "en") -> str:
    """Hold a session in line mode and return what it shows."""
    ended = ptquiz("practice", "-d", str(path.parent), "--plain", keys=keys, PTQUIZ_LANG=lang, PTQUIZ_UI_LANG="en")
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    return ended.stdout


def folder_with(folder: Path, *kinds: str, explained: bool = False) -> Path:
    """Write a deck, its translation and on request an explanation, and return the path of the deck."""
    decks = folder / "decks"
    decks.mkdir()
    path = write_deck(decks, *kinds)
    if explained:
        path.write_text(path.read_text("utf-8").replace("questions:\n", EXPLAIN + "questions:\n"), "utf-8")
    head, *texts = TRANSLATION.split("  - id: ")
    here = [text for text in texts if any(text.startswith(f"s-{kind}\n") for kind in kinds)]
    (decks / "sample.zh.yaml").write_text("  - id: ".join((head, *here)), "utf-8")
    return path


def test_a_key_changes_the_language_of_the_question_for_the_rest_of_the_session(tmp_path: Path) -> None:
    shown = practise(folder_with(tmp_path, "choice", "flashcard"), "l", "1", "3", "", "3", "q")
    before, after = shown.split("p = 0.2 时", 1)
    assert "What is `1 / (1 - p)` for p = 0.2?" in before
    assert "保持均值。" in after
    assert "eval() 是什么？" in after
    assert "What is eval()?" not in after


def test_the_same_key_goes_back_and_keeps_the_order_of_the_options(tmp_path: Path) -> None:
    shown = practise(folder_with(tmp_path, "choice"), "l", "l", "q")
    asked = [part.split("\n\n")[1] for part in shown.split("-- 1/1,")[1:]]
    assert len(asked) == 3
    assert asked[0] == asked[2]


def test_after_the_verdict_the_question_and_the_verdict_are_shown_in_the_other_language(tmp_path: Path) -> None:
    shown = practise(folder_with(tmp_path, "choice"), "1", "l", "3")
    assert "It keeps the mean." in shown
    assert "保持均值。" in shown.split("p = 0.2 时", 1)[1]
    assert "1 answered" in shown


def test_the_points_of_an_answer_in_words_are_shown_in_the_other_language(tmp_path: Path) -> None:
    shown = practise(folder_with(tmp_path, "short"), "It sets a flag.", "l", "", "3")
    points, again, verdict = (part.partition("\n\n")[0] for part in shown.split("1 [")[1:])
    assert ("one flag" in points, "一个标志" in again, "一个标志" in verdict) == (True, True, True)
    assert "model answer: 把每个子模块" in shown


def test_a_question_without_a_translation_says_so(tmp_path: Path) -> None:
    assert "this question is not translated" in practise(write_deck(tmp_path, "choice"), "l", "q")


def test_the_section_that_fits_is_shown_and_lowers_what_is_proposed(tmp_path: Path) -> None:
    shown = practise(folder_with(tmp_path, "choice", explained=True), "w", "1", "2")
    told, _, answered = shown.partition("all of it: ptquiz explain sample")
    assert "2  Scaling" in told
    assert "Modes" not in told
    assert "1.25" in told.split("ran on torch", 1)[1]
    assert "1-3 answer" in answered
    assert "enter = 2 Hard" in answered or "space = 2 Hard" in answered or "= 1 Again" in answered


def test_after_the_verdict_the_section_leads_back_to_the_rating(tmp_path: Path) -> None:
    shown = practise(folder_with(tmp_path, "flashcard", explained=True), "", "w", "3")
    assert "1  Modes" in shown
    assert "1 answered" in shown
    assert "Good 1" in shown


def test_a_topic_without_an_explanation_says_so(tmp_path: Path) -> None:
    assert "this topic has no explanation" in practise(write_deck(tmp_path, "choice"), "w", "q")
