"""The sessions that docs/pictures shows, and the keys that are pressed in them."""

from __future__ import annotations

import atexit
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.ui.terminal import pty_driver
from tests.ui.terminal.pty_driver import Pty

pty_driver.DEADLINE = 180
"""Seconds; nobody waits for a picture, and the machine may be busy."""
START = datetime.fromisoformat("2026-11-16T09:00:00+00:00")
NOW = START + timedelta(days=7)
COLUMNS, ROWS = 88, 800
"""Rows below the last line are cut off."""
HEADER = "── "
TYPED = ("short answer", "predict", "number", "fill")
"""Kinds of question at which a key is only read after enter."""


class Shot(NamedTuple):
    """What a picture shows: some rows of a terminal below a title."""

    title: str
    rows: list[list[tuple[str, str]]]


Scene = Callable[[Path], Shot]


def surroundings(home: Path, now: datetime = NOW) -> dict[str, str]:
    """Return the variables of a scene: a home of its own, a fixed time, a fixed shuffle."""
    return {"PTQUIZ_HOME": str(home), "PTQUIZ_SEED": "4", "PTQUIZ_NOW": now.isoformat(), "TERM": "xterm-256color"}


@contextmanager
def terminal(command: str, home: Path) -> Iterator[Pty]:
    """Start `ptquiz` with its arguments in a terminal of its own."""
    words = [sys.executable, "-m", "ptquiz", *command.split()]
    with Pty(words, env=surroundings(home), rows=ROWS, columns=COLUMNS, cwd=home) as pty:
        yield pty


def shot(command: str, pty: Pty, since: str = "", until: str = "") -> Shot:
    """Take the rows from the last one with a text, to the first one behind it that begins with another."""
    lines = pty.lines
    first = max((n for n, line in enumerate(lines) if since and since in line), default=0)
    last = next((n for n, line in enumerate(lines) if until and n > first and line.startswith(until)), len(lines))
    rows = pty.styled_lines[first:last]
    while rows and not "".join(text for text, _ in rows[-1]).strip():
        rows.pop()
    return Shot(f"ptquiz {command}", rows)


def printed(command: str, home: Path, since: str = "", until: str = "") -> Shot:
    """Run a command to its end and take what it printed."""
    with terminal(command, home) as pty:
        pty.wait_exit()
        return shot(command, pty, since, until)


def headers(pty: Pty) -> list[str]:
    """List the headers of the questions so far."""
    return [line for line in pty.transcript.splitlines() if line.startswith(HEADER)]


def skip_to(pty: Pty, kind: str) -> None:
    """Skip questions until one of a kind is asked."""
    pty.wait_until(lambda pty: bool(headers(pty)), "a question")
    while kind not in (seen := headers(pty))[-1]:
        pty.wait_until(at_prompt, "a prompt")
        pty.send("s\r" if any(name in seen[-1] for name in TYPED) else "s")
        wait_for_headers(pty, len(seen) + 1)
    pty.wait_until(at_prompt, "a prompt")


def wait_for_headers(pty: Pty, count: int) -> None:
    """Wait until so many questions were asked."""
    pty.wait_until(lambda pty: len(headers(pty)) >= count, f"question {count}")


def at_prompt(pty: Pty) -> bool:
    """Whether the program waits for an answer."""
    return pty.lines[pty.cursor[0]].strip() in (">", "out>", "out 2/2>")


def verdict(home: Path) -> Shot:
    """A wrong answer about BatchNorm: what ran, what it printed, why."""
    return _answered("practice -t batchnorm", "choose one", ("1",), home)


def chinese(home: Path) -> Shot:
    """The same in Chinese."""
    return _answered("practice -t batchnorm --lang zh", "", ("1",), home)


def predict(home: Path) -> Shot:
    """An output that is predicted, and then run."""
    return _answered("practice -t views-strides", "predict", ("[2, 3]\r", "[2, 3]\r"), home)


def _answered(command: str, kind: str, lines: tuple[str, ...], home: Path) -> Shot:
    with terminal(command, home) as pty:
        skip_to(pty, kind)
        for line in lines:
            pty.wait_until(at_prompt, "a prompt")
            pty.send(line)
            pty.wait_for(f"> {line.strip()}")
        pty.wait_until(lambda pty: any("1 Again" in line or "1 重来" in line for line in pty.lines), "the ratings")
        pty.wait_for_prompt()
        return shot(command, pty, since=HEADER)


ELEMENTWISE = """\
def my_dropout2d(x, p, training):
    if not training:
        return x
    keep = torch.rand_like(x) >= p
    return x * keep / (1 - p)
"""


def editor(home: Path) -> Shot:
    """A code task, written in the editor."""
    with _writing(home) as pty:
        return shot("practice -t dropout", pty, since=HEADER)


def code(home: Path) -> Shot:
    """The same code, run against the checks."""
    with _writing(home) as pty:
        pty.send("\x04")
        pty.wait_until(lambda pty: any(line.startswith("✗") for line in pty.lines), "the verdict")
        pty.wait_until(at_prompt, "a prompt")
        return shot("practice -t dropout", pty, since="> enter")


