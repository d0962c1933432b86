"""What can be done beside answering: stars, notes, reports, the deck itself, history, experiments.

Nothing here changes where the session stands; what the session has to hear of comes back as an event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from ptquiz.commands.explain import Shown
from ptquiz.commands.notes import Notebook
from ptquiz.commands.recorder import spell
from ptquiz.commands.reports import Reports
from ptquiz.commands.telling import Telling
from ptquiz.domain.decks import Deck, Problem, Section
from ptquiz.domain.questions import Question
from ptquiz.domain.snippets import Place
from ptquiz.errors import EnvironmentProblem, PtquizError
from ptquiz.session.events import Event, Helped, Reasked
from ptquiz.session.state import Asking, Rate, Session, Ticking
from ptquiz.ui.experimenting import Laboratory
from ptquiz.ui.keymap import AFTER_VERDICT, EVENTS, RATING_KEYS, Action
from ptquiz.ui.lines import show_error
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.words import marked


class Asides(Struct, frozen=True):
    """The asides of one session."""

    prompting: Prompting
    notebook: Notebook
    reports: Reports
    laboratory: Laboratory
    environ: Mapping[str, str]
    """Says which editor is the learner's."""
    telling: Telling
    """The words of the questions, and what their files say now."""
    look: Callable[[Deck, Section], Shown]
    """Runs the code of a section."""
    recheck: Callable[[Question], tuple[Problem, ...]]
    """Proves a question; EnvironmentProblem where nothing can be run."""
    torch: Callable[[], str]
    """The version that judges, empty before anything ran."""
    clock: Callable[[], datetime]

    def star(self, question: Question) -> None:
        """Star a question, or take its star away."""
        starred = self.notebook.toggle_star(question.id)
        words = self.prompting.screen.words
        said = words("starred; {undo} undoes it") if starred else words("no star any more; {undo} undoes it")
        self.prompting.say(said, indent=2)

    def info(self, question: Question) -> None:
        """Show the history of a question and what the memory model thinks of it."""
        from ptquiz.ui.info_view import show_info

        show_info(self.prompting.screen, self.notebook.biography(question))

    def edit(self, question: Question, session: Session) -> Event | None:
        """Offer a note, a report, or the deck file at the question."""
        screen = self.prompting.screen
        words = screen.words
        for noted in self.notebook.notes(question.id):
            screen.text(words("your note: {text}", text=noted.text), indent=2)
        labels = [words("add a private note"), words("report an error in this question"), words("open the deck here")]
        translated = self.telling.translated_at(question)
        if translated is not None:
            labels.append(words("open its translation here"))
        match self.prompting.choose(labels):
            case 0:
                self._note(question)
            case 1:
                self._report(question, session)
            case 2:
                return self._open(question, question.place)
            case 3 if translated is not None:
                return self._open(question, translated)
        return None

    def switch_language(self, question: Question) -> Event | None:
        """Tell the questions in the other language from now on, if this one is translated."""
        if self.telling.switch(question):
            return Reasked()
        screen = self.prompting.screen
        screen.line("  " + screen.words("this question is not translated"))
        return None

    def explain(self, question: Question, session: Session) -> Event | None:
        """Show the section of the explanation that fits best; help before an answer is told to the session."""
        from ptquiz.ui.explain_view import show_section

        screen = self.prompting.screen
        found = self.telling.section_of(question)
        if found is None:
            screen.line("  " + screen.words("this topic has no explanation"))
            return None
        deck, section, number = found
        if screen.is_live and (section.run or section.source):
            screen.live(screen.words("running ..."))
        shown = self.look(deck, section)
        if screen.is_live:
            screen.live("")
        screen.blank()
        show_section(screen, number, shown, self.torch)
        screen.blank()
        screen.line("  " + screen.words("all of it: ptquiz explain {deck}", deck=deck.deck))
        self.prompting.keys.drain()
        return Helped() if isinstance(session.stage, Asking) else None

    def experiment(self, question: Question, session: Session, code: str) -> Event | None:
        """Let the learner play with the code; help before an answer is told to the session."""
        answered = not isinstance(session.stage, Asking)
        ran = self.laboratory.play(question, code, answered=answered)
        return Helped() if ran and not answered else Reasked() if ran else None

    def keys(self, *, after_verdict: bool, solution: bool = False) -> None:
        """Print every key that does something now; `solution` says that one can be shown after the verdict."""
        screen, keymap = self.prompting.screen, self.prompting.keymap
        words = screen.words
        screen.line(words("keys"))
        if after_verdict:
            for rating in sorted(set(RATING_KEYS.values())):
                names = " ".join(key for key, value in keymap.rating_keys.items() if value is rating)
                screen.line(f"  {names:<10} {words(rating.name.capitalize())}")
        shown = AFTER_VERDICT | {Action.SHOW} if solution else AFTER_VERDICT
        for binding in keymap.bindings:
            if after_verdict and binding.action not in shown:
                continue
            names = " ".join(key for key in binding.keys if key not in EVENTS)
            label = marked("solution") if after_verdict and binding.action is Action.SHOW else binding.label
            screen.line(f"  {names:<10} {words(label)}")
        screen.line(f"  {'ctrl-z':<10} {words('to the shell; fg returns')}")
        if after_verdict:
            return
        said = words("Where an answer is typed, write a slash before the key: /{experiment}, /{info}, /{edit}.")
        screen.text(self.prompting.filled(said), indent=2)

    def menu(self, *, after_verdict: bool) -> Action | None:
        """Offer every action by number, for input methods that keep the letters to themselves."""
        words = self.prompting.screen.words
        bindings = self.prompting.keymap.menu(after_verdict=after_verdict)
        while True:
            page, bindings = bindings[:8], bindings[8:]
            labels = [words(binding.label) for binding in page] + [words("more")] * bool(bindings)
            chosen = self.prompting.choose(labels)
            if chosen is None:
                return None
            if chosen < len(page):
                return page[chosen].action

    def _note(self, question: Question) -> None:
        screen = self.prompting.screen
        screen.line(screen.words("your note (one line, empty = cancel)"))
        if text := self.prompting.optional_line("> "):
            self.notebook.note(question.id, text)
            self.prompting.say(screen.words("noted; {undo} undoes it"), indent=2)

    def _report(self, question: Question, session: Session) -> None:
        screen = self.prompting.screen
        screen.line(screen.words("what is wrong? (one line, empty = cancel)"))
        text = self.prompting.optional_line("> ")
        if not text:
            return
        answer = spell(question, session.stage.answer) if isinstance(session.stage, Rate | Ticking) else ""
        try:
            file = self.reports.write(question, text, answer, torch=self.torch(), now=self.clock())
        except EnvironmentProblem as problem:
            show_error(screen, problem)
            return
        screen.line("  " + screen.words("saved to {file}", file=file))
        held = screen.words("with the id, the versions and your answer. Nothing was sent.")
        screen.text(held if answer else screen.words("with the id and the versions. Nothing was sent."), indent=2)

    def _open(self, question: Question, place: Place) -> Event | None:
        """Open a file in the learner's editor, then go on with the question as it is now."""
        from ptquiz.ui.terminal.external import open_at

        screen = self.prompting.screen
        try:
            with self.prompting.keys.suspended():
                open_at(Path(place.file), place.line, self.environ)
            self.telling.reread(question)
        except PtquizError as problem:
            show_error(screen, problem)
            return None
        screen.line("  " + screen.words("read again: {file}", file=place.file))
        self._check(question)
        return Reasked()

    def _check(self, question: Question) -> None:
        """Prove a question that has just been edited, and say what does not hold."""
        screen = self.prompting.screen
        words = screen.words
        if screen.is_live:
            screen.live(words("checking ..."))
        try:
            problems = self.recheck(self.telling.originals[question.id])
        except EnvironmentProblem as problem:
            screen.line("  " + words("not checked: {why}", why=words.tell(problem.told)))
            return
        screen.line("  " + (words("this does not hold:") if problems else words("checked: it holds")))
        for found in problems:
            screen.text(str(found), indent=2)
