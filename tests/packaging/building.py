"""Build the packages from a copy of the tree, once for all processes of a test run, and install the wheel."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.cli.program import surroundings

ROOT = Path(__file__).resolve().parents[2]
TREE = ("src", "questions", "tests", "docs", "scripts", "benchmarks", ".ci")
FILES = ("pyproject.toml", "constraints.txt", "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", ".gitignore")
LEFTOVERS = (
    *("questions/.dropout.yaml.swp", "questions/dropout.yaml~", "questions/.DS_Store", "questions/.cache/index"),
    *("questions/courses/__pycache__/x.pyc", "src/ptquiz/.mypy_cache/3.11/cache.db", "src/ptquiz/cli/app.py.orig"),
    *("src/ptquiz/__pycache__/paths.cpython-311.pyc", "src/ptquiz/.paths.py.swp", "docs/.ruff_cache/CACHEDIR.TAG"),
    *("tests/__pycache__/conftest.cpython-311.pyc", ".git/HEAD", ".venv/pyvenv.cfg", ".hypothesis/examples/1"),
)
"""What lies in the tree of somebody who works on it and must not get into a package."""
FAR = "Mein Ordner für 题目"
"""A folder with spaces and letters outside ASCII, in which everything is built, installed and run."""


@dataclass(frozen=True)
class Packages:
    """What was built from one tree."""

    tree: Path
    """The copy of the tree, with leftovers."""
    sdist: Path
    wheel: Path
    wheel_from_sdist: Path


@dataclass(frozen=True)
class Installation:
    """The wheel in an environment of its own, which borrows all other packages from that of the tests."""

    folder: Path
    cache: Path
    """Decks compiled before, to share between homes."""

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.folder / "bin" / "python"

    @property
    def program(self) -> Path:
        """The command that the wheel installs."""
        return self.folder / "bin" / "ptquiz"

    @property
    def package(self) -> Path:
        """The installed package."""
        return site_packages(self.folder) / "ptquiz"

    def variables(self, home: Path, **more: str) -> dict[str, str]:
        """Return the variables of a user whose data lie in a folder."""
        return surroundings(PTQUIZ_HOME=str(home), PTQUIZ_CACHE=str(self.cache), **more)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Make a folder unless another process of this test run has made it, or wait until it has."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def build(folder: Path) -> None:
    """Build all packages below a folder."""
    tree = folder / FAR
    copy_tree(tree)
    hatch(tree, folder / "from-tree", "sdist", "wheel")
    (sdist,) = (folder / "from-tree").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    hatch(folder / sdist.name.removesuffix(".tar.gz"), folder / "from-sdist", "wheel")


def built(folder: Path) -> Packages:
    """Return what was built below a folder."""
    (sdist,), (wheel,) = (folder / "from-tree").glob("*.tar.gz"), (folder / "from-tree").glob("*.whl")
    (again,) = (folder / "from-sdist").glob("*.whl")
    return Packages(folder / FAR, sdist, wheel, again)


def copy_tree(tree: Path) -> None:
    """Copy what the project is made of, and strew leftovers."""
    tree.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".*cache")
    for name in TREE:
        shutil.copytree(ROOT / name, tree / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, tree)
    for name in LEFTOVERS:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()


def hatch(tree: Path, into: Path, *targets: str) -> None:
    """Run the build backend."""
    wanted = [word for target in targets for word in ("-t", target)]
    run([sys.executable, "-m", "hatchling", "build", *wanted, "-d", str(into)], cwd=tree)


def install(wheel: Path, folder: Path) -> None:
    """Install a wheel into a new environment; nothing is downloaded, and nothing of the environment here is copied."""
    environment = folder / FAR
    run([sys.executable, "-m", "venv", "--without-pip", str(environment)])
    pip(environment, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel))
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site_packages(environment) / "borrowed.pth").write_text("\n".join(sorted(borrowed)), "utf-8")


def installed(folder: Path) -> Installation:
    """Return the environment below a folder."""
    return Installation(folder / FAR, folder / "cache")


def site_packages(environment: Path) -> Path:
    """Return the folder of packages of an environment."""
    return Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))


def pip(environment: Path, *arguments: str) -> str:
    """Run pip on an environment and return what it prints."""
    python = str(environment / "bin" / "python")
    return run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, *arguments])


def run(command: list[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a command that must succeed, and return what it prints."""
    ended = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def members(package: Path) -> dict[str, bytes]:
    """Return the files of an sdist or a wheel, by their names without the folder of the release."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(package) as sdist:
        files = {entry.name: sdist.extractfile(entry) for entry in sdist if entry.isfile()}
        return {name.partition("/")[2]: file.read() for name, file in files.items() if file is not None}
