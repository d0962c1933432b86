"""HTML of a card to the markup of decks: `code`, **bold**, lists, paragraphs and fenced blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from ptquiz.exchange.plain_text import tidy

DEEPEST = 40
"""Nested marks beyond this are read as their text."""
FENCE = "```"
PARAGRAPHS = frozenset({"p", "ul", "ol", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "div", "dl"})
ROWS = frozenset({"tr", "dt", "dd"})
MARKS = {"code": "`", "tt": "`", "kbd": "`", "samp": "`", "b": "**", "strong": "**", "h1": "**", "h2": "**",
         "h3": "**", "h4": "**", "sup": "^", "sub": "_", "a": "", "pre": FENCE}  # fmt: skip
"""Elements whose text is gathered and then marked."""
SILENT = frozenset({"script", "style", "head", "title", "template", "object", "iframe"})
MEDIA = frozenset({"img", "audio", "video", "source", "embed"})
SOUND = re.compile(r"\[sound:[^\]\n]*\]|\[anki:play:[^\]\n]*\]")
LOOKS_LIKE_HTML = re.compile(
    r"</?(?:b|i|u|em|strong|br|div|p|span|img|ul|ol|li|code|pre|sub|sup|a|table|tr|td|th|hr|font|h[1-6])\b[^<>]*>"
    r"|&(?:nbsp|lt|gt|amp|quot|#\d{1,6}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Converted:
    """The text of a piece of HTML, and how many pictures and sounds it named."""

    text: str
    media: int = 0


def looks_like_html(text: str) -> bool:
    """Tell whether a text contains a usual element or entity; `x < y` and `List[int]` do not."""
    return LOOKS_LIKE_HTML.search(text) is not None


def from_html(html: str) -> Converted:
    """Return the text that a reader of the HTML would see; scripts and styles are dropped unread."""
    without, sounds = SOUND.subn("", html.replace("\x00", ""))
    reader = _Reader()
    reader.feed(without)
    reader.close()
    return Converted(reader.text(), reader.media + sounds)


class _Reader(HTMLParser):
    """Gathers text; `_open` holds the marked elements that are not closed yet, each with its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.media = 0
        self._open: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._silent = 0
        self._lists: list[int | None] = []
        self._blocks: list[str] = []

    def text(self) -> str:
        while len(self._open) > 1:
            self._close_last()
        rows = re.sub(r"[ \n]*\n[ \n]*", lambda gap: "\n\n" if gap.group().count("\n") > 1 else "\n", self._gathered())
        rows = re.sub(r" {2,}", " ", rows)
        return tidy(re.sub(r"\x00(\d+)\x00", lambda found: self._blocks[int(found[1])], rows))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in MEDIA:
            self.media += 1
        elif tag == "br":
            self._put("\n" if self._in_pre() else "\n\n")
        elif tag == "li":
            self._put(f"\n{self._bullet()}")
        elif tag in ("td", "th"):
            self._put(" ")
        elif tag in ROWS:
            self._put("\n\n")
        self._start_block(tag)
        if tag in MARKS and len(self._open) < DEEPEST:
            self._open.append((tag, dict(attrs).get("href") or "", []))

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
        elif any(tag == name for name, _, _ in self._open):
            while self._close_last() != tag:
                pass
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in PARAGRAPHS:
            self._put("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._put(data if self._in_pre() else re.sub(r"\s+", " ", data))

    def _start_block(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self._put("\n" if self._in_pre() else "\n\n")
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)

    def _bullet(self) -> str:
        """Return the mark of the next item of the innermost list."""
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _in_pre(self) -> bool:
        return any(name == "pre" for name, _, _ in self._open)

    def _put(self, text: str) -> None:
        self._open[-1][2].append(text)

    def _gathered(self) -> str:
        return "".join(self._open[-1][2])

    def _close_last(self) -> str:
        """End the innermost marked element and hand its text, marked, to the one around it."""
        tag, href, parts = self._open.pop()
        text = "".join(parts)
        if self._in_pre():
            self._put(text)
        elif tag == "pre" or (MARKS[tag] == "`" and "\n" in text.strip()):
            self._put(self._block(text))
        elif tag == "a":
            linked = href.startswith(("http://", "https://")) and href.strip() != text.strip()
            self._put(f"{text} ({href.strip()})" if linked else text)
        else:
            self._put(_marked(text, MARKS[tag]))
        return tag

    def _block(self, code: str) -> str:
        """Keep a block of code out of the way of everything that is done to prose."""
        rows = [row.rstrip() for row in code.expandtabs(4).replace("\xa0", " ").strip("\n").split("\n")]
        if not any(rows):
            return ""
        if any(row.lstrip().startswith(FENCE) for row in rows):
            block = "\n".join(f"    {row}" if row else "" for row in rows)
        else:
            block = "\n".join((FENCE, *rows, FENCE))
        self._blocks.append(block)
        return f"\n\n\x00{len(self._blocks) - 1}\x00\n\n"


def _marked(text: str, mark: str) -> str:
    """Put a mark around the words of a text and leave the spaces outside."""
    words = text.strip()
    if not words:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    match mark:
        case "`" if "``" in words:
            marked = words
        case "`" if words.startswith("`") or words.endswith("`"):
            marked = f"`` {words} ``"
        case "`" if "`" in words:
            marked = f"``{words}``"
        case "`":
            marked = f"`{words}`"
        case "**":
            marked = words if "**" in words or "\n" in words or "\x00" in words else f"**{words}**"
        case _:
            marked = mark + (words if len(words) == 1 else f"({words})")
    return before + marked + after
