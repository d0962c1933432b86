"""What a program prints and warns is kept apart and within bounds."""

from __future__ import annotations

import pytest

from ptquiz.domain.snippets import Caught
from tests.runner.conftest import DECK, Run, raised, ran

KEPT = 256 << 10


def test_stdout_and_stderr_are_kept_apart(run: Run) -> None:
    outcome = ran(run("import sys; print('out'); print('err', file=sys.stderr)"))
    assert (outcome.stdout, outcome.stderr) == ("out\n", "err\n")


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.write(1, b'out')",
        "import ctypes; ctypes.CDLL(None).printf(b'out')",
        "import sys; sys.__stdout__.write('out')",
        "import sys; sys.stdout.buffer.write(b'out')",
    ],
)
def test_output_below_print_is_captured_too(run: Run, code: str) -> None:
    assert ran(run(code)).stdout == "out"


def test_the_output_of_a_failing_program_is_kept(run: Run) -> None:
    assert raised(run("print('before', end='')\n1 / 0")).stdout == "before"


def test_the_first_256_kib_are_kept(run: Run) -> None:
    assert ran(run(f"print('x' * {KEPT + 1000})")).stdout == "x" * KEPT


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("print('张量 σ²')", "张量 σ²\n"),
        ("print('\\udc80')", "\\udc80\n"),
        ("import os; os.write(1, b'\\xff')", "\\xff"),
        ("print('\\x1b[31mred\\x1b[0m')", "\x1b[31mred\x1b[0m\n"),
    ],
)
def test_text_is_unicode_and_otherwise_raw(run: Run, code: str, text: str) -> None:
    assert ran(run(code)).stdout == text


def test_a_missing_numpy_is_not_mentioned(run: Run) -> None:
    outcome = run("import torch\ntorch.tensor([1.0]).new_tensor([2.0])\ntorch.zeros(2).tolist()\ntorch.optim.Adam")
    assert (ran(outcome).stderr, ran(outcome).warnings) == ("", ())


def test_a_warning_is_recorded_with_its_place_and_not_printed(run: Run) -> None:
    outcome = ran(run("import warnings\nwarnings.warn('careful')", line=5))
    assert outcome.warnings == (Caught("UserWarning", "careful", DECK, 6),)
    assert outcome.stderr == ""


def test_warnings_of_torch_are_recorded(run: Run) -> None:
    code = "import torch\ntorch.nn.functional.mse_loss(torch.zeros(2), torch.zeros(2, 1))"
    (warning,) = ran(run(code)).warnings
    assert warning.category == "UserWarning"
    assert warning.message.startswith("Using a target size (torch.Size([2, 1])) that is different to the input size")


def test_a_place_warns_once_and_of_deprecations_only_the_programs_own_are_shown(run: Run) -> None:
    code = """
import warnings
for _ in range(3):
    warnings.warn("again")
warnings.warn("own", DeprecationWarning)
warnings.warn_explicit("elsewhere", DeprecationWarning, "x.py", 1, module="x")
"""
    assert [caught.message for caught in ran(run(code)).warnings] == ["again", "own"]


def test_a_program_may_catch_its_own_warnings(run: Run) -> None:
    code = """
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("mine")
"""
    outcome = ran(run(code, "len(caught)"))
    assert (outcome.values[0].text, outcome.warnings) == ("1", ())


def test_at_most_fifty_warnings_are_kept(run: Run) -> None:
    assert len(ran(run("import warnings\nfor i in range(99): warnings.warn(str(i))")).warnings) == 50


def test_warnings_of_a_failing_program_are_kept(run: Run) -> None:
    assert len(raised(run("import warnings\nwarnings.warn('x')\n1 / 0")).warnings) == 1
