"""The plan for an interview, as a small file beside the review log."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode

from ptquiz.errors import Message, StoreError, said
from ptquiz.files import replace_whole

SCHEMA = 1


class StoredPlan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the file holds."""

    schema: int
    made: date
    interview: date
    minutes: int
    """Each study day."""
    topics: tuple[str, ...] = ()


def read_plan(path: Path) -> StoredPlan | None:
    """Return the plan; None when there is none. Raises StoreError for a file that is no plan."""
    try:
        plan = decode(path.read_bytes(), type=StoredPlan)
    except FileNotFoundError:
        return None
    except (OSError, DecodeError) as error:
        raise StoreError(
            said("the plan {file} cannot be read: {reason}", file=path, reason=error), details=_way_out()
        ) from error
    if plan.schema > SCHEMA:
        raise StoreError(said("the plan {file} was written by a newer ptquiz", file=path), details=_way_out())
    return plan


def write_plan(path: Path, plan: StoredPlan) -> None:
    """Put a plan in the place of the older one, whole or not at all."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_whole(path, encode(plan), durable=True)
    except OSError as error:
        raise StoreError(
            said("the plan {file} cannot be written: {reason}", file=path, reason=error.strerror)
        ) from error


def clear_plan(path: Path) -> bool:
    """Forget the plan; tell whether there was one."""
    existed = path.exists()
    path.unlink(missing_ok=True)
    return existed


def _way_out() -> tuple[Message, ...]:
    return (
        said("forget it: ptquiz plan --clear"),
        said("or make another: ptquiz plan --interview 2027-01-31 --minutes 30"),
    )
