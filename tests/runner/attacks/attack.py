"""What an attack is."""

from __future__ import annotations

from dataclasses import dataclass

DENIED = ("PermissionError", "FileNotFoundError")
"""What the system says to a process that has no access; Landlock may hide that something is there."""


@dataclass(frozen=True)
class Attack:
    """Code that tries to do harm, and how it must end.

    The code finds in its namespace: HOME (a home directory with a key, a deck and a state database), PORT and SOCKET
    (listening), DECOY and PARENT (process ids), `libc`, and the modules os, sys, ctypes, time, torch.
    """

    name: str
    code: str
    ends: str = "denied"
    """`denied`, `raises TYPE`, `prints TEXT`, `times out`, or the reason of a crash."""
    seconds: float = 10.0


def denied(name: str, code: str) -> Attack:
    """An attack that the system answers with a refusal."""
    return Attack(name, code)


def raises(name: str, kind: str, code: str) -> Attack:
    """An attack that ends in an exception of this type."""
    return Attack(name, code, f"raises {kind}")


def prints(name: str, text: str, code: str) -> Attack:
    """An attack that runs to its end and finds only this."""
    return Attack(name, code, f"prints {text}")


def times_out(name: str, code: str) -> Attack:
    """An attack that is stopped at its time limit."""
    return Attack(name, code, "times out", seconds=0.3)


def crashes(name: str, reason: str, code: str) -> Attack:
    """An attack that kills its own process, or has it killed, for this reason."""
    return Attack(name, code, reason)
