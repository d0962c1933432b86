"""What the client and the warm process say to each other: programs out, outcomes in. Nothing received is trusted."""

from __future__ import annotations

import base64
import binascii
import math
import signal
from collections.abc import Callable
from typing import Any

from ptquiz.domain.snippets import (
    Caught,
    Complex,
    Crashed,
    Frame,
    Mapping,
    Observation,
    Opaque,
    Outcome,
    Program,
    Raised,
    Ran,
    Scalar,
    Sequence,
    Snippet,
    Tensor,
    TimedOut,
    Value,
)
from ptquiz.runner.worker.frames import Message

OVERSTEPPED = {
    "output": "printed more than 1 MiB",
    "report": "produced values of more than 8 MiB",
    "memory": "stopped at the memory limit of 1 GiB",
    "processes": "started more than 64 processes or 256 threads",
    "disk": "wrote more than 128 MiB or 2000 files",
    "cancelled": "stopped by you",
}
SIGNALS = {
    "SIGSEGV": "crashed (segmentation fault)",
    "SIGABRT": "crashed (aborted)",
    "SIGBUS": "crashed (bus error)",
    "SIGFPE": "crashed (floating-point exception)",
    "SIGILL": "crashed (illegal instruction)",
    "SIGSYS": "stopped at a forbidden system call",
    "SIGXCPU": "stopped at the limit of processor time",
    "SIGKILL": "was killed",
}
"""By name, since not every system has all of them."""
ITEM_BYTES = {
    "bfloat16": 2,
    "float16": 2,
    "float32": 4,
    "float64": 8,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "uint16": 2,
    "uint32": 4,
    "uint64": 8,
    "complex32": 4,
    "complex64": 8,
    "complex128": 16,
}
"""Bytes of one element; 1 for all others."""
INT_HEX_DIGITS = 3000
"""Python prints ints of up to 4300 decimal digits."""
UNREADABLE = "sent a result that cannot be read"
OUT_OF_MEMORY_STATUS = 98
REPORT_FAILED_STATUS = 97
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, binascii.Error)


def request(number: int, program: Program) -> Message:
    """Return the message that asks for a program to be run."""
    return {
        "kind": "run",
        "id": number,
        "program": {
            "snippets": [_snippet(snippet) for snippet in program.snippets],
            "values": [_snippet(snippet) for snippet in program.values],
            "got": [[name, encode_value(value)] for name, value in program.got],
            "beside": program.beside,
            "seed": program.seed,
            "seconds": program.seconds,
            "workers": program.workers,
        },
    }


def _snippet(snippet: Snippet) -> Message:
    return {"code": snippet.code, "file": snippet.place.file, "line": snippet.place.line}


def outcome(ended: Message, program: Program) -> Outcome:
    """Return how a program ended, from the message that tells it."""
    try:
        return _outcome(ended, program)
    except MALFORMED:
        return Crashed(UNREADABLE)


def _outcome(ended: Message, program: Program) -> Outcome:
    if ended["ending"] == "failed":
        return Crashed(f"could not be run ({ended['text']})")
    ending, status, report = ended["ending"], ended["status"], ended["report"]
    stdout, stderr = str(ended["stdout"]), str(ended["stderr"])
    if ending == "time":
        return TimedOut(program.seconds, stdout=stdout, stderr=stderr)
    if ending != "exit":
        return Crashed(OVERSTEPPED[ending], stdout=stdout, stderr=stderr)
    if status != 0 or report is None:
        return Crashed(_why_silent(status, stderr), stdout=stdout, stderr=stderr)
    try:
        if "failed" in report:
            return Crashed(f"could not be run ({report['failed']})")
        told = _reported(report, stdout, stderr)
    except MALFORMED:
        return Crashed(UNREADABLE, stdout=stdout, stderr=stderr)
    if isinstance(told, Ran) and len(told.values) != len(program.values):
        return Crashed(UNREADABLE, stdout=stdout, stderr=stderr)
    return told


