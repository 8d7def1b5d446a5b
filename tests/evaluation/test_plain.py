"""The three plain rules, day by day, and their cuts chosen without the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commentary.evaluation.beside import beside_sheet
from commentary.evaluation.plain import Cuts, by_gold, by_havens, by_index, cuts_by_year, plain_calls
from tests.evaluation.made import call, event, panel_day

CUTS = Cuts(fall=-1.0, rise=2.0, score=-2.0)


def moves(sp500: float = 0.0, nasdaq: float = 0.0, dow: float = 0.0, **more: float) -> dict[str, float]:
    """Returns in per cent; ``more`` has __ for the dot."""
    found = {"sp500.return_1d": sp500 / 100, "nasdaq.return_1d": nasdaq / 100, "dow.return_1d": dow / 100}
    return found | {name.replace("__", "."): value for name, value in more.items()}


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (moves(-2.1), "forced_exit"),
        (moves(-2.0), "quiet"),
        (moves(-2.1, -4, 0), "forced_exit"),
        (moves(0.5, -1.0, 0.3), "rotation"),
        (moves(0.5, 0.3, -1.0), "rotation"),
        (moves(0.5, -0.9, 0.3), "quiet"),
        (moves(2.1), "relief_rally"),
        (moves(2.1, 4, 1), "rotation"),
        ({"sp500.return_1d": -0.03}, ""),
    ],
)
def test_the_rule_of_the_index(row: dict[str, float], label: str) -> None:
    assert by_index(row) == label


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (moves(-2.1, gold__return_1d=-0.001), "forced_exit"),
        (moves(-2.1, gold__return_1d=0.001), "flight_to_safety"),
        (moves(-2.1), ""),
        (moves(2.1), "relief_rally"),
    ],
)
def test_the_rule_of_index_and_gold(row: dict[str, float], label: str) -> None:
    assert by_gold(row) == label


@pytest.mark.parametrize(
    ("sp500", "havens", "gap", "label"),
    [
        (-1.1, -0.61, 0.0, "forced_exit"),  # -1.1 - 0.915 < -2
        (-1.1, -0.59, 0.0, "flight_to_safety"),  # -1.1 - 0.885
        (-1.1, -0.59, 2.0, "flight_to_safety"),
        (-1.0, -3.0, 0.0, "quiet"),
        (2.1, 0.0, 2.0, "relief_rally"),
        (0.0, 0.0, 1.3, "rotation"),
        (0.0, 0.0, 1.2, "quiet"),
    ],
)
def test_the_rule_of_index_and_havens(sp500: float, havens: float, gap: float, label: str) -> None:
    row = moves(0, gap, 0, sp500__move_z=sp500, havens__mean_z=havens)
    assert by_havens(row, CUTS) == label


def test_without_a_haven_the_third_rule_says_nothing() -> None:
    assert by_havens(moves(sp500__move_z=-3), CUTS) == ""


def test_cuts_are_those_that_serve_the_other_years() -> None:
    def day(sp500: float, havens: float) -> dict[str, float]:
        return moves(sp500__move_z=sp500, havens__mean_z=havens)

    # in 2021 a fall of 1.2σ with havens sold was quiet: only a deeper cut gets that right
    rows = {date(2020, 3, 2): day(-1.2, -1.0), date(2021, 3, 1): day(-1.2, -1.0)}
    events = [event(date(2020, 3, 2), "forced_exit"), event(date(2021, 3, 1), "quiet")]
    found = cuts_by_year(events, rows)
    assert found[2021].fall == -1.0  # 2020's day asks for a cut above -1.2, and the first of the grid has it
    assert found[2020].fall == -1.25
    assert plain_calls(events, rows)["(c) index and havens"][date(2020, 3, 2)].label == "quiet"


def test_the_sheet_puts_forecasters_beside_each_other() -> None:
    session = date(2020, 3, 2)
    later = session + timedelta(days=1)
    ledger = {session: call("forced_exit"), later: call("rates_led", "forced_exit")}
    rule = {session: call("quiet"), later: call("forced_exit")}
    events = [event(session, "forced_exit"), event(later, "flight_to_safety", "medium")]
    panel = [panel_day(later, "rates_led", "rates_led", "ordinary")]
    rows = beside_sheet(events, panel, {"ledger": ledger, "rule": rule}).rows
    found = {(row["forecaster"], row["figure"]): (row["hits"], row["of"]) for row in rows}
    assert found["ledger", "class right, all"] == (1, 2)
    assert found["rule", "class right, high confidence"] == (0, 1)
    assert found["ledger", "sessions called forced"] == (1, 2)
    assert found["ledger", "panel: label is the majority's"] == (1, 1)
    assert found["rule", "panel: forced confirmed"] == (0, 1)
    assert [row["forecaster"] for row in rows][:2] == ["ledger", "rule"]
