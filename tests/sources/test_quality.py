"""The gate: which sessions are held, with which reasons, and what the data line hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.errors import HeldError
from commentary.market import Market
from commentary.model import InputStatus
from commentary.sources import folder, quality
from commentary.sources.align import aligned
from tests.sources.made import CARRY, MUSTS, NOW, row, sessions, universe, write_csv, write_musts

UNIVERSE = universe()
DAYS = sessions("2024-07-29", 6)
DAY = DAYS[-1]  # Monday 2024-08-05


@pytest.fixture
def where(tmp_path: Path) -> Path:
    write_musts(tmp_path, DAYS)
    return tmp_path


def read(where: Path) -> Market:
    return aligned(folder.load(str(where), UNIVERSE, NOW), UNIVERSE, CARRY)


def gate(where: Path, day: date = DAY, now: datetime = NOW) -> dict[str, InputStatus]:
    return {status.instrument: status for status in quality.gate(read(where), UNIVERSE, day, now)}


def held(where: Path, day: date = DAY, now: datetime = NOW) -> str:
    with pytest.raises(HeldError) as caught:
        gate(where, day, now)
    assert caught.value.exit_status == 3
    return str(caught.value)


def edit(where: Path, symbol: str, change: Callable[[list[str]], list[str]]) -> None:
    path = where / f"{symbol}.csv"
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *change(rows)]) + "\n")


def test_all_is_well(where: Path) -> None:
    states = gate(where)
    assert tuple(states) == tuple(UNIVERSE.instruments)
    assert states["sp500"] == InputStatus("sp500", "^GSPC", "folder", DAY, "fresh")
    assert states["gold"].status == "fresh"
    assert states["bitcoin"] == InputStatus(
        "bitcoin", "BTC-USD", "folder", None, "missing", "not in the source"
    )


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (date(2024, 8, 4), ("2024-08-04 is no New York session", "Sunday", "2024-08-02 and 2024-08-05")),
        (date(2024, 7, 4), ("holiday: Independence Day", "2024-07-03 and 2024-07-05")),
        (date(2024, 8, 6), ("2024-08-06 is not in the data, whose last session is 2024-08-05", "--date")),
        (date(2024, 7, 26), ("2024-07-26 is not in the data", "from 2024-07-29 to 2024-08-05")),
        (DAYS[0], ("S&P 500 (^GSPC) is missing: first bar, no return yet", "VIX", "only 0 sectors")),
    ],
)
def test_days_that_cannot_be_written_about(where: Path, day: date, parts: tuple[str, ...]) -> None:
    message = held(where, day)
    assert [part for part in parts if part not in message] == []


@pytest.mark.parametrize(("hour", "minute", "settled"), [(15, 0, False), (16, 14, False), (16, 15, True)])
def test_session_in_progress(where: Path, hour: int, minute: int, settled: bool) -> None:
    now = datetime(2024, 8, 5, hour + 4, minute, tzinfo=UTC)  # New York's summer time
    if settled:
        assert gate(where, now=now)["sp500"].status == "fresh"
        assert quality.last_session(read(where), now) == DAY
    else:
        message = held(where, now=now)
        assert "2024-08-05 is not settled: it closes at 16:00 New York" in message
        assert f"now is 2024-08-05 {hour}:{minute:02}" in message
        assert quality.last_session(read(where), now) == DAYS[-2]


def test_nothing_settled_yet(where: Path) -> None:
    with pytest.raises(HeldError, match="no session in the data is settled"):
        quality.last_session(read(where), datetime(2024, 7, 29, 14, tzinfo=UTC))


@pytest.mark.parametrize("symbol", ["^GSPC", "^IXIC", "GLD", "^VIX"])
def test_must_have_without_its_file(where: Path, symbol: str) -> None:
    (where / f"{symbol}.csv").unlink()
    assert f"{symbol})" in (message := held(where))
    assert "is missing: not in the source" in message


def test_must_have_that_ended_early_is_stale(where: Path) -> None:
    edit(where, "^IXIC", lambda rows: rows[:-1])
    assert "Nasdaq Composite (^IXIC) is stale: last bar 2024-08-02" in held(where)


def test_must_have_with_a_gap_before(where: Path) -> None:
    edit(where, "^GSPC", lambda rows: [*rows[:-2], rows[-1]])
    assert "S&P 500 (^GSPC) is missing: no bar that holds between 2024-08-01 and this one" in held(where)
    assert gate(where, DAYS[2])["sp500"].status == "fresh"


def test_must_have_that_repeats(where: Path) -> None:
    edit(where, "^VIX", lambda rows: [*rows[:-1], rows[-2].replace(str(DAYS[-2]), str(DAY))])
    assert "VIX (^VIX) is stale: the bar is that of 2024-08-02 again" in held(where)


def test_must_have_in_another_unit(where: Path) -> None:
    edit(where, "DGS10", lambda rows: [*rows[:-1], f"{DAY},,,,1152,,"])
    message = held(where)
    assert "yield: Two-year yield (DGS2) is missing: not in the source" in message
    assert "Ten-year yield (DGS10) is missing: close 1152 after 114: another unit" in message


def test_one_of_two_is_enough(where: Path) -> None:
    (where / "DIA.csv").unlink()
    assert "dow or russell: Dow (DIA) is missing" in held(where)
    write_csv(where, "^RUT", [row(day, 2200 + step) for step, day in enumerate(DAYS)])
    assert gate(where)["russell"].status == "fresh"


def test_seven_sectors_are_enough(where: Path) -> None:
    for symbol in ("XLB", "XLU"):
        (where / f"{symbol}.csv").unlink()
    assert gate(where)["utilities"].status == "missing"
    edit(where, "XLI", lambda rows: rows[:-1])
    assert "only 6 sectors, 7 wanted: Industrials (XLI) is stale" in held(where)


def test_all_reasons_at_once(where: Path) -> None:
    for symbol in MUSTS:
        (where / f"{symbol}.csv").unlink()
    write_csv(where, "SPY", [row(day, 500 + step) for step, day in enumerate(DAYS)])
    lines = held(where).splitlines()
    assert lines[0] == f"no note for {DAY}:"
    assert [line.split(" is missing")[0].strip() for line in lines[1:]] == [
        "S&P 500 (^GSPC)",
        "Nasdaq Composite (^IXIC)",
        "Gold (GLD)",
        "VIX (^VIX)",
        "dow or russell: Dow (DIA)",
        "yield: Two-year yield (DGS2)",
        "only 0 sectors, 7 wanted: Technology (XLK)",
    ]


def test_optional_input_that_is_stale_is_listed_and_dropped(where: Path) -> None:
    write_csv(where, "SLV", [row(day, 26 + step) for step, day in enumerate(DAYS[:-1])])
    write_csv(where, "HYG", [row(day, 77 + step) for step, day in enumerate(DAYS[:2])] + [row(DAY, 80)])
    market = read(where)
    states = gate(where)
    assert (states["silver"].status, states["silver"].detail) == ("stale", "last bar 2024-08-02")
    assert states["high_yield"].status == "missing"
    assert "would span several sessions" in states["high_yield"].detail
    assert market.close["silver"].isna().tolist() == [False] * 5 + [True]
    assert market.returns["high_yield"].isna().tolist() == [True, False, True, True, True, True]


def test_bond_holiday_is_carried_not_held(tmp_path: Path) -> None:
    days = sessions("2023-10-03", 5)  # Columbus Day is the last
    write_musts(tmp_path, days)
    edit(tmp_path, "DGS10", lambda rows: rows[:-1])
    state = gate(tmp_path, days[-1])["ust10y"]
    assert (state.status, state.last_bar) == ("carried", date(2023, 10, 6))
    assert state.detail == "from 2023-10-06 over holiday: Columbus Day"


def test_a_drought_of_volume_is_said(tmp_path: Path) -> None:
    days = sessions("2024-08-01", 21)
    write_musts(tmp_path, days)
    edit(tmp_path, "^GSPC", lambda rows: [*rows[:-1], row(days[-1], 106.0, volume=150)])
    state = gate(tmp_path, days[-1])["sp500"]
    assert state.status == "fresh"
    assert state.detail == "volume 0.15 of its 20-session median: perhaps an unfinished bar"


def test_holds_agrees_with_the_gate(where: Path) -> None:
    edit(where, "^GSPC", lambda rows: [*rows[:3], *rows[4:]])
    market = read(where)
    found = quality.holds(market, UNIVERSE)
    assert list(found) == [DAYS[0], DAYS[3], DAYS[4]]
    for day in DAYS:
        reasons = quality.unmet(quality.statuses(market, UNIVERSE, day), UNIVERSE)
        assert reasons == found.get(day, ())


def test_stock_list(where: Path) -> None:
    assert quality.stock_list(read(where), UNIVERSE, DAY).startswith("0 of 100 stocks, fewer than the 40")
    for symbol in UNIVERSE.stocks[1:]:
        write_csv(where, symbol, [row(day, 10.0 + step) for step, day in enumerate(DAYS)])
    assert quality.stock_list(read(where), UNIVERSE, DAY) == "99 of 100 stocks; without AAPL"
    write_csv(where, "AAPL", [row(day, 10.0 + step) for step, day in enumerate(DAYS)])
    assert quality.stock_list(read(where), UNIVERSE, DAY) == ""
