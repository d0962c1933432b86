"""An interview as a document to keep: Markdown, and the same as one HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ptquiz.commands.interviewing import member
from ptquiz.domain.interviews import Interview, Style, Turn
from ptquiz.domain.questions import Level, Question, QuestionId
from ptquiz.session.interview.report import Report
from ptquiz.ui.dates import full_day
from ptquiz.ui.interview.report_view import STYLES, pace, said
from ptquiz.ui.interview.room import clock_face
from ptquiz.ui.lines import percent
from ptquiz.ui.words import Words

PAGE = """\
<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid; padding: .2rem .8rem .2rem 0; text-align: left; }}
pre {{ border-left: 3px solid; padding: .4rem .8rem; overflow-x: auto; }}
</style>
{body}
</html>
"""


def as_markdown(interview: Interview, report: Report, questions: Mapping[QuestionId, Question], words: Words) -> str:
    """Write the report, then every question with what was said and what would have been right."""
    day = full_day(words, interview.started.astimezone().date())
    count = words.count("{n} question", "{n} questions", len(interview.turns))
    lines = [
        f"# {words('Interview of {day}', day=day)}",
        "",
        f"{words('overall {share}', share=percent(report.score))}, {count}, {interview.terms.seniority.value}.",
        "",
        f"## {words('topics')}",
        "",
        *_table(words, report),
        "",
        f"{_sentence(', '.join(f'{words(STYLES[s])} {percent(cell.score)}' for s, cell in report.styles.items()))}",
        "",
        _sentence(pace(words, interview, report)),
    ]
    if report.misconceptions:
        names = ", ".join(f"`{name}` ({n})" for name, n in report.misconceptions)
        lines += ["", words("misconceptions: {names}", names=names)]
    for title, ids in ((words("strengths"), report.strengths), (words("to practise"), report.gaps)):
        if ids:
            lines += ["", f"## {title}", "", *(f"- `{id_}`" for id_ in ids)]
    lines += ["", f"## {words('answers')}"]
    for number, turn in enumerate(interview.turns, start=1):
        lines += ["", *_turn(words, number, turn, member(questions, turn))]
    return "\n".join(lines) + "\n"


def as_html(markdown: str, *, lang: str) -> str:
    """Return the document as one page that needs nothing but itself."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    title = markdown.split("\n", 1)[0].removeprefix("# ")
    return PAGE.format(lang=escape(lang), title=escape(title), body=body)


def _table(words: Words, report: Report) -> list[str]:
    rows = [
        [result.topic, percent(result.score)]
        + [percent(cell.score) if (cell := result.levels.get(level)) else "" for level in Level]
        for result in report.topics
    ]
    head = ["", words("all"), *(words(level.value) for level in Level)]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def _turn(words: Words, number: int, turn: Turn, question: Question | None) -> list[str]:
    """Write one question; code is fenced so that nothing in it is markup."""
    head = f"### {number}. {turn.topic}, {words(turn.level.value)}: {percent(turn.score)}, {clock_face(turn.seconds)}"
    lines = [head]
    if question is not None:
        lines += ["", question.ask.strip()]
        if question.code is not None:
            lines += ["", *_fenced(question.code.code)]
    if turn.style is Style.CODED and turn.answer:
        lines += ["", words("your code"), "", *_fenced(turn.answer)]
    else:
        lines += ["", words("you: {answer}", answer=said(words, turn))]
    if turn.points:
        lines += ["", *(f"- [{'x' if point.said else ' '}] {point.text}" for point in turn.points)]
    if turn.checks:
        lines += [
            "",
            *(f"- {words('ok') if c.passed else words('fails')}: {_check(c.name, c.message)}" for c in turn.checks),
        ]
    lines += [line for why in turn.whys for line in ("", why.strip())]
    if turn.style is Style.CODED:
        lines += ["", words("a solution"), "", *_fenced(turn.right)]
    elif turn.right:
        lines += ["", f"{words('model answer')}:", "", turn.right.strip()]
    if question is not None:
        lines += ["", question.explain.strip()]
    return lines


def _check(name: str, message: str) -> str:
    return f"{name}: {message}" if message else name


def _fenced(code: str) -> list[str]:
    fence = "```"
    while fence in code:
        fence += "`"
    return [f"{fence}python", code.rstrip("\n"), fence]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
