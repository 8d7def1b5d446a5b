"""Expected dates come from the exchanges' published lists, told beside each."""

from __future__ import annotations

import importlib
import json
import os
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary import calendar
from commentary.calendar import CalendarError
from commentary.errors import HeldError

ROOT = Path(__file__).parent.parent
NEW_YORK = ZoneInfo("America/New_York")
START, END = date(2004, 1, 1), date(2028, 12, 31)


def day(text: str) -> date:
    return date.fromisoformat(text)


# ---- New York: nyse.com "Holidays and Trading Hours", and its notices


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        ("2004-06-11", "holiday: day of mourning for Ronald Reagan"),
        ("2004-12-24", "holiday: Christmas Day"),  # Christmas on a Saturday
        ("2007-01-02", "holiday: day of mourning for Gerald Ford"),
        ("2012-10-29", "holiday: Hurricane Sandy"),
        ("2012-10-30", "holiday: Hurricane Sandy"),
        ("2015-04-03", "holiday: Good Friday"),
        ("2018-12-05", "holiday: day of mourning for George H. W. Bush"),
        ("2020-07-03", "holiday: Independence Day"),
        ("2022-06-20", "holiday: Juneteenth"),
        ("2023-01-02", "holiday: New Year's Day"),
        ("2025-01-09", "holiday: day of mourning for Jimmy Carter"),
        ("2026-06-19", "holiday: Juneteenth"),
        ("2027-06-18", "holiday: Juneteenth"),
        ("2027-12-24", "holiday: Christmas Day"),
        ("2024-08-04", "Sunday"),
        ("2024-08-03", "Saturday"),
    ],
)
def test_new_york_is_closed(closed: str, told: str) -> None:
    assert not calendar.is_session(day(closed))
    assert calendar.describe(day(closed)) == told


@pytest.mark.parametrize(
    "open_day",
    [
        "2004-12-31",  # New Year's Day on a Saturday is not observed
        "2021-06-18",  # the first Juneteenth was not a holiday of the exchange
        "2021-12-31",
        "2023-11-10",
        "2024-10-14",  # Columbus Day
        "2012-10-31",
    ],
)
def test_new_york_is_open(open_day: str) -> None:
    assert calendar.describe(day(open_day)) == "session"


@pytest.mark.parametrize(
    "half", ["2012-07-03", "2013-07-03", "2019-12-24", "2023-11-24", "2024-07-03", "2024-11-29", "2026-12-24"]
)
def test_new_york_half_days_close_at_one(half: str) -> None:
    assert calendar.is_session(day(half))
    assert calendar.is_half_day(day(half))
    assert calendar.close_at(day(half)).time() == time(13)
    assert calendar.describe(day(half)) == "half day, closes 13:00"


def test_new_york_holidays_of_2026_as_the_exchange_lists_them() -> None:
    assert calendar.trading_holidays("XNYS", day("2026-01-01"), day("2026-12-31")) == [
        (day("2026-01-01"), "New Year's Day"),
        (day("2026-01-19"), "Martin Luther King Jr. Day"),
        (day("2026-02-16"), "Presidents' Day"),
        (day("2026-04-03"), "Good Friday"),
        (day("2026-05-25"), "Memorial Day"),
        (day("2026-06-19"), "Juneteenth"),
        (day("2026-07-03"), "Independence Day"),
        (day("2026-09-07"), "Labor Day"),
        (day("2026-11-26"), "Thanksgiving Day"),
        (day("2026-12-25"), "Christmas Day"),
    ]


@pytest.mark.parametrize(("year", "count"), [(2005, 252), (2008, 253), (2012, 250), (2020, 253), (2024, 252)])
def test_sessions_a_year(year: int, count: int) -> None:
    assert len(calendar.sessions_between(date(year, 1, 1), date(year, 12, 31))) == count


