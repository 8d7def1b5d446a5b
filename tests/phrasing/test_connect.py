"""Contrasts: at most one a paragraph, none twice a note, and never on a sentence that turns by itself."""

from __future__ import annotations

import pytest

from commentary.phrasing.connect import CONTRASTS, Connector, lowered


def test_only_a_turn_takes_a_contrast() -> None:
    connector = Connector()
    assert connector.join("Gold fell.", "supports", "plain") == "Gold fell."
    assert connector.join("Copper sat.", "neutral", "plain") == "Copper sat."
    assert connector.join("Credit held.", "opposes", "plain") == "Yet credit held."
    assert connector.join("The yen rose.", "supports", "plain") == "The yen rose.", "one a paragraph"


@pytest.mark.parametrize("device", ["contrast", "antithesis", "question"])
def test_a_device_that_turns_by_itself_takes_none(device: str) -> None:
    connector = Connector()
    connector.join("Gold fell.", "supports", "plain")
    assert connector.join("Credit held.", "opposes", device) == "Credit held."


def test_no_contrast_twice_and_none_when_all_are_spent() -> None:
    connector, joined = Connector(), []
    for _ in range(len(CONTRASTS) + 1):
        connector.new_paragraph()
        connector.join("Gold fell.", "supports", "plain")
        joined.append(connector.join("Credit held.", "opposes", "plain"))
    assert joined == [*(f"{word} credit held." for word in CONTRASTS), "Credit held."]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Gold fell.", "gold fell."),
        ("The yen rose.", "the yen rose."),
        ("Treasuries’ bid is gone.", "Treasuries’ bid is gone."),
        ("VIX jumped.", "VIX jumped."),
        ("New York slept.", "New York slept."),
        ("New lows were few.", "new lows were few."),
        ("SPY’s loss is small.", "SPY’s loss is small."),
        ("S&P futures slept.", "S&P futures slept."),
        ("Friday, then, was a dress.", "Friday, then, was a dress."),
        ("A day passed.", "a day passed."),
    ],
)
def test_proper_names_keep_their_capital(text: str, after: str) -> None:
    assert lowered(text) == after
