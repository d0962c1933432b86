"""Put a practice session together and hold it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from ptquiz.cli.environment import Environment
from ptquiz.cli.wiring import for_this_torch, open_drafts, open_prompting, open_runner
from ptquiz.commands.agenda import Agenda, Wishes, draw_up, model, upcoming
from ptquiz.commands.drafts import Drafts
from ptquiz.commands.judge import Examiner
from ptquiz.commands.library import Library
from ptquiz.commands.overlay import Overlay
from ptquiz.commands.performing import Performer
from ptquiz.commands.recorder import LastLook, Recorder, no_last_look
from ptquiz.domain.questions import Fill, Fix, Number, Predict, Question, Short, Write
from ptquiz.domain.reviews import Journal
from ptquiz.domain.variants import drawn
from ptquiz.errors import EnvironmentProblem, ExitCode
from ptquiz.runner.client import LiveRunner
from ptquiz.runner.discovery import torch_seems_installed
from ptquiz.scheduling.queue import Upcoming
from ptquiz.session.engine import Engine
from ptquiz.ui.answering import Answering
from ptquiz.ui.coding import Coding
from ptquiz.ui.keymap import Action, key_map
from ptquiz.ui.nothing_view import show_nothing_to_ask
from ptquiz.ui.practice import Practice
from ptquiz.ui.prompting import Prompting
from ptquiz.ui.question_view import Shuffled
from ptquiz.ui.showing import Showing
from ptquiz.ui.summary_view import show_start
from ptquiz.ui.terminal.keys import Keys, open_keys
from ptquiz.ui.terminal.prompts import preload
from ptquiz.ui.terminal.screen import Screen
from ptquiz.ui.terminal.signals import unwinding

if TYPE_CHECKING:
    from ptquiz.commands.notes import Notebook
    from ptquiz.commands.reports import Reports
    from ptquiz.commands.telling import Telling
    from ptquiz.domain.decks import Deck, Section
    from ptquiz.ui.asides import Asides

MOST_NAMED = 3
"""So many decks of the command line are named as what a session is about."""

TYPED = frozenset(str(kind.__struct_config__.tag) for kind in (Predict, Number, Fill, Short, Write, Fix))
"""The kinds whose answers are typed."""


class Material(Struct, frozen=True):
    """What a session is made of, whatever it is shown on."""

    environment: Environment
    library: Library
    journal: Journal
    wishes: Wishes
    agenda: Agenda
    questions: Overlay
    """Of families the member that is asked next; every other question as it is."""
    originals: Overlay
    """The questions as their decks have them."""
    told: Overlay
    """The questions in the learner's language, as far as they are translated."""

    @property
    def engine(self) -> Engine:
        """What steps the session."""
        return Engine(self.questions)

    def examiner(self, runner: LiveRunner) -> Examiner:
        """Return what judges answers."""
        return Examiner(runner.run, self.library.trusts)

    def recorder(self) -> Recorder:
        """Return what writes ratings."""
        environment, plan = self.environment, self.wishes.plan
        looks: LastLook = no_last_look
        if plan is not None:
            from ptquiz.commands.plan import last_looks

            looks = last_looks(self.library.collection.outlines, self.journal, plan, now=environment.clock())
        return Recorder(
            self.journal,
            environment.clock,
            environment.new_id,
            self.originals,
            self.agenda.crammed,
            model(self.journal),
            last_look=looks,
            retention=environment.settings.decimal("desired_retention"),
            told=self.told,
        )

    def telling(self) -> Telling:
        """Return what keeps the questions in one language and up to date."""
        from ptquiz.commands.telling import Telling

        return Telling(
            self.library.collection,
            self.originals,
            self.told,
            self.questions,
            self.environment.lang,
        )

    def notebook(self) -> Notebook:
        """Return what writes stars and notes."""
        from ptquiz.commands.notes import Notebook

        return Notebook(self.journal, self.environment.clock, self.environment.new_id, model(self.journal))

    def reports(self) -> Reports:
        """Return what writes down errors in questions."""
        from ptquiz.commands.reports import Reports

        return Reports(self.environment.paths.reports)

    def upcoming(self) -> Upcoming | None:
        """Say what becomes due next."""
        return upcoming(self.journal, self.library.collection.outlines, now=self.environment.clock())

    def due_now(self) -> int:
        """Count what is due already."""
        from ptquiz.commands.due import count_due

        return count_due(self.library.collection.outlines, self.journal, now=self.environment.clock())

    def chance(self) -> random.Random:
        """Return what shuffles options: by chance, or as PTQUIZ_SEED says."""
        return random.Random(self.environment.environ.get("PTQUIZ_SEED"))

    def will_run(self) -> bool:
        """Tell whether any question runs code, and torch may be started before it is needed."""
        prewarm = self.environment.settings.on("prewarm")
        outlines = self.library.collection.outlines
        return prewarm and any(outlines[id_].runs for id_ in self.agenda.queue)

    def will_type(self) -> bool:
        """Tell whether the answer to any question is typed."""
        outlines = self.library.collection.outlines
        return any(outlines[id_].kind in TYPED for id_ in self.agenda.queue)


def gather(environment: Environment, library: Library, journal: Journal, wishes: Wishes) -> Material:
    """Choose what a session asks; say on stderr what is left out."""
    has_torch = torch_seems_installed(environment.python)
    may_run = library.may_run if has_torch else _nothing
    suited = for_this_torch(environment, library.collection.outlines, wishes.topics)
    agenda = draw_up(suited, journal, wishes, now=environment.clock(), may_run=may_run)
    if agenda.not_runnable:
        _say_what_is_left_out(environment, agenda.not_runnable, torch=has_torch)
    originals = Overlay(library.collection.questions)
    told = Overlay(library.collection.in_language(environment.lang).questions)

    def asked(question: Question) -> Question:
        return drawn(question, journal.state(question.id).repetitions) if question.vary else question

    return Material(environment, library, journal, wishes, agenda, Overlay(told, asked), originals, told)


