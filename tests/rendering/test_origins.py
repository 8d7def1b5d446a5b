"""Where the day's bars came from, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commentary.disputes import Dispute, Side
from commentary.model import InputStatus
from commentary.rendering.statements import Words, data_line
from tests.verdicts import SESSION, card, tape

WORDS = Words({}, {"gold": "Gold (GLD)"})
DISPUTE = Dispute(
    "VIX", SESSION, "level", "points", Side("^VIX", "yahoo", 20.37), Side("VIXCLS", "fred", 17.76), 0.05, 1
)


def line(*sources: tuple[str, str, str], disputes: tuple[Dispute, ...] = ()) -> str:
    inputs = tuple(InputStatus(key, key, source, SESSION, status) for key, source, status in sources)
    return data_line(card({}, tape=replace(tape({}), inputs=inputs, disputes=disputes)), WORDS)


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([("sp500", "yahoo", "fresh"), ("ust10y", "fred", "fresh")], "Source: Yahoo daily bars, FRED; "),
        ([("sp500", "yahoo", "fresh"), ("ust10y", "fred", "missing")], "Source: Yahoo daily bars; "),
        ([("sp500", "folder", "fresh")], "Source: a folder of daily bars; "),
        (
            [("sp500", "elsewhere", "fresh"), ("gold", "own", "fresh")],
            "Source: bars of the desk’s own, elsewhere; ",
        ),
        ([], "Source: as recorded on the card; "),
    ],
)
def test_every_source_that_was_read_once(sources: list[tuple[str, str, str]], said: str) -> None:
    assert said in line(*sources)


def test_own_bars_are_named() -> None:
    said = "Own bars in the place of the feed’s: Gold (GLD), vix."
    assert said in line(("gold", "own", "fresh"), ("vix", "own", "fresh"), ("move", "own", "stale"))
    assert "Own bars" not in line(("gold", "yahoo", "fresh"))


def test_second_opinions_that_disagree_are_told() -> None:
    earlier = replace(DISPUTE, day=date(2024, 8, 2))
    found = line(("gold", "yahoo", "fresh"), disputes=(DISPUTE, earlier))
    wanted = (
        "Second opinions that disagree: VIX: 20.37 (Yahoo ^VIX) against 17.76 (FRED VIXCLS), tolerance 0.05 points; "
        "VIX on 2024-08-02: 20.37 (Yahoo ^VIX) against 17.76 (FRED VIXCLS), tolerance 0.05 points. Inputs missing"
    )
    assert wanted in found
    assert "Second" not in line(("gold", "yahoo", "fresh"))


def test_what_was_paid_on_the_day_is_told() -> None:
    words = Words({}, {"gold": "Gold (GLD)", "junk": "High yield (HYG)", "chips": "Semiconductors (SMH)"})
    paid = {"gold.paid_1d": 0.0, "junk.paid_1d": 0.0047, "chips.paid_1d": 0.00099}
    said = data_line(card({}, tape=tape(paid)), words)
    assert "Quoted without what was paid on the day: High yield (HYG). Inputs" in said
    assert "Quoted without" not in data_line(card({}, tape=tape({"junk.paid_1d": 0.0})), words)
