"""Entries as JSON, and the order of the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import ValidationError
from msgspec.json import Decoder, Encoder

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, EntryId

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_encoder = Encoder()
_entries: Decoder[Entry] = Decoder(Entry)
_names: Decoder[list[QuestionId]] = Decoder(list[QuestionId])
_weights: Decoder[tuple[float, ...]] = Decoder(tuple[float, ...])


def microseconds(at: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def canonical(entry: Entry) -> tuple[datetime, EntryId]:
    """Return the sort key of the log: by instant, then by id.

    It does not depend on the order of writing, so that two merged logs agree whichever came first. An
    entry written after the clock went back keeps the instant it was given and stands before older ones.
    """
    return entry.at, entry.id


def encode_entry(entry: Entry) -> str:
    """Return an entry as JSON; ValueError when it would not come back the same."""
    if entry.at.utcoffset() != timedelta(0):
        raise ValueError(f"entry {entry.id}: the instant {entry.at.isoformat()} is not in UTC")
    try:
        text = _encoder.encode(entry)
        same = _entries.decode(text) == entry
    except (UnicodeEncodeError, ValidationError):
        same = False
    if not same:
        raise ValueError(f"entry {entry.id} cannot be stored: it holds a lone surrogate or a number that is not finite")
    return text.decode()


def decode_entry(text: str | bytes) -> Entry:
    """Return the entry that a piece of JSON describes."""
    return _entries.decode(text)


def decode_names(text: str | bytes) -> list[QuestionId]:
    """Return the ids that a JSON array lists."""
    return _names.decode(text)


def encode_weights(weights: tuple[float, ...]) -> str:
    """Return weights as JSON, every float with all its digits."""
    return _encoder.encode(weights).decode()


def decode_weights(text: str | bytes) -> tuple[float, ...]:
    """Return the weights that a piece of JSON lists."""
    return _weights.decode(text)
