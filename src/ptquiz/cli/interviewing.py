"""Put a mock interview together, hold it, and show what it showed."""

from __future__ import annotations

import random
from contextlib import ExitStack, closing
from pathlib import Path

from msgspec import Struct, structs, to_builtins

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import for_this_torch, history_of, open_decks, open_journal, open_screen, warn_of_broken_decks
from ptquiz.commands.courses import find_course
from ptquiz.commands.drafts import Drafts
from ptquiz.commands.explain import find_topic
from ptquiz.commands.interview_terms import askable, cut_off, topics_for
from ptquiz.commands.interviewing import Candidate, Sitting, accept
from ptquiz.commands.judge import Examiner
from ptquiz.commands.library import Library
from ptquiz.domain.interviews import Interview, Seniority, Terms
from ptquiz.domain.questions import Question, QuestionId
from ptquiz.errors import ExitCode, UsageError, said
from ptquiz.runner.client import LiveRunner
from ptquiz.runner.discovery import torch_seems_installed
from ptquiz.session.interview.report import report_on
from ptquiz.store.interviews import InterviewFiles
from ptquiz.ui.answering import Answering
from ptquiz.ui.coding import Coding
from ptquiz.ui.interview.ending import Ending
from ptquiz.ui.interview.report_view import show_history, show_report
from ptquiz.ui.interview.room import Room, show_terms
from ptquiz.ui.json_view import SCHEMA, show_json
from ptquiz.ui.keymap import key_map
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.terminal.keys import Keys, open_keys
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.terminal.signals import unwinding

MINUTES = 20
"""How long an interview takes, unless somebody says."""


class InterviewOptions(Struct, frozen=True):
    """What the command line asks for."""

    topics: tuple[str, ...] = ()
    decks: tuple[Path, ...] = ()
    minutes: int | None = None
    level: Seniority | None = None
    coach: bool = False
    timed: bool = True
    course: str | None = None
    new: bool = False
    script: Path | None = None
    to: Path | None = None
    plain: bool = False
    json: bool = False


class Hall(Struct, frozen=True):
    """What every interview on this machine is held with."""

    environment: Environment
    screen: Screen
    library: Library
    files: InterviewFiles
    questions: dict[QuestionId, Question]
    """In the candidate's language, true for the torch at hand."""


def run_interview(environment: Environment, options: InterviewOptions) -> int:
    """Hold an interview, or go on with one that was cut off; return the exit code."""
    screen = open_screen(environment, plain=options.plain or options.script is not None)
    terminal = environment.stdin.isatty() and environment.stdout.isatty()
    if not (terminal or options.plain or options.script or environment.settings.on("accessible")):
        details = (said("--plain reads one answer per line, --script takes the answers from a file"),)
        raise UsageError(said("an interview needs a terminal"), details=details)
    hall = _hall(environment, screen, options)
    with ExitStack() as stack:
        stack.enter_context(unwinding())
        runner = stack.enter_context(closing(LiveRunner(environment.python)))
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
        return _end(hall, options, interview, room if options.script is None and not options.json else None)


def run_history(environment: Environment, options: InterviewOptions) -> int:
    """List the interviews that came to their report."""
    screen = open_screen(environment, plain=options.plain)
    held = [(interview, report_on(interview)) for interview in _files(environment).all() if interview.debriefed]
    if options.json:
        reports = [_as_json(interview) for interview, _ in held]
        show_json(screen, {"schema": SCHEMA, "interviews": reports})
    else:
        show_history(screen, held)
    return ExitCode.DONE


def run_show(environment: Environment, options: InterviewOptions, id: str) -> int:
    """Show the report of an interview again. Raises UsageError for one that was never held."""
    hall = _hall(environment, open_screen(environment, plain=options.plain), options, silent=True)
    held = [interview for interview in hall.files.all() if interview.turns and (id in ("last", interview.id))]
    if not held:
        raise UsageError(said('no interview "{id}"', id=id), details=(said("ptquiz interview --history lists them"),))
    return _end(hall, options, held[-1], None)


def run_sheet(environment: Environment, options: InterviewOptions) -> int:
    """Print an interview sheet, or save it."""
    from ptquiz.ui.interview.sheet import sheet

    screen = open_screen(environment, plain=options.plain)
    hall = _hall(environment, screen, options)
    terms = _terms(hall, options)
    decks = hall.library.collection.in_language(environment.lang).decks
    chosen = [find_topic(decks, topic) for topic in terms.topics]
    title = screen.words("Interview sheet: {topics}", topics=terms.profile or ", ".join(terms.topics))
    text = sheet(chosen, terms, title, screen.words)
    if options.to is not None:
        _save(hall, options.to, text)
    else:
        environment.stdout.write(text)
    return ExitCode.DONE


