"""`ptquiz practice --json`: a whole session driven by another program."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ptquiz.errors import ExitCode
from tests.cli.program import PTQUIZ, ptquiz, surroundings, write_deck

ROOT = Path(__file__).parents[2]
Message = dict[str, Any]

SOFT = "def soft(x):\n    return x.softmax(-1)\n"
MENDED = "def soft(x):\n    e = (x - x.amax(-1, True)).exp()\n    return e / e.sum(-1, True)\n"


class Peer:
    """The other side of the protocol."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.heard: list[Message] = []

    def say(self, **message: object) -> None:
        self.send(json.dumps(message, ensure_ascii=False))

    def send(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self, type_: str) -> Message:
        """Return the next message of a type; those before it are kept in `heard`."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            message: Message = json.loads(line)
            self.heard.append(message)
            if message["type"] == type_:
                return message
        raise AssertionError(f"no {type_}: {self.heard[-3:]}")

    def leave(self) -> Message:
        """Say no more, and return the summary."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        summary = self.hear("summary")
        assert self.process.wait(60) == ExitCode.DONE
        return summary


@contextmanager
def peer(path: Path, *options: str) -> Iterator[Peer]:
    command = [*PTQUIZ, "practice", "--json", "-d", str(path), *options]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield Peer(process)
        finally:
            process.kill()


def right_answer(question: Message) -> object:
    """Answer a sample question as one who knows."""
    match question["kind"]:
        case "choice":
            return question["options"].index("1.25") + 1
        case "choices":
            return [i for i, text in enumerate(question["options"], start=1) if text != "Linear"]
        case "order":
            steps = ("`loss = (w * 3).sum()`", "`loss.backward()`", "`opt.step()`")
            return [question["options"].index(step) + 1 for step in steps]
        case kind:
            return {
                "true-false": False,
                "predict": "torch.Size([2, 3])\n0.0",
                "number": 16,
                "flashcard": True,
                "fill": ["eval", "no_grad"],
                "short": "one flag on every submodule, gradients are still computed",
                "write": SOFT,
                "fix": MENDED,
            }[kind]


def test_a_session_over_all_kinds_is_driven_to_its_end(tmp_path: Path) -> None:
    with peer(write_deck(tmp_path), "--new", "20") as other:
        assert other.hear("session")["questions"] == 11
        verdicts = {}
        for _ in range(11):
            question = other.hear("question")
            other.say(answer=right_answer(question))
            if question["kind"] == "short":
                assert [point["said"] for point in other.hear("points")["points"]] == [True, True, True]
                other.say(ticks=[1, 2, 3])
            verdict = other.hear("verdict")
            verdicts[question["kind"]] = verdict
            other.say(rating=3)
            assert other.hear("recorded")["id"] == question["id"]
        assert len(verdicts) == 11
        results = {kind: verdict["result"] for kind, verdict in verdicts.items()}
        assert results.pop("flashcard") == "open"
        assert set(results.values()) == {"correct"}
        assert verdicts["write"]["evidence"][0]["torch"].startswith("2.")
        summary = other.hear("summary")
        assert (len(summary["done"]), summary["not_reached"]) == (11, 0)
        other.say(action="quit")
        assert other.process.wait(60) == ExitCode.DONE
    assert ptquiz("state", "check").stdout.startswith("11 entries")


def test_what_is_not_understood_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with peer(write_deck(tmp_path, "choice")) as other:
        other.hear("question")
        for line, said in {
            "nonsense": "this is no JSON",
            "[1]": "a message is an object",
            "{}": "a message has one of",
            '{"answer": "two"}': "the number of an option",
            '{"answer": true}': "the number of an option",
            '{"answer": 4}': "a number is 1 to 3",
            '{"rating": 5}': "a rating is 1, 2, 3 or 4",
            '{"action": "fly"}': "an action is one of",
            '{"action": "note"}': 'a note has a "text"',
        }.items():
            other.send(line)
            assert said in other.hear("error")["message"]
        other.say(rating=3)
        assert other.hear("notice")["text"] == "answer the question first"
        assert other.leave()["done"] == []


def test_hints_undo_stars_notes_and_retries(tmp_path: Path, home: Path) -> None:
    with peer(write_deck(tmp_path, "choice", "true-false")) as other:
        question = other.hear("question")
        other.say(action="hint")
        assert other.hear("hint")["text"] == "It is more than 1."
        other.say(action="star")
        assert other.hear("starred")["starred"] is True
        other.say(action="note", text="记住 1/(1-p)")
        other.hear("noted")
        other.say(action="report", text="a comma is missing")
        assert "a comma is missing" in Path(other.hear("reported")["file"]).read_text("utf-8")
        other.say(answer=question["options"].index("0.8") + 1)
        verdict = other.hear("verdict")
        assert (verdict["result"], verdict["misconceptions"]) == ("wrong", ["scales-by-keep"])
        other.say(rating=1)
        other.hear("question")
        other.say(action="undo")
        assert "its rating is removed" in other.hear("notice")["text"]
        assert other.hear("question")["starred"] is True
        other.say(action="info")
        info = other.hear("info")
        assert (info["ratings"], info["notes"][0]["text"]) == ([], "记住 1/(1-p)")
        other.say(action="show")
        other.hear("verdict")
        other.say(rating=2)
        other.hear("question")
        other.say(action="quit")
        assert other.hear("summary")["missed"] == ["s-choice"]
        other.say(action="retry")
        other.hear("question")
        other.say(action="show")
        assert other.hear("verdict")["counts"] is False
        other.say(rating=4)
        assert [done["rating"] for done in other.hear("summary")["retried"]] == [None]
        other.say(action="quit")
        assert other.process.wait(60) == ExitCode.DONE


def test_an_experiment_runs_beside_the_schedule(tmp_path: Path) -> None:
    with peer(write_deck(tmp_path, "true-false")) as other:
        other.hear("question")
        other.say(action="experiment")
        assert "import torch" in other.hear("snippet")["code"]
        other.say(action="experiment", code="import torch\ntorch.ones(2) * 3")
        ran = other.hear("ran")
        assert (ran["outcome"], ran["value"]) == ("ran", "tensor([3., 3.])")
        other.say(action="experiment", code="import torch\ntorch.ones(2) @ torch.ones(3)")
        ran = other.hear("ran")
        assert (ran["outcome"], ran["line"]) == ("raised", 2)
        other.say(answer=False)
        assert other.hear("verdict")["proposed"] == 2
        other.leave()
    assert ptquiz("state", "check").stdout.startswith("0 entries")


def test_nothing_due_is_a_session_without_questions(tmp_path: Path) -> None:
    ended = ptquiz("practice", "--json", "--new", "0", "-d", str(write_deck(tmp_path, "choice")))
    assert [json.loads(line)["questions"] for line in ended.stdout.splitlines()] == [0]


def test_the_documentation_names_every_message_and_action() -> None:
    from ptquiz.ui.protocol.decoding import ACTIONS, ASIDES

    text = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "src/ptquiz/ui/protocol").glob("*.py"))
    types = set(re.findall(r'"type": "([a-z]+)"', sources))
    assert {name for name in (*types, *ACTIONS, *ASIDES) if f"`{name}`" not in text} == set()


EXAMPLES = re.findall(r"^    > (\{.*\})$", (ROOT / "docs" / "reference" / "json.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_of_the_documentation_is_json(line: str) -> None:
    json.loads(line)
