"""Messages between the client and the warm process: four bytes of length, then JSON. Never pickle."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import time
from typing import Any

LENGTH = struct.Struct(">I")
LIMIT = 64 << 20
"""Bytes of one message."""

Message = dict[str, Any]


class ChannelClosed(Exception):  # noqa: N818 - an event, not an error, for the warm process
    """The other side has gone."""


class BadMessage(ValueError):  # noqa: N818 - reads as the fact it states
    """What arrived is not a message."""


class Channel:
    """One end of a stream socket that carries messages; a timeout or an interrupt leaves it usable."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._received = bytearray()

    def fileno(self) -> int:
        """Return the descriptor, for poll."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close this end, and wake whoever waits for it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def send(self, message: Message) -> None:
        """Send one message whole."""
        body = json.dumps(message).encode()
        if len(body) > LIMIT:
            raise BadMessage(f"a message of {len(body)} bytes is over the limit")
        try:
            self._socket.sendall(LENGTH.pack(len(body)) + body)
        except OSError as problem:
            raise ChannelClosed(str(problem)) from None

    def pending(self, timeout: float = 0.0) -> bool:
        """Wait until something can be received, the end of the stream included, and tell whether it can."""
        return bool(self._received) or self._arrives(timeout)

    @property
    def between_messages(self) -> bool:
        """Tell whether no half message has arrived."""
        return not self._received

    def receive(self, timeout: float | None = None) -> Message:
        """Return the next message; TimeoutError when it is not complete in time."""
        end = None if timeout is None else time.monotonic() + timeout
        while (body := self._take()) is None:
            left = None if end is None else end - time.monotonic()
            if left is not None and not self._arrives(left):
                raise TimeoutError
            try:
                chunk = self._socket.recv(1 << 18)
            except OSError as problem:
                raise ChannelClosed(str(problem)) from None
            if not chunk:
                raise ChannelClosed("end of file")
            self._received += chunk
        return decode(body)

    def _arrives(self, timeout: float) -> bool:
        """Wait until the socket can be read, its end included."""
        poll = select.poll()
        try:
            poll.register(self._socket, select.POLLIN)
        except ValueError:
            raise ChannelClosed("closed here") from None
        return bool(poll.poll(max(timeout, 0.0) * 1000))

    def _take(self) -> bytes | None:
        """Cut one complete message off what has arrived."""
        if len(self._received) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack_from(self._received)
        if length > LIMIT:
            raise BadMessage(f"a message of {length} bytes is over the limit")
        end = LENGTH.size + length
        if len(self._received) < end:
            return None
        body = bytes(self._received[LENGTH.size : end])
        del self._received[:end]
        return body


def decode(body: bytes) -> Message:
    """Return the message in one frame."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise BadMessage(f"not JSON: {problem}") from None
    if type(message) is not dict:
        raise BadMessage("not an object")
    return message
