"""What is shown of where an error was raised: nothing, unless it is asked for."""

from __future__ import annotations

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz


@pytest.mark.parametrize("words", [("--debug", "explain", "nothing"), ("explain", "nothing", "--debug")], ids=" ".join)
def test_debug_shows_where_an_error_was_raised_and_the_message_after_it(words: tuple[str, ...]) -> None:
    ended = ptquiz(*words)
    assert ended.returncode == ExitCode.USAGE
    where, _, message = ended.stderr.partition("\nptquiz: ")
    assert where.startswith("Traceback")
    assert message.startswith('no topic "nothing".')


def test_without_it_there_is_the_message_alone() -> None:
    assert ptquiz("explain", "nothing").stderr.startswith('ptquiz: no topic "nothing".')
