"""Show a verdict with its evidence, and ask for a rating."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from ptquiz.domain.answers import Answer, Claimed, Coded, GaveUp, Ordered, Picked, Typed
from ptquiz.domain.cleaning import clean
from ptquiz.domain.comparing.texts import compare_texts, first_difference, fold
from ptquiz.domain.judging.programs import failure
from ptquiz.domain.questions import Choice, Choices, CodeTask, Fill, Flashcard, Order, Predict, Question, Short
from ptquiz.domain.reviews import Rating
from ptquiz.domain.snippets import Raised, Ran
from ptquiz.domain.verdicts import CheckResult, Evidence, Result, Verdict
from ptquiz.scheduling.outlook import Next
from ptquiz.session.events import ShowVerdict
from ptquiz.ui.question_view import Places
from ptquiz.ui.terminal.screen import Screen

LONGEST_OUTPUT = 24
"""Lines of printed text that are shown as evidence."""

NAMES = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}


def show_verdict(screen: Screen, shown: ShowVerdict, order: Places, *, torch: str, seconds: float) -> None:
    """Print the verdict word, what was right, the evidence and the explanation."""
    question, verdict = shown.question, shown.verdict
    screen.line(_headline(screen, shown, order, seconds))
    if verdict.note:
        screen.line(f"  {verdict.note}")
    different = isinstance(question, Predict) and isinstance(shown.answer, Typed) and verdict.result is Result.WRONG
    if different and isinstance(shown.answer, Typed):
        _difference(screen, shown.answer.text, verdict.answer)
    if isinstance(question, CodeTask):
        _checks(screen, verdict)
    elif isinstance(question, Fill):
        _blanks(screen, question, verdict)
    elif isinstance(question, Short):
        if verdict.points:
            _points(screen, verdict)
        screen.text(f"model answer: {verdict.answer}", indent=2)
    elif isinstance(question, Flashcard):
        screen.text(verdict.answer, indent=2)
    _evidence(screen, verdict, torch, shown_already=different)
    for why in _whys(shown, order):
        screen.text(why, indent=2)
    if shown.proposed is not None:
        _explanation(screen, question, verdict, shown.answer)


def _headline(screen: Screen, shown: ShowVerdict, order: Places, seconds: float) -> Text:
    verdict, question = shown.verdict, shown.question
    word, style, glyph = {
        Result.CORRECT: ("CORRECT", "bold green", screen.glyphs.right),
        Result.PARTLY: ("PARTLY", "bold yellow", screen.glyphs.partly),
        Result.WRONG: ("WRONG", "bold red", screen.glyphs.wrong),
        Result.OPEN: ("ANSWER" if isinstance(question, Flashcard) else "NOT JUDGED", "bold", " "),
    }[verdict.result]
    if isinstance(shown.answer, GaveUp):
        word, style, glyph = "ANSWER SHOWN", "bold yellow", screen.glyphs.partly
    elif isinstance(question, CodeTask) and shown.proposed is None:
        word = "NOT YET"
    parts = [part for part in (_said(shown, order), _share(verdict, question), f"{seconds:.0f} s") if part]
    if isinstance(question, CodeTask) and shown.attempt > 1:
        parts.append(f"attempt {shown.attempt}")
    return Text.assemble((f"{glyph} {word}", style), "   ", screen.glyphs.separator.join(parts))


def _said(shown: ShowVerdict, order: Places) -> str:
    """Put the answer and the right one in the learner's terms: the digits on the screen."""
    verdict, question = shown.verdict, shown.question
    right = " ".join(str(order.index(place) + 1) for place in order if place in verdict.right_options)
    match shown.answer:
        case Ordered(places=places):
            mine = " ".join(str(order.index(place) + 1) for place in places)
            best = " ".join(str(order.index(place) + 1) for place in verdict.right_options)
            slip = f"first slip at place {verdict.got + 1}"
            return mine if verdict.result is Result.CORRECT else f"you {mine}, answer {best}, {slip}"
        case GaveUp() if isinstance(question, Order):
            return f"answer {' '.join(str(order.index(place) + 1) for place in verdict.right_options)}"
        case Picked(options=options):
            mine = " ".join(str(order.index(place) + 1) for place in order if place in options)
            if verdict.result is Result.CORRECT or not (verdict.right_options or isinstance(question, Choices)):
                return mine or "none of these"
            return f"you {mine or 'none'}, answer {right or 'none'}"
        case Claimed(truth=truth):
            return f"you {truth}, answer {verdict.answer}" if verdict.result is Result.WRONG else str(truth)
        case GaveUp() if isinstance(question, Choice | Choices):
            return f"answer {right or 'none'}"
        case GaveUp() | Typed() if verdict.answer and not isinstance(
            question, CodeTask | Predict | Flashcard | Fill | Short
        ):
            return verdict.answer if verdict.result is Result.CORRECT else f"answer {verdict.answer}"
        case _:
            return ""


def _share(verdict: Verdict, question: Question) -> str:
    if isinstance(question, CodeTask) and verdict.checks:
        return f"{verdict.got}/{verdict.total} checks"
    if verdict.points:
        return f"{verdict.got}/{verdict.total} points"
    return f"{verdict.got}/{verdict.total}" if verdict.total > 1 and verdict.result is Result.PARTLY else ""


def _difference(screen: Screen, typed: str, printed: str) -> None:
    """Print what was typed above what was printed, with a caret below the first difference of each line."""
    ours, theirs = fold(typed).split("\n"), fold(printed).split("\n")
    for row in range(max(len(ours), len(theirs))):
        mine = clean(ours[row]) if row < len(ours) else "(nothing)"
        his = clean(theirs[row]) if row < len(theirs) else "(nothing)"
        if compare_texts(mine, his).same:
            screen.line(f"  right    {his}")
            continue
        screen.line(f"  you      {mine}")
        screen.line(f"  printed  {his}")
        screen.line("           " + " " * first_difference(mine, his)[1] + "^")


