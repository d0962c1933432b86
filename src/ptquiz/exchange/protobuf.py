"""As much of the protobuf wire format as an Anki package needs: numbers and texts by the number of their field."""

from __future__ import annotations


class MalformedError(ValueError):
    """The bytes are no protobuf message."""


def fields(message: bytes) -> dict[int, list[int | bytes]]:
    """Return the values of a message by field number: whole numbers, and bytes for texts and messages.

    Raises MalformedError.
    """
    found: dict[int, list[int | bytes]] = {}
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                value, at = _varint(message, at)
                found.setdefault(key >> 3, []).append(value)
            case 1:
                at += 8
            case 2:
                length, at = _varint(message, at)
                if at + length > len(message):
                    raise MalformedError("a field is longer than its message")
                found.setdefault(key >> 3, []).append(message[at : at + length])
                at += length
            case 5:
                at += 4
            case other:
                raise MalformedError(f"wire type {other}")
    return found


def number(message: bytes, field: int) -> int:
    """Return a whole number, 0 when it is left out."""
    return next((value for value in fields(message).get(field, []) if isinstance(value, int)), 0)


def text(message: bytes, field: int) -> str:
    """Return a text, empty when it is left out."""
    values = fields(message).get(field, [])
    return next((value.decode("utf-8", "replace") for value in values if isinstance(value, bytes)), "")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            break
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise MalformedError("a number does not end")
