"""An entry as the columns of the log, and back.

What is the same in many entries (the kind, the rating, the desired retention, the result and whatever else there
may be) is one short JSON text that they share, their frame; the other columns hold what differs. A value that
a column could not hold exactly stays in the frame, so that every entry comes back bit for bit.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from msgspec import DecodeError, to_builtins
from msgspec.json import encode
from msgspec.structs import replace

from ptquiz.domain.questions import QuestionId
from ptquiz.domain.reviews import Entry, EntryId, Rated
from ptquiz.store.codec import decode_entry, microseconds

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Short = bytes | str
"""A text; hexadecimal digits as the bytes they stand for."""

_NUMBERED = re.compile(r"([0-9a-f]{32})-(0|[1-9][0-9]{0,8})")
_BLANK = '{"id":"","question":"","at":"1970-01-01T00:00:00Z",'
_MANY_SECONDS = 1e8


class Packed(NamedTuple):
    """What the log holds of an entry."""

    session: Short
    """What the ids of all entries of one run of the program begin with, or a whole id of another form."""
    number: int | None
    """What the id ends with."""
    question: QuestionId
    wording: Short
    meaning: Short
    at: int
    """Microseconds since 1970."""
    frame: str
    tenths: int | None
    """Of a second; None when the frame has the seconds."""
    answer: str


def pack(entry: Entry) -> Packed:
    """Return the columns of an entry."""
    fields = to_builtins(entry)
    for name in ("id", "question", "at"):
        del fields[name]
    answer, wording, meaning = (fields.pop(name, "") for name in ("answer", "wording", "meaning"))
    tenths = _tenths(fields.get("seconds", 0.0))
    if tenths is not None:
        fields.pop("seconds", None)
    session, number = split_id(entry.id)
    frame = encode(fields).decode()
    at = microseconds(entry.at)
    return Packed(session, number, entry.question, shortened(wording), shortened(meaning), at, frame, tenths, answer)


def unpack(packed: Packed) -> Entry:
    """Return the entry of some columns; DecodeError when they are not those of an entry."""
    session, number, question, wording, meaning, at, frame, tenths, answer = packed
    if None in (session, question, wording, meaning, frame, answer):
        raise DecodeError("a row of the log has lost a part")
    try:
        entry = framed(frame)
        id = lengthened(session) if number is None else f"{lengthened(session)}-{number}"
        moment = EPOCH + timedelta(microseconds=at)
        if not isinstance(entry, Rated):
            return replace(entry, id=id, question=question, at=moment)
        return replace(
            entry,
            id=id,
            question=question,
            at=moment,
            seconds=entry.seconds if tenths is None else tenths / 10,
            answer=answer,
            wording=lengthened(wording),
            meaning=lengthened(meaning),
        )
    except (AttributeError, TypeError, OverflowError) as error:
        raise DecodeError(f"a row of the log is no entry: {error}") from error


def split_id(id: EntryId) -> tuple[Short, int | None]:
    """Return the session and the number of an id."""
    found = _NUMBERED.fullmatch(id)
    return (shortened(found[1]), int(found[2])) if found else (shortened(id), None)


def shortened(text: str) -> Short:
    """Return a text as bytes where that is the same in half the space."""
    try:
        short = bytes.fromhex(text)
    except ValueError:
        return text
    return short if short and short.hex() == text else text


def lengthened(short: Short) -> str:
    """Return the text that was shortened."""
    return short.hex() if isinstance(short, bytes) else short


@lru_cache(maxsize=4096)
def framed(frame: str) -> Entry:
    """Return what a frame tells of an entry."""
    return decode_entry(_BLANK + frame[1:])


def _tenths(seconds: float) -> int | None:
    if not 0 < abs(seconds) < _MANY_SECONDS:
        return None  # A zero that is said comes back said.
    tenths = round(seconds * 10)
    return tenths if repr(tenths / 10) == repr(float(seconds)) else None