def _reported(report: Message, stdout: str, stderr: str) -> Ran | Raised:
    warnings = tuple(
        Caught(str(kind), str(text), str(file), int(line)) for kind, text, file, line in report["warnings"]
    )
    milliseconds = float(report["milliseconds"])
    error = report["error"]
    if error is None:
        values = tuple(Observation(decode_value(seen["value"]), str(seen["text"])) for seen in report["values"])
        return Ran(stdout, stderr, values, warnings, milliseconds)
    frames = tuple(Frame(str(file), int(line), str(function)) for file, line, function in error["frames"])
    return Raised(str(error["type"]), str(error["message"]), frames, stdout, stderr, warnings, milliseconds)


def _why_silent(status: int, stderr: str) -> str:
    """Say in words why a process ended without a report."""
    if status == OUT_OF_MEMORY_STATUS or (status == -signal.SIGABRT and "std::bad_alloc" in stderr):
        return OVERSTEPPED["memory"]
    if status < 0:
        return SIGNALS.get(signal_name(-status), f"was stopped by {signal_name(-status)}")
    if status == 0:
        return "stopped before its end (os._exit)"
    if status == REPORT_FAILED_STATUS:
        return "could not tell its result"
    return f"stopped before its end (exit status {status})"


def signal_name(number: int) -> str:
    """Return the name of a signal; real-time ones have none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def encode_value(value: Value) -> Any:
    """Return the plain data of a value."""
    match value:
        case Scalar(value=float() as number):
            return {"kind": "float", "hex": number.hex()}
        case Scalar(value=bool() | str() | None as plain):
            return plain
        case Scalar(value=int() as number):
            return {"kind": "int", "hex": hex(number)}
        case Complex(real=real, imag=imag):
            return {"kind": "complex", "real": real.hex(), "imag": imag.hex()}
        case Sequence(type=name, items=items):
            return {"kind": "sequence", "type": name, "items": [encode_value(item) for item in items]}
        case Mapping(items=pairs):
            return {"kind": "mapping", "items": [[encode_value(key), encode_value(item)] for key, item in pairs]}
        case Opaque(type=name, text=text):
            return {"kind": "opaque", "type": name, "text": text}
        case Tensor():
            return _encode_tensor(value)
    raise TypeError(f"not a value: {value!r}")


def _encode_tensor(tensor: Tensor) -> Message:
    return {
        "kind": "tensor",
        "dtype": tensor.dtype,
        "shape": list(tensor.shape),
        "data": None if tensor.data is None else base64.b64encode(tensor.data).decode(),
        "device": tensor.device,
        "requires_grad": tensor.requires_grad,
    }


def decode_value(data: Any) -> Value:
    """Return the value that plain data stands for; one of MALFORMED is raised when it stands for none."""
    if data is None or type(data) in (bool, int, str):
        return Scalar(data)
    return DECODERS[data["kind"]](data)


def _decode_tensor(data: Message) -> Tensor:
    """Return a tensor whose bytes are as many as its shape and dtype say, or raise ValueError.

    Fewer bytes would leave elements out of a comparison.
    """
    encoded, dtype, shape = data["data"], str(data["dtype"]), tuple(int(size) for size in data["shape"])
    raw = None if encoded is None else base64.b64decode(encoded, validate=True)
    if min(shape, default=0) < 0 or (raw is not None and len(raw) != math.prod(shape) * ITEM_BYTES.get(dtype, 1)):
        raise ValueError(f"not the bytes of a {dtype} tensor of shape {shape}")
    return Tensor(dtype, shape, raw, device=str(data["device"]), requires_grad=bool(data["requires_grad"]))


def _decode_int(data: Message) -> Scalar:
    digits = str(data["hex"])
    if len(digits) > INT_HEX_DIGITS:
        raise ValueError("an int that Python would not print")
    return Scalar(int(digits, 16))


def _decode_mapping(data: Message) -> Mapping:
    return Mapping(tuple((decode_value(key), decode_value(item)) for key, item in data["items"]))


DECODERS: dict[str, Callable[[Message], Value]] = {
    "int": _decode_int,
    "float": lambda data: Scalar(float.fromhex(data["hex"])),
    "complex": lambda data: Complex(float.fromhex(data["real"]), float.fromhex(data["imag"])),
    "sequence": lambda data: Sequence(str(data["type"]), tuple(decode_value(item) for item in data["items"])),
    "mapping": _decode_mapping,
    "opaque": lambda data: Opaque(str(data["type"]), str(data["text"])),
    "tensor": _decode_tensor,
}