def practise(
    environment: Environment,
    screen: Screen,
    library: Library,
    journal: Journal,
    wishes: Wishes,
    once_drawn: Callable[[], None],
) -> int:
    """Ask what is due; return the exit code. `once_drawn` is done when the first question is on the screen."""
    material = gather(environment, library, journal, wishes)
    agenda = material.agenda
    if not agenda.queue:
        star = key_map(environment.settings.preset, environment.settings.keys)[0].key(Action.STAR)
        about = _narrowed(wishes)
        show_nothing_to_ask(screen, wishes.selection, agenda, environment.clock(), star, about=about)
        if wishes.followed is not None:
            from ptquiz.ui.plan_view import show_plan_is_done

            show_plan_is_done(screen, wishes.followed)
        return ExitCode.DONE
    show_start(screen, agenda, _about(environment, library, wishes), wishes.interview)
    with (
        unwinding(),
        closing(open_runner(environment)) as runner,
        open_keys(environment.stdin, environment.stdout, live=screen.is_live) as keys,
    ):
        session_on(screen, material, keys, runner, once_drawn).run(agenda.queue)
    return ExitCode.DONE


def session_on(
    screen: Screen,
    material: Material,
    keys: Keys,
    runner: LiveRunner,
    once_drawn: Callable[[], None] = lambda: None,
) -> Practice:
    """Put a session on a screen together."""
    environment, questions = material.environment, material.questions
    prompting = open_prompting(environment, screen, keys)
    drafts = open_drafts(environment, material.library)
    examiner = material.examiner(runner)
    coding = Coding(prompting, drafts, environment.for_editors)

    def warm_up(_: Question) -> None:
        if material.will_run():
            runner.start()
        if screen.is_live and material.will_type():
            preload()
        once_drawn()

    answering = Answering(prompting, coding, examiner.lines_expected)
    showing = Showing(
        screen=screen,
        prompting=prompting,
        answering=answering,
        questions=questions,
        performer=Performer(questions, examiner, material.recorder(), coding.done_with, coding.back_to),
        clock=environment.clock,
        upcoming=material.upcoming,
        due_now=material.due_now,
        torch=lambda: runner.torch_version,
        options=Shuffled(material.chance()),
        first_drawn=warm_up,
        ready=lambda: runner.ready,
        wait_ready=lambda: _wait(runner),
        paged=environment.settings.text("screen") == "page",
    )
    return Practice(
        screen=screen,
        prompting=prompting,
        answering=answering,
        asides=cache(lambda: _asides(material, prompting, drafts, runner)),
        engine=material.engine,
        questions=questions,
        showing=showing,
        clock=environment.clock,
    )


def _asides(material: Material, prompting: Prompting, drafts: Drafts, runner: LiveRunner) -> Asides:
    """Put together what can be done beside answering."""
    from ptquiz.commands.explain import Shown, explain
    from ptquiz.commands.preview import proven
    from ptquiz.ui.asides import Asides
    from ptquiz.ui.experimenting import Laboratory

    editors, library = material.environment.for_editors, material.library

    def look(deck: Deck, section: Section) -> Shown:
        alone = structs.replace(deck, explain=(section,))
        return next(explain(alone, runner.run, {}, may_run=deck.deck in library.trusted))

    return Asides(
        prompting,
        material.notebook(),
        material.reports(),
        Laboratory(prompting, drafts, runner.run, library.trusts, lambda: runner.torch_version, editors),
        editors,
        material.telling(),
        look,
        lambda question: proven(question, runner.run, library.trusts),
        lambda: runner.torch_version if runner.ready else "",
        material.environment.clock,
    )


def _wait(runner: LiveRunner) -> None:
    with suppress(EnvironmentProblem):  # the judging says so
        runner.describe()


def _about(environment: Environment, library: Library, wishes: Wishes) -> tuple[str, ...]:
    """Say what a session is about: its topics, the course or the plan that it follows, or the few decks named."""
    if wishes.topics or wishes.course is not None:
        return wishes.topics or (wishes.course.in_language(environment.lang).title if wishes.course else "",)
    if wishes.followed is not None and wishes.followed.topics:
        return wishes.followed.topics
    heads, shipped = library.collection.heads, environment.questions
    few = len(heads) <= MOST_NAMED and not any(Path(head.file).is_relative_to(shipped) for head in heads)
    return tuple(head.deck for head in heads) if few else ()


def _narrowed(wishes: Wishes) -> str:
    """Write the options that say what a session is about, with a space before each."""
    course = (f" --course {wishes.course.course}",) if wishes.course else ()
    return "".join((*(f" -t {topic}" for topic in wishes.topics), *course))


def _nothing(deck: str, fingerprints: Iterable[str]) -> bool:
    return False


def _say_what_is_left_out(environment: Environment, number: int, *, torch: bool) -> None:
    words = environment.words
    reason = words("their deck's code may not run yet (ptquiz deck trust DECK)")
    if not torch:
        reason = words("torch is not installed (pip install torch)")
    left_out = words.count("{n} question is left out", "{n} questions are left out", number)
    environment.narrate(words("{what}: {why}", what=left_out, why=reason))
