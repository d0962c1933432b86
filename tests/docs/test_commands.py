"""What the documents tell the reader to type works: run in a throwaway home, or at least understood by the program."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import typer.main

from ptquiz.cli.app import app
from ptquiz.cli.environment import Environment
from ptquiz.cli.main import flags_first, main
from ptquiz.errors import ExitCode
from tests.docs.pages import PAGES, ROOT, Block, all_blocks, blocks, name_of

SHELL = ("sh", "bash", "console")
NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
GENERATED = {"cli.md"}
"""Its examples are parsed and not run: each is one of many, about decks and files that are not there."""


def command_lines(block: Block) -> Iterator[list[str]]:
    """Yield the words of each command of a block; comments are left out."""
    for line in block.text.splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        while "&&" in words:
            place = words.index("&&")
            yield words[:place]
            words = words[place + 1 :]
        if words:
            yield words


def ours(words: list[str]) -> list[str] | None:
    """Return the arguments of `ptquiz` in a command line, without what is sent to it or where its output goes."""
    if "|" in words:
        words = words[words.index("|") + 1 :]
    if ">" in words:
        words = words[: words.index(">")]
    return words[1:] if Path(words[0]).name == "ptquiz" else None


def understand(arguments: list[str]) -> None:
    """Let the parser of the program read arguments. Raises TyperException for what it does not know."""
    command = typer.main.get_command(app)
    name, rest = "ptquiz", flags_first(arguments)
    parent = None
    while True:
        context = command.make_context(name, list(rest), parent=parent)
        if not hasattr(command, "resolve_command"):
            return
        waiting = [*context._protected_args, *context.args]
        if not waiting:
            return
        name, command, rest = command.resolve_command(context, waiting)
        parent = context


SHOWN = [(block, words) for block in all_blocks(*SHELL) for words in command_lines(block) if ours(words) is not None]


@pytest.mark.parametrize(("block", "words"), SHOWN, ids=[f"{block.place} {' '.join(w)}" for block, w in SHOWN])
def test_the_program_understands_every_command(block: Block, words: list[str]) -> None:
    arguments = ours(words)
    assert arguments is not None
    understand(arguments)


INLINE = sorted({
    (name_of(page), said)
    for page in PAGES
    for said in re.findall(r"`ptquiz ([^`]+)`", page.read_text("utf-8"))
    if not said.startswith("=")
})  # fmt: skip


@pytest.mark.parametrize(("page", "said"), INLINE, ids=[f"{page} {said}" for page, said in INLINE])
def test_the_program_understands_every_command_within_a_text(page: str, said: str) -> None:
    # A text may name a command without saying what it is given.
    with missing_arguments_allowed():
        understand(shlex.split(said))


@contextmanager
def missing_arguments_allowed() -> Iterator[None]:
    try:
        yield
    except typer.TyperException as problem:
        if not problem.format_message().startswith("Missing argument"):
            raise


def to_run(page: Path) -> list[Block]:
    """List the blocks of a page that take part in its run: files to write, and commands."""
    found = [block for block in blocks(page) if block.note == "file" or block.language in SHELL]
    return [block for block in found if block.note != "not run" and page.name not in GENERATED]


RUN = [page for page in PAGES if any(ours(w) for b in to_run(page) if b.language in SHELL for w in command_lines(b))]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled decks, made once for all pages."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("page", RUN, ids=name_of)
def test_the_commands_of_a_page_run(
    page: Path, compiled: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    monkeypatch.chdir(folder)
    environ = {"PTQUIZ_HOME": str(folder / "home"), "PTQUIZ_CACHE": str(compiled), "PTQUIZ_PREWARM": "no"}
    for block in to_run(page):
        if block.note == "file":
            (folder / block.said).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.said).write_text(block.text, "utf-8")
            continue
        expected = ExitCode(int(block.said)) if block.note == "exit" else ExitCode.DONE
        for words in command_lines(block):
            arguments = ours(words)
            if arguments is None:
                raise AssertionError(f"{block.place}: only ptquiz is run; say why not above the block: {words}")
            code, out, told = run(arguments, words, environ)
            assert (code, told if code else "") == (expected, ""), f"{block.place}: {' '.join(words)}\n{out}"


def run(arguments: list[str], words: list[str], environ: dict[str, str]) -> tuple[int, str, str]:
    """Run one command line as its words say; return the exit code and both outputs."""
    typed = words[1].encode().decode("unicode_escape") if words[0] == "printf" else ""
    out, told = io.StringIO(), io.StringIO()
    code = main(arguments, Environment(io.StringIO(typed), out, told, environ, lambda: NOW))
    if ">" in words:
        Path(words[-1]).write_text(out.getvalue(), "utf-8")
    return code, out.getvalue(), told.getvalue()


def test_both_readmes_have_the_same_commands() -> None:
    english, chinese = (
        [list(command_lines(block)) for block in blocks(ROOT / name) if block.language == "sh"]
        for name in ("README.md", "README.zh.md")
    )
    assert english == chinese


def test_both_readmes_link_to_the_same_pages() -> None:
    english, chinese = (
        re.findall(r"\]\((docs/[^)]+\.md)\)", (ROOT / name).read_text("utf-8"))
        for name in ("README.md", "README.zh.md")
    )
    assert english == chinese
