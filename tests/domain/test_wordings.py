"""Which wordings are found in an answer, and which only seem to be there."""

from __future__ import annotations

import pytest
from msgspec import structs

from ptquiz.domain.answers import Explained
from ptquiz.domain.judging.words import short_verdict
from ptquiz.domain.questions import Point, Short
from ptquiz.domain.verdicts import PointResult
from tests.domain.decks import question

CASES: dict[str, tuple[str, str, bool]] = {
    "a word": ("flag", "one flag", True),
    "one letter": ("n", "the n of it", True),
    "one letter inside a word": ("n", "an answer", False),
    "the end of a word": ("flag", "camouflag", False),
    "after an underscore": ("mean", "running_mean", False),
    "after a digit": ("d", "2d", False),
    "a sign after a word": (".eval", "call model.eval()", True),
    "Chinese after Latin letters": ("标志", "设置flag标志", True),
    "Latin letters after Chinese": ("flag", "设置flag标志", True),
    "two words however they are spaced": ("set  a flag", "they set\n a   flag", True),
    "two words with another between": ("set flag", "set a flag", False),
    "code in the wording": ("the `flag` set", "the flag set", True),
    "code in the answer": ("the flag set", "the `flag` set", True),
    "both parts in any order": ("flag + every", "every module has a flag", True),
    "one part of two": ("flag + every", "a flag", False),
    "no wording at all": ("` `", "whatever", False),
    "nothing beside a part": ("flag + `", "a flag", False),
}


def point(answer: str, *accept: str) -> PointResult:
    asked = question("short")
    assert isinstance(asked, Short)
    asked = structs.replace(asked, points=(Point(text="It sets a flag.", accept=accept),))
    return short_verdict(asked, Explained(answer)).points[0]


@pytest.mark.parametrize(("wording", "answer", "found"), CASES.values(), ids=CASES)
def test_finds_a_wording(wording: str, answer: str, found: bool) -> None:
    assert point(answer, wording).said == found


def test_a_point_tells_the_first_wording_that_was_found() -> None:
    found = point("one flag for every module", "buffer", "every", "flag")
    assert found == PointResult("It sets a flag.", said=True, matched="every")
    assert point("nothing", "buffer") == PointResult("It sets a flag.", said=False, matched="")
