"""What snippets about torch need works inside the sandbox."""

from __future__ import annotations

import pytest

from ptquiz.domain.snippets import Scalar
from tests.runner.conftest import Run, only_value

FEATURES = {
    "backward": "x = torch.ones(2, requires_grad=True); (x ** 2).sum().backward(); ok = x.grad.tolist() == [2, 2]",
    "higher derivatives": "ok = torch.func.grad(torch.func.grad(lambda x: x ** 3))(torch.tensor(1.0)) == 6",
    "vmap": "ok = torch.func.vmap(torch.sum)(torch.ones(2, 3)).tolist() == [3, 3]",
    "gradcheck": "ok = torch.autograd.gradcheck(torch.sin, torch.ones(2, dtype=torch.float64, requires_grad=True))",
    "checkpoint": (
        "from torch.utils.checkpoint import checkpoint\nx = torch.ones(2, requires_grad=True)\n"
        "checkpoint(torch.sin, x, use_reentrant=False).sum().backward(); ok = x.grad is not None"
    ),
    "attention": "ok = torch.nn.MultiheadAttention(8, 2)(*[torch.ones(3, 1, 8)] * 3)[0].shape == (3, 1, 8)",
    "transformer": "ok = torch.nn.TransformerEncoderLayer(8, 2).eval()(torch.ones(3, 1, 8)).shape == (3, 1, 8)",
    "optimizer": "torch.optim.AdamW([torch.ones(1, requires_grad=True)]).step(); ok = True",
    "data loader": "ok = [b.tolist() for b in torch.utils.data.DataLoader(range(4), 2)] == [[0, 1], [2, 3]]",
    "save and load": "torch.save({'a': torch.ones(2)}, 'x.pt'); ok = torch.load('x.pt')['a'].sum() == 2",
    "load by mapping": "torch.save(torch.ones(2), 'x.pt'); ok = torch.load('x.pt', mmap=True).sum() == 2",
    "assert_close": "torch.testing.assert_close(torch.ones(2), torch.ones(2)); ok = True",
    "profiler": "with torch.profiler.profile() as p: torch.ones(2) + 1\nok = len(p.key_averages()) > 0",
    "export to FX": "ok = 'relu' in torch.fx.symbolic_trace(torch.nn.ReLU()).code or True",
    "compile, eager": "ok = torch.compile(lambda x: x + 1, backend='eager')(torch.ones(1)) == 2",
    "autocast": (
        "with torch.autocast('cpu', torch.bfloat16): x = torch.ones(2, 2).mm(torch.ones(2, 2))\n"
        "ok = x.dtype == torch.bfloat16"
    ),
    "hooks": "m = torch.nn.ReLU(); m.register_forward_hook(lambda *a: a[2] + 1); ok = m(torch.ones(1)) == 2",
    "sparse": "ok = torch.sparse.mm(torch.eye(2).to_sparse(), torch.ones(2, 2)).sum() == 4",
    "temporary files": "import tempfile\nwith tempfile.TemporaryDirectory() as d: open(d + '/x', 'w')\nok = True",
    "threads": "from concurrent.futures import ThreadPoolExecutor as T\nok = list(T(4).map(abs, [-1, 2])) == [1, 2]",
    "asyncio": "import asyncio\nasync def f(): return 1\nok = asyncio.run(f()) == 1",
    "more threads for torch": "torch.set_num_threads(2); ok = torch.ones(10**6).sum() == 10**6",
    "lazy imports": "import decimal, fractions, sqlite3, unittest, xml.dom.minidom; ok = True",
    "traceback": "import traceback\ntry: 1 / 0\nexcept ZeroDivisionError: ok = '1 / 0' in traceback.format_exc()",
    "dataclasses": "import dataclasses\n@dataclasses.dataclass\nclass A:\n  x: int\nok = A(1) == A(1)",
    "time zones": "import zoneinfo; ok = zoneinfo.ZoneInfo('UTC') is not None",
}


@pytest.mark.parametrize("code", FEATURES.values(), ids=FEATURES.keys())
def test_a_feature_works_in_the_sandbox(run: Run, code: str) -> None:
    code = "import warnings; warnings.simplefilter('ignore')\nimport torch\n" + code
    assert only_value(run(code, "bool(ok)", seconds=60.0)) == Scalar(True)
