"""The markup of decks to HTML for a card: everything that is not a mark of ours is escaped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from html import escape

# Every repetition is bounded, so that no text takes time beyond its size.
INLINE = re.compile(
    r"(?P<ticks>`{1,9})(?P<code>.{1,2000}?)(?<!`)(?P=ticks)(?!`)"
    r"|(?<![0-9A-Za-z_*])\*\*(?=\S)(?P<bold>(?:`[^`]{0,500}`|[^`]){1,500}?)(?<=\S)\*\*(?![0-9A-Za-z_*])",
    re.DOTALL,
)
ITEM = re.compile(r" *(?:(?P<dash>[-*])|(?P<number>\d{1,3})[.)]) +(?=\S)")
FENCE = re.compile(r" *```")
CODE_INDENT = "    "


def to_html(text: str) -> str:
    """Return HTML that shows a text as the terminal does; a single paragraph stands without a tag."""
    blocks = list(_blocks(text.strip("\n").split("\n")))
    if len(blocks) == 1 and blocks[0].startswith("<p>"):
        return blocks[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(blocks)


def _blocks(rows: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(rows):
        start = at
        if not rows[at].strip():
            at += 1
        elif FENCE.match(rows[at]):
            at = _end(rows, at + 1, lambda row: FENCE.match(row) is None)
            yield _pre(rows[start + 1 : at])
            at += 1
        elif rows[at].startswith(CODE_INDENT) and (at == 0 or not rows[at - 1].strip()):
            at = _end(rows, at, lambda row: row.startswith(CODE_INDENT) or not row.strip())
            yield _pre(rows[start:at])
        elif ITEM.match(rows[at]):
            at = _end(rows, at, lambda row: bool(row.strip()) and not FENCE.match(row))
            yield _list(rows[start:at])
        else:
            at = _end(rows, at + 1, lambda row: bool(row.strip()) and not FENCE.match(row) and not ITEM.match(row))
            yield "<p>" + _inline("\n".join(row.strip() for row in rows[start:at])) + "</p>"


def _end(rows: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    """Go on while rows belong to the block."""
    while at < len(rows) and belongs(rows[at]):
        at += 1
    return at


def _pre(rows: Sequence[str]) -> str:
    code = textwrap.dedent("\n".join(rows)).strip("\n")
    return f"<pre><code>{escape(code)}</code></pre>"


def _list(rows: Sequence[str]) -> str:
    items: list[str] = []
    for row in rows:
        if mark := ITEM.match(row):
            items.append(row[mark.end() :].strip())
        else:
            items[-1] += f"\n{row.strip()}"
    first = ITEM.match(rows[0])
    tag = "ol" if first and first["number"] else "ul"
    body = "".join(f"<li>{_inline(item)}</li>" for item in items)
    return f"<{tag}>{body}</{tag}>"


def _inline(text: str) -> str:
    parts: list[str] = []
    end = 0
    for found in INLINE.finditer(text):
        parts.append(escape(text[end : found.start()]))
        end = found.end()
        if (code := found["code"]) is not None:
            padded = code.startswith(" `") or code.endswith("` ")
            parts.append(f"<code>{escape(code[1:-1] if padded else code)}</code>")
        else:
            parts.append(f"<b>{_inline(found['bold'])}</b>")
    return "".join((*parts, escape(text[end:])))
