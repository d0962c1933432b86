"""Settings: a flag beats a variable, a variable beats the file; what the file says wrongly is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ptquiz.commands.config import SETTINGS
from ptquiz.commands.defaults import RUN_SECONDS
from ptquiz.domain.snippets import SECONDS
from ptquiz.errors import ExitCode
from tests.cli.program import ptquiz, write_deck


def configure(home: Path, text: str) -> Path:
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


def shown(*arguments: str, **variables: str) -> dict[str, tuple[object, str, str]]:
    data = json.loads(ptquiz(*arguments, "config", "show", "--json", **variables).stdout)
    return {key: (item["value"], item["source"], item["name"]) for key, item in data["settings"].items()}


def test_without_a_file_every_setting_has_its_default() -> None:
    settings = shown(PTQUIZ_PREWARM="")
    assert settings.keys() == {setting.key for setting in SETTINGS}
    assert {source for _, source, _ in settings.values()} == {"default"}
    text = ptquiz("config", "show").stdout
    assert "new_per_day        10        default" in text
    assert "config.toml\n  not there; make it to change something\n" in text


def test_a_flag_beats_a_variable_which_beats_the_file(home: Path) -> None:
    file = configure(home, 'lang = "zh"\nnew_per_day = 3\n')
    assert shown()["lang"] == ("zh", "file", str(file))
    assert shown(PTQUIZ_LANG="en")["lang"] == ("en", "variable", "PTQUIZ_LANG")
    assert shown("--lang", "zh", PTQUIZ_LANG="en")["lang"] == ("zh", "flag", "--lang")
    assert shown()["new_per_day"] == (3, "file", str(file))


def test_the_number_of_new_questions_comes_from_the_file_unless_the_option_says_otherwise(
    home: Path, tmp_path: Path
) -> None:
    configure(home, "new_per_day = 2\n")
    path = str(write_deck(tmp_path))
    assert "0 due, 2 new" in ptquiz("practice", "--plain", "-d", path).stdout
    assert "0 due, 5 new" in ptquiz("practice", "--plain", "-d", path, "--new", "5").stdout


def test_unknown_keys_are_warned_of_with_a_suggestion_and_nothing_stops(home: Path) -> None:
    file = configure(home, 'colour = "never"\n[keymap]\nhnt = "g"\nskip = "3"\nbury = "u"\npreset = "emacs"\n')
    ended = ptquiz("config", "show")
    assert ended.returncode == ExitCode.DONE
    assert ended.stderr.splitlines() == [
        f'ptquiz: {file}: there is no setting "colour". Did you mean color?',
        f'ptquiz: {file}: keymap.preset: there is no "emacs"; what there is: vi',
        f"ptquiz: {file}: keymap.hnt: there is no such action. Did you mean hint?",
        f'ptquiz: {file}: keymap.skip: "3" is a digit, and digits answer',
        f'ptquiz: {file}: keymap.bury: "u" is the key of undo; give that another one, too',
    ]


def test_settings_of_a_table_of_the_file_have_a_dot_in_their_name(home: Path) -> None:
    file = configure(home, '[runner]\npython = "python-of-old"\npyhton = "x"\n')
    assert shown()["runner.python"] == ("python-of-old", "file", str(file))
    assert shown(PTQUIZ_RUNNER_PYTHON="p")["runner.python"] == ("p", "variable", "PTQUIZ_RUNNER_PYTHON")
    assert shown("--python", "q", PTQUIZ_PYTHON="p")["runner.python"] == ("q", "flag", "--python")
    warned = ptquiz("config", "show").stderr
    assert warned == f'ptquiz: {file}: there is no setting "runner.pyhton". Did you mean runner.python?\n'


def test_the_language_of_the_program_follows_that_of_the_decks_unless_it_is_set(home: Path) -> None:
    configure(home, 'ui_lang = "zh"\n')
    assert shown()["ui_lang"][0] == "zh"
    assert "没有" in ptquiz("plan").stdout
    assert "there is no plan" in ptquiz("plan", "--lang", "en").stdout


def test_the_desired_retention_is_logged_with_each_rating_and_spaces_the_reviews(home: Path, tmp_path: Path) -> None:
    path = str(write_deck(tmp_path, "flashcard"))
    configure(home, "desired_retention = 0.97\n")
    ended = ptquiz("practice", "--plain", "-d", path, keys=["", "4", "q"])
    assert "4 Easy 2d" in ended.stdout
    (entry,) = [json.loads(line) for line in ptquiz("state", "export").stdout.splitlines()[1:]]
    assert entry["retention"] == 0.97


def test_the_time_limit_of_the_settings_stops_code_that_has_none_of_its_own(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"( *)proof: \|\n", r"\g<0>\1  while True: pass\n", text, count=1), "utf-8")
    ended = ptquiz("deck", "preview", "s-claim", "-d", str(path), PTQUIZ_RUN_TIMEOUT="1")
    assert "stopped after 1 s" in ended.stdout
    assert RUN_SECONDS == SECONDS


WRONG = {
    "too small": ("desired_retention = 0.5\n", "{file}: desired_retention is 0.5\n  it has to be a number from 0.7 to"),
    "too large": ("run_timeout = 61\n", "{file}: run_timeout is 61\n  it has to be a whole number from 1 to 60"),
    "no TOML": ("lang = \n", "cannot read {file}"),
    "not a choice": ('lang = "fr"\n', "{file}: lang is 'fr'"),
    "not a number": ("new_per_day = -1\n", "{file}: new_per_day is -1"),
    "not a switch": ("prewarm = 3\n", "{file}: prewarm is 3"),
    "no table": ("keymap = 3\n", "{file}: keymap is 3"),
    "no keys": ("[keymap]\nhint = 3\n", "{file}: keymap.hint is 3"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_file_that_cannot_be_used_is_told(home: Path, text: str, message: str) -> None:
    file = configure(home, text)
    ended = ptquiz("config", "show", PTQUIZ_PREWARM="")
    assert ended.returncode == ExitCode.BROKEN_DECK
    assert ended.stderr.startswith("ptquiz: " + message.format(file=file))
    assert "Traceback" not in ended.stderr


def test_a_wrong_flag_is_a_usage_error() -> None:
    ended = ptquiz("config", "show", "--lang", "fr")
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.splitlines()[:2] == ["ptquiz: --lang is 'fr'", "  it has to be one of auto, en, zh"]


def test_remapped_keys_work_and_stand_in_the_bar(home: Path, tmp_path: Path) -> None:
    configure(home, '[keymap]\nskip = "j"\nhint = "g"\n')
    ended = ptquiz("practice", "--plain", "-d", str(write_deck(tmp_path, "choice")), keys=["g", "h", "q"])
    assert "1-3 answer, g hint, a show answer, j skip" in ended.stdout
    assert "hint 1/2: It is more than 1." in ended.stdout
    assert "'h' does nothing here" in ended.stdout


def test_the_vi_preset_rates_with_the_home_row(home: Path, tmp_path: Path) -> None:
    configure(home, '[keymap]\npreset = "vi"\n')
    ptquiz("practice", "--plain", "-d", str(write_deck(tmp_path, "flashcard")), keys=["", "k", "q"])
    assert ptquiz("state", "check").stdout.startswith("1 entry")


def test_paths_names_every_file_and_folder(home: Path) -> None:
    places = json.loads(ptquiz("paths", "--json").stdout)["paths"]
    assert places["settings"] == str(home / "config" / "config.toml")
    assert places["reviews"] == str(home / "data" / "reviews.sqlite3")
    lines = ptquiz("paths").stdout.splitlines()
    assert [line.split()[0] for line in lines[: len(places)]] == list(places)


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "PTQUIZ_LANG": "en"}, False),
    ],
)
def test_the_language_follows_the_locale(variables: dict[str, str], chinese: bool) -> None:
    unset = {"LC_ALL": "", "LC_MESSAGES": ""}
    assert ("题到期" in ptquiz(**(unset | variables)).stdout) is chinese


def test_color_may_follow_the_command() -> None:
    assert "\x1b[" in ptquiz("explain", "dropout", "--color=always").stdout
    assert "\x1b[" not in ptquiz("explain", "dropout", "--color", "never", FORCE_COLOR="1").stdout


def test_the_interpreter_may_be_named_from_the_home(tmp_path: Path, home: Path) -> None:
    configure(home, '[runner]\npython = "~/python"\n')
    (tmp_path / "python").symlink_to("/bin/false")
    problem = ptquiz("doctor", HOME=str(tmp_path))
    assert problem.returncode == ExitCode.ENVIRONMENT
    assert f"{tmp_path}/python" in problem.stdout + problem.stderr
