"""Turn the bytes a terminal sends into keys; knows nothing of files, signals or time."""

from __future__ import annotations

import re
import unicodedata

Key = str
"""A character ("1", "q", "?"), a name ("enter", "up", "ctrl-l") or an event ("paste", "resize", "redraw")."""

PASTE = "paste"
END = "ctrl-d"
LONGEST_TYPED = 12
"""More characters than this in one packet were pasted; fewer can be a typist behind a slow line."""

NAMES = {"\r": "enter", "\n": "enter", " ": "space", "\t": "tab", "\x7f": "backspace", "\b": "backspace"}
PASTE_BEGIN, PASTE_END = b"\x1b[200~", b"\x1b[201~"
ARROWS = {b"A": "up", b"B": "down", b"C": "right", b"D": "left", b"H": "home", b"F": "end"}
SEQUENCES = (
    {b"\x1b[" + final: name for final, name in ARROWS.items()}
    | {b"\x1bO" + final: name for final, name in ARROWS.items()}
    | {b"\x1b[3~": "delete", b"\x1b[5~": "page-up", b"\x1b[6~": "page-down", b"\x1b[Z": "shift-tab"}
)
WHOLE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~])")
PARTIAL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
NOT_TEXT = re.compile(rb"\x1b\[200~.*?(?:\x1b\[201~|\Z)|\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~])", re.DOTALL)


def fold(text: str) -> Key:
    """Name one typed character: full-width and upper-case forms are the plain key."""
    plain = unicodedata.normalize("NFKC", text)
    if plain in NAMES:
        return NAMES[plain]
    if len(plain) == 1 and plain < " ":
        return "ctrl-" + chr(ord(plain) + 0x40).lower()
    return plain.lower()


def is_burst(data: bytes) -> bool:
    """Tell whether one packet holds more than somebody types: it was pasted without brackets."""
    text = NOT_TEXT.sub(b"", data).replace(b"\r", b"\n").decode("utf-8", "ignore")
    return len(text) > LONGEST_TYPED or "\n" in text.rstrip("\n")


class KeyDecoder:
    """Collects bytes and gives the keys they spell; holds back what may go on."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def waiting(self) -> bool:
        """Whether the last bytes need more to become a key."""
        return bool(self._pending)

    @property
    def inside_paste(self) -> bool:
        """Whether a bracketed paste has begun and not ended."""
        return self._pending.startswith(PASTE_BEGIN)

    def feed(self, data: bytes) -> list[Key]:
        """Add bytes and take every whole key."""
        self._pending += data
        keys: list[Key] = []
        while self._pending:
            key, length = _next_key(self._pending)
            if not length:
                break
            self._pending = self._pending[length:]
            if key:
                keys.append(key)
        return keys

    def flush(self) -> list[Key]:
        """Take what was held back as it is, because nothing more came: a lone ESC is the key."""
        pending, self._pending = self._pending, b""
        if pending.startswith(PASTE_BEGIN):
            return [PASTE]
        return ["esc"] if pending == b"\x1b" else []


def _next_key(data: bytes) -> tuple[Key, int]:
    """Give the first key and its length in bytes: no key for what is to be skipped, 0 when more is needed."""
    if data[0] == 0x1B:
        return _escape(data)
    length = _character_length(data)
    if length > len(data):
        return "", 0
    text = data[:length].decode("utf-8", "ignore")
    return (fold(text) if text else ""), length


def _character_length(data: bytes) -> int:
    """Give the length of the UTF-8 character at the start; 1 for a stray byte."""
    first = data[0]
    length = 1 if first < 0xC2 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4 if first < 0xF5 else 1
    return length if all(byte & 0xC0 == 0x80 for byte in data[1:length]) else 1


def _escape(data: bytes) -> tuple[Key, int]:
    """Read one escape sequence; reports and keys without a name are skipped."""
    if data.startswith(PASTE_BEGIN):
        end = data.find(PASTE_END)
        return (PASTE, end + len(PASTE_END)) if end >= 0 else ("", 0)
    if whole := WHOLE.match(data):
        return SEQUENCES.get(whole.group(), ""), whole.end()
    if PARTIAL.match(data):
        return "", 0
    if data[1] == 0x1B:
        return "esc", 1
    key, length = _next_key(data[1:])
    return (f"alt-{key}" if key else ""), length + 1 if length else 0
