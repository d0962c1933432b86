"""Leave out questions that are not true for the torch at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec import Struct

from ptquiz.domain.outlines import Outlines
from ptquiz.domain.requirements import satisfied
from ptquiz.errors import Message, said


class Suited(Struct, frozen=True):
    """The questions for this torch, and how many others there are."""

    outlines: Outlines
    unsuited: Mapping[str, int] = {}
    """How many questions have a requirement that is not met, by requirement."""
    version: str = ""
    """Of torch; empty when nothing asked for it."""


def suited(outlines: Outlines, version: Callable[[], str]) -> Suited:
    """Return the questions whose requirement is met; `version` is asked only where one has any.

    A version that cannot be told, an empty one, meets every requirement: the judging says what is missing.
    """
    demanding = outlines.requires
    ours = version() if demanding else ""
    out = {id: requires for id, requires in demanding.items() if not _meets(requires, ours)}
    return Suited(outlines.without(out), Counter(out.values()), ours)


def reasons(found: Suited) -> list[Message]:
    """Say in a line for each requirement how many questions it leaves out."""
    return [
        said(
            "{n} question needs {requirement}, this is torch {torch}"
            if count == 1
            else "{n} questions need {requirement}, this is torch {torch}",
            n=count,
            requirement=requirement,
            torch=found.version,
        )
        for requirement, count in sorted(found.unsuited.items())
    ]


def _meets(requirement: str | None, version: str) -> bool:
    return not version or satisfied(requirement, version)
