"""Show a verdict with its evidence, and ask for a rating."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from ptquiz.domain.answers import Answer, Claimed, Coded, GaveUp, Ordered, Picked, Typed
from ptquiz.domain.cleaning import clean
from ptquiz.domain.comparing.texts import compare_texts, first_difference, fold
from ptquiz.domain.questions import Choice, Choices, CodeTask, Fill, Fix, Flashcard, Order, Predict, Question, Short
from ptquiz.domain.snippets import Raised
from ptquiz.domain.verdicts import CheckResult, Result, Verdict
from ptquiz.session.events import ShowVerdict
from ptquiz.ui.evidence_view import show_evidence
from ptquiz.ui.question_view import Places, blank_name
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.words import Words


def show_verdict(
    screen: Screen, shown: ShowVerdict, order: Places, *, torch: str, seconds: float, draft: str = ""
) -> None:
    """Print the verdict word, what was right, the evidence and the explanation.

    `draft` is the code the learner had when the answer was shown: a solution is then shown as what differs.
    """
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
            _points(screen, question, verdict)
        screen.text(screen.words("model answer: {answer}", answer=question.answer), indent=2)
    elif isinstance(question, Flashcard):
        screen.text(question.answer, indent=2)
    show_evidence(screen, verdict, torch, shown_already=different)
    for why in _whys(screen.words, shown, order):
        screen.text(why, indent=2)
    if shown.proposed is not None:
        _explanation(screen, question, verdict, shown.answer, draft)


def _headline(screen: Screen, shown: ShowVerdict, order: Places, seconds: float) -> Text:
    verdict, question = shown.verdict, shown.question
    words = screen.words
    word, style, glyph = {
        Result.CORRECT: (words("CORRECT"), "bold green", screen.glyphs.right),
        Result.PARTLY: (words("PARTLY"), "bold yellow", screen.glyphs.partly),
        Result.WRONG: (words("WRONG"), "bold red", screen.glyphs.wrong),
        Result.OPEN: (words("ANSWER") if isinstance(question, Flashcard) else words("NOT JUDGED"), "bold", " "),
    }[verdict.result]
    if isinstance(shown.answer, GaveUp):
        word, style, glyph = words("ANSWER SHOWN"), "bold yellow", screen.glyphs.partly
    elif isinstance(question, CodeTask) and shown.proposed is None:
        word = words("NOT YET")
    said, share = _said(words, shown, order), _share(words, verdict, question)
    parts = [part for part in (said, share, words("{n} s", n=f"{seconds:.0f}")) if part]
    if isinstance(question, CodeTask) and shown.attempt > 1:
        parts.append(words("attempt {n}", n=shown.attempt))
    return Text.assemble((f"{glyph} {word}", style), "   ", screen.glyphs.separator.join(parts))


def _said(words: Words, shown: ShowVerdict, order: Places) -> str:
    """Put the answer and the right one in the learner's terms: the digits on the screen."""
    verdict, question = shown.verdict, shown.question
    right = " ".join(str(order.index(place) + 1) for place in order if place in verdict.right_options)
    in_order = " ".join(str(order.index(place) + 1) for place in verdict.right_options)
    match shown.answer:
        case Ordered(places=places):
            mine = " ".join(str(order.index(place) + 1) for place in places)
            if verdict.result is Result.CORRECT:
                return mine
            slip = verdict.got + 1
            return words("you {mine}, answer {right}, first slip at place {n}", mine=mine, right=in_order, n=slip)
        case GaveUp() if isinstance(question, Order):
            return words("answer {right}", right=in_order)
        case Picked(options=options):
            mine = " ".join(str(order.index(place) + 1) for place in order if place in options)
            if verdict.result is Result.CORRECT or not (verdict.right_options or isinstance(question, Choices)):
                return mine or words("none of these")
            return words("you {mine}, answer {right}", mine=mine or words("none"), right=right or words("none"))
        case Claimed(truth=truth):
            mine = words(str(truth))
            wrong = verdict.result is Result.WRONG
            return words("you {mine}, answer {right}", mine=mine, right=words(verdict.answer)) if wrong else mine
        case GaveUp() if isinstance(question, Choice | Choices):
            return words("answer {right}", right=right or words("none"))
        case GaveUp() if isinstance(question, Predict) and (short := _in_short(verdict)):
            return words("answer {right}", right=clean(short))
        case GaveUp() | Typed() if verdict.answer and not isinstance(
            question, CodeTask | Predict | Flashcard | Fill | Short
        ):
            return verdict.answer if verdict.result is Result.CORRECT else words("answer {right}", right=verdict.answer)
        case _:
            return ""


