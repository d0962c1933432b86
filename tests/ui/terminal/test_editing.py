"""What the code editor does to text, without an editor."""

from __future__ import annotations

import pytest

from ptquiz.ui.terminal.editing import backspaces, cleaned, indent_after, replaces_indent


@pytest.mark.parametrize(
    ("line", "indent"),
    [
        ("", 0),
        ("x = 1", 0),
        ("    x = 1", 4),
        ("def f(x):", 4),
        ("    if x:  # why", 8),
        ("        return x", 4),
        ("pass", 0),
        ("    passed = 1", 4),
        ("    x = {'a': 1}", 4),
    ],
)
def test_enter_keeps_opens_or_leaves_a_block(line: str, indent: int) -> None:
    assert indent_after(line) == indent


@pytest.mark.parametrize(("before", "count"), [("", 1), ("x", 1), ("    x", 1), ("    ", 4), ("      ", 2), (" ", 1)])
def test_backspace_takes_a_level_of_indent(before: str, count: int) -> None:
    assert backspaces(before) == count


def test_pasted_text_is_cleaned() -> None:
    assert cleaned("\ufeffa\r\nb\rc\td\n\xa0e") == "a\nb\nc   d\n e"


@pytest.mark.parametrize(
    ("before", "pasted", "replaces"),
    [
        pytest.param("    ", "    x = 1\n    y = 2", True, id="its own indent"),
        pytest.param("    ", "def f():\n    pass", True, id="a function"),
        pytest.param("    ", "@decorated\ndef f(): ...", True, id="a decorator"),
        pytest.param("    ", "x = 1\n    y = 2", False, id="selected from the first character on"),
        pytest.param("    ", "default = 1", False, id="a name that begins like a keyword"),
        pytest.param("x = ", "    1", False, id="after code"),
        pytest.param("", "    x", False, id="at the start of a line"),
    ],
)
def test_pasted_code_brings_its_indent_or_takes_the_one_that_is_there(before: str, pasted: str, replaces: bool) -> None:
    assert replaces_indent(before, pasted) is replaces
