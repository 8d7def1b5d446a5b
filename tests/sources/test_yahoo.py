"""What an answer of Yahoo's becomes: sound rows, refused ones, dividends, splits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from commentary.sources.last_bar import Quote
from commentary.sources.rescaled import another_unit, factor
from commentary.sources.yahoo import COLUMNS, Answer, Listing, NoBars, listings, sound
from tests.sources.made import universe

SPY = Listing("SPY", "XNYS", False)
EVENING = datetime(2024, 8, 5, 21, 30, tzinfo=UTC)  # 17:30 in New York
CLOSES = {"2024-08-01": 10.0, "2024-08-02": 11.0, "2024-08-05": 12.0}


def frame(closes: dict[str, float], zone: str = "America/New_York", **more: list[float]) -> pd.DataFrame:
    index = pd.DatetimeIndex(list(closes), name="Date").tz_localize(zone)
    columns = {name: np.array(list(closes.values())) for name in COLUMNS}
    return pd.DataFrame(
        {**columns, **{name.replace("_", " "): values for name, values in more.items()}}, index
    )


def days(found: dict[str, float], listing: Listing = SPY, now: datetime = EVENING) -> list[str]:
    return [str(day) for day, _ in sound(Answer(frame(found)), listing, now).rows]


def test_prices_and_days_as_yahoo_has_them() -> None:
    found = sound(Answer(frame(CLOSES)), SPY, EVENING)
    assert [(str(day), values[3]) for day, values in found.rows] == list(CLOSES.items())
    assert found.refused == () and found.dividends == {}


def test_float32_prices_are_the_decimals_that_they_stand_for() -> None:
    found = sound(Answer(frame({"2024-08-05": float(np.float32(186.4))})), SPY, EVENING)
    assert found.rows[0][1][3] == 186.4


def test_a_session_in_progress_is_no_bar() -> None:
    noon = datetime(2024, 8, 5, 16, tzinfo=UTC)
    assert days(CLOSES, now=noon) == ["2024-08-01", "2024-08-02"]
    assert days(CLOSES, Listing("BTC-USD", "UTC", False)) == ["2024-08-01", "2024-08-02"]


def test_a_row_of_tomorrow_is_no_bar() -> None:
    assert days({**CLOSES, "2024-08-06": 13.0}) == list(CLOSES)


def test_a_null_close_is_no_bar() -> None:
    assert days({**CLOSES, "2024-08-05": np.nan}) == ["2024-08-01", "2024-08-02"]


def test_a_row_of_a_saturday_is_refused_for_an_exchange_and_kept_for_a_coin() -> None:
    extra = {"2024-08-02": 11.0, "2024-08-03": 11.5}
    assert days(extra) == ["2024-08-02"]
    assert days(extra, Listing("BTC-USD", "UTC", False)) == list(extra)


def test_a_price_below_nought_is_refused_but_not_a_future_s() -> None:
    odd = {**CLOSES, "2024-08-02": -37.63}
    found = sound(Answer(frame(odd)), SPY, EVENING)
    assert [str(day) for day, _ in found.rows] == ["2024-08-01", "2024-08-05"]
    assert found.refused == ("2024-08-02: open is -37.63; wanted above zero",)
    signed = sound(Answer(frame(odd)), Listing("CL=F", "CME", True), EVENING)
    assert [values[3] for _, values in signed.rows] == [10.0, -37.63, 12.0]


def test_a_day_that_is_there_twice_has_its_last_row() -> None:
    both = pd.concat([frame(CLOSES), frame({"2024-08-05": 12.5})])
    found = sound(Answer(both), SPY, EVENING)
    assert [values[3] for _, values in found.rows] == [10.0, 11.0, 12.5]


def test_a_last_bar_that_the_quote_contradicts_is_refused() -> None:
    quote = Quote(12.6, datetime(2024, 8, 5, 20, tzinfo=UTC))
    found = sound(Answer(frame(CLOSES), quote), SPY, EVENING)
    assert [str(day) for day, _ in found.rows] == ["2024-08-01", "2024-08-02"]
    assert found.refused == ("2024-08-05: the bar closes at 12, the quote after it is 12.6",)


def test_dividends_and_gains_are_what_was_paid() -> None:
    paid = frame(CLOSES, Dividends=[0.0, 0.25, 0.0], Capital_Gains=[0.0, 0.5, 0.0])
    assert sound(Answer(paid), SPY, EVENING).dividends == {date(2024, 8, 2): 0.75}


def test_a_split_that_the_prices_before_it_do_not_know_is_refused() -> None:
    torn = {"2024-08-01": 100.0, "2024-08-02": 101.0, "2024-08-05": 10.2}
    found = sound(Answer(frame(torn, Stock_Splits=[0.0, 0.0, 10.0])), SPY, EVENING)
    assert [str(day) for day, _ in found.rows] == ["2024-08-01", "2024-08-02"]
    adjusted = {"2024-08-01": 10.0, "2024-08-02": 10.1, "2024-08-05": 10.2}
    assert len(sound(Answer(frame(adjusted, Stock_Splits=[0.0, 0.0, 10.0])), SPY, EVENING).rows) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(pd.DataFrame()), "no bars"),
        (Answer(frame(CLOSES).drop(columns="Volume")), "an answer without Volume"),
        (Answer(frame(dict.fromkeys(CLOSES, np.nan))), "no bar with a close"),
    ],
)
def test_an_answer_that_is_no_history(answer: Answer, said: str) -> None:
    with pytest.raises(NoBars, match=said):
        sound(answer, SPY, EVENING)


def test_every_symbol_once_and_none_that_is_made_from_others() -> None:
    found = listings(universe())
    symbols = [one.symbol for one in found]
    assert len(symbols) == len(set(symbols))
    assert {"^GSPC", "SHY", "IBIT", "2YY=F", "^FVX", "AAPL"} <= set(symbols)
    assert not [symbol for symbol in symbols if "@" in symbol or "/" in symbol or symbol.startswith("DGS")]
    assert {one.symbol: one.session for one in found}["GC=F"] == "CME"


DAY = date(2024, 8, 1)


def rows(close: float) -> list[tuple[date, tuple[float, ...]]]:
    return [(DAY - timedelta(step), (close,) * 5) for step in range(5, 9)]


def test_a_past_on_another_scale() -> None:
    before = {DAY - timedelta(step): 1000.0 for step in range(5, 9)}
    assert factor(before, rows(1000.0), DAY) == 1.0
    assert factor(before, rows(100.0), DAY) == 0.1
    assert factor({**before, DAY - timedelta(6): 100.0}, rows(100.0), DAY) == 1.0  # one correction, no split
    assert factor({}, rows(100.0), DAY) == 1.0


@pytest.mark.parametrize(
    ("by", "mistaken"), [(0.1, True), (100.0, True), (0.5, False), (1 / 3, False), (20.0, False)]
)
def test_a_mistaken_unit_is_a_power_of_ten(by: float, mistaken: bool) -> None:
    assert another_unit(by) is mistaken
