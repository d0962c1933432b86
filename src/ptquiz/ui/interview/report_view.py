"""Show what an interview showed: strengths first, then every rung, then what to practise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from ptquiz.commands.interviewing import member
from ptquiz.domain.interviews import Interview, Style, Turn
from ptquiz.domain.questions import Level, Question, QuestionId
from ptquiz.session.interview.report import Cell, Report
from ptquiz.ui.bars import bar
from ptquiz.ui.dates import full_day
from ptquiz.ui.interview.room import clock_face, show_model_answer
from ptquiz.ui.lines import padded, percent
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words, marked

BAR = 20
MOST_LISTED = 5
HEADLINE = 120

STYLES = {
    Style.SPOKEN: marked("in words"),
    Style.PREDICTED: marked("outputs and numbers"),
    Style.PICKED: marked("options and claims"),
    Style.CODED: marked("code"),
}


def show_report(screen: Screen, interview: Interview, report: Report, questions: Mapping[QuestionId, Question]) -> None:
    """Print the report on one screen or two; `show_turn` prints each answer."""
    words = screen.words
    screen.blank()
    screen.rule(words("interview report"))
    count = words.count("{n} question", "{n} questions", len(interview.turns))
    screen.line(screen.glyphs.separator.join((words("overall {share}", share=percent(report.score)), count)))
    _listed(screen, words("strengths"), report.strengths, interview, questions)
    _table(
        screen,
        words("topics"),
        [(result.topic, result.score, _levels(words, result.levels)) for result in report.topics],
    )
    styles = [(words(STYLES[style]), cell.score, _asked(words, cell.asked)) for style, cell in report.styles.items()]
    _table(screen, words("kinds of question"), styles)
    _listed(screen, words("to practise"), report.gaps, interview, questions)
    if report.misconceptions:
        names = ", ".join(f"{name} {n}x" if n > 1 else name for name, n in report.misconceptions)
        screen.text(words("misconceptions: {names}", names=names))
    screen.text(pace(words, interview, report))


def pace(words: Words, interview: Interview, report: Report) -> str:
    """Say how the time was used."""
    used, allowed = clock_face(report.pace.used), clock_face(report.pace.allowed)
    said = words("pace: {used} for what should take {allowed}", used=used, allowed=allowed)
    slow = [turn for turn in interview.turns if turn.question in report.pace.slow]
    if not slow:
        return said
    names = ", ".join(f"{turn.question} {clock_face(turn.seconds)}" for turn in slow[:MOST_LISTED])
    return said + words("; slow: {names}", names=names)


def show_turn(screen: Screen, number: int, turn: Turn, questions: Mapping[QuestionId, Question]) -> None:
    """Print one question, what was answered and what would have been right."""
    words, question = screen.words, member(questions, turn)
    screen.blank()
    head = (str(number), turn.question, words(turn.level.value), percent(turn.score), clock_face(turn.seconds))
    screen.rule(screen.glyphs.separator.join(head))
    if question is not None:
        screen.text(question.ask)
        if question.code is not None:
            screen.code(question.code.code, highlight=True)
    if turn.style is Style.CODED and turn.answer:
        screen.line("  " + words("your code"))
        screen.code(turn.answer, indent=4, highlight=True)
    else:
        screen.text(words("you: {answer}", answer=said(words, turn)), indent=2)
    for number_, point in enumerate(turn.points, start=1):
        screen.item(f"{number_} [{'x' if point.said else ' '}]", point.text)
    for check in turn.checks:
        word = words("ok") if check.passed else words("fails")
        screen.text(f"{word}  {check.name}" + (f": {check.message}" if check.message else ""), indent=2)
    for why in turn.whys:
        screen.text(why, indent=2)
    if turn.style is Style.CODED:
        screen.line("  " + words("a solution"))
        screen.code(turn.right, indent=4, highlight=True)
    elif turn.right:
        show_model_answer(screen, turn)
    if question is not None:
        screen.text(question.explain, indent=2)


def show_history(screen: Screen, interviews: Sequence[tuple[Interview, Report]]) -> None:
    """Print every interview with its score, oldest first, so that the trend is read downwards."""
    words = screen.words
    if not interviews:
        screen.line(words("no interview yet: ptquiz interview"))
        return
    rows = []
    for interview, report in interviews:
        day = full_day(words, interview.started.astimezone().date())
        topics = ", ".join(result.topic for result in report.topics)
        asked = words.count("{n} question", "{n} questions", len(interview.turns))
        rows.append((f"{interview.id}  {day}", report.score, f"{interview.terms.seniority.value}, {asked}, {topics}"))
    _table(screen, words("interviews"), rows)
    if len(interviews) > 1:
        first, last = interviews[0][1].score, interviews[-1][1].score
        screen.text(words("from {first} to {last}", first=percent(first), last=percent(last)))


def said(words: Words, turn: Turn) -> str:
    """Return an answer as it is told: what was typed, or that it was spoken or missing."""
    if turn.passed_over:
        return words("(passed)")
    return words("(said aloud)") if turn.spoken else turn.answer or words("(nothing)")


def headline(question: Question | None) -> str:
    """Return the beginning of what is asked."""
    if question is None:
        return ""
    text = " ".join(question.ask.split())
    return text if len(text) <= HEADLINE else text[: HEADLINE - 3].rsplit(" ", 1)[0] + " ..."


def _listed(
    screen: Screen,
    title: str,
    ids: Sequence[QuestionId],
    interview: Interview,
    questions: Mapping[QuestionId, Question],
) -> None:
    """Print some of the questions with their numbers in the interview."""
    if not ids:
        return
    screen.blank()
    screen.line(title)
    for number, turn in enumerate(interview.turns, start=1):
        if turn.question in ids[:MOST_LISTED]:
            head = f"{turn.topic}, {screen.words(turn.level.value)}"
            screen.item(f"{number}", f"{head}: {headline(member(questions, turn))}")
    if len(ids) > MOST_LISTED:
        screen.line("  " + screen.words("and {n} more", n=len(ids) - MOST_LISTED))


def _table(screen: Screen, title: str, rows: Sequence[tuple[str, float, str]]) -> None:
    if not rows:
        return
    screen.blank()
    screen.line(title)
    wide = max(cell_len(name) for name, _, _ in rows)
    for name, score, more in rows:
        drawn = bar(screen, score, 1.0, width=BAR)
        start = f"  {padded(name, wide)}  {percent(score):>5}  "
        if cell_len(start) + BAR + 2 + cell_len(more) <= screen.columns:
            screen.line(f"{start}{padded(drawn, BAR)}  {more}")
        else:
            screen.line(start + drawn if cell_len(start) + BAR <= screen.columns else start)
            screen.text(more, indent=4)


def _levels(words: Words, levels: Mapping[Level, Cell]) -> str:
    return ", ".join(f"{words(level.value)} {percent(cell.score)}" for level, cell in levels.items())


def _asked(words: Words, number: int) -> str:
    return words("{n} asked", n=number)
