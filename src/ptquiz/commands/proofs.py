"""Remember what was proven, so that an unchanged question is not proven again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ptquiz.files import replace_whole

MOST = 20_000
"""Fingerprints that are kept; the oldest go first."""


@dataclass
class Proofs:
    """A small file of fingerprints in the cache; losing it costs a proof."""

    file: Path
    _known: dict[str, None] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path) -> Proofs:
        """Read what was proven before; nothing when the file is missing or damaged."""
        try:
            known = msgspec.json.decode(file.read_bytes(), type=list[str])
        except (OSError, msgspec.MsgspecError):
            known = []
        return cls(file, dict.fromkeys(known))

    def __contains__(self, fingerprint: object) -> bool:
        return fingerprint in self._known

    def add(self, fingerprints: Iterable[str]) -> None:
        """Remember and write; a cache that cannot be written does not matter."""
        for fingerprint in fingerprints:
            self._known.pop(fingerprint, None)
            self._known[fingerprint] = None
        kept = list(self._known)[-MOST:]
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            replace_whole(self.file, msgspec.json.encode(kept), durable=False)
