"""Run ptquiz as `python -m ptquiz`."""

from ptquiz.cli import run

if __name__ == "__main__":
    run()
