"""Start the warm process: `python __main__.py CONTROL_FD SCRATCH`, with PYTHONSAFEPATH set.

With `spare` in place of the descriptor, start a process that runs one program.
"""

from __future__ import annotations

import sys

FOLDER = __file__.replace("\\", "/").rpartition("/")[0]
if sys.path and sys.path[0].replace("\\", "/") == FOLDER:  # an interpreter before 3.11 puts it there
    del sys.path[0]

import builtins  # noqa: E402 - nothing may be found beside this file
import importlib.abc  # noqa: E402
import importlib.machinery  # noqa: E402
import importlib.util  # noqa: E402
import types  # noqa: E402
from typing import ClassVar  # noqa: E402

NAME = "ptquiz_worker"
SPARE = "spare"
OLD_PYTHON = 3
"""Exit status for an interpreter that cannot run this code."""


class PrivateLoader(importlib.machinery.SourceFileLoader):
    """A loader whose modules keep their own copy of the builtins, out of reach of patches by a program."""

    builtins: ClassVar[dict[str, object]] = dict(vars(builtins))

    def exec_module(self, module: types.ModuleType) -> None:
        """Execute the module with the private builtins."""
        vars(module)["__builtins__"] = self.builtins
        super().exec_module(module)


class Finder(importlib.abc.MetaPathFinder):
    """A finder for the modules of this folder, which are one package."""

    def find_spec(
        self, fullname: str, path: object, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a module of the package by its full name."""
        package, _, name = fullname.rpartition(".")
        if package != NAME:
            return None
        file = f"{FOLDER}/{name}.py"
        return importlib.util.spec_from_file_location(fullname, file, loader=PrivateLoader(fullname, file))


def main() -> None:
    """Make this folder a package of its own and serve requests."""
    if sys.version_info < (3, 10):  # noqa: UP036 - the interpreter may be another one than that of ptquiz
        sys.stderr.write("Python 3.10 or newer is needed\n")
        sys.exit(OLD_PYTHON)
    package = types.ModuleType(NAME)
    package.__path__ = [FOLDER]
    sys.modules[NAME] = package
    sys.meta_path.insert(0, Finder())
    if sys.argv[1] == SPARE:
        importlib.import_module(f"{NAME}.spare").live_once(sys.argv[2])
    importlib.import_module(f"{NAME}.zygote").serve_forever(int(sys.argv[1]), sys.argv[2])


if __name__ == "__main__":
    main()
