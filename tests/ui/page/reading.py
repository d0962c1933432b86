"""Read a page: its tables, and whatever it would load or run."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """What stands in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str | float]]] = {}
        """By id, without their heads: a number is what its cell stands for, not how it is printed."""
        self.tags: set[str] = set()
        self.addresses: set[str] = set()
        self._rows: list[list[str | float]] | None = None
        self._cell: str | float | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "srcset", "action")}
        match tag:
            case "table":
                self._rows = self.tables.setdefault(given.get("id") or "", [])
            case "tr" if self._rows is not None:
                self._rows.append([])
            case "td" | "th":
                self._cell = ""
            case "data":
                self._cell = float(given["value"] or "nan")

    def handle_data(self, data: str) -> None:
        if isinstance(self._cell, str):
            self._cell += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._rows and self._cell is not None:
            self._rows[-1].append(self._cell)
            self._cell = None
        elif tag == "thead" and self._rows:
            self._rows.clear()
        elif tag == "table":
            self._rows = None
