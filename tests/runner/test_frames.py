"""Messages arrive whole and in order, whatever the pieces they come in."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.runner.worker import report
from ptquiz.runner.worker.frames import LIMIT, BadMessage, Channel, ChannelClosed

MESSAGE = {"kind": "run", "text": "张量\udc80"}
NONCE = bytes(range(report.NONCE_BYTES))


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, Channel]]:
    raw, other = socket.socketpair()
    channel = Channel(other)
    with raw:
        yield raw, channel
    channel.close()


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def test_messages_arrive_in_order(ends: tuple[socket.socket, Channel]) -> None:
    raw, channel = ends
    sender = Channel(raw)
    sender.send(MESSAGE)
    sender.send({"n": 2})
    assert [channel.receive(), channel.receive()] == [MESSAGE, {"n": 2}]


def test_a_message_may_come_in_pieces(ends: tuple[socket.socket, Channel]) -> None:
    raw, channel = ends
    whole = framed(b'{"n": 1}')
    raw.sendall(whole[:6])
    with pytest.raises(TimeoutError):
        channel.receive(timeout=0.0)
    assert not channel.between_messages
    raw.sendall(whole[6:] + whole[:2])
    assert channel.receive() == {"n": 1}


def test_the_end_of_the_stream_is_told(ends: tuple[socket.socket, Channel]) -> None:
    raw, channel = ends
    raw.close()
    assert channel.pending()
    with pytest.raises(ChannelClosed):
        channel.receive()
    with pytest.raises(ChannelClosed):
        channel.send({})


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(struct.pack(">I", LIMIT + 1), id="too long"),
        pytest.param(framed(b"{"), id="not JSON"),
        pytest.param(framed(b"[1]"), id="not an object"),
        pytest.param(framed(b"[" * 100_000), id="too deep"),
        pytest.param(framed(b"\xff"), id="not text"),
    ],
)
def test_what_is_no_message_is_refused(ends: tuple[socket.socket, Channel], sent: bytes) -> None:
    raw, channel = ends
    raw.sendall(sent)
    with pytest.raises(BadMessage):
        channel.receive()


@given(st.binary(max_size=60))
def test_only_a_whole_report_with_the_nonce_is_read(noise: bytes) -> None:
    good = struct.pack(">4s16sI", b"PTQ1", NONCE, 8) + b'{"n": 1}'
    assert report.read_report(good, NONCE) == {"n": 1}
    assert report.read_report(noise, NONCE) is None
    assert noise == b"" or report.read_report(noise + good, NONCE) is None
    assert noise == b"" or report.read_report(good + noise, NONCE) is None
    assert report.read_report(good, bytes(16)) is None
