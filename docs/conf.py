"""How Sphinx builds these pages: `sphinx-build -W --keep-going -n docs build/docs`.

The pages are plain Markdown with relative links, so that they read as well where files are only shown. The table of
contents is made of the links on index.md, in their order.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx

import ptquiz

project = "ptquiz"
copyright = "the ptquiz authors"
version = release = ptquiz.__version__
extensions = ["myst_parser"]
exclude_patterns = ["conf.py"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"ptquiz {release}"
html_copy_source = html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}
smartquotes = False  # code and options are quoted in the text, too

SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
PAGE = re.compile(r"\]\(([\w/-]+)\.md\)")


def add_contents(app: Sphinx, page: str, text: list[str]) -> None:
    """Append a hidden table of contents for each section of index.md."""
    if page != "index":
        return
    for title, body in SECTION.findall(text[0]):
        pages = "\n".join(dict.fromkeys(PAGE.findall(body)))
        text[0] += f"\n\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n{pages}\n```\n"


def link_outside(app: Sphinx, page: str, text: list[str]) -> None:
    """Show links to files that are no pages, such as decks, as what they name: only the repository holds them."""
    up = "../" * (page.count("/") + 1)
    text[0] = re.sub(rf"\[([^\]]+)\]\({re.escape(up)}(?!\.\.)[^)]+\)", r"\1", text[0])


def setup(app: Sphinx) -> None:
    """Connect what is above."""
    app.connect("source-read", add_contents)
    app.connect("source-read", link_outside)
