"""The layers around a child: which of them work here, and entering them in the right order."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from . import landlock, limits, linux, probe, seccomp
from .notes import noted

Layer = tuple[str, bool, str]
"""Name, whether it is active, and a note for `ptquiz doctor`."""

PURPOSES = {
    "session": noted("whatever a snippet starts is found and killed with it"),
    "limits": noted("1 GiB of memory, processor time, 32 MiB a file, 256 open files"),
    "files": noted("reads Python and torch only, writes its own scratch folder only (Landlock)"),
    "network": noted("no sockets (seccomp)"),
    "processes": noted("no other programs; forks only where a question says `needs: workers` (seccomp)"),
    "signals": noted("cannot signal other processes (Landlock or seccomp)"),
}

LIMITS_OF_EACH = noted(
    "1 GiB of memory, processor time, 32 MiB a file, 256 open files, each process of a snippet for itself"
)
NO_SECCOMP = noted("seccomp is missing")


class Sandbox:
    """Everything that can be prepared before a fork."""

    def __init__(self) -> None:
        self._landlock = landlock.version()
        self._rules = landlock.readable_rules()
        self._scopes_signals = self._landlock >= landlock.SINCE["scopes"]
        self._seccomp = seccomp.available()
        self._filters: dict[bool, bytes] = {}
        if self._seccomp and self._scopes_signals:
            self._filters = {workers: seccomp.profile(None, workers=workers) for workers in (False, True)}

    def describe(self, scratch: Path) -> list[Layer]:
        """Return the layers and their state, by trying in a throw-away child what each of them must prevent."""
        reached = probe.try_out(lambda folder: self.enter(folder, 5.0, linux.mapped_bytes(), None), scratch)
        return [(name, name not in reached, reached.get(name, purpose)) for name, purpose in PURPOSES.items()]

    def expect(self) -> list[Layer]:
        """Return the layers and their state by what the kernel offers, where no child can be spared to try them."""
        contained = linux.thread_count() == 1
        purposes = PURPOSES | {"limits": LIMITS_OF_EACH}
        missing = {
            "session": "" if self._seccomp else noted("what a snippet starts may leave its process group"),
            "files": "" if self._landlock else noted("Landlock is missing: Linux 5.13 or newer has it"),
            "network": "" if self._seccomp else NO_SECCOMP,
            "processes": "" if self._seccomp else NO_SECCOMP,
            "signals": "" if self._seccomp or self._scopes_signals else noted("can signal other processes"),
        }
        if not contained:
            missing |= dict.fromkeys(
                ("files", "network", "processes"), noted("the threads that torch starts are outside of it")
            )
        return [(name, not missing.get(name), missing.get(name) or purpose) for name, purpose in purposes.items()]

    def enter(self, scratch: Path, seconds: float, mapped: int, tasks: int | None, *, workers: bool = False) -> None:
        """Apply every layer to this process, the child; with workers, it may fork."""
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
        ruleset = None
        if self._landlock:
            ruleset = landlock.Ruleset([*self._rules, (str(scratch), landlock.WRITE)], self._landlock)
        limits.apply(seconds, mapped, tasks)
        with contextlib.suppress(OSError):
            linux.drop_capabilities()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        if ruleset is not None:
            ruleset.enter()
        if self._seccomp:
            seccomp.enter(self._filters.get(workers) or seccomp.profile(os.getpid(), workers=workers))
