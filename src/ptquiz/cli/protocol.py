"""Hold a practice session as JSON Lines."""

from __future__ import annotations

import io
import json
from contextlib import closing

from ptquiz.cli.environment import Environment
from ptquiz.cli.practising import gather
from ptquiz.cli.wiring import open_runner
from ptquiz.commands.agenda import Wishes
from ptquiz.commands.library import Library
from ptquiz.commands.performing import Performer
from ptquiz.domain.reviews import Journal
from ptquiz.errors import ExitCode
from ptquiz.ui.protocol.encoding import session_data
from ptquiz.ui.protocol.talk import Talk
from ptquiz.ui.question_view import Shuffled
from ptquiz.ui.terminal.signals import unwinding


def talk(environment: Environment, library: Library, journal: Journal, wishes: Wishes) -> int:
    """Ask another program what is due; return the exit code."""
    for stream in (environment.stdin, environment.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    material = gather(environment, library, journal, wishes)
    out = environment.stdout
    out.write(json.dumps(session_data(material.agenda), ensure_ascii=False) + "\n")
    out.flush()
    if not material.agenda.queue:
        return ExitCode.DONE
    with unwinding(), closing(open_runner(environment)) as runner:
        if material.will_run():
            runner.start()
        examiner = material.examiner(runner)
        Talk(
            incoming=environment.stdin,
            outgoing=out,
            engine=material.engine,
            questions=material.questions,
            performer=Performer(material.questions, examiner, material.recorder()),
            notebook=material.notebook(),
            reports=material.reports(),
            run_code=runner.run,
            clock=environment.clock,
            torch=lambda: runner.torch_version,
            options=Shuffled(material.chance()),
        ).hold(material.agenda.queue)
    return ExitCode.DONE
