"""Landlock: a process gives up every file but those on a list, and TCP, and signals to others."""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
import sysconfig
from pathlib import Path

from . import linux

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""System call numbers, the same on every architecture."""
ASK_VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_CHAR, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8
MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = 1 << 9, 1 << 10, 1 << 11, 1 << 12
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
FIRST_VERSION = (1 << 13) - 1
ALL_TCP = 3
ALL_SCOPES = 3
"""Abstract unix sockets and signals."""
SINCE = {"refer": 2, "truncate": 3, "tcp": 4, "ioctl": 5, "scopes": 6}

ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_FIFO | MAKE_SYM | REFER | TRUNCATE

SYSTEM_PATHS = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system",
    "/dev/zero",
    "/dev/urandom",
    "/dev/random",
)

NOWHERE = "/nonexistent"

Rule = tuple[str, int]


def version() -> int:
    """Return the version of Landlock in this kernel, 0 when it has none."""
    asked = linux.libc.syscall(ctypes.c_long(CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    return max(int(asked), 0)


def readable_rules() -> list[Rule]:
    """Return what every child may read: the interpreter, its packages, and what the system needs."""
    interpreter = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path, *sysconfig.get_paths().values()}
    packages = {str(Path(path).resolve()) for path in interpreter if path and Path(path).is_dir()}
    home = Path(os.environ.get("HOME") or NOWHERE).resolve()
    narrow = sorted(path for path in packages if not f"{home}/".startswith(f"{path}/") and path != "/")
    rules = [(path, READ) for path in (*narrow, *SYSTEM_PATHS) if Path(path).exists()]
    return [*rules, (os.devnull, READ_FILE | WRITE_FILE)]


class Ruleset:
    """A list of files that stay open to a process, made and entered in the same process.

    It must be made after the fork: a ruleset that children share would collect the rules of all of them.
    """

    def __init__(self, rules: list[Rule], kernel_version: int) -> None:
        self._handled = _handled(kernel_version)
        scopes = ALL_SCOPES if kernel_version >= SINCE["scopes"] else 0
        tcp = ALL_TCP if kernel_version >= SINCE["tcp"] else 0
        size = 24 if scopes else 16 if tcp else 8
        attributes = struct.pack("=QQQ", self._handled, tcp, scopes)[:size]
        self._descriptor = linux.checked(
            linux.libc.syscall(ctypes.c_long(CREATE_RULESET), attributes, ctypes.c_size_t(size), ctypes.c_uint32(0)),
            "landlock_create_ruleset",
        )
        for path, access in rules:
            self._allow(path, access)

    def _allow(self, path: str, access: int) -> None:
        """Leave one file or folder open; one that is not there needs no rule."""
        try:
            target = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            allowed = access & self._handled & (-1 if Path(path).is_dir() else ON_FILES)
            rule = struct.pack("=Qi", allowed, target)
            added = linux.libc.syscall(
                ctypes.c_long(ADD_RULE),
                ctypes.c_long(self._descriptor),
                ctypes.c_long(PATH_BENEATH),
                rule,
                ctypes.c_long(0),
            )
            linux.checked(added, "landlock_add_rule")
        finally:
            os.close(target)

    def enter(self) -> None:
        """Restrict this process to the list, for good; no_new_privs must be set."""
        restricted = linux.libc.syscall(ctypes.c_long(RESTRICT_SELF), ctypes.c_long(self._descriptor), ctypes.c_long(0))
        linux.checked(restricted, "landlock_restrict_self")
        with contextlib.suppress(OSError):
            os.close(self._descriptor)


def _handled(kernel_version: int) -> int:
    """Return the kinds of access that this kernel can deny."""
    handled = FIRST_VERSION
    for name, access in (("refer", REFER), ("truncate", TRUNCATE), ("ioctl", IOCTL_DEV)):
        if kernel_version >= SINCE[name]:
            handled |= access
    return handled
