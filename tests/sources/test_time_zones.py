"""The gate across time zones, holidays and clock changes: which session each input's bar is of.

Expected days and hours are the exchanges' own: nyse.com, sifma.org, jpx.co.jp, sse.com.cn and
londonstockexchange.com; the clocks change on the second Sunday of March and the first of November in New York, on the
last Sundays of March and October in London, never in Tokyo and Shanghai.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from commentary.errors import HeldError
from commentary.market import Market
from commentary.model import InputStatus
from commentary.sources.align import aligned
from commentary.sources.last_bar import Quote, newest, settled, unfinished
from commentary.sources.quality import must_be_settled, statuses
from commentary.universe import Instrument, Universe
from tests.sources.made import CARRY, bars, sessions, universe

NEW_YORK = ZoneInfo("America/New_York")
SHIPPED = universe()


def abroad(name: str, session: str) -> Instrument:
    return replace(SHIPPED["nikkei"], id=name, symbols={"folder": (name,)}, session=session)  # type: ignore[arg-type]


UNIVERSE: Universe = replace(
    SHIPPED,
    instruments={
        **{key: SHIPPED[key] for key in ("spy", "nikkei", "ust10y", "copper", "bitcoin", "vix")},
        "london": abroad("london", "XLON"),
        "shanghai": abroad("shanghai", "XSHG"),
    },
    checks=(),
)
SYMBOLS = {"spy": "SPY", "nikkei": "^N225", "ust10y": "DGS10", "copper": "HG=F", "bitcoin": "BTC-USD"}


def on(text: str) -> date:
    return date.fromisoformat(text)


def market(**closes: dict[str, float]) -> Market:
    """Bars by instrument: day → close; SPY's make the sessions."""
    found = {
        SYMBOLS.get(name, name): {on(day): close for day, close in one.items()}
        for name, one in closes.items()
    }
    return aligned(bars(found), UNIVERSE, CARRY)


def state(found: Market, day: str, name: str) -> InputStatus:
    return next(item for item in statuses(found, UNIVERSE, on(day)) if item.instrument == name)


def change(found: Market, day: str, name: str) -> float:
    return float(found.returns.loc[pd.Timestamp(day), name])  # type: ignore[arg-type]


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


# Days without a session ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2024-06-19", "Juneteenth"),
        ("2021-04-02", "Good Friday"),
        ("2023-04-07", "Good Friday"),
        ("2026-04-03", "Good Friday"),
        ("2012-10-29", "Hurricane Sandy"),
        ("2012-10-30", "Hurricane Sandy"),
        ("2025-01-09", "day of mourning for Jimmy Carter"),
    ],
)
def test_no_note_where_new_york_rests_whatever_else_prints(day: str, told: str) -> None:
    with pytest.raises(HeldError, match=told):
        must_be_settled(on(day), new_york(f"{day} 23:00"))


@pytest.mark.parametrize(
    ("before", "closed", "after"),
    [
        ("2021-04-01", "2021-04-02", "2021-04-05"),
        ("2023-04-06", "2023-04-07", "2023-04-10"),
        ("2026-04-02", "2026-04-03", "2026-04-06"),
        ("2025-01-08", "2025-01-09", "2025-01-10"),
    ],
)
def test_what_printed_while_new_york_rested_makes_no_session_and_is_said(
    before: str, closed: str, after: str
) -> None:
    """Bonds trade until noon on a Good Friday with an employment report, until two on a day of mourning."""
    found = market(
        spy={before: 100, after: 101},
        ust10y={before: 4.00, closed: 4.06, after: 4.05},
        bitcoin={before: 100, closed: 90, after: 110},
        nikkei={before: 1000, closed: 1010, after: 1020.1},
    )
    assert [stamp.date() for stamp in found.sessions] == [on(before), on(after)]
    assert change(found, after, "ust10y") == pytest.approx(5)  # since New York's last session
    assert state(found, after, "ust10y").detail == "spans 2 sessions of its own market"
    assert change(found, after, "bitcoin") == pytest.approx(0.10)
    assert change(found, after, "nikkei") == pytest.approx(0.01)  # from Tokyo's session before, not over two


def test_the_storm_of_2012() -> None:
    """New York's stocks rested two days; bonds traded until noon of the first, Tokyo on both."""
    found = market(
        spy={"2012-10-26": 100, "2012-10-31": 101},
        ust10y={"2012-10-26": 1.78, "2012-10-29": 1.74, "2012-10-31": 1.72},
        nikkei={"2012-10-26": 1000, "2012-10-29": 990, "2012-10-30": 980, "2012-10-31": 970.2},
        copper={"2012-10-26": 3.50, "2012-10-29": 3.49, "2012-10-30": 3.48, "2012-10-31": 3.43},
    )
    assert change(found, "2012-10-31", "spy") == pytest.approx(0.01)
    assert change(found, "2012-10-31", "nikkei") == pytest.approx(-0.01)
    assert change(found, "2012-10-31", "ust10y") == pytest.approx(-6)
    assert state(found, "2012-10-31", "ust10y").detail == "spans 2 sessions of its own market"
    assert state(found, "2012-10-31", "copper").detail == "spans 3 sessions of its own market"


