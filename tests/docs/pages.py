"""The documents as a reader's program sees them: code blocks with what is said beside them, links, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
NOTE = re.compile(r"<!-- (not run|file|exit|keys of|schema):? ?(.*?) -->")


@dataclass(frozen=True)
class Block:
    """A fenced block of code."""

    page: Path
    line: int
    language: str
    text: str
    note: str = ""
    """What the comment above it begins with: "not run", "file", "exit", "keys of", "schema"."""
    said: str = ""
    """The rest of that comment."""

    @property
    def place(self) -> str:
        """Where it stands, for a test's name."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@cache
def tokens(page: Path) -> list[Token]:
    """Parse a page."""
    return MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page, each with the comment right above it."""
    above = ""
    for token in tokens(page):
        if token.type == "fence":
            assert token.map is not None
            note = NOTE.search(above)
            language = token.info.split()[0] if token.info else ""
            about = (note[1], note[2]) if note else ("", "")
            yield Block(page, token.map[0] + 1, language, token.content, *about)
        if token.type in ("fence", "html_block", "inline"):
            above = token.content if token.type == "html_block" else ""


def all_blocks(*languages: str) -> list[Block]:
    """List the blocks of all pages in some languages."""
    return [block for page in PAGES for block in blocks(page) if block.language in languages]


def links(page: Path) -> list[str]:
    """List what the links and pictures of a page point to."""
    inner = [child for token in tokens(page) for child in token.children or ()]
    return [str(child.attrs[name]) for child in inner for name in ("href", "src") if name in child.attrs]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as hosts of repositories make them."""
    every = tokens(page)
    titles = (following.content for token, following in pairwise(every) if _is_heading(token))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open"


def name_of(page: Path) -> str:
    """Name a page for a test."""
    return str(page.relative_to(ROOT))
