"""Ids for what comes from elsewhere: the same card always gets the same one."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

LONGEST = 40
"""Characters of an id that is made from a title."""
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug(text: str) -> str:
    """Return a text as lower-case words and hyphens; empty when nothing of it can be kept."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_)[:LONGEST].strip("-")


def is_identifier(text: str) -> bool:
    """Tell whether a text can be an id as it is."""
    return IDENTIFIER.fullmatch(text) is not None


def id_of(deck: str, key: str) -> str:
    """Return the id of a card with this key in a deck."""
    return f"{deck}-{blake2b(key.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def slugs(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as ids, each once; those of which nothing can be kept are dropped."""
    return tuple(dict.fromkeys(filter(None, map(slug, tags))))
