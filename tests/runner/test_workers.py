"""Programs that say so may start processes: DataLoader workers, multiprocessing, shared tensors. Nothing else."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from ptquiz.domain.judging.code import judge_check
from ptquiz.domain.judging.programs import program
from ptquiz.domain.questions import CodeCheck, Flashcard, Level, Needs, Write
from ptquiz.domain.snippets import Outcome, Place, Program, Ran, Scalar, Snippet, conduct
from ptquiz.runner.client import START_SECONDS
from ptquiz.runner.engine import EngineLost
from ptquiz.runner.process import WarmProcess
from ptquiz.runner.worker import processes
from tests.runner.conftest import Run, only_value, raised, ran
from tests.runner.test_lifecycle import Ending

FEATURES = {
    "data loader": "ok = [b.tolist() for b in DataLoader(range(4), 2, num_workers=2)] == [[0, 1], [2, 3]]",
    "data loader, shuffled": (
        "ok = sorted(torch.cat(list(DataLoader(range(9), 2, True, num_workers=2))).tolist()) == [*range(9)]"
    ),
    "data loader, kept workers": (
        "x = DataLoader(range(4), 2, num_workers=2, persistent_workers=True, prefetch_factor=3)\n"
        "ok = len(list(x)) == len(list(x)) == 2"
    ),
    "an iterable set repeats itself in every worker": (
        "class Three(torch.utils.data.IterableDataset):\n  def __iter__(self): return iter(range(3))\n"
        "ok = len(list(DataLoader(Three(), num_workers=2))) == 6"
    ),
    "the seed of each worker": (
        "class Seed:\n  def __len__(self): return 4\n  def __getitem__(self, i): return torch.initial_seed()\n"
        "ok = len(set(torch.cat(list(DataLoader(Seed(), num_workers=2))).tolist())) == 2"
    ),
    "more batches than a run may have files": (
        "ok = sum(len(b) for b in DataLoader(torch.ones(2200, 3), 1, num_workers=1)) == 2200"
    ),
    "a tensor that was sent is shared": (
        "def add(ins, outs): t = ins.get(); t += 1; outs.put(1)\n"
        "ins, outs, t = mp.Queue(), mp.Queue(), torch.zeros(3); ins.put(t)\n"
        "p = mp.Process(target=add, args=(ins, outs)); p.start(); outs.get(); p.join()\n"
        "ok = t.is_shared() and t.tolist() == [1, 1, 1]"
    ),
    "a tensor that was sent twice": (
        "q = mp.Queue(); t = torch.arange(3); q.put(t); q.put(t); ok = torch.equal(q.get(), q.get())"
    ),
    "a tensor that was received is sent on": (
        "q = mp.Queue(); q.put(torch.arange(3)); q.put(q.get()); ok = q.get().tolist() == [0, 1, 2]"
    ),
    "part of a tensor, a parameter and an empty tensor": (
        "q = mp.Queue(); q.put(torch.arange(6).reshape(2, 3)[:, 1]); a = q.get()\n"
        "q.put(torch.nn.Parameter(torch.ones(2))); b = q.get(); q.put(torch.empty(0, 3)); c = q.get()\n"
        "ok = a.tolist() == [1, 4] and type(b) is torch.nn.Parameter and b.requires_grad and c.shape == (0, 3)"
    ),
    "a shared model is trained by another process": (
        "m = torch.nn.Linear(2, 1).share_memory()\ndef train():\n  with torch.no_grad(): m.weight.fill_(7)\n"
        "p = mp.Process(target=train); p.start(); p.join(); ok = bool((m.weight == 7).all()) and m.weight.is_shared()"
    ),
    "a tensor that is not shared is copied": (
        "t = torch.zeros(2)\np = mp.Process(target=t.fill_, args=(7,)); p.start(); p.join(); ok = t.sum() == 0"
    ),
    "a pool": "ok = mp.Pool(2).map(abs, [-1, 2]) == [1, 2]",
    "an executor": (
        "from concurrent.futures import ProcessPoolExecutor as P\n"
        "with P(2) as pool: ok = list(pool.map(abs, [-1, 2])) == [1, 2]"
    ),
    "processes by rank": (
        "q = mp.SimpleQueue()\ndef tell(rank): q.put(rank)\n"
        "torch.multiprocessing.start_processes(tell, nprocs=2, start_method='fork'); ok = {q.get(), q.get()} == {0, 1}"
    ),
    "a value under its lock": (
        "v = mp.Value('i', 0)\ndef add():\n  for _ in range(50):\n    with v.get_lock(): v.value += 1\n"
        "ps = [mp.Process(target=add) for _ in range(3)]\nfor p in ps: p.start()\nfor p in ps: p.join()\n"
        "ok = v.value == 150"
    ),
    "events, conditions and barriers": (
        "e, c, b = mp.Event(), mp.Condition(), mp.Barrier(2)\ndef f():\n  b.wait(); e.set()\n"
        "p = mp.Process(target=f); p.start(); b.wait(); ok = e.wait(9); p.join()\n"
        "with c: ok = ok and not c.wait(0.01)"
    ),
    "a process is ended": (
        "import time\np = mp.Process(target=time.sleep, args=(99,)); p.start(); p.terminate(); p.join()\n"
        "ok = p.exitcode == -15"
    ),
    "nothing is seen in /dev/shm": (
        "m = torch.ones(3).share_memory_(); l = mp.Lock()\n"
        "try: open('/dev/shm/x', 'w')\nexcept PermissionError: ok = True"
    ),
}
PREAMBLE = "import torch, torch.multiprocessing as mp\nfrom torch.utils.data import DataLoader\n"


@pytest.mark.parametrize("code", FEATURES.values(), ids=FEATURES.keys())
def test_a_feature_works_with_workers(run: Run, code: str) -> None:
    outcome = run(PREAMBLE + code, "bool(ok)", seconds=60.0, workers=True)
    assert only_value(outcome) == Scalar(True)
    assert ran(outcome).stderr == ""


def test_an_error_in_a_worker_reaches_the_program(run: Run) -> None:
    code = "class Bad:\n  def __len__(self): return 1\n  def __getitem__(self, i): return 1 / 0\n"
    error = raised(run(PREAMBLE + code + "list(DataLoader(Bad(), num_workers=1))", seconds=60.0, workers=True))
    assert error.type == "ZeroDivisionError"
    assert error.message.startswith("Caught ZeroDivisionError in DataLoader worker process 0.")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("Lock", "x.release()", "semaphore or lock released too many times"),
        ("RLock", "x.release()", "attempt to release recursive lock not owned by thread"),
        ("Semaphore", "x.acquire(); x.acquire(False), x.get_value()", ""),
    ],
)
def test_locks_are_as_strict_as_those_of_the_standard_library(run: Run, kind: str, value: str, text: str) -> None:
    outcome = run(f"import multiprocessing as mp\nx = mp.{kind}()\n{value}", workers=True)
    assert getattr(outcome, "message", "") == text


def test_a_lock_taken_again_has_to_be_given_back_as_often(run: Run) -> None:
    code = """
