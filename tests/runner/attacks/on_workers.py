"""Attacks by programs that may start processes."""

from tests.runner.attacks.attack import Attack, crashes, denied, prints, times_out

ALLOWED = (
    "fork",
    "fork like C",
    "start a pool",
    "start workers of a DataLoader",
    "outlive the warm process",
)
"""What other programs are denied; `outlive the warm process` seems to work, and has no effect."""

CROWD = "started more than 64 processes or 256 threads"
MEMORY = "stopped at the memory limit of 1 GiB"

ATTACKS: tuple[Attack, ...] = (
    crashes(
        "processes: a bomb",
        CROWD,
        "while True:\n  try:\n    if os.fork() == 0: time.sleep(99)\n  except OSError: time.sleep(0.01)",
    ),
    crashes(
        "processes: a bomb of bombs that ignore signals",
        CROWD,
        "import signal\nfor s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)\n"
        "for _ in range(7):\n  try: os.fork()\n  except OSError: pass\ntime.sleep(99)",
    ),
    crashes(
        "processes: many threads in many processes",
        CROWD,
        "import threading; threading.stack_size(1 << 16)\nfor _ in range(10):\n  if os.fork() == 0:\n    try:\n"
        "      for _ in range(40): threading.Thread(target=time.sleep, args=(99,)).start()\n"
        "    except RuntimeError: pass\n    time.sleep(99)\nwhile True: time.sleep(0.1); os.fork()",
    ),
    prints(
        "processes: one that lives on, twice removed",
        "started",
        "if os.fork() == 0:\n  if os.fork() == 0: time.sleep(99)\n  os._exit(0)\nos.wait(); print('started')",
    ),
    prints(
        "processes: one that keeps the pipes and prints on",
        "started",
        "if os.fork() == 0:\n  while True: time.sleep(0.01); os.write(1, b' ')\nprint('started')",
    ),
    denied("processes: a session of its own", "if os.fork() == 0:\n  time.sleep(99)\nos.setsid()"),
    prints(
        "processes: a child that is another program",
        "7",
        "if os.fork() == 0:\n  try: os.execv('/bin/true', ['true'])\n  except PermissionError: os._exit(7)\n"
        "print(os.waitstatus_to_exitcode(os.wait()[1]))",
    ),
    denied("processes: trace a child", "p = os.fork() or time.sleep(99)\nlibc.ptrace(16, p, 0, 0) < 0 and no()"),
    denied("processes: kill the warm process after a fork", "os.fork(); os.kill(PARENT, 9)"),
    times_out("processes: wait for a child that never ends", "if os.fork() == 0: time.sleep(99)\nos.wait()"),
    prints(
        "processes: outlive the warm process",
        "9",
        "libc.prctl(1, 0, 0, 0, 0)\nn = ctypes.c_int()\nlibc.prctl(2, ctypes.byref(n), 0, 0, 0)\nprint(n.value)",
    ),
    crashes(
        "memory: several processes of 600 MB",
        MEMORY,
        "for _ in range(3):\n  if os.fork() == 0: x = bytearray(b'x') * (600 << 20); time.sleep(99)\ntime.sleep(99)",
    ),
    crashes(
        "memory: shared by nobody but counted as shared",
        MEMORY,
        "import mmap\nfor _ in range(3):\n  if os.fork() == 0:\n    m = mmap.mmap(-1, 600 << 20)\n"
        "    ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(m)), 1, len(m)); time.sleep(99)\ntime.sleep(99)",
    ),
    crashes(
        "memory: shared and not resident",
        MEMORY,
        "import mmap\nfor _ in range(20):\n  if os.fork() == 0: m = mmap.mmap(-1, 900 << 20); time.sleep(99)\n"
        "time.sleep(99)",
    ),
    crashes(
        "disk: each process a little",
        "wrote more than 128 MiB or 2000 files",
        "for i in range(6):\n  if os.fork() == 0: open(str(i), 'wb').write(bytes(30 << 20)); time.sleep(99)\n"
        "time.sleep(99)",
    ),
)
