"""Values come back as plain data, and can lie about nothing but themselves."""

from __future__ import annotations

import math
import struct

import pytest

from ptquiz.domain.snippets import Complex, Mapping, Opaque, Scalar, Sequence, Tensor, Value
from tests.runner.conftest import Run, only_value, ran

INF, NAN = math.inf, math.nan


def tensor(dtype: str, shape: tuple[int, ...], code: str, *numbers: float, requires_grad: bool = False) -> Tensor:
    """Return a tensor with these elements, packed as `struct` packs them."""
    return Tensor(dtype, shape, struct.pack(f"<{len(numbers)}{code}", *numbers), requires_grad=requires_grad)


def scalars(*values: int | float | str | bool | None) -> tuple[Scalar, ...]:
    return tuple(Scalar(value) for value in values)


VALUES: dict[str, Value] = {
    "None": Scalar(None),
    "True": Scalar(True),
    "-3": Scalar(-3),
    "2**62": Scalar(2**62),
    "-10**40": Scalar(-(10**40)),
    "0.1": Scalar(0.1),
    "float('inf')": Scalar(INF),
    "-0.0": Scalar(-0.0),
    "'张量'": Scalar("张量"),
    "'x' * 300_000": Opaque("str", repr("x" * 300_000)[:19_999] + "…"),
    "1 + 2j": Complex(1.0, 2.0),
    "[1, 'a', None]": Sequence("list", scalars(1, "a", None)),
    "(1,)": Sequence("tuple", scalars(1)),
    "{1}": Sequence("set", scalars(1)),
    "frozenset()": Sequence("frozenset", ()),
    "torch.Size([2, 3])": Sequence("torch.Size", scalars(2, 3)),
    "{'b': 1, 'a': [2]}": Mapping(
        ((Scalar("b"), Scalar(1)), (Scalar("a"), Sequence("list", scalars(2)))),
    ),
    "OrderedDict(a=1)": Mapping(((Scalar("a"), Scalar(1)),)),
    "torch.float32": Opaque("torch.dtype", "torch.float32"),
    "torch.device('cpu')": Opaque("torch.device", "device(type='cpu')"),
    "len": Opaque("builtin_function_or_method", "<built-in function len>"),
    "b'ab'": Opaque("bytes", "b'ab'"),
    "ValueError('x')": Opaque("ValueError", "ValueError('x')"),
    "nn.ReLU()": Opaque("torch.nn.modules.activation.ReLU", "ReLU()"),
    "range(3)": Opaque("range", "range(0, 3)"),
    "10**30_000": Opaque("int", "<an int of 99658 bits>"),
    "torch.tensor(1.5)": tensor("float32", (), "f", 1.5),
    "torch.tensor([[1, 2], [3, 4]])": tensor("int64", (2, 2), "q", 1, 2, 3, 4),
    "torch.tensor([[1, 2], [3, 4]]).T": tensor("int64", (2, 2), "q", 1, 3, 2, 4),
    "torch.arange(10)[::3]": tensor("int64", (4,), "q", 0, 3, 6, 9),
    "torch.ones(2, 1).expand(2, 2)": tensor("float32", (2, 2), "f", 1, 1, 1, 1),
    "torch.tensor([True, False])": tensor("bool", (2,), "?", True, False),
    "torch.tensor([1], dtype=torch.uint8)": tensor("uint8", (1,), "B", 1),
    "torch.tensor([-1], dtype=torch.int8)": tensor("int8", (1,), "b", -1),
    "torch.tensor([-1], dtype=torch.int16)": tensor("int16", (1,), "h", -1),
    "torch.tensor([-1], dtype=torch.int32)": tensor("int32", (1,), "i", -1),
    "torch.tensor([0.5], dtype=torch.float16)": tensor("float16", (1,), "e", 0.5),
    "torch.tensor([1.], dtype=torch.bfloat16)": Tensor("bfloat16", (1,), b"\x80\x3f"),
    "torch.tensor([1.], dtype=torch.float8_e4m3fn)": Tensor("float8_e4m3fn", (1,), b"\x38"),
    "torch.tensor([0.1], dtype=torch.float64)": tensor("float64", (1,), "d", 0.1),
    "torch.tensor([1 + 2j])": Tensor("complex64", (1,), struct.pack("<2f", 1, 2)),
    "torch.tensor([1 + 2j]).conj()": Tensor("complex64", (1,), struct.pack("<2f", 1, -2)),
    "torch.tensor([float('inf'), -0.0])": tensor("float32", (2,), "f", INF, -0.0),
    "torch.empty(0, 3)": Tensor("float32", (0, 3), b""),
    "torch.ones(1, requires_grad=True)": tensor("float32", (1,), "f", 1, requires_grad=True),
    "nn.Parameter(torch.ones(1))": tensor("float32", (1,), "f", 1, requires_grad=True),
    "nn.Buffer(torch.ones(1))": tensor("float32", (1,), "f", 1),
    "torch.ones(2, device='meta')": Tensor("float32", (2,), None, "meta"),
    "torch.zeros(3, 1 << 20)": Tensor("float32", (3, 1 << 20), None),
    "torch.max(torch.tensor([[1, 2]]), dim=1)": Sequence(
        "torch.return_types.max", (tensor("int64", (1,), "q", 2), tensor("int64", (1,), "q", 1))
    ),
}
PREAMBLE = "from collections import OrderedDict\nimport torch\nfrom torch import nn"


