"""The sets of FSRS weights that were adopted, in SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime

from ptquiz.store.codec import decode_weights, encode_weights, microseconds

Weights = tuple[float, ...]


def put_weights(connection: sqlite3.Connection, weights: Weights, *, at: datetime) -> None:
    """Add a set of weights; an empty one stands for the published weights."""
    query = "INSERT INTO weights (at, weights) VALUES (?, ?)"
    connection.execute(query, (microseconds(at), encode_weights(weights)))


def all_weights(connection: sqlite3.Connection) -> tuple[Weights, ...]:
    """Return every set of weights that was adopted, oldest first; an empty one stands for the published weights."""
    with closing(connection.execute("SELECT weights FROM weights ORDER BY seq")) as rows:
        return tuple(decode_weights(text) for (text,) in rows)
