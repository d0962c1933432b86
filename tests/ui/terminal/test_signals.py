"""Signals that end the program unwind it first."""

from __future__ import annotations

import signal

import pytest

from ptquiz.ui.terminal.signals import deferring, unwinding


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_unwinds_and_a_second_one_does_not_disturb(number: signal.Signals, code: int) -> None:
    steps: list[str] = []
    before = signal.getsignal(number)

    def disturbed() -> None:
        with unwinding():
            try:
                signal.raise_signal(number)
            finally:
                signal.raise_signal(number)
                steps.append("cleaned up")

    with pytest.raises(SystemExit) as end:
        disturbed()
    assert end.value.code == code
    assert steps == ["cleaned up"]
    assert signal.getsignal(number) == before


def test_an_event_loop_ends_in_its_own_time() -> None:
    steps: list[object] = []

    def looping() -> None:
        with unwinding(), deferring(lambda problem: steps.append(problem.code)):
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)
            steps.append("the loop goes on to its end")

    with pytest.raises(SystemExit) as end:
        looping()
    assert end.value.code == 143
    assert steps == [143, "the loop goes on to its end"]


def test_a_terminal_that_is_gone_does_not_hide_why() -> None:
    def hung_up() -> None:
        with unwinding(), deferring(lambda problem: None):
            signal.raise_signal(signal.SIGHUP)
            raise OSError("Input/output error")

    with pytest.raises(SystemExit) as end:
        hung_up()
    assert end.value.code == 129


def test_nothing_is_deferred_where_nothing_unwinds() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with deferring(lambda problem: None):
        assert signal.getsignal(signal.SIGTERM) == before


def test_what_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with unwinding():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
