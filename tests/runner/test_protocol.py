"""Values survive the way there and back, and nothing that arrives is taken on trust."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.domain.snippets import (
    Complex,
    Crashed,
    Mapping,
    Opaque,
    Program,
    Raised,
    Ran,
    Scalar,
    Sequence,
    Snippet,
    Tensor,
    Value,
)
from ptquiz.runner import protocol

REPORT: dict[str, Any] = {"values": [], "error": None, "warnings": [], "milliseconds": 1.5}
PROGRAM = Program(snippets=(Snippet(""),))
ENDED: dict[str, Any] = {"ending": "exit", "status": 0, "report": REPORT, "stdout": "out", "stderr": ""}
FAILURE = {"type": "E", "message": "m", "frames": [["f.py", 1, "g"]]}

floats = st.floats(allow_nan=False)
leaves: st.SearchStrategy[Value] = st.one_of(
    st.builds(Scalar, st.none() | st.booleans() | st.integers() | floats | st.text()),
    st.builds(Complex, floats, floats),
    st.builds(Opaque, st.text(), st.text()),
    st.builds(
        lambda shape, fill, learns: Tensor("int16", shape, fill * math.prod(shape), requires_grad=learns),
        st.lists(st.integers(0, 3), max_size=4).map(tuple),
        st.binary(min_size=2, max_size=2),
        st.booleans(),
    ),
    st.builds(Tensor, st.text(), st.just((2, 3)), st.none(), st.just("meta")),
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Sequence, st.sampled_from(["list", "torch.Size"]), st.lists(inner).map(tuple))
        | st.builds(Mapping, st.lists(st.tuples(inner, inner)).map(tuple))
    ),
    max_leaves=10,
)


@given(values)
def test_a_value_survives_the_wire(value: Value) -> None:
    wire = json.loads(json.dumps(protocol.encode_value(value)))
    back = protocol.decode_value(wire)
    assert (back, repr(back)) == (value, repr(value))


TENSOR = {
    "kind": "tensor",
    "dtype": "float32",
    "shape": [1],
    "data": "AACAPw==",
    "device": "cpu",
    "requires_grad": False,
}


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [2]},
        {"shape": [-1]},
        {"shape": [-1, -1]},
        {"shape": [0]},
        {"dtype": "float64"},
        {"data": ""},
        {"data": "AACAPw"},
        {"data": "AACA Pw=="},
        {"data": 5},
    ],
    ids=str,
)
def test_a_tensor_has_as_many_bytes_as_it_says(change: dict[str, Any]) -> None:
    assert protocol.decode_value(TENSOR) == Tensor("float32", (1,), b"\x00\x00\x80\x3f")
    with pytest.raises(protocol.MALFORMED):
        protocol.decode_value(TENSOR | change)


def test_a_report_becomes_an_outcome() -> None:
    assert protocol.outcome(ENDED, PROGRAM) == Ran("out", milliseconds=1.5)
    failed = ENDED | {"report": REPORT | {"error": FAILURE}}
    assert isinstance(protocol.outcome(failed, PROGRAM), Raised)


@pytest.mark.parametrize(
    "report",
    [
        pytest.param({}, id="empty"),
        pytest.param(REPORT | {"values": [{"value": {"kind": "pickle"}, "text": ""}]}, id="unknown kind"),
        pytest.param(REPORT | {"values": [{"value": {"kind": "float", "hex": "zz"}, "text": ""}]}, id="bad float"),
        pytest.param(REPORT | {"values": [{"value": [1], "text": ""}]}, id="bare list"),
        pytest.param(REPORT | {"values": [{"value": {"kind": "int", "hex": None}, "text": ""}]}, id="bad int"),
        pytest.param(REPORT | {"values": [{"value": {"kind": "int", "hex": "f" * 4000}, "text": ""}]}, id="huge int"),
        pytest.param(REPORT | {"values": [{"value": 1, "text": "1"}]}, id="a value that was not asked for"),
        pytest.param(REPORT | {"values": 5}, id="no list of values"),
        pytest.param(REPORT | {"warnings": [["x"]]}, id="short warning"),
        pytest.param(REPORT | {"error": FAILURE | {"frames": [["f", "one", "g"]]}}, id="line that is no number"),
        pytest.param(REPORT | {"milliseconds": "soon"}, id="time that is no number"),
    ],
)
def test_a_report_that_makes_no_sense_is_no_result(report: dict[str, Any]) -> None:
    outcome = protocol.outcome(ENDED | {"report": report}, PROGRAM)
    assert outcome == Crashed("sent a result that cannot be read", stdout="out")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"report": None}, "stopped before its end (os._exit)"),
        ({"status": 1}, "stopped before its end (exit status 1)"),
        ({"status": -11}, "crashed (segmentation fault)"),
        ({"status": -15}, "was stopped by SIGTERM"),
        ({"status": -35}, "was stopped by signal 35"),
        ({"status": 98}, "stopped at the memory limit of 1 GiB"),
        (
            {"status": -6, "stderr": "terminate called after throwing 'std::bad_alloc'"},
            "stopped at the memory limit of 1 GiB",
        ),
        ({"ending": "memory"}, "stopped at the memory limit of 1 GiB"),
        ({"ending": "failed", "text": "No space left on device"}, "could not be run (No space left on device)"),
        ({"ending": "processes"}, "started more than 64 processes or 256 threads"),
    ],
)
def test_only_a_report_and_a_clean_exit_are_a_result(change: dict[str, Any], reason: str) -> None:
    outcome = protocol.outcome(ENDED | change, PROGRAM)
    assert isinstance(outcome, Crashed)
    assert outcome.reason == reason
