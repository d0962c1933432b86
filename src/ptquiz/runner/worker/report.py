"""What a child tells of its run: one frame that only a whole, undisturbed run can write."""

from __future__ import annotations

import json
import os
import struct
from typing import Any

MAGIC = b"PTQ1"
NONCE_BYTES = 16
HEAD = struct.Struct(f">4s{NONCE_BYTES}sI")
LIMIT = 8 << 20
"""Bytes of one report."""

Report = dict[str, Any]

_write = os.write
_encode = json.JSONEncoder(separators=(",", ":")).encode


def write_report(descriptor: int, nonce: bytes, report: Report) -> None:
    """Write the report as one frame."""
    body = _encode(report).encode()
    rest = memoryview(HEAD.pack(MAGIC, nonce, len(body)) + body)
    while rest:
        rest = rest[_write(descriptor, rest) :]


def read_report(received: bytes, nonce: bytes) -> Report | None:
    """Return the report, or None when what was received is anything but one frame with this nonce."""
    if len(received) < HEAD.size:
        return None
    magic, sent_nonce, length = HEAD.unpack_from(received)
    if magic != MAGIC or sent_nonce != nonce or len(received) != HEAD.size + length:
        return None
    try:
        report = json.loads(received[HEAD.size :])
    except (ValueError, RecursionError):
        return None
    return report if type(report) is dict else None
