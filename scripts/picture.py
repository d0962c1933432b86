"""Draw docs/session.svg: a real session in a real terminal, with the keys that are pressed below."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rich.console import Console  # noqa: E402
from rich.text import Text  # noqa: E402
from tests.ui.terminal.pty_driver import Pty  # noqa: E402

ROWS, COLUMNS = 42, 88
TOPIC = "batchnorm"


def main() -> None:
    """Answer one question and draw the screen."""
    with tempfile.TemporaryDirectory() as home:
        env = {"PTQUIZ_HOME": home, "PTQUIZ_SEED": "4", "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "ptquiz", "practice", "-t", TOPIC]
        with Pty(command, env=env, rows=ROWS, columns=COLUMNS) as pty:
            pty.wait_for("q quit")
            pty.send("1")
            pty.wait_for("space =")
            pty.wait_for_prompt()
            draw(pty)


def draw(pty: Pty) -> None:
    """Write the screen of a terminal as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for row in pty.styled_lines:
        console.print(Text.assemble(*row), soft_wrap=True)
    svg = console.export_svg(title="ptquiz practice")
    (ROOT / "docs" / "session.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
