"""What is shown against what is right, band by band."""

from __future__ import annotations

import pytest

from commentary.evaluation.calls import Pair
from commentary.evaluation.reliability import BANDS, reliability_sheet, right_within, shown_within
from tests.evaluation.made import call

DAYS = [
    Pair("quiet", call("quiet", confidence=0.95)),
    Pair("quiet", call("rotation", confidence=0.9)),
    Pair("mixed", call("mixed", confidence=1.0)),  # ambiguous: a miss whatever is said
    Pair("quiet", call("quiet", confidence=0.899)),
    Pair("quiet", call("quiet", confidence=0.5)),
    Pair("quiet", call("quiet")),  # shown without confidence
]


def test_a_band_holds_its_lower_end_and_the_last_band_both() -> None:
    assert [right_within(DAYS, band).of for band in BANDS] == [0, 1, 1, 3]


def test_a_mixed_day_is_missed_by_any_verdict() -> None:
    assert right_within(DAYS, (0.9, 1.0)) == (1, 3)


def test_the_mean_of_what_was_shown() -> None:
    assert shown_within(DAYS, (0.9, 1.0)) == pytest.approx((0.95 + 0.9 + 1.0) / 3)
    assert shown_within(DAYS, (0.0, 0.5)) is None


def test_events_panel_and_both() -> None:
    rows = reliability_sheet(DAYS, DAYS[:1]).rows
    assert [row["of"] for row in rows if row["confidence"] == "90% to 100%"] == [3, 1, 4]
    assert {row["days"] for row in reliability_sheet(DAYS, []).rows} == {"events"}
