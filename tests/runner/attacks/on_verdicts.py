"""Attacks on the harness, to have a wrong answer pass for a right one or the runner stumble.

A program can always lie about its own values, since it runs in the process that reports them; what decides is never
in that process.
"""

from tests.runner.attacks.attack import Attack, crashes, prints, raises

FORGED = "import struct; os.write(3, struct.pack('>4s16sI', b'PTQ1', bytes(16), 2) + b'{}')"
SILENT = "stopped before its end (os._exit)"

ATTACKS: tuple[Attack, ...] = (
    crashes("print that all is well and leave", SILENT, "print('PASS', flush=True); os._exit(0)"),
    crashes("report without the nonce", SILENT, f"{FORGED}; os._exit(0)"),
    crashes("report without the nonce, then go on", SILENT, FORGED),
    crashes("put something before the report", SILENT, "os.write(3, b'junk')"),
    crashes("close the result pipe", "could not tell its result", "os.close(3)"),
    crashes("send the report to the terminal", SILENT, "os.dup2(1, 3)"),
    crashes("close every descriptor", "could not tell its result", "os.closerange(0, 256)"),
    crashes("abort", "crashed (aborted)", "os.abort()"),
    crashes("segfault", "crashed (segmentation fault)", "ctypes.string_at(0)"),
    crashes("kill itself", "was killed", "os.kill(os.getpid(), 9)"),
    crashes("arm an alarm", "was stopped by SIGALRM", "import signal; signal.setitimer(0, 0.05); time.sleep(9)"),
    raises("exit as if well", "SystemExit", "sys.exit(0)"),
    raises("a BaseException", "Odd", "class Odd(BaseException): pass\nraise Odd"),
    raises("an exception that cannot be shown", "Odd", "class Odd(Exception):\n  __str__ = None\nraise Odd"),
    raises("an exception of 200 MB", "ValueError", "raise ValueError('x' * 200_000_000)"),
    raises("read the keyboard", "EOFError", "input()"),
    raises("enter the debugger", "bdb.BdbQuit", "breakpoint()"),
    prints("an exit handler that hangs", "", "import atexit; atexit.register(time.sleep, 99)"),
    prints("a thread that stays", "", "import threading; threading.Thread(target=time.sleep, args=(99,)).start()"),
    prints("a destructor that hangs", "", "class X:\n  def __del__(self): time.sleep(99)\nx = X()"),
    prints(
        "patched comparison", "", "torch.equal = torch.allclose = torch.testing.assert_close = lambda *a, **k: True"
    ),
    prints("patched json", "", "import json; json.dumps = json.JSONEncoder.encode = lambda *a: '{}'"),
    prints("patched os", "", "os.write = os._exit = os.getpid = None"),
    prints(
        "patched builtins",
        "",
        "import builtins\nfor n in ('len', 'isinstance', 'repr', 'type'): setattr(builtins, n, None)",
    ),
    prints(
        "patched import", "", "import builtins; builtins.__import__ = None; sys.meta_path.clear(); sys.modules.clear()"
    ),
    prints(
        "broken stdout", "", "class Bad:\n  def __getattr__(self, n): raise SystemExit\nsys.stdout = sys.stderr = Bad()"
    ),
    prints("a profiler left on", "", "sys.setprofile(lambda *a: None)"),
    prints("a recursion limit left low", "", "sys.setrecursionlimit(30)"),
    prints("a lying main module", "", "sys.modules['__main__'] = None"),
    prints("terminal escapes", "\x1b[2J\x1b]0;owned\x07", "print('\\x1b[2J\\x1b]0;owned\\x07')"),
    prints("two gigabytes of dead tensors", "", "for _ in range(20): torch.ones(100 << 18)"),
)