def _blanks(screen: Screen, question: Fill, verdict: Verdict) -> None:
    for number, (blank, right) in enumerate(zip(question.blanks, verdict.right_parts, strict=True), start=1):
        others = f"    also accepted: {', '.join(blank.accept)}" if blank.accept else ""
        word = "right " if right else "answer"
        screen.line(f"  [{number}] {word}  {blank.answer}{others}")


def show_points(screen: Screen, verdict: Verdict) -> None:
    """Print the key points with the proposed ticks, and how to correct them."""
    screen.line(f"your answer, against {len(verdict.points)} key points")
    _points(screen, verdict)
    screen.text("matching is by keywords: correct it with the digits, then enter", indent=2)


def _points(screen: Screen, verdict: Verdict) -> None:
    for number, point in enumerate(verdict.points, start=1):
        mark = f"{number} [{'x' if point.said else ' '}]"
        matched = f"   (matched: {point.matched})" if point.matched else ""
        screen.item(mark, point.text + matched)


def _checks(screen: Screen, verdict: Verdict) -> None:
    for check in verdict.checks:
        glyph, style = (screen.glyphs.right, "green") if check.passed else (screen.glyphs.wrong, "red")
        screen.line(Text.assemble("  ", (f"{glyph} {'ok  ' if check.passed else 'fails'}", style), " ", check.name))
        if not check.passed:
            screen.text(_complaint(check), indent=10)


def _complaint(check: CheckResult) -> str:
    where = f" (line {check.line})" if check.line else ""
    return clean(check.message) + where


def _evidence(screen: Screen, verdict: Verdict, torch: str, *, shown_already: bool) -> None:
    if verdict.unproven:
        screen.text(f"not verified here: {clean(verdict.unproven)}", indent=2)
    if verdict.checks:
        spent = sum(getattr(e.outcome, "milliseconds", 0.0) for e in verdict.evidence)
        screen.line(Text(f"  ran on torch {torch}, {spent:.0f} ms", "dim"))
        _printed_by_answer(screen, verdict.evidence)
        return
    for evidence in verdict.evidence:
        _run(screen, evidence, torch, output=not shown_already)


def _printed_by_answer(screen: Screen, evidence: tuple[Evidence, ...]) -> None:
    printed = next((e.outcome.stdout for e in evidence if e.outcome.stdout.strip()), "")
    if printed:
        screen.line("  your code printed")
        _output(screen, printed)


def _run(screen: Screen, evidence: Evidence, torch: str, *, output: bool) -> None:
    outcome = evidence.outcome
    spent = f", {outcome.milliseconds:.0f} ms" if isinstance(outcome, Ran | Raised) else ""
    screen.line(Text(f"  ran on torch {torch}{spent}", "dim"))
    for row in filter(str.strip, evidence.code.splitlines()):
        mark = "..." if row[:1] in (" ", ")", "]", "}") else ">>>"
        screen.line(Text(f"    {mark} {row}", "cyan"))
    if output:
        _output(screen, "\n".join(part for part in (outcome.stdout.rstrip("\n"), failure(outcome)) if part))
    for i, expression in enumerate(evidence.expressions):
        screen.line(Text(f"    >>> {expression}", "cyan"))
        if isinstance(outcome, Ran):
            _output(screen, outcome.values[i].text)


def _output(screen: Screen, text: str) -> None:
    if not text:
        return
    rows = clean(text).rstrip("\n").split("\n")
    for row in rows[:LONGEST_OUTPUT]:
        screen.line(f"    {row}")
    if len(rows) > LONGEST_OUTPUT:
        screen.line(f"    ({len(rows) - LONGEST_OUTPUT} more lines)")


def _whys(shown: ShowVerdict, order: Places) -> list[str]:
    """Say why what was picked is wrong, by the digits on the screen."""
    question, verdict = shown.question, shown.verdict
    if not isinstance(question, Choice | Choices) or not isinstance(shown.answer, Picked) or not verdict.whys:
        return []
    picked, right = set(shown.answer.options), set(verdict.right_options)
    lines = []
    for digit, place in enumerate(order, start=1):
        if place in picked - right:
            lines.append(f"not {digit}: {question.options[place].why}")
        elif isinstance(question, Choices) and place in right - picked:
            lines.append(f"also {digit}: {question.options[place].why}")
    return lines


def _explanation(screen: Screen, question: Question, verdict: Verdict, answer: Answer) -> None:
    if isinstance(question, CodeTask) and not isinstance(answer, Coded):
        screen.line("  a solution")
        screen.code(question.solution.code, indent=4, highlight=True)
    if isinstance(question, Choice) and verdict.result is Result.CORRECT and verdict.right_options:
        screen.text(question.options[verdict.right_options[0]].why, indent=2)
    screen.text(question.explain, indent=2)
    if question.source:
        screen.line(Text(f"  docs  {', '.join(question.source)}", "dim"))


def show_ratings(screen: Screen, ahead: Mapping[Rating, Next], proposed: Rating) -> None:
    """Print what each rating would do and which one is proposed."""
    choices = [f"{rating.value} {NAMES[rating]} {_interval(ahead[rating])}" for rating in Rating]
    screen.blank()
    screen.bar([*choices, f"space = {proposed.value} {NAMES[proposed]}"])


def _interval(ahead: Next) -> str:
    days = ahead.interval
    if days < 1:
        return "<10m"
    if days < 31:
        return f"{days:.0f}d"
    return f"{days / 30.44:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y"
