"""Every reading module keeps what it declares: names, ranges, history, and no look at what comes after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from commentary import registry
from commentary.errors import AuthoringError, CommentaryError
from commentary.market import Readings
from commentary.model import ReadingSpec
from commentary.readings import _assemble, compute, specs
from commentary.readings._assemble import ordered
from commentary.units import Unit, rounded
from tests.readings.synthetic import FRAMES, cut, market, setting, without

Declared = Mapping[str, ReadingSpec]

CONDITIONAL = (
    "since",
    "giveback",
    "overnight_share",
    "explained_share",
    "first_",
    "ytd",
    "turbulence",
    "unexplained",
    "tension",
    "_share",
    "led_by",
    "opening_gap",
    "day.",
    "due_",
    "shut_days",
    "back_",
    "claims.",
    "openings.",
    "labour.",
    "surprise",
    ".actual",
    ".consensus",
    ".previous",
)
"""Readings whose first value waits for more than history: a day that they speak of, a refit, a new year, a
publication."""

DUE = (".due_in", ".due_date", ".due_days", ".due_consensus", ".shut", ".shut_days", ".back_in", ".back_date")
"""Measures of days to come, which calendars know and no instrument."""


@pytest.fixture(scope="module")
def declared() -> Declared:
    return specs(setting().universe, setting().scale)


@pytest.fixture(scope="module")
def readings() -> Readings:
    return compute(market(), setting().universe, setting().scale)


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    return compute(market(320), setting().universe, setting().scale).values


def numbers(found: Readings) -> pd.DataFrame:
    return found.values.select_dtypes("number")


def test_every_declared_reading_is_made_and_nothing_else(declared: Declared, readings: Readings) -> None:
    assert set(readings.values.columns) == set(declared)
    assert readings.values.columns.is_unique
    assert list(readings.specs) == list(readings.values.columns)


def test_values_lie_in_the_plausible_range(readings: Readings) -> None:
    found = numbers(readings)
    low, high = found.min(), found.max()
    beyond = [
        name
        for name in found
        if low[name] < readings.specs[name].low or high[name] > readings.specs[name].high
    ]
    assert beyond == []


def test_no_value_before_the_history_and_one_right_after_it(readings: Readings) -> None:
    first = {name: int(readings.values[name].notna().to_numpy().argmax()) for name in readings.values}
    early = [name for name, row in first.items() if row < readings.specs[name].history]
    late = [
        name
        for name, row in first.items()
        if row > readings.specs[name].history and not any(word in name for word in CONDITIONAL)
    ]
    assert early == []
    assert late == []


def test_the_future_changes_nothing(readings: Readings) -> None:
    whole, noise = market(), market(seed=2)
    frames = {}
    for name in FRAMES:
        frame = getattr(whole, name).copy()
        frame.iloc[-50:] = getattr(noise, name).iloc[-50:].to_numpy()[::-1]
        frames[name] = frame
    other = compute(replace(whole, **frames), setting().universe, setting().scale)
    assert not other.values.iloc[-50:].equals(readings.values.iloc[-50:])
    before, after = readings.values.iloc[:-50], other.values.iloc[:-50]
    assert numbers(readings).iloc[:-50].to_numpy().tobytes() == numbers(other).iloc[:-50].to_numpy().tobytes()
    assert before.equals(after)


def test_the_end_of_the_data_changes_nothing(readings: Readings) -> None:
    short = compute(cut(market(), slice(0, -37)), setting().universe, setting().scale)
    shared = list(short.values.columns)
    pd.testing.assert_frame_equal(short.values, readings.values[shared].iloc[:-37], check_freq=False)


def test_the_start_of_the_data_moves_nothing_with_a_window(readings: Readings) -> None:
    late = compute(cut(market(1100), slice(33, None)), setting().universe, setting().scale)
    # look back on all the data, or on 1260 sessions
    unbounded = ("since", "record", "turbulence", "labour", "momentum.tension")
    names = [name for name in numbers(readings) if not any(word in name for word in unbounded)]
    full = 1 + 756 + 252 + 5  # a z on all of σ's window, for all of a regression's, and its next refit
    ours, theirs = late.values[names].iloc[full:], readings.values[names].iloc[full + 33 :]
    assert "gold.unexplained_z" in names
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-9)


def test_every_value_is_rounded_as_one_number_is(readings: Readings) -> None:
    sample = numbers(readings).iloc[700].dropna()
    assert [rounded(value) for value in sample] == list(sample)
    assert not np.isinf(numbers(readings).to_numpy()).any()


def test_names_of_things_are_instruments_pairs_or_shapes(readings: Readings) -> None:
    words = readings.values.select_dtypes(exclude="number")
    assert all(readings.specs[name].unit is Unit.NAME for name in words)
    assert set(readings.values["sectors.best"].dropna()) <= set(setting().of("sector"))
    assert set(readings.values["leadership.widest"].dropna()) <= set(setting().scale.pairs)
    assert set(readings.values["table.largest_1"].dropna()) <= set(setting().universe.spoken)


def test_every_declaration_is_complete(declared: Declared) -> None:
    known = set(setting().universe.instruments) | set(setting().universe.stocks)
    macro = setting().scale.macro
    apart = {"calendar", "labour", "surprises", *macro.series, *macro.events} - known
    for spec in declared.values():
        assert spec.window and spec.source, spec
        assert spec.low <= spec.high, spec
        assert spec.history >= 0, spec
        assert spec.inputs or spec.name.endswith(DUE) or spec.name.partition(".")[0] in apart, spec
        assert set(spec.inputs) <= known, spec


@pytest.mark.parametrize("absent", ["gold", "vix3m", "ust2y", "high_yield_spread", "spy"])
def test_an_absent_input_drops_exactly_the_readings_that_need_it(
    absent: str, declared: Declared, small: pd.DataFrame
) -> None:
    full = set(small)
    left = set(compute(without(market(320), absent), setting().universe, setting().scale).values)
    alone = {name for name in full if declared[name].inputs == (absent,)}
    assert alone and not alone & left
    assert all(absent in declared[name].inputs for name in full - left)


def test_carried_values_say_of_which_day_they_are() -> None:
    whole = market(60)
    age = whole.age.copy()
    age.loc[whole.sessions[[30, 31]], "ust10y"] = [1.0, 2.0]
    found = compute(replace(whole, age=age), setting().universe, setting().scale)
    assert list(found.as_of["ust10y.level"]) == [whole.sessions[29]] * 2
    assert list(found.as_of["ust10y.level"].index) == list(whole.sessions[[30, 31]])
    assert "gold.level" not in found.as_of


def test_modules_come_after_what_they_need() -> None:
    places = {module.__name__.rpartition(".")[2]: place for place, module in enumerate(ordered())}
    assert all(places[need] < places[name] for name in places for need in _needs(name))
    assert len(places) == len(registry.modules("commentary.readings"))


def _needs(name: str) -> tuple[str, ...]:
    return next(module.NEEDS for module in ordered() if module.__name__.endswith(f".{name}"))


def made_up(name: str, needs: tuple[str, ...], spec: str, made: str) -> SimpleNamespace:
    declared = ReadingSpec(spec, Unit.RATIO, "1 session", ("gold",), 0, 0, 1, "none")
    index = market(30).sessions
    return SimpleNamespace(
        __name__=f"commentary.readings.{name}",
        NEEDS=needs,
        declare=lambda setting: [declared],
        compute=lambda context: {made: pd.Series(0.5, index=index)},
    )


def test_a_module_that_makes_what_it_does_not_declare_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_assemble, "ordered", lambda: (made_up("odd", (), "odd.one", "odd.two"),))
    monkeypatch.setattr(_assemble, "check_references", lambda *_: None)
    with pytest.raises(CommentaryError, match=r"commentary\.readings\.odd makes odd\.two"):
        compute(market(30), setting().universe, setting().scale)


def test_a_reading_declared_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = tuple(made_up(name, (), "odd.one", "odd.one") for name in ("first", "second"))
    monkeypatch.setattr(_assemble, "ordered", lambda: twice)
    with pytest.raises(CommentaryError, match=r"second declares odd\.one, which is declared already"):
        specs(setting().universe, setting().scale)


@pytest.mark.parametrize(
    ("needs", "message"),
    [(("nowhere",), "need nowhere; there are one"), (("one",), "need each other: one → one")],
)
def test_needs_that_cannot_be_met_are_refused(
    monkeypatch: pytest.MonkeyPatch, needs: tuple[str, ...], message: str
) -> None:
    monkeypatch.setattr(registry, "modules", lambda package: (made_up("one", needs, "a.b", "a.b"),))
    with pytest.raises(CommentaryError, match=message):
        ordered()


def test_unknown_names_in_the_scales_are_all_shown() -> None:
    scale = setting().scale
    wrong = scale.model_copy(
        update={
            "havens": scale.havens.model_copy(update={"readings": ("gold.move_zz",)}),
            "crowd": scale.crowd.model_copy(update={"instruments": ("golds",)}),
            "dumping": scale.dumping.model_copy(update={"weights": {"silver.mvoe_z": -1.0}}),
            "unexplained": scale.unexplained.model_copy(update={"capped": ("dollar.moves_z",)}),
            "tension": scale.tension.model_copy(update={"moves": {"gold": "gold.mvoe_z"}}),
        }
    )
    with pytest.raises(AuthoringError) as caught:
        specs(setting().universe, wrong)
    shown = str(caught.value)
    assert (
        "rules/scale.toml: havens.readings: got 'gold.move_zz'; wanted a reading, perhaps 'gold.move_z'"
        in shown
    )
    assert "dumping.weights: got 'silver.mvoe_z'; wanted a reading, perhaps 'silver.move_z'" in shown
    assert "unexplained.capped: got 'dollar.moves_z'; wanted a reading, perhaps 'dollar.move_z'" in shown
    assert "tension.moves.gold: got 'gold.mvoe_z'; wanted a reading, perhaps 'gold.move_z'" in shown
    assert "tension.instead: got 'spy'; wanted a subject of tension.moves" in shown
    assert "rules/scale.toml: crowd.instruments: got 'golds'; wanted an instrument, perhaps 'gold'" in shown


def test_prices_in_another_currency_change_no_return(small: pd.DataFrame) -> None:
    whole = market(320)
    prices = {name: getattr(whole, name).copy() for name in ("open", "high", "low", "close", "linked")}
    scaled = list(setting().priced)
    for frame in prices.values():
        frame[scaled] *= 7.3
    prices["observed"] = whole.observed.copy()
    prices["observed"][[name for name in whole.observed if name.endswith("_gearing")]] *= 7.3
    theirs = compute(replace(whole, **prices), setting().universe, setting().scale).values
    free = (Unit.FRACTION, Unit.SIGMA, Unit.SHARE, Unit.FLAG, Unit.COUNT, Unit.SESSIONS)
    found = specs(setting().universe, setting().scale)
    names = [name for name in small if found[name].unit in free]
    np.testing.assert_allclose(small[names], theirs[names], rtol=1e-8, atol=1e-10)


def test_a_hole_in_one_series_leaves_the_others_alone(small: pd.DataFrame) -> None:
    whole = market(320)
    frames = {name: getattr(whole, name).copy() for name in FRAMES[:9]}
    for name, frame in frames.items():
        frame.loc[whole.sessions[300], "silver"] = math.nan
        if name in ("returns", "total"):
            frame.loc[whole.sessions[301], "silver"] = math.nan
    theirs = compute(replace(whole, **frames), setting().universe, setting().scale).values
    found = specs(setting().universe, setting().scale)
    names = [name for name in small if "silver" not in found[name].inputs]
    pd.testing.assert_frame_equal(small[names], theirs[names])
    assert pd.isna(theirs["silver.return_1d"].iloc[300]) and pd.isna(theirs["silver.return_1d"].iloc[301])
    assert pd.notna(theirs["silver.average_50d"].iloc[301])
