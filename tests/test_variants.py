"""Inputs of the evening and inputs left out: what changes, what does not, what is kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from commentary.bank import Bank
from commentary.errors import AuthoringError, CommentaryError
from commentary.folders import cache_folder
from commentary.library import Library
from commentary.model import Verdict
from commentary.rulebook.judge import judge
from commentary.universe import in_the_evening, load_universe
from commentary.variants import PLACE, Cut, Variant, groups, load_groups, open_variant, unchanged
from tests.bars import LAST, sessions
from tests.readings.synthetic import market
from tests.rulebook import made

SHIPPED = load_universe(Library())
NOW = datetime(2024, 12, 31, 23, tzinfo=UTC)
OPTIONAL = ("crypto", "silver", "vix_family", "credit", "fx", "commodities", "stocks", "highs_lows_volume")


def cut(*names: str, evening: bool = False) -> Cut:
    known = load_groups(Library())
    return Cut(Variant(evening, names), tuple(known[name] for name in names))


def test_the_groups_are_those_of_the_method() -> None:
    found = load_groups(Library())
    assert {name for name, group in found.items() if group.must} == {"gold", "yields"}
    assert {name for name, group in found.items() if not group.must} == set(OPTIONAL)


def test_what_a_group_leaves_out_is_told() -> None:
    found = groups(Library())
    assert found["silver"] == ("silver",)
    assert found["highs_lows_volume"] == ("open", "high", "low", "volume")
    assert found["stocks"][-1] == "stocks"


def test_every_yield_is_in_the_group_of_yields() -> None:
    assert set(groups(Library())["yields"]) == set(SHIPPED.of("yield"))
    assert set(groups(Library())["fx"]) == set(SHIPPED.of("currency"))


def test_an_instrument_left_out_has_no_bar_and_the_others_all() -> None:
    whole = market(60)
    found = cut("silver").market(whole)
    for name in ("open", "high", "low", "close", "volume", "returns", "age", "linked"):
        ours, theirs = getattr(found, name), getattr(whole, name)
        assert ours["silver"].isna().all()
        assert ours.drop(columns="silver").equals(theirs.drop(columns="silver"))
    assert "silver" not in found.symbols
    assert found.stock_close.equals(whole.stock_close)
    assert whole.close["silver"].notna().all()  # what was given stays as it was


def test_without_highs_and_volumes_closes_are_left() -> None:
    whole = market(60)
    found = cut("highs_lows_volume").market(whole)
    for name in ("open", "high", "low", "volume", "stock_volume"):
        assert getattr(found, name).isna().all(axis=None)
    assert found.close.equals(whole.close)
    assert found.stock_close.equals(whole.stock_close)


def test_without_the_stock_list_the_funds_are_left() -> None:
    whole = market(60)
    found = cut("stocks").market(whole)
    assert found.stock_close.isna().all(axis=None)
    assert found.stock_volume.isna().all(axis=None)
    assert found.close["nvidia"].isna().all()
    assert found.volume["spy"].equals(whole.volume["spy"])


def test_in_the_evening_nothing_is_read_that_comes_later() -> None:
    evening = in_the_evening(SHIPPED)
    symbols = {symbol for item in evening.instruments.values() for symbol in item.listed("folder")}
    assert not [symbol for symbol in symbols if symbol.startswith(("DGS", "BAML", "DFII", "T10Y"))]
    assert not symbols & {"BTC-USD", "ETH-USD"}
    assert evening["bitcoin"].symbols["folder"] == ("BTC-USD@16:00", "IBIT", "BITO")
    assert evening["ust10y"].symbols["folder"][0] == "^TNX"
    assert evening["high_yield_spread"].symbols == {}  # a fund's price is no spread
    assert evening["gold"] == SHIPPED["gold"]
    assert (SHIPPED.inputs, evening.inputs) == ("archive", "evening")


def test_names_of_places_are_apart() -> None:
    cuts = [cut(), cut(evening=True), cut("silver"), cut("silver", evening=True), cut("silver", "fx")]
    assert len({each.name for each in cuts}) == len(cuts)
    assert cuts[0].name == ""


def test_readings_of_a_variant_are_kept_in_a_place_of_their_own(
    bars: Path, bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path))
    whole = open_variant(str(bars), bank, Variant(), now=NOW)
    other = open_variant(str(bars), bank, Variant(without=("gold",)), now=NOW)
    assert "gold.level" in whole.ungated(LAST).values
    assert "gold.level" not in other.ungated(LAST).values
    assert "sp500.move_z" in other.ungated(LAST).values
    kept = sorted(path.name for path in cache_folder().glob("readings-*"))
    assert [name.count("without-gold") for name in kept] == [0, 1]
    before = {path.name: path.stat().st_mtime_ns for path in cache_folder().glob("readings-*")}
    assert "gold.level" in open_variant(str(bars), bank, Variant(), now=NOW).ungated(LAST).values
    assert before == {path.name: path.stat().st_mtime_ns for path in cache_folder().glob("readings-*")}


def test_the_evening_of_a_folder_without_stand_ins_has_no_yields(bars: Path, bank: Bank) -> None:
    found = open_variant(str(bars), bank, Variant(evening=True), now=NOW)
    assert found.frame.market.close["ust10y"].isna().all()
    assert len(found.judged(sessions()[-5], LAST)) == 5


def test_a_group_that_is_none_is_named_with_those_there_are(bars: Path, bank: Bank) -> None:
    with pytest.raises(CommentaryError, match=r"no group 'silvr'.*did you mean 'silver'\?"):
        open_variant(str(bars), bank, Variant(without=("silvr",)), now=NOW)


def test_mistakes_of_authors_are_shown_at_once(tmp_path: Path) -> None:
    text = """
