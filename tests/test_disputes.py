"""How a disagreement is told, kept, and whose note it is said in."""

from __future__ import annotations

import json
from datetime import date

import pytest

from commentary.disputes import Dispute, Side, dumped, of_session, read, told

DAY, BEFORE, EARLIER = date(2026, 2, 6), date(2026, 2, 5), date(2026, 2, 4)


def dispute(day: date = DAY, on: str = "level", unit: str = "points", **changes: object) -> Dispute:
    given = {
        "left": Side("^VIX", "yahoo", 20.37),
        "right": Side("VIXCLS", "fred", 17.76),
        "tolerance": 0.05,
        "lag": 1,
        **changes,
    }
    return Dispute("VIX", day, on, unit, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (dispute(), "VIX: 20.37 (Yahoo ^VIX) against 17.76 (FRED VIXCLS), tolerance 0.05 points"),
        (
            dispute(BEFORE),
            "VIX on 2026-02-05: 20.37 (Yahoo ^VIX) against 17.76 (FRED VIXCLS), tolerance 0.05 points",
        ),
        (
            dispute(on="return", unit="percent", tolerance=1.0, left=Side("SPY", "own", -0.01234),
                    right=Side("^GSPC", "folder", 0.00005)),
            "VIX, return: −1.23 % (own SPY) against +0.01 % (^GSPC), tolerance 1 %",
        ),
        (
            dispute(on="change", unit="bp", tolerance=15.0, left=Side("2YY=F", "yahoo", 0.1234),
                    right=Side("DGS2", "fred", -0.05)),
            "VIX, change: +12.3 bp (Yahoo 2YY=F) against −5.0 bp (FRED DGS2), tolerance 15 bp",
        ),
        (
            dispute(on="level", unit="bp", tolerance=6.0, left=Side("^TNX", "yahoo", 4.285),
                    right=Side("DGS10", "fred", 4.2)),
            "VIX: 4.29 % (Yahoo ^TNX) against 4.20 % (FRED DGS10), tolerance 6 bp",
        ),
        (
            dispute(on="change", left=Side("^GSPC", "yahoo", 1234.5), right=Side("SP500", "fred", -0.004)),
            "VIX, change: +1,234.50 (Yahoo ^GSPC) against +0.00 (FRED SP500), tolerance 0.05 points",
        ),
    ],
)  # fmt: skip
def test_how_it_is_told(item: Dispute, said: str) -> None:
    assert told(item, DAY) == said


def test_json_keeps_it() -> None:
    item = dispute()
    assert read(json.loads(json.dumps(dumped(item)))) == item


@pytest.mark.parametrize(
    "change", [{"on": "lvl"}, {"unit": "pip"}, {"day": "yesterday"}, {"left": ["^VIX"]}, {"odd": 1}]
)
def test_what_is_no_dispute_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read({**dumped(dispute()), **change})


def test_a_note_looks_back_as_far_as_the_slower_side_comes_later() -> None:
    all_ = (dispute(DAY), dispute(BEFORE), dispute(EARLIER), dispute(BEFORE, lag=0))
    assert of_session(all_, DAY, (BEFORE, EARLIER)) == all_[:2]
    assert of_session(all_, BEFORE, (EARLIER,)) == (all_[1], all_[2], all_[3])
    assert of_session(all_, EARLIER) == (all_[2],)
