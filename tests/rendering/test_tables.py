"""The tables of moves, levels and threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commentary.bank import Bank
from commentary.model import Thread
from commentary.rendering.tables import LevelFile, MovesFile, TablesFile, Tabulated, levels, moves, threads

LEVELS = (
    LevelFile(
        name="S&P 500, 200-day average", at="sp500.average_200d", of="sp500.level", sigma="", within=0.05,
        above="the average is regained", below="the average breaks",
    ),
)  # fmt: skip
FILE = TablesFile(
    moves=MovesFile(rows=4, core=("sp500", "vix"), movers=("oil", "silver", "copper", "ust2y"), foremost=0),
    levels=LEVELS,
)
SCENE = {
    "sp500.level": 5186.33,
    "sp500.return_1d": -0.03,
    "sp500.move_z": -3.2,
    "sp500.average_200d": 5011.72,
    "vix.level": 38.57,
    "oil.level": 73.0,
    "oil.move_z": -0.1,
    "silver.level": 24.86,
    "silver.move_z": -2.2,
    "copper.level": 25.0,
    "copper.move_z": 0.9,
    "ust2y.level": 3.89,
    "ust2y.change_z": 2.4,
    "verdict": "forced_exit",
}


def source(bank: Bank, **changes: float) -> Tabulated:
    return Tabulated(FILE, bank.universe, {**SCENE, **changes})


def test_the_core_and_the_largest_movers_in_the_order_of_the_universe(bank: Bank) -> None:
    table = moves(source(bank))
    shown = [row[1].reading.split(".")[0] for row in table.rows]
    assert sorted(shown) == ["silver", "sp500", "ust2y", "vix"]
    order = list(bank.universe.instruments)
    assert shown == sorted(shown, key=order.index)


def test_what_the_prose_names_has_a_row_as_well(bank: Bank) -> None:
    shown = moves(replace(source(bank), named=frozenset({"copper", "nobody"}))).rows
    assert "copper.level" in {row[1].reading for row in shown}
    assert "copper.level" not in {row[1].reading for row in moves(source(bank)).rows}


def test_a_row_traces_every_figure_to_its_reading(bank: Bank) -> None:
    rows = {row[1].reading.split(".")[0]: row for row in moves(source(bank)).rows}
    assert [cell.reading for cell in rows["sp500"]] == [
        "", "sp500.level", "sp500.return_1d", "", "", "", "sp500.move_z",
    ]  # fmt: skip
    assert rows["ust2y"][-1].reading == "ust2y.change_z"
    assert rows["sp500"][3].shown == "–"


def test_an_instrument_without_a_level_has_no_row(bank: Bank) -> None:
    bare = source(bank)
    without = replace(bare, scene={name: value for name, value in SCENE.items() if name != "silver.level"})
    assert not [row for row in moves(without).rows if row[1].reading == "silver.level"]


@pytest.mark.parametrize(
    ("average", "said"),
    [(5011.72, "the average breaks"), (5300.0, "the average is regained"), (4500.0, None)],
)
def test_levels_that_are_near_say_what_a_cross_would_mean(
    bank: Bank, average: float, said: str | None
) -> None:
    rows = levels(source(bank, **{"sp500.average_200d": average})).rows
    assert [row[-1].shown for row in rows] == ([said] if said else [])


def test_threads_with_predicate_end_and_status() -> None:
    thread = Thread(
        "hurry", "the hurry ends", "vix9d.level < vix3m.level", date(2024, 8, 5), date(2024, 8, 19)
    )
    met = replace(thread, status="met", settled=date(2024, 8, 9))
    assert [[cell.shown for cell in row] for row in threads([thread], [met]).rows] == [
        ["the hurry ends", "`vix9d.level < vix3m.level`", "2024-08-19", "open"],
        ["the hurry ends", "`vix9d.level < vix3m.level`", "2024-08-19", "met"],
    ]