[groups.empty]
title = "Nothing"
[groups.metals]
title = "Metals"
instruments = ["gold", "sliver"]
"""
    library = made.overlay(tmp_path, {PLACE: text})
    with pytest.raises(AuthoringError) as caught:
        load_groups(library)
    for part in (PLACE, "groups.empty", "nothing left out", "'sliver'", "did you mean 'silver'?"):
        assert part in str(caught.value)


def test_a_key_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    library = made.overlay(tmp_path, {PLACE: '[groups.a]\ntitle = "A"\nfields = ["close"]\nmsut = true\n'})
    with pytest.raises(AuthoringError) as caught:
        load_groups(library)
    for part in ("groups.a.fields.0", "'close'", "groups.a.msut"):
        assert part in str(caught.value)


@pytest.mark.parametrize("lacking", ["gold.move_z", "bonds.move_z"])
@pytest.mark.parametrize(
    ("values", "label"), [(made.FORCED, "forced_exit"), (made.FLIGHT, "flight_to_safety")]
)
def test_without_gold_or_yields_neither_is_more_than_a_lean(
    lacking: str, values: dict[str, float], label: str
) -> None:
    # the rules may read the rest as they like: here the other story is made impossible
    rules = made.rules()
    settings = replace(rules.settings, shown_at_most=0.99, lean=replace(rules.settings.lean, at_most=0.2))
    sharp = replace(rules, settings=settings)
    seeing = judge(sharp, made.tape(values), ())
    blind = judge(sharp, made.tape({name: each for name, each in values.items() if name != lacking}), ())
    assert seeing.label == label
    assert seeing.confidence > 0.2
    if blind.label in settings.lean.verdicts:
        assert (blind.confidence, blind.confidence_word) == (0.2, "lean")


def test_a_bond_holiday_is_not_blindness() -> None:
    values = {name: each for name, each in made.FLIGHT.items() if name != "bonds.move_z"}
    lean = made.rules().settings.lean
    assert lean.when.holds(values) is True
    assert lean.when.holds(values | {"ust10y.level": 4.0}) is False  # carried from the day before
    assert lean.at_most < made.rules().settings.moderate


def verdict(day: int, label: str, **more: Any) -> Verdict:
    found = judge(made.rules(), made.tape(made.QUIET), ())
    return replace(found, session=date(2024, 3, day), label=label, **more)


def test_labels_of_common_sessions_are_compared() -> None:
    base = [
        verdict(day, label)
        for day, label in enumerate(("quiet", "forced_exit", "forced_exit", "rotation"), 4)
    ]
    other = [
        verdict(day, label)
        for day, label in enumerate(("forced_exit", "forced_exit", "quiet", "rotation"), 4)
    ]
    found = unchanged(base, [*other, verdict(20, "quiet")])
    assert (found.sessions, found.forced) == (4, 2)
    assert found.all_days == pytest.approx(0.5)
    assert found.forced_days == pytest.approx(0.5)
    assert found.moved == {
        date(2024, 3, 4): ("quiet", "forced_exit"),
        date(2024, 3, 6): ("forced_exit", "quiet"),
    }


def test_runs_without_a_common_session_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="no session in common"):
        unchanged([verdict(4, "quiet")], [verdict(5, "quiet")])


def test_where_no_day_is_forced_there_is_no_share_of_them() -> None:
    found = unchanged([verdict(4, "quiet")], [verdict(4, "quiet")])
    assert found.all_days == 1.0
    assert found.forced_days != found.forced_days
