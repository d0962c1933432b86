"""Nothing leaves the machine: no command asks for a socket to another one, and all work without a network."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

import pytest

from tests.cli.program import write_deck
from tests.packaging.building import Installation
from tests.packaging.listening import alone, can_listen, overheard

pytestmark = pytest.mark.skipif(not can_listen(), reason="this system hands no calls over (Linux 5.5, seccomp)")

COMMANDS = {
    "practice --plain -d {deck}": ("1\n3\nq\n", "ran on torch 2."),
    "explain no-grad --plain": ("", "torch"),
    "check {deck} --all": ("", "1 question"),
    "stats": ("", "dropout"),
    "interview -d {deck} --script {script} --json": ("", '"report"'),
    "doctor": ("", "on   network: no sockets"),
}
"""What is typed, and what is shown only when the command has done its work."""


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_does_its_work_and_asks_for_no_socket(installation: Installation, tmp_path: Path, line: str) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text(json.dumps({"answer": 1}) + "\n", "utf-8")
    words = line.format(deck=write_deck(tmp_path, "choice"), script=script).split()
    keys, shown = COMMANDS[line]
    env = installation.variables(tmp_path / "home")
    ended, sockets = overheard([installation.program, *words], keys=keys, env=env, cwd=tmp_path)
    assert (ended.returncode, sockets) == (0, []), ended.stdout
    assert shown in ended.stdout


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK"])
def test_a_socket_that_a_child_asks_for_is_heard_and_refused(tmp_path: Path, family: str) -> None:
    ask = f"import socket, os; os.fork(); socket.socketpair(); socket.socket(socket.{family}, socket.SOCK_RAW)"
    ended, sockets = overheard([sys.executable, "-c", ask], keys="", env={}, cwd=tmp_path)
    assert sockets == [getattr(socket, family)] * 2
    assert "PermissionError" in ended.stdout


def test_the_commands_have_no_network_interface(tmp_path: Path) -> None:
    if not alone():
        pytest.skip("this system lets nobody make a network namespace; no socket is asked for all the same")
    look = "from pathlib import Path; print(*Path('/proc/net/route').read_text().splitlines()[1:])"
    ended, _ = overheard([sys.executable, "-c", look], keys="", env={}, cwd=tmp_path)
    assert ended.stdout == "\n"
