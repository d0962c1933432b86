"""Write down what is wrong in a question, for whoever mends the deck. Nothing is sent anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ptquiz import __version__
from ptquiz.domain.questions import Question
from ptquiz.errors import EnvironmentProblem, said


@dataclass(frozen=True)
class Reports:
    """One file a day in one folder."""

    folder: Path

    def write(self, question: Question, complaint: str, answer: str, *, torch: str, now: datetime) -> Path:
        """Append a report and return its file.

        Raises EnvironmentProblem when it cannot be written.
        """
        import platform  # not before the first question

        file = self.folder / f"{now:%Y-%m-%d}.md"
        rows = [
            f"## {question.id}",
            "",
            complaint.strip(),
            "",
            f"- where: {question.place}",
            f"- when: {now.isoformat(timespec='seconds')}",
            f"- ptquiz {__version__}, torch {torch or 'not started'}, python {platform.python_version()}",
        ]
        if answer:
            rows += ["- the answer was:", "", *(f"      {row}" for row in answer.splitlines())]
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with file.open("a", encoding="utf-8", errors="replace") as stream:
                stream.write("\n".join(rows) + "\n\n")
        except OSError as problem:
            raise EnvironmentProblem(
                said("cannot write {file}: {reason}", file=file, reason=problem.strerror)
            ) from None
        return file
