"""A model is told as a model, with words of its own side; every phrase that rests on one says so."""

from __future__ import annotations

import re

import pytest

from commentary.auditing.models import is_modelled
from commentary.binding import bound
from commentary.conditions import parse
from commentary.library import Library
from commentary.phrasing.lexicon import load_lexicon
from commentary.planning.messages import load_messages
from tests.auditing.test_claims import checks

CUT = {"voltarget__change_1d": -0.18, "voltarget__exposure": 0.52}
SOLD = {"leveraged__rebalance_share": -0.17}
LEFT = {"gold__fund_flow_5d": -0.021}


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        ("A rule that targets volatility would cut its S&P by [18 percent|voltarget.change_1d].", CUT),
        ("In the model the S&P holding is [18 percent|voltarget.change_1d] smaller.", CUT),
        ("By formula, [18 percent|voltarget.change_1d] less of the S&P.", CUT),
        ("The model’s cut is [18 percent|voltarget.change_1d], and more is rebuilt later.", CUT),
        ("The model of leveraged funds would sell [17 percent|leveraged.rebalance_share] of assets.", SOLD),
        ("Holders handed back [2.1 percent|gold.fund_flow_5d] of its shares in a week.", LEFT),
    ],
)
def test_models_told_as_models_are_left_alone(text: str, scene: dict[str, float]) -> None:
    assert "models" not in checks(text, "sp500.move_z < 0 and gold.move_z < 0", **scene)


@pytest.mark.parametrize(
    ("text", "when", "scene"),
    [
        ("Funds sold [18 percent|voltarget.change_1d] of the S&P.", "sp500.move_z < 0", CUT),
        ("The S&P was sold by those who must.", "voltarget.change_1d < 0 and sp500.move_z < 0", CUT),
        ("Stocks would be held at [52 percent|voltarget.exposure].", "sp500.move_z < 0", CUT),
        ("Gold is on the other side.", "gold.trend_signal < 0", {"gold__trend_signal": -1.0}),
        ("Trends turned.", "trend.turned > 1", {"trend__turned": 2.0}),
        ("A rule would add [18 percent|voltarget.change_1d] to its S&P.", "sp500.move_z < 0", CUT),
        ("The model buys [17 percent|leveraged.rebalance_share] of assets.", "sp500.move_z < 0", SOLD),
        ("There are [2.1 percent|gold.fund_flow_5d] more shares than a week ago.", "gold.move_z < 0", LEFT),
    ],
)
def test_models_told_as_facts_and_figures_on_the_wrong_side_are_found(
    text: str, when: str, scene: dict[str, float]
) -> None:
    assert "models" in checks(text, when, **scene)


def test_every_phrase_that_rests_on_a_model_says_so() -> None:
    library = Library()
    asked: dict[str, set[str]] = {}
    for message in load_messages(library):
        asked.setdefault(message.name, set()).update(message.when.names)
    silent, told = [], 0
    for message_name, phrases in load_lexicon(library).phrases.items():
        for phrase in phrases:
            names = set(asked.get(message_name, ()))
            if phrase.file.when:
                names |= parse(bound(phrase.file.when, {"it": "gold", "other": "silver"})).names
            names |= set(re.findall(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", phrase.file.text))
            if any(is_modelled(name) for name in names):
                told += 1
                if not re.search(r"\b(model|models|rule|rules|formula)\b", phrase.file.text, re.IGNORECASE):
                    silent.append(phrase.name)
    assert silent == []
    assert told >= 30
