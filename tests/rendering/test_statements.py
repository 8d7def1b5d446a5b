"""The lines around the prose."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from commentary.model import GateLine, InputStatus, Plan, Scalar
from commentary.rendering.statements import Words, data_line, disclosure, front_matter, state_line
from tests.verdicts import SESSION, card, tape, verdict

WORDS = Words(
    {
        "forced_exit": "forced exit",
        "flight_to_safety": "flight to safety",
        "rates": "rates",
        "rotation": "rotation",
    },
    {"gold": "Gold (GLD)"},
)


def plan(**episode: float | str | date) -> Plan:
    """A plan whose scene has these names of an episode."""
    scene: dict[str, Scalar] = {
        f"episode.{name}": float(value.toordinal()) if isinstance(value, date) else value
        for name, value in episode.items()
    }
    return Plan("plain", (), (), (), (), scene)


EPISODE: dict[str, float | str | date] = {
    "day": 3.0,
    "label": "forced_exit",
    "first_label": "flight_to_safety",
    "first_date": date(2024, 8, 1),
    "gravest_date": SESSION,
    "severity": 4.0,
}
SURE = "confidence **high**, 95 % (share of past labelled days, not the odds of a market move)"


def test_the_line_of_state_puts_the_episode_first() -> None:
    line = state_line(verdict(phase="cascade", tags=("led_by_credit",)), plan(**EPISODE), WORDS)
    assert line == (
        "**Forced-exit episode, day 3: cascade** (began 1 August as flight to safety) · the day **forced exit** · "
        f"{SURE} · severity **4 of 5** · runner-up flight to safety, 4 % · tags: led by credit"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_label": "forced_exit"}, "(began 1 August) ·"),
        (
            {"gravest_date": date(2024, 8, 2)},
            "(began 1 August as flight to safety, severity 4 on 2 August) ·",
        ),
        ({"first_date": date(2023, 12, 29)}, "(began 29 December 2023 as flight to safety) ·"),
    ],
)
def test_when_an_episode_began(changes: dict[str, float | str | date], said: str) -> None:
    assert said in state_line(verdict(phase="cascade"), plan(**{**EPISODE, **changes}), WORDS)


def test_on_its_first_day_an_episode_is_the_day() -> None:
    line = state_line(verdict(phase="onset"), plan(**{**EPISODE, "first_date": SESSION, "day": 1.0}), WORDS)
    assert line.startswith("**Forced exit** · onset · confidence")


def test_an_episode_longer_than_memory_has_no_day() -> None:
    line = state_line(verdict(phase="cascade"), plan(label="forced_exit"), WORDS)
    assert line.startswith("**Forced-exit episode: cascade** · the day **forced exit** · confidence")


def test_outside_an_episode_the_day_stands_first() -> None:
    line = state_line(verdict("relief_rally", phase="relief", severity=0), plan(), WORDS)
    assert line.startswith("**Relief rally** · relief · confidence")


@pytest.mark.parametrize(
    ("kind", "label", "leader", "said"),
    [
        ("gate_failed:forced_exit", "flight_to_safety", "", "(the gate of forced exit did not open)"),
        (
            "undecided:forced_exit/flight_to_safety",
            "mixed",
            "",
            "(undecided between forced exit and flight to safety)",
        ),
        ("leader:rates", "ordinary", "rates", "(led by rates)"),
    ],
)
def test_which_way_a_verdict_came(kind: str, label: str, leader: str, said: str) -> None:
    assert said in state_line(verdict(label, kind=kind, leader=leader), plan(), WORDS)


def test_no_episode_and_no_runner_up_go_unsaid() -> None:
    line = state_line(verdict("quiet", runner_up="", phase="", severity=0), plan(), WORDS)
    assert "episode" not in line
    assert "runner-up" not in line
    assert "severity" not in line, "only forced exits and flights are graded"


@pytest.mark.parametrize(("passed", "said"), [(True, ", 4 %"), (None, ", 4 %"), (False, "")])
def test_a_barred_runner_up_has_no_share(passed: bool | None, said: str) -> None:
    gates = (
        GateLine("flight_to_safety", "bonds.move_z", passed, 0.1),
        GateLine("quiet", "vix.level", False, 1.0),
    )
    assert state_line(verdict(gates=gates), plan(), WORDS).endswith(f"runner-up flight to safety{said}")


def test_the_data_line_names_what_is_missing_stale_or_carried() -> None:
    inputs = (
        InputStatus("sp500", "^GSPC", "folder", SESSION, "fresh"),
        InputStatus("gold", "GLD", "folder", date(2024, 8, 2), "stale"),
        InputStatus("ust2y", "DGS2", "fred", date(2024, 8, 2), "carried"),
        InputStatus("vvix", "^VVIX", "folder", None, "missing"),
    )
    line = data_line(card({}, tape=replace(tape({}), inputs=inputs)), WORDS)
    assert "Session 2024-08-05, New York close, settled." in line
    assert "Source: a folder of daily bars, FRED;" in line
    assert "Carried from 2024-08-02, the last session of its own market: ust2y." in line
    assert "Inputs missing or stale: Gold (GLD), vvix." in line


@pytest.mark.parametrize(("symbol", "said"), [("DGS10", "archive set"), ("^TNX", "evening set")])
def test_the_data_line_says_which_set_of_yields_was_read(symbol: str, said: str) -> None:
    inputs = (InputStatus("ust10y", symbol, "folder", SESSION, "fresh"),)
    assert said in data_line(card({}, tape=replace(tape({}), inputs=inputs)), WORDS)


def test_the_data_line_says_that_nothing_is_missing() -> None:
    assert "Inputs missing or stale: none." in data_line(card({}), WORDS)


def test_the_disclosure_says_who_answers_and_what_was_not_seen() -> None:
    unset = disclosure(card({}))
    for said in (
        "not advice",
        "Generated by rules",
        "Not seen:",
        "Producer: not set.",
        "Editor: none.",
        "Yahoo",
    ):
        assert said in unset
    told = {
        "producer": "Example Ltd",
        "editor": "E. Ditor",
        "corrections": "on the page",
        "disclosure": "For clients.",
    }
    text = disclosure(card({}, settings=told))
    assert text.endswith("Producer: Example Ltd. Editor: E. Ditor. Corrections: on the page. For clients.")


def test_hourly_bars_show_some_of_the_order_within_the_day() -> None:
    denied = "the order of events within the day"
    assert f"{denied}. The note" in disclosure(card({}))
    told = f"{denied} but for what hourly bars show. The note"
    assert told in disclosure(card({}, tape=tape({"gold.newyork_return": 0.01})))


def test_front_matter_survives_quotes_and_backslashes() -> None:
    title = 'The "exit" \\ was: over'
    keys = front_matter(card({}), verdict(tags=("a", "b")), title)
    # A double-quoted scalar of YAML and a basic string of TOML agree on these escapes.
    assert tomllib.loads(f"title = {keys['title']}")["title"] == title
    assert (keys["date"], keys["confidence"], keys["tags"]) == ("2024-08-05", "0.95", "[a, b]")
