"""Direction words beside what conditions force."""

from __future__ import annotations

import pytest

from commentary.linting.bench import Bench
from commentary.linting.direction import directions
from tests.linting.made import entry, listed


@pytest.mark.parametrize(
    ("text", "when", "own"),
    [
        ("{{ gold.name }} rose.", "gold.move_z <= -1", ""),
        ("{{ gold.name }} fell {{ gold.return_1d | percent }}.", "abs(gold.move_z) >= 1", ""),
        ("{{ gold.name }} lost {{ gold.return_5d | percent }} on the week.", "gold.move_z <= -1", ""),
        ("VIX fell with stocks.", "sp500.return_1d < 0 and vix.change_1d <= 1", ""),
        ("{{ ust10y.name }} fell {{ ust10y.change_bp | basis_points }}.", "ust10y.change_z >= 1", ""),
        ("Gold and silver fell.", "gold.return_1d < 0", ""),
        ("{{ gold.name }} fell.", "gold.move_z <= -1 or gold.move_z >= 1", ""),
    ],
)
def test_what_no_condition_forces(bench: Bench, text: str, when: str, own: str) -> None:
    (found,) = directions(bench, [entry(text, when, own)])
    assert found.key == "phrases.made"
    assert found.file == "templates/phrases/havens/made.toml"
    assert "this one allows" in found.wanted


@pytest.mark.parametrize(
    ("text", "when", "own"),
    [
        ("{{ gold.name }} fell.", "gold.move_z <= -1", ""),
        (
            "{{ gold.name }} fell {{ gold.return_1d | percent }}.",
            "abs(gold.move_z) >= 1",
            "gold.return_1d < 0",
        ),
        ("Gold fell although the dollar did.", "gold.move_z <= -1 and dollar.return_1d < 0", ""),
        (
            "{{ gold.name }} gained as stocks fell.",
            "gold.move_z * sp500.move_z < 0",
            "sp500.return_1d < -0.01",
        ),
        ("{{ ust10y.name }} fell {{ ust10y.change_bp | basis_points }}.", "ust10y.change_z <= -1", ""),
        ("The yen rose.", "yen.move_z <= -1", ""),  # quoted as dollars bought: its z is the dollar's
        ("If gold fell tomorrow it would be a first.", "gold.move_z >= 1", ""),
        ("{{ gold.name }} stood still.", "abs(gold.move_z) <= 0.2", ""),
        ("{{ gold.name }} lost its 50-day average.", "gold.broke_50d", ""),
    ],
)
def test_what_one_does(bench: Bench, text: str, when: str, own: str) -> None:
    assert list(directions(bench, [entry(text, when, own)])) == []


def test_who_is_found_on_the_day_is_not_judged(bench: Bench) -> None:
    of_list = entry("{{ metals | names }} fell.", "metals.count >= 2", lists=listed())
    leading = entry("{{ leader.name }} fell.", "known(leader)")
    assert list(directions(bench, [of_list, leading])) == []


def test_the_gate_of_the_verdict_is_a_condition_too(bench: Bench) -> None:
    chase = entry("The S&P rose.", "known(sp500.return_1d)", verdicts=("melt_up",), name="closing/chase")
    whatever = entry("The S&P rose.", "known(sp500.return_1d)")
    assert list(directions(bench, [chase])) == []
    assert len(list(directions(bench, [whatever]))) == 1