# ---- Bonds: sifma.org notices and yearly recommendations


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2004-06-11", "holiday: day of mourning for Ronald Reagan"),
        ("2007-01-02", "half day, closes 14:00"),
        ("2008-11-26", "half day, closes 14:00"),  # day before Thanksgiving, dropped in 2009
        ("2009-11-25", "session"),
        ("2010-04-02", "half day, closes 12:00"),  # Good Friday with an employment report
        ("2010-12-31", "session"),
        ("2012-04-06", "half day, closes 12:00"),
        ("2012-10-29", "half day, closes 12:00"),
        ("2012-10-30", "holiday: Hurricane Sandy"),
        ("2014-04-18", "holiday: Good Friday"),
        ("2015-04-03", "half day, closes 12:00"),
        ("2015-07-02", "session"),
        ("2015-12-31", "half day, closes 14:00"),
        ("2024-10-14", "holiday: Columbus Day"),
        ("2024-11-11", "holiday: Veterans Day"),
        ("2023-11-10", "session"),  # Veterans Day on a Saturday
        ("2025-01-09", "half day, closes 14:00"),
        ("2026-04-03", "half day, closes 12:00"),
    ],
)
def test_bonds(when: str, told: str) -> None:
    assert calendar.describe(day(when), "SIFMA") == told


# ---- Metals: NYMEX and CME trading schedules


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2006-07-03", "holiday: session before Independence Day"),
        ("2006-11-24", "holiday: day after Thanksgiving"),
        ("2007-11-22", "holiday: Thanksgiving Day (electronic trading only, no settlement)"),
        ("2007-11-23", "half day, closes 13:45"),
        ("2008-01-21", "holiday: Martin Luther King Jr. Day (electronic trading only, no settlement)"),
        ("2012-10-29", "session"),  # electronic markets stayed open through the storm
        ("2013-12-24", "half day, closes 13:45"),
        ("2025-01-09", "session"),  # "normal trading hours" for metals
        ("2025-04-18", "holiday: Good Friday"),
        ("2024-10-14", "session"),
    ],
)
def test_metals(when: str, told: str) -> None:
    assert calendar.describe(day(when), "CME") == told


# ---- Abroad: sse.com.cn, londonstockexchange.com, jpx.co.jp


def test_shanghai_lunar_new_year_2024() -> None:
    assert calendar.previous_session(day("2024-02-12"), "XSHG") == day("2024-02-08")
    assert calendar.next_session(day("2024-02-12"), "XSHG") == day("2024-02-19")
    assert calendar.describe(day("2024-02-09"), "XSHG") == "holiday: Lunar New Year"


def test_shanghai_of_the_future_says_that_it_is_provisional() -> None:
    assert calendar.provisional(day("2026-12-31"), "XSHG") == ""
    assert "notice" in calendar.provisional(day("2027-02-08"), "XSHG")
    # Lunar New Year falls on Saturday 2027-02-06 and Wednesday 2028-01-26.
    assert calendar.describe(day("2027-02-05"), "XSHG") == "holiday: Lunar New Year"
    assert calendar.describe(day("2028-01-26"), "XSHG") == "holiday: Lunar New Year"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2011-04-29", "holiday: royal wedding"),
        ("2012-06-05", "holiday: Diamond Jubilee"),
        ("2015-04-06", "holiday: Easter Monday"),
        ("2020-05-04", "session"),  # the May holiday was moved to the Friday
        ("2020-05-08", "holiday: Early May Bank Holiday"),
        ("2022-06-03", "holiday: Platinum Jubilee"),
        ("2022-09-19", "holiday: state funeral of Queen Elizabeth II"),
        ("2023-05-08", "holiday: coronation of King Charles III"),
        ("2024-08-26", "holiday: Summer Bank Holiday"),
        ("2024-12-24", "half day, closes 12:30 London time"),
        ("2026-12-28", "holiday: Boxing Day (substitute)"),
    ],
)
def test_london(when: str, told: str) -> None:
    assert calendar.describe(day(when), "XLON") == told


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2008-12-30", "half day, closes 11:00 Tokyo time"),
        ("2009-12-30", "session"),  # the first full last session
        ("2009-12-31", "holiday: New Year's Holiday"),
        ("2019-05-01", "holiday: accession of the Emperor"),
        ("2020-10-01", "holiday: system failure, no trading"),
        ("2021-07-22", "holiday: Marine Day"),  # moved for the Olympics
        ("2024-08-05", "session"),
        ("2024-08-12", "holiday: Mountain Day"),
        ("2024-12-31", "holiday: New Year's Holiday"),
        ("2025-01-03", "holiday: New Year's Holiday"),
        ("2026-09-22", "holiday: Citizens' Holiday"),
    ],
)
def test_tokyo(when: str, told: str) -> None:
    assert calendar.describe(day(when), "XTKS") == told


