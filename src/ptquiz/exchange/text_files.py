"""Text files of cards, read whole: of a sane size and in UTF-8."""

from __future__ import annotations

from pathlib import Path

from ptquiz.exchange.cards import UnreadableCardsError

MAX_BYTES = 16 * 1024 * 1024


def read_text(path: Path) -> str:
    """Return the text of a file, its line ends as they are.

    Raises UnreadableCardsError for a file that is too large or not UTF-8, with the place of the first bad byte.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableCardsError(path, f"cannot be read: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise UnreadableCardsError(path, f"the file has more than {MAX_BYTES:,} bytes; split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise UnreadableCardsError(
            path, f"{path}:{line}:{column}: byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8"
        ) from None
