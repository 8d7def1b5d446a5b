"""Instruments and windows that wordings name, beside what their conditions read."""

from __future__ import annotations

import pytest

from commentary.linting.bench import Bench
from commentary.linting.naming import unread
from tests.linting.made import entry, listed


@pytest.mark.parametrize(
    ("text", "when", "own"),
    [
        ("Gold fell and silver fell with it.", "gold.move_z <= -1", ""),
        ("The S&P had another quiet session.", "streak.verdict >= 3", "abs(high_yield.move_z) < 0.3"),
        ("Crude stood still.", "gold.move_z <= -1", ""),
        ("Holders in Europe and Japan lost.", "dollar.return_1d < 0", "yen.return_1d > 0.001"),
    ],
)
def test_a_subject_that_nothing_reads(bench: Bench, text: str, when: str, own: str) -> None:
    (found,) = unread(bench, [entry(text, when, own)])
    assert found.key == "phrases.made"
    assert text in found.got


@pytest.mark.parametrize(
    ("text", "when", "own"),
    [
        ("Gold fell and silver fell with it.", "gold.move_z <= -1", "silver.return_1d < 0"),
        ("Gold fell, silver {{ silver.return_1d | percent }}.", "gold.move_z <= -1", ""),
        ("Energy led the sectors.", "sectors.best == 'energy'", ""),
        ("Crude led.", "leader == 'oil'", ""),
        ("{{ leader.name }} led.", "known(leader)", ""),
        ("Spreads on high yield widened.", "high_yield_spread.change_bp > 0", ""),
        ("Stocks fell.", "gold.move_z <= -1", ""),  # no instrument's name: who falls is the direction check's
    ],
)
def test_one_that_something_reads(bench: Bench, text: str, when: str, own: str) -> None:
    assert list(unread(bench, [entry(text, when, own)])) == []


def test_a_wording_that_cannot_come_is_not_judged_for_its_names(bench: Bench) -> None:
    assert list(unread(bench, [entry("Silver rose.", "gold.move_z <= -1", "gold.move_z >= 1")])) == []


def test_a_list_may_name_its_members_and_nobody_else(bench: Bench) -> None:
    texts = ("{{ metals | names }} and gold.", "{{ metals | names }} and crude.")
    own, other = (list(unread(bench, [entry(text, "metals.count >= 2", lists=listed())])) for text in texts)
    assert own == []
    assert "'crude'" in other[0].got


@pytest.mark.parametrize(
    ("text", "when", "got"),
    [
        ("Gold lost {{ gold.return_1d | percent }} on the week.", "gold.return_1d < 0", "on the week"),
        ("Gold lost {{ gold.return_5d | percent }}.", "gold.return_5d < 0", "without its window"),
        (
            "Gold rose {{ gold.return_1d | percent }} after falling on {{ calendar.date_prev | weekday }}.",
            "gold.return_1d > 0",
            "earlier",
        ),
        ("Gold fell, to a loss of {{ sp500.return_1d | percent }}.", "gold.return_1d < 0", "sp500"),
    ],
)
def test_a_figure_under_another_window_or_name(bench: Bench, text: str, when: str, got: str) -> None:
    (found,) = unread(bench, [entry(text, when)])
    assert got in found.got


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Gold lost {{ gold.return_5d | percent }} on the week.", "gold.return_5d < 0"),
        (
            "Gold lost {{ gold.return_5d | percent }} in {{ week.sessions | count }} sessions.",
            "gold.return_5d < 0 and week.sessions == 5",
        ),
    ],
)
def test_a_figure_under_its_own(bench: Bench, text: str, when: str) -> None:
    assert list(unread(bench, [entry(text, when)])) == []