def test_juneteenth_is_a_session_of_tokyo() -> None:
    found = market(
        spy={"2024-06-18": 100, "2024-06-20": 101},
        nikkei={"2024-06-18": 1000, "2024-06-19": 1100, "2024-06-20": 1111},
    )
    assert change(found, "2024-06-20", "nikkei") == pytest.approx(0.01)
    assert state(found, "2024-06-20", "nikkei").last_bar == on("2024-06-20")


def test_a_session_of_tokyo_that_the_feed_lacks_makes_no_two_day_return() -> None:
    found = market(
        spy={"2024-06-18": 100, "2024-06-20": 101}, nikkei={"2024-06-18": 1000, "2024-06-20": 1111}
    )
    assert math.isnan(change(found, "2024-06-20", "nikkei"))
    told = state(found, "2024-06-20", "nikkei")
    assert told.status == "missing" and "would span several sessions" in told.detail


# Holidays abroad and of the bond market -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "days", "told"),
    [
        (
            "shanghai",
            ("2024-02-12", "2024-02-13", "2024-02-14", "2024-02-15", "2024-02-16"),
            "Lunar New Year",
        ),
        ("nikkei", ("2024-05-03", "2024-05-06"), "holiday"),
        ("london", ("2024-08-26",), "Summer Bank Holiday"),
    ],
)
def test_an_exchange_on_holiday_is_missing_and_never_nought(
    name: str, days: tuple[str, ...], told: str
) -> None:
    assert [day.isoformat() for day in sessions(days[0], len(days))] == list(days), "New York trades"
    found = market(spy=dict.fromkeys(days, 100.0), **{name: {"2024-01-02": 100.0}})
    for day in days:
        assert math.isnan(change(found, day, name))
        assert math.isnan(float(found.close.loc[pd.Timestamp(day), name]))  # type: ignore[arg-type]
        assert state(found, day, name).status == "missing"
        assert told in state(found, day, name).detail


def test_after_lunar_new_year_shanghai_is_quoted_against_its_own_last_session() -> None:
    """Shanghai came back on Monday 2024-02-19, on which New York rested for Presidents' Day."""
    found = market(
        spy={"2024-02-08": 100, "2024-02-16": 100, "2024-02-20": 101},
        shanghai={"2024-02-08": 100, "2024-02-19": 102, "2024-02-20": 103.02},
    )
    assert change(found, "2024-02-20", "shanghai") == pytest.approx(0.01)


def test_after_golden_week_and_a_bank_holiday() -> None:
    tokyo = market(
        spy=dict.fromkeys(("2024-05-02", "2024-05-03", "2024-05-06", "2024-05-07"), 100.0),
        nikkei={"2024-05-02": 1000, "2024-05-07": 1020},
    )
    assert change(tokyo, "2024-05-07", "nikkei") == pytest.approx(0.02)
    london = market(
        spy=dict.fromkeys(("2024-08-23", "2024-08-26", "2024-08-27"), 100.0),
        london={"2024-08-23": 100, "2024-08-27": 101},
    )
    assert change(london, "2024-08-27", "london") == pytest.approx(0.01)


@pytest.mark.parametrize(("friday", "holiday"), [("2024-10-11", "2024-10-14"), ("2024-11-08", "2024-11-11")])
def test_yields_are_carried_over_a_bond_holiday(friday: str, holiday: str) -> None:
    """Columbus Day and Veterans Day: stocks trade. What a feed prints under the day is not taken for a fix."""
    found = market(spy={friday: 100, holiday: 101}, ust10y={friday: 4.10, holiday: 4.10})
    told = state(found, holiday, "ust10y")
    assert (told.status, told.last_bar) == ("carried", on(friday))
    assert float(found.close.loc[pd.Timestamp(holiday), "ust10y"]) == 4.10  # type: ignore[arg-type]
    assert math.isnan(change(found, holiday, "ust10y"))


def test_weekend_bars_make_no_session() -> None:
    found = market(
        spy={"2024-08-02": 100, "2024-08-05": 97},
        bitcoin={"2024-08-02": 100, "2024-08-03": 95, "2024-08-04": 90, "2024-08-05": 88},
        copper={"2024-08-02": 4.0, "2024-08-04": 3.9, "2024-08-05": 3.96},
    )
    assert [stamp.date() for stamp in found.sessions] == [on("2024-08-02"), on("2024-08-05")]
    assert change(found, "2024-08-05", "bitcoin") == pytest.approx(-0.12)
    assert change(found, "2024-08-05", "copper") == pytest.approx(-0.01)