def _in_short(verdict: Verdict) -> str:
    """Return the exception that code raises, or what it prints on one line; the evidence has all of it."""
    outcome = verdict.evidence[0].outcome if verdict.evidence else None
    if isinstance(outcome, Raised):
        return outcome.type
    return "" if "\n" in verdict.answer.strip() else verdict.answer.strip()


def _share(words: Words, verdict: Verdict, question: Question) -> str:
    share = f"{verdict.got}/{verdict.total}"
    if isinstance(question, CodeTask) and verdict.checks:
        return words("{share} checks", share=share)
    if verdict.points:
        return words("{share} points", share=share)
    return share if verdict.total > 1 and verdict.result is Result.PARTLY else ""


def _difference(screen: Screen, typed: str, printed: str) -> None:
    """Print what was typed above what was printed, with a caret below the first difference of each line."""
    words = screen.words
    width = max(cell_len(words(label)) for label in ("you", "printed", "right")) + 2
    ours, theirs = fold(typed).split("\n"), fold(printed).split("\n")
    for row in range(max(len(ours), len(theirs))):
        mine = clean(ours[row]) if row < len(ours) else words("(nothing)")
        his = clean(theirs[row]) if row < len(theirs) else words("(nothing)")
        if compare_texts(mine, his).same:
            screen.line(_labelled(words("right"), width, his))
            continue
        screen.line(_labelled(words("you"), width, mine))
        screen.line(_labelled(words("printed"), width, his))
        before = mine[: first_difference(mine, his)[1]]
        screen.line(" " * (2 + width + cell_len(before)) + "^")


def _labelled(label: str, width: int, text: str) -> str:
    return f"  {label}{' ' * (width - cell_len(label))}{text}"


def _blanks(screen: Screen, question: Fill, verdict: Verdict) -> None:
    for number, (blank, right) in enumerate(zip(question.blanks, verdict.right_parts, strict=True), start=1):
        others = screen.words("    also accepted: {others}", others=", ".join(blank.accept)) if blank.accept else ""
        word = screen.words("right") if right else screen.words("answer")
        screen.line(f"  {blank_name(number)} {word}{' ' * (8 - cell_len(word))}{blank.answer}{others}")


def show_points(screen: Screen, question: Question, verdict: Verdict) -> None:
    """Print the key points with the proposed ticks, and how to correct them."""
    screen.line(screen.words("your answer, against {n} key points", n=len(verdict.points)))
    _points(screen, question, verdict)
    show_how_to_tick(screen)


def show_how_to_tick(screen: Screen) -> None:
    """Say how proposed ticks are corrected."""
    screen.text(screen.words("matching is by keywords: correct it with the digits, then enter"), indent=2)


def show_solution(screen: Screen, question: CodeTask) -> None:
    """Print the solution of a code question."""
    screen.line("  " + screen.words("a solution"))
    screen.code(question.solution.code, indent=4, highlight=True)


