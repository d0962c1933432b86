"""Run snippets live: a warm torch process that forks a child per program. The worker is the only importer of torch."""

from ptquiz.runner.client import LiveRunner
from ptquiz.runner.engine import Mode
from ptquiz.runner.machine import Layer, Machine

__all__ = ["Layer", "LiveRunner", "Machine", "Mode"]
