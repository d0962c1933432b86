"""A real browser without a window, and without a network."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

from msgspec import Struct

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ALONE = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
BY_A_PAGE = '"traffic_annotation":101845102,'
"""How the browser's network log marks what a page asked for and not the browser for itself."""


class Visit(Struct, frozen=True):
    """What a page was and did."""

    dom: str
    console: tuple[str, ...]
    requests: tuple[str, ...]


def visit(page: Path, folder: Path) -> Visit:
    """Open a page and return what came of it."""
    log = folder / "network.json"
    ended = _run(folder, "--enable-logging=stderr", f"--log-net-log={log}", "--dump-dom", page.as_uri())
    console = tuple(line for line in ended.stderr.splitlines() if ":CONSOLE:" in line)
    requests = re.findall(rf'{BY_A_PAGE}"url":"([^"]*)"', log.read_text("utf-8"))
    return Visit(ended.stdout, console, tuple(requests))


def background(page: Path, folder: Path, *, dark: bool) -> tuple[int, ...]:
    """Return the colour, red green blue, of the upper left corner of a page."""
    picture = folder / "page.png"
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    _run(folder, scheme, "--window-size=300,300", f"--screenshot={picture}", page.as_uri())
    return first_pixel(picture.read_bytes())


def first_pixel(png: bytes) -> tuple[int, ...]:
    """Read the first pixel of a PNG: filters leave the first one of the first row as it is."""
    at, packed = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    return tuple(zlib.decompress(packed)[1:4])


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert BROWSER is not None
    profile = f"--user-data-dir={folder / 'profile'}"
    return subprocess.run(
        [BROWSER, *ALONE, profile, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
