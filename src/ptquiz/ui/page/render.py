"""Write sections as HTML; every text is escaped by the template."""

from __future__ import annotations

from collections.abc import Sequence

from ptquiz.ui.page.drawing import Section


def render(sections: Sequence[Section], *, title: str, subtitle: str, as_table: str, lang: str) -> str:
    """Return a whole page; `as_table` is what opens a folded table."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("ptquiz.ui.page", ""),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    page = templates.get_template("page.html.j2")
    return page.render(sections=sections, title=title, subtitle=subtitle, as_table=as_table, lang=lang)
