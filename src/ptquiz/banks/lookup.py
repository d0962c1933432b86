"""Find the number of an id among very many without an object for each of them.

The ids are hashed to 64 bits and sorted: an id is found by halving. Whether an id that was never put in has
the hash of another is a matter of one in 10^14, even among 100,000.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

from ptquiz.domain.digests import blake2b

_HASH: Final = "Q"
_NUMBER: Final = "I"
_BYTES = array(_HASH).itemsize + array(_NUMBER).itemsize


class Lookup:
    """Numbers by id, in a block of bytes."""

    def __init__(self, block: memoryview) -> None:
        """Take a block that `lookup_block` made."""
        count = len(block) // _BYTES
        end = count * array(_HASH).itemsize
        self._hashes, self._numbers = block[:end].cast(_HASH), block[end:].cast(_NUMBER)

    def find(self, id: str) -> int | None:
        """Return the number of an id; None for an unknown one."""
        hashed = _hash(id)
        place = bisect_left(self._hashes, hashed)
        found = place < len(self._hashes) and self._hashes[place] == hashed
        return self._numbers[place] if found else None


def lookup_block(numbers: Mapping[str, int]) -> bytes | None:
    """Return the block for some ids; None where two of them have the same hash."""
    hashed = {_hash(id): number for id, number in numbers.items()}
    if len(hashed) < len(numbers):
        return None
    ordered = sorted(hashed)
    return array(_HASH, ordered).tobytes() + array(_NUMBER, map(hashed.__getitem__, ordered)).tobytes()


def _hash(id: str) -> int:
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogateescape"), digest_size=8).digest(), "big")
