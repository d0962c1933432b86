"""Turn the options of `ptquiz practice` into a selection of questions."""

from __future__ import annotations

from ptquiz.commands.selection import AgainFailed, Ahead, Believed, Cram, Due, Selection, Weakest
from ptquiz.errors import UsageError


def selection_of(
    *, ahead: int | None, cram: bool, weakest: bool, again_failed: bool, misconception: str | None
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
    if misconception is not None:
        asked["--misconception"] = Believed(misconception)
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} do not go together", details=("choose one of them",))
    return next(iter(asked.values()), Due())
