"""What is said of published figures and days to come, true and not, on one scene."""

from __future__ import annotations

import pytest

from tests.auditing.test_claims import checks

SCENE = {
    "claims__change_1w": 0.08, "claims__average_change": -0.02, "claims__published_today": 1.0,
    "claims__level": 249_000.0, "openings__change_1m": -0.04, "openings__level": 7_412_000.0,
    "payrolls__due_in": 2.0, "payrolls__due_date": 739_100.0,
    "cpi__surprise": -1.0, "cpi__actual": 0.0, "cpi__consensus": 0.1, "unemployment__surprise": -2.0,
    "unemployment__actual": 4.3, "unemployment__consensus": 4.1, "shanghai__due_in": 1.0, "london__due_in": 1.0,
    "witching__due_in": 1.0, "nvidia__due_in": 1.0, "surprises__count_down": 4.0,
}  # fmt: skip

TRUE = [
    ("Jobless claims rose.", "claims.change_1w > 0"),
    ("Jobless claims have been falling.", "claims.average_change < 0"),
    ("Jobless claims rose [8 percent|claims.change_1w] in the week.", "claims.published_today > 0"),
    ("Job openings fell to [7.4 million|openings.level].", "openings.change_1m < 0"),
    ("Payrolls are due soon.", "payrolls.due_in <= 2"),
    ("Consumer prices came out cooler than expected.", "cpi.surprise < 0"),
    ("Consumer prices came out below expectations.", "cpi.surprise < 0"),
    ("The unemployment rate came out weaker than expected.", "unemployment.surprise < 0"),
    ("The unemployment rate came out higher than expected.", "unemployment.surprise < 0"),
    ("Shanghai is shut next.", "shanghai.due_in == 1"),
    ("London is shut next.", "london.due_in == 1"),
    ("The quarter’s expiry is next.", "witching.due_in == 1"),
    ("Nvidia reports next.", "nvidia.due_in == 1"),
    ("Figures on growth keep falling short of expectations.", "surprises.count_down > 3"),
    ("If jobless claims fell, the bid would be about something else.", "claims.change_1w > 0"),
    ("The S&P claims nothing.", "sp500.return_1d < 0"),
]

FALSE = [
    ("Jobless claims fell.", "claims.change_1w > 0", "published"),
    ("Jobless claims rose.", "claims.published_today > 0", "published"),  # reads no change
    ("Jobless claims rose.", "sp500.return_1d < 0", "published"),
    ("Jobless claims have been rising.", "claims.average_change < 0", "published"),
    ("Jobless claims fell [8 percent|claims.change_1w] in the week.", "claims.change_1w > 0", "directions"),
    ("Jobless claims rose [8 percent|claims.change_1w].", "claims.change_1w > 0", "windows"),
    ("Job openings rose to [7.4 million|openings.level].", "openings.change_1m < 0", "published"),
    ("There are [7.9 million|openings.level] job openings.", "openings.change_1m < 0", "numbers"),
    ("Payrolls are due soon.", "sp500.return_1d < 0", "unseen"),
    ("Consumer prices came out hotter than expected.", "cpi.surprise < 0", "published"),
    ("Consumer prices came out cooler than expected.", "sp500.return_1d < 0", "published"),
    ("The unemployment rate came out stronger than expected.", "unemployment.surprise < 0", "published"),
    ("The unemployment rate came out lower than expected.", "unemployment.surprise < 0", "published"),
    ("Shanghai is shut next.", "sp500.return_1d < 0", "published"),
    ("London is shut next.", "sp500.return_1d < 0", "hours"),
    ("The quarter’s expiry is next.", "sp500.return_1d < 0", "unseen"),
    ("Nvidia reports next.", "nvidia.return_1d < 0", "published"),
    ("New York is shut next.", "sp500.return_1d < 0", "published"),
    ("The labor market softens.", "sp500.return_1d < 0", "published"),
]


@pytest.mark.parametrize(("text", "when"), TRUE)
def test_what_is_true_passes(text: str, when: str) -> None:
    assert not checks(text, when, **SCENE)


@pytest.mark.parametrize(("text", "when", "check"), FALSE)
def test_what_is_not_is_found(text: str, when: str, check: str) -> None:
    assert check in checks(text, when, **SCENE)
