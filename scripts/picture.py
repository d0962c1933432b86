"""Draw docs/pictures: real sessions in a real terminal, with the keys that scripts/scenes.py presses.

`python scripts/picture.py` draws all of them, `python scripts/picture.py verdict stats` only some. Time and shuffles
are fixed; only how long something took differs, and a picture that differs in nothing else is left alone.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from html import escape, unescape
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from rich.cells import cell_len  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.text import Text  # noqa: E402
from scenes import COLUMNS, SCENES, Shot  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.t-matrix {{ font: {char_height}px ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace }}
.t-title {{ font: bold 18px sans-serif }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="t-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""As rich draws it, without fonts from the network and without a mask for each line."""
CELL = 12.2
"""Width of a character."""
TEXT = re.compile(r'<text class="(t-r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL)
DURATION = re.compile(r"\d+(\.\d+)? (ms|s)\b|\d+ (毫秒|秒)")


def svg_of(shot: Shot) -> str:
    """Draw a shot as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for row in shot.rows:
        runs = (("".join(text for text, _ in run), style) for style, run in groupby(row, key=lambda cell: cell[1]))
        console.print(Text.assemble(*runs), soft_wrap=True)
    svg = console.export_svg(title=shot.title, code_format=SVG, unique_id="t")
    return re.sub(r"\n{2,}", "\n", _placed(re.sub(r"\d+\.\d{4,}", lambda found: f"{float(found[0]):g}", svg)))


def _placed(svg: str) -> str:
    """Say where each text begins by its place and not by blanks, and how wide it is in cells of the terminal."""

    def place(found: re.Match[str]) -> str:
        style, x, y, content = found.groups()
        blanks = "\N{NO-BREAK SPACE}\n"
        text = unescape(content).rstrip(blanks)
        start = round(float(x) / CELL) + len(text) - len(text.lstrip(blanks))
        text = text.lstrip(blanks)
        if not text:
            return ""
        parts = []
        for width, run in groupby(text, key=cell_len):
            part = "".join(run)
            shown, long = escape(part, quote=False).replace("\N{NO-BREAK SPACE}", "&#160;"), cell_len(part) * CELL
            parts.append(f'<text class="{style}" x="{start * CELL:g}" y="{y}" textLength="{long:g}">{shown}</text>')
            start += width * len(part)
        return "".join(parts)

    return TEXT.sub(place, svg)


def shown(svg: str) -> list[str]:
    """Return the texts of a picture without durations, which differ from run to run."""
    return [
        DURATION.sub("", text.replace("&#160;", " ")).strip() for text in re.findall(r"<text[^>]*>(.*?)</text>", svg)
    ]


def main(names: list[str]) -> None:
    """Draw the pictures that are named, or all."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or SCENES:
        path = PICTURES / f"{name}.svg"
        with tempfile.TemporaryDirectory(prefix="ptquiz-") as home:
            svg = svg_of(SCENES[name](Path(home)))
        if not path.exists() or shown(path.read_text("utf-8")) != shown(svg):
            path.write_text(svg, "utf-8")
            print(f"{name}: {len(svg.encode()) // 1024 + 1} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
