"""Second opinions on bars: what disagrees, what is dropped, what travels to the note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from commentary.cross_checks import CrossCheck, Second
from commentary.disputes import Dispute, Side
from commentary.market import Market
from commentary.sources import cache
from commentary.sources.align import aligned, on_sessions
from commentary.sources.bars import Bars, wanted
from commentary.sources.quality import statuses, unmet
from commentary.sources.seconds import Compared, compared
from tests.sources.made import CARRY, bars, sessions, universe

DAYS = sessions("2026-02-02", 5)
FRIDAY, THURSDAY = DAYS[4], DAYS[3]
UNIVERSE = universe()


def check(
    left: str, right: str, on: str = "return", unit: str = "percent", tolerance: float = 1
) -> CrossCheck:
    def side(symbol: str) -> Second:
        return Second(
            "fred" if symbol.isalnum() and symbol.endswith(("CLS", "500", "COM")) else "yahoo", symbol
        )

    return CrossCheck("x", "It", side(left), side(right), on, unit, tolerance, 1, "")  # type: ignore[arg-type]


def run(series: dict[str, list[float]], *checks: CrossCheck) -> tuple[Compared, ...]:
    laid = on_sessions(
        bars({name: dict(zip(DAYS, values, strict=True)) for name, values in series.items()}),
        np.array(DAYS, "datetime64[D]"),
    )
    return compared(laid, checks)


def test_the_stale_vix_of_february_2026() -> None:
    (found,) = run(
        {"^VIX": [16.34, 18.0, 18.64, 20.37, 20.37], "VIXCLS": [16.34, 18.0, 18.64, 21.77, 17.76]},
        check("^VIX", "VIXCLS", "level", "points", 0.05),
    )
    assert found.apart.tolist() == [False, False, False, True, True]
    assert (found.left[4], found.right[4]) == (20.37, 17.76)


def test_what_is_within_the_tolerance_to_the_last_decimal_agrees() -> None:
    (found,) = run(
        {"^VIX": [17.76, 17.81, 17.82, 17.76, 17.71], "VIXCLS": [17.76] * 5},
        check("^VIX", "VIXCLS", "level", "points", 0.05),
    )
    assert found.apart.tolist() == [False, False, True, False, False]


def test_returns_and_changes_need_the_session_before() -> None:
    nan = float("nan")
    series = {"SPY": [100, 101, nan, 103, 106], "^GSPC": [1000.0, 1010, 1020, 1030, 1030]}
    (found,) = run(series, check("SPY", "^GSPC"))
    assert found.known.tolist() == [False, True, False, False, True]
    assert found.apart.tolist() == [False, False, False, False, True]  # 106/103 − 1 = 2.9 % against nought
    assert found.left[1] == pytest.approx(0.01)
    yields = {"^TNX": [4.0, 4.1, 4.1, 4.1, 4.1], "^FVX": [4.0, 4.0, 4.0, 4.0, 4.0]}
    (found,) = run(yields, check("^TNX", "^FVX", "change", "bp", 9.9))
    assert found.apart.tolist() == [False, True, False, False, False]


def test_a_dividend_is_part_of_a_return() -> None:
    one = bars(
        {"SPY": dict(zip(DAYS, [100.0, 98.0, 98, 98, 98], strict=True)), "^GSPC": dict.fromkeys(DAYS, 5.0)}
    )
    one.columns["adj_close"][:5] = 98.0
    (found,) = compared(on_sessions(one, np.array(DAYS, "datetime64[D]")), [check("SPY", "^GSPC")])
    assert not found.apart.any()


def test_a_check_without_both_its_series_says_nothing() -> None:
    assert run({"^VIX": [17.0] * 5}, check("^VIX", "VIXCLS", "level", "points", 0.05)) == ()


# ---- What is not believed

INDEX = [6900.0, 6910.0, 6920.0, 6930.0, 6940.0]


def market(checks: tuple[CrossCheck, ...], **series: list[float]) -> Market:
    named = {"GSPC": "^GSPC", "VIX": "^VIX", "IXIC": "^IXIC"}
    made = bars(
        {named.get(key, key): dict(zip(DAYS, one, strict=True)) for key, one in series.items()}, "store"
    )
    return aligned(made, replace(UNIVERSE, checks=checks), CARRY)


def test_a_bar_that_two_contradict_and_none_bears_out_is_dropped() -> None:
    checks = (check("^GSPC", "SP500", "level", "points", 0.5), check("^GSPC", "SPY"))
    found = market(checks, GSPC=[*INDEX[:4], 7400.0], SP500=INDEX, SPY=[level / 10 for level in INDEX])
    assert found.close["sp500"].isna().tolist() == [False] * 4 + [True]
    (flag,) = found.flags
    assert (flag.instrument, flag.session, flag.kind) == ("sp500", FRIDAY, "contradicted")
    assert flag.detail == "the close, 7400, is contradicted by SP500 and by SPY"
    (reason,) = [text for text in unmet(statuses(found, UNIVERSE, FRIDAY), UNIVERSE) if "S&P" in text]
    assert reason == f"S&P 500 (^GSPC) is missing: {flag.detail}"
    assert found.close["spy"].notna().all(), "one against it is not two"


@pytest.mark.parametrize(
    ("index", "fred", "fund"),
    [
        (7400.0, 6940.0, 740.0),  # the fund bears it out
        (6940.0, 7400.0, 694.0),  # FRED is the odd one
        (7400.0, float("nan"), 694.0),  # FRED's is not out yet
    ],
)
def test_one_that_contradicts_is_a_warning(index: float, fred: float, fund: float) -> None:
    checks = (check("^GSPC", "SP500", "level", "points", 0.5), check("^GSPC", "SPY"))
    funds = [level / 10 for level in INDEX[:4]]
    found = market(checks, GSPC=[*INDEX[:4], index], SP500=[*INDEX[:4], fred], SPY=[*funds, fund])
    assert found.close["sp500"].notna().all()
    assert found.disputes
    assert not found.flags


def test_two_that_err_together_are_no_contradiction() -> None:
    """In a panic a fund closes away from its indices: neither gives the very same figure."""
    checks = (check("^GSPC", "SPY"), check("^IXIC", "SPY"))
    found = market(checks, GSPC=INDEX, IXIC=INDEX, SPY=[690.0, 691, 692, 693, 660])
    assert found.close["spy"].notna().all()
    assert len(found.disputes) == 2


# ---- What travels


def test_disputes_travel_with_their_sources() -> None:
    checks = (check("^VIX", "VIXCLS", "level", "points", 0.05),)
    found = market(checks, GSPC=INDEX, VIX=[17.0, 17, 17, 17, 20.37], VIXCLS=[17.0, 17, 17, 17, 17.76])
    assert found.disputes == (
        Dispute(
            "It",
            FRIDAY,
            "level",
            "points",
            Side("^VIX", "yahoo", 20.37),
            Side("VIXCLS", "fred", 17.76),
            0.05,
            1,
        ),
    )


def test_the_cache_keeps_them(tmp_path: Path) -> None:
    checks = (check("^VIX", "VIXCLS", "level", "points", 0.05),)
    found = market(checks, GSPC=INDEX, VIX=[17.0, 17, 17, 17, 20.37], VIXCLS=[17.0, 17, 17, 17, 17.76])
    found = replace(found, own={"vix": frozenset({FRIDAY})})
    cache.keep(tmp_path / "kept.npz", "key", found)
    again = cache.kept(tmp_path / "kept.npz", "key")
    assert again is not None
    assert (again.disputes, again.own) == (found.disputes, found.own)


def test_a_folder_has_no_feeds() -> None:
    checks = (check("^VIX", "VIXCLS", "level", "points", 0.05),)
    made = bars(
        {"^GSPC": dict(zip(DAYS, INDEX, strict=True)), "^VIX": {FRIDAY: 20.37}, "VIXCLS": {FRIDAY: 17.76}}
    )
    (found,) = aligned(made, replace(UNIVERSE, checks=checks), CARRY).disputes
    assert (found.left.source, found.right.source) == ("folder", "folder")


def test_what_is_compared_is_read(tmp_path: Path) -> None:
    assert wanted(UNIVERSE, "folder")["VIXCLS"] is False
    assert wanted(UNIVERSE, "fred").keys() >= {"VIXCLS", "SP500", "DGS10"}
    assert "VIXCLS" not in wanted(UNIVERSE, "yahoo")


def test_each_input_names_its_feed() -> None:
    index = dict(zip(DAYS, INDEX, strict=True))
    yields = {"DGS10": dict.fromkeys(DAYS[:4], 4.2), "^TNX": dict.fromkeys(DAYS, 4.2)}
    made = bars({"^GSPC": index, **yields}, "store")
    found = aligned(made, UNIVERSE, CARRY)
    for day, feed, symbol in ((THURSDAY, "fred", "DGS10"), (FRIDAY, "yahoo", "^TNX")):
        states = {item.instrument: item for item in statuses(found, UNIVERSE, day)}
        assert (states["ust10y"].source, states["ust10y"].symbol) == (feed, symbol)
        assert states["sp500"].source == "yahoo"
        assert states["high_yield_spread"].source == "fred"


def test_bars_that_say_nothing_of_their_own_have_none() -> None:
    made: Bars = bars({"^GSPC": {date(2026, 2, 6): 1.0}})
    assert made.own == {}
