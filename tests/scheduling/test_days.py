"""Study days begin at four in the morning, local time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptquiz.scheduling.days import day_begins, days_between, study_day

instants = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
offsets = st.integers(-14 * 60, 14 * 60)


@pytest.mark.parametrize(
    ("at", "utc_offset", "day"),
    [
        pytest.param("2026-03-02T12:00Z", 0, "2026-03-02", id="noon"),
        pytest.param("2026-03-02T03:59:59.999999Z", 0, "2026-03-01", id="the last moment of yesterday"),
        pytest.param("2026-03-02T04:00Z", 0, "2026-03-02", id="the first moment of today"),
        pytest.param("2026-03-02T00:30Z", -480, "2026-03-01", id="half past four in California"),
        pytest.param("2026-03-01T20:00Z", 480, "2026-03-02", id="four in the morning in China"),
        pytest.param("2026-03-01T19:59Z", 480, "2026-03-01", id="a minute earlier in China"),
        pytest.param("2026-03-01T22:30Z", 330, "2026-03-02", id="four in the morning in India"),
        pytest.param("2028-02-29T03:00Z", 0, "2028-02-28", id="the night to a leap day"),
        pytest.param("2028-03-01T03:00Z", 0, "2028-02-29", id="the night after a leap day"),
        pytest.param("2027-03-01T03:00Z", 0, "2027-02-28", id="no leap day"),
        pytest.param("2027-01-01T01:00Z", 0, "2026-12-31", id="New Year's night"),
        pytest.param("2026-03-02T06:00+02:00", 120, "2026-03-02", id="an instant of another zone"),
    ],
)
def test_study_day(at: str, utc_offset: int, day: str) -> None:
    assert study_day(datetime.fromisoformat(at), utc_offset=utc_offset) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "utc_offset", "instant"),
    [
        pytest.param("2026-03-02", 0, "2026-03-02T04:00Z", id="Greenwich"),
        pytest.param("2026-03-02", 480, "2026-03-01T20:00Z", id="China"),
        pytest.param("2026-03-02", -480, "2026-03-02T12:00Z", id="California"),
        pytest.param("2028-02-29", 60, "2028-02-29T03:00Z", id="a leap day"),
    ],
)
def test_day_begins(day: str, utc_offset: int, instant: str) -> None:
    assert day_begins(date.fromisoformat(day), utc_offset=utc_offset) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        pytest.param("2026-03-28T22:00", "2026-03-29T07:00", 1, id="the short night: 8 hours"),
        pytest.param("2026-03-29T01:30", "2026-03-29T03:30", 0, id="over the lost hour"),
        pytest.param("2026-10-24T22:00", "2026-10-25T07:00", 1, id="the long night: 10 hours"),
        pytest.param("2026-10-25T05:00", "2026-10-26T03:59", 0, id="a study day of almost 24 hours"),
        pytest.param("2026-03-28T05:00", "2026-03-29T05:00", 1, id="23 hours are a day"),
    ],
)
def test_days_over_a_change_of_the_clocks(first: str, second: str, days: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    one, two = (datetime.fromisoformat(text).replace(tzinfo=berlin) for text in (first, second))
    study_days = [
        study_day(at, utc_offset=int((at.utcoffset() or timedelta()).total_seconds()) // 60) for at in (one, two)
    ]
    assert days_between(*study_days) == days


def test_flying_west_over_the_date_line_takes_no_days_back() -> None:
    auckland = study_day(datetime(2026, 6, 10, 0, tzinfo=UTC), utc_offset=720)
    honolulu = study_day(datetime(2026, 6, 10, 9, tzinfo=UTC), utc_offset=-600)
    assert (auckland, honolulu) == (date(2026, 6, 10), date(2026, 6, 9))
    assert days_between(auckland, honolulu) == 0


def test_days_between_counts_a_leap_day() -> None:
    assert days_between(date(2028, 2, 28), date(2028, 3, 1)) == 2
    assert days_between(date(2027, 2, 28), date(2027, 3, 1)) == 1


@given(instants, offsets)
def test_an_instant_lies_in_its_study_day(at: datetime, utc_offset: int) -> None:
    day = study_day(at, utc_offset=utc_offset)
    tomorrow = day + timedelta(days=1)
    assert day_begins(day, utc_offset=utc_offset) <= at < day_begins(tomorrow, utc_offset=utc_offset)


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_the_zone_of_the_machine_does_not_matter() -> None:
    assert study_day(datetime(2026, 3, 2, 20, tzinfo=UTC), utc_offset=0) == date(2026, 3, 2)
    assert day_begins(date(2026, 3, 2), utc_offset=0) == datetime(2026, 3, 2, 4, tzinfo=UTC)


@given(instants, offsets)
def test_the_zone_an_instant_is_written_in_does_not_matter(at: datetime, utc_offset: int) -> None:
    elsewhere = at.astimezone(timezone(timedelta(minutes=utc_offset)))
    assert study_day(elsewhere, utc_offset=utc_offset) == study_day(at, utc_offset=utc_offset)
