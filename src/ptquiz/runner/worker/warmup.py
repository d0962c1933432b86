"""Small computations that make torch bind what it binds lazily, so that no child has to. Needs torch, one thread."""

from __future__ import annotations

import contextlib

import torch
from torch import nn
from torch.nn import functional


def is_cpu_build() -> bool:
    """Tell whether this torch knows no accelerator, for which autograd would keep threads."""
    return torch.version.cuda is None and torch.version.hip is None


def use_numpy_bridge() -> None:
    """Have torch look for NumPy once: where it is missing, it warns on standard error at first use."""
    with contextlib.suppress(Exception):
        torch.zeros(1).numpy()


def run_small_network() -> None:
    """Go forward through the usual layers, print a tensor, and go backward where that starts no thread."""
    net = nn.Sequential(nn.Linear(16, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 1))
    loss = functional.mse_loss(net(torch.randn(64, 16)), torch.randn(64, 1))
    results = [
        loss,
        functional.cross_entropy(torch.randn(4, 3, requires_grad=True), torch.tensor([0, 1, 2, 0])),
        nn.Conv2d(3, 4, 3)(torch.randn(1, 3, 8, 8)).sum(),
        nn.LSTM(4, 8)(torch.randn(5, 2, 4))[0].sum(),
    ]
    query = torch.randn(1, 2, 8, 4)
    functional.scaled_dot_product_attention(query, query, query)
    repr(loss)
    repr(torch.randn(3, 3))
    if is_cpu_build():
        for result in results:
            result.backward()


def run_optimizer() -> None:
    """Take one step of Adam, where going backward starts no thread."""
    if not is_cpu_build():
        return
    net = nn.Linear(4, 1)
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.randn(2, 4)).sum().backward()
    optimizer.step()
    optimizer.zero_grad()
