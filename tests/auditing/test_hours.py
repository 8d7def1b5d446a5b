"""What is said of Asia, London and New York by their hours, true and false."""

from __future__ import annotations

import pytest

from tests.auditing.test_claims import checks

SPLIT = {
    "gold__asia_return": 0.006,
    "gold__london_return": -0.012,
    "gold__newyork_return": -0.007,
    "gold__before_newyork_return": -0.006,
    "gold__last_hour_return": 0.003,
    "sp500__asia_return": -0.01,
    "sp500__london_return": -0.008,
    "sp500__newyork_return": -0.012,
    "day__hours_apart": 3.0,
}
READ = "gold.asia_return > 0 and gold.london_return < 0"

TRUE = [
    ("London sold the gold that Asia had bought.", READ),
    ("Gold gained [0.6 percent|gold.asia_return] while Asia traded.", READ),
    ("Gold lost [1.2 percent|gold.london_return] between the London opening and New York’s morning.", READ),
    (
        "Asia, London and New York each sold S&P futures.",
        "sp500.asia_return < 0 and sp500.newyork_return < 0",
    ),
    ("S&P futures fell in Asia, again in London and again in New York.", "sp500.asia_return < 0"),
    ("In the last hour gold gained [0.3 percent|gold.last_hour_return].", "gold.last_hour_return > 0"),
    (
        "The last hour brought [0.3 percent|gold.last_hour_return] back to gold.",
        "gold.return_1d < 0",
    ),
    (
        "Gold fell early, the S&P [three|day.hours_apart] hours later.",
        "gold.return_1d < 0 and sp500.return_1d < 0",
    ),
    ("SPY was sold in New York’s own hours.", "spy.intraday_1d < 0"),
]
FALSE = [
    ("London bought the gold that Asia had sold.", READ, "hours"),
    ("New York sold the gold that Asia sold.", READ, "hours"),
    ("Asia and London sold gold.", READ, "hours"),
    ("Gold lost [0.6 percent|gold.asia_return] while Asia traded.", READ, "directions"),
    ("It was a London morning for gold.", "gold.return_1d < 0", "hours"),
    ("Gold fell in the last hour.", "gold.return_1d < 0", "hours"),
    ("Gold fell in New York’s hours.", "gold.return_1d < 0", "hours"),
    (
        "In the last hour gold lost [0.3 percent|gold.last_hour_return].",
        "gold.last_hour_return > 0",
        "directions",
    ),
    ("Gold fell early, the S&P [three|day.hours_apart] sessions later.", "day.hours_apart > 0", "units"),
    ("Gold fell early, the S&P [four|day.hours_apart] hours later.", "day.hours_apart > 0", "numbers"),
]


@pytest.mark.parametrize(("text", "when"), TRUE)
def test_true_sentences_are_left_alone(text: str, when: str) -> None:
    assert checks(text, when, spy__intraday_1d=-0.01, **SPLIT) <= {"conditions"}


@pytest.mark.parametrize(("text", "when", "check"), FALSE)
def test_false_sentences_are_found(text: str, when: str, check: str) -> None:
    assert check in checks(text, when, **SPLIT)
