"""Programs run in a fresh world, from their own place in the deck."""

from __future__ import annotations

import pytest

from ptquiz.domain.snippets import Frame, Place, Program, Scalar, Snippet
from ptquiz.runner import LiveRunner
from tests.runner.conftest import DECK, Run, only_value, raised, ran


def test_snippets_and_values_share_one_namespace(runner: LiveRunner) -> None:
    program = Program(snippets=(Snippet("a = 1"), Snippet("b = a + 1")), values=(Snippet("a + b"), Snippet("b")))
    assert [seen.text for seen in ran(runner.run(program)).values] == ["3", "2"]


def test_the_namespace_is_main(run: Run) -> None:
    assert only_value(run("import __main__\nx = 1", "(__name__, __main__.x)")) == only_value(run("", "('__main__', 1)"))


def test_a_value_is_captured_before_the_next_one_changes_it(run: Run) -> None:
    first, second = ran(run("x = []", "x", "x.append(1) or x")).values
    assert (first.text, second.text) == ("[]", "[1]")


@pytest.mark.parametrize(
    ("leak", "seen"),
    [
        ("x = 1", "'x' in globals()"),
        ("import torch; torch.set_default_dtype(torch.float64)", "torch.get_default_dtype() == torch.float64"),
        ("import torch; torch.set_grad_enabled(False)", "not torch.is_grad_enabled()"),
        ("import torch; torch.nn.Linear.forward = None", "torch.nn.Linear.forward is None"),
        ("import torch; torch.set_num_threads(2)", "torch.get_num_threads() != 1"),
        ("import builtins; builtins.len = None", "len is None"),
        ("import os; os.environ['LEAK'] = '1'", "'LEAK' in __import__('os').environ"),
        ("open('leak', 'w').close()", "bool(__import__('os').listdir())"),
        ("import sys; sys.setrecursionlimit(3000)", "__import__('sys').getrecursionlimit() != 1000"),
        ("import sys; sys.modules['leak'] = sys", "'leak' in __import__('sys').modules"),
    ],
)
def test_nothing_leaks_into_the_next_run(run: Run, leak: str, seen: str) -> None:
    ran(run(leak))
    assert only_value(run("import torch", seen)) == Scalar(False)


@pytest.mark.parametrize("draw", ["torch.rand(3).tolist()", "random.random()"])
def test_the_seed_decides_what_is_drawn(run: Run, draw: str) -> None:
    code = "import random, torch"
    first, again, other = run(code, draw, seed=1), run(code, draw, seed=1), run(code, draw, seed=2)
    assert only_value(first) == only_value(again) != only_value(other)


def test_the_seed_is_that_of_torch(run: Run) -> None:
    drawn = (
        "torch.equal(x, torch.Generator().manual_seed(7) and torch.rand(3, generator=torch.Generator().manual_seed(7)))"
    )
    assert only_value(run("import torch\nx = torch.rand(3)", drawn, seed=7)) == Scalar(True)


def test_a_traceback_points_into_the_deck(run: Run) -> None:
    error = raised(run("def half(x):\n    return x / 0\n\nhalf(1)", line=41))
    assert error.frames == (Frame(DECK, 44, "<module>"), Frame(DECK, 42, "half"))


def test_a_traceback_goes_below_the_program_and_not_above(run: Run) -> None:
    error = raised(run("import torch\ntorch.nn.Linear(2, 2)(torch.ones(3))"))
    assert (error.frames[0].file, error.frames[0].line) == (DECK, 2)
    assert error.frames[-1].file.endswith("torch/nn/modules/linear.py")
    assert not [frame for frame in error.frames if "ptquiz" in frame.file]


def test_a_value_has_its_place_too(runner: LiveRunner) -> None:
    program = Program(snippets=(Snippet("x = 0", Place("d.yaml", 3)),), values=(Snippet("1 / x", Place("d.yaml", 9)),))
    assert raised(runner.run(program)).frames == (Frame("d.yaml", 9, "<module>"),)


@pytest.mark.parametrize(
    ("code", "kind", "message", "line"),
    [
        ("x = 1\ny = (", "SyntaxError", "'(' was never closed", 8),
        ("if x:\npass", "IndentationError", "expected an indented block after 'if' statement on line 7", 8),
        ("\treturn\n        3", "IndentationError", "unexpected indent", 7),
    ],
)
def test_a_syntax_error_points_into_the_deck(run: Run, code: str, kind: str, message: str, line: int) -> None:
    error = raised(run(code, line=7))
    assert (error.type, error.message) == (kind, message)
    assert error.frames == (Frame(DECK, line, "<module>"),)


