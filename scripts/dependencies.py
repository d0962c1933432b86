"""Write what is said about dependencies, from what is installed beside this interpreter: constraints.txt and
docs/reference/licences.md; `--check` only tells what is stale.

Run it in an environment with everything: pip install -e ".[test]" and the other extras of pyproject.toml.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS, LICENCES = ROOT / "constraints.txt", ROOT / "docs" / "reference" / "licences.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FREE = {"pip", "ptquiz", "setuptools"}
"""Never pinned: the project itself, and what comes with an environment."""
PERMISSIVE = {
    *("0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0"),
    *("ISC", "MIT", "PSF-2.0", "Unicode-3.0", "Zlib"),
}
"""Licences under which a dependency may be passed on in whatever company."""
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
}
UNKNOWN = "not declared"
EXCEPTIONS = {
    "fsrs-rs-python": "Neither the package nor its repository states a licence. The engine that it wraps, the Rust "
    "crate fsrs, is under BSD-3-Clause.",
    "fsrs-rs-python: priority-queue": "MPL-2.0 asks that changes to its own files be published. Nothing is changed.",
}
"""What is not permissive and is used all the same, and why."""

Found = dict[str, Distribution]


def reached(requirements: Iterable[str]) -> Found:
    """Return what requirements bring, directly or not, as far as it is installed, by name."""
    found: Found = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(line), "") for line in requirements]
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for more in {"", *wanted.extras} - {more for known, more in seen if known == name}:
            seen.add((name, more))
            waiting += [(Requirement(line), more) for line in found[name].requires or ()]
    return dict(sorted(found.items()))


def constraints() -> str:
    """Pin what the tests run with; a local label, like that of a CPU build, stays free."""
    lines = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    pins = [f"{name}=={Version(found.version).public}" for name, found in reached(lines).items() if name not in FREE]
    return "\n".join(("# What the tests were run with; written by scripts/dependencies.py.", *pins, ""))


def licence(found: Distribution) -> str:
    """Return the licence that a package declares, as an SPDX expression where it can be told."""
    about = found.metadata
    if declared := about.get("License-Expression"):
        return declared
    named = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    if named:
        return " AND ".join(sorted({CLASSIFIERS.get(name, name) for name in named}))
    text = about.get("License") or ""
    return text if text and "\n" not in text else UNKNOWN


def parts(found: Distribution) -> Iterator[tuple[str, str]]:
    """Yield the components that a package says it has inside, with their licences."""
    for file in found.files or ():
        if file.parent.name == "sboms" and file.name.endswith(".cyclonedx.json"):
            for part in json.loads(file.read_text("utf-8"))["components"]:
                said = [entry.get("expression") or entry["license"].get("id") for entry in part.get("licenses", ())]
                yield f"{part['name']} {part['version']}", re.sub(r"\s+", " ", " AND ".join(said) or UNKNOWN)


def permissive(expression: str) -> bool:
    """Tell whether an SPDX expression leaves a choice of permissive licences only."""
    for inner in re.findall(r"\(([^()]*)\)", expression):
        verdict = "MIT" if permissive(inner) else UNKNOWN
        return permissive(expression.replace(f"({inner})", verdict))
    if " OR " in expression:
        return any(map(permissive, expression.split(" OR ")))
    return all(name.strip() in PERMISSIVE for name in expression.split(" AND "))


def doubtful(found: Found) -> dict[str, str]:
    """Return the packages, and components inside them, whose licences are not permissive."""
    listed = {name: licence(package) for name, package in found.items()}
    for name, package in found.items():
        listed |= {f"{name}: {part.split()[0]}": said for part, said in parts(package)}
    return {name: said for name, said in listed.items() if not permissive(said)}


def licences() -> str:
    """Render the page."""
    needed = reached(PROJECT["dependencies"])
    extra = reached(PROJECT["optional-dependencies"]["anki"])
    lines = [
        "# Licences",
        "",
        "<!-- Written by scripts/dependencies.py from the metadata of the installed packages; change it there. -->",
        "",
        "ptquiz is under the MIT licence. It ships no other package; what it needs is installed beside it, in the",
        "versions of `constraints.txt` these:",
        "",
        *_table(needed),
        "",
        "A build of torch for CUDA brings packages of NVIDIA, under NVIDIA's licence. ptquiz computes on the CPU and",
        "does not need them.",
        "",
        "## Doubtful",
        "",
        "Not permissive, or not known, and used all the same:",
        "",
        *(f"- **{name}** ({said}). {EXCEPTIONS.get(name, '')}".rstrip() for name, said in doubtful(needed).items()),
        "",
        "## Only with `ptquiz[anki]`",
        "",
        "Writing Anki packages takes genanki, which needs a package under the LGPL. Whoever does not ask for this",
        "extra does not get them.",
        "",
        *_table({name: found for name, found in extra.items() if name not in needed}),
        "",
        "## Inside them",
        "",
        "Components that a package was linked with, as far as it lists them:",
        "",
        "| package | component | licence |",
        "|---|---|---|",
        *(f"| {name} | {part} | {said} |" for name, found in needed.items() for part, said in sorted(parts(found))),
        "",
    ]
    return "\n".join(lines)


def _table(packages: Found) -> list[str]:
    rows = [
        f"| {name} | {Version(found.version).public} | {licence(found)} |"
        for name, found in packages.items()
        if name not in FREE
    ]
    return ["| package | version | licence |", "|---|---|---|", *rows]


def stale() -> list[str]:
    """Return the names of the files that do not say what is installed."""
    texts = {CONSTRAINTS: constraints, LICENCES: licences}
    return [path.name for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text()]


def main() -> int:
    """Write both files, or tell which are stale; return 1 when some are."""
    if sys.argv[1:] == ["--check"]:
        found = stale()
        for name in found:
            print(f"{name} is stale; write it with: python scripts/dependencies.py")
        return 1 if found else 0
    CONSTRAINTS.write_text(constraints(), "utf-8")
    LICENCES.write_text(licences(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
