"""Everything outside the practice screen in Chinese: words, dates, columns, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from ptquiz.errors import ExitCode
from tests.cli.program import TUESDAY, ptquiz, write_deck

ZH = {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """Rate a claim wrong and a flashcard right on Monday, in a deck of one's own."""
    path = write_deck(tmp_path, "true-false", "flashcard")
    ptquiz("deck", "add", str(path), "--trust")
    ptquiz("practice", "-t", "sample", "--plain", keys=["1", "1", "", "", "3", ""])
    return path


def said(*words: str, **variables: str) -> str:
    ended = ptquiz(*words, **(ZH | variables))
    assert ended.stderr == ""
    return ended.stdout


REPORTS = {
    "stats": (["stats"], ["今天的准备度", "次复习", "今后 14 天到期的题"]),
    "due": (["due"], ["题到期：ptquiz practice", "记得率"]),
    "plan": (["plan", "--interview", "2026-12-14"], ["2026年12月14日 周一面试", "每天 30 分钟"]),
    "plan clear": (["plan", "--clear"], ["计划已删除"]),
    "no plan": (["plan"], ["还没有计划"]),
    "tune": (["tune"], ["要有 400 次"]),
    "deck list": (["deck", "list"], ["题数", "内置"]),
    "deck coverage": (["deck", "coverage", "-t", "sample"], ["全部题型", "难度 1"]),
    "deck preview": (["deck", "preview", "s-claim"], ["所说的全部成立"]),
    "state archived": (["state", "archived"], ["有历史的题都在题库里"]),
    "deck untrust": (["deck", "untrust", "sample"], ["不再运行"]),
    "deck remove": (["deck", "remove", "sample"], ["文件原地不动", "历史保留"]),
    "state check": (["state", "check"], ["所有状态都与日志一致"]),
    "state backup": (["state", "backup"], ["已复制到"]),
    "state suspended": (["state", "suspended"], ["没有暂停的题"]),
    "config show": (["config", "show"], ["来源", "默认", "还没有这个文件"]),
    "paths": (["paths"], ["复习日志的备份"]),
    "doctor": (["doctor"], ["沙箱", "复习日志"]),
}


def test_every_report_is_in_chinese(learner: Path) -> None:
    for words, parts in REPORTS.values():
        shown = said(*words, PTQUIZ_NOW=TUESDAY)
        assert [part for part in parts if part not in shown] == [], shown
    assert "1 个题库，2 题，" in said("check", str(learner), "--quick")


def test_a_problem_of_a_deck_has_a_chinese_hint_and_total(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "true-false")
    path.write_text(path.read_text("utf-8").replace("kind: true-false", "kind: true-fals"), "utf-8")
    ended = ptquiz("check", str(path), **ZH)
    assert ended.returncode == ExitCode.BROKEN_DECK
    assert "提示：" in ended.stdout or "提示: " in ended.stdout
    assert ended.stdout.splitlines()[-1] == "1 个文件读不了"


@pytest.mark.parametrize(("columns", "lang"), [(40, "zh"), (40, "en"), (80, "zh"), (120, "zh")])
def test_nothing_is_wider_than_the_terminal(learner: Path, columns: int, lang: str) -> None:
    for words in (["stats"], ["due"], ["plan", "--interview", "2026-12-14"], ["deck", "coverage", "-t", "sample"]):
        shown = said(*words, COLUMNS=str(columns), PTQUIZ_LANG=lang, PTQUIZ_NOW=TUESDAY)
        prose = [line for line in shown.splitlines() if "ptquiz " not in line]  # a command stays whole
        assert [line for line in prose if cell_len(line) > columns] == []


def test_the_columns_of_a_table_begin_at_the_same_cell(learner: Path) -> None:
    head, *rows = said("due", PTQUIZ_NOW=TUESDAY, COLUMNS="80").splitlines()[2:]
    where = [cell_len(line[: line.index(word)]) for line, word in [(head, "主题"), *((row, "sample") for row in rows)]]
    assert len(rows) == 1
    assert len(set(where)) == 1


def test_dates_are_written_as_in_chinese(learner: Path) -> None:
    shown = said("plan", "--interview", "2026-11-30", PTQUIZ_NOW=TUESDAY)
    assert "  11月25日 周三" in shown
    practised = ptquiz("practice", "--plain", "-t", "sample", keys=["q"], PTQUIZ_NOW=TUESDAY, **ZH).stdout
    assert practised.startswith("sample，为11月30日的面试")


ERRORS = {
    "a topic": (
        ["explain", "dropuot"],
        ["ptquiz: 没有主题“dropuot”。你是指 dropout 吗？", "  ptquiz explain 列出全部主题"],
    ),
    "a deck": (["practice", "--plain", "-d", "no.yaml"], ["ptquiz: 没有题库“no.yaml”"]),
    "a question": (["deck", "preview", "no-such"], ["ptquiz: 没有题目“no-such”。"]),
    "a day": (["plan", "--interview", "soon"], ["ptquiz: “soon”不是日期", "  请写成 2027-11-01 这样"]),
    "today": (["plan", "--interview", "2026-11-23"], ["ptquiz: 2026-11-23 就是今天"]),
    "no terminal": (["practice"], ["ptquiz: practice 需要终端"]),
    "two selections": (["practice", "--cram", "--weakest"], ["ptquiz: --cram 和 --weakest 不能同时用"]),
    "a language": (
        ["config", "show", "--color", "pink"],
        ["ptquiz: --color 是 'pink'", "  应当是这些之一：auto, always"],
    ),
    "built in": (["deck", "remove", "dropout"], ["ptquiz: “dropout”是内置的"]),
    "a backup": (["state", "restore"], ["ptquiz: "]),
    "weights": (["tune", "--back"], ["ptquiz: 用的就是公开发布的权重"]),
}


@pytest.mark.parametrize(("words", "lines"), ERRORS.values(), ids=ERRORS)
def test_an_error_says_in_chinese_what_is_wrong_and_what_to_type(words: list[str], lines: list[str]) -> None:
    ended = ptquiz(*words, "--lang", "zh")
    assert ended.returncode == ExitCode.USAGE
    for line, wanted in zip(ended.stderr.splitlines(), lines, strict=False):
        assert line.startswith(wanted)
    assert "Traceback" not in ended.stderr


def test_a_damaged_log_is_told_in_chinese(home: Path) -> None:
    log = home / "data" / "reviews.sqlite3"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"no log" * 1000)
    ended = ptquiz("stats", **ZH)
    assert ended.returncode == ExitCode.STORE
    assert ended.stderr.startswith(f"ptquiz: {log} 不是 ptquiz 的复习日志\n  文件没有动过\n")


def test_the_settings_that_cannot_be_read_are_told_in_the_language_of_the_locale(home: Path) -> None:
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("lang = \n", "utf-8")
    assert ptquiz("due", **ZH).stderr.startswith(f"ptquiz: 读不了 {file}")


def test_the_language_of_the_program_can_differ_from_that_of_the_decks() -> None:
    shown = ptquiz("explain", "train-eval", PTQUIZ_LANG="zh", PTQUIZ_UI_LANG="en").stdout
    assert "最简短的回答" in shown
    assert "Practise it: ptquiz practice" in shown
    assert "ptquiz explain" in ptquiz("due", PTQUIZ_UI_LANG="zh").stdout or "没有到期的题" in said("due")
