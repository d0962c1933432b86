"""Put a practice session together and hold it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from ptquiz.cli.environment import Environment
from ptquiz.commands.agenda import draw_up, utc_offset
from ptquiz.commands.drafts import Drafts
from ptquiz.commands.judge import Examiner
from ptquiz.commands.library import Library
from ptquiz.commands.recorder import Recorder
from ptquiz.domain.judging.judge import runs
from ptquiz.domain.questions import CodeTask, Fill, Number, Predict, Question, Short
from ptquiz.domain.reviews import Journal
from ptquiz.domain.variants import drawn
from ptquiz.errors import ExitCode
from ptquiz.runner.client import LiveRunner
from ptquiz.runner.discovery import torch_seems_installed
from ptquiz.scheduling.queue import Upcoming, next_due
from ptquiz.session.engine import Engine
from ptquiz.ui.answering import Answering
from ptquiz.ui.practice import Practice
from ptquiz.ui.summary_view import show_nothing_due, show_start
from ptquiz.ui.terminal.keys import open_keys
from ptquiz.ui.terminal.prompts import preload
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.terminal.signals import unwinding


def practise(
    environment: Environment, screen: Screen, library: Library, journal: Journal, *, topics: Sequence[str], new: int
) -> int:
    """Ask what is due; return the exit code."""
    originals = library.collection.questions
    states = journal.states()
    questions = {
        id_: drawn(question, states[id_].repetitions if id_ in states else 0) for id_, question in originals.items()
    }
    has_torch = torch_seems_installed(environment.python)
    can_run = library.trusts if has_torch else _nothing
    agenda = draw_up(questions, journal, now=environment.clock(), new_per_day=new, topics=topics, can_run=can_run)
    if agenda.not_runnable:
        _say_what_is_left_out(environment, agenda.not_runnable, torch=has_torch)
    if not agenda.queue:
        show_nothing_due(screen, agenda, environment.clock())
        return ExitCode.DONE
    names = ", ".join(topics) if topics else "all topics"
    show_start(screen, agenda, names)
    queue = agenda.queue
    will_run = any(runs(questions[id_]) for id_ in queue)
    types = any(isinstance(questions[id_], Predict | Number | Fill | Short | CodeTask) for id_ in queue)
    with (
        unwinding(),
        LiveRunner(environment.python) as runner,
        open_keys(environment.stdin, environment.stdout, live=screen.is_live) as keys,
    ):

        def warm_up(_: Question) -> None:
            if will_run:
                runner.start()
            if types and screen.is_live:
                preload()

        examiner = Examiner(runner.run, library.trusts)
        practice = Practice(
            screen=screen,
            answering=Answering(screen, keys, Drafts(environment.paths.drafts), examiner.lines_expected),
            engine=Engine(questions),
            questions=questions,
            examiner=examiner,
            recorder=Recorder(journal, environment.clock, environment.new_id, originals),
            clock=environment.clock,
            upcoming=partial(_upcoming, environment, journal),
            torch=lambda: runner.torch_version,
            shuffle=random.Random(environment.environ.get("PTQUIZ_SEED")),
            first_drawn=warm_up,
            ready=lambda: runner.ready,
        )
        practice.run(queue)
    return ExitCode.DONE


def _nothing(_: Question) -> bool:
    return False


def _upcoming(environment: Environment, journal: Journal) -> Upcoming | None:
    now = environment.clock()
    return next_due(journal.states(), now=now, utc_offset=utc_offset(now))


def _say_what_is_left_out(environment: Environment, count: int, *, torch: bool) -> None:
    if torch:
        reason, cure = "their deck's code may not run yet", "ptquiz deck add PATH --trust"
    else:
        reason, cure = "torch is not installed", "pip install torch"
    print(f"ptquiz: {count} questions are left out: {reason} ({cure})", file=environment.stderr)
