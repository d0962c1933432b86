"""Turn the options of `ptquiz practice` into a selection of questions."""

from __future__ import annotations

from ptquiz.commands.selection import AgainFailed, Ahead, Believed, Cram, Due, Selection, Weakest, WithStar
from ptquiz.errors import UsageError, said


def selection_of(
    *, ahead: int | None, cram: bool, weakest: bool, again_failed: bool, starred: bool, misconception: str | None
) -> Selection:
    """Return the one selection that was asked for; UsageError for two of them."""
    asked: dict[str, Selection] = {}
    if ahead is not None:
        asked["--ahead"] = Ahead(ahead)
    if cram:
        asked["--cram"] = Cram()
    if weakest:
        asked["--weakest"] = Weakest()
    if again_failed:
        asked["--again-failed"] = AgainFailed()
    if starred:
        asked["--starred"] = WithStar()
    if misconception is not None:
        asked["--misconception"] = Believed(misconception)
    if len(asked) > 1:
        one, other, *_ = asked
        raise UsageError(
            said("{one} and {other} do not go together", one=one, other=other), details=("choose one of them",)
        )
    return next(iter(asked.values()), Due())
