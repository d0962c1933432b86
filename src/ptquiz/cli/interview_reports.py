"""What an interview showed: the report on the screen and as a document, the history, and sheets."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from msgspec import to_builtins

from ptquiz.cli.environment import Environment
from ptquiz.cli.interview_hall import Hall, InterviewOptions, interview_files, open_hall, terms_of
from ptquiz.cli.wiring import history_of, open_journal, open_screen
from ptquiz.commands.explain import find_topic
from ptquiz.commands.interviewing import accept
from ptquiz.commands.writing import write_whole
from ptquiz.domain.interviews import Interview
from ptquiz.errors import ExitCode, UsageError, said
from ptquiz.session.interview.report import report_on
from ptquiz.ui.interview.ending import Ending
from ptquiz.ui.interview.report_view import show_history, show_report
from ptquiz.ui.json_view import SCHEMA, show_json
from ptquiz.ui.prompting import Prompting


def run_history(environment: Environment, options: InterviewOptions) -> int:
    """List the interviews that came to their report."""
    screen = open_screen(environment, plain=options.plain)
    held = [
        (interview, report_on(interview)) for interview in interview_files(environment).all() if interview.debriefed
    ]
    if options.json:
        reports = [_as_json(interview) for interview, _ in held]
        show_json(screen, {"schema": SCHEMA, "interviews": reports})
    else:
        show_history(screen, held)
    return ExitCode.DONE


def run_show(environment: Environment, options: InterviewOptions, id: str) -> int:
    """Show the report of an interview again. Raises UsageError for one that was never held."""
    hall = open_hall(environment, open_screen(environment, plain=options.plain), options, silent=True)
    held = [interview for interview in hall.files.all() if interview.turns and (id in ("last", interview.id))]
    if not held:
        raise UsageError(said('no interview "{id}"', id=id), details=(said("ptquiz interview --history lists them"),))
    return end_with_report(hall, options, held[-1], None)


def run_sheet(environment: Environment, options: InterviewOptions) -> int:
    """Print an interview sheet, or save it."""
    from ptquiz.ui.interview.sheet import sheet

    screen = open_screen(environment, plain=options.plain)
    hall = open_hall(environment, screen, options)
    if options.decks and not hall.library.collection.decks:
        return ExitCode.BROKEN_DECK
    terms = terms_of(hall, options)
    decks = hall.library.collection.in_language(environment.lang).decks
    chosen = [find_topic(decks, topic) for topic in terms.topics]
    title = screen.words("Interview sheet: {topics}", topics=terms.profile or ", ".join(terms.topics))
    text = sheet(chosen, terms, title, screen.words)
    if options.to is not None:
        _save(hall, options.to, text)
    else:
        environment.stdout.write(text)
    return ExitCode.DONE


def end_with_report(hall: Hall, options: InterviewOptions, interview: Interview, prompting: Prompting | None) -> int:
    """Show the report, save it where that was asked for, and let the candidate accept what it proposes."""
    report = report_on(interview)
    if options.to is not None:
        _save(hall, options.to, _document(hall, interview))
    if options.json:
        show_json(hall.screen, {"schema": SCHEMA, **_as_json(interview)})
        return ExitCode.DONE
    show_report(hall.screen, interview, report, hall.questions)
    if prompting is not None:
        _offer(hall, interview, prompting)
    return ExitCode.DONE


def _offer(hall: Hall, interview: Interview, prompting: Prompting) -> None:
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
            document = _document(hall, interview)
            for path in paths:
                _save(hall, path, document, tell=False)
            return paths

        Ending(prompting, hall.questions, take, write).run(interview)


def _document(hall: Hall, interview: Interview) -> str:
    from ptquiz.ui.interview.document import as_markdown

    return as_markdown(interview, report_on(interview), hall.questions, hall.screen.words)


def _save(hall: Hall, path: Path, markdown: str, *, tell: bool = True) -> None:
    """Write a document as what its file's name says. Raises UsageError where it cannot be written."""
    text = markdown
    if path.suffix in (".html", ".htm"):
        from ptquiz.ui.interview.document import as_html

        text = as_html(markdown, lang=hall.environment.lang)
    write_whole(path, text.encode())
    if tell:
        hall.environment.narrate(said("saved to {file}", file=path))


def _as_json(interview: Interview) -> dict[str, object]:
    return {
        "interview": to_builtins(interview),
        "report": to_builtins(report_on(interview), str_keys=True),
    }
