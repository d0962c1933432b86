"""The one hash in use: BLAKE2b, taken from Python's own module where there is one.

`hashlib` would load OpenSSL first, which takes longer than drawing a question.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
