"""The shipped decks in Chinese, end to end."""

from __future__ import annotations

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz


def test_questions_verdicts_and_explanations_are_in_chinese() -> None:
    ended = ptquiz("--lang", "zh", "practice", "-t", "train-eval", "--plain", keys=["1", "3", "q"])
    assert ended.returncode == ExitCode.DONE
    assert "本身做了什么" in ended.stdout
    assert "ran on" not in ended.stdout


def test_explain_teaches_in_chinese_and_runs_the_same_code() -> None:
    ended = ptquiz("--lang", "zh", "explain", "train-eval")
    assert ended.returncode == ExitCode.DONE
    assert "标志" in ended.stdout
    assert "def train(self" in ended.stdout


def test_one_history_serves_both_languages() -> None:
    ptquiz("practice", "-t", "train-eval", "--plain", keys=["1", "3", "q"])
    ended = ptquiz("--lang", "zh", "practice", "-t", "train-eval", "--plain", keys=["q"])
    assert "9" in ended.stdout.splitlines()[0]
    assert "changed" not in ended.stdout
