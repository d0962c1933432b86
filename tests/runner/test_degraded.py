"""Where the kernel lacks a layer of the sandbox, the runner says so and the others hold."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LANDLOCK, SECCOMP = (444,), (317, 277)
"""System call numbers; of seccomp those of both architectures."""

HELPER = """
import json, struct, sys
from ptquiz.domain.snippets import Program, Snippet
from ptquiz.runner import LiveRunner
from ptquiz.runner.worker import linux, processes, seccomp

code = struct.pack("=HBBI", seccomp.LOAD, 0, 0, 0)
for number in json.loads(sys.argv[1]):
    code += struct.pack("=HBBI", seccomp.JUMP_EQUAL, 0, 1, number)
    code += struct.pack("=HBBI", seccomp.RETURN, 0, 0, seccomp.ERROR | 38)
linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
seccomp.enter(code + struct.pack("=HBBI", seccomp.RETURN, 0, 0, seccomp.ALLOW))

with LiveRunner() as runner:
    layers = {layer.name: layer.active for layer in runner.describe().layers}
    ends = []
    for program in json.loads(sys.argv[2]):
        outcome = runner.run(Program(snippets=(Snippet(program),), seconds=20.0))
        left = processes.descendants(runner._warm.pid)
        ends.append([type(outcome).__name__, getattr(outcome, "reason", getattr(outcome, "stdout", "")), left])
print(json.dumps([layers, ends]))
"""
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
os.wait()
print("daemon started")
"""
COPY = "import os\nif os.fork() == 0: raise ValueError('copy')\nos.wait(); print('original')"
BOMB = "import os, time\nwhile True:\n    if os.fork() == 0: time.sleep(1000)"
LINGERING = "import os, time\nif os.fork() == 0: time.sleep(1000)\nprint('parent done')"
SELF_KILL = "import os; os.kill(os.getpid(), 9)"
OTHER_KILL = "import os\ntry: os.kill(os.getppid(), 9)\nexcept PermissionError: print('held')"


def run_without(calls: tuple[int, ...], *programs: str) -> tuple[dict[str, bool], list[list[Any]]]:
    """Run programs below a process that the kernel answers these calls as if it did not know them."""
    arguments = [sys.executable, "-c", HELPER, json.dumps(calls), json.dumps(programs)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    layers, ends = json.loads(done.stdout)
    return layers, ends


def test_without_seccomp_whatever_was_started_is_found_and_killed() -> None:
    layers, ends = run_without(SECCOMP, DAEMON, COPY, LINGERING, BOMB, "print(1)")
    assert layers == {
        "session": True,
        "limits": True,
        "files": True,
        "network": False,
        "processes": False,
        "signals": True,
    }
    bomb = ends.pop(3)  # an ordinary user meets the limit on processes first, root the watch
    assert bomb in (["Crashed", "started more than 64 processes or 256 threads", []], ["Raised", "", []])
    assert ends == [
        ["Ran", "daemon started\n", []],
        ["Ran", "original\n", []],
        ["Ran", "parent done\n", []],
        ["Ran", "1\n", []],
    ]


def test_without_landlock_signals_are_held_by_seccomp() -> None:
    layers, ends = run_without(LANDLOCK, OTHER_KILL, SELF_KILL, "print(1)")
    assert layers == {
        "session": True,
        "limits": True,
        "files": False,
        "network": True,
        "processes": True,
        "signals": True,
    }
    assert ends == [["Ran", "held\n", []], ["Crashed", "was killed", []], ["Ran", "1\n", []]]


def test_without_both_programs_still_run() -> None:
    layers, ends = run_without(LANDLOCK + SECCOMP, "print(1)", "import os; os._exit(0)", DAEMON)
    assert [name for name, active in layers.items() if active] == ["session", "limits"]
    assert [end[0] for end in ends] == ["Ran", "Crashed", "Ran"]
    assert [end[2] for end in ends] == [[], [], []]
