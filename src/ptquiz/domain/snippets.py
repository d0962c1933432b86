"""Code that is run live, what it evaluates to, and how a run can end."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from itertools import chain
from typing import TypeVar, assert_never

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """Where something stands: lines and columns count from 1."""

    file: str = ""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Snippet(Struct, frozen=True):
    """Python code, and where its first line stands, so that a traceback points there."""

    code: str
    place: Place = Place()


class Scalar(Struct, frozen=True):
    """A None, bool, int, float or str that came out of a run."""

    value: bool | int | float | str | None


class Complex(Struct, frozen=True):
    """A complex number that came out of a run."""

    real: float
    imag: float


class Tensor(Struct, frozen=True):
    """A tensor as plain data: little-endian bytes in row-major order."""

    dtype: str
    """Without the prefix: `float32`."""
    shape: tuple[int, ...]
    data: bytes | None
    """None for a meta tensor and for one too large to send."""
    device: str = "cpu"
    requires_grad: bool = False


class Sequence(Struct, frozen=True):
    """A list, tuple, set, frozenset or torch.Size."""

    type: str
    items: tuple[Value, ...]


class Mapping(Struct, frozen=True):
    """A dict or OrderedDict, in order."""

    items: tuple[tuple[Value, Value], ...]


class Opaque(Struct, frozen=True):
    """Anything else: its type and its guarded repr."""

    type: str
    text: str


Value = Scalar | Complex | Tensor | Sequence | Mapping | Opaque


CONTAINERS = frozenset({"list", "tuple", "set", "frozenset", "dict", "collections.OrderedDict"})
"""What is sent item by item; one that arrives as a text had too many."""


def too_large(value: Value) -> Tensor | Opaque | None:
    """Return the first tensor or container in a value that had too much to send; None if all is there."""
    match value:
        case Tensor(data=None, device=device) if device != "meta":
            return value
        case Opaque(type=kind) if kind in CONTAINERS:
            return value
        case Sequence(items=items):
            return _first_too_large(items)
        case Mapping(items=pairs):
            return _first_too_large(chain.from_iterable(pairs))
        case Scalar() | Complex() | Tensor() | Opaque():
            return None
        case _:
            assert_never(value)


def _first_too_large(values: Iterable[Value]) -> Tensor | Opaque | None:
    return next((found for value in values if (found := too_large(value)) is not None), None)


class Observation(Struct, frozen=True):
    """One evaluated expression: its value as plain data and the text that print() would show."""

    value: Value
    text: str


SECONDS = 10.0
"""The wall-clock limit of a program that sets none of its own."""


class Program(Struct, frozen=True):
    """Snippets to execute in order in one fresh namespace, then expressions to evaluate there."""

    snippets: tuple[Snippet, ...]
    values: tuple[Snippet, ...] = ()
    """Expressions, evaluated in order after the snippets."""
    got: tuple[tuple[str, Value], ...] = ()
    """Observations of another run, bound before the snippets run as `got.name`."""
    seed: int = 0
    seconds: float = SECONDS
    """Wall-clock limit."""
    beside: int | None = None
    """From this snippet on, names are bound in a copy of the namespace: what ran before cannot see them."""
    workers: bool = False
    """Whether it may start processes of its own, as DataLoader workers are."""


class Frame(Struct, frozen=True):
    """One line of a traceback."""

    file: str
    line: int
    function: str


class Caught(Struct, frozen=True):
    """A warning that was issued during a run."""

    category: str
    message: str
    file: str
    line: int


class Ran(Struct, frozen=True):
    """The program ran to its end."""

    stdout: str = ""
    stderr: str = ""
    values: tuple[Observation, ...] = ()
    warnings: tuple[Caught, ...] = ()
    milliseconds: float = 0.0


class Raised(Struct, frozen=True):
    """The program ended with an exception."""

    type: str
    """The qualified name without `builtins.`: `ValueError`, `torch.cuda.OutOfMemoryError`."""
    message: str
    frames: tuple[Frame, ...] = ()
    """Outermost first; only frames from the program itself and below."""
    stdout: str = ""
    stderr: str = ""
    warnings: tuple[Caught, ...] = ()
    milliseconds: float = 0.0


class TimedOut(Struct, frozen=True):
    """The program was stopped at its wall-clock limit."""

    seconds: float
    stdout: str = ""
    stderr: str = ""


class Crashed(Struct, frozen=True):
    """The process ended without telling how: a signal, os._exit, or a limit that was reached."""

    reason: str
    """A sentence fragment for the user: `stopped at the memory limit of 1 GiB`."""
    stdout: str = ""
    stderr: str = ""


Outcome = Ran | Raised | TimedOut | Crashed

T = TypeVar("T")
Trial = Generator[Program, Outcome, T]
"""A pure computation that needs programs run: it yields each, is sent its outcome, and returns T."""


def conduct(trial: Trial[T], run: Callable[[Program], Outcome]) -> T:
    """Run every program that a trial asks for and return what it concludes."""
    try:
        program = next(trial)
        while True:
            program = trial.send(run(program))
    except StopIteration as end:
        result: T = end.value
        return result
