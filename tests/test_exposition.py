"""An argument written out: bars, the page, the keys of JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from commentary.argument import Neighbour, Neighbours
from commentary.bank import Bank
from commentary.explaining import argued, showing
from commentary.exposition import FORMATS, written
from commentary.exposition.shape import bar
from commentary.model import VERDICTS
from commentary.shipped import shipped_card, shipped_days
from tests.verdicts import before

DAY = date(2024, 8, 5)
NEAR = Neighbours((Neighbour(date(2011, 8, 8), "forced_exit", 1.234, 0.5, 19),), 3000, date(2004, 1, 2))

KEYS = {
    "": "session label kind confidence confidence_word confidence_rule severity phase tags leader episode_day "
    "episode_label coverage pressure violence story runner_up channels standings gates turns to_rival pair missing "
    "trials before neighbours readings",
    "pressure": "name title value unit shown",
    "channels": "name cap pieces sums counted bitten",
    "channels.pieces": "item title strength signed points given rival reads",
    "standings": "verdict bias total before gate after shown",
    "gates": "verdict ruled expression passed distance condition closes",
    "gates.condition": "text join passed compared title value value_shown sign threshold threshold_shown distance "
    "distance_shown unit reads parts",
    "turns": "label moves",
    "turns.moves": "reading title value value_shown level level_shown sigmas away value_as level_as",
    "before": "session label kind confidence runner_up severity phase leader",
    "neighbours": "found searched first reason",
    "neighbours.found": "session label distance likeness common",
    "readings": "read window formula as_of",
}
"""Keys that programs read: one that goes away or changes its name breaks them."""


def text(bank: Bank, form: str, day: date = DAY) -> str:
    card = shipped_card(day, "daily")
    argument = argued(bank, card.tape, card.before, NEAR)
    return written(argument, showing(bank, card.tape), form)


def at(found: Any, path: str) -> dict[str, Any]:
    for key in filter(None, path.split(".")):
        found = found[key]
        found = found[0] if isinstance(found, list) else found
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("strength", "cells"),
    [
        (0.0, "░░░░░░░░░░"),
        (0.04, "░░░░░░░░░░"),
        (0.05, "█░░░░░░░░░"),
        (0.72, "███████░░░"),
        (1.0, "██████████"),
    ],
)
def test_a_bar_has_ten_cells(strength: float, cells: str) -> None:
    assert bar(strength) == cells


@pytest.mark.parametrize(
    ("strength", "cells"),
    [(-0.6, "░░███│░░░░░"), (0.6, "░░░░░│███░░"), (-1.0, "█████│░░░░░"), (0.0, "░░░░░│░░░░░")],
)
def test_a_signed_bar_shows_its_side(strength: float, cells: str) -> None:
    assert bar(strength, two_sided=True) == cells


@pytest.mark.parametrize("path", KEYS)
def test_the_keys_of_json(bank: Bank, path: str) -> None:
    found = json.loads(text(bank, "json", date(2024, 8, 2)))
    assert [*at(found, path)] == KEYS[path].split()


def test_json_holds_dates_and_points_of_the_six(bank: Bank) -> None:
    found = json.loads(text(bank, "json"))
    assert found["session"] == "2024-08-05"
    assert [each["verdict"] for each in found["standings"]] == [*VERDICTS]
    assert [*found["channels"][0]["sums"]] == [*VERDICTS]
    assert len(found["before"]) == 5
    assert found["neighbours"]["found"][0] == {
        "session": "2011-08-08", "label": "forced_exit", "distance": 1.234, "likeness": 0.5, "common": 19,
    }  # fmt: skip


def test_every_figure_of_the_ledger_is_on_the_page(bank: Bank) -> None:
    found, page = json.loads(text(bank, "json")), text(bank, "table")
    for channel in found["channels"]:
        for piece in channel["pieces"]:
            lines = page.splitlines()
            at = next(place for place, line in enumerate(lines) if f"  {piece['title']}  " in line)
            assert f"{piece['given']:+.2f}".replace("-", "−").replace("+0.00", "0.00") in lines[at]
            below = " ".join(line.strip() for line in lines[at + 1 : at + 4])
            assert all(read["shown"] in below for read in piece["reads"])


def test_every_table_fits_a_wide_terminal(bank: Bank) -> None:
    assert max(len(line) for line in text(bank, "table").splitlines()) <= 122


@pytest.mark.parametrize("form", FORMATS)
def test_every_shipped_day_can_be_argued(bank: Bank, form: str) -> None:
    for day in [*shipped_days()][::4]:
        assert text(bank, form, day).endswith("\n")


def test_the_page_of_markdown_is_whole(bank: Bank) -> None:
    page = text(bank, "md")
    assert page.startswith("# 2024-08-05: ")
    assert "| 2011-08-08 | forced exit | 1.23σ | 0.50 | 19 |" in page
    tables = [block.splitlines() for block in page.split("\n\n") if block.startswith("|")]
    assert len(tables) >= 6
    for table in tables:
        assert len({line.replace("\\|", "").count("|") for line in table}) == 1, table[0]
    assert "_" not in page.split("## The readings")[0].replace("tape.", "")


def test_a_day_without_memory_or_neighbours_says_so(bank: Bank) -> None:
    card = shipped_card(DAY, "daily")
    argument = argued(bank, card.tape, (), Neighbours(reason="they need data"))
    page = written(argument, showing(bank, card.tape), "md")
    assert "## The sessions before\n\nNothing is remembered of them." in page
    assert "## The nearest earlier sessions\n\nThey need data." in page
    two = argued(bank, card.tape, before("quiet", "ordinary"), NEAR)
    assert "## The sessions before\n\n| Session |" in written(two, showing(bank, card.tape), "md")