# ---- Closes and settlement


@pytest.mark.parametrize(
    ("when", "exchange", "closes"),
    [
        ("2024-08-05", "XNYS", time(16)),
        ("2024-11-29", "CME", time(13, 45)),
        ("2024-08-05", "XTKS", time(2)),  # 15:00 in Tokyo, thirteen hours ahead in summer
        ("2024-12-05", "XTKS", time(1, 30)),  # 15:30 since 2024-11-05, fourteen hours ahead
        ("2024-08-05", "XSHG", time(3)),
        ("2024-08-05", "XLON", time(11, 30)),
        ("2024-03-12", "XLON", time(12, 30)),  # New York's summer time starts three weeks earlier
    ],
)
def test_closes_are_told_in_new_york_time(when: str, exchange: str, closes: time) -> None:
    assert calendar.close_at(day(when), exchange).time() == closes


def test_tokyos_half_day_closes_on_new_yorks_evening_before() -> None:
    assert calendar.close_at(day("2008-12-30"), "XTKS") == datetime(2008, 12, 29, 21, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        (datetime(2024, 8, 5, 16, 14, 59, tzinfo=NEW_YORK), "2024-08-02"),
        (datetime(2024, 8, 5, 16, 15, tzinfo=NEW_YORK), "2024-08-05"),
        (datetime(2024, 8, 5, 20, 15, tzinfo=UTC), "2024-08-05"),
        (datetime(2024, 8, 6, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo")), "2024-08-05"),
        (datetime(2024, 8, 4, 12, tzinfo=NEW_YORK), "2024-08-02"),
        (datetime(2024, 11, 29, 13, 15, tzinfo=NEW_YORK), "2024-11-29"),
        (datetime(2025, 1, 9, 23, tzinfo=NEW_YORK), "2025-01-08"),
    ],
)
def test_latest_settled(now: datetime, latest: str) -> None:
    assert calendar.latest_settled(now) == day(latest)
    assert calendar.is_settled(day(latest), now)


def test_tokyo_settles_before_new_york_wakes() -> None:
    assert calendar.latest_settled(datetime(2024, 8, 4, 23, tzinfo=NEW_YORK), "XTKS") == day("2024-08-02")
    assert calendar.latest_settled(datetime(2024, 8, 5, 2, 15, tzinfo=NEW_YORK), "XTKS") == day("2024-08-05")


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.latest_settled(datetime(2024, 8, 5, 18))


# ---- Days made special by rule


@pytest.mark.parametrize(
    "when",
    [
        "2008-03-20",  # Thursday before a Good Friday
        "2014-04-17",
        "2015-01-16",
        "2022-04-14",
        "2024-09-20",
        "2025-04-17",
        "2026-06-18",  # Juneteenth is the third Friday
    ],
)
def test_monthly_expiry(when: str) -> None:
    assert calendar.is_monthly_expiry(day(when))
    month = calendar.sessions_between(day(when).replace(day=1), day(when).replace(day=28))
    assert [found for found in month if calendar.is_monthly_expiry(found)] == [day(when)]


def test_triple_witching() -> None:
    witching = [found for found in calendar.sessions() if calendar.is_triple_witching(found)]
    assert [found for found in witching if found.year == 2024] == [
        day("2024-03-15"), day("2024-06-21"), day("2024-09-20"), day("2024-12-20"),
    ]  # fmt: skip
    assert day("2008-03-20") in witching
    assert day("2026-06-18") in witching
    assert len(witching) == 25 * 4


# Cboe's expiration calendars.
@pytest.mark.parametrize(
    ("year", "month", "expiry"),
    [
        (2008, 2, "2008-02-19"),  # a Tuesday: the third Friday of March 2008 is Good Friday
        (2014, 3, "2014-03-18"),
        (2018, 2, "2018-02-14"),
        (2020, 3, "2020-03-18"),
        (2024, 6, "2024-06-18"),  # the Wednesday is Juneteenth
        (2024, 12, "2024-12-18"),
        (2025, 3, "2025-03-18"),
        (2026, 5, "2026-05-19"),  # the third Friday of June 2026 is Juneteenth
    ],
)
def test_vix_expiry(year: int, month: int, expiry: str) -> None:
    assert calendar.vix_expiry(year, month) == day(expiry)
    assert calendar.is_vix_expiry(day(expiry))
    assert not calendar.is_vix_expiry(day(expiry) + timedelta(1))


def test_vix_expiry_is_known_to_the_end_of_the_table() -> None:
    assert calendar.vix_expiry(2028, 12) == day("2028-12-20")


# FTSE Russell's announcements of each year.
@pytest.mark.parametrize(
    "when",
    ["2006-06-30", "2007-06-22", "2010-06-25", "2012-06-22", "2015-06-26", "2018-06-22", "2019-06-28",
     "2020-06-26", "2023-06-23", "2024-06-28", "2025-06-27", "2026-06-26"],
)  # fmt: skip
def test_russell_reconstitution(when: str) -> None:
    year = calendar.sessions_between(day(when).replace(month=1, day=1), day(when).replace(month=12, day=31))
    assert [found for found in year if calendar.is_russell_reconstitution(found)] == [day(when)]


# The Monday from which Nasdaq announced the changed Nasdaq-100 each December.
NASDAQ_MONDAYS = (
    "2005-12-19", "2006-12-18", "2007-12-24", "2008-12-22", "2009-12-21", "2010-12-20", "2011-12-19", "2012-12-24",
    "2013-12-23", "2014-12-22", "2015-12-21", "2016-12-19", "2017-12-18", "2018-12-24", "2019-12-23", "2020-12-21",
    "2021-12-20", "2022-12-19", "2023-12-18", "2024-12-23", "2025-12-22",
)  # fmt: skip


def test_the_nasdaq_100_changes_before_each_announced_monday() -> None:
    days = calendar.sessions_between(day("2005-01-01"), day("2025-12-31"))
    found = [each for each in days if calendar.is_nasdaq_reconstitution(each)]
    assert [calendar.next_session(each) for each in found] == [day(each) for each in NASDAQ_MONDAYS]


def test_indices_are_rebalanced_each_quarter_and_by_russell() -> None:
    found = [each for each in calendar.sessions() if calendar.is_index_rebalance(each)]
    assert [each for each in found if each.year == 2008] == [
        day("2008-03-20"),  # Good Friday follows
        day("2008-06-20"), day("2008-06-27"), day("2008-09-19"), day("2008-12-19"),
    ]  # fmt: skip
    assert [each for each in found if each.year == 2026] == [
        day("2026-03-20"),
        day("2026-06-18"),  # Juneteenth is the third Friday
        day("2026-06-26"), day("2026-09-18"), day("2026-12-18"),
    ]  # fmt: skip
    assert len(found) == 25 * 5


# MSCI's announcements of each review.
@pytest.mark.parametrize(
    "when",
    ["2010-02-26", "2013-05-31", "2013-11-26", "2015-05-29", "2015-11-30", "2018-05-31", "2019-05-28", "2019-08-27",
     "2019-11-26", "2020-02-28", "2020-08-31", "2021-02-26", "2021-05-27", "2021-08-31", "2021-11-30", "2022-02-28",
     "2023-05-31", "2024-05-31", "2024-08-30", "2024-11-25", "2025-02-28", "2025-08-26", "2025-11-24"],
)  # fmt: skip
def test_msci_reviews(when: str) -> None:
    month = calendar.sessions_between(
        day(when).replace(day=1), calendar.next_session(day(when)) + timedelta(7)
    )
    found = [each for each in month if each.month == day(when).month and calendar.is_msci_review(each)]
    assert found == [day(when)]


def test_msci_reviews_four_times_a_year() -> None:
    found = [each for each in calendar.sessions() if calendar.is_msci_review(each)]
    assert len(found) == 25 * 4
    assert {each.month for each in found} == {2, 5, 8, 11}
    assert not any(calendar.is_half_day(each) for each in found)


def test_month_and_quarter_ends() -> None:
    assert calendar.is_month_end(day("2024-03-28"))  # Good Friday follows
    assert calendar.is_quarter_end(day("2024-03-28"))
    assert not calendar.is_month_end(day("2024-03-29"))
    assert calendar.is_month_end(day("2024-08-30"))
    assert not calendar.is_quarter_end(day("2024-08-30"))
    assert calendar.is_quarter_end(day("2028-12-29"))
    assert calendar.is_first_session_of_month(day("2025-01-02"))
    assert not calendar.is_first_session_of_month(day("2025-01-03"))
    assert calendar.is_first_session_of_month(day("2024-09-03"))  # after Labor Day


# ---- The table's ends


def test_the_table_lasts_a_year_from_today() -> None:
    """Fails from 2028-01-01 on: then give ``scripts/make_calendar.py`` a later LAST and ship its table."""
    for exchange in calendar.EXCHANGES:
        assert calendar.table_end(exchange) >= day("2027-12-31")
        assert calendar.table_end(exchange) - date.today() >= timedelta(365), exchange


def test_a_day_beyond_the_table_names_its_end_and_the_script() -> None:
    with pytest.raises(
        CalendarError, match=r"2029-01-02 .* ends 2028-12-31.*scripts/make_calendar\.py"
    ) as error:
        calendar.is_session(day("2029-01-02"))
    assert isinstance(error.value, HeldError)
    with pytest.raises(CalendarError, match="ends 2028-12-31"):
        calendar.next_session(END)


def test_a_day_before_the_table_names_its_start() -> None:
    for ask in (calendar.is_session, calendar.describe, calendar.is_month_end, calendar.session_number):
        with pytest.raises(CalendarError, match="starts 2004-01-01"):
            ask(day("2003-12-31"))
    with pytest.raises(CalendarError, match="starts 2004-01-01"):
        calendar.previous_session(day("2004-01-02"))


def test_an_unknown_exchange_lists_the_known_ones() -> None:
    with pytest.raises(CalendarError, match="'NYSE'; wanted one of XNYS, CME"):
        calendar.sessions("NYSE")


def test_no_number_and_no_close_for_a_holiday() -> None:
    with pytest.raises(CalendarError, match="2025-01-09 is no XNYS session: holiday: day of mourning"):
        calendar.session_number(day("2025-01-09"))
    with pytest.raises(CalendarError, match="Saturday"):
        calendar.close_at(day("2024-08-03")).time()


def test_session_numbers_start_at_nought() -> None:
    assert calendar.session_number(day("2004-01-02")) == 0
    assert calendar.session_number(day("2004-12-31")) == 251  # 252 sessions in 2004
    assert calendar.session_number(datetime(2004, 1, 5, 12)) == 1


# ---- Properties

exchanges = st.sampled_from(calendar.EXCHANGES)
days = st.dates(START + timedelta(20), END - timedelta(20))


@given(exchanges, days)
def test_before_and_after_are_inverse_on_sessions(exchange: str, when: date) -> None:
    before, after = calendar.previous_session(when, exchange), calendar.next_session(when, exchange)
    assert before < when < after
    between = calendar.sessions_between(before, after, exchange)
    if calendar.is_session(when, exchange):
        assert calendar.next_session(before, exchange) == when == calendar.previous_session(after, exchange)
        assert between == (before, when, after)
    else:
        assert between == (before, after)
        assert calendar.next_session(before, exchange) == after


@given(exchanges, days)
def test_a_day_is_told_as_what_it_is(exchange: str, when: date) -> None:
    told = calendar.describe(when, exchange)
    assert calendar.is_session(when, exchange) == (told == "session" or told.startswith("half day"))
    assert calendar.is_half_day(when, exchange) == told.startswith("half day")
    assert calendar.is_session(when, exchange) == (when in calendar.sessions(exchange))


@given(st.datetimes(datetime(2004, 2, 1), datetime(2028, 12, 1)), exchanges)
def test_the_latest_settled_session_is_settled_and_the_next_is_not(moment: datetime, exchange: str) -> None:
    now = moment.replace(tzinfo=NEW_YORK)
    latest = calendar.latest_settled(now, exchange)
    assert calendar.is_settled(latest, now, exchange)
    assert not calendar.is_settled(calendar.next_session(latest, exchange), now, exchange)


@given(days, days)
def test_numbers_count_the_sessions_between(first: date, last: date) -> None:
    found = calendar.sessions_between(first, last)
    if found:
        assert calendar.session_number(found[-1]) - calendar.session_number(found[0]) == len(found) - 1
    else:
        assert first > last or all(calendar.describe(day_) != "session" for day_ in (first, last))


# ---- Against other libraries, and against the bars

libraries = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@libraries
@pytest.mark.parametrize(
    ("exchange", "until"), [("XNYS", 2028), ("XLON", 2028), ("XTKS", 2028), ("XSHG", 2026)]
)
def test_sessions_agree_with_exchange_calendars(exchange: str, until: int) -> None:
    import exchange_calendars

    last = date(until, 12, 31)
    theirs = exchange_calendars.get_calendar(exchange, start=START, end=last).sessions
    assert calendar.sessions_between(START, last, exchange) == tuple(stamp.date() for stamp in theirs)


@libraries
def test_new_york_agrees_with_a_second_library_half_days_too() -> None:
    import pandas_market_calendars

    nyse = pandas_market_calendars.get_calendar("NYSE").schedule(START, END)
    theirs = {
        stamp.date(): close.tz_convert(NEW_YORK).time() for stamp, close in nyse["market_close"].items()
    }
    theirs[day("2005-06-01")] = time(16)  # it has 15:56, the exchange's computers failed: no half day
    assert {found: calendar.close_at(found).time() for found in calendar.sessions()} == theirs


@libraries
def test_the_table_is_what_the_script_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    shipped = (ROOT / "commentary" / "data" / "calendar.json").read_text(encoding="utf-8")
    made = importlib.import_module("make_calendar").text()
    with_ = json.loads(shipped)["made_with"]
    if all(version(name) == number for name, number in with_.items()):
        assert made == shipped
    else:  # a later library may know later years
        assert json.loads(made)["exchanges"]["XNYS"] == json.loads(shipped)["exchanges"]["XNYS"]


def bar_dates(symbol: str) -> set[date]:
    import pandas as pd

    folder = os.environ.get("COMMENTARY_MARKET_DATA")
    if not folder:
        pytest.skip("COMMENTARY_MARKET_DATA is not set")
    wanted = [("symbol", "==", symbol)]
    bars = pd.read_parquet(Path(folder) / "bars.parquet", columns=["date", "close"], filters=wanted)
    return set(pd.to_datetime(bars["date"][bars["close"].notna()]).dt.date)


@pytest.mark.market
def test_the_index_has_a_bar_on_every_session_and_on_no_other_day() -> None:
    bars = bar_dates("^GSPC")
    assert set(calendar.sessions_between(min(bars), max(bars))) == bars
    assert len(bars) > 5_000


@pytest.mark.market
def test_the_ten_year_yield_has_a_value_on_every_bond_session() -> None:
    bars = bar_dates("DGS10")
    bonds = set(calendar.sessions_between(min(bars), max(bars), "SIFMA"))
    assert bars - bonds == set()
    assert bonds - bars == {day("2018-12-05")}  # federal offices were closed, dealers until 14:00 were not


@pytest.mark.market
@pytest.mark.parametrize("symbol", ["GC=F", "SI=F"])
def test_metals_have_no_bar_on_a_day_that_does_not_settle(symbol: str) -> None:
    bars = bar_dates(symbol)
    settled = set(calendar.sessions_between(min(bars), max(bars), "CME"))
    assert bars - settled <= {
        day("2006-07-03"),
        day("2006-09-04"),
        day("2006-11-24"),
    }  # the other metals lack them
    assert len(settled - bars) <= 15  # holes of the public copies
