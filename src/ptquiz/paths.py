"""Where ptquiz keeps its files. Standard library only on the fast path."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "ptquiz"


@dataclass(frozen=True)
class Paths:
    """The four folders of a user."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @property
    def settings(self) -> Path:
        """The configuration; read when it is there, never written."""
        return self.config / "config.toml"

    @property
    def reports(self) -> Path:
        """Errors in questions that the learner wrote down; nothing sends them."""
        return self.data / "reports"

    @property
    def journal(self) -> Path:
        """The review log."""
        return self.data / "reviews.sqlite3"

    @property
    def registry(self) -> Path:
        """The list of the user's own decks."""
        return self.data / "decks.json"

    @property
    def plan(self) -> Path:
        """The interview the learner prepares for."""
        return self.data / "plan.json"

    @property
    def interviews(self) -> Path:
        """The mock interviews held so far, a file each."""
        return self.data / "interviews"

    @property
    def drafts(self) -> Path:
        """Unfinished code answers."""
        return self.state / "drafts"

    @property
    def index(self) -> Path:
        """The compiled decks; safe to delete."""
        return self.cache / "index"

    def places(self) -> dict[str, tuple[Path, str]]:
        """Return every file and folder by name, with what it is for."""
        return {
            "settings": (self.settings, "what you set; never written by ptquiz"),
            "reviews": (self.journal, "the review log: ratings, notes, stars"),
            "backups": (self.data / "backups", "copies of the review log"),
            "decks": (self.registry, "the list of your own decks and what of them may run"),
            "reports": (self.reports, "errors in questions that you wrote down"),
            "interviews": (self.interviews, "mock interviews, with what you answered"),
            "drafts": (self.drafts, "unfinished code answers and experiments"),
            "cache": (self.cache, "compiled decks; safe to delete"),
        }


def user_paths(environ: Mapping[str, str], platform: str = sys.platform) -> Paths:
    """Resolve the folders: PTQUIZ_HOME puts all under one, PTQUIZ_DATA and the like move one."""
    home = environ.get("PTQUIZ_HOME")
    base = _under(Path(home).expanduser()) if home else _platform_paths(environ, platform)
    moved = {
        name: Path(environ[variable]).expanduser()
        for name in ("config", "data", "cache", "state")
        if environ.get(variable := f"PTQUIZ_{name.upper()}")
    }
    return Paths(**{**vars(base), **moved})


def _under(home: Path) -> Paths:
    return Paths(home / "config", home / "data", home / "cache", home / "state")


def _platform_paths(environ: Mapping[str, str], platform: str) -> Paths:
    if platform.startswith("linux"):
        # platformdirs would cost more to import than the rest of this module together.
        user = Path.home()
        return Paths(
            Path(environ.get("XDG_CONFIG_HOME") or user / ".config") / APP,
            Path(environ.get("XDG_DATA_HOME") or user / ".local/share") / APP,
            Path(environ.get("XDG_CACHE_HOME") or user / ".cache") / APP,
            Path(environ.get("XDG_STATE_HOME") or user / ".local/state") / APP,
        )
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_state_path)


def shipped_questions() -> Path:
    """Return the folder of the shipped banks: inside an installed package, beside src in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "questions"
    return installed if installed.is_dir() else package.parent.parent / "questions"
