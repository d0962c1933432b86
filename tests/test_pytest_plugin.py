"""Decks as tests of pytest: what is collected, what fails and how it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.decks import deck

pytest_plugins = ["pytester"]

WRONG = ("assert y.requires_grad", "assert not y.requires_grad")
OTHER = (("deck: sample", "deck: other"), ("s-", "o-"))


def write(pytester: pytest.Pytester, name: str, text: str, *changes: tuple[str, str]) -> Path:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "no:randomly", "-v", *arguments)


def test_every_question_is_a_test_and_torch_stays_outside(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("true-false", "number"))
    pytester.makeconftest(
        "import sys\n"
        "def pytest_terminal_summary(terminalreporter):\n"
        "    terminalreporter.line(f'torch imported: {\"torch\" in sys.modules}')\n"
    )
    result = run(pytester, "decks")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["decks/a.yaml::reads PASSED*", "decks/a.yaml::s-claim PASSED*", "*::s-number PASSED*"])
    result.stdout.fnmatch_lines(["torch imported: False"])


def test_a_claim_that_does_not_hold_fails_at_its_line_without_a_traceback(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("true-false", "number"), WRONG)
    result = run(pytester, "decks")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([
        "decks/a.yaml:19:7: AssertionError",
        "   19 |       assert not y.requires_grad",
        "      |       ^",
        "FAILED decks/a.yaml::s-claim - decks/a.yaml:19:7: AssertionError",
    ])  # fmt: skip
    result.stdout.no_fnmatch_line("*runtest*")


def test_workers_of_xdist_prove_the_same(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("true-false", "number"), WRONG)
    write(pytester, "decks/b.yaml", deck("true-false", "number"), *OTHER)
    result = run(pytester, "decks", "-n", "2")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(["decks/a.yaml:19:7: AssertionError"])


def test_a_deck_that_cannot_be_read_is_one_failure_and_the_others_are_proven(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("flashcard"), ("kind: flashcard", "kind: flashcart"))
    write(pytester, "decks/b.yaml", deck("flashcard"), *OTHER)
    result = run(pytester, "decks")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["decks/a.yaml:10:11: expected *", '*did you mean "flashcard"?'])


def test_an_id_that_another_deck_has_is_told_at_the_second(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("flashcard"))
    write(pytester, "decks/b.yaml", deck("flashcard"), ("deck: sample", "deck: other"))
    result = run(pytester, "decks", "-k", "reads")
    result.assert_outcomes(passed=1, failed=1, deselected=2)
    result.stdout.fnmatch_lines(['decks/b.yaml:9:5: id "s-flashcard" is taken'])


COLLECTED = {
    "a folder that is given": (["decks"], "", True),
    "a deck that is given": (["decks/a.yaml"], "", True),
    "a question that is given": (["decks/a.yaml::s-flashcard"], "", True),
    "another folder that is given": (["tests"], "", False),
    "nothing is given": ([], "", False),
    "nothing is given, to workers": (["-n", "1"], "", False),
    "the flag": (["--ptquiz"], "", True),
    "the flag, to workers": (["--ptquiz", "-n", "1"], "", True),
    "the setting": ([], "[pytest]\nptquiz = true\n", True),
    "the setting forbids": (["decks"], "[pytest]\nptquiz = false\n", False),
    "paths among the settings": ([], "[pytest]\ntestpaths = decks\n", False),
}


@pytest.mark.parametrize("case", COLLECTED)
def test_decks_are_collected_where_they_are_asked_for(pytester: pytest.Pytester, case: str) -> None:
    arguments, settings, collected = COLLECTED[case]
    write(pytester, "decks/a.yaml", deck("flashcard"))
    write(pytester, "tests/test_nothing.py", "def test_nothing(): pass\n")
    write(pytester, "pytest.ini", settings or "[pytest]\n")
    if "-n" in arguments:
        result = run(pytester, *arguments)
    else:
        result = pytester.runpytest_inprocess("-p", "no:randomly", "-q", "--collect-only", *arguments)
    assert ("s-flashcard" in result.stdout.str()) is collected


@pytest.mark.parametrize("text", ["services:\n  deck: {}\n  format: 1\n", "deck: cards\n", "", "- format: 1\n"])
def test_other_yaml_files_are_left_alone(pytester: pytest.Pytester, text: str) -> None:
    write(pytester, "other.yaml", text)
    result = pytester.runpytest_inprocess("-p", "no:randomly", "--collect-only", "--ptquiz")
    result.stdout.fnmatch_lines(["collected 0 items"])


def test_a_deck_of_windows_is_collected(pytester: pytest.Pytester) -> None:
    path = write(pytester, "a.yaml", deck("flashcard"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    run(pytester, "--ptquiz").assert_outcomes(passed=2)


def test_a_setting_that_means_nothing_is_told(pytester: pytest.Pytester) -> None:
    write(pytester, "pytest.ini", "[pytest]\nptquiz = perhaps\n")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['ERROR: the setting ptquiz is "perhaps"; it is true, false or auto'])


def test_an_interpreter_that_does_not_exist_is_told_in_one_line(pytester: pytest.Pytester) -> None:
    write(pytester, "a.yaml", deck("number"))
    result = run(pytester, "a.yaml", "--ptquiz-python", "/nowhere/python")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*/nowhere/python*"])
    result.stdout.no_fnmatch_line("Traceback*")


def test_a_question_for_another_torch_is_skipped_with_the_reason(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("number"), ("    ask:", "    requires: torch>=2.99\n    ask:"))
    result = run(pytester, "decks", "-rs")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*it needs torch>=2.99, this is torch 2.*"])


SLIP = ("def soft(x): return x.", "def soft(x): return xx.")


def test_a_suspicion_is_a_warning_at_its_place(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("write"), SLIP)
    result = run(pytester, "decks")
    result.assert_outcomes(passed=2, warnings=1)
    result.stdout.fnmatch_lines(['*DeckWarning: decks/a.yaml:21:16: this wrong solution fails every check with "*'])


def test_where_warnings_are_errors_a_suspicion_fails_without_a_traceback(pytester: pytest.Pytester) -> None:
    write(pytester, "decks/a.yaml", deck("write"), SLIP)
    result = run(pytester, "decks", "-W", "error")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(['decks/a.yaml:21:16: this wrong solution fails every check with "*'])
    result.stdout.no_fnmatch_line("*runtest*")