@pytest.mark.parametrize("expression", VALUES, ids=list(VALUES))
def test_a_value_is_captured_as_data(run: Run, expression: str) -> None:
    assert only_value(run(PREAMBLE, expression)) == VALUES[expression]


def test_nan_is_captured(run: Run) -> None:
    number = only_value(run("", "float('nan')"))
    assert isinstance(number, Scalar)
    assert isinstance(number.value, float)
    assert math.isnan(number.value)
    assert only_value(run("import torch", "torch.tensor(float('nan'))")) == tensor("float32", (), "f", NAN)


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("torch.eye(2).to_sparse()", "torch.Tensor"),
        ("torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)", "torch.Tensor"),
        ("torch.nested.nested_tensor([torch.ones(1), torch.ones(2)])", "torch.Tensor"),
        ("torch.func.vmap(lambda x: seen.append(x) or x)(torch.ones(2)) is seen or seen[0]", "torch.Tensor"),
        ("FakeTensorMode().from_tensor(torch.ones(2))", "torch._subclasses.fake_tensor.FakeTensor"),
        ("(x for x in [])", "generator"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_value_of_another_nature_is_opaque(run: Run, expression: str, kind: str) -> None:
    code = "import torch, warnings\nwarnings.simplefilter('ignore')\nseen = []\n"
    code += "from torch._subclasses.fake_tensor import FakeTensorMode"
    value = only_value(run(code, expression))
    assert isinstance(value, Opaque)
    assert value.type == kind


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("torch.tensor([1.0, 2.0])", "tensor([1., 2.])"),
        ("'text'", "text"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("[1, 'a']", "[1, 'a']"),
        ("torch.float16", "torch.float16"),
        ("None", "None"),
        ("'x' * 30_000", "x" * 19_999 + "…"),
    ],
)
def test_the_text_is_what_print_would_show(run: Run, expression: str, text: str) -> None:
    assert ran(run("import torch", expression)).values[0].text == text


LIARS = {
    "__class__": "class X:\n    __class__ = property(lambda self: torch.Tensor)\n    def __repr__(self): return 'X!'",
    "__eq__": "class X(float):\n    def __eq__(self, other): return True\n    def __repr__(self): return 'X!'",
    "str subclass": "class X(str):\n    def __repr__(self): return 'X!'",
    "list subclass": "class X(list):\n    def __iter__(self): return iter([1])\n    def __repr__(self): return 'X!'",
    "metaclass": (
        "class M(type):\n    __module__ = property(lambda c: 'torch')\n    __qualname__ = 'Tensor'\n"
        "    __name__ = property(lambda c: 'Tensor')\n"
        "class X(metaclass=M):\n    def __repr__(self): return 'X!'"
    ),
}


@pytest.mark.parametrize("lie", LIARS.values(), ids=LIARS.keys())
def test_a_class_that_lies_is_shown_as_what_it_is(run: Run, lie: str) -> None:
    assert only_value(run(f"import torch\n{lie}", "X()")) == Opaque("X", "X!")


@pytest.mark.parametrize(
    ("method", "text"),
    [
        ("def __repr__(self): return 1 / 0", "<X whose repr() raised ZeroDivisionError>"),
        ("def __repr__(self): return 5", "<X whose repr() raised TypeError>"),
        ("def __repr__(self): raise SystemExit", "<X whose repr() raised SystemExit>"),
        ("def __repr__(self): return 'x' * 10**8", "x" * 19_999 + "…"),
        ("__module__ = 5\n    def __repr__(self): return 'fine'", "fine"),
    ],
)
def test_a_repr_is_guarded(run: Run, method: str, text: str) -> None:
    assert only_value(run(f"class X:\n    {method}", "X()")) == Opaque("X", text)


def test_a_tensor_subclass_cannot_lie_about_its_elements(run: Run) -> None:
    code = """
import torch
class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.zeros(9)
"""
    value = only_value(run(code, "torch.ones(2).as_subclass(Liar)"))
    assert value == tensor("float32", (2,), "f", 1, 1)


def test_a_patched_torch_cannot_lie_about_elements(run: Run) -> None:
    code = "import torch\ntorch.Tensor.__repr__ = lambda self: 'fine'\ntorch.Tensor.shape = (9,)\n"
    code += "torch.equal = torch.allclose = lambda *a, **k: True"
    value = only_value(run(code, "torch.ones(2)"))
    assert isinstance(value, Tensor)
    assert value.data == struct.pack("<2f", 1, 1)


def test_a_list_in_itself_ends_somewhere(run: Run) -> None:
    value = only_value(run("x = [1]\nx.append(x)", "x"))
    for _ in range(5):
        assert isinstance(value, Sequence)
        value = value.items[1]
    assert isinstance(value, Sequence)
    assert value.items[1] == Opaque("list", "[1, [...]]")


@pytest.mark.parametrize("expression", ["list(range(30_000))", "dict.fromkeys(range(30_000))", "set(range(30_000))"])
def test_a_long_container_is_opaque(run: Run, expression: str) -> None:
    value = only_value(run("", expression))
    assert isinstance(value, Opaque)
    assert "of 30000 items" in value.text


def test_the_limit_on_items_holds_for_all_values_together(run: Run) -> None:
    first, second, third = ran(run("x = list(range(9_000))", "x", "x", "x")).values
    assert [type(seen.value) for seen in (first, second, third)] == [Sequence, Sequence, Opaque]