@contextmanager
def _writing(home: Path) -> Iterator[Pty]:
    with terminal("practice -t dropout --new 30", home) as pty:
        skip_to(pty, "write code")
        pty.send("\r")
        pty.wait_for("Ctrl-D run")
        pty.send("\x7f" * 120)
        pty.wait_until(lambda pty: any("1:1" in line for line in pty.lines), "an empty editor")
        pty.paste(ELEMENTWISE)
        pty.wait_for("return x * keep")
        yield pty


def explain(home: Path) -> Shot:
    """A section with a live run, and one with the code of the installed torch."""
    return printed("explain dropout --no-pager", home, since="4  What switches it off", until="5  ")


ANSWERS = (
    {
        "question": "dropout-opening",
        "answer": "It zeroes elements at random and divides the survivors by 1 - p; eval is the identity.",
        "seconds": 60,
        "felt": "good",
    },
    {"question": "dropout-survivors", "answer": 2, "seconds": 30},
    {"question": "dropout-state", "answer": "3", "seconds": 50},
    {"question": "dropout-keep-prob", "answer": 1, "seconds": 40},
    {"question": "dropout-short-inverted", "answer": "so that the expected value stays the same", "seconds": 60},
    *({"pass": True, "seconds": 60} for _ in range(12)),
)
"""What is said about some questions; all others are passed over."""


def interview(home: Path) -> Shot:
    """The report of a mock interview."""
    script = home / "answers.jsonl"
    script.write_text("".join(json.dumps(line) + "\n" for line in ANSWERS), "utf-8")
    taken = printed("interview dropout --minutes 10 --script answers.jsonl", home, since="interview report")
    return taken._replace(title="ptquiz interview dropout --minutes 10")


def stats(home: Path) -> Shot:
    """A week of practice."""
    shutil.copytree(a_week_of_practice(), home, dirs_exist_ok=True)
    return printed("stats -t dropout -t batchnorm -t no-grad", home, until="time for an answer")


def plan(home: Path) -> Shot:
    """A plan for an interview, after a week of practice."""
    shutil.copytree(a_week_of_practice(), home, dirs_exist_ok=True)
    printed("plan --interview 2026-12-07 --minutes 20 -t dropout -t batchnorm -t no-grad", home)
    return printed("plan", home)


@cache
def a_week_of_practice() -> Path:
    """Practise on seven days in a row, as somebody does who knows four answers out of five; return the home."""
    home = Path(tempfile.mkdtemp(prefix="ptquiz-"))
    atexit.register(shutil.rmtree, home)
    chance = random.Random(7)
    topics = [word for topic in ("dropout", "batchnorm", "no-grad") for word in ("-t", topic)]
    command = [sys.executable, "-m", "ptquiz", "practice", "--json", *topics]
    for day in range(7):
        env = {**os.environ, **surroundings(home, START + timedelta(days=day))}
        with subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for line in process.stdout:
                reply = _reply(json.loads(line), chance)
                if reply:
                    process.stdin.write(json.dumps(reply) + "\n")
                    process.stdin.flush()
    return home


def _reply(message: dict[str, object], chance: random.Random) -> dict[str, object] | None:
    """Look at each answer, rate it, and quit at the end."""
    match message["type"]:
        case "question":
            return {"action": "show"}
        case "verdict":
            return {"rating": chance.choices((1, 2, 3, 4), (2, 1, 6, 1))[0]}
        case "summary":
            return {"action": "quit"}
    return None


WRONG = """\
format: 1
deck: softmax
title: Softmax
setup: import torch
questions:
  - id: softmax-shift
    kind: true-false
    level: follow-up
    ask: Adding 100 to every logit changes the probabilities.
    answer: true
    proof: |
      x = torch.tensor([1.0, 2.0, 3.0])
      print(x.softmax(0), (x + 100).softmax(0))
      assert not torch.allclose(x.softmax(0), (x + 100).softmax(0))
    explain: The largest logit dominates.
    source: [torch.nn.Sofmax]
"""
TYPO = """\
format: 1
deck: norms
title: Normalisation
questions:
  - id: norms-features
    kind: choice
    level: expert
    ask: Which layer normalises over features?
    optoins:
      - {text: LayerNorm, right: true, why: Yes.}
      - {text: BatchNorm, why: No.}
    explain: LayerNorm does.
"""


def check(home: Path) -> Shot:
    """Decks with mistakes: misspelt keys, and a claim that torch denies."""
    (home / "softmax.yaml").write_text(WRONG, "utf-8")
    (home / "norms.yaml").write_text(TYPO, "utf-8")
    return printed("check --quick softmax.yaml norms.yaml", home, since="norms.yaml:7")


SCENES: Mapping[str, Scene] = {
    scene.__name__: scene for scene in (verdict, predict, editor, code, explain, interview, stats, plan, chinese, check)
}
