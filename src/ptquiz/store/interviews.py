"""Mock interviews, each a small file that is written whole after every answer."""

from __future__ import annotations

from pathlib import Path

from msgspec import DecodeError
from msgspec.json import decode, encode, format

from ptquiz.domain.interviews import Interview
from ptquiz.errors import StoreError, said
from ptquiz.files import replace_whole

SCHEMA = 1


class InterviewFiles:
    """The interviews in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, interview: Interview) -> None:
        """Put an interview in the place of what was known of it; it is on disk on return.

        Raises StoreError when it cannot be written.
        """
        path = self.path(interview.id)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_whole(path, format(encode(interview)), durable=True)
        except OSError as error:
            raise StoreError(
                said("the interview {file} cannot be written: {reason}", file=path, reason=error.strerror)
            ) from error

    def read(self, path: Path) -> Interview:
        """Return the interview in a file. Raises StoreError for a file that is none."""
        try:
            interview = decode(path.read_bytes(), type=Interview)
        except (OSError, DecodeError) as error:
            details = (said("set it aside: mv {file} {file}.broken", file=path),)
            raise StoreError(
                said("the interview {file} cannot be read: {reason}", file=path, reason=error), details=details
            ) from error
        if interview.schema > SCHEMA:
            raise StoreError(
                said("the interview {file} was written by a newer ptquiz", file=path), details=("upgrade ptquiz",)
            )
        return interview

    def all(self) -> tuple[Interview, ...]:
        """Return every interview, oldest first. Raises StoreError for a file that is none."""
        found = [self.read(path) for path in self._folder.glob("*.json")]
        return tuple(sorted(found, key=lambda interview: interview.started))

    def path(self, id: str) -> Path:
        """Return the file of an interview."""
        return self._folder / f"{id}.json"

    def discard(self, interview: Interview) -> None:
        """Forget an interview."""
        self.path(interview.id).unlink(missing_ok=True)
