"""The note type of the packages that ptquiz writes, known to the reader as well."""

from __future__ import annotations

NAME = "ptquiz"
"""Anki adds a suffix when another type has the name."""
PARENT = "ptquiz"
"""The deck in Anki below which ours are put."""
ID = "Id"
"""The field with the question's id, its level and its difficulty."""
FIELDS = ("Question", "Answer", "Explanation", ID)
MODEL_ID = 1_607_392_319
"""Any constant: by it Anki recognises the type when a deck is imported again."""

FRONT = "{{Question}}"
BACK = '{{FrontSide}}<hr id="answer">{{Answer}}<div class="explanation">{{Explanation}}</div>'
CSS = """\
.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 45em; margin: 0 auto; }
pre, code { font-family: monospace; font-size: 90%; }
pre { white-space: pre; overflow-x: auto; padding: 0.6em; border: 1px solid #8888; }
.explanation { margin-top: 1em; font-size: 90%; }
"""


def level_tag(deck: str, level: str) -> str:
    """Return the tag by which the questions of a level can be found in Anki."""
    return f"{deck}::{level}"