import multiprocessing as mp
x = mp.RLock()
def other(q): q.put(x.acquire(timeout=0.01))
def taken_elsewhere():
    q = mp.SimpleQueue(); p = mp.Process(target=other, args=(q,)); p.start(); p.join()
    return not q.get()
x.acquire(); x.acquire(); x.release()
first = taken_elsewhere()
x.release()
"""
    outcome = run(code, "first", "taken_elsewhere()", workers=True, seconds=60.0)
    assert [seen.text for seen in ran(outcome).values] == ["True", "False"]


@pytest.mark.parametrize(
    "code",
    [
        "next(iter(DataLoader([1], num_workers=1)))",
        "mp.Pool(2)",
        "mp.Process(target=print).start()",
        "torch.ones(1).share_memory_()",
        "mp.Value('i')",
        "import os; os.fork()",
        "from concurrent.futures import ProcessPoolExecutor as P; P(1).submit(abs, 1)",
    ],
)
def test_without_leave_the_error_says_what_to_declare(run: Run, code: str) -> None:
    error = raised(run(PREAMBLE + code))
    assert error.message.endswith('(a snippet starts no processes; a question whose code has to says "needs: workers")')


def question(kind: type[Flashcard] | type[Write], needs: Needs | None, **fields: object) -> Flashcard | Write:
    common = {"id": "q", "ask": "?", "level": Level.ANSWER, "explain": ".", "needs": needs}
    return kind(**common, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("needs", "workers"), [(Needs.WORKERS, True), (None, False)])
def test_a_question_that_needs_workers_has_them_in_every_run(needs: Needs | None, workers: bool) -> None:
    card = question(Flashcard, needs, answer="a")
    assert program(card).workers is workers
    code, asked = Snippet("x = 1"), []

    def note(program: Program) -> Outcome:
        asked.append(program.workers)
        return Ran()

    check = CodeCheck(name="c", observe=Snippet("", Place()), expect=Snippet(""))
    task = question(Write, needs, starter=code, solution=code, checks=(check,))
    assert isinstance(task, Write)
    conduct(judge_check(task, check, "x = 1"), note)
    assert asked == [workers, workers]


def test_all_processes_of_a_program_end_when_the_warm_process_is_killed() -> None:
    crowd = "import os, signal, time\nfor s in (1, 2, 15): signal.signal(s, 1)\nos.fork(); os.fork(); time.sleep(99)"
    warm = WarmProcess(sys.executable, {})
    warm.wait_ready(START_SECONDS)

    def run() -> None:
        with pytest.raises(EngineLost):
            warm.run(Program((Snippet(crowd),), workers=True, seconds=60.0))

    busy = threading.Thread(target=run)
    busy.start()
    while len(found := processes.descendants(warm.pid)) < 4:
        continue
    endings = [Ending(pid) for pid in found]
    os.kill(warm.pid, signal.SIGKILL)
    busy.join()
    warm.stop()
    assert all(ending.wait() for ending in endings)