@pytest.mark.parametrize("file", ["", "<answer>"])
def test_an_answer_is_a_real_file(runner: LiveRunner, file: str) -> None:
    answer = Snippet("def f():\n    return 1 / 0\n", Place(file))
    program = Program(snippets=(answer, Snippet("f()", Place("d.yaml", 5))), values=())
    assert raised(runner.run(program)).frames == (Frame("d.yaml", 5, "<module>"), Frame("answer.py", 2, "f"))
    source = Program(snippets=(answer,), values=(Snippet("open('answer.py').read()"),))
    assert only_value(runner.run(source)) == Scalar(answer.code)


@pytest.mark.parametrize("file", ["", DECK])
def test_inspect_finds_the_source_of_a_function(runner: LiveRunner, file: str) -> None:
    first = Snippet("def f(x):\n    return x\n", Place(file, 3))
    second = Snippet("def g(x):\n    return -x\n", Place(file, 9))
    values = (Snippet("inspect.getsource(f)"), Snippet("inspect.getsource(g)"))
    program = Program(snippets=(Snippet("import inspect", Place(DECK)), first, second), values=values)
    assert [seen.text for seen in ran(runner.run(program)).values] == [first.code, second.code]


@pytest.mark.parametrize(
    ("code", "kind", "message"),
    [
        ("{}['x']", "KeyError", "'x'"),
        ("import sys; sys.exit(3)", "SystemExit", "3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
        ("class Mine(BaseException): pass\nraise Mine('x')", "Mine", "x"),
        ("import torch; raise torch.cuda.OutOfMemoryError('x')", "torch.OutOfMemoryError", "x"),
        ("import json; json.loads('{')", "json.decoder.JSONDecodeError", None),
        ("def f(): f()\nf()", "RecursionError", "maximum recursion depth exceeded"),
        ("x = [0] * 10**15", "MemoryError", "a snippet gets 1 GiB of memory"),
        ("class E(Exception):\n  def __str__(self): return 1 / 0\nraise E", "E", None),
        ("raise ValueError('x' * 200_000_000)", "ValueError", "x" * 19_999 + "…"),
        ("raise ValueError('\\udc80')", "ValueError", "\\udc80"),
        ("input()", "EOFError", "EOF when reading a line"),
    ],
)
def test_an_exception_is_named_and_quoted(run: Run, code: str, kind: str, message: str | None) -> None:
    error = raised(run(code))
    assert error.type == kind
    assert message is None or error.message == message


def test_an_exception_that_cannot_be_shown_is_told_so(run: Run) -> None:
    error = raised(run("class E(Exception):\n    def __str__(self): return 1 / 0\nraise E"))
    assert error.message == "<E whose str() raised ZeroDivisionError>"


def test_a_deep_traceback_keeps_both_ends(run: Run) -> None:
    error = raised(run("def f(n): return 1 / n if n < 1 else f(n - 1)\nf(900)"))
    assert len(error.frames) <= 40
    assert error.frames[0].function == "<module>"
    assert error.frames[-1].function == "f"


def test_many_small_objects_leave_memory_to_report_with(run: Run) -> None:
    assert (
        raised(run("import torch\nx = [torch.empty(250_000_000)]\nwhile True: x.append([0] * 1000)")).type
        == "MemoryError"
    )


def test_a_class_of_the_program_can_be_saved_and_loaded(run: Run) -> None:
    code = """
import torch
class Net(torch.nn.Module):
    pass
torch.save(Net(), "net.pt")
"""
    assert only_value(run(code, "type(torch.load('net.pt', weights_only=False)) is Net")) == Scalar(True)


def test_the_optimizers_work(run: Run) -> None:
    code = """
import torch
w = torch.ones(1, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.5)
(w * 2).sum().backward()
optimizer.step()
"""
    assert only_value(run(code, "w.item()")) == Scalar(0.0)


def test_threads_of_a_program_work(run: Run) -> None:
    code = "import threading\nt = threading.Thread(target=lambda: print('hi'))\nt.start(); t.join()"
    assert ran(run(code)).stdout == "hi\n"
