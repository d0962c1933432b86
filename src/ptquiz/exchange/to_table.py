"""Write questions as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ptquiz.exchange.delimited import EXPORTED
from ptquiz.exchange.faces import Face


def to_csv(faces: Iterable[Face]) -> str:
    """Return a table with one row a question and the names of the columns above."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(EXPORTED)
    for face in faces:
        question = face.question
        writer.writerow(
            (
                question.id,
                face.kind,
                question.level,
                question.difficulty,
                " ".join(question.tags),
                face.front,
                face.back,
                question.explain,
            )
        )
    return stream.getvalue()
