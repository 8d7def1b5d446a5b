"""Every scenario of the table comes out as the table says. The quick ones always; all with COMMENTARY_SCENARIOS=all."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from commentary.library import Library
from commentary.universe import load_universe
from tests.yahoo.runner import Bench, run
from tests.yahoo.scenarios import Scenario, scenarios

ALL = scenarios(load_universe(Library()))
ALWAYS = {
    "cut_once", "limited_always", "gone_optional", "stale_must", "yesterday_missing_kept", "half_day_evening",
    "before_settlement",
}  # fmt: skip
"""Those that are tried in every run of the tests: one of each kind."""

CHOSEN = (
    ALL if os.environ.get("COMMENTARY_SCENARIOS") == "all" else [one for one in ALL if one.name in ALWAYS]
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """What the scenarios share."""
    yield Bench.built(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("scenario", CHOSEN, ids=[one.name for one in CHOSEN])
def test_scenario(bench: Bench, scenario: Scenario) -> None:
    got = run(bench, scenario)
    assert got.outcome == scenario.wanted, got.said


def test_there_are_scenarios_of_every_kind() -> None:
    assert len(ALL) >= 36
    assert {one.where for one in ALL} == {"must", "optional", "all", "clock"}
    assert {one.wanted.split(":")[0] for one in ALL} == {"right", "without", "held", "refused"}
    assert {one.name for one in ALL} >= ALWAYS


def test_only_a_must_have_or_the_clock_may_hold() -> None:
    for one in ALL:
        if one.wanted.startswith(("held", "refused")):
            assert one.where in ("must", "all", "clock"), one.name
