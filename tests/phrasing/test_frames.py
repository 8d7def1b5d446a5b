"""Runs of five words that a phrase prints, whatever its slots hold."""

from __future__ import annotations

import pytest

from commentary.phrasing.frames import runs


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nobody asked for a price", {"nobody asked for a price"}),
        ("Nobody asked. For a price.", set()),
        ("{{ it.name }} lost {{ it.return_1d | percent }} in London", {"lost # percent in london"}),
        (
            "It rose {{ it.change_bp | basis_points }} on the day",
            {"it rose # basis points", "rose # basis points on", "# basis points on the", "basis points on the day"},
        ),
        ("Under its 100-day average it fell", {"under its # average it", "its # average it fell"}),
        ("It {{ it | verb('was', 'were') }} the most of all", set()),
        ("S&P futures aren’t two-year notes", {"s&p futures aren’t two-year notes"}),
    ],
)  # fmt: skip
def test_runs(text: str, wanted: set[str]) -> None:
    assert {" ".join(run) for run in runs(text)} == wanted


def test_a_run_stands_within_a_sentence_and_between_names() -> None:
    assert not runs("{{ it.name }} ran far ahead of {{ other.name }} and of none other")
    assert runs("{{ it.name }} ran far ahead of all {{ other.name }}") == {
        ("ran", "far", "ahead", "of", "all")
    }
