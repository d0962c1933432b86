"""What the program says, in the learner's language; English is what stands in the code."""

from __future__ import annotations

from collections.abc import Mapping

from ptquiz.errors import Message

ENGLISH: Mapping[str, str] = {}


class Words:
    """Translates messages; one without a translation stays English."""

    def __init__(self, table: Mapping[str, str] = ENGLISH) -> None:
        self._table = table

    def __call__(self, message: str, **values: object) -> str:
        """Return a message in the learner's language, with its {placeholders} filled."""
        translated = self._table.get(message, message)
        return translated.format(**values) if values else translated

    def tell(self, message: str | Message) -> str:
        """Return a message that was made elsewhere, with its values in it; a text without values is looked up whole."""
        if isinstance(message, str):
            return self._table.get(message, message)
        values = {
            name: self.tell(value) if isinstance(value, Message) else value for name, value in message.values.items()
        }
        return self._table.get(message.template, message.template).format_map(values)

    def count(self, one: str, many: str, number: int) -> str:
        """Return the message for a number of things: the first for 1, else the second; {n} is the number."""
        return self(one if number == 1 else many, n=number)


def marked(message: str) -> str:
    """Mark a message that is translated elsewhere, where it is shown."""
    return message


def words_for(lang: str) -> Words:
    """Return the words of a language: en or zh."""
    if lang != "zh":
        return Words()
    from ptquiz.ui.words.tables import CHINESE  # most sessions need no second language

    return Words(CHINESE)
