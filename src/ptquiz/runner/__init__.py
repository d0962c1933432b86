"""Run snippets live: a warm torch process that forks a child per program. The worker is the only importer of torch."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptquiz.runner.client import LiveRunner
    from ptquiz.runner.engine import Mode
    from ptquiz.runner.machine import Layer, Machine

__all__ = ["Layer", "LiveRunner", "Machine", "Mode"]

_MODULES = {"Layer": "machine", "LiveRunner": "client", "Machine": "machine", "Mode": "engine"}


def __getattr__(name: str) -> object:
    """Import what is asked for at its first use: whoever only looks for torch runs nothing."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
