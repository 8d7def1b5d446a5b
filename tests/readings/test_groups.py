"""Sectors, pairs, havens, stocks, pressure and the order of the dominoes, reckoned by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.readings import (
    breadth,
    calendar_days,
    cross_asset,
    episode,
    havens,
    indices,
    leadership,
    pairs,
    pressure,
    sectors,
    stocks,
    table,
)
from commentary.readings._context import Context
from tests.readings.synthetic import context, days, setting
from tests.readings.test_prices import NAN, same

NINE = (
    "technology",
    "financials",
    "energy",
    "health",
    "discretionary",
    "staples",
    "industrials",
    "utilities",
    "materials",
)


def first(made: object, name: str) -> float:
    return float(made[name].iloc[0])  # type: ignore[index]


def test_sectors_together_and_apart() -> None:
    moves = [0.01, 0.02, 0.03, -0.01, 0.0, 0.01, 0.01, 0.01, 0.01]
    zs = [1.0, 1, 1, -1, -1, 1, 1, 1, -1]
    made = sectors.compute(
        context(
            {f"{name}.return_1d": [move] for name, move in zip(NINE, moves, strict=True)}
            | {f"{name}.move_z": [z] for name, z in zip(NINE, zs, strict=True)}
            | {"sp500.return_1d": [-0.0075]}
        )
    )
    # z: mean 1/3, population variance 1 − 1/9
    assert math.isclose(first(made, "sectors.one_way"), (1 / 9) / (1 / 9 + 8 / 9))
    assert math.isclose(first(made, "sectors.advancing"), 7 / 9)
    # mean 0.01, squared deviations 1+4+4+1 = 10 in units of 1e-4; sd in percent sqrt(10/8)
    assert math.isclose(first(made, "sectors.dispersion_ratio"), math.sqrt(10 / 8) / 1.0)
    assert made["sectors.best"].iloc[0] == "energy" and made["sectors.worst"].iloc[0] == "health"
    assert (first(made, "sectors.best_return"), first(made, "sectors.worst_return")) == (0.03, -0.01)
    ranks = made["sector_rank"].iloc[0]
    assert (ranks["health"], ranks["discretionary"], ranks["energy"]) == (1, 2, 9)


def test_six_sectors_are_too_few() -> None:
    made = sectors.compute(context({f"{name}.return_1d": [0.01] for name in NINE[:6]}))
    assert made["sectors.best"].iloc[0] is None
    assert math.isnan(first(made, "sectors.advancing")) and math.isnan(first(made, "sectors.one_way"))


def test_a_pair_is_long_less_short_and_a_side_may_be_a_mean() -> None:
    made = pairs.compute(
        context(
            {
                "nasdaq.return_1d": [0.01, 0.03], "dow.return_1d": [-0.01, 0.0], "nasdaq.return_5d": [0.02, 0.05],
                "dow.return_5d": [0.01, 0.01],
                "discretionary.return_1d": [0.01, 0.02], "industrials.return_1d": [0.02, 0.02],
                "materials.return_1d": [0.03, 0.02], "staples.return_1d": [0.0, 0.01],
                "utilities.return_1d": [0.0, 0.01], "health.return_1d": [0.03, NAN],
            },
            software={"close": [1.0, 2.0]}, semis={"close": [1.0, 1.0]},
        )
    )  # fmt: skip
    same(list(made["spread_1d"]["nasdaq_vs_dow"]), [0.02, 0.03])
    same(list(made["spread_5d"]["nasdaq_vs_dow"]), [0.01, 0.04])
    same(list(made["spread_1d"]["cyclicals_vs_defensives"]), [0.01, NAN])


def test_a_spread_is_compared_on_its_own_side() -> None:
    moves = [NAN, 0.01, -0.02, 0.005, -0.01, 0.02]
    made = pairs.compute(
        context(
            {"nasdaq.return_1d": moves, "dow.return_1d": [0.0] * 6},
            software={"close": [1.0] * 6}, semis={"close": [1.0] * 6},
        )
    )  # fmt: skip
    same(list(made["spread_since"]["nasdaq_vs_dow"]), [NAN, 1, 2, 2, 2, 5])
    same(list(made["spread_since_bounded"]["nasdaq_vs_dow"]), [NAN, 1, 1, 0, 0, 1])


def test_the_widest_scored_pair() -> None:
    made = leadership.compute(
        context(
            {
                "nasdaq_vs_dow.spread_z": [1.0, NAN], "software_vs_semis.spread_z": [-2.5, NAN],
                "technology_vs_energy.spread_z": [2.0, NAN], "beta_gap.spread_z": [6.0, 6.0],
            }
        )
    )  # fmt: skip
    same(list(made["leadership.spread_z"]), [2.5, NAN])
    same(list(made["leadership.wide_count"]), [2, NAN])
    assert list(made["leadership.widest"]) == ["software_vs_semis", None]


def second(**zs: float) -> float:
    """The second widest spread of one session, by pair."""
    made = {"sp500.move_z": [0.0]} | {f"{pair}.spread_z": [z] for pair, z in zs.items()}
    return first(leadership.compute(context(made)), "leadership.second_z")


def test_the_second_widest_of_a_longer_list() -> None:
    assert second(nasdaq_vs_dow=1.0, software_vs_semis=-2.5, technology_vs_energy=2.0) == 2.0
    # counted, not scored: it may be the second, and it may push the widest scored one to the second place
    assert second(nasdaq_vs_dow=3.0, equal_vs_index=-2.2) == 2.2
    assert second(nasdaq_vs_dow=3.0, beta_gap=-6.0) == 3.0
    assert second(nasdaq_vs_dow=3.0, winners_vs_losers=-1.7, growth_vs_value=1.6) == 1.7
    # neither scored nor counted
    assert second(nasdaq_vs_dow=3.0, russell_vs_sp500=0.4, copper_vs_gold=5.0, silver_vs_gold=5.0) == 0.4


def test_equal_spreads_are_first_and_second() -> None:
    assert second(nasdaq_vs_dow=2.5, software_vs_semis=-2.5, beta_gap=1.0) == 2.5
    assert second(nasdaq_vs_dow=0.0, software_vs_semis=0.0) == 0.0


def test_one_spread_has_no_second() -> None:
    assert math.isnan(second(nasdaq_vs_dow=2.5))
    assert math.isnan(second(nasdaq_vs_dow=2.5, software_vs_semis=NAN))
    assert math.isnan(second(nasdaq_vs_dow=2.5, copper_vs_gold=2.5))
    assert math.isnan(second())


def test_which_pairs_are_counted() -> None:
    pairs = setting().scale.pairs
    assert {name for name, pair in pairs.items() if pair.counted and not pair.scored} == {
        "equal_vs_index", "beta_gap", "growth_vs_value", "banks_vs_index", "cyclicals_vs_defensives",
    }  # fmt: skip
    spec = next(spec for spec in leadership.declare(setting()) if spec.name == "leadership.second_z")
    assert len(spec.inputs) == len(set(spec.inputs)) == 7 + 5 + 1
    assert "winners_vs_losers.spread_z" in spec.inputs


SCORED = tuple(name for name, pair in setting().scale.pairs.items() if pair.scored)
COUNTED = tuple(name for name, pair in setting().scale.pairs.items() if pair.counted)
SPREADS = st.one_of(st.just(NAN), st.integers(-3, 3).map(float), st.floats(-8, 8))


@given(st.dictionaries(st.sampled_from((*SCORED, *COUNTED, "winners_vs_losers")), SPREADS))
def test_the_second_is_what_sorting_finds(zs: dict[str, float]) -> None:
    made = {"sp500.move_z": [0.0]} | {f"{pair}.spread_z": [z] for pair, z in zs.items()}
    found = leadership.compute(context(made))
    known = sorted((abs(z) for z in zs.values() if z == z), reverse=True)
    wanted = known[1] if len(known) > 1 else NAN
    same([first(found, "leadership.second_z")], [wanted])
    if set(zs) <= set(SCORED) and known:
        widest = first(found, "leadership.spread_z")
        assert widest == known[0]
        assert math.isnan(wanted) or wanted <= widest


def test_havens_want_two_and_metals_take_the_worse() -> None:
    made = havens.compute(
        context(
            {
                "gold.move_z": [1.0, -1.0, NAN], "silver.move_z": [-3.0, NAN, NAN],
                "bitcoin.move_z": [NAN, NAN, NAN], "bonds.move_z": [2.0, 2.0, 2.0],
            }
        )
    )  # fmt: skip
    same(list(made["havens.mean_z"]), [0, 0.5, NAN])
    same(list(made["metals.worst_z"]), [-3, -1, NAN])


def test_share_sold_counts_what_is_known() -> None:
    names = setting().scale.sold_share.readings
    known = {name: [-1.0 if place < 2 else 0.5, NAN] for place, name in enumerate(names[:5])}
    known[names[0]] = [-1.0, -2.0]
    made = cross_asset.compute(context(known, gold={"close": [1.0, 1.0]}))
    same(list(made["cross_asset.sold_share"]), [0.4, NAN])


def test_the_crowds_reversal_weighs_by_what_had_run() -> None:
    down, up = (
        [1.01 if day % 2 else 1 / 1.01 for day in range(66)],
        [1.02 if day % 2 else 0.99 for day in range(66)],
    )
    fell, rose = np.cumprod([100, *down, 0.99]), np.cumprod([100, *up, 0.95])
    made = cross_asset.compute(context(gold={"close": list(rose)}, silver={"close": list(fell)}))
    moves = np.diff(rose) / rose[:-1]
    z = -0.05 / math.sqrt(np.mean(moves[-64:-1] ** 2))
    # silver went nowhere over the 63 sessions to yesterday but for one step: its weight is small
    quiet = np.diff(fell) / fell[:-1]
    other = -0.01 / math.sqrt(np.mean(quiet[-64:-1] ** 2))
    run = min((rose[-2] / rose[-65] - 1) / (math.sqrt(np.mean(moves[-64:-1] ** 2) * 63)), 3)
    step = max((fell[-2] / fell[-65] - 1) / (math.sqrt(np.mean(quiet[-64:-1] ** 2) * 63)), 0)
    expected = -(run * z + step * other) / (run + step)
    assert math.isclose(float(made["cross_asset.crowd_reversal"].iloc[-1]), expected, rel_tol=1e-9)


def test_pressure_is_the_mean_of_the_three_largest() -> None:
    made = pressure.compute(
        context(
            {
                "sp500.move_z": [-2.0, 1.0, -2.0], "russell.move_z": [-1.0, 1.0, NAN],
                "metals.worst_z": [-5.0, 1.0, NAN], "bitcoin.move_z": [-1.0, 1.0, NAN],
                "cross_asset.sold_share": [0.2, 0.0, 0.2],
            }
        )
    )  # fmt: skip
    same(list(made["tape.pressure"]), [(4 + 2 + 1) / 3, 0, NAN])
    same(list(made["tape.pressure_max_5d"]), [NAN, 7 / 3, 7 / 3])


SOLD = ("gold", "silver", "bitcoin", "momentum", "high_yield")


@pytest.mark.parametrize(
    ("zs", "sold"),
    [
        # 2, 3, 0.7 × 4 = 2.8, 1, 0.5 × 6 = 3: the largest three are 3, 3, 2.8
        ((-2.0, -3.0, -4.0, -1.0, -6.0), (3 + 3 + 2.8) / 3),
        ((-1.5, -0.5, 0.0, 0.0, 0.0), (1.5 + 0.5) / 3),
        # what rose is no sign of selling, nor does it take one away
        ((-3.0, 5.0, 5.0, 5.0, 5.0), 1.0),
        ((1.0, 2.0, 3.0, 4.0, 5.0), 0.0),
        # three are enough, whichever; two are not
        ((-3.0, NAN, NAN, -2.0, -2.0), (3 + 2 + 1) / 3),
        ((NAN, NAN, -1.0, -2.0, -2.0), (0.7 + 2 + 1) / 3),
        ((-3.0, -3.0, NAN, NAN, NAN), NAN),
        ((NAN, NAN, NAN, NAN, -8.0), NAN),
        ((NAN, NAN, NAN, NAN, NAN), NAN),
    ],
)
def test_what_is_liquid_and_owned_was_sold(zs: tuple[float, ...], sold: float) -> None:
    made = {f"{name}.move_z": [z] for name, z in zip(SOLD, zs, strict=True)}
    same(list(pressure.compute(context(made))["liquid.sold_z"]), [sold])


def test_pressure_does_not_wait_for_what_is_liquid_nor_the_other_way() -> None:
    made = pressure.compute(
        context({"sp500.move_z": [-3.0], "russell.move_z": [-3.0], "bitcoin.move_z": [-1.0]})
    )
    same([first(made, "tape.pressure"), first(made, "liquid.sold_z")], [(3 + 3 + 0.7) / 3, NAN])


def test_the_first_hit_of_ten_sessions() -> None:
    hits = pd.Series([False, True, False, True] + [False] * 10)
    same(list(episode.first_hit(hits, 10)), [NAN, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 9, NAN])


def test_a_sleeve_is_hit_by_any_of_its_readings() -> None:
    made = episode.compute(
        context(
            {"high_yield.move_z": [0.0, 0.0], "high_yield.oas_change_z": [0.0, 2.0], "oil.move_z": [-2.5, 0]}
        )
    )
    same(list(made["episode.first_credit"]), [NAN, 0])
    same(list(made["episode.first_commodities"]), [0, 1])
    same(list(made["episode.first_metals"]), [NAN, NAN])


def test_largest_movers_by_absolute_z() -> None:
    made = table.compute(context({"gold.move_z": [-4.0], "ust2y.change_z": [3.0], "vix.move_z": [5.0]}))
    assert [made[f"table.largest_{place}"].iloc[0] for place in range(1, 5)] == ["vix", "gold", "ust2y", None]


def test_indices_worst_and_averages_lost() -> None:
    flags = {f"{name}.broke_{day}d": [0.0, 0.0] for name in ("sp500", "nasdaq") for day in (20, 50, 100, 200)}
    flags |= {"sp500.broke_20d": [1.0, 1.0], "nasdaq.broke_200d": [1.0, NAN]}
    made = indices.compute(
        context(
            flags
            | {"sp500.move_z": [-1.0, -3.0], "nasdaq.move_z": [-2.0, NAN], "sp500.high_252d_gap": [0, -0.1]},
            sp500={"close": [1.0, 1.0]},
        )
    )
    same(list(made["averages.broken"]), [2, NAN])
    same(list(made["equities.worst_z"]), [-2, -3])
    same(list(made["sp500.worst_z_10d"]), [NAN, -1])
    same(list(made["sp500.drawdown"]), [0, -0.1])


def listed(close: np.ndarray, volume: np.ndarray | None = None) -> Context:
    """A context with a stock list of 40 names and nothing else."""
    index = days(len(close))
    names = list(setting().universe.stocks[:40])
    small = context({"sp500.move_z": [0.0] * len(close)})
    dollars = np.ones_like(close) if volume is None else volume
    market = replace(
        small.market,
        stock_close=pd.DataFrame(close, index=index, columns=names),
        stock_volume=pd.DataFrame(dollars, index=index, columns=names),
    )
    return Context(market, setting(), {})


def test_breadth_counts_the_stocks_that_are_known() -> None:
    close = np.full((3, 40), 10.0)
    close[1, :10], close[1, 10:12] = 11.0, 9.0
    close[2] = np.nan
    volume = np.ones((3, 40))
    volume[1, 10] = 30.0
    made = breadth.compute(listed(close, volume))
    same(list(made["breadth.advancing"]), [NAN, 0.25, NAN])
    same(list(made["breadth.count_up"]), [NAN, 10, NAN])
    same(list(made["breadth.count_down"]), [NAN, 2, NAN])
    # decliners 9·30 + 9·1; all 10·11 + 279 + 28·10
    assert math.isclose(float(made["breadth.down_dollar_volume"].iloc[1]), 279 / 669)


def test_breadth_above_averages_and_at_extremes() -> None:
    close = np.full((252, 40), 10.0)
    close[-1, :8], close[-1, 8:10] = 12.0, 8.0
    close[0, 0] = 13.0
    made = breadth.compute(listed(close))
    assert math.isclose(float(made["breadth.above_50d"].iloc[-1]), 0.2)
    assert math.isclose(float(made["breadth.above_200d"].iloc[-1]), 0.2)
    assert float(made["breadth.new_highs"].iloc[-1]) == 7  # the first stood higher on the first day
    assert float(made["breadth.new_lows"].iloc[-1]) == 2
    assert made["breadth.new_highs"].iloc[:-1].isna().all()


def test_winners_and_losers_are_ranked_the_day_before() -> None:
    close = np.full((66, 40), 10.0)
    close[64] = np.linspace(8, 12, 40)  # what the quarter made of them, by the session before the last
    close[65] = close[64]
    close[65, :8] *= 0.9
    close[65, 31:] *= 1.05  # rank 32 of 40 is at the 80th percentile
    made = stocks.compute(listed(close))
    assert math.isclose(float(made["losers_3m.return_1d"].iloc[-1]), -0.1)
    assert math.isclose(float(made["winners_3m.return_1d"].iloc[-1]), 0.05)
    assert float(made["stocks.hardest_fifth_3m"].iloc[-1]) == 1
    assert made["winners_3m.return_1d"].iloc[:64].isna().all()


def test_winners_less_losers_over_their_own_sigma() -> None:
    # Nine names gain a tenth of a percent a session, 23 half of that, eight nothing: the nine are the winners, the
    # eight the losers, from row 64 on, and 40 spreads of 0.001 make a σ of 0.001 on row 104.
    gains = np.array([0.001] * 9 + [0.0005] * 23 + [0.0] * 8)
    moves = np.tile(gains, (107, 1))
    moves[105, :9] = -0.003  # winners sold
    moves[106, 32:] = 0.005  # losers bought
    made = stocks.compute(listed(10 * np.cumprod(1 + moves, axis=0)))
    found = made["winners_vs_losers.spread_z"]
    assert found.iloc[:104].isna().all()
    after = math.sqrt((40 * 0.001**2 + 0.001**2 + 0.003**2) / 42)
    same(list(found.iloc[104:]), [1.0, -0.003 / 0.001, -0.004 / after])


def test_too_few_names_have_no_winners_less_losers() -> None:
    close = 10 * np.cumprod(1 + np.tile(np.linspace(0, 0.001, 40), (107, 1)), axis=0)
    close[:, 0] = NAN
    assert stocks.compute(listed(close))["winners_vs_losers.spread_z"].isna().all()


def test_a_new_year_has_no_winners_yet() -> None:
    # The data start on 2010-01-04; 2011 opens on row 252, and its 22nd session is row 273.
    close = 10 + np.arange(280)[:, None] * np.linspace(0.01, 0.02, 40)
    made = stocks.compute(listed(close))["winners_ytd.return_1d"]
    assert made.iloc[:273].isna().all() and made.iloc[273:].notna().all()


def test_days_of_the_calendar() -> None:
    # Thursday 2011-09-15 to Tuesday 2011-10-04: expiry, quarter end, a new month.
    made = calendar_days.compute(context({"sp500.move_z": [0.0] * 14}, start="2011-09-15"))
    found = {name: list(series) for name, series in made.items()}
    same(found["calendar.weekday"][:3], [4, 5, 1])
    same(found["calendar.days_spanned"][:3], [1, 1, 3])
    same(found["calendar.expiry"][:3], [0, 1, 0])
    same(found["calendar.triple_witching"][:3], [0, 1, 0])
    same(found["calendar.index_rebalance"][:3], [0, 1, 0])
    same(found["calendar.msci_review"][:3], [0, 0, 0])
    same(found["calendar.month_end"][10:], [0, 1, 0, 0])
    same(found["calendar.quarter_end"][10:], [0, 1, 0, 0])
    same(found["calendar.first_session_of_month"][10:], [0, 0, 1, 0])


def test_half_days_and_days_on_which_bonds_rest() -> None:
    # 2024-11-27 to 2024-11-29, around Thanksgiving; 2024-10-14, Columbus Day.
    made = calendar_days.compute(context({"sp500.move_z": [0.0] * 2}, start="2024-11-27"))
    same(list(made["calendar.half_day"]), [0, 1])
    holiday = calendar_days.compute(context({"sp500.move_z": [0.0] * 2}, start="2024-10-14"))
    same(list(holiday["calendar.bond_holiday"]), [1, 0])
