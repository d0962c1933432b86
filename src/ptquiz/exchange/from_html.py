"""HTML of a card to the markup of decks: `code`, **bold**, lists, paragraphs and fenced blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
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
SOUND = re.compile(r"\[(?:sound|anki:play):[^\]\n]{0,300}\]")
LOOKS_LIKE_HTML = re.compile(
    r"</?(?:b|i|u|em|strong|br|div|p|span|img|ul|ol|li|code|pre|sub|sup|a|table|tr|td|th|hr|font|h[1-6])\b[^<>]*>"
    r"|&(?:nbsp|lt|gt|amp|quot|#\d{1,6}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)


TAG = re.compile(r"""</?[a-zA-Z](?:[^<>"']{1,500}|"[^"]{0,2000}"|'[^']{0,2000}'){0,50}+>""")
"""A whole tag, of bounded length: so that no text takes time beyond its size, only these reach the parser."""
ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")


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
    without, sounds = SOUND.subn("", _without_comments(html.replace("\x00", "")))
    reader = _Reader()
    end = 0
    for tag in TAG.finditer(without):
        reader.words(without[end : tag.start()])
        reader.feed(tag.group())
        end = tag.end()
    reader.words(without[end:])
    return Converted(reader.text(), reader.media + sounds)


def _without_comments(html: str) -> str:
    """Remove comments; one that is not closed reaches to the end."""
    parts = []
    start = 0
    while (opened := html.find("<!--", start)) >= 0:
        parts.append(html[start:opened])
        closed = html.find("-->", opened)
        start = closed + 3 if closed >= 0 else len(html)
    return "".join((*parts, html[start:]))


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
        rows = (re.sub(" {2,}", " ", row).strip() for row in "".join(self._open[0][2]).split("\n"))
        prose = re.sub("\n{3,}", "\n\n", "\n".join(rows))
        return tidy(re.sub(r"\x00(\d+)\x00", lambda found: self._blocks[int(found[1])], prose))

    def words(self, text: str) -> None:
        """Take the text between two tags."""
        if not self._silent:
            plain = unescape(ENDLESS_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\x00", "")
            self._put(plain if self._in_pre() else re.sub(r"\s+", " ", plain))

    def set_cdata_mode(self, elem: str, **_: object) -> None:
        """Never wait for the end of a script: its text does not come through the parser."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if self._silent:
            return
        if tag in MEDIA:
            self.media += 1
        self._put(self._before(tag))
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        if tag in MARKS and len(self._open) < DEEPEST:
            self._open.append((tag, dict(attrs).get("href") or "", []))

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent -= tag in SILENT
            return
        if any(tag == name for name, _, _ in self._open):
            while self._close_last() != tag:
                pass
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in PARAGRAPHS:
            self._put("\n\n")

    def _before(self, tag: str) -> str:
        """Return what separates an element from the text before it."""
        if self._in_pre():
            return "\n" if tag == "br" or tag in PARAGRAPHS else ""
        if tag == "li":
            return f"\n{self._bullet()}"
        if tag in ("td", "th"):
            return " "
        return "\n\n" if tag == "br" or tag in PARAGRAPHS or tag in ROWS else ""

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
