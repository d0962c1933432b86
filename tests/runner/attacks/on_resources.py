"""Attacks that use up the machine."""

from tests.runner.attacks.attack import Attack, crashes, prints, raises, times_out

FILES = "wrote more than 128 MiB or 2000 files"
FLOOD = "printed more than 1 MiB"

ATTACKS: tuple[Attack, ...] = (
    raises(
        "memory: a list without end", "MemoryError", "x = [torch.empty(240_000_000)]\nwhile True: x.append([0] * 10**5)"
    ),
    raises("memory: one tensor of 6 GB", "RuntimeError", "torch.ones(6 << 28)"),
    raises("memory: one tensor of a petabyte", "RuntimeError", "torch.empty(10**15)"),
    raises("memory: shared mappings", "OSError", "import mmap; mmap.mmap(-1, 6 << 30)"),
    raises("memory: one string", "MemoryError", "'x' * (2 << 30)"),
    crashes(
        "disk: many files of 30 MB",
        FILES,
        "for i in range(9): open(str(i), 'wb').write(bytes(30 << 20))\ntime.sleep(9)",
    ),
    crashes(
        "disk: files without a name",
        FILES,
        "f = [open(str(i), 'wb') for i in range(9)]\n"
        "for i, x in enumerate(f): os.unlink(str(i)); x.write(bytes(30 << 20))\n"
        "time.sleep(9)",
    ),
    crashes("disk: a million empty files", FILES, "for i in range(10**6): open(str(i), 'w').close()"),
    crashes("disk: nested folders", FILES, "for i in range(10**6): os.mkdir('d'); os.chdir('d')"),
    crashes(
        "disk: hidden below long paths",
        FILES,
        "for i in range(99):\n  os.mkdir('d' * 255, 0o700); os.chdir('d' * 255)\n"
        "while True: open('x', 'ab').write(bytes(1 << 20)); os.rename('x', str(time.time()))",
    ),
    crashes("output: stdout", FLOOD, "while True: print('x' * 10_000)"),
    crashes("output: stderr by descriptor", FLOOD, "while True: os.write(2, b'x' * 10_000)"),
    crashes("output: the result pipe", "produced values of more than 8 MiB", "while True: os.write(3, b'x' * 10_000)"),
    crashes(
        "output: a thread that prints for ever",
        FLOOD,
        "import threading\ndef f():\n  while True: print('x' * 1000)\nthreading.Thread(target=f, daemon=True).start()\n"
        "time.sleep(9)",
    ),
    times_out("time: sleep for ever", "time.sleep(10**6)"),
    times_out("time: loop", "while True: pass"),
    times_out("time: one huge matrix product", "x = torch.ones(6000, 6000)\nx @ x @ x @ x"),
    times_out("time: catastrophic regular expression", "import re; re.match('(a+)+b', 'a' * 50)"),
    times_out("time: big integer", "x = 10 ** 10 ** 8"),
    times_out("time: a __repr__ without end", "class X:\n  def __repr__(self):\n    while True: pass\nprint(X())"),
    times_out("time: stop itself", "os.kill(os.getpid(), 19)"),
    times_out("time: ignore signals", "import signal\nfor s in (1, 2, 15, 24): signal.signal(s, 1)\nwhile True: pass"),
    times_out(
        "time: swallow every exception", "while True:\n  try:\n    while True: pass\n  except BaseException: pass"
    ),
    prints(
        "descriptors",
        "True",
        "f = []\ntry:\n  while True: f.append(open(os.devnull))\n"
        "except OSError: pass\nn = len(f)\ndel f\nprint(n < 256)",
    ),
    prints(
        "threads",
        "True",
        "import threading\nn = 0\ntry:\n"
        "  while n < 3000: threading.Thread(target=time.sleep, args=(99,)).start(); n += 1\n"
        "except (RuntimeError, MemoryError): pass\nprint(n < 3000)",
    ),
    raises("stack: recursion", "RecursionError", "def f(): f()\nf()"),
    crashes(
        "stack: recursion in C",
        "crashed (segmentation fault)",
        "sys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**5): x = [x]\nrepr(x)",
    ),
    raises("parser: parentheses", "SyntaxError", "eval('(' * 10**5)"),
    raises("parser: a long chain", "MemoryError", "eval('-' * 10**5 + '1')"),
)