def _points(screen: Screen, question: Question, verdict: Verdict) -> None:
    """Print the points in the words that the question has now: its language may have changed since the verdict."""
    now = [point.text for point in question.points] if isinstance(question, Short) else []
    texts = now if len(now) == len(verdict.points) else [point.text for point in verdict.points]
    for number, (point, text) in enumerate(zip(verdict.points, texts, strict=True), start=1):
        mark = f"{number} [{'x' if point.said else ' '}]"
        matched = "   " + screen.words("(matched: {wording})", wording=point.matched) if point.matched else ""
        screen.item(mark, text + matched)


def _checks(screen: Screen, verdict: Verdict) -> None:
    """Print every check; code that fails all of them in one way, as code that cannot be read does, is told so once."""
    first, *others = verdict.checks or (None,)
    if first is not None and others and not first.passed and all(_same(first, other) for other in others):
        name = screen.words("all {n} checks", n=len(verdict.checks))
        _check(screen, first, name)
        return
    for check in verdict.checks:
        _check(screen, check, check.name)


def _same(one: CheckResult, other: CheckResult) -> bool:
    return (one.passed, one.message, one.line) == (other.passed, other.message, other.line)


def _check(screen: Screen, check: CheckResult, name: str) -> None:
    glyph, style = (screen.glyphs.right, "green") if check.passed else (screen.glyphs.wrong, "red")
    word = screen.words("ok") if check.passed else screen.words("fails")
    pad = " " * (6 - cell_len(word))
    screen.line(Text.assemble("  ", (f"{glyph} {word}", style), pad, name))
    if not check.passed:
        screen.text(_complaint(screen.words, check), indent=10)


def _complaint(words: Words, check: CheckResult) -> str:
    where = " " + words("(line {n})", n=check.line) if check.line else ""
    return clean(check.message) + where


def _whys(words: Words, shown: ShowVerdict, order: Places) -> list[str]:
    """Say why what was picked is wrong, by the digits on the screen."""
    question, verdict = shown.question, shown.verdict
    if not isinstance(question, Choice | Choices) or not isinstance(shown.answer, Picked) or not verdict.whys:
        return []
    picked, right = set(shown.answer.options), set(verdict.right_options)
    lines = []
    for digit, place in enumerate(order, start=1):
        if place in picked - right:
            lines.append(words("not {n}: {why}", n=digit, why=question.options[place].why))
        elif isinstance(question, Choices) and place in right - picked:
            lines.append(words("also {n}: {why}", n=digit, why=question.options[place].why))
    return lines


def _explanation(screen: Screen, question: Question, verdict: Verdict, answer: Answer, draft: str) -> None:
    if isinstance(question, CodeTask):
        _solution(screen, question, answer, draft)
    if isinstance(question, Choice) and verdict.result is Result.CORRECT and verdict.right_options:
        screen.text(question.options[verdict.right_options[0]].why, indent=2)
    screen.text(question.explain, indent=2)
    if question.source:
        screen.line(Text(f"  {screen.words('docs')}  {', '.join(question.source)}", "dim"))


def _solution(screen: Screen, question: CodeTask, answer: Answer, draft: str) -> None:
    """Print a solution, as what differs from the learner's code if there is any; of mended code, what was mended."""
    words = screen.words
    if isinstance(answer, Coded):
        if isinstance(question, Fix):
            _diff(screen, question.starter.code, answer.code, words("given code"), words("your code"))
    elif draft.strip() and draft != question.starter.code:
        _diff(screen, draft, question.solution.code, words("your code"), words("a solution"))
    else:
        show_solution(screen, question)


def _diff(screen: Screen, before: str, after: str, before_name: str, after_name: str) -> None:
    """Print a unified diff."""
    import difflib

    ours, theirs = (text.rstrip("\n").split("\n") for text in (before, after))
    for row in difflib.unified_diff(ours, theirs, before_name, after_name, lineterm="", n=2):
        if not row.startswith("@@"):
            style = {"+": "green", "-": "red"}.get(row[0], "")
            screen.line(Text(f"    {clean(row.rstrip())}", style))
