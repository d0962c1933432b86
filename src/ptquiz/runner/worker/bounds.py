"""How much a run may write, on every system."""

from __future__ import annotations

OUTPUT_KEPT = 256 << 10
"""Bytes of each stream that are kept."""
OUTPUT_LIMIT = 1 << 20
"""Bytes of each stream at which the run is stopped."""
DISK_LIMIT = 128 << 20
ENTRIES_LIMIT = 2000
LOOK_EVERY = 0.05
"""Seconds between looks at memory, processes and files."""
