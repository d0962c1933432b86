"""Put a mock interview together, hold it, and show what it showed."""

from __future__ import annotations

import random
from contextlib import ExitStack, closing

from ptquiz.cli.environment import Environment
from ptquiz.cli.interview_hall import Hall, InterviewOptions, open_hall, terms_of
from ptquiz.cli.interview_reports import end_with_report
from ptquiz.cli.wiring import open_drafts, open_prompting, open_runner, open_screen
from ptquiz.commands.interview_terms import askable, cut_off
from ptquiz.commands.interviewing import Candidate, Sitting
from ptquiz.commands.judge import Examiner
from ptquiz.commands.writing import can_be_written
from ptquiz.domain.interviews import Interview
from ptquiz.errors import ExitCode, UsageError, said
from ptquiz.runner.client import LiveRunner
from ptquiz.runner.discovery import torch_seems_installed
from ptquiz.ui.answering import Answering
from ptquiz.ui.coding import Coding
from ptquiz.ui.interview.room import NOTHING_TYPED, Room, show_terms
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.terminal.keys import Keys, open_keys
from ptquiz.ui.terminal.signals import unwinding


def run_interview(environment: Environment, options: InterviewOptions) -> int:
    """Hold an interview, or go on with one that was cut off; return the exit code."""
    screen = open_screen(environment, plain=options.plain or options.script is not None)
    terminal = environment.stdin.isatty() and environment.stdout.isatty()
    if not (terminal or options.plain or options.script or environment.settings.on("accessible")):
        details = (said("--plain reads one answer per line, --script takes the answers from a file"),)
        raise UsageError(said("an interview needs a terminal"), details=details)
    if options.to is not None:
        can_be_written(options.to)
    hall = open_hall(environment, screen, options)
    if options.decks and not hall.library.collection.decks:
        return ExitCode.BROKEN_DECK
    with ExitStack() as stack:
        stack.enter_context(unwinding())
        runner = stack.enter_context(closing(open_runner(environment)))
        keys = stack.enter_context(open_keys(environment.stdin, environment.stdout, live=screen.is_live))
        runner.start()
        room = _room(hall, keys, runner)
        interview = _agree(hall, options, room.prompting)
        if interview is None:
            return ExitCode.DONE
        sitting = Sitting(hall.questions, Examiner(runner.run, hall.library.trusts), hall.files.save)
        candidate = _candidate(options, room)
        if not options.json:
            show_terms(screen, interview, interview.terms.topics)
        try:
            interview = sitting.hold(interview, candidate)
        except KeyboardInterrupt:
            screen.end_live()
            screen.line(screen.words("stopped; every answer is kept, and ptquiz interview goes on with it"))
            raise
        if not interview.turns:
            hall.files.discard(interview)
            screen.line(screen.words("no question was answered; nothing is kept"))
            return ExitCode.DONE
        interview = sitting.debrief(interview, candidate)
        asks = options.script is None and not options.json
        return end_with_report(hall, options, interview, room.prompting if asks else None)


def _room(hall: Hall, keys: Keys, runner: LiveRunner) -> Room:
    environment = hall.environment
    prompting = open_prompting(environment, hall.screen, keys)
    coding = Coding(prompting, open_drafts(environment, hall.library), environment.for_editors)
    examiner = Examiner(runner.run, hall.library.trusts)
    return Room(
        hall.screen,
        prompting,
        Answering(prompting, coding, examiner.lines_expected, NOTHING_TYPED),
        environment.clock,
        random.Random(environment.environ.get("PTQUIZ_SEED")),
        lambda: runner.torch_version,
    )


def _agree(hall: Hall, options: InterviewOptions, prompting: Prompting) -> Interview | None:
    """Go on with the interview that was cut off, if the candidate wishes, or agree on a new one; None for neither."""
    now = hall.environment.clock()
    earlier = hall.files.all()
    open_one = None if options.new or options.script else cut_off(earlier, now=now)
    if open_one is not None:
        match _wish(hall, open_one, prompting):
            case None:
                return None
            case 0:
                return open_one
    terms = terms_of(hall, options)
    has_torch = torch_seems_installed(hall.environment.python)
    can_run = hall.library.trusts if has_torch else (lambda _: False)
    left = askable(hall.questions, terms.topics, can_run)
    if not left:
        raise UsageError(said("nothing of these topics can be asked here"), details=(said("ptquiz doctor says why"),))
    return Interview(id=f"{now:%Y%m%d-%H%M%S}", started=now, terms=terms)


def _wish(hall: Hall, interview: Interview, prompting: Prompting) -> int | None:
    """Ask whether to go on with an interview (0) or to begin a new one (1)."""
    words = hall.screen.words
    at = f"{interview.started.astimezone():%H:%M}"
    answers = words.count("{n} answer", "{n} answers", len(interview.turns))
    hall.screen.text(words("An interview begun at {at} was cut off after {answers}.", at=at, answers=answers))
    return prompting.choose([words("go on with it"), words("begin a new one")])


def _candidate(options: InterviewOptions, room: Room) -> Candidate:
    if options.script is None:
        return room
    from ptquiz.ui.interview.script import read_script

    try:
        return read_script(options.script.read_text("utf-8").splitlines())
    except OSError as error:
        raise UsageError(
            said("the script {path} cannot be read: {reason}", path=options.script, reason=error.strerror)
        ) from None
