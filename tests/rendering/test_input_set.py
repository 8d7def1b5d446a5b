"""The words of the data line for the set of inputs that a card names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commentary.model import InputStatus
from commentary.rendering.input_set import set_of
from commentary.rendering.statements import Words, data_line
from tests.verdicts import SESSION, card, tape

PAR = {"ust2y": "DGS2", "ust5y": "DGS5", "ust10y": "DGS10", "ust30y": "DGS30"}
FIXED = {"ust5y": "^FVX", "ust10y": "^TNX", "ust30y": "^TYX"}
SPREAD = {"high_yield_spread": "BAMLH0A0HYM2"}
FUNDS = {"high_yield": "HYG", "grade": "LQD"}
COMING = InputStatus("high_yield_spread", "", "store", None, "missing", "comes next 09:00")


def inputs(symbols: dict[str, str]) -> tuple[InputStatus, ...]:
    return tuple(InputStatus(key, symbol, "folder", SESSION, "fresh") for key, symbol in symbols.items())


@pytest.mark.parametrize(
    ("drawn", "symbols", "said"),
    [
        ("archive", PAR | SPREAD, "archive set (Treasury par yields and spreads as published the next day)"),
        ("archive", PAR, "archive set (Treasury par yields as published the next day)"),
        (
            "archive",
            PAR | {"bitcoin": "BTC-USD"},
            "archive set (Treasury par yields as published the next day)",
        ),
        ("archive", FIXED, "archive set (yields as fixed at 15:00 New York)"),
        (
            "archive",
            PAR | {"ust10y": "^TNX"},
            "archive set (Treasury par yields as published the next day; ten-year yield as fixed at 15:00 New York)",
        ),
        (
            "evening",
            {"ust2y": "2YY=F"} | FIXED | {"bitcoin": "BTC-USD@16:00"} | FUNDS,
            "evening set (five-year, ten-year and thirty-year yields as fixed at 15:00 New York; two-year yield by its "
            "future; bitcoin at 16:00 New York; credit by its funds)",
        ),
        (
            "evening",
            {"ust2y": "SHY/1.85", "ust10y": "^TNX", "bitcoin": "IBIT"},
            "evening set (ten-year yield as fixed at 15:00 New York; two-year yield implied by prices of "
            "Treasury funds; "
            "bitcoin by its fund)",
        ),
        ("evening", {}, "evening set"),
        # cards from before they named their set
        ("", PAR, "archive set (Treasury par yields and spreads as published the next day)"),
        ("", {"ust10y": "^TNX"}, "evening set (yields as fixed at 15:00 New York)"),
        (
            "",
            {"ust2y": "SHY/1.85", "ust10y": "^TNX"},
            "evening set (yields as fixed at 15:00 New York, or implied by prices of Treasury funds)",
        ),
    ],
)
def test_the_words_are_true_of_each(drawn: str, symbols: dict[str, str], said: str) -> None:
    assert set_of(replace(card({}, tape=replace(tape({}), inputs=inputs(symbols))), inputs=drawn)) == said


def test_what_comes_later_is_not_called_missing() -> None:
    found = replace(card({}, tape=replace(tape({}), inputs=(*inputs(FIXED), COMING))), inputs="evening")
    line = data_line(found, Words({}, {"high_yield_spread": "High-yield spread (OAS)"}))
    assert (
        "Inputs missing or stale: none. Published later than an evening note: High-yield spread (OAS)."
        in line
    )


def test_a_change_over_several_sessions_of_an_inputs_own_market_is_said() -> None:
    spanning = replace(inputs(PAR)[2], detail="spans 2 sessions of its own market")
    line = data_line(
        card({}, tape=replace(tape({}), inputs=(spanning,))), Words({}, {"ust10y": "Ten-year yield"})
    )
    assert "Changes over more than one session of its own market: Ten-year yield. Inputs missing" in line
