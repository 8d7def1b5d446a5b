"""Claims about what options price: their direction is theirs, not that of what they are on."""

from __future__ import annotations

import pytest

from tests.auditing.test_claims import checks

SCENE = {
    "silver__iv_change": 2.5, "silver__iv_30d": 33.0, "silver__iv_prev": 30.5, "silver__return_1d": -0.02,
    "spy__put_skew_change": 1.2, "spy__move_vs_priced": 2.05, "spy__return_1d": -0.03, "spy__oi_put_strike": 517.5,
}  # fmt: skip
TRUE = [
    ("Silver fell and its options are dearer by [2.5 points|silver.iv_change].", "silver.return_1d < 0"),
    ("As silver fell, implied volatility rose [2.5 points|silver.iv_change].", "silver.return_1d < 0"),
    ("Options on silver imply [33|silver.iv_30d], [31|silver.iv_prev] the evening before.", "silver.iv_30d > 0"),
    ("Puts on SPY widened their premium by [1.2 points|spy.put_skew_change].", "spy.put_skew_change > 0"),
    ("The day in SPY was [twice|spy.move_vs_priced] the priced step.", "spy.move_vs_priced > 1"),
    ("The most open puts on SPY stand at [517.5|spy.oi_put_strike].", "spy.oi_put_strike > 0"),
]  # fmt: skip
FALSE = [
    ("Implied volatility on silver fell [2.5 points|silver.iv_change].", "silver.iv_change > 0", "directions"),
    ("Options on silver are [2.5 points|silver.iv_change] cheaper.", "silver.iv_change > 0", "directions"),
    ("The premium of SPY puts narrowed by [1.2 points|spy.put_skew_change].", "spy.move_vs_priced > 0", "directions"),
    ("Silver rose and its options with it.", "silver.iv_change > 0 and silver.return_1d < 0", "directions"),
    ("Options on silver imply [31|silver.iv_prev].", "silver.iv_change > 0", "windows"),
    ("Options on silver imply [34|silver.iv_30d].", "silver.iv_change > 0", "numbers"),
    ("The day in SPY was [three times|spy.move_vs_priced] the priced step.", "spy.move_vs_priced > 1", "numbers"),
    ("The most open puts on SPY stand at [518.5|spy.oi_put_strike].", "spy.oi_put_strike > 0", "numbers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "when"), TRUE)
def test_true_claims_about_options_are_left_alone(text: str, when: str) -> None:
    assert checks(text, when, **SCENE) == set()


@pytest.mark.parametrize(("text", "when", "check"), FALSE)
def test_false_claims_about_options_are_found(text: str, when: str, check: str) -> None:
    assert check in checks(text, when, **SCENE)