def _hall(environment: Environment, screen: Screen, options: InterviewOptions, *, silent: bool = False) -> Hall:
    library = open_decks(environment, list(options.decks))
    if not silent:
        warn_of_broken_decks(environment, library)
    told = library.collection.in_language(environment.lang).questions
    suited = dict(for_this_torch(environment, told, silent=silent))
    return Hall(environment, screen, library, _files(environment), suited)


def _files(environment: Environment) -> InterviewFiles:
    return InterviewFiles(environment.paths.interviews)


def _room(hall: Hall, keys: Keys, runner: LiveRunner) -> Room:
    environment, settings = hall.environment, hall.environment.settings
    keymap, _ = key_map(settings.preset, settings.keys)
    prompting = Prompting(hall.screen, keys, keymap)
    coding = Coding(prompting, Drafts(environment.paths.drafts), environment.for_editors)
    examiner = Examiner(runner.run, hall.library.trusts)
    return Room(
        hall.screen,
        prompting,
        Answering(prompting, coding, examiner.lines_expected),
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
    terms = _terms(hall, options)
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


def _terms(hall: Hall, options: InterviewOptions) -> Terms:
    """Settle the topics. Raises UsageError for an unknown one."""
    collection = hall.library.collection
    if options.course is not None:
        course = find_course(collection.courses, options.course).in_language(hall.environment.lang)
        return Terms(
            topics=course.topics,
            seniority=options.level or course.seniority,
            minutes=options.minutes or course.minutes,
            timed=options.timed,
            coach=options.coach,
            levels=course.levels,
            profile=course.title,
        )
    decks = [deck for deck in collection.decks if deck.questions]
    topics = tuple(find_topic(decks, topic).deck for topic in dict.fromkeys(options.topics))
    minutes = options.minutes or MINUTES
    return Terms(
        topics=topics or topics_for(minutes, decks, hall.files.all()),
        seniority=options.level or Seniority.SENIOR,
        minutes=minutes,
        timed=options.timed,
        coach=options.coach,
    )


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


def _end(hall: Hall, options: InterviewOptions, interview: Interview, room: Room | None) -> int:
    """Show the report, save it where that was asked for, and let the candidate accept what it proposes."""
    report = report_on(interview)
    if options.to is not None:
        _save(hall, options.to, _document(hall, interview))
    if options.json:
        show_json(hall.screen, {"schema": SCHEMA, **_as_json(interview)})
        return ExitCode.DONE
    show_report(hall.screen, interview, report, hall.questions)
    if room is not None:
        _offer(hall, interview, room)
    return ExitCode.DONE


def _offer(hall: Hall, interview: Interview, room: Room) -> None:
    from ptquiz.commands.agenda import model
    from ptquiz.commands.recorder import Recorder

    environment = hall.environment
    with closing(open_journal(environment)) as journal:
        journal.prepare()
        history = history_of(journal, hall.library)
        recorder = Recorder(
            history,
            environment.clock,
            environment.new_id,
            hall.library.collection.questions,
            fsrs=model(history),
            retention=environment.settings.decimal("desired_retention"),
        )

        def take(interview: Interview, only_missed: bool) -> Interview:
            accepted = accept(interview, hall.questions, recorder, only_missed=only_missed)
            hall.files.save(accepted)
            return accepted

        def write(interview: Interview) -> tuple[Path, ...]:
            paths = tuple(Path(f"interview-{interview.id}{suffix}") for suffix in (".md", ".html"))
            for path in paths:
                _save(hall, path, _document(hall, interview), tell=False)
            return paths

        Ending(room.prompting, hall.questions, take, write).run(interview)


def _document(hall: Hall, interview: Interview) -> str:
    from ptquiz.ui.interview.document import as_markdown

    return as_markdown(interview, report_on(interview), hall.questions, hall.screen.words)


def _save(hall: Hall, path: Path, markdown: str, *, tell: bool = True) -> None:
    """Write a document as what its file's name says. Raises UsageError where it cannot be written."""
    text = markdown
    if path.suffix in (".html", ".htm"):
        from ptquiz.ui.interview.document import as_html

        text = as_html(markdown, lang=hall.environment.lang)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(said("{path} cannot be written: {reason}", path=path, reason=error.strerror)) from None
    if tell:
        print(f"ptquiz: {hall.screen.words('saved to {file}', file=path)}", file=hall.environment.stderr)


def _as_json(interview: Interview) -> dict[str, object]:
    return {
        "interview": to_builtins(structs.replace(interview)),
        "report": to_builtins(report_on(interview), str_keys=True),
    }
