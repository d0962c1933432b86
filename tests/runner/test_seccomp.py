"""The filter of system calls, interpreted as the kernel does, for both architectures."""

from __future__ import annotations

import errno
import struct

import pytest

from ptquiz.runner.worker import seccomp, syscalls

ALLOWED, KILLED, REFUSED, UNKNOWN = "allowed", "killed", "refused", "unknown"
VERDICTS = {
    seccomp.ALLOW: ALLOWED,
    seccomp.KILL: KILLED,
    seccomp.ERROR | errno.EPERM: REFUSED,
    seccomp.ERROR | errno.ENOSYS: UNKNOWN,
}


def interpret(program: bytes, number: int, architecture: int, arguments: tuple[int, ...]) -> str:
    """Return what a BPF program decides about a call."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<iIQ6Q", number, architecture, 0, *padded)
    instructions = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    accumulator = at = 0
    while True:
        code, if_true, if_false, operand = instructions[at]
        at += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x06:
                return VERDICTS[operand]
            case 0x15:
                at += if_true if accumulator == operand else if_false
            case 0x35:
                at += if_true if accumulator >= operand else if_false
            case 0x45:
                at += if_true if accumulator & operand else if_false
            case _:
                raise AssertionError(f"unknown instruction {code:#x}")


class Filter:
    """The filter of one architecture."""

    def __init__(self, machine: str, only_signal: int | None) -> None:
        self.column, self.architecture = seccomp.ARCHITECTURES[machine]
        self.program = seccomp.profile(only_signal)

    def judge(self, name: str, *arguments: int) -> str:
        numbers = {**syscalls.FORBIDDEN, **syscalls.UNKNOWN, **syscalls.JUDGED}
        number = numbers[name][self.column]
        assert number is not None
        return interpret(self.program, number, self.architecture, arguments)


@pytest.fixture(params=["x86_64", "aarch64"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    monkeypatch.setattr("platform.machine", lambda: name)
    return name


def test_every_forbidden_call_is_refused(machine: str) -> None:
    pure = Filter(machine, None)
    for name, numbers in syscalls.FORBIDDEN.items():
        if numbers[pure.column] is not None:
            assert pure.judge(name) == REFUSED, name
    for name in syscalls.UNKNOWN:
        assert pure.judge(name) == UNKNOWN, name


@pytest.mark.parametrize(
    ("name", "arguments", "verdict"),
    [
        ("clone", (0x003D0F00,), ALLOWED),
        ("clone", (0x01200011,), REFUSED),
        ("clone", (0x00010000 | 0x10000000,), REFUSED),
        ("socketpair", (1,), ALLOWED),
        ("socketpair", (2,), REFUSED),
        ("prlimit64", (0,), ALLOWED),
        ("prlimit64", (77,), REFUSED),
        ("sched_setaffinity", (77,), REFUSED),
        ("prctl", (15,), ALLOWED),
        ("prctl", (1,), REFUSED),
        ("prctl", (36,), REFUSED),
        ("ioctl", (0, 0x5401), ALLOWED),
        ("ioctl", (0, 0x5412), REFUSED),
        ("fcntl", (1, 1), ALLOWED),
        ("fcntl", (1, 8), REFUSED),
        ("kill", (77,), ALLOWED),
        ("tgkill", (77,), ALLOWED),
    ],
)
def test_some_calls_are_judged_by_their_arguments(
    machine: str, name: str, arguments: tuple[int, ...], verdict: str
) -> None:
    assert Filter(machine, None).judge(name, *arguments) == verdict


@pytest.mark.parametrize(("name", "verdict"), [("kill", REFUSED), ("tgkill", REFUSED), ("tkill", REFUSED)])
def test_without_landlock_only_oneself_can_be_signalled(machine: str, name: str, verdict: str) -> None:
    pure = Filter(machine, 55)
    assert pure.judge(name, 77) == verdict
    assert pure.judge("kill", 55) == ALLOWED


def test_a_foreign_architecture_is_killed(machine: str) -> None:
    program = seccomp.profile(None)
    assert interpret(program, 1, 0x40000003, ()) == KILLED
    _, architecture = seccomp.ARCHITECTURES[machine]
    assert interpret(program, 0x40000001, architecture, ()) == KILLED


def test_an_ordinary_call_is_allowed(machine: str) -> None:
    read = {"x86_64": 0, "aarch64": 63}[machine]
    _, architecture = seccomp.ARCHITECTURES[machine]
    assert interpret(seccomp.profile(None), read, architecture, ()) == ALLOWED