def test_a_bar_of_tokyos_next_day_is_not_todays() -> None:
    found = market(
        spy={"2024-08-02": 100, "2024-08-05": 97},
        nikkei={"2024-08-02": 1000, "2024-08-05": 876, "2024-08-06": 966},
    )
    told = state(found, "2024-08-05", "nikkei")
    assert change(found, "2024-08-05", "nikkei") == pytest.approx(-0.124)
    assert (told.last_bar, told.detail) == (on("2024-08-05"), "session of 2024-08-05, closed 02:00 New York")


# The clock ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "session", "not_yet", "done"),
    [
        # Half days: one o'clock in New York, half past twelve in London, and a quarter of an hour for late prints
        ("2024-11-29", "XNYS", "2024-11-29 13:14", "2024-11-29 13:15"),
        ("2024-12-24", "XNYS", "2024-12-24 13:14", "2024-12-24 13:15"),
        ("2024-12-24", "XLON", "2024-12-24 07:44", "2024-12-24 07:45"),
        ("2024-11-29", "CME", "2024-11-29 17:14", "2024-11-29 17:15"),
        # New York has changed its clocks, London has not: 16:30 there is 12:30 here, else 11:30
        ("2025-03-07", "XLON", "2025-03-07 11:44", "2025-03-07 11:45"),
        ("2025-03-10", "XLON", "2025-03-10 12:44", "2025-03-10 12:45"),
        ("2025-03-31", "XLON", "2025-03-31 11:44", "2025-03-31 11:45"),
        ("2025-10-24", "XLON", "2025-10-24 11:44", "2025-10-24 11:45"),
        ("2025-10-27", "XLON", "2025-10-27 12:44", "2025-10-27 12:45"),
        ("2025-11-03", "XLON", "2025-11-03 11:44", "2025-11-03 11:45"),
        # Tokyo closes at 15:30 since November 2024, Shanghai at 15:00, both without summer time
        ("2025-03-07", "XTKS", "2025-03-07 01:44", "2025-03-07 01:45"),
        ("2025-03-10", "XTKS", "2025-03-10 02:44", "2025-03-10 02:45"),
        ("2024-11-01", "XTKS", "2024-11-01 02:14", "2024-11-01 02:15"),
        ("2025-03-07", "XSHG", "2025-03-07 02:14", "2025-03-07 02:15"),
        ("2025-03-10", "XSHG", "2025-03-10 03:14", "2025-03-10 03:15"),
        # A coin's day ends in Greenwich: 19:00 in New York's winter, 20:00 in its summer
        ("2025-03-07", "UTC", "2025-03-07 18:59", "2025-03-07 19:00"),
        ("2025-03-10", "UTC", "2025-03-10 19:59", "2025-03-10 20:00"),
        # Sunday evening is Monday's trading
        ("2024-08-04", "FX", "2024-08-04 20:00", "2024-08-05 17:15"),
        ("2024-08-04", "CME", "2024-08-05 17:14", "2024-08-05 17:15"),
    ],
)
def test_a_bar_is_finished_when_its_own_market_is(day: str, session: str, not_yet: str, done: str) -> None:
    assert not settled(on(day), session, new_york(not_yet))
    assert settled(on(day), session, new_york(done))


@pytest.mark.parametrize("day", ["2025-03-07", "2025-03-10", "2025-03-31", "2025-10-27", "2025-11-04"])
def test_at_half_past_five_in_new_york_through_both_clock_changes(day: str) -> None:
    evening = new_york(f"{day} 17:30")
    for session in ("XNYS", "SIFMA", "CME", "FX", "XLON", "XTKS", "XSHG"):
        assert newest(session, evening) == on(day), session
    assert newest("UTC", evening) == on(day).replace(day=on(day).day - 1)


def test_tokyo_trades_again_while_new_york_has_its_evening() -> None:
    """20:30 in New York on the 5th is 09:30 in Tokyo on the 6th: its row is no bar until half past two."""
    during, over = new_york("2024-08-05 20:30"), new_york("2024-08-06 02:15")
    assert unfinished(on("2024-08-06"), "XTKS", Quote(), during)
    assert not unfinished(on("2024-08-05"), "XTKS", Quote(), during)
    assert newest("XTKS", during) == on("2024-08-05")
    assert newest("XTKS", over) == on("2024-08-06")


def test_on_a_holiday_nothing_of_new_york_is_new() -> None:
    """Good Friday of 2026, with an employment report at half past eight."""
    friday = datetime(2026, 4, 3, 21, 30, tzinfo=UTC)
    assert newest("XNYS", friday) == on("2026-04-02")
    assert newest("XTKS", friday) == on("2026-04-03")
    assert newest("XLON", friday) == on("2026-04-02")
